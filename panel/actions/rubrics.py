"""The rubrics: read them."""

from panel.actions.checks import allowed
from panel.domain.people import Person, may_read_bank
from panel.domain.rubrics import Rubric
from panel.house import Workspace
from panel.store import rubrics as stored


def rubrics(workspace: Workspace, *, by: Person) -> dict[str, tuple[Rubric, int]]:
    """Every rubric with its version, by key."""
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_read_bank, "Sign in to read the rubrics.")
        return stored.current_rubrics(transaction)
