"""What files and database held when they last agreed: one digest a document."""

from collections.abc import Iterable

from panel.store.database import Transaction, insert_many


def agreed(transaction: Transaction) -> dict[tuple[str, str], str]:
    """Digests by (kind, key)."""
    rows = transaction.rows("SELECT kind, key, digest FROM file_sync")
    return {(row["kind"], row["key"]): row["digest"] for row in rows}


def agree(transaction: Transaction, documents: Iterable[tuple[str, str, int, str]]) -> None:
    """Record that both sides hold the same: (kind, key, version, digest)."""
    many = list(documents)
    known = agreed(transaction)
    insert_many(
        transaction, "file_sync", "kind, key, version, digest", [each for each in many if each[:2] not in known]
    )
    for kind, key, version, digest in many:
        if (kind, key) in known:
            transaction.run(
                "UPDATE file_sync SET version = ?, digest = ? WHERE kind = ? AND key = ?", version, digest, kind, key
            )
