"""Roles and interview plans: what is asked of a role's candidates, by whom, in which round, judged with which rubric.

A plan is a draft that many hands change. Publishing freezes it, with the full text of its questions and rubrics,
into a `PublishedPlan`, which never changes.
"""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from panel.domain.questions import BankQuestion, Question
from panel.domain.rubrics import Rubric
from panel.domain.text import Name, Remark
from panel.errors import InputError, NotFound

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
    """A question as an interviewer meets it: frozen text, frozen rubric, weight, and who asks it."""

    question: Question
    question_version: int
    category: Name
    rubric: Rubric
    rubric_version: int
    weight: float
    weight_reason: str
    asked_by: Name


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


# ---- what a planner wants to see -------------------------------------------------------------------------------


class Timing(BaseModel):
    """Planned minutes against the slot. `who` is the interviewer's id, empty for a sitting of the whole panel."""

    model_config = ConfigDict(frozen=True)

    round_id: str
    round_name: str
    who: str
    minutes: int
    slot: int

    @property
    def over(self) -> int:
        return max(self.minutes - self.slot, 0)


class Coverage(BaseModel):
    """How well a plan measures one competency."""

    model_config = ConfigDict(frozen=True)

    competency: str
    questions: int
    minutes: int
    interviewers: int
    in_role: bool


def minutes_of(assignment: Assignment, bank: dict[str, BankQuestion]) -> int:
    """Minutes of an assignment's questions; a question that left the bank counts nothing."""
    return sum(bank[each.question_key].question.minutes for each in assignment.questions if each.question_key in bank)


def timings(plan: Plan, bank: dict[str, BankQuestion]) -> list[Timing]:
    """One line for a sitting of the whole panel, one for each interviewer of separate sittings."""
    lines = []
    for each in plan.rounds:
        if each.sitting == "panel":
            total = sum(minutes_of(assignment, bank) for assignment in each.assignments)
            lines.append(Timing(round_id=each.id, round_name=each.name, who="", minutes=total, slot=each.minutes))
            continue
        for assignment in each.assignments:
            used = minutes_of(assignment, bank)
            who = assignment.interviewer_id
            lines.append(Timing(round_id=each.id, round_name=each.name, who=who, minutes=used, slot=each.minutes))
    return lines


def coverage(role: Role, plan: Plan, bank: dict[str, BankQuestion], rubrics: dict[str, Rubric]) -> list[Coverage]:
    """Every competency of the role, covered or not, then those the plan measures besides.

    A question measures the competency of the rubric it is judged with.
    """
    asked: dict[str, list[tuple[Question, int]]] = {name: [] for name in role.competencies}
    for each, assignment in assignments_of(plan):
        raters = len(each.assignments) if each.sitting == "panel" else 1
        for planned in assignment.questions:
            if planned.question_key in bank:
                question = bank[planned.question_key].question
                rubric = rubrics.get(planned.rubric_key)
                asked.setdefault(rubric.competency if rubric else question.competency, []).append((question, raters))
    return [
        Coverage(
            competency=name,
            questions=len(found),
            minutes=sum(question.minutes for question, _ in found),
            interviewers=sum(raters for _, raters in found),
            in_role=name in role.competencies,
        )
        for name, found in asked.items()
    ]


def preflight(
    role: Role, plan: Plan, bank: dict[str, BankQuestion], rubrics: dict[str, Rubric], names: dict[str, str]
) -> tuple[list[str], list[str]]:
    """What stops publishing, and what a planner should know. Both are sentences."""
    stops: list[str] = []
    warns: list[str] = []
    if not plan.rounds:
        stops.append("The plan has no round yet. Add one.")
    for each in plan.rounds:
        if not each.assignments:
            stops.append(f"{each.name} has no interviewer. Assign one.")
        for assignment in each.assignments:
            who = names.get(assignment.interviewer_id, "Somebody")
            stops.extend(_what_stops(assignment, who, each.name, bank))
    for line in timings(plan, bank):
        if line.over:
            who = f" ({names.get(line.who, 'Somebody')})" if line.who else ""
            warns.append(f"{line.round_name}{who} needs {line.minutes} minutes; the slot is {line.slot}.")
    for cover in coverage(role, plan, bank, rubrics):
        if cover.in_role and not cover.questions:
            warns.append(f"No question measures {cover.competency}.")
    warns.extend(_asked_more_than_once(plan, bank))
    return stops, warns


def _what_stops(assignment: Assignment, who: str, where: str, bank: dict[str, BankQuestion]) -> list[str]:
    if not assignment.questions:
        return [f"{who} has no questions in {where}. Choose at least one."]
    stops = [
        f"A question of {who} in {where} is no longer in the bank. Remove it."
        for planned in assignment.questions
        if planned.question_key not in bank
    ]
    if assignment.state == "proposed":
        stops.append(f"{who} proposes questions for {where}. Accept them or change them first.")
    if assignment.state == "open":
        stops.append(f"{who} has not proposed their questions for {where} yet. Wait, or accept them as they are.")
    return stops


def _asked_more_than_once(plan: Plan, bank: dict[str, BankQuestion]) -> list[str]:
    times: dict[str, int] = {}
    for _, assignment in assignments_of(plan):
        for planned in assignment.questions:
            times[planned.question_key] = times.get(planned.question_key, 0) + 1
    return [
        f"“{bank[key].question.prompt}” is asked {count} times; the candidate will hear it again."
        for key, count in times.items()
        if count > 1 and key in bank
    ]


# ---- publishing -------------------------------------------------------------------------------------------------


def freeze(
    role: Role,
    plan: Plan,
    questions: dict[tuple[str, int], BankQuestion],
    rubrics: dict[str, tuple[Rubric, int]],
    names: dict[str, str],
) -> PublishedPlan:
    """The plan with the full text of everything it names. In a panel sitting every guide holds all its questions,
    the interviewer's own first."""

    def item(planned: PlannedQuestion, asker: str) -> GuideItem:
        found = questions[planned.question_key, planned.question_version]
        rubric, rubric_version = rubrics[planned.rubric_key]
        return GuideItem(
            question=found.question,
            question_version=planned.question_version,
            category=found.category.name,
            rubric=rubric,
            rubric_version=rubric_version,
            weight=planned.weight,
            weight_reason=planned.weight_reason,
            asked_by=names[asker],
        )

    def guide(each: Round, assignment: Assignment) -> InterviewGuide:
        heard = each.assignments if each.sitting == "panel" else (assignment,)
        items: dict[str, GuideItem] = {}
        for part in heard:
            for planned in part.questions:
                items.setdefault(planned.question_key, item(planned, part.interviewer_id))
        own_first = sorted(items.values(), key=lambda item: not assignment.has(item.question.key))
        return InterviewGuide(
            assignment_id=assignment.id,
            interviewer_id=assignment.interviewer_id,
            interviewer_name=names[assignment.interviewer_id],
            items=tuple(own_first),
        )

    rounds = tuple(
        PublishedRound(
            id=each.id,
            name=each.name,
            sitting=each.sitting,
            minutes=each.minutes,
            guides=tuple(guide(each, assignment) for assignment in each.assignments),
        )
        for each in plan.rounds
    )
    if not rounds:
        raise InputError("The plan has no round yet. Add one, then publish.")
    return PublishedPlan(title=plan.title, role=role, rounds=rounds)
