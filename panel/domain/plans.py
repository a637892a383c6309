"""Roles and interview plans: what is asked of a role's candidates, by whom, in which round, judged with which rubric.

A plan is a draft that many hands change. Publishing freezes it, with the full text of its questions and rubrics,
into a `PublishedPlan`, which never changes.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from panel.domain.questions import Question
from panel.domain.rubrics import Rubric
from panel.domain.text import Name, Remark
from panel.errors import NotFound

Sitting = Literal["panel", "separate"]
SITTING_NAMES: dict[Sitting, str] = {
    "panel": "Together: one sitting, everyone rates every question",
    "separate": "Separate: one sitting per interviewer, each with their own questions",
}
AssignmentState = Literal["open", "proposed", "accepted"]
SlotMinutes = Annotated[int, Field(ge=10, le=480)]


class _Document(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Role(_Document):
    """The opening being hired for, and what is measured for it. Competencies weigh the same."""

    name: Name
    about: Remark = ""
    competencies: Annotated[tuple[Name, ...], Field(min_length=1, max_length=12)]

    @model_validator(mode="after")
    def competencies_differ(self) -> "Role":
        if len({each.casefold() for each in self.competencies}) < len(self.competencies):
            raise ValueError("the same competency is named twice")
        return self


class PlannedQuestion(_Document):
    """A question of the bank inside an assignment. A weight other than 1 needs a written reason."""

    question_key: str
    question_version: int
    rubric_key: str
    weight: Annotated[float, Field(gt=0, le=5)] = 1.0
    weight_reason: Remark = ""

    @model_validator(mode="after")
    def unequal_weight_has_a_reason(self) -> "PlannedQuestion":
        if self.weight != 1 and not self.weight_reason.strip():
            raise ValueError("questions weigh the same unless a reason is written; say why this one differs")
        return self


class Assignment(_Document):
    """One interviewer's part of a round. `revision` rises with every change, so that a stale tab is noticed."""

    id: str
    interviewer_id: str
    questions: tuple[PlannedQuestion, ...] = ()
    state: AssignmentState = "open"
    revision: int = 1

    def has(self, question_key: str) -> bool:
        return any(each.question_key == question_key for each in self.questions)


class Round(_Document):
    """A stage of the plan. `minutes` is the slot: of the whole sitting, or of each separate sitting."""

    id: str
    name: Name
    sitting: Sitting
    minutes: SlotMinutes
    assignments: tuple[Assignment, ...] = ()


class Plan(_Document):
    """The draft of a role's interview plan."""

    title: Name
    rounds: Annotated[tuple[Round, ...], Field(max_length=12)] = ()


class GuideItem(_Document):
    """A question as an interviewer meets it: frozen text, frozen rubric, weight, and who asks it.

    `rubric` has the question's own anchors where it has some. A `pilot` was on trial when the plan was published.
    """

    question: Question
    question_version: int
    category: Name
    rubric: Rubric
    rubric_version: int
    weight: float
    weight_reason: str
    asked_by: Name
    pilot: bool = False

    def counts(self, *, approved_at: datetime | None, published_at: datetime) -> bool:
        """Whether ratings of it enter scores: a pilot's do from when it is approved, whatever becomes of it later.

        `approved_at` is when the question was last approved, `published_at` when this plan version was published.
        """
        return not self.pilot or (approved_at is not None and approved_at > published_at)


class InterviewGuide(_Document):
    """One interviewer's questions for one interview."""

    assignment_id: str
    interviewer_id: str
    interviewer_name: Name
    items: tuple[GuideItem, ...]


class PublishedRound(_Document):
    id: str
    name: Name
    sitting: Sitting
    minutes: SlotMinutes
    guides: tuple[InterviewGuide, ...]

    def items(self) -> tuple[GuideItem, ...]:
        """Every question of the round once, in the order of its guides."""
        return tuple({item.question.key: item for guide in self.guides for item in guide.items}.values())


class PublishedPlan(_Document):
    """A plan version: everything needed to explain its ratings years later."""

    title: Name
    role: Role
    rounds: tuple[PublishedRound, ...]

    def round(self, round_id: str) -> PublishedRound:
        for each in self.rounds:
            if each.id == round_id:
                return each
        raise NotFound("This round is not part of that version of the plan.")

    def guide(self, round_id: str, assignment_id: str) -> InterviewGuide:
        for each in self.round(round_id).guides:
            if each.assignment_id == assignment_id:
                return each
        raise NotFound("This interviewer is not part of that version of the plan.")

    def items(self) -> dict[tuple[str, str], GuideItem]:
        """Every question by (assignment id, question key): asked in two rounds, it may have two rubrics."""
        return {
            (guide.assignment_id, item.question.key): item
            for each in self.rounds
            for guide in each.guides
            for item in guide.items
        }


def assignments_of(plan: Plan) -> Iterator[tuple[Round, Assignment]]:
    for each in plan.rounds:
        for assignment in each.assignments:
            yield each, assignment


def find_assignment(plan: Plan, assignment_id: str) -> tuple[Round, Assignment]:
    for each, assignment in assignments_of(plan):
        if assignment.id == assignment_id:
            return each, assignment
    raise NotFound("This assignment is no longer part of the plan. Reload the page to see what changed.")


def replace_round(plan: Plan, changed: Round) -> Plan:
    return plan.model_copy(update={"rounds": tuple(changed if each.id == changed.id else each for each in plan.rounds)})


def replace_assignment(plan: Plan, changed: Assignment) -> Plan:
    where, _ = find_assignment(plan, changed.id)
    assignments = tuple(changed if each.id == changed.id else each for each in where.assignments)
    return replace_round(plan, where.model_copy(update={"assignments": assignments}))
