"""Who sits in standing interviews, for those who read of them; and telling their open pages that something changed."""

from collections.abc import Iterable

from panel.domain.live import Happening
from panel.domain.seats import Sitter
from panel.house import Workspace
from panel.store import scorecards
from panel.store.database import Transaction


def sitters_of(transaction: Transaction, interview_ids: Iterable[str]) -> dict[str, list[Sitter]]:
    """By interview id."""
    rows = scorecards.seats_of_interviews(transaction, interview_ids)
    return {
        each: [Sitter(row["person_id"], row["person_name"], row["assignment_id"], bool(row["shadow"])) for row in seats]
        for each, seats in rows.items()
    }


def tell_sittings(workspace: Workspace, interview_ids: Iterable[str]) -> None:
    """Let every open page of these interviews look anew. Called after the change is durable."""
    for each in interview_ids:
        workspace.live.tell(Happening(kind="changed", interview_id=each))
