"""Accounts: the first administrator, who is on the team, and changes to a person.

Signing in and invitations have modules of their own; their actions are named here too, so that the gate and the
pages need to know one place.
"""

from collections.abc import Mapping
from typing import Any

from panel.actions import attempts, passwords
from panel.actions.checks import allowed, present, unless_stale
from panel.actions.invitations import (
    LINK_LASTS,
    ONLY_ADMINISTRATORS,
    accept_invitation,
    invite,
    invited_person,
    link_for_locked_out_administrator,
    renew_invitation,
)
from panel.actions.sessions import (
    begin_session,
    demo_people,
    new_token,
    person_signed_in,
    sign_in,
    sign_in_as_demo_person,
    sign_out,
    token_hash,
)
from panel.domain.basics import new_id, now
from panel.domain.people import (
    Access,
    Person,
    check_password,
    may_manage_people,
    may_see_names,
    tidy_access,
    tidy_email,
    tidy_name,
)
from panel.errors import InputError, NotAllowed, NotFound
from panel.house import Workspace
from panel.store import audit
from panel.store import people as stored_people
from panel.store.database import Transaction

__all__ = [
    "LINK_LASTS",
    "accept_invitation",
    "anyone_exists",
    "change_password",
    "change_person",
    "create_first_administrator",
    "demo_people",
    "invite",
    "invited_person",
    "link_for_locked_out_administrator",
    "people",
    "person_signed_in",
    "renew_invitation",
    "sign_in",
    "sign_in_as_demo_person",
    "sign_out",
    "token_hash",
]


def anyone_exists(workspace: Workspace) -> bool:
    with workspace.database.read() as transaction:
        return stored_people.anyone_exists(transaction)


def create_first_administrator(workspace: Workspace, *, name: str, email: str, password: str) -> str:
    """The first account of a new team and the token of its session. Raises NotAllowed once anybody has one."""
    name, email = tidy_name(name), tidy_email(email)
    passwords.refuse_if_huge(password)
    check_password(password, email)
    if anyone_exists(workspace):
        raise NotAllowed("The first administrator exists already. Sign in, or ask them for an invitation.")
    stored, person_id, token, at = passwords.hash_of(password), new_id(), new_token(), now()

    def create(transaction: Transaction) -> None:
        if stored_people.anyone_exists(transaction):
            raise NotAllowed("The first administrator exists already. Sign in, or ask them for an invitation.")
        stored_people.insert_person(
            transaction,
            person_id=person_id,
            name=name,
            email=email,
            access="administrator",
            password_hash=stored,
            at=at,
        )
        after = {"name": name, "email": email, "access": "administrator"}
        _record(transaction, person_id, "create_first_administrator", person_id, at=at, after=after)
        begin_session(transaction, workspace, person_id=person_id, token=token, at=at)

    workspace.database.write(create)
    return token


def people(workspace: Workspace, *, by: Person) -> list[Person]:
    """Everybody who has or had an account, by name."""
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_see_names, "Sign in to see who is on the team.")
        return stored_people.all_people(transaction)


def change_password(workspace: Workspace, *, by: Person, token_hash: str, old: str, new: str) -> None:
    """Set one's own password and end one's other sessions. Guessing `old` is slowed down like signing in."""
    passwords.refuse_if_huge(old)
    passwords.refuse_if_huge(new)
    with workspace.database.read() as transaction:
        person = present(transaction, by)
        stored = stored_people.password_hash_of(transaction, person.id)
    if stored is None:
        raise InputError("This account has no password to change.")
    check_password(new, person.email)
    attempts.count_attempt(workspace, email=person.email)
    if not passwords.matches(stored, old):
        raise InputError("The present password is not right. Nothing was changed.")
    newer, at = passwords.hash_of(new), now()

    def change(transaction: Transaction) -> None:
        present(transaction, by)
        if stored_people.password_hash_of(transaction, person.id) != stored:
            raise InputError("The password was changed in the meantime. Sign in with the newer one.")
        stored_people.set_password_hash(transaction, person_id=person.id, password_hash=newer)
        stored_people.end_sessions_of(transaction, person_id=person.id, at=at, except_token=token_hash)
        stored_people.end_open_invitations(transaction, person_id=person.id, at=at)
        attempts.take_back(transaction, email=person.email)
        _record(transaction, person.id, "change_password", person.id, at=at)

    workspace.database.write(change)


def change_person(
    workspace: Workspace, *, by: Person, person_id: str, seen_version: int, name: str, access: Access, active: bool
) -> Person:
    """Rename, change access, deactivate or activate again. Deactivation ends the person's sessions and links.

    Raises Stale when somebody changed the person first, and NotAllowed when nobody could manage the team after.
    """
    name, access, at = tidy_name(name), tidy_access(access), now()

    def change(transaction: Transaction) -> Person:
        actor = allowed(transaction, by, may_manage_people, ONLY_ADMINISTRATORS)
        before = stored_people.person_by_id(transaction, person_id)
        if before is None:
            raise NotFound("That person is not on the team.")
        after = before.model_copy(update={"name": name, "access": access, "active": active})
        if actor.id == person_id and not active:
            raise NotAllowed("You cannot deactivate your own account. Ask another administrator.")
        if not may_manage_people(after):
            _refuse_without_administrator(transaction, workspace, leaving=before)
        saved = stored_people.update_person(transaction, person=after, seen_version=seen_version)
        unless_stale(saved, f"{before.name}'s account")
        if not active:
            stored_people.end_sessions_of(transaction, person_id=person_id, at=at)
            stored_people.end_open_invitations(transaction, person_id=person_id, at=at)
        _record(transaction, actor.id, "change_person", person_id, at=at, before=_facts(before), after=_facts(after))
        return after.model_copy(update={"version": seen_version + 1})

    return workspace.database.write(change)


def _refuse_without_administrator(transaction: Transaction, workspace: Workspace, *, leaving: Person) -> None:
    """Demo people have no passwords and can all sign in; elsewhere only those with one count."""
    able = {
        each.id
        for each in stored_people.all_people(transaction)
        if may_manage_people(each) and (each.has_password or workspace.is_demo)
    }
    if able == {leaving.id}:
        raise NotAllowed(
            f"{leaving.name} is the only administrator who can sign in. Make somebody else an administrator first."
        )


def _facts(person: Person) -> dict[str, Any]:
    return {"name": person.name, "access": person.access, "active": person.active}


def _record(
    transaction: Transaction,
    actor_id: str,
    action: str,
    person_id: str,
    *,
    at: Any,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    audit.record(
        transaction,
        at=at,
        actor_id=actor_id,
        action=action,
        subject="person",
        subject_id=person_id,
        before=before,
        after=after,
    )
