"""One finding of preflight: a sentence, whether it blocks publishing, and where it is mended."""

from dataclasses import dataclass
from typing import Literal

PlaceKind = Literal["plan", "round", "seat", "role", "coverage", "sets", "question", "rubric", "people", "versions"]


@dataclass(frozen=True)
class Place:
    """Where something is mended. `key` names the round, seat, question, rubric, person or competency."""

    kind: PlaceKind
    key: str = ""


@dataclass(frozen=True)
class Finding:
    blocks: bool
    sentence: str
    place: Place


def stops(sentence: str, place: Place) -> Finding:
    return Finding(True, sentence, place)


def advises(sentence: str, place: Place) -> Finding:
    return Finding(False, sentence, place)
