"""Sign-in and what follows it: sessions live in the database, and only the hash of their token does."""

import hashlib
import secrets
from datetime import datetime, timedelta

from panel.actions import attempts, passwords
from panel.domain.basics import now
from panel.domain.people import Person, tidy_email
from panel.errors import InputError, NotAllowed
from panel.house import Workspace
from panel.store import audit, people
from panel.store.database import Transaction

EXTEND_AFTER = 0.1  # of the session's length: below that, reading a page writes nothing


class WrongPassword(InputError):
    """One text for every reason, so that nobody learns which addresses have an account."""

    def __init__(self) -> None:
        super().__init__("The email address or the password is not right. Check both and try again.")


def token_hash(token: str) -> str:
    """What the database keeps of a session's or an invitation's token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def new_token() -> str:
    return secrets.token_urlsafe(32)


def sign_in(workspace: Workspace, *, email: str, password: str, address: str) -> str:
    """The token of a new session. Raises InputError, or TooManyAttempts saying how long to wait."""
    email = tidy_email(email)
    passwords.refuse_if_huge(password)
    attempts.count_attempt(workspace, email=email, address=address)
    with workspace.database.read() as transaction:
        person = people.person_by_email(transaction, email)
        stored = people.password_hash_of(transaction, person.id) if person and person.active else None
    if not passwords.matches(stored, password) or person is None or stored is None:
        raise WrongPassword
    newer = passwords.hash_of(password) if passwords.is_outdated(stored) else None
    token, at = new_token(), now()

    def begin(transaction: Transaction) -> None:
        fresh = people.person_by_id(transaction, person.id)
        if not fresh or not fresh.active or people.password_hash_of(transaction, person.id) != stored:
            raise WrongPassword  # deactivated, or given another password, while this one was being checked
        attempts.take_back(transaction, email=email, address=address)
        if newer:
            people.set_password_hash(transaction, person_id=person.id, password_hash=newer)
        begin_session(transaction, workspace, person_id=person.id, token=token, at=at)

    workspace.database.write(begin)
    return token


def sign_in_as_demo_person(workspace: Workspace, *, person_id: str) -> str:
    """A session as somebody of the demo team, without a password. Raises NotAllowed anywhere else."""
    if not workspace.is_demo:
        raise NotAllowed("Only the fictional people of the demo team can be signed in without a password.")
    token, at = new_token(), now()

    def begin(transaction: Transaction) -> None:
        person = people.person_by_id(transaction, person_id)
        if person is None or not person.active:
            raise InputError("That person is no longer in the demo team. Choose another.")
        begin_session(transaction, workspace, person_id=person.id, token=token, at=at)

    workspace.database.write(begin)
    return token


def demo_people(workspace: Workspace) -> list[Person]:
    """Who can be entered as in the demo team; empty for a real team."""
    if not workspace.is_demo:
        return []
    with workspace.database.read() as transaction:
        return [each for each in people.all_people(transaction) if each.active]


def person_signed_in(workspace: Workspace, *, token_hash: str, extend: bool = True) -> Person | None:
    """Who this session belongs to, while it lasts. Use extends it; `extend=False` only looks."""
    at = now()
    with workspace.database.read() as transaction:
        found = people.person_of_session(transaction, token_hash=token_hash, at=at)
    if found is None:
        return None
    person, expires_at = found
    length = timedelta(hours=workspace.settings.session_hours)
    if extend and length - (expires_at - at) > EXTEND_AFTER * length:
        workspace.database.write(
            lambda transaction: people.extend_session(transaction, token_hash=token_hash, expires_at=at + length)
        )
    return person


def sign_out(workspace: Workspace, *, token_hash: str) -> None:
    """End the session everywhere it is open. Ending it twice is no error."""
    at = now()

    def end(transaction: Transaction) -> None:
        found = people.person_of_session(transaction, token_hash=token_hash, at=at)
        if found:
            people.end_session(transaction, token_hash=token_hash, at=at)
            person_id = found[0].id
            audit.record(
                transaction, at=at, actor_id=person_id, action="sign_out", subject="person", subject_id=person_id
            )

    workspace.database.write(end)


def begin_session(transaction: Transaction, workspace: Workspace, *, person_id: str, token: str, at: datetime) -> None:
    people.forget_expired_sessions(transaction, before=at - timedelta(days=1))
    people.insert_session(
        transaction,
        token_hash=token_hash(token),
        person_id=person_id,
        at=at,
        expires_at=at + timedelta(hours=workspace.settings.session_hours),
    )
    audit.record(transaction, at=at, actor_id=person_id, action="sign_in", subject="person", subject_id=person_id)
