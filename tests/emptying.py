"""An empty team's database for every test, made by the program itself once in a process.

To make it anew is to run every migration, which takes longer than most tests do.
"""

import shutil
from contextlib import suppress
from pathlib import Path

import duckdb

from panel.errors import StorageError
from panel.house import House, Workspace
from panel.settings import Settings
from tests.factories import rows_of_team
from tests.snapshot import Contents, contents, put_into, replace_all


class EmptyFile:
    """A new DuckDB file, copied to where a test wants one; or one that holds the team of `factories.a_team`."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "empty.duckdb"
        self._of_team = folder / "team.duckdb"
        House(Settings(database=str(self._file), demo=False)).close()

    def copied_to(self, place: Path, *, for_team: bool = False) -> Path:
        """With `for_team`, what `a_team` would write is there already, once it is known in this process."""
        return shutil.copyfile(self._team_file() if for_team and rows_of_team() else self._file, place)

    def _team_file(self) -> Path:
        if not self._of_team.exists():
            house = House(Settings(database=str(self.copied_to(self._of_team)), demo=False))
            put_into(house.team, rows_of_team())
            house.close()
        return self._of_team

    def left(self, house: House) -> None:
        """Closed without folding the log into the file, which takes a fifth of a test and which nobody reads again."""
        for workspace in list(house._open.values()):
            with suppress(duckdb.Error):  # a test may have closed it
                workspace.database._connection.execute("PRAGMA disable_checkpoint_on_shutdown")  # type: ignore[attr-defined]
        house.close()


class EmptySchema:
    """The team's schema on PostgreSQL: new for the first test, and emptied for every other."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._new: tuple[str, Contents] | None = None

    def opened(self) -> House:
        house = House(Settings(database=self._address))
        if self._new is None:
            self._new = (shape_of(house.team), contents(house.team))
        return house

    def left(self, house: House) -> None:
        """What a test wrote goes; where it changed the tables themselves, the schema goes, and is made anew."""
        assert self._new
        shape, rows = self._new
        try:
            house.remove_demo()
            if shape_of(house.team) == shape:
                replace_all(house.team, rows)
            else:
                house.team.database.drop()  # type: ignore[attr-defined]
        finally:
            house.close()


SHAPE = """
SELECT string_agg(concat_ws(' ', t.relname, t.relkind, c.attname, c.attnum, format_type(c.atttypid, c.atttypmod),
                            c.attnotnull, c.atthasdef), ', ' ORDER BY t.relname, c.attnum) AS tables
FROM pg_class t LEFT JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum > 0
WHERE t.relnamespace = CAST(CAST(current_schema() AS VARCHAR) AS regnamespace)
"""
STEPS = "SELECT string_agg(concat_ws(' ', number, name), ', ' ORDER BY number) AS steps FROM migration"


def shape_of(workspace: Workspace) -> str:
    """Every table and index with its columns, and the steps that made them; nothing where the schema is gone.

    Read past whatever a test has put in the place of the database's own method.
    """
    try:
        with type(workspace.database).read(workspace.database) as transaction:
            return f"{transaction.row(SHAPE)} {transaction.row(STEPS)}"
    except StorageError:
        return ""
