"""Steps that the actions on roles, plans and assignments share."""

from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import ValidationError

from panel.actions.checks import allowed, unless_stale
from panel.domain.basics import now
from panel.domain.people import Person, may_manage_hiring
from panel.domain.plans import Assignment, Plan
from panel.errors import InputError, NotFound
from panel.house import Workspace
from panel.store import audit, plans
from panel.store.database import Transaction
from panel.store.plans import StoredPlan, StoredRole

ONLY_MANAGERS = "Only hiring managers and administrators change roles and plans."
Model = TypeVar("Model")


def valid(make: Callable[[], Model]) -> Model:
    """Build a document from what a person typed; the first problem becomes a sentence."""
    try:
        return make()
    except ValidationError as error:
        problem = error.errors()[0]
        named = [each for each in problem["loc"] if isinstance(each, str)]
        field = named[-1] if named and problem["type"] != "value_error" else ""
        words = {
            "name": "Enter a name of at most 120 characters.",
            "title": "Enter a title of at most 120 characters.",
            "minutes": "The slot must be between 10 and 480 minutes.",
            "opening_minutes": "The opening takes 0 to 60 minutes.",
            "candidate_minutes": "The candidate's own questions take 0 to 60 minutes.",
            "minimum_interviewers": "The least number of interviewers is between 1 and 12.",
            "needs_training": "Name what interviewers must be trained for in at most 120 characters.",
            "about": "A remark has at most 2,000 characters.",
            "weight_reason": "A reason has at most 2,000 characters.",
            "competencies": "Name between 1 and 12 competencies.",
            "rounds": "A plan has at most 12 rounds.",
            "opens": "Choose when scorecards open: after submitting one's own, or after everybody has submitted.",
            "weight": "A weight is more than 0 and at most 5.",
        }
        reason = problem["msg"].removeprefix("Value error, ")
        raise InputError(words.get(field) or f"{reason[:1].upper()}{reason[1:]}.") from error


def change_draft(
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
        stored = existing_draft(transaction, plan_id)
        unless_stale(seen_version in {None, stored.version}, "This plan")
        save_draft(transaction, person, stored, change(transaction, stored.plan), action)

    workspace.database.write(work)


def save_draft(transaction: Transaction, person: Person, stored: StoredPlan, changed: Plan, action: str) -> None:
    unless_stale(
        plans.update_plan(transaction, plan_id=stored.id, plan=changed, seen_version=stored.version), "This plan"
    )
    note(transaction, person, action, "plan", stored.id, stored.plan.model_dump(), changed.model_dump())


def same_revision(assignment: Assignment, seen_revision: int) -> None:
    unless_stale(assignment.revision == seen_revision, "This question set")


def existing_role(transaction: Transaction, role_id: str) -> StoredRole:
    role = plans.role_by_id(transaction, role_id)
    if role is None:
        raise NotFound("This role does not exist. Choose one from the list.")
    return role


def existing_draft(transaction: Transaction, plan_id: str) -> StoredPlan:
    stored = plans.plan_by_id(transaction, plan_id)
    if stored is None:
        raise NotFound("This plan does not exist. Choose one from the list.")
    return stored


def note(
    transaction: Transaction,
    person: Person,
    action: str,
    subject: str,
    subject_id: str,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> None:
    audit.record(
        transaction,
        at=now(),
        actor_id=person.id,
        action=action,
        subject=subject,
        subject_id=subject_id,
        before=before,
        after=after,
    )
