"""One-time links: with one, an invited person sets a password, and a person who forgot it sets a new one."""

from datetime import datetime, timedelta

from panel.actions import attempts, passwords
from panel.actions.checks import allowed
from panel.actions.sessions import begin_session, new_token, token_hash
from panel.actions.told import COMMAND_LINE
from panel.domain.basics import new_id, now
from panel.domain.people import Access, Person, check_password, may_manage_people, tidy_access, tidy_email, tidy_name
from panel.errors import InputError, NotFound
from panel.house import Workspace
from panel.store import audit, people
from panel.store.database import Transaction

LINK_LASTS = timedelta(hours=72)
ONLY_ADMINISTRATORS = "Only administrators invite people and change accounts."


class LinkEnded(NotFound):
    def __init__(self) -> None:
        super().__init__("This link has been used, replaced or has expired. Ask an administrator for a new one.")


def invite(workspace: Workspace, *, by: Person, name: str, email: str, access: Access) -> str:
    """Add a person and return the token of their link. Raises InputError when the address is taken."""
    name, email, access = tidy_name(name), tidy_email(email), tidy_access(access)
    person_id, token, at = new_id(), new_token(), now()

    def add(transaction: Transaction) -> None:
        actor = allowed(transaction, by, may_manage_people, ONLY_ADMINISTRATORS)
        taken = people.person_by_email(transaction, email)
        if taken:
            raise InputError(f"{taken.name} already has an account with {email}. Send them a new link instead.")
        people.insert_person(
            transaction, person_id=person_id, name=name, email=email, access=access, password_hash=None, at=at
        )
        _new_link(transaction, person_id=person_id, actor_id=actor.id, token=token, at=at)
        after = {"name": name, "email": email, "access": access}
        audit.record(
            transaction, at=at, actor_id=actor.id, action="invite", subject="person", subject_id=person_id, after=after
        )

    workspace.database.write(add)
    return token


def renew_invitation(workspace: Workspace, *, by: Person, person_id: str) -> str:
    """A new link for somebody whose link expired or who forgot their password; it ends the older links.

    Their password and sessions stay as they are until the link is used.
    """
    token, at = new_token(), now()

    def renew(transaction: Transaction) -> None:
        actor = allowed(transaction, by, may_manage_people, ONLY_ADMINISTRATORS)
        person = people.person_by_id(transaction, person_id)
        if person is None:
            raise NotFound("That person is not on the team.")
        _renew(transaction, person=person, actor_id=actor.id, token=token, at=at)

    workspace.database.write(renew)
    return token


def link_for_locked_out_administrator(workspace: Workspace, *, email: str) -> str:
    """For the command line only: who can open the database may let its administrator in again."""
    email, token, at = tidy_email(email), new_token(), now()

    def renew(transaction: Transaction) -> None:
        person = people.person_by_email(transaction, email)
        if person is None or not may_manage_people(person):
            raise InputError(f"No active administrator has the address {email}. Others get a link from theirs.")
        _renew(transaction, person=person, actor_id=COMMAND_LINE, token=token, at=at)

    workspace.database.write(renew)
    return token


def invited_person(workspace: Workspace, *, token: str) -> Person | None:
    """Whose link this is while it can be used. Looking does not use it."""
    with workspace.database.read() as transaction:
        return people.invited_person(transaction, token_hash=token_hash(token), at=now())


def accept_invitation(workspace: Workspace, *, token: str, password: str) -> str:
    """Set the person's own password and sign them in. Works once; ends their other links and sessions."""
    passwords.refuse_if_huge(password)
    invited = invited_person(workspace, token=token)
    if invited is None:
        raise LinkEnded
    check_password(password, invited.email)
    stored, session, at = passwords.hash_of(password), new_token(), now()

    def accept(transaction: Transaction) -> None:
        person = people.invited_person(transaction, token_hash=token_hash(token), at=at)
        if person is None:
            raise LinkEnded
        people.end_open_invitations(transaction, person_id=person.id, at=at)
        people.end_sessions_of(transaction, person_id=person.id, at=at)
        people.set_password_hash(transaction, person_id=person.id, password_hash=stored)
        attempts.take_back(transaction, email=person.email)
        audit.record(
            transaction, at=at, actor_id=person.id, action="accept_invitation", subject="person", subject_id=person.id
        )
        begin_session(transaction, workspace, person_id=person.id, token=session, at=at)

    workspace.database.write(accept)
    return session


def _renew(transaction: Transaction, *, person: Person, actor_id: str, token: str, at: datetime) -> None:
    if not person.active:
        raise InputError(f"{person.name} has been deactivated. Activate the account first.")
    _new_link(transaction, person_id=person.id, actor_id=actor_id, token=token, at=at)
    audit.record(
        transaction, at=at, actor_id=actor_id, action="renew_invitation", subject="person", subject_id=person.id
    )


def _new_link(transaction: Transaction, *, person_id: str, actor_id: str, token: str, at: datetime) -> None:
    people.end_open_invitations(transaction, person_id=person_id, at=at)
    people.insert_invitation(
        transaction,
        token_hash=token_hash(token),
        person_id=person_id,
        created_by=actor_id,
        at=at,
        expires_at=at + LINK_LASTS,
    )
