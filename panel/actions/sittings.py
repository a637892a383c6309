"""Who sits in standing interviews, for those who read of them."""

from collections.abc import Iterable

from panel.domain.seats import Sitter
from panel.store import scorecards
from panel.store.database import Transaction


def sitters_of(transaction: Transaction, interview_ids: Iterable[str]) -> dict[str, list[Sitter]]:
    """By interview id."""
    rows = scorecards.seats_of_interviews(transaction, interview_ids)
    return {
        each: [Sitter(row["person_id"], row["person_name"], row["assignment_id"], bool(row["shadow"])) for row in seats]
        for each, seats in rows.items()
    }
