"""A rehearsal: an interviewer asks the questions of a plan, and a colleague plays the candidate.

It is no interview: it has no candidate and no scorecard, and stands in tables of its own.
"""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from panel.domain.document import Document
from panel.domain.plans import GuideItem
from panel.domain.text import Name, Remark

LONGEST_NOTE = 2000
MOST_QUESTIONS = 40


class RehearsedGuide(Document):
    """What is rehearsed, frozen when the rehearsal begins. `minutes` is the slot of the round."""

    plan_title: Name
    round_name: Name
    minutes: int
    opening_minutes: int = 0
    candidate_minutes: int = 0
    items: Annotated[tuple[GuideItem, ...], Field(min_length=1, max_length=MOST_QUESTIONS)]

    def item(self, question_key: str) -> GuideItem | None:
        return next((each for each in self.items if each.question.key == question_key), None)


class RehearsalRating(BaseModel):
    """What the interviewer noted on one question, and how long it was open. `level` is None while none is chosen."""

    model_config = ConfigDict(frozen=True)

    question_key: str
    level: int | None = None
    note: Remark = ""
    seconds: Annotated[int, Field(ge=0)] = 0
    version: int = 0

    @property
    def reached(self) -> bool:
        return self.seconds > 0 or self.level is not None or bool(self.note)


class Rehearsal(BaseModel):
    """`question_key` is the question that is open since `moved_at`; empty once it has ended."""

    model_config = ConfigDict(frozen=True)

    id: str
    interviewer_id: str
    colleague_id: str
    guide: RehearsedGuide
    question_key: str
    moved_at: datetime
    started_at: datetime
    ended_at: datetime | None = None
    version: int = 1

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None

    def seconds_open(self, at: datetime) -> int:
        """How long the open question has been open; at least one second, for it was reached."""
        return max(round((at - self.moved_at).total_seconds()), 1) if self.question_key else 0


class RehearsedQuestion(BaseModel):
    """A question as the summary has it. Minutes are 0 where it was not reached."""

    model_config = ConfigDict(frozen=True)

    item: GuideItem
    rating: RehearsalRating

    @property
    def minutes(self) -> float:
        return self.rating.seconds / 60

    @property
    def over(self) -> float:
        """Minutes longer than planned; below 0 when shorter."""
        return self.minutes - self.item.question.minutes


def rehearsed(guide: RehearsedGuide, ratings: dict[str, RehearsalRating]) -> tuple[RehearsedQuestion, ...]:
    """Every question of the guide with what came of it."""
    return tuple(
        RehearsedQuestion(
            item=item,
            rating=ratings.get(item.question.key, RehearsalRating(question_key=item.question.key)),
        )
        for item in guide.items
    )
