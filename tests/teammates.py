"""Dull makers of people with accounts."""

from panel.actions import accounts, sessions
from panel.domain.basics import now
from panel.domain.people import Access, Person
from panel.house import Workspace

PASSWORD = "seven quiet lanterns"


def administrator(workspace: Workspace) -> Person:
    """The first administrator, ana@example.org."""
    token = accounts.create_first_administrator(workspace, name="Ana", email="ana@example.org", password=PASSWORD)
    return of_token(workspace, token)


def invited(workspace: Workspace, by: Person, name: str, access: Access = "interviewer") -> tuple[Person, str]:
    """Somebody invited who has no password yet, and their link's token."""
    token = accounts.invite(workspace, by=by, name=name, email=f"{name.lower()}@example.org", access=access)
    person = accounts.invited_person(workspace, token=token)
    assert person
    return person, token


def member(workspace: Workspace, by: Person, name: str, access: Access = "interviewer") -> tuple[Person, str]:
    """Somebody who set their password, and the token of their session."""
    _, link = invited(workspace, by, name, access)
    session = accounts.accept_invitation(workspace, token=link, password=PASSWORD)
    return of_token(workspace, session), session


def of_token(workspace: Workspace, token: str) -> Person:
    person = accounts.person_signed_in(workspace, token_hash=accounts.token_hash(token))
    assert person
    return person


def signed_in(workspace: Workspace, person: Person) -> str:
    """The token of a new session of somebody, whatever their password."""
    token = sessions.new_token()
    workspace.database.write(
        lambda transaction: sessions.begin_session(transaction, workspace, person_id=person.id, token=token, at=now())
    )
    return token
