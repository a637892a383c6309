"""A plan as the start of another one: its rounds with new ids, with or without people and questions."""

from collections.abc import Callable, Collection, Mapping

from panel.domain import proposals
from panel.domain.plans import OPEN_SEAT, Assignment, Plan, Round
from panel.domain.questions import IN_PLANS, BankQuestion


def copied(
    plan: Plan,
    *,
    title: str,
    people: frozenset[str],
    questions: Mapping[str, BankQuestion],
    measured: Collection[str],
    make_id: Callable[[], str],
) -> Plan:
    """A draft that says what `plan` says.

    Only those in `people` keep their seats; the others' stand open. Only `questions` that may still be asked come
    along, in their newest version, and only what the role measures (`measured`) is still asked to be covered. A set
    that comes along is accepted: the manager who copies has chosen it.
    """

    def seat(old: Assignment) -> Assignment:
        kept = tuple(
            each.model_copy(update={"question_version": questions[each.question_key].version})
            for each in old.questions
            if each.question_key in questions and questions[each.question_key].state in IN_PLANS
        )
        return Assignment(
            id=make_id(),
            interviewer_id=old.interviewer_id if old.interviewer_id in people else OPEN_SEAT,
            covers=tuple(each for each in old.covers if each in measured),
            questions=kept,
            state="accepted" if kept else "open",
        )

    def stage(old: Round) -> Round:
        return old.model_copy(update={"id": make_id(), "assignments": tuple(map(seat, old.assignments))})

    facts = plan.model_dump() | {"title": title, "rounds": [stage(each) for each in plan.rounds]}
    return Plan.model_validate(facts)


def without_people(plan: Plan) -> Plan:
    """What a template keeps: every seat stands open."""
    rounds = tuple(
        each.model_copy(
            update={"assignments": tuple(proposals.with_interviewer(seat, OPEN_SEAT) for seat in each.assignments)}
        )
        for each in plan.rounds
    )
    return plan.model_copy(update={"rounds": rounds})
