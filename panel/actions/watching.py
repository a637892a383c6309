"""Whether something happened in any interview, for pages that look at all of them."""

from panel.actions.checks import allowed
from panel.domain.people import Person, may_manage_hiring
from panel.house import Workspace


def revision(workspace: Workspace, *, by: Person) -> int:
    """A number that rises with everything that happens. It tells nothing of what."""
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_manage_hiring, "Only hiring managers and administrators see the board.")
    return workspace.live.revision
