"""Calibration exercises: a made-up or anonymised answer to a real question, rated blind with the real rubric, and the
gold level that ratings of it are compared with.

Nobody rates an exercise whose gold they have seen: a rating comes first and is sealed, or it never comes.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from panel.domain.document import Document
from panel.domain.questions import Question
from panel.domain.rubrics import Rubric
from panel.domain.text import Key, Name, Prose, Remark, Sentence

Quality = Literal["weak", "middling", "strong"]
QUALITIES: tuple[Quality, ...] = ("weak", "middling", "strong")
Level = Annotated[int, Field(ge=1, le=7)]
ExerciseState = Literal["draft", "open", "withdrawn"]
AUTHORS = "authors"  # who set the gold of an exercise that came from a file
LONGEST_NOTE = 2000


class FiledAnswer(BaseModel):
    """One made-up answer as a file holds it, with the level its authors put it at and why.

    `key` is what records of ratings name it by, so it says nothing of how good the answer is. `neighbour` is the
    level next to `gold` that could be defended too; `decides` says what in the anchors speaks for `gold` against it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: Key
    quality: Quality
    text: Prose
    gold: Level
    neighbour: Level
    reasoning: Sentence
    decides: Sentence

    @model_validator(mode="after")
    def the_neighbour_is_next_to_gold(self) -> "FiledAnswer":
        if abs(self.gold - self.neighbour) != 1:
            raise ValueError(
                f"neighbour must be the level above or below gold; gold is {self.gold}, it is {self.neighbour}"
            )
        return self


class FiledExercise(BaseModel):
    """One file of `exercises/`: a question and a rubric that stand in the files beside it, and three answers."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: Key
    title: Name
    category: Key
    competency: Name
    question_key: Key
    rubric_key: Key
    answers: Annotated[tuple[FiledAnswer, ...], Field(min_length=3, max_length=3)]

    @model_validator(mode="after")
    def answers_differ(self) -> "FiledExercise":
        if len({each.key for each in self.answers}) < len(self.answers):
            raise ValueError("two answers have the same key; give each its own, such as a, b and c")
        weak_to_strong = sorted(self.answers, key=lambda each: QUALITIES.index(each.quality))
        if tuple(each.quality for each in weak_to_strong) != QUALITIES:
            raise ValueError("the answers need one of each quality: weak, middling and strong")
        if not weak_to_strong[0].gold < weak_to_strong[1].gold < weak_to_strong[2].gold:
            raise ValueError("gold must rise from the weak answer over the middling to the strong one")
        return self


class Exercise(Document):
    """One answer to be rated, with all that is needed for it: what a rater gets before they have rated.

    `rubric` has the question's own anchors where it has some. The texts are frozen when it is first rated.
    """

    title: Name
    category: Name
    question: Question
    rubric: Rubric
    text: Prose

    @property
    def competency(self) -> str:
        return self.rubric.competency


class Gold(BaseModel):
    """The level an answer is held to, and why. Version `number` counts from 1 within its exercise.

    It is in force when a second lead has agreed to it, or when the authors of the exercise set it (`proposed_by` is
    AUTHORS). `neighbour` is None where no other level comes near.
    """

    model_config = ConfigDict(frozen=True)

    exercise_id: str
    number: int
    level: Level
    neighbour: Level | None = None
    reasoning: Sentence
    decides: Remark = ""
    proposed_by: str
    proposed_at: datetime | None = None
    agreed_by: str = ""
    agreed_at: datetime | None = None

    @property
    def of_authors(self) -> bool:
        return self.proposed_by == AUTHORS

    @property
    def is_agreed(self) -> bool:
        return self.of_authors or bool(self.agreed_by)

    @property
    def leads(self) -> frozenset[str]:
        """Ids of the people of the team who stand behind it."""
        return frozenset({self.proposed_by, self.agreed_by} - {AUTHORS, ""})


class Attempt(BaseModel):
    """One person's rating of one exercise: sealed as soon as it is made, and made once."""

    model_config = ConfigDict(frozen=True)

    exercise_id: str
    person_id: str
    level: Level
    note: Annotated[str, Field(max_length=LONGEST_NOTE)] = ""
    rated_at: datetime


class StoredExercise(BaseModel):
    """An exercise with its state. One from a file has version 0 until it is first rated."""

    model_config = ConfigDict(frozen=True)

    id: str
    exercise: Exercise
    state: ExerciseState
    version: int
    from_file: bool
    created_by: str = AUTHORS


def in_force(golds: Sequence[Gold]) -> Gold | None:
    """The newest gold that is agreed; None while an exercise is a draft."""
    return max((each for each in golds if each.is_agreed), key=lambda each: each.number, default=None)


def proposed(golds: Sequence[Gold]) -> Gold | None:
    """The newest gold, when it waits for a second lead."""
    newest = max(golds, key=lambda each: each.number, default=None)
    return newest if newest and not newest.is_agreed else None


def knows_gold(person_id: str, golds: Sequence[Gold]) -> bool:
    """Whether somebody has set a gold of this exercise, so that no rating of theirs could be blind any more."""
    return any(person_id in each.leads for each in golds)
