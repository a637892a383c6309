"""Rehearsals, apart from everything that is real: no query of interviews or scorecards names these tables."""

from datetime import datetime
from functools import partial

from panel.domain.rehearsals import Rehearsal, RehearsalRating, RehearsedGuide
from panel.store.database import Row, Transaction

REHEARSAL = "id, interviewer_id, colleague_id, body, question_key, moved_at, started_at, ended_at, version"
RATING = "question_key, level, note, seconds, version"

# Stored documents may have fields that a later version of the program no longer knows.
_guide = partial(RehearsedGuide.model_validate_json, extra="ignore")


def insert_rehearsal(transaction: Transaction, rehearsal: Rehearsal) -> None:
    transaction.run(
        f"INSERT INTO rehearsal ({REHEARSAL}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rehearsal.id, rehearsal.interviewer_id, rehearsal.colleague_id, rehearsal.guide.model_dump_json(),
        rehearsal.question_key, rehearsal.moved_at, rehearsal.started_at, rehearsal.ended_at, rehearsal.version,
    )  # fmt: skip


def rehearsal_by_id(transaction: Transaction, rehearsal_id: str) -> Rehearsal | None:
    row = transaction.row(f"SELECT {REHEARSAL} FROM rehearsal WHERE id = ?", rehearsal_id)
    return _rehearsal(row) if row else None


def rehearsals_with(transaction: Transaction, person_id: str) -> list[Rehearsal]:
    """Those in which a person asked or played the candidate, newest first."""
    rows = transaction.rows(
        f"SELECT {REHEARSAL} FROM rehearsal WHERE interviewer_id = ? OR colleague_id = ? ORDER BY started_at DESC, id",
        person_id, person_id,
    )  # fmt: skip
    return [_rehearsal(row) for row in rows]


def move_rehearsal(
    transaction: Transaction, *, rehearsal_id: str, question_key: str, at: datetime, ended_at: datetime | None
) -> None:
    transaction.run(
        "UPDATE rehearsal SET question_key = ?, moved_at = ?, ended_at = ?, version = version + 1 WHERE id = ?",
        question_key, at, ended_at, rehearsal_id,
    )  # fmt: skip


def ratings_of(transaction: Transaction, rehearsal_id: str) -> dict[str, RehearsalRating]:
    """By question."""
    rows = transaction.rows(f"SELECT {RATING} FROM rehearsal_rating WHERE rehearsal_id = ?", rehearsal_id)
    return {row["question_key"]: RehearsalRating.model_validate(row) for row in rows}


def keep_rating(transaction: Transaction, rehearsal_id: str, rating: RehearsalRating) -> None:
    """Write the next state; `rating.version` is the new version."""
    transaction.run(
        f"INSERT INTO rehearsal_rating (rehearsal_id, {RATING}) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (rehearsal_id, question_key) DO UPDATE SET level = excluded.level, note = excluded.note, "
        "seconds = excluded.seconds, version = excluded.version",
        rehearsal_id, rating.question_key, rating.level, rating.note, rating.seconds, rating.version,
    )  # fmt: skip


def remove_rehearsal(transaction: Transaction, rehearsal_id: str) -> None:
    transaction.run("DELETE FROM rehearsal_rating WHERE rehearsal_id = ?", rehearsal_id)
    transaction.run("DELETE FROM rehearsal WHERE id = ?", rehearsal_id)


def _rehearsal(row: Row) -> Rehearsal:
    facts = {key: value for key, value in row.items() if key != "body"}
    return Rehearsal.model_validate(facts | {"guide": _guide(row["body"])})
