"""The step that puts what published plans ask into rows, on a database with plans from before it, on both engines."""

from pathlib import Path

from panel.actions.tidy_ratings import tidy_ratings
from panel.house import Workspace
from panel.store.m006_asked_items import COLUMNS, m006_asked_items
from tests.factories import a_team


def test_plans_published_before_get_the_same_rows_as_those_published_since(
    workspace: Workspace, tmp_path: Path
) -> None:
    team = a_team(workspace, tmp_path / "content")
    team.hand_in("Ana")
    every = f"SELECT {COLUMNS} FROM asked_item ORDER BY plan_version_id, assignment_id, question_key"
    with workspace.database.read() as transaction:
        since = transaction.rows(every)
    assert len(since) == 12

    def anew(transaction: object) -> None:
        transaction.run("DROP TABLE asked_item CASCADE")  # type: ignore[attr-defined]
        transaction.run("DROP TABLE team_setting")  # type: ignore[attr-defined]
        m006_asked_items(transaction)  # type: ignore[arg-type]

    workspace.database.write(anew)
    with workspace.database.read() as transaction:
        assert transaction.rows(every) == since
    assert len(tidy_ratings(team.workspace, by=team.people["Max"]).rows) == 3
