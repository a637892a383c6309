"""What is on record of the ratings of a scorecard."""

from panel.store.database import Row, Transaction


def events_of(transaction: Transaction, scorecard_id: str) -> list[Row]:
    """Oldest first."""
    return transaction.rows(
        "SELECT question_key, happened_at, actor_id, outcome, level, note, reason, reworded, version FROM rating_event "
        "WHERE scorecard_id = ? ORDER BY happened_at, version",
        scorecard_id,
    )
