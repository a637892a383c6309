"""Whether a text that is shown to candidates repeats what they must not know beforehand."""

import re
from collections.abc import Iterable, Iterator

from panel.domain.plans import InterviewGuide
from panel.domain.text import LONGEST_PROSE

RUN = 5  # words in a row that do not come together by chance
SHORTEST = 3  # of a question that is shorter than that, all words count; below this it may be a theme's name
WORD = re.compile(r"\w+(?:['’]\w+)*")


def words_of(text: str) -> list[str]:
    """Lower case, without signs between them."""
    return WORD.findall(text[: 2 * LONGEST_PROSE].casefold().replace("’", "'"))


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
    known: set[tuple[str, ...]] = set()
    for secret in secrets:
        told = words_of(secret)
        if len(told) >= SHORTEST:
            known.update(_runs(told, min(RUN, len(told))))
    words = words_of(text)
    found = (run for size in range(RUN, SHORTEST - 1, -1) for run in _runs(words, size) if run in known)
    first = next(found, None)
    return " ".join(first) if first else None


def _runs(words: list[str], size: int) -> Iterator[tuple[str, ...]]:
    return (tuple(words[place : place + size]) for place in range(len(words) - size + 1))
