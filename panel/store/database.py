"""The small face behind which DuckDB and PostgreSQL look the same.

SQL is written once in the portable subset (see docs/architecture.md): `?` parameters, ids made by the app,
naive UTC timestamps, explicit `ON CONFLICT (columns)`, no foreign keys.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol, TypeVar

import pandas as pd

Row = dict[str, Any]
Result = TypeVar("Result")
Item = TypeVar("Item")


class Transaction(Protocol):
    """What a query module may do inside `Database.read` or `Database.write`."""

    def run(self, sql: str, *values: Any) -> int:
        """Execute a statement; the number of rows it touched."""

    def rows(self, sql: str, *values: Any) -> list[Row]:
        """All rows of a query, each a dict by column name."""

    def row(self, sql: str, *values: Any) -> Row | None:
        """The first row of a query, or None."""

    def frame(self, sql: str, *values: Any) -> pd.DataFrame:
        """All rows of a query as a DataFrame whose columns are the query's."""

    def typed_frame(self, sql: str, *values: Any) -> pd.DataFrame:
        """`frame` for very many rows, with no more work than the engine asks: what is missing may be None or NaN."""


class Database(Protocol):
    """One open database. `write` is the only way to change it."""

    place: str  # for a person: the file, or the server without its password

    def read(self) -> AbstractContextManager[Transaction]:
        """A consistent view; never blocks a writer."""

    def write(self, work: Callable[[Transaction], Result]) -> Result:
        """Run `work` in one transaction and return its result after the commit is durable.

        `work` may be called again when the first try met a conflict, so it must have no effect outside
        the transaction. An exception from `work` leaves the database untouched.
        """

    def write_together(
        self, work: Callable[["Transaction", Sequence[Item]], Sequence[Result | Exception]], item: Item
    ) -> Result:
        """`write`, for work that does the items of many callers at less cost than one after the other.

        `work` is given the items of whoever waits for the same work, in their order, and returns a result for each.
        An exception among the results is raised to its own caller, whose item must have changed nothing; one that
        `work` raises itself lets every item be tried alone.
        """

    def announce(self, text: str) -> None:
        """Tell every process that works on this database a short text (below 8,000 bytes). Nothing is stored."""

    def hear(self, listener: Callable[[str], None]) -> None:
        """Call `listener` with every announced text, from any thread, until the database is closed.

        It is called with an empty text when announcements may have been missed.
        """

    def close(self) -> None: ...


def insert_many(
    transaction: Transaction, table: str, columns: str, rows: Iterable[Sequence[Any]], *, at_once: int = 200
) -> None:
    """Insert rows in statements of many rows each. `table` and `columns` are SQL text of the caller's own."""
    waiting = list(rows)
    for start in range(0, len(waiting), at_once):
        part = waiting[start : start + at_once]
        row = f"({', '.join('?' * len(part[0]))})"
        values = [value for each in part for value in each]
        transaction.run(f"INSERT INTO {table} ({columns}) VALUES {', '.join([row] * len(part))}", *values)


def alone(
    work: Callable[[Transaction, Sequence[Item]], Sequence[Result | Exception]], item: Item
) -> Callable[[Transaction], Result]:
    """The work of `write_together` for one caller."""

    def one(transaction: Transaction) -> Result:
        (result,) = work(transaction, [item])
        if isinstance(result, Exception):
            raise result
        return result

    return one


class CursorTransaction:
    """A Transaction over any DB-API cursor."""

    def __init__(self, cursor: Any, translate: Callable[[str], str], touched: Callable[[Any], int]) -> None:
        self._cursor = cursor
        self._translate = translate
        self._touched = touched

    def run(self, sql: str, *values: Any) -> int:
        self._cursor.execute(self._translate(sql), values or None)
        return self._touched(self._cursor)

    def _fetch(self, sql: str, values: tuple[Any, ...]) -> tuple[list[str], list[tuple[Any, ...]]]:
        self._cursor.execute(self._translate(sql), values or None)
        return [column[0] for column in self._cursor.description], self._cursor.fetchall()

    def rows(self, sql: str, *values: Any) -> list[Row]:
        names, found = self._fetch(sql, values)
        return [dict(zip(names, each, strict=True)) for each in found]

    def row(self, sql: str, *values: Any) -> Row | None:
        found = self.rows(sql, *values)
        return found[0] if found else None

    def frame(self, sql: str, *values: Any) -> pd.DataFrame:
        names, found = self._fetch(sql, values)
        return pd.DataFrame.from_records(found, columns=names)

    def typed_frame(self, sql: str, *values: Any) -> pd.DataFrame:
        return self.frame(sql, *values)


@contextmanager
def rolled_back_on_error(
    begin: Callable[[], object], commit: Callable[[], object], rollback: Callable[[], object]
) -> Iterator[None]:
    """Commit when the block ends, roll back when it raises."""
    begin()
    try:
        yield
    except BaseException:
        rollback()
        raise
    commit()
