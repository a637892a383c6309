"""The questions that a person keeps at hand."""

from datetime import datetime

from panel.store.database import Transaction


def favourites_of(transaction: Transaction, person_id: str) -> list[str]:
    """Keys of questions, the newest first."""
    rows = transaction.rows(
        "SELECT question_key FROM favourite WHERE person_id = ? ORDER BY added_at DESC, question_key", person_id
    )
    return [row["question_key"] for row in rows]


def add_favourite(transaction: Transaction, *, person_id: str, question_key: str, added_at: datetime) -> None:
    transaction.run(
        "INSERT INTO favourite (person_id, question_key, added_at) VALUES (?, ?, ?) "
        "ON CONFLICT (person_id, question_key) DO NOTHING",
        person_id, question_key, added_at,
    )  # fmt: skip


def remove_favourite(transaction: Transaction, *, person_id: str, question_key: str) -> None:
    transaction.run("DELETE FROM favourite WHERE person_id = ? AND question_key = ?", person_id, question_key)
