"""The writing aid for anchors: marks what cannot be observed in an answer, says why, and never blocks.

It reads words, not meanings, so it can be wrong; whoever writes decides. The kinds follow the usual advice on
behaviourally anchored scales: an anchor names an act that every listener would hear, and neighbours differ in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from panel.domain.anchor_patterns import (
    CLAIMED,
    CLAUSES,
    DOUBLE,
    KNOWS_THAT,
    NEVER_WITHOUT,
    PERSONAL,
    QUOTED,
    THIRD_PERSON,
    WORD,
)
from panel.domain.anchor_words import ABSOLUTE, ACTS, CONTRASTS, DEGREE, EMPTY_NOUNS, EMPTY_VERBS, INWARD, SMALL, VAGUE
from panel.domain.rubrics import Rubric

Kind = Literal["vague", "same", "person", "degree", "double", "absolute"]
KIND_NAMES: dict[Kind, str] = {
    "vague": "Cannot be observed",
    "same": "Says the same as another level",
    "person": "Speaks of the person",
    "degree": "Differs in degree words only",
    "double": "Could be half true",
    "absolute": "Absolute word",
}
ALIKE = 0.8  # share of content words that two levels may have in common (Dice) before they count as the same
ENOUGH = 2  # content words beside an act that make it something to listen for


@dataclass(frozen=True)
class Advice:
    """One remark on one level. `words` are those of the anchor it is about; `other` is the level it is compared
    with, for the kinds that compare two."""

    level: int
    kind: Kind
    words: str
    reason: str
    suggestion: str
    other: int | None = None


def advise(rubric: Rubric) -> tuple[Advice, ...]:
    """Everything the writing aid has to say of a rubric, lowest level first."""
    return advise_anchors([anchor.text for anchor in rubric.anchors])


def advise_anchors(texts: Sequence[str]) -> tuple[Advice, ...]:
    """The same for anchors alone, lowest level first; an empty one is passed over."""
    levels = {level: text for level, text in enumerate(texts, start=1) if text.strip()}
    found = [advice for level, text in levels.items() for advice in _of_one(level, text)]
    for (low, lower), (high, upper) in combinations(levels.items(), 2):
        found += _of_two(low, lower, high, upper)
    return tuple(sorted(found, key=lambda each: each.level))


# ---- one anchor --------------------------------------------------------------------------------------------------


def _of_one(level: int, text: str) -> list[Advice]:
    own = QUOTED.sub(lambda quote: "…" * len(quote[0]), text)  # what the answer says in its own words is observed
    person = _person(level, own)
    found = [person, _vague(level, own, told=person is not None), _double(level, own), _absolute(level, own)]
    return [each for each in found if each]


def _vague(level: int, text: str, *, told: bool) -> Advice | None:
    """A judgement, or next to nothing, with nothing observable in any of the anchor's clauses. Next to nothing needs
    no second remark where one was made already (`told`)."""
    words = WORD.findall(text)
    judged = [word for word in words if _judges(word.casefold())]
    says_something = "…" in text or any(word.casefold() in ACTS for word in words) or len(_concrete(text)) >= ENOUGH
    if ((says_something or told) and not judged) or any(_observable(clause) for clause in CLAUSES.split(text)):
        return None
    return Advice(
        level, "vague", ", ".join(dict.fromkeys(judged)) or text,
        "Two interviewers can agree on this without having heard the same thing.",
        "Say what the answer contains: what is named, asked, compared or left out.",
    )  # fmt: skip


def _judges(word: str) -> bool:
    return any(part in VAGUE | INWARD for part in (word, *word.split("-")))


def _observable(clause: str) -> bool:
    """Whether a clause holds an act and something to listen for beside it."""
    words = [word.casefold() for word in WORD.findall(clause)]
    concrete = _concrete(clause)
    if len(concrete) < ENOUGH:
        return False
    if KNOWS_THAT.search(clause):
        return len(concrete) > ENOUGH
    judged = sum(word in VAGUE for word in words)
    acts = any(word in ACTS for word in words) or (THIRD_PERSON.match(words[0]) and words[0] in concrete)
    inward = any(word in INWARD for word in words) and words[0] not in ACTS
    return bool(acts) and not inward and judged < len(concrete)


def _concrete(text: str) -> list[str]:
    return [word for word in (each.casefold() for each in WORD.findall(text)) if not _empty(word)]


def _empty(word: str) -> bool:
    return _judges(word) or word in DEGREE | EMPTY_VERBS | EMPTY_NOUNS | SMALL | ACTS


def _person(level: int, text: str) -> Advice | None:
    """A trait of a person, or the impression that somebody made."""
    for pattern in PERSONAL:
        if found := pattern.search(text):
            return Advice(
                level, "person", found[0].strip(" ,.;"),
                "This judges the person. An anchor describes the answer, so that anybody's answer can be held to it.",
                "Say what was said or done that gave this impression.",
            )  # fmt: skip
    return None


def _double(level: int, text: str) -> Advice | None:
    """Two judgements or two acts of which an answer may meet only one."""
    for pattern in DOUBLE:
        if found := pattern.search(text):
            return Advice(
                level, "double", found[0],
                "An answer can meet one half of this and not the other, and then nobody knows which level it is.",
                "Keep the half that decides, or move the other to a level of its own.",
            )  # fmt: skip
    return None


def _absolute(level: int, text: str) -> Advice | None:
    found = [word for word in WORD.findall(text) if word.casefold() in ABSOLUTE] + NEVER_WITHOUT.findall(text)
    if not found or CLAIMED.search(text):
        return None
    return Advice(
        level, "absolute", ", ".join(dict.fromkeys(found)),
        "One answer cannot show this: a single slip would rule the level out.",
        "Say what was heard in this answer, or how many times.",
    )  # fmt: skip


# ---- two anchors -------------------------------------------------------------------------------------------------


def _of_two(low: int, lower: str, high: int, upper: str) -> list[Advice]:
    """Levels that say the same, and neighbours that differ only by how much."""
    first, second = _content(lower), _content(upper)
    shared = 2 * len(first & second) / max(len(first) + len(second), 1)
    if not shared and lower.casefold().split() != upper.casefold().split():
        return _only_judged(low, lower, high, upper)
    apart = first ^ second
    if shared < ALIKE or apart & CONTRASTS:
        return []
    if not apart and _telling(lower) != _telling(upper):
        return [_by_degree(high, low, lower, upper)]
    return [
        Advice(
            high, "same", upper,
            f"Level {low} says nearly the same, so an interviewer cannot choose between the two.",
            f"Name one thing that is heard at level {high} and not at level {low}.",
            other=low,
        )
    ]  # fmt: skip


def _only_judged(low: int, lower: str, high: int, upper: str) -> list[Advice]:
    """Two anchors with no content at all, such as "Good" and "Very good"."""
    if _content(lower) or _content(upper) or high != low + 1:
        return []
    return [_by_degree(high, low, lower, upper)]


def _by_degree(high: int, low: int, lower: str, upper: str) -> Advice:
    before = {word.casefold() for word in WORD.findall(lower)}
    more = [word for word in WORD.findall(upper) if word.casefold() not in before] or WORD.findall(upper)
    return Advice(
        high, "degree", ", ".join(dict.fromkeys(more)),
        f"It differs from level {low} only by how much or how good, which each interviewer weighs in their own way.",
        "Let the levels differ in something that can be counted or heard.",
        other=low,
    )  # fmt: skip


def _content(text: str) -> frozenset[str]:
    """The words that say something, without endings; degree and judgement aside."""
    words = (word.casefold() for word in WORD.findall(text))
    return frozenset(_stem(word) for word in words if word in CONTRASTS or word not in SMALL | DEGREE | VAGUE)


def _stem(word: str) -> str:
    """Enough for "explains" and "explained" to meet. Source: the first step of Porter's stemmer (1980), shortened."""
    for ending in ("ing", "ied", "ies", "ed", "es", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            return word.removesuffix(ending)
    return word


def _telling(text: str) -> list[str]:
    """Every word but the small ones, degree and judgement included, in no order."""
    return sorted(_stem(word.casefold()) for word in WORD.findall(text) if word.casefold() not in SMALL)
