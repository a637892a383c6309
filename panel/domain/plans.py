"""Interview plans: what is asked of a role's candidates, by whom, in which round, judged with which rubric.

A plan is a draft that many hands change. Publishing freezes it, with the full text of its questions and rubrics,
into a `PublishedPlan`, which never changes.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, model_validator

from panel.domain.candidates import Opening
from panel.domain.document import Document
from panel.domain.questions import Question
from panel.domain.roles import Role, Weight
from panel.domain.rubrics import Rubric
from panel.domain.set_rules import SetRules
from panel.domain.text import Label, Name, Remark
from panel.errors import NotFound

Sitting = Literal["single", "panel", "separate"]
SITTING_NAMES: dict[Sitting, str] = {
    "single": "One interviewer",
    "panel": "Panel: several interviewers in one sitting, everyone rates every question",
    "separate": "Sequence: one sitting after another, each interviewer with their own questions",
}
AssignmentState = Literal["open", "proposed", "accepted"]
SlotMinutes = Annotated[int, Field(ge=10, le=480)]
PartMinutes = Annotated[int, Field(ge=0, le=60)]
USUAL_OPENING, USUAL_CANDIDATE = 5, 5
OPEN_SEAT = ""  # the interviewer of a seat that nobody has taken yet


class PlannedQuestion(Document):
    """A question of the bank inside an assignment. A weight other than 1 needs a written reason."""

    question_key: str
    question_version: int
    rubric_key: str
    weight: Weight = 1.0
    weight_reason: Remark = ""

    @model_validator(mode="after")
    def unequal_weight_has_a_reason(self) -> "PlannedQuestion":
        if self.weight != 1 and not self.weight_reason.strip():
            raise ValueError("questions weigh the same unless a reason is written; say why this one differs")
        return self


class Assignment(Document):
    """One interviewer's part of a round. `revision` rises with every change, so that a stale tab is noticed.

    `covers` names the competencies the interviewer is asked to cover; none named, all are theirs to choose from.
    `accepted_questions` is the set that a manager accepted last, kept while another one stands in `questions`.
    `own_questions` is the set as its interviewer left it last; `changed_by` is the manager who then made another of it.
    The steps between the states stand in `proposals`.
    """

    id: str
    interviewer_id: str
    covers: tuple[Name, ...] = ()
    questions: tuple[PlannedQuestion, ...] = ()
    state: AssignmentState = "open"
    revision: int = 1
    accepted_questions: tuple[PlannedQuestion, ...] = ()
    own_questions: tuple[PlannedQuestion, ...] = ()
    changed_by: str = ""

    def has(self, question_key: str) -> bool:
        return any(each.question_key == question_key for each in self.questions)


class Round(Document):
    """A stage of the plan. `minutes` is the slot: of the whole sitting, or of each sitting of a sequence.

    Of the slot, `opening_minutes` go to the welcome and `candidate_minutes` to the candidate's own questions.
    `needs_training` is what its interviewers must be trained for; empty where nothing is asked. `may_repeat` lets it
    ask again what is asked elsewhere in the day, for the sake of a second opinion on the same answer.
    """

    id: str
    name: Name
    sitting: Sitting
    minutes: SlotMinutes
    opening_minutes: PartMinutes = 0
    candidate_minutes: PartMinutes = 0
    minimum_interviewers: Annotated[int, Field(ge=1, le=12)] = 1
    needs_training: Label = ""
    may_repeat: bool = False
    assignments: tuple[Assignment, ...] = ()

    @model_validator(mode="after")
    def slot_has_room_for_questions(self) -> "Round":
        if self.question_minutes < 5:
            raise ValueError(
                "the opening and the candidate's questions leave less than 5 minutes to ask; lengthen the slot"
            )
        if self.sitting == "single" and len(self.assignments) > 1:
            raise ValueError("this round is for one interviewer; choose a panel or a sequence for more")
        return self

    @property
    def question_minutes(self) -> int:
        """What is left of the slot for the interviewers' questions."""
        return self.minutes - self.opening_minutes - self.candidate_minutes

    @property
    def together(self) -> bool:
        return self.sitting == "panel"


class Plan(Document):
    """The draft of a role's interview plan. `opens` says when its panelists may read one another's scorecards."""

    title: Name
    rounds: Annotated[tuple[Round, ...], Field(max_length=12)] = ()
    rules: SetRules = SetRules()
    opens: Opening = "own"


class GuideItem(Document):
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


class InterviewGuide(Document):
    """One interviewer's questions for one interview."""

    assignment_id: str
    interviewer_id: str
    interviewer_name: Name
    items: tuple[GuideItem, ...]


class PublishedRound(Document):
    id: str
    name: Name
    sitting: Sitting
    minutes: SlotMinutes
    opening_minutes: PartMinutes = 0
    candidate_minutes: PartMinutes = 0
    minimum_interviewers: int = 1
    needs_training: Label = ""
    guides: tuple[InterviewGuide, ...]

    def items(self) -> tuple[GuideItem, ...]:
        """Every question of the round once, in the order of its guides."""
        return tuple({item.question.key: item for guide in self.guides for item in guide.items}.values())


class PublishedPlan(Document):
    """A plan version: everything needed to explain its ratings years later."""

    title: Name
    role: Role
    rounds: tuple[PublishedRound, ...]
    opens: Opening = "own"

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
