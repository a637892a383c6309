"""How hired people did later. What is removed stays in the table, with who removed it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from panel.domain.outcomes import Outcome
from panel.store.database import Row, Transaction, insert_many

OUTCOME = "id, candidate_id, observed_on, criterion, value, low, high, import_id, entered_by, entered_at"


@dataclass(frozen=True)
class OutcomeImport:
    """`outcomes` is how many it brought in; `left` how many of those still stand."""

    id: str
    name: str
    imported_by: str
    imported_at: datetime
    outcomes: int
    left: int


def _outcome(row: Row) -> Outcome:
    return Outcome(**{"on" if name == "observed_on" else name: value for name, value in row.items()})


def all_outcomes(transaction: Transaction) -> list[Outcome]:
    """Those that stand, the latest observation first."""
    rows = transaction.rows(
        f"SELECT {OUTCOME} FROM outcome WHERE removed_at IS NULL ORDER BY observed_on DESC, criterion, id"
    )
    return [_outcome(row) for row in rows]


def outcome_by_id(transaction: Transaction, outcome_id: str) -> Outcome | None:
    row = transaction.row(f"SELECT {OUTCOME} FROM outcome WHERE id = ? AND removed_at IS NULL", outcome_id)
    return _outcome(row) if row else None


def insert_outcomes(transaction: Transaction, outcomes: Iterable[Outcome]) -> None:
    insert_many(
        transaction,
        "outcome",
        OUTCOME,
        (
            (each.id, each.candidate_id, each.on, each.criterion, each.value, each.low, each.high, each.import_id,
             each.entered_by, each.entered_at)
            for each in outcomes
        ),
    )  # fmt: skip


def remove_outcome(transaction: Transaction, outcome_id: str, *, by: str, at: datetime) -> bool:
    """False when it was removed before."""
    return bool(
        transaction.run(
            "UPDATE outcome SET removed_by = ?, removed_at = ? WHERE id = ? AND removed_at IS NULL", by, at, outcome_id
        )
    )


def insert_import(transaction: Transaction, made: OutcomeImport) -> None:
    transaction.run(
        "INSERT INTO outcome_import (id, name, imported_by, imported_at, outcomes) VALUES (?, ?, ?, ?, ?)",
        made.id, made.name, made.imported_by, made.imported_at, made.outcomes,
    )  # fmt: skip


def standing_imports(transaction: Transaction) -> list[OutcomeImport]:
    """Those that were not undone, newest first."""
    rows = transaction.rows(
        "SELECT m.id, m.name, m.imported_by, m.imported_at, m.outcomes, CAST(count(o.id) AS BIGINT) AS standing "
        "FROM outcome_import m LEFT JOIN outcome o ON o.import_id = m.id AND o.removed_at IS NULL "
        "WHERE m.undone_at IS NULL GROUP BY m.id, m.name, m.imported_by, m.imported_at, m.outcomes "
        "ORDER BY m.imported_at DESC, m.id DESC"
    )
    return [OutcomeImport(**{"left" if name == "standing" else name: row[name] for name in row}) for row in rows]


def undo_import(transaction: Transaction, import_id: str, *, by: str, at: datetime) -> int | None:
    """How many outcomes were removed with it; None when it was undone before or never was."""
    undone = transaction.run(
        "UPDATE outcome_import SET undone_by = ?, undone_at = ? WHERE id = ? AND undone_at IS NULL", by, at, import_id
    )
    if not undone:
        return None
    return transaction.run(
        "UPDATE outcome SET removed_by = ?, removed_at = ? WHERE import_id = ? AND removed_at IS NULL",
        by, at, import_id,
    )  # fmt: skip
