"""Roles and interview plans: drafting by manager and interviewers, and publishing.

A change of an assignment names the `revision` its writer saw; a change of a round or a title names the draft's
version. Whoever comes second is told, and nothing is overwritten.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError

from panel.actions.checks import allowed, present, unless_stale
from panel.domain import plans as rules
from panel.domain.basics import new_id, now
from panel.domain.people import Person, may_assemble, may_manage_hiring
from panel.domain.plans import Assignment, Plan, PlannedQuestion, PublishedPlan, Role, Round, Sitting
from panel.errors import InputError, NotAllowed, NotFound, Stale
from panel.house import Workspace
from panel.store import audit, bank, people, plans
from panel.store.database import Transaction
from panel.store.plans import PlanVersion, StoredPlan, StoredRole

ONLY_MANAGERS = "Only hiring managers and administrators change roles and plans."
Model = TypeVar("Model")


@dataclass(frozen=True)
class PlanView:
    """A plan draft with its role and what has been published from it, newest first."""

    stored: StoredPlan
    role: StoredRole
    versions: tuple[PlanVersion, ...]

    @property
    def plan(self) -> Plan:
        return self.stored.plan

    @property
    def id(self) -> str:
        return self.stored.id


def roles(workspace: Workspace, *, by: Person) -> list[StoredRole]:
    with workspace.database.read() as transaction:
        present(transaction, by)
        return plans.all_roles(transaction)


def create_role(workspace: Workspace, *, by: Person, name: str, competencies: tuple[str, ...], about: str = "") -> str:
    """The new role's id."""
    role = _valid(lambda: Role(name=name, about=about.strip(), competencies=competencies))

    def work(transaction: Transaction) -> str:
        person = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        if any(each.role.name.casefold() == role.name.casefold() for each in plans.all_roles(transaction)):
            raise InputError(f"There is already a role named {role.name}. Choose another name.")
        role_id = new_id()
        plans.insert_role(transaction, role_id=role_id, role=role, created_at=now())
        _note(transaction, person, "create_role", "role", role_id, None, role.model_dump())
        return role_id

    return workspace.database.write(work)


def change_role(
    workspace: Workspace, *, by: Person, role_id: str, seen_version: int, name: str, competencies: tuple[str, ...], about: str
) -> None:
    role = _valid(lambda: Role(name=name, about=about.strip(), competencies=competencies))

    def work(transaction: Transaction) -> None:
        person = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        before = _role(transaction, role_id)
        unless_stale(
            plans.update_role(transaction, role_id=role_id, role=role, seen_version=seen_version), "This role"
        )
        _note(transaction, person, "change_role", "role", role_id, before.role.model_dump(), role.model_dump())

    workspace.database.write(work)


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
        return _view(transaction, stored)


def create_plan(workspace: Workspace, *, by: Person, role_id: str, title: str) -> str:
    """The new plan's id."""
    draft = _valid(lambda: Plan(title=title))

    def work(transaction: Transaction) -> str:
        person = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        _role(transaction, role_id)
        plan_id = new_id()
        plans.insert_plan(transaction, plan_id=plan_id, role_id=role_id, plan=draft, created_at=now())
        _note(transaction, person, "create_plan", "plan", plan_id, None, draft.model_dump())
        return plan_id

    return workspace.database.write(work)


def add_round(
    workspace: Workspace, *, by: Person, plan_id: str, name: str, sitting: Sitting, minutes: int, interviewers: tuple[str, ...] = ()
) -> str:
    """The new round's id."""
    each = _valid(lambda: Round(id=new_id(), name=name, sitting=sitting, minutes=minutes))

    def change(transaction: Transaction, draft: Plan) -> Plan:
        seated = each
        for person_id in dict.fromkeys(interviewers):
            seated = _seat(transaction, seated, person_id)
        return _valid(lambda: Plan(title=draft.title, rounds=(*draft.rounds, seated)))

    _change_draft(workspace, by=by, plan_id=plan_id, action="add_round", change=change)
    return each.id


def change_round(
    workspace: Workspace, *, by: Person, plan_id: str, round_id: str, seen_version: int, name: str, sitting: Sitting, minutes: int
) -> None:
    def change(_: Transaction, draft: Plan) -> Plan:
        old = _round(draft, round_id)
        new = _valid(
            lambda: Round(id=round_id, name=name, sitting=sitting, minutes=minutes, assignments=old.assignments)
        )
        return rules.replace_round(draft, new)

    _change_draft(workspace, by=by, plan_id=plan_id, action="change_round", change=change, seen_version=seen_version)


def remove_round(workspace: Workspace, *, by: Person, plan_id: str, round_id: str, seen_version: int) -> None:
    """Remove a round from the draft; published versions keep it."""

    def change(_: Transaction, draft: Plan) -> Plan:
        _round(draft, round_id)
        return draft.model_copy(update={"rounds": tuple(each for each in draft.rounds if each.id != round_id)})

    _change_draft(workspace, by=by, plan_id=plan_id, action="remove_round", change=change, seen_version=seen_version)


def assign(workspace: Workspace, *, by: Person, plan_id: str, round_id: str, person_id: str) -> None:
    """Give an interviewer a part in a round."""

    def change(transaction: Transaction, draft: Plan) -> Plan:
        return rules.replace_round(draft, _seat(transaction, _round(draft, round_id), person_id))

    _change_draft(workspace, by=by, plan_id=plan_id, action="assign", change=change)


def unassign(workspace: Workspace, *, by: Person, plan_id: str, assignment_id: str, seen_revision: int) -> None:
    """Take an interviewer out of a round of the draft, with the questions chosen for them."""

    def change(_: Transaction, draft: Plan) -> Plan:
        where, assignment = rules.find_assignment(draft, assignment_id)
        _same_revision(assignment, seen_revision)
        rest = tuple(each for each in where.assignments if each.id != assignment_id)
        return rules.replace_round(draft, where.model_copy(update={"assignments": rest}))

    _change_draft(workspace, by=by, plan_id=plan_id, action="unassign", change=change)


def choose_questions(
    workspace: Workspace,
    *,
    by: Person,
    plan_id: str,
    assignment_id: str,
    seen_revision: int,
    questions: tuple[PlannedQuestion, ...],
) -> Assignment:
    """Set an assignment's questions: its interviewer's or a manager's choice. An interviewer's change of an accepted
    set opens it again."""

    def change(transaction: Transaction, person: Person, assignment: Assignment) -> Assignment:
        if len({each.question_key for each in questions}) < len(questions):
            raise InputError("A question stands in the list twice. Remove one of them.")
        named = {(each.question_key, each.question_version) for each in questions}
        known = bank.question_versions(transaction, named)
        rubric_keys = bank.current_rubrics(transaction)
        for each in questions:
            if (each.question_key, each.question_version) not in known:
                raise InputError("One of these questions is no longer in the bank. Reload the page.")
            if each.rubric_key not in rubric_keys:
                raise InputError("One of these rubrics is no longer there. Choose another.")
        state = "open" if not may_manage_hiring(person) else assignment.state
        return assignment.model_copy(update={"questions": questions, "state": state})

    return _change_assignment(
        workspace, by=by, plan_id=plan_id, assignment_id=assignment_id, seen_revision=seen_revision,
        action="choose_questions", change=change,
    )  # fmt: skip


def propose(workspace: Workspace, *, by: Person, plan_id: str, assignment_id: str, seen_revision: int) -> Assignment:
    """The interviewer offers their question set to the manager."""

    def change(_: Transaction, person: Person, assignment: Assignment) -> Assignment:
        if not assignment.questions:
            raise InputError("Choose at least one question, then propose the set.")
        return assignment.model_copy(update={"state": "proposed"})

    return _change_assignment(
        workspace, by=by, plan_id=plan_id, assignment_id=assignment_id, seen_revision=seen_revision,
        action="propose_questions", change=change,
    )  # fmt: skip


def accept(
    workspace: Workspace, *, by: Person, plan_id: str, assignment_id: str, seen_revision: int, accepted: bool = True
) -> Assignment:
    """The manager accepts a proposed set, or hands it back."""

    def change(_: Transaction, person: Person, assignment: Assignment) -> Assignment:
        if not may_manage_hiring(person):
            raise NotAllowed("Only hiring managers and administrators accept a question set.")
        if assignment.state != "proposed":
            raise InputError("There is no proposal to answer. Reload the page to see the present state.")
        return assignment.model_copy(update={"state": "accepted" if accepted else "open"})

    return _change_assignment(
        workspace, by=by, plan_id=plan_id, assignment_id=assignment_id, seen_revision=seen_revision,
        action="accept_questions" if accepted else "hand_back_questions", change=change,
    )  # fmt: skip


def publish(workspace: Workspace, *, by: Person, plan_id: str, seen_version: int) -> PlanVersion:
    """Freeze the draft with the current text of its questions and rubrics. Raises InputError naming what is missing."""

    def work(transaction: Transaction) -> PlanVersion:
        person = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        stored = _draft(transaction, plan_id)
        if stored.version != seen_version:
            raise Stale("The plan was changed in the meantime. Look at it once more, then publish.")
        version = _next_version(transaction, stored, person)
        plans.insert_plan_version(transaction, version)
        _note(transaction, person, "publish_plan", "plan", plan_id, None, {"number": version.number})
        return version

    return workspace.database.write(work)


def _next_version(transaction: Transaction, stored: StoredPlan, person: Person) -> PlanVersion:
    role = _role(transaction, stored.role_id).role
    current = {each.key: each for each in bank.current_questions(transaction)}
    everyone = people.all_people(transaction)
    rubrics = {key: rubric for key, (rubric, _) in bank.current_rubrics(transaction).items()}
    stops, _ = rules.preflight(role, stored.plan, current, rubrics, {each.id: each.name for each in everyone})
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


def _freeze(transaction: Transaction, role: Role, draft: Plan, names: dict[str, str]) -> PublishedPlan:
    wanted = {
        (planned.question_key, planned.question_version)
        for _, assignment in rules.assignments_of(draft)
        for planned in assignment.questions
    }
    questions = bank.question_versions(transaction, wanted)
    return rules.freeze(role, draft, questions, bank.current_rubrics(transaction), names)


# ---- shared steps -----------------------------------------------------------------------------------------------


def _valid(make: Callable[[], Model]) -> Model:
    """Build a document from what a person typed; the first problem becomes a sentence."""
    try:
        return make()
    except ValidationError as error:
        problem = error.errors()[0]
        field = str(problem["loc"][0]) if problem["loc"] else ""
        words = {
            "name": "Enter a name of at most 120 characters.",
            "title": "Enter a title of at most 120 characters.",
            "minutes": "The slot must be between 10 and 480 minutes.",
            "competencies": "Name between 1 and 12 competencies.",
            "rounds": "A plan has at most 12 rounds.",
            "weight": "A weight is more than 0 and at most 5.",
        }
        reason = problem["msg"].removeprefix("Value error, ")
        raise InputError(words.get(field) or f"{reason[:1].upper()}{reason[1:]}.") from error


def planned_question(
    *, question_key: str, question_version: int, rubric_key: str, weight: float = 1.0, weight_reason: str = ""
) -> PlannedQuestion:
    """A planned question from what a person chose. Raises InputError when a weight lacks its reason."""
    return _valid(
        lambda: PlannedQuestion(
            question_key=question_key, question_version=question_version, rubric_key=rubric_key, weight=weight,
            weight_reason=weight_reason,
        )
    )  # fmt: skip


def _change_draft(
    workspace: Workspace,
    *,
    by: Person,
    plan_id: str,
    action: str,
    change: Callable[[Transaction, Plan], Plan],
    seen_version: int | None = None,
) -> None:
    """A manager's change of the draft. `seen_version` is given where a stale page could overwrite something."""

    def work(transaction: Transaction) -> None:
        person = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        stored = _draft(transaction, plan_id)
        unless_stale(seen_version in {None, stored.version}, "This plan")
        _save(transaction, person, stored, change(transaction, stored.plan), action)

    workspace.database.write(work)


def _change_assignment(
    workspace: Workspace,
    *,
    by: Person,
    plan_id: str,
    assignment_id: str,
    seen_revision: int,
    action: str,
    change: Callable[[Transaction, Person, Assignment], Assignment],
) -> Assignment:
    def work(transaction: Transaction) -> Assignment:
        person = present(transaction, by)
        stored = _draft(transaction, plan_id)
        _, assignment = rules.find_assignment(stored.plan, assignment_id)
        if not may_assemble(person, interviewer_id=assignment.interviewer_id):
            raise NotAllowed("Only this interviewer, or a hiring manager, changes these questions.")
        _same_revision(assignment, seen_revision)
        changed = change(transaction, person, assignment)
        changed = changed.model_copy(update={"revision": assignment.revision + 1})
        _save(transaction, person, stored, rules.replace_assignment(stored.plan, changed), action)
        return changed

    return workspace.database.write(work)


def _save(transaction: Transaction, person: Person, stored: StoredPlan, changed: Plan, action: str) -> None:
    unless_stale(
        plans.update_plan(transaction, plan_id=stored.id, plan=changed, seen_version=stored.version), "This plan"
    )
    _note(transaction, person, action, "plan", stored.id, stored.plan.model_dump(), changed.model_dump())


def _seat(transaction: Transaction, where: Round, person_id: str) -> Round:
    person = people.person_by_id(transaction, person_id)
    if person is None or not person.active:
        raise InputError("This person cannot be assigned: the account is deactivated or gone.")
    if any(each.interviewer_id == person_id for each in where.assignments):
        raise InputError(f"{person.name} is already part of {where.name}.")
    seat = Assignment(id=new_id(), interviewer_id=person_id)
    return where.model_copy(update={"assignments": (*where.assignments, seat)})


def _same_revision(assignment: Assignment, seen_revision: int) -> None:
    unless_stale(assignment.revision == seen_revision, "This question set")


def _takes_part(draft: Plan, person_id: str) -> bool:
    return any(assignment.interviewer_id == person_id for _, assignment in rules.assignments_of(draft))


def _round(draft: Plan, round_id: str) -> Round:
    for each in draft.rounds:
        if each.id == round_id:
            return each
    raise NotFound("This round is no longer part of the plan. Reload the page to see what changed.")


def _role(transaction: Transaction, role_id: str) -> StoredRole:
    role = plans.role_by_id(transaction, role_id)
    if role is None:
        raise NotFound("This role does not exist. Choose one from the list.")
    return role


def _draft(transaction: Transaction, plan_id: str) -> StoredPlan:
    stored = plans.plan_by_id(transaction, plan_id)
    if stored is None:
        raise NotFound("This plan does not exist. Choose one from the list.")
    return stored


def _view(transaction: Transaction, stored: StoredPlan) -> PlanView:
    return PlanView(stored, _role(transaction, stored.role_id), tuple(plans.versions_of(transaction, stored.id)))


def _note(
    transaction: Transaction, person: Person, action: str, subject: str, subject_id: str,
    before: dict[str, Any] | None, after: dict[str, Any] | None,
) -> None:  # fmt: skip
    audit.record(
        transaction, at=now(), actor_id=person.id, action=action, subject=subject, subject_id=subject_id,
        before=before, after=after,
    )  # fmt: skip
