"""What files and database held when they last agreed: one digest a document."""

from collections.abc import Iterable

from panel.store.database import Transaction


def agreed(transaction: Transaction) -> dict[tuple[str, str], str]:
    """Digests by (kind, key)."""
    rows = transaction.rows("SELECT kind, key, digest FROM file_sync")
    return {(row["kind"], row["key"]): row["digest"] for row in rows}


def agree(transaction: Transaction, documents: Iterable[tuple[str, str, int, str]]) -> None:
    """Record that both sides hold the same: (kind, key, version, digest)."""
    for kind, key, version, digest in documents:
        transaction.run(
            "INSERT INTO file_sync (kind, key, version, digest) VALUES (?, ?, ?, ?) ON CONFLICT (kind, key) "
            "DO UPDATE SET version = excluded.version, digest = excluded.digest",
            kind, key, version, digest,
        )  # fmt: skip
