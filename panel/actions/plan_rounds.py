"""Rounds of a plan draft and who sits in them.

A change of a round names the draft's version. Whoever comes second is told, and nothing is overwritten.
"""

from panel.actions.drafts import change_draft, existing_draft, existing_role, same_revision, valid
from panel.domain import plans as rules
from panel.domain import proposals
from panel.domain.basics import new_id
from panel.domain.people import Person
from panel.domain.plans import OPEN_SEAT, Assignment, Plan, Round, Sitting
from panel.domain.set_rules import SetRules
from panel.domain.text import listed
from panel.errors import InputError, NotFound
from panel.house import Workspace
from panel.store import people
from panel.store.database import Transaction


def add_round(
    workspace: Workspace,
    *,
    by: Person,
    plan_id: str,
    name: str,
    sitting: Sitting,
    minutes: int,
    opening_minutes: int = 0,
    candidate_minutes: int = 0,
    minimum_interviewers: int = 1,
    needs_training: str = "",
    may_repeat: bool = False,
    interviewers: tuple[str, ...] = (),
) -> str:
    """The new round's id."""
    each = valid(
        lambda: Round(
            id=new_id(),
            name=name,
            sitting=sitting,
            minutes=minutes,
            opening_minutes=opening_minutes,
            candidate_minutes=candidate_minutes,
            minimum_interviewers=minimum_interviewers,
            needs_training=needs_training,
            may_repeat=may_repeat,
        )
    )

    def change(transaction: Transaction, draft: Plan) -> Plan:
        seated = each
        for person_id in dict.fromkeys(interviewers):
            seated = _seat(transaction, seated, person_id)
        return valid(lambda: Plan.model_validate(draft.model_dump() | {"rounds": [*draft.rounds, seated]}))

    change_draft(workspace, by=by, plan_id=plan_id, action="add_round", change=change)
    return each.id


def change_round(
    workspace: Workspace,
    *,
    by: Person,
    plan_id: str,
    round_id: str,
    seen_version: int,
    name: str,
    sitting: Sitting,
    minutes: int,
    opening_minutes: int = 0,
    candidate_minutes: int = 0,
    minimum_interviewers: int = 1,
    needs_training: str = "",
    may_repeat: bool = False,
) -> None:
    def change(_: Transaction, draft: Plan) -> Plan:
        old = _round(draft, round_id)
        new = valid(
            lambda: Round(
                id=round_id,
                name=name,
                sitting=sitting,
                minutes=minutes,
                opening_minutes=opening_minutes,
                candidate_minutes=candidate_minutes,
                minimum_interviewers=minimum_interviewers,
                needs_training=needs_training,
                may_repeat=may_repeat,
                assignments=old.assignments,
            )
        )
        return rules.replace_round(draft, new)

    change_draft(workspace, by=by, plan_id=plan_id, action="change_round", change=change, seen_version=seen_version)


def move_round(workspace: Workspace, *, by: Person, plan_id: str, round_id: str, seen_version: int, step: int) -> None:
    """Bring a round `step` places later in the day (earlier where it is below 0); at an end it stays."""

    def change(_: Transaction, draft: Plan) -> Plan:
        rounds = list(draft.rounds)
        place = rounds.index(_round(draft, round_id))
        rounds.insert(min(max(place + step, 0), len(rounds) - 1), rounds.pop(place))
        return draft.model_copy(update={"rounds": tuple(rounds)})

    change_draft(workspace, by=by, plan_id=plan_id, action="move_round", change=change, seen_version=seen_version)


def remove_round(workspace: Workspace, *, by: Person, plan_id: str, round_id: str, seen_version: int) -> None:
    """Remove a round from the draft; published versions keep it."""

    def change(_: Transaction, draft: Plan) -> Plan:
        _round(draft, round_id)
        return draft.model_copy(update={"rounds": tuple(each for each in draft.rounds if each.id != round_id)})

    change_draft(workspace, by=by, plan_id=plan_id, action="remove_round", change=change, seen_version=seen_version)


def assign(workspace: Workspace, *, by: Person, plan_id: str, round_id: str, person_id: str) -> None:
    """Give an interviewer a part in a round."""

    def change(transaction: Transaction, draft: Plan) -> Plan:
        return rules.replace_round(draft, _seat(transaction, _round(draft, round_id), person_id))

    change_draft(workspace, by=by, plan_id=plan_id, action="assign", change=change)


def unassign(workspace: Workspace, *, by: Person, plan_id: str, assignment_id: str, seen_revision: int) -> None:
    """Take an interviewer out of a round of the draft, with the questions chosen for them."""

    def change(_: Transaction, draft: Plan) -> Plan:
        where, assignment = rules.find_assignment(draft, assignment_id)
        same_revision(assignment, seen_revision)
        rest = tuple(each for each in where.assignments if each.id != assignment_id)
        return rules.replace_round(draft, where.model_copy(update={"assignments": rest}))

    change_draft(workspace, by=by, plan_id=plan_id, action="unassign", change=change)


def save_seat(
    workspace: Workspace,
    *,
    by: Person,
    plan_id: str,
    assignment_id: str,
    seen_revision: int,
    person_id: str,
    covers: tuple[str, ...],
) -> None:
    """Who sits in a seat, and which competencies they are asked to cover (none: the choice is theirs).

    Its questions stay, whoever takes it; another person's proposal becomes theirs to make again.
    """

    def change(transaction: Transaction, draft: Plan) -> Plan:
        where, old = rules.find_assignment(draft, assignment_id)
        same_revision(old, seen_revision)
        seated = old
        if person_id != old.interviewer_id:
            _sits_down(transaction, where, person_id)
            seated = proposals.with_interviewer(old, person_id)
        if unknown := set(covers) - set(old.covers) - set(_measured(transaction, plan_id)):
            raise InputError(f"The role does not measure {listed(sorted(unknown))}. Change its profile first.")
        changed = {"covers": covers, "revision": old.revision + 1}
        return rules.replace_assignment(draft, valid(lambda: Assignment.model_validate(seated.model_dump() | changed)))

    change_draft(workspace, by=by, plan_id=plan_id, action="save_seat", change=change)


def set_rules(workspace: Workspace, *, by: Person, plan_id: str, seen_version: int, chosen: SetRules) -> None:
    """The rules by which this plan's question sets are put together."""

    def change(_: Transaction, draft: Plan) -> Plan:
        return draft.model_copy(update={"rules": chosen})

    change_draft(workspace, by=by, plan_id=plan_id, action="set_rules", change=change, seen_version=seen_version)


def _seat(transaction: Transaction, where: Round, person_id: str) -> Round:
    _sits_down(transaction, where, person_id)
    seat = Assignment(id=new_id(), interviewer_id=person_id)
    return valid(lambda: Round.model_validate(where.model_dump() | {"assignments": [*where.assignments, seat]}))


def _sits_down(transaction: Transaction, where: Round, person_id: str) -> None:
    """Raises InputError where the person cannot take a seat of the round. A seat may stay open."""
    if person_id == OPEN_SEAT:
        return
    person = people.person_by_id(transaction, person_id)
    if person is None or not person.active:
        raise InputError("This person cannot be assigned: the account is deactivated or gone.")
    if any(each.interviewer_id == person_id for each in where.assignments):
        raise InputError(f"{person.name} is already part of {where.name}.")


def _measured(transaction: Transaction, plan_id: str) -> tuple[str, ...]:
    stored = existing_draft(transaction, plan_id)
    return existing_role(transaction, stored.role_id).role.measured


def _round(draft: Plan, round_id: str) -> Round:
    for each in draft.rounds:
        if each.id == round_id:
            return each
    raise NotFound("This round is no longer part of the plan. Reload the page to see what changed.")
