"""A look at a database without changing it: for `doctor`, which must not migrate anything."""

import re
from dataclasses import dataclass
from pathlib import Path

from panel.errors import StorageError
from panel.settings import Settings
from panel.store import people
from panel.store.database import Database
from panel.store.duck import DuckDatabase
from panel.store.migrations import STEPS
from panel.store.opening import demo_exists
from panel.store.postgres import PostgresDatabase


@dataclass(frozen=True)
class Glance:
    """`steps` of `known_steps` migrations are behind the database; people are counted only when all are."""

    place: str
    steps: int
    known_steps: int
    people: int
    administrators: int


def glance(settings: Settings) -> Glance | None:
    """The team's database as it is; None when there is none yet. Raises StorageError."""
    if settings.is_postgresql:
        return _look(PostgresDatabase(settings.database, "panel", make=False))
    if not Path(settings.database).exists():
        return None
    return _look(DuckDatabase(Path(settings.database)))


def has_demo(settings: Settings) -> bool:
    return demo_exists(settings)


def holder_of(error: StorageError) -> int | None:
    """The process that has the file open, when the engine named it."""
    found = re.search(r"PID (\d+)", str(error.__cause__))
    return int(found[1]) if found else None


def _look(database: Database) -> Glance | None:
    try:
        with database.read() as transaction:
            tables = transaction.rows(
                "SELECT table_name FROM information_schema.tables "
                "WHERE table_schema = current_schema() AND table_name = 'migration'"
            )
            if not tables:
                return None
            row = transaction.row("SELECT CAST(count(*) AS BIGINT) AS steps FROM migration")
            steps = int(row["steps"]) if row else 0
            present = people.all_people(transaction) if steps == len(STEPS) else []
            able = people.active_administrators(transaction) if steps == len(STEPS) else 0
            return Glance(database.place, steps, len(STEPS), len(present), able)
    finally:
        database.close()
