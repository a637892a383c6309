"""How many interviews a week people take, the days they are away, and when they sit already."""

from collections.abc import Iterable
from datetime import datetime

from panel.domain.availability import Absence, Availability, Limit
from panel.store.database import Row, Transaction, insert_many


def availability_of(transaction: Transaction, person_id: str) -> Availability:
    return availability_of_all(transaction).get(person_id, Availability(Limit(person_id=person_id)))


def availability_of_all(transaction: Transaction) -> dict[str, Availability]:
    """By person id; who has said nothing is missing."""
    limits = {
        row["person_id"]: Limit.model_validate(row)
        for row in transaction.rows("SELECT person_id, most_a_week, version FROM availability")
    }
    absences: dict[str, list[Absence]] = {}
    for row in transaction.rows(
        "SELECT id, person_id, first_day, last_day, remark FROM absence ORDER BY first_day, last_day, id"
    ):
        absences.setdefault(row["person_id"], []).append(Absence.model_validate(row))
    return {
        each: Availability(limits.get(each, Limit(person_id=each)), tuple(absences.get(each, ())))
        for each in {**limits, **absences}
    }


def save_limit(transaction: Transaction, limit: Limit, *, seen_version: int) -> bool:
    """False when somebody else changed it first. `limit.version` is the new version."""
    if seen_version == 0:
        written = transaction.run(
            "INSERT INTO availability (person_id, most_a_week, version) VALUES (?, ?, ?) "
            "ON CONFLICT (person_id) DO NOTHING",
            limit.person_id, limit.most_a_week, limit.version,
        )  # fmt: skip
    else:
        written = transaction.run(
            "UPDATE availability SET most_a_week = ?, version = ? WHERE person_id = ? AND version = ?",
            limit.most_a_week, limit.version, limit.person_id, seen_version,
        )  # fmt: skip
    return bool(written)


def absence_by_id(transaction: Transaction, absence_id: str) -> Absence | None:
    row = transaction.row("SELECT id, person_id, first_day, last_day, remark FROM absence WHERE id = ?", absence_id)
    return Absence.model_validate(row) if row else None


def insert_absences(transaction: Transaction, absences: Iterable[Absence], *, declared_by: str, at: datetime) -> None:
    insert_many(
        transaction,
        "absence",
        "id, person_id, first_day, last_day, remark, declared_by, declared_at",
        (
            (each.id, each.person_id, each.first_day, each.last_day, each.remark, declared_by, at)
            for each in absences
        ),
    )  # fmt: skip


def remove_absence(transaction: Transaction, absence_id: str) -> None:
    transaction.run("DELETE FROM absence WHERE id = ?", absence_id)


def sittings_from(transaction: Transaction, at: datetime) -> list[Row]:
    """Who sits in which standing interview that begins at `at` or later: person_id, starts_at, minutes, shadow."""
    return transaction.rows(
        "SELECT s.person_id, s.shadow, i.starts_at, i.minutes FROM scorecard s JOIN interview i "
        "ON i.id = s.interview_id WHERE i.state <> 'cancelled' AND i.starts_at >= ? ORDER BY i.starts_at, s.id",
        at,
    )
