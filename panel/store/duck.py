"""DuckDB: one connection a process, a cursor an operation, one writer that commits in groups.

Sharing a cursor between threads returned other threads' rows in measurements, so every operation takes its own.

A commit only adds to the log beside the file. The writer folds the log into the file between commits, never within
one: where that fails (a full disk), DuckDB gives the open file up, no commit is in doubt, and the file is opened anew.
"""

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from panel.errors import StorageError
from panel.store.database import CursorTransaction, Item, Result, Transaction, alone, rolled_back_on_error
from panel.store.duck_file import first_line, is_of_disk, log_of, open_file, size_of, told_by_engine

LARGEST_GROUP = 128
TRIES = 6
CLOSING_SECONDS = 30
LARGEST_LOG = 16 * 1024 * 1024  # bytes
FOLD_AGAIN_AFTER = 60.0  # seconds, where the log could not be folded
log = logging.getLogger(__name__)


Together = Callable[[Transaction, Sequence[Any]], Sequence[Any]]


@dataclass
class _Job:
    """`together`, if given, does the same as `work` for the items of several jobs."""

    work: Callable[[Transaction], Any]
    answer: "Future[Any]"
    together: Together | None = None
    item: Any = None


class DuckTransaction(CursorTransaction):
    def typed_frame(self, sql: str, *values: Any) -> pd.DataFrame:
        """Without a Python object for each number."""
        self._cursor.execute(sql, values or None)
        found: pd.DataFrame = self._cursor.fetch_df()
        return found


class DuckDatabase:
    """One DuckDB file, opened by one process at a time."""

    def __init__(self, path: Path) -> None:
        self.place = str(path)
        self.path = path
        self._connection = open_file(path)
        self._waiting: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._gate = threading.Condition()
        self._readers = 0
        self._closed = False
        self._given_up = False  # by DuckDB, after a failure that it cannot work on from
        self._fold_not_before = 0.0
        self._listeners: list[Callable[[str], None]] = []
        self._writer = threading.Thread(target=self._write_until_closed, name="panel-writer", daemon=True)
        self._writer.start()

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        if self._given_up:
            self.write(lambda _: None)  # the writer opens the file anew
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

        def roll_back() -> None:
            with suppress(duckdb.FatalException):  # nothing of the transaction is left where the file was given up
                cursor.rollback()

        try:
            with rolled_back_on_error(cursor.begin, cursor.commit, roll_back):
                yield DuckTransaction(cursor, lambda sql: sql, _rows_touched)
        except duckdb.FatalException:
            self._given_up = True
            raise
        finally:
            cursor.close()

    def _write_until_closed(self) -> None:
        while (first := self._waiting.get()) is not None:
            group, ends = self._group_with(first)
            self._commit_together(group)
            self._fold_long_log()
            if ends:
                return

    def _fold_long_log(self) -> None:
        """Bring a long log into the file. What is in the log is durable, so a failure loses nothing."""
        if time.monotonic() < self._fold_not_before or self._given_up or size_of(log_of(self.path)) < LARGEST_LOG:
            return
        cursor = self._connection.cursor()
        try:
            cursor.execute("CHECKPOINT")
        except duckdb.Error as error:
            self._given_up = isinstance(error, duckdb.FatalException)
            self._fold_not_before = time.monotonic() + FOLD_AGAIN_AFTER
            log.warning("The log of %s could not be folded into it: %s", self.place, first_line(error))
        finally:
            cursor.close()

    def _open_anew_if_given_up(self) -> None:
        """Raises StorageError while the file cannot be opened; the next write tries again."""
        if not self._given_up:
            return
        with self._gate:
            self._gate.wait_for(lambda: self._readers == 0, timeout=CLOSING_SECONDS)
            self._connection.close()
            self._connection = open_file(self.path)
            self._given_up = False
        log.warning("The database %s was opened anew", self.place)

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
            self._open_anew_if_given_up()
        except StorageError as error:
            for job in group:
                job.answer.set_exception(error)
            return
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
                self._open_anew_if_given_up()
                with self._transaction() as transaction:
                    result = job.work(transaction)
            except duckdb.TransactionException as error:
                if not tries_left or is_of_disk(error):
                    job.answer.set_exception(error)
                    return
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


def _rows_touched(cursor: Any) -> int:
    found = cursor.fetchall()
    return int(found[0][0]) if found and isinstance(found[0][0], int) else 0
