"""How often the bank changed: readers keep what they derived from it until this number rises."""

from panel.store.database import Transaction


def revision(transaction: Transaction) -> int:
    row = transaction.row("SELECT revision FROM bank_revision WHERE id = 'bank'")
    return int(row["revision"]) if row else 0


def touch(transaction: Transaction) -> None:
    """Say that a question, category or rubric changed."""
    transaction.run("UPDATE bank_revision SET revision = revision + 1 WHERE id = 'bank'")
