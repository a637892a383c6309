"""Whether a text that is shown to candidates repeats what they must not know beforehand."""

import re
from collections.abc import Iterable
from functools import lru_cache

from panel.domain.plans import InterviewGuide

RUN = 5  # words in a row that do not come together by chance
SHORTEST = 3  # of a question that is shorter than that, all words count; below this it may be a theme's name
WORD = re.compile(r"\w+(?:'\w+)*")
APOSTROPHE = "'"


def secrets_of(guides: Iterable[InterviewGuide]) -> list[str]:
    """Every text of the guides that tells a question or what makes an answer good."""
    return [
        text
        for guide in guides
        for item in guide.items
        for text in (
            item.question.prompt, item.question.answer, *item.question.probes, *item.question.strong,
            *item.question.weak, *item.question.anchors, *(each.text for each in item.rubric.anchors),
        )
    ]  # fmt: skip


def repeated(text: str, secrets: Iterable[str]) -> str | None:
    """The first words of `text` that stand in the same order in a secret; None when nothing is repeated."""
    words = _flat(text).split()
    runs = {
        size: [" ".join(words[place : place + size]) for place in range(len(words) - size + 1)]
        for size in range(SHORTEST, RUN + 1)
    }
    for secret in dict.fromkeys(secrets):
        told = _flat(secret)
        size = min(RUN, len(told.split(maxsplit=RUN)))
        for run in runs.get(size, ()):
            if f" {run} " in told:
                return run
    return None


@lru_cache(maxsize=5_000)
def _flat(text: str) -> str:
    """Its words in lower case, each between single blanks; signs are left out."""
    return f" {' '.join(WORD.findall(text.casefold().replace('’', APOSTROPHE)))} "
