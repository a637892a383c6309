"""Open a team's database, bring it up to date, and remove the demo team's."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from panel.settings import Settings
from panel.store.database import Database
from panel.store.duck import DuckDatabase
from panel.store.migrations import migrate
from panel.store.postgres import PostgresDatabase


def open_database(settings: Settings, *, demo: bool = False) -> Database:
    """The team's database, or the demo team's, migrated and ready. Raises StorageError."""
    place = settings.demo_database if demo else settings.database
    if settings.is_postgresql:
        database = PostgresDatabase(place, "panel_demo" if demo else "panel")
        _migrated(database)
        return database
    file = DuckDatabase(Path(place))

    def back_up(step: int) -> None:
        stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
        file.copy_to(file.path.with_name(f"{file.path.name}.step-{step}.{stamp}.backup"))

    _migrated(file, back_up)
    return file


def _migrated(database: Database, before_change: Callable[[int], None] | None = None) -> None:
    try:
        migrate(database, before_change)
    except BaseException:
        database.close()
        raise


def demo_exists(settings: Settings) -> bool:
    """Whether the demo team's database is there, without opening a file that another process may hold."""
    if not settings.is_postgresql:
        return Path(settings.demo_database).exists()
    database = PostgresDatabase(settings.demo_database, "panel_demo", make=False)
    try:
        with database.read() as transaction:
            return bool(
                transaction.rows(
                    "SELECT 1 FROM information_schema.tables "
                    "WHERE table_schema = 'panel_demo' AND table_name = 'person'"
                )
            )
    finally:
        database.close()


def remove_database(database: Database) -> None:
    """Close the database and delete everything in it. Meant for the demo team's."""
    if isinstance(database, PostgresDatabase):
        database.drop()
        database.close()
        return
    database.close()
    path = Path(database.place)
    for file in (path, path.with_name(path.name + ".wal")):
        file.unlink(missing_ok=True)
