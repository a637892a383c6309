"""The file of a DuckDB database: opening it, and saying in sentences what DuckDB or the disk cannot do."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from panel.errors import StorageError

FULL = ("No space left on device", "Disk quota exceeded", "File too large")
UNWRITABLE = ("Read-only file system", "Permission denied", "Operation not permitted", "Input/output error")


@contextmanager
def told_by_engine(place: str) -> Iterator[None]:
    """What DuckDB cannot do becomes a sentence; the engine's own words stay in the log as its cause."""
    try:
        yield
    except duckdb.Error as error:
        raise StorageError(_sentence(place, error)) from error


def log_of(path: Path) -> Path:
    """Where DuckDB keeps what has been committed and is not in the file yet."""
    return path.with_name(path.name + ".wal")


def size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def is_of_disk(error: Exception) -> bool:
    return any(words in str(error) for words in FULL + UNWRITABLE)


def _sentence(place: str, error: Exception) -> str:
    if any(words in str(error) for words in FULL):
        return (
            f"The disk that holds the database {place} is full, and nothing was changed. Ask whoever runs the app to "
            "make room on it; then try again."
        )
    if is_of_disk(error):
        return (
            f"The disk that holds the database {place} cannot be written to, and nothing was changed. Ask whoever runs "
            "the app to look after it; then try again."
        )
    return f"The database {place} could not do this, and nothing was changed. Try again."


def open_file(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        config: dict[str, str | bool | int | float | list[str]] = {
            "python_enable_replacements": False,
            "wal_autocheckpoint": "1TB",
        }
        return duckdb.connect(str(path), config=config)
    except (duckdb.Error, OSError) as error:
        if isinstance(error, duckdb.IOException) and "lock" in str(error).lower():
            raise StorageError(
                f"The file {path} is in use: the app is already running with it. "
                "Use that one, or stop it first. A second process can have a file of its own: set PANEL_DATABASE."
            ) from error
        if is_of_disk(error):
            raise StorageError(
                f"The file {path} cannot be opened, because its disk cannot be written to: {first_line(error)}"
            ) from error
        raise StorageError(f"The file {path} cannot be opened as a database: {first_line(error)}") from error


def first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
