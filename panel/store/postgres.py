"""PostgreSQL for a team that outgrew one machine: a pool, serializable writes, retries on conflict.

Everything lives in one schema (`panel`, or `panel_demo` for the demo team), so that removing the demo team is
dropping its schema.
"""

import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from psycopg import IsolationLevel, errors, sql
from psycopg.conninfo import conninfo_to_dict
from psycopg_pool import ConnectionPool, PoolTimeout

from panel.errors import StorageError
from panel.store.channel import Channel
from panel.store.database import CursorTransaction, Item, Result, Transaction, alone

TRIES = 10
CONFLICTS = (
    errors.SerializationFailure,
    errors.DeadlockDetected,
    errors.UniqueViolation,
    errors.DuplicateTable,  # another server applied the same migration meanwhile; the next try sees its record
    errors.DuplicateColumn,
    errors.DuplicateObject,
)


class PostgresDatabase:
    """One schema of one PostgreSQL database."""

    def __init__(self, address: str, schema: str, *, make: bool = True) -> None:
        """`make` creates the schema when it is missing; without it nothing is written."""
        self._schema = schema
        self._channel = Channel(address, f"{schema}_live")
        self.place = _without_password(address)
        try:
            with psycopg.connect(address, autocommit=True, connect_timeout=10) as connection:
                if make:
                    _make_schema(connection, schema)
            self._pool = ConnectionPool(
                address,
                min_size=1,
                max_size=16,
                open=False,
                kwargs={"options": f"-c timezone=UTC -c search_path={schema}"},
            )
            self._pool.open(wait=True, timeout=10)
        except (psycopg.Error, PoolTimeout) as error:
            raise StorageError(
                f"PostgreSQL at {_without_password(address)} cannot be reached: {str(error).splitlines()[0]}. "
                "Check PANEL_DATABASE and that the server runs."
            ) from error

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        with self._told_by_engine(), self._transaction(IsolationLevel.REPEATABLE_READ) as transaction:
            yield transaction

    def write(self, work: Callable[[Transaction], Result]) -> Result:
        with self._told_by_engine():
            for attempt in range(TRIES):
                try:
                    with self._transaction(IsolationLevel.SERIALIZABLE) as transaction:
                        return work(transaction)
                except CONFLICTS:
                    if attempt == TRIES - 1:
                        raise
                    time.sleep(random.uniform(0, 0.004 * 2**attempt))
        raise AssertionError("unreachable: the last attempt returns or raises")

    def write_together(
        self, work: Callable[[Transaction, Sequence[Item]], Sequence[Result | Exception]], item: Item
    ) -> Result:
        return self.write(alone(work, item))  # PostgreSQL's commits share the disk by themselves

    @contextmanager
    def _told_by_engine(self) -> Iterator[None]:
        """What PostgreSQL cannot do becomes a sentence; its own words stay in the log as the cause."""
        try:
            yield
        except (psycopg.Error, PoolTimeout) as error:
            raise StorageError(
                f"The database {self.place} could not do this, and nothing was changed. Try again."
            ) from error

    def announce(self, text: str) -> None:
        with self._told_by_engine(), self._pool.connection() as connection:
            connection.execute("SELECT pg_notify(%s, %s)", (self._channel.name, text))

    def hear(self, listener: Callable[[str], None]) -> None:
        self._channel.hear(listener)

    def close(self) -> None:
        with suppress(StorageError):  # a server that is gone has nobody listening
            self._channel.close(wake=lambda: self.announce(""))
        self._pool.close()

    def drop(self) -> None:
        """Remove the whole schema."""
        with self._pool.connection() as connection:
            connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(self._schema)))

    @contextmanager
    def _transaction(self, level: IsolationLevel) -> Iterator[Transaction]:
        with self._pool.connection() as connection:
            connection.isolation_level = level
            with connection.transaction(), connection.cursor() as cursor:
                yield CursorTransaction(cursor, _to_psycopg, _rows_touched)


def _make_schema(connection: "psycopg.Connection[Any]", schema: str) -> None:
    with suppress(errors.UniqueViolation):  # another server made the schema at the same moment
        connection.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(schema)))


def _to_psycopg(text: str) -> str:
    return text.replace("%", "%%").replace("?", "%s") if "?" in text else text


def _rows_touched(cursor: Any) -> int:
    return max(int(cursor.rowcount), 0)


def _without_password(address: str) -> str:
    """Host, port and name of an address, for a person; an address that cannot be read is not repeated."""
    try:
        parts = conninfo_to_dict(address)
    except psycopg.Error:
        return "the address in PANEL_DATABASE"
    return f"{parts.get('host', 'localhost')}:{parts.get('port', 5432)}/{parts.get('dbname', '')}"
