"""Calibration exercises: their frozen texts, the versions of their gold, and what people rated.

The rule of blindness: whatever carries a rating or a gold of an exercise is read through `MET`, which leaves out
exercises that the reader has neither rated nor set the gold of.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache, partial

import pandas as pd

from panel.domain.exercises import Attempt, Exercise, ExerciseState, Gold, StoredExercise
from panel.store.database import Row, Transaction, insert_many

EXERCISE = "id, body, from_file, state, version, created_by"
GOLD = "exercise_id, number, level, neighbour, reasoning, decides, proposed_by, proposed_at, agreed_by, agreed_at"
ATTEMPT = "exercise_id, person_id, level, note, rated_at"

# A stored text never changes under its key, and may have fields that a later version of the program no longer knows.
_read = lru_cache(maxsize=2_000)(partial(Exercise.model_validate_json, extra="ignore"))

# For an exercise `e`. Parameters: the reader's id, three times.
MET = (
    "(EXISTS (SELECT 1 FROM exercise_rating own WHERE own.exercise_id = e.id AND own.person_id = ?) "
    "OR EXISTS (SELECT 1 FROM exercise_gold g WHERE g.exercise_id = e.id AND (g.proposed_by = ? OR g.agreed_by = ?)))"
)


# ---- exercises --------------------------------------------------------------------------------------------------


def all_exercises(transaction: Transaction) -> list[StoredExercise]:
    return [_exercise(row) for row in transaction.rows(f"SELECT {EXERCISE} FROM exercise ORDER BY created_at, id")]


def exercise_by_id(transaction: Transaction, exercise_id: str) -> StoredExercise | None:
    row = transaction.row(f"SELECT {EXERCISE} FROM exercise WHERE id = ?", exercise_id)
    return _exercise(row) if row else None


def insert_exercise(transaction: Transaction, stored: StoredExercise, *, at: datetime) -> None:
    transaction.run(
        f"INSERT INTO exercise ({EXERCISE}, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        stored.id, stored.exercise.model_dump_json(), stored.from_file, stored.state, stored.version,
        stored.created_by, at,
    )  # fmt: skip


def change_exercise(transaction: Transaction, stored: StoredExercise, *, seen_version: int) -> bool:
    """Text and state; false when it is no longer at the version that was seen."""
    return bool(
        transaction.run(
            "UPDATE exercise SET body = ?, state = ?, version = version + 1 WHERE id = ? AND version = ?",
            stored.exercise.model_dump_json(), stored.state, stored.id, seen_version,
        )
    )  # fmt: skip


def move_exercise(transaction: Transaction, *, exercise_id: str, state: ExerciseState) -> None:
    transaction.run("UPDATE exercise SET state = ?, version = version + 1 WHERE id = ?", state, exercise_id)


def _exercise(row: Row) -> StoredExercise:
    return StoredExercise(
        id=row["id"], exercise=_read(row["body"]), state=row["state"],
        version=int(row["version"]), from_file=row["from_file"], created_by=row["created_by"],
    )  # fmt: skip


# ---- gold -------------------------------------------------------------------------------------------------------


def golds_of(transaction: Transaction, exercise_id: str) -> list[Gold]:
    """Every version, oldest first."""
    rows = transaction.rows(f"SELECT {GOLD} FROM exercise_gold WHERE exercise_id = ? ORDER BY number", exercise_id)
    return [Gold.model_validate(row) for row in rows]


def all_golds(transaction: Transaction) -> dict[str, list[Gold]]:
    """Every version of every exercise, by its id, oldest first."""
    found: dict[str, list[Gold]] = {}
    for row in transaction.rows(f"SELECT {GOLD} FROM exercise_gold ORDER BY exercise_id, number"):
        found.setdefault(row["exercise_id"], []).append(Gold.model_validate(row))
    return found


def insert_golds(transaction: Transaction, many: Iterable[Gold]) -> None:
    insert_many(
        transaction,
        "exercise_gold",
        GOLD,
        (
            (each.exercise_id, each.number, each.level, each.neighbour, each.reasoning, each.decides, each.proposed_by,
             each.proposed_at, each.agreed_by, each.agreed_at)
            for each in many
        ),
    )  # fmt: skip


def agree_to_gold(transaction: Transaction, *, exercise_id: str, number: int, by: str, at: datetime) -> bool:
    """False when somebody agreed to it before."""
    return bool(
        transaction.run(
            "UPDATE exercise_gold SET agreed_by = ?, agreed_at = ? "
            "WHERE exercise_id = ? AND number = ? AND agreed_by = ''",
            by, at, exercise_id, number,
        )
    )  # fmt: skip


# ---- ratings ----------------------------------------------------------------------------------------------------


def attempt_of(transaction: Transaction, *, exercise_id: str, person_id: str) -> Attempt | None:
    row = transaction.row(
        f"SELECT {ATTEMPT} FROM exercise_rating WHERE exercise_id = ? AND person_id = ?", exercise_id, person_id
    )
    return Attempt.model_validate(row) if row else None


def attempts_of_person(transaction: Transaction, person_id: str) -> dict[str, Attempt]:
    """By exercise."""
    rows = transaction.rows(f"SELECT {ATTEMPT} FROM exercise_rating WHERE person_id = ? ORDER BY rated_at", person_id)
    return {row["exercise_id"]: Attempt.model_validate(row) for row in rows}


def readable_attempts_of_person(transaction: Transaction, *, reader_id: str, person_id: str) -> dict[str, Attempt]:
    """By exercise: what a person rated of the exercises that the reader has met."""
    columns = ", ".join(f"r.{each}" for each in ATTEMPT.split(", "))
    rows = transaction.rows(
        f"SELECT {columns} FROM exercise_rating r JOIN exercise e ON e.id = r.exercise_id "
        f"WHERE r.person_id = ? AND {MET} ORDER BY r.rated_at",
        person_id, reader_id, reader_id, reader_id,
    )  # fmt: skip
    return {row["exercise_id"]: Attempt.model_validate(row) for row in rows}


def insert_attempts(transaction: Transaction, many: Iterable[Attempt]) -> None:
    rows = [(each.exercise_id, each.person_id, each.level, each.note, each.rated_at) for each in many]
    insert_many(transaction, "exercise_rating", ATTEMPT, rows)


def readable_counts(transaction: Transaction, *, reader_id: str, exercise_id: str) -> dict[int, int]:
    """How many people rated an exercise at each level; empty unless the reader has met it."""
    rows = transaction.rows(
        "SELECT r.level, CAST(count(*) AS BIGINT) AS people FROM exercise_rating r JOIN exercise e "
        f"ON e.id = r.exercise_id WHERE e.id = ? AND {MET} GROUP BY r.level ORDER BY r.level",
        exercise_id, reader_id, reader_id, reader_id,
    )  # fmt: skip
    return {int(row["level"]): int(row["people"]) for row in rows}


def readable_attempts(transaction: Transaction, *, reader_id: str) -> pd.DataFrame:
    """Every rating of the open exercises that the reader has met.

    Columns: exercise_id, person_id, person_name, level.
    """
    return transaction.frame(
        "SELECT r.exercise_id, r.person_id, p.name AS person_name, CAST(r.level AS DOUBLE PRECISION) AS level "
        "FROM exercise_rating r JOIN exercise e ON e.id = r.exercise_id JOIN person p ON p.id = r.person_id "
        f"WHERE e.state = 'open' AND {MET} ORDER BY r.exercise_id, r.person_id",
        reader_id, reader_id, reader_id,
    )  # fmt: skip
