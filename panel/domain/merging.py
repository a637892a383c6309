"""A question from outside and its twin in the bank: what one question made of both says."""

from typing import Any, Literal

from panel.domain.questions import Question

KeepAnswer = Literal["ours", "theirs", "both"]
KEEP_ANSWER_NAMES: dict[KeepAnswer, str] = {
    "ours": "Keep the bank's answer",
    "theirs": "Take the imported answer",
    "both": "Keep both, one after the other",
}
MOST = 8  # probes and signs of a question
MOST_TAGS = 12
FILLED = ("competency", "difficulty", "anchors", "source")  # taken from the other where the bank's question lacks them


def merged(ours: Question, theirs: Question, answer: KeepAnswer = "ours") -> Question:
    """The bank's question with what the other adds: it keeps its key, prompt and minutes, fills what it lacks, and
    gains probes, signs and tags that it does not have, as far as there is room."""
    return ours.model_copy(
        update={
            "answer": _answer(ours.answer, theirs.answer, answer),
            "probes": _joined(ours.probes, theirs.probes, MOST),
            "strong": _joined(ours.strong, theirs.strong, MOST),
            "weak": _joined(ours.weak, theirs.weak, MOST),
            "tags": _joined(ours.tags, theirs.tags, MOST_TAGS),
        }
        | {
            name: getattr(ours, name) or getattr(theirs, name)
            for name in ("competency", "difficulty", "anchors", "source")
        }
    )


def replaced(ours: Question, theirs: Question, says: frozenset[str]) -> Question:
    """The bank's question with every field that the other document says."""
    update: dict[str, Any] = {name: getattr(theirs, name) for name in says}
    return ours.model_copy(update=update)


def _answer(ours: str, theirs: str, keep: KeepAnswer) -> str:
    if not ours or not theirs or ours == theirs:
        return ours or theirs
    return {"ours": ours, "theirs": theirs, "both": f"{ours}\n\n---\n\n{theirs}"}[keep]


def _joined(ours: tuple[str, ...], theirs: tuple[str, ...], most: int) -> tuple[str, ...]:
    known = {each.casefold() for each in ours}
    return (*ours, *(each for each in theirs if each.casefold() not in known))[:most]
