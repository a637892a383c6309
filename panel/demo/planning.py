"""The demo team's roles and plans, built from whatever the question bank holds and frozen as publishing does."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from panel.demo.roles import DemoPlan, Seat
from panel.domain.plans import Assignment, Plan, PlannedQuestion, PublishedPlan, Round
from panel.domain.publishing import freeze
from panel.domain.questions import BankQuestion
from panel.domain.roles import Role
from panel.domain.rubrics import Rubric
from panel.errors import InputError

MakeId = Callable[[], str]


@dataclass(frozen=True)
class Content:
    """The bank and the rubrics as they stand, by key."""

    questions: Mapping[str, BankQuestion]
    rubrics: Mapping[str, tuple[Rubric, int]]

    def rubric_for(self, question: BankQuestion) -> str | None:
        wanted = question.question.competency
        return next((key for key, (rubric, _) in self.rubrics.items() if rubric.competency == wanted), None)


def draft_plan(plan: DemoPlan, role: Role, content: Content, people: Mapping[str, str], make_id: MakeId) -> Plan:
    """Every seat with its questions. `people` gives ids by the part of the email before the @.

    A question that is no longer in the bank gives way to another of the role's competencies that fits the slot.
    Raises InputError when the bank is too small.
    """
    rounds = []
    taken: set[str] = set()
    for each in plan.rounds:
        left = each.room
        assignments = []
        for seat in each.seats:
            if each.sitting == "separate":
                left = each.room
            chosen = _choose(seat, role, content, taken, left)
            if seat.questions and not chosen:
                raise InputError(
                    "The demo team needs the question bank and the rubrics that come with the program; these hold too "
                    "few questions. Start without PANEL_CONTENT to see it."
                )
            left -= sum(question.question.minutes for question in chosen)
            taken.update(question.key for question in chosen)
            assignments.append(_assignment(seat, chosen, content, people, make_id()))
        rounds.append(
            Round(
                id=make_id(),
                name=each.name,
                sitting=each.sitting,
                minutes=each.minutes,
                opening_minutes=each.opening,
                candidate_minutes=each.candidate,
                needs_training=each.training,
                assignments=tuple(assignments),
            )
        )
    return Plan(title=plan.title, rounds=tuple(rounds))


def frozen(role: Role, plan: Plan, content: Content, names: dict[str, str]) -> PublishedPlan:
    questions = {(each.key, each.version): each for each in content.questions.values()}
    return freeze(role, plan, questions, dict(content.rubrics), names)


def _assignment(
    seat: Seat, chosen: Iterable[BankQuestion], content: Content, people: Mapping[str, str], assignment_id: str
) -> Assignment:
    planned = tuple(
        PlannedQuestion(
            question_key=each.key, question_version=each.version, rubric_key=content.rubric_for(each) or "unreachable"
        )
        for each in chosen
    )
    return Assignment(id=assignment_id, interviewer_id=people[seat.who], questions=planned, state=seat.state)


def _choose(seat: Seat, role: Role, content: Content, taken: set[str], minutes: int) -> list[BankQuestion]:
    chosen: list[BankQuestion] = []

    def fits(each: BankQuestion) -> bool:
        used = sum(question.question.minutes for question in chosen)
        return (
            each.key not in taken
            and all(each.key != question.key for question in chosen)
            and content.rubric_for(each) is not None
            and used + each.question.minutes <= minutes
        )

    for key in seat.questions:
        wanted = content.questions.get(key)
        if wanted is None:
            others = (each for each in content.questions.values() if each.question.competency in role.measured)
            wanted = next(filter(fits, others), None)
        if wanted and fits(wanted):
            chosen.append(wanted)
    return chosen
