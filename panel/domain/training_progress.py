"""How far somebody is towards being trained: answers rated within one level, in exercises and as a shadow."""

from collections.abc import Iterable
from statistics import median
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

WITHIN = 1  # level
SHADOW_SHARE = 0.8  # of a shadow's ratings of one interview that must lie within one level for it to count
MOST_NEEDED = 50


class TrainingNeed(BaseModel):
    """What one training asks for instead of the team's usual number. `subject` is in small letters."""

    model_config = ConfigDict(frozen=True)

    subject: str
    answers: Annotated[int, Field(ge=1, le=MOST_NEEDED)]
    version: int = 1


class TrainingProgress(BaseModel):
    """What a person has rated within one level: exercises against gold, and interviews as a shadow against the raters.

    `rated` counts all of them, `within` those within one level; `needed` is how many make somebody trained.
    """

    model_config = ConfigDict(frozen=True)

    exercises: int
    exercises_within: int
    shadowed: int
    shadowed_within: int
    needed: int

    @property
    def rated(self) -> int:
        return self.exercises + self.shadowed

    @property
    def within(self) -> int:
        return self.exercises_within + self.shadowed_within

    @property
    def reached(self) -> bool:
        return self.within >= self.needed

    @property
    def sentence(self) -> str:
        """`4 of 6 within one level`."""
        return f"{min(self.within, self.needed)} of {self.needed} within one level"


def within_one(own: float, other: float) -> bool:
    return abs(own - other) <= WITHIN


def shadowed_within(pairs: Iterable[tuple[str, str, float, float]]) -> tuple[int, int]:
    """How many interviews were shadowed, and in how many the shadow was within one level of the raters.

    Pairs are (interview, question, shadow's level, a rater's level), one for each rater; on each question the median
    of the raters counts. An interview is within one level when four in five of its questions are.
    """
    levels: dict[str, dict[str, tuple[float, list[float]]]] = {}
    for interview, question, own, other in pairs:
        levels.setdefault(interview, {}).setdefault(question, (own, []))[1].append(other)
    near = [
        [within_one(own, median(others)) for own, others in of_interview.values()] for of_interview in levels.values()
    ]
    return len(near), sum(sum(each) >= SHADOW_SHARE * len(each) for each in near)
