"""DuckDB: one connection a process, a cursor an operation, one writer that commits in groups.

Sharing a cursor between threads returned other threads' rows in measurements, so every operation takes its own.
"""

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb

from panel.errors import StorageError
from panel.store.database import CursorTransaction, Item, Result, Transaction, alone, rolled_back_on_error

LARGEST_GROUP = 128
TRIES = 6
CLOSING_SECONDS = 30


Together = Callable[[Transaction, Sequence[Any]], Sequence[Any]]


@dataclass
class _Job:
    """`together`, if given, does the same as `work` for the items of several jobs."""

    work: Callable[[Transaction], Any]
    answer: "Future[Any]"
    together: Together | None = None
    item: Any = None


class DuckDatabase:
    """One DuckDB file, opened by one process at a time."""

    def __init__(self, path: Path) -> None:
        self.place = str(path)
        self.path = path
        self._connection = _open(path)
        self._waiting: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._gate = threading.Condition()
        self._readers = 0
        self._closed = False
        self._listeners: list[Callable[[str], None]] = []
        self._writer = threading.Thread(target=self._write_until_closed, name="panel-writer", daemon=True)
        self._writer.start()

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        with self._gate:
            self._refuse_when_closed()
            self._readers += 1
        try:
            with told_by_engine(self.place), self._transaction() as transaction:
                yield transaction
        finally:
            with self._gate:
                self._readers -= 1
                self._gate.notify_all()

    def write(self, work: Callable[[Transaction], Result]) -> Result:
        answer: Future[Result] = Future()
        return self._done(_Job(work, answer), answer)

    def write_together(
        self, work: Callable[[Transaction, Sequence[Item]], Sequence[Result | Exception]], item: Item
    ) -> Result:
        answer: Future[Result] = Future()
        return self._done(_Job(alone(work, item), answer, work, item), answer)

    def _done(self, job: _Job, answer: "Future[Result]") -> Result:
        with self._gate:
            self._refuse_when_closed()
            self._waiting.put(job)
        with told_by_engine(self.place):
            return answer.result()

    def announce(self, text: str) -> None:
        for listener in list(self._listeners):
            listener(text)  # no other process works on this file

    def hear(self, listener: Callable[[str], None]) -> None:
        self._listeners.append(listener)

    def close(self) -> None:
        with self._gate:
            if self._closed:
                return
            self._closed = True
            self._waiting.put(None)
            self._gate.wait_for(lambda: self._readers == 0, timeout=CLOSING_SECONDS)
        self._writer.join(timeout=CLOSING_SECONDS)
        self._connection.close()

    def _refuse_when_closed(self) -> None:
        if self._closed:
            raise StorageError(f"The database {self.place} has been closed. Reload the page.")

    def copy_to(self, target: Path) -> None:
        """Write a complete copy beside the open file."""
        cursor = self._connection.cursor()
        try:
            own = cursor.execute("SELECT current_database()").fetchall()[0][0]
            quoted = str(target).replace("'", "''")
            cursor.execute(f"ATTACH '{quoted}' AS backup_copy")
            try:
                cursor.execute(f'COPY FROM DATABASE "{own}" TO backup_copy')
            finally:
                cursor.execute("DETACH backup_copy")
        finally:
            cursor.close()

    @contextmanager
    def _transaction(self) -> Iterator[Transaction]:
        cursor = self._connection.cursor()
        try:
            with rolled_back_on_error(cursor.begin, cursor.commit, cursor.rollback):
                yield CursorTransaction(cursor, lambda sql: sql, _rows_touched)
        finally:
            cursor.close()

    def _write_until_closed(self) -> None:
        while (first := self._waiting.get()) is not None:
            group, ends = self._group_with(first)
            self._commit_together(group)
            if ends:
                return

    def _group_with(self, first: _Job) -> tuple[list[_Job], bool]:
        group = [first]
        while len(group) < LARGEST_GROUP:
            try:
                job = self._waiting.get_nowait()
            except queue.Empty:
                return group, False
            if job is None:
                return group, True
            group.append(job)
        return group, False

    def _commit_together(self, group: list[_Job]) -> None:
        try:
            with self._transaction() as transaction:
                results = _results(transaction, group)
        except BaseException:
            # One job spoiled the group: nothing was committed, so each is tried by itself.
            for job in group:
                self._commit_alone(job)
            return
        for job, result in zip(group, results, strict=True):
            if isinstance(result, Exception):
                job.answer.set_exception(result)
            else:
                job.answer.set_result(result)

    def _commit_alone(self, job: _Job) -> None:
        for tries_left in reversed(range(TRIES)):
            try:
                with self._transaction() as transaction:
                    result = job.work(transaction)
            except duckdb.TransactionException as error:
                if not tries_left:
                    job.answer.set_exception(error)
            except BaseException as error:
                job.answer.set_exception(error)
                return
            else:
                job.answer.set_result(result)
                return


def _results(transaction: Transaction, group: list[_Job]) -> list[Any]:
    """In the order of the jobs; what the same work can do together is done in one call."""
    found: list[Any] = []
    for together, part in groupby(group, key=lambda job: job.together):
        if together is None:
            found += [job.work(transaction) for job in part]
        else:
            found += together(transaction, [job.item for job in part])
    return found


@contextmanager
def told_by_engine(place: str) -> Iterator[None]:
    """What DuckDB cannot do becomes a sentence; the engine's own words stay in the log as its cause."""
    try:
        yield
    except duckdb.Error as error:
        raise StorageError(f"The database {place} could not do this, and nothing was changed. Try again.") from error


def _open(path: Path) -> duckdb.DuckDBPyConnection:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return duckdb.connect(str(path), config={"python_enable_replacements": False})
    except duckdb.IOException as error:
        if "lock" in str(error).lower():
            raise StorageError(
                f"The file {path} is in use: the app is already running with it. "
                "Use that one, or stop it first. A second process can have a file of its own: set PANEL_DATABASE."
            ) from error
        raise StorageError(f"The file {path} cannot be opened as a database: {_first_line(error)}") from error
    except (duckdb.Error, OSError) as error:
        raise StorageError(f"The file {path} cannot be opened as a database: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _rows_touched(cursor: Any) -> int:
    found = cursor.fetchall()
    return int(found[0][0]) if found and isinstance(found[0][0], int) else 0
