"""Interview plans: who sees them, creating one, and publishing."""

from collections import Counter
from dataclasses import dataclass, replace

from panel.actions.checks import allowed, present, unless_stale
from panel.actions.drafts import ONLY_MANAGERS, change_draft, existing_draft, existing_role, note, valid
from panel.actions.plan_check import findings_of
from panel.domain import plans as rules
from panel.domain.basics import new_id, now
from panel.domain.candidates import Opening
from panel.domain.people import Person, may_manage_hiring
from panel.domain.plans import Plan, PublishedPlan
from panel.domain.publishing import freeze
from panel.domain.roles import Role
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


def rename_plan(workspace: Workspace, *, by: Person, plan_id: str, seen_version: int, title: str) -> None:
    """Another title for the draft; published versions keep theirs."""

    def change(_: Transaction, draft: Plan) -> Plan:
        return valid(lambda: Plan.model_validate(draft.model_dump() | {"title": title}))

    change_draft(workspace, by=by, plan_id=plan_id, action="rename_plan", change=change, seen_version=seen_version)


def choose_opening(workspace: Workspace, *, by: Person, plan_id: str, seen_version: int, opens: Opening) -> None:
    """When panelists may read one another's scorecards. Interviews made already keep what their version says."""

    def change(_: Transaction, draft: Plan) -> Plan:
        return valid(lambda: Plan.model_validate(draft.model_dump() | {"opens": opens}))

    change_draft(workspace, by=by, plan_id=plan_id, action="choose_opening", change=change, seen_version=seen_version)


def discard_draft(workspace: Workspace, *, by: Person, plan_id: str, seen_version: int) -> None:
    """Delete a plan of which nothing was published. What was published stays, and so does its plan."""

    def work(transaction: Transaction) -> None:
        person = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        stored = existing_draft(transaction, plan_id)
        unless_stale(stored.version == seen_version, "This plan")
        if plans.versions_of(transaction, plan_id):
            raise InputError("A version of this plan is published, so it stays. Give it another title instead.")
        plans.delete_plan(transaction, plan_id)
        note(transaction, person, "discard_draft", "plan", plan_id, stored.plan.model_dump(), None)

    workspace.database.write(work)


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


def as_published(workspace: Workspace, *, by: Person, plan_id: str) -> PublishedPlan | None:
    """The draft as it would be frozen now, for those who manage hiring; None while it cannot be."""
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        stored = existing_draft(transaction, plan_id)
        return _frozen_draft(transaction, existing_role(transaction, stored.role_id).role, stored.plan)


def _next_version(transaction: Transaction, stored: StoredPlan, person: Person) -> PlanVersion:
    role = existing_role(transaction, stored.role_id).role
    stops = [each.sentence for each in findings_of(transaction, stored) if each.blocks]
    if stops:
        raise InputError("The plan cannot be published yet. " + " ".join(stops))
    published = _freeze(transaction, role, stored.plan, _distinct_names(transaction))
    earlier = plans.versions_of(transaction, stored.id)
    if earlier and earlier[0].published == published:
        raise InputError(f"Nothing has changed since version {earlier[0].number}; it stays in force.")
    number = earlier[0].number + 1 if earlier else 1
    return PlanVersion(new_id(), stored.id, number, published, person.id, now())


def _says_the_same(transaction: Transaction, view: PlanView) -> bool:
    return bool(view.versions) and (_frozen_draft(transaction, view.role.role, view.plan) == view.versions[0].published)


def _frozen_draft(transaction: Transaction, role: Role, draft: Plan) -> PublishedPlan | None:
    """None where a round or an interviewer is missing, or a question or rubric is gone."""
    names = _distinct_names(transaction)
    if not draft.rounds or any(part.interviewer_id not in names for _, part in rules.assignments_of(draft)):
        return None
    try:
        return _freeze(transaction, role, draft, names)
    except KeyError:
        return None


def _distinct_names(transaction: Transaction) -> dict[str, str]:
    """Names by person id; who shares a name is told apart by the address, since guides say who asks by name."""
    everyone = people.all_people(transaction)
    times = Counter(each.name.casefold() for each in everyone)
    return {
        each.id: each.name if times[each.name.casefold()] == 1 else f"{each.name} ({each.email})" for each in everyone
    }


def _freeze(transaction: Transaction, role: Role, draft: Plan, names: dict[str, str]) -> PublishedPlan:
    wanted = {
        (planned.question_key, planned.question_version)
        for _, assignment in rules.assignments_of(draft)
        for planned in assignment.questions
    }
    questions = bank.question_versions(transaction, wanted)
    return freeze(role, draft, questions, stored_rubrics.current_rubrics(transaction), names)


def _takes_part(draft: Plan, person_id: str) -> bool:
    return any(assignment.interviewer_id == person_id for _, assignment in rules.assignments_of(draft))


def _view(transaction: Transaction, stored: StoredPlan) -> PlanView:
    return PlanView(
        stored, existing_role(transaction, stored.role_id), tuple(plans.versions_of(transaction, stored.id))
    )
