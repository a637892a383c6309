"""The steps that bring views and outcomes, on a database from before them; and a copy of a file that has views."""

from pathlib import Path

import duckdb

from panel.house import Workspace
from panel.settings import Settings
from panel.store.duck import DuckDatabase
from panel.store.m009_views import m009_views
from panel.store.m010_outcomes import m010_outcomes
from panel.store.opening import open_database
from tests.factories import a_team

VIEWS = ("tidy_questions", "tidy_candidates", "tidy_ratings")


def test_a_team_from_before_gets_the_views_over_what_it_has(workspace: Workspace, tmp_path: Path) -> None:
    team = a_team(workspace, tmp_path / "content")
    for name in ("Ana", "Bo", "Mia"):
        team.hand_in(name)
    count = "SELECT CAST(count(*) AS BIGINT) AS n FROM tidy_ratings"

    def anew(transaction: object) -> None:
        for view in VIEWS:
            transaction.run(f"DROP VIEW {view}")  # type: ignore[attr-defined]
        for table in ("outcome", "outcome_import"):
            transaction.run(f"DROP TABLE {table}")  # type: ignore[attr-defined]
        m009_views(transaction)  # type: ignore[arg-type]
        m010_outcomes(transaction)  # type: ignore[arg-type]

    workspace.database.write(anew)
    with workspace.database.read() as transaction:
        assert transaction.row(count) == {"n": 9}
        assert transaction.rows("SELECT * FROM outcome") == []


def test_the_copy_that_is_made_before_a_migration_holds_the_views(tmp_path: Path) -> None:
    database = open_database(Settings(database=str(tmp_path / "panel.duckdb"), demo=False))
    assert isinstance(database, DuckDatabase)
    database.copy_to(tmp_path / "copy.duckdb")
    database.close()
    with duckdb.connect(str(tmp_path / "copy.duckdb"), read_only=True) as copy:
        found = {name: copy.execute(f"SELECT count(*) FROM {name}").fetchall() for name in VIEWS}
    assert found == {name: [(0,)] for name in VIEWS}
