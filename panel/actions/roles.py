"""Roles: the openings being hired for, and what is measured for each."""

from collections.abc import Sequence

from panel.actions.checks import allowed, present, unless_stale
from panel.actions.drafts import ONLY_MANAGERS, existing_role, note, valid
from panel.domain.basics import new_id, now
from panel.domain.people import Person, may_manage_hiring
from panel.domain.roles import Need, Role, RoleCompetency, Seniority
from panel.errors import InputError
from panel.house import Workspace
from panel.store import plans
from panel.store.database import Transaction
from panel.store.plans import StoredRole


def roles(workspace: Workspace, *, by: Person) -> list[StoredRole]:
    with workspace.database.read() as transaction:
        present(transaction, by)
        return plans.all_roles(transaction)


Competencies = Sequence[RoleCompetency | str]
"""A name alone is a must-have that weighs 1."""


def competency(name: str, *, need: Need = "must", weight: float = 1.0, reason: str = "") -> RoleCompetency:
    """One line of a role's profile from what a person typed. Raises InputError when a weight lacks its reason."""
    return valid(lambda: RoleCompetency(name=name, need=need, weight=weight, weight_reason=reason))


def create_role(
    workspace: Workspace,
    *,
    by: Person,
    name: str,
    competencies: Competencies,
    about: str = "",
    seniority: Seniority = "",
) -> str:
    """The new role's id."""
    profile = _profile(name, competencies, about, seniority)

    def work(transaction: Transaction) -> str:
        person = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        if any(each.role.name.casefold() == profile.name.casefold() for each in plans.all_roles(transaction)):
            raise InputError(f"There is already a role named {profile.name}. Choose another name.")
        role_id = new_id()
        plans.insert_role(transaction, role_id=role_id, role=profile, created_at=now())
        note(transaction, person, "create_role", "role", role_id, None, profile.model_dump())
        return role_id

    return workspace.database.write(work)


def change_role(
    workspace: Workspace,
    *,
    by: Person,
    role_id: str,
    seen_version: int,
    name: str,
    competencies: Competencies,
    about: str,
    seniority: Seniority = "",
) -> None:
    profile = _profile(name, competencies, about, seniority)

    def work(transaction: Transaction) -> None:
        person = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        before = existing_role(transaction, role_id)
        unless_stale(
            plans.update_role(transaction, role_id=role_id, role=profile, seen_version=seen_version), "This role"
        )
        note(transaction, person, "change_role", "role", role_id, before.role.model_dump(), profile.model_dump())

    workspace.database.write(work)


def role(workspace: Workspace, *, by: Person, role_id: str) -> StoredRole:
    """A role with its remark and the reasons of its weights, for those who manage hiring. Raises NotFound."""
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        return existing_role(transaction, role_id)


def _profile(name: str, competencies: Competencies, about: str, seniority: Seniority) -> Role:
    measured = tuple(competency(each) if isinstance(each, str) else each for each in competencies)
    return valid(lambda: Role(name=name, about=about, seniority=seniority, competencies=measured))
