"""What a database holds, as rows, to be put into another empty one: a team made once need not be made again."""

from collections.abc import Sequence
from typing import Any

from panel.house import Workspace
from panel.store.database import Transaction, insert_many

Rows = tuple[list[str], list[Sequence[Any]]]
Contents = dict[str, Rows]  # table -> its columns and rows
OF_THE_PROGRAM = {"migration"}


def contents(workspace: Workspace) -> Contents:
    with workspace.database.read() as transaction:
        found = {table: transaction.rows(f"SELECT * FROM {table}") for table in _tables(transaction)}
    return {table: (list(rows[0]), [list(row.values()) for row in rows]) for table, rows in found.items() if rows}


def put_into(workspace: Workspace, known: Contents) -> None:
    """Everything in one transaction, into a database that holds what the program puts into every new one."""
    workspace.database.write(lambda transaction: _put(transaction, known))


def replace_all(workspace: Workspace, known: Contents) -> None:
    """Everything in one transaction, into a database in use: what its tables held goes.

    Written past whatever a test has put in the place of the database's own method.
    """

    def work(transaction: Transaction) -> None:
        transaction.run("; ".join(f"DELETE FROM {table}" for table in _tables(transaction)))
        _put(transaction, known)

    type(workspace.database).write(workspace.database, work)


def people_in(workspace: Workspace) -> set[str]:
    """The ids of whoever has an account."""
    with workspace.database.read() as transaction:
        return {row["id"] for row in transaction.rows("SELECT id FROM person")}


def _put(transaction: Transaction, known: Contents) -> None:
    for table, (columns, rows) in known.items():
        transaction.run(f"DELETE FROM {table}")
        insert_many(transaction, table, ", ".join(columns), rows)


def _tables(transaction: Transaction) -> list[str]:
    rows = transaction.rows(
        "SELECT table_name FROM information_schema.tables "
        "WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY table_name"
    )
    return [row["table_name"] for row in rows if row["table_name"] not in OF_THE_PROGRAM]
