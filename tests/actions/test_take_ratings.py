"""What can be taken along: the same table from the page, the command line and the views, under the blindness rule."""

import io
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from panel.actions.take_ratings import as_table, takeable, taken_ratings, write_ratings
from panel.actions.tidy_ratings import Chosen, settled_ratings
from panel.errors import InputError, NotAllowed
from panel.exporting.ratings import COLUMNS
from panel.house import Workspace
from tests.factories import MONDAY, Team, a_team

PANEL = ("Ana", "Bo", "Mia")
BY = ["scorecard", "item"]


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    return a_team(workspace, tmp_path / "content")


def taken(team: Team, by: str, **chosen: Any) -> pd.DataFrame:
    data = taken_ratings(team.workspace, by=team.people[by], chosen=Chosen(**chosen), form="parquet")
    return pd.read_parquet(io.BytesIO(data))


def by_command(team: Team, **options: Any) -> pd.DataFrame:
    out = io.BytesIO()
    write_ratings(team.workspace, out, form="parquet", **({"chosen": Chosen()} | options))
    return pd.read_parquet(io.BytesIO(out.getvalue()))


def whose(found: pd.DataFrame) -> dict[str, int]:
    return {str(name): int(n) for name, n in found["interviewer"].value_counts().items() if n}


def view(team: Team, name: str) -> pd.DataFrame:
    with team.workspace.database.read() as transaction:
        return transaction.frame(f"SELECT * FROM {name}")


def test_a_row_says_everything_of_its_rating_in_the_columns_that_are_documented(team: Team) -> None:
    team.hand_in("Ana", levels={"what-ana-asks": 4, "what-mia-asks": 2})
    found = taken(team, "Max").set_index("question_key", drop=False).sort_index()
    assert tuple(found.columns) == COLUMNS
    ana, bo, mia = (found.loc[f"what-{name}-asks"].to_dict() for name in ("ana", "bo", "mia"))
    panel = team.round_id()
    assert ana == {
        "target": team.candidate.id, "rater": team.people["Ana"].id, "item": f"{panel}:what-ana-asks", "score": 4.0,
        "outcome": "rated", "competency": "Technical depth", "levels": 5, "weight": 1.0, "counts": True,
        "sitting": "panel", "candidate": "Priya", "interviewer": "Ana", "question": "What is what-ana-asks?",
        "role": "Engineer", "plan": "Onsite", "plan_version": 1, "round": "Panel", "started": pd.Timestamp(MONDAY),
        "submitted": ana["submitted"], "question_key": "what-ana-asks", "role_id": team.role_id,
        "plan_id": team.plan_id, "round_id": panel, "interview": ana["interview"], "scorecard": team.card("Ana").id,
    }  # fmt: skip
    assert (bo["outcome"], pd.isna(bo["score"]), bo["competency"]) == ("not_asked", True, "Explanation")
    assert mia["score"] == 2.0


def test_nobody_takes_along_what_is_withheld_from_them(team: Team) -> None:
    team.hand_in("Ana")
    team.hand_in("Bo")
    team.fill("Mia")
    two = {"Ana": 3, "Bo": 3}
    assert {name: whose(taken(team, name)) for name in ("Ana", "Bo", "Mia", "Max", "Tom")} == {
        "Ana": two, "Bo": two, "Mia": {}, "Max": two, "Tom": {},
    }  # fmt: skip
    assert whose(by_command(team)) == {}
    assert whose(by_command(team, email="max@example.org")) == two
    assert whose(by_command(team, email="mia@example.org")) == {}
    assert len(view(team, "tidy_ratings")) == 0
    team.submit("Mia")
    assert whose(by_command(team)) == whose(taken(team, "Mia")) == {**two, "Mia": 3}
    assert takeable(team.workspace, by=team.people["Mia"], chosen=Chosen()) == 9


def test_the_view_holds_the_rows_and_columns_of_the_export(team: Team) -> None:
    for name in PANEL:
        team.hand_in(name, levels={"what-ana-asks": 4, "what-mia-asks": 2})
    team.hand_in("Ana", round_name="Separate")  # the other two still owe theirs for this round
    exported = as_table(settled_ratings(team.workspace)).astype(dict.fromkeys(("target", "rater"), object))
    found = view(team, "tidy_ratings")
    assert (tuple(found.columns), len(found)) == (COLUMNS, 9)

    def rows(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
        plain = frame.astype(object).sort_values(BY)
        return [tuple(None if pd.isna(each) else each for each in row) for row in plain.itertuples(index=False)]

    assert rows(found) == rows(exported)


def test_the_views_of_candidates_and_questions_count_what_is_settled(team: Team) -> None:
    for name, level in zip(PANEL, (2, 3, 5), strict=True):
        team.hand_in(name, levels={"what-ana-asks": level, "what-mia-asks": 4})
    team.add_candidate("Zoe")
    columns = ["candidate", "role", "ratings", "interviewers", "raw_mean"]
    people = view(team, "tidy_candidates").sort_values("candidate")[columns].astype(object)
    assert people.where(people.notna(), None).to_numpy().tolist() == [
        ["Priya", "Engineer", 6, 3, pytest.approx(22 / 6)], ["Zoe", "Engineer", 0, 0, None],
    ]  # fmt: skip
    asked = view(team, "tidy_questions").set_index("question_key").loc["what-ana-asks"].to_dict()
    assert asked == {
        "question": "What is what-ana-asks?", "category": "general", "competency": "Technical depth",
        "difficulty": "introductory", "state": "approved", "ratings": 3, "candidates": 1,
    }  # fmt: skip


def test_cancelled_interviews_leave_every_table(team: Team) -> None:
    for name in PANEL:
        team.hand_in(name)
    team.cancel("Max")
    assert len(taken(team, "Max")) == len(by_command(team)) == len(view(team, "tidy_ratings")) == 0


def test_the_command_takes_a_role_or_plan_by_name_and_says_which_there_are(team: Team) -> None:
    for name in PANEL:
        team.hand_in(name)
    assert len(by_command(team, of_role="engineer", of_plan="Onsite")) == 9
    assert len(by_command(team, of_role=team.role_id, of_plan=team.plan_id)) == 9
    assert len(by_command(team, chosen=Chosen(until=MONDAY.date().replace(day=1)))) == 0
    with pytest.raises(InputError, match=r"There is no role called Designer. The roles are: Engineer."):
        by_command(team, of_role="Designer")
    with pytest.raises(InputError, match=r"Nobody here has the address zoe@example.org"):
        by_command(team, email="zoe@example.org")
    team.change("Tom", active=False)
    with pytest.raises(NotAllowed, match="deactivated"):
        by_command(team, email="tom@example.org")


def test_that_somebody_took_ratings_along_is_on_record(team: Team) -> None:
    team.hand_in("Ana")
    taken(team, "Max")
    by_command(team)
    with team.workspace.database.read() as transaction:
        rows = transaction.rows(
            "SELECT actor_id, after_text FROM audit_event WHERE action = 'export_ratings' ORDER BY happened_at, id"
        )
    assert [(row["actor_id"], row["after_text"]) for row in rows] == [
        (team.people["Max"].id, '{"format": "parquet", "ratings": 3}'),
        ("command line", '{"format": "parquet", "ratings": 0}'),
    ]
