"""What people are trained for."""

from panel.domain.training import Training
from panel.store.database import Transaction


def all_training(transaction: Transaction) -> list[Training]:
    rows = transaction.rows(
        "SELECT person_id, subject, state, changed_by, changed_at FROM training ORDER BY lower(subject), person_id"
    )
    return [Training.model_validate(row) for row in rows]


def save_training(transaction: Transaction, training: Training) -> None:
    transaction.run(
        "INSERT INTO training (person_id, subject, state, changed_by, changed_at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (person_id, subject) DO UPDATE SET state = excluded.state, changed_by = excluded.changed_by, "
        "changed_at = excluded.changed_at",
        training.person_id, training.subject, training.state, training.changed_by, training.changed_at,
    )  # fmt: skip


def remove_training(transaction: Transaction, *, person_id: str, subject: str) -> None:
    transaction.run("DELETE FROM training WHERE person_id = ? AND subject = ?", person_id, subject)
