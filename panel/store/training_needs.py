"""How many answers within one level make somebody trained, for the subjects that ask for another number than usual."""

from panel.domain.training_progress import TrainingNeed
from panel.store.database import Transaction


def training_needs(transaction: Transaction) -> dict[str, TrainingNeed]:
    """By subject, case aside."""
    rows = transaction.rows("SELECT subject, answers, version FROM training_need ORDER BY subject")
    return {row["subject"]: TrainingNeed.model_validate(row) for row in rows}


def keep_training_need(transaction: Transaction, need: TrainingNeed) -> None:
    """Write the next state; `need.version` is the new version."""
    transaction.run(
        "INSERT INTO training_need (subject, answers, version) VALUES (?, ?, ?) "
        "ON CONFLICT (subject) DO UPDATE SET answers = excluded.answers, version = excluded.version",
        need.subject, need.answers, need.version,
    )  # fmt: skip
