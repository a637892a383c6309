"""Imports into the bank: what each one added and changed, so that it can be undone."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from panel.store.database import Row, Transaction

IMPORT = "id, name, imported_by, imported_at, body, undone_by, undone_at"


class ChangedByImport(BaseModel):
    """A question that an import gave a new version: from which version to which."""

    model_config = ConfigDict(frozen=True)

    key: str
    before: int
    after: int


class ImportBody(BaseModel):
    """Keys of the questions and categories that an import added, and what it changed."""

    model_config = ConfigDict(frozen=True)

    added: dict[str, int]  # key -> version
    changed: tuple[ChangedByImport, ...] = ()
    categories: tuple[str, ...] = ()
    leaked: tuple[str, ...] = ()  # keys of those added that came in with a leak mark


@dataclass(frozen=True)
class StoredImport:
    id: str
    name: str
    imported_by: str
    imported_at: datetime
    body: ImportBody
    undone_by: str | None
    undone_at: datetime | None


def _import(row: Row) -> StoredImport:
    return StoredImport(**row | {"body": ImportBody.model_validate_json(row["body"])})


def all_imports(transaction: Transaction) -> list[StoredImport]:
    """Newest first."""
    rows = transaction.rows(f"SELECT {IMPORT} FROM bank_import ORDER BY imported_at DESC, id DESC")
    return [_import(row) for row in rows]


def import_by_id(transaction: Transaction, import_id: str) -> StoredImport | None:
    row = transaction.row(f"SELECT {IMPORT} FROM bank_import WHERE id = ?", import_id)
    return _import(row) if row else None


def insert_import(
    transaction: Transaction, *, import_id: str, name: str, imported_by: str, imported_at: datetime, body: ImportBody
) -> None:
    transaction.run(
        "INSERT INTO bank_import (id, name, imported_by, imported_at, body) VALUES (?, ?, ?, ?, ?)",
        import_id, name, imported_by, imported_at, body.model_dump_json(),
    )  # fmt: skip


def mark_undone(transaction: Transaction, import_id: str, *, by: str, at: datetime) -> bool:
    """False when it was undone before."""
    return bool(
        transaction.run(
            "UPDATE bank_import SET undone_by = ?, undone_at = ? WHERE id = ? AND undone_at IS NULL", by, at, import_id
        )
    )
