"""Conflicts of interest: those declared, and those found because a person and a candidate share an email address."""

from datetime import datetime

from panel.domain.conflicts import ConflictOfInterest
from panel.store.database import Transaction

DECLARED = (
    "SELECT x.id, x.person_id, x.candidate_id, x.kind, x.remark, x.declared_by, x.declared_at "
    "FROM conflict_of_interest x JOIN candidate c ON c.id = x.candidate_id JOIN person p ON p.id = x.person_id "
    "WHERE x.withdrawn_at IS NULL AND "
)
FOUND = (
    "SELECT p.id AS person_id, c.id AS candidate_id, c.created_at AS declared_at "
    "FROM person p JOIN candidate c ON c.email = p.email WHERE c.email <> '' AND "
)


def conflicts_of_role(transaction: Transaction, role_id: str) -> list[ConflictOfInterest]:
    return _conflicts(transaction, "c.role_id = ?", role_id)


def conflicts_of_candidate(transaction: Transaction, candidate_id: str) -> list[ConflictOfInterest]:
    return _conflicts(transaction, "c.id = ?", candidate_id)


def conflicts_of_person(transaction: Transaction, person_id: str) -> list[ConflictOfInterest]:
    return _conflicts(transaction, "p.id = ?", person_id)


def all_conflicts(transaction: Transaction) -> list[ConflictOfInterest]:
    return _conflicts(transaction, "? = ''", "")


def _conflicts(transaction: Transaction, which: str, value: str) -> list[ConflictOfInterest]:
    declared = [
        ConflictOfInterest.model_validate(row)
        for row in transaction.rows(f"{DECLARED} {which} ORDER BY x.declared_at, x.id", value)
    ]
    found = [
        ConflictOfInterest.model_validate({**row, "id": "", "kind": "own_record"})
        for row in transaction.rows(f"{FOUND} {which} ORDER BY c.id, p.id", value)
    ]
    return [*declared, *found]


def conflict_by_id(transaction: Transaction, conflict_id: str) -> ConflictOfInterest | None:
    """A declared conflict that stands."""
    rows = transaction.rows(f"{DECLARED} x.id = ?", conflict_id)
    return ConflictOfInterest.model_validate(rows[0]) if rows else None


def insert_conflict(transaction: Transaction, conflict: ConflictOfInterest) -> None:
    transaction.run(
        "INSERT INTO conflict_of_interest (id, person_id, candidate_id, kind, remark, declared_by, declared_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        conflict.id, conflict.person_id, conflict.candidate_id, conflict.kind, conflict.remark, conflict.declared_by,
        conflict.declared_at,
    )  # fmt: skip


def withdraw_conflict(transaction: Transaction, *, conflict_id: str, by: str, at: datetime) -> bool:
    """False when it was withdrawn before."""
    return bool(
        transaction.run(
            "UPDATE conflict_of_interest SET withdrawn_by = ?, withdrawn_at = ? WHERE id = ? AND withdrawn_at IS NULL",
            by, at, conflict_id,
        )
    )  # fmt: skip
