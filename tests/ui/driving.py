"""Sessions for the pages' tests."""

from panel.actions.sessions import begin_session, new_token
from panel.domain.basics import now
from panel.domain.people import Person
from panel.house import Workspace


def session_of(workspace: Workspace, person: Person) -> str:
    """The token of a new session, as signing in gives it."""
    token = new_token()
    workspace.database.write(
        lambda transaction: begin_session(transaction, workspace, person_id=person.id, token=token, at=now())
    )
    return token
