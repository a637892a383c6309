"""Roles: the openings being hired for, and what is measured for each."""

from panel.actions.checks import allowed, present, unless_stale
from panel.actions.drafts import ONLY_MANAGERS, existing_role, note, valid
from panel.domain.basics import new_id, now
from panel.domain.people import Person, may_manage_hiring
from panel.domain.plans import Role
from panel.errors import InputError
from panel.house import Workspace
from panel.store import plans
from panel.store.database import Transaction
from panel.store.plans import StoredRole


def roles(workspace: Workspace, *, by: Person) -> list[StoredRole]:
    with workspace.database.read() as transaction:
        present(transaction, by)
        return plans.all_roles(transaction)


def create_role(workspace: Workspace, *, by: Person, name: str, competencies: tuple[str, ...], about: str = "") -> str:
    """The new role's id."""
    role = valid(lambda: Role(name=name, about=about.strip(), competencies=competencies))

    def work(transaction: Transaction) -> str:
        person = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        if any(each.role.name.casefold() == role.name.casefold() for each in plans.all_roles(transaction)):
            raise InputError(f"There is already a role named {role.name}. Choose another name.")
        role_id = new_id()
        plans.insert_role(transaction, role_id=role_id, role=role, created_at=now())
        note(transaction, person, "create_role", "role", role_id, None, role.model_dump())
        return role_id

    return workspace.database.write(work)


def change_role(
    workspace: Workspace,
    *,
    by: Person,
    role_id: str,
    seen_version: int,
    name: str,
    competencies: tuple[str, ...],
    about: str,
) -> None:
    role = valid(lambda: Role(name=name, about=about.strip(), competencies=competencies))

    def work(transaction: Transaction) -> None:
        person = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        before = existing_role(transaction, role_id)
        unless_stale(plans.update_role(transaction, role_id=role_id, role=role, seen_version=seen_version), "This role")
        note(transaction, person, "change_role", "role", role_id, before.role.model_dump(), role.model_dump())

    workspace.database.write(work)
