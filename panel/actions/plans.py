"""Interview plans: drafting rounds and interviewers, and publishing.

A change of a round names the draft's version. Whoever comes second is told, and nothing is overwritten.
"""

from dataclasses import dataclass, replace

from panel.actions.checks import allowed, present
from panel.actions.drafts import ONLY_MANAGERS, change_draft, existing_draft, existing_role, note, same_revision, valid
from panel.domain import plans as rules
from panel.domain.basics import new_id, now
from panel.domain.people import Person, may_manage_hiring
from panel.domain.plans import Assignment, Plan, PublishedPlan, Role, Round, Sitting
from panel.domain.preflight import preflight
from panel.domain.publishing import freeze
from panel.errors import InputError, NotFound, Stale
from panel.house import Workspace
from panel.store import bank, people, plans
from panel.store import rubrics as stored_rubrics
from panel.store.database import Transaction
from panel.store.plans import PlanVersion, StoredPlan, StoredRole


@dataclass(frozen=True)
class PlanView:
    """A plan draft with its role and what has been published from it, newest first."""

    stored: StoredPlan
    role: StoredRole
    versions: tuple[PlanVersion, ...]
    says_the_same: bool = False  # the draft, published now, would equal the newest version

    @property
    def plan(self) -> Plan:
        return self.stored.plan

    @property
    def id(self) -> str:
        return self.stored.id


def visible_plans(workspace: Workspace, *, by: Person) -> list[PlanView]:
    """Every plan for those who manage hiring; for an interviewer, those with an assignment of theirs."""
    with workspace.database.read() as transaction:
        person = present(transaction, by)
        found = [
            each
            for each in plans.all_plans(transaction)
            if may_manage_hiring(person) or _takes_part(each.plan, person.id)
        ]
        return [_view(transaction, each) for each in found]


def plan(workspace: Workspace, *, by: Person, plan_id: str) -> PlanView:
    """Raises NotFound also when the person has no part in the plan."""
    with workspace.database.read() as transaction:
        person = present(transaction, by)
        stored = plans.plan_by_id(transaction, plan_id)
        if stored is None or not (may_manage_hiring(person) or _takes_part(stored.plan, person.id)):
            raise NotFound("This plan does not exist, or you have no part in it.")
        view = _view(transaction, stored)
        return replace(view, says_the_same=_says_the_same(transaction, view))


def create_plan(workspace: Workspace, *, by: Person, role_id: str, title: str) -> str:
    """The new plan's id."""
    draft = valid(lambda: Plan(title=title))

    def work(transaction: Transaction) -> str:
        person = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        existing_role(transaction, role_id)
        plan_id = new_id()
        plans.insert_plan(transaction, plan_id=plan_id, role_id=role_id, plan=draft, created_at=now())
        note(transaction, person, "create_plan", "plan", plan_id, None, draft.model_dump())
        return plan_id

    return workspace.database.write(work)


def add_round(
    workspace: Workspace,
    *,
    by: Person,
    plan_id: str,
    name: str,
    sitting: Sitting,
    minutes: int,
    interviewers: tuple[str, ...] = (),
) -> str:
    """The new round's id."""
    each = valid(lambda: Round(id=new_id(), name=name, sitting=sitting, minutes=minutes))

    def change(transaction: Transaction, draft: Plan) -> Plan:
        seated = each
        for person_id in dict.fromkeys(interviewers):
            seated = _seat(transaction, seated, person_id)
        return valid(lambda: Plan(title=draft.title, rounds=(*draft.rounds, seated)))

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
) -> None:
    def change(_: Transaction, draft: Plan) -> Plan:
        old = _round(draft, round_id)
        new = valid(
            lambda: Round(id=round_id, name=name, sitting=sitting, minutes=minutes, assignments=old.assignments)
        )
        return rules.replace_round(draft, new)

    change_draft(workspace, by=by, plan_id=plan_id, action="change_round", change=change, seen_version=seen_version)


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


def publish(workspace: Workspace, *, by: Person, plan_id: str, seen_version: int) -> PlanVersion:
    """Freeze the draft with the current text of its questions and rubrics. Raises InputError naming what is missing."""

    def work(transaction: Transaction) -> PlanVersion:
        person = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        stored = existing_draft(transaction, plan_id)
        if stored.version != seen_version:
            raise Stale("The plan was changed in the meantime. Look at it once more, then publish.")
        version = _next_version(transaction, stored, person)
        plans.insert_plan_version(transaction, version)
        note(transaction, person, "publish_plan", "plan", plan_id, None, {"number": version.number})
        return version

    return workspace.database.write(work)


def _next_version(transaction: Transaction, stored: StoredPlan, person: Person) -> PlanVersion:
    role = existing_role(transaction, stored.role_id).role
    current = {each.key: each for each in bank.current_questions(transaction)}
    everyone = people.all_people(transaction)
    rubrics = {each.key: each for each in stored_rubrics.bank_rubrics(transaction)}
    stops, _ = preflight(role, stored.plan, current, rubrics, {each.id: each.name for each in everyone})
    active = {each.id for each in everyone if each.active}
    for where, assignment in rules.assignments_of(stored.plan):
        if assignment.interviewer_id not in active:
            stops.append(f"An interviewer of {where.name} has been deactivated. Assign someone else.")
    if stops:
        raise InputError("The plan cannot be published yet. " + " ".join(stops))
    published = _freeze(transaction, role, stored.plan, {each.id: each.name for each in everyone})
    earlier = plans.versions_of(transaction, stored.id)
    if earlier and earlier[0].published == published:
        raise InputError(f"Nothing has changed since version {earlier[0].number}; it stays in force.")
    number = earlier[0].number + 1 if earlier else 1
    return PlanVersion(new_id(), stored.id, number, published, person.id, now())


def _says_the_same(transaction: Transaction, view: PlanView) -> bool:
    if not view.versions or not view.plan.rounds:
        return False
    names = {each.id: each.name for each in people.all_people(transaction)}
    return _freeze(transaction, view.role.role, view.plan, names) == view.versions[0].published


def _freeze(transaction: Transaction, role: Role, draft: Plan, names: dict[str, str]) -> PublishedPlan:
    wanted = {
        (planned.question_key, planned.question_version)
        for _, assignment in rules.assignments_of(draft)
        for planned in assignment.questions
    }
    questions = bank.question_versions(transaction, wanted)
    return freeze(role, draft, questions, stored_rubrics.current_rubrics(transaction), names)


def _seat(transaction: Transaction, where: Round, person_id: str) -> Round:
    person = people.person_by_id(transaction, person_id)
    if person is None or not person.active:
        raise InputError("This person cannot be assigned: the account is deactivated or gone.")
    if any(each.interviewer_id == person_id for each in where.assignments):
        raise InputError(f"{person.name} is already part of {where.name}.")
    seat = Assignment(id=new_id(), interviewer_id=person_id)
    return where.model_copy(update={"assignments": (*where.assignments, seat)})


def _takes_part(draft: Plan, person_id: str) -> bool:
    return any(assignment.interviewer_id == person_id for _, assignment in rules.assignments_of(draft))


def _round(draft: Plan, round_id: str) -> Round:
    for each in draft.rounds:
        if each.id == round_id:
            return each
    raise NotFound("This round is no longer part of the plan. Reload the page to see what changed.")


def _view(transaction: Transaction, stored: StoredPlan) -> PlanView:
    return PlanView(
        stored, existing_role(transaction, stored.role_id), tuple(plans.versions_of(transaction, stored.id))
    )
