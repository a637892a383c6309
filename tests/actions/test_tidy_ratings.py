"""The tidy table of ratings holds what the older reads hold, is kept until something changes, and stays blind."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from panel.actions.tidy_ratings import Chosen, TidyRatings, settled_ratings, tidy_ratings
from panel.house import Workspace
from panel.store import reports
from tests.factories import MONDAY, Team, a_team
from tests.seats import opening_after_all

FACTS = ["candidate_id", "person_id", "plan_id", "round_id", "question_key", "outcome", "level", "scorecard_id"]


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    return a_team(workspace, tmp_path / "content")


def tidy(team: Team, by: str = "Max") -> TidyRatings:
    return tidy_ratings(team.workspace, by=team.people[by])


def raters(team: Team, found: TidyRatings) -> dict[str, int]:
    """Ratings by name."""
    counted = found.rows["rater"].value_counts()
    return {found.people[str(each)]: int(n) for each, n in counted.items() if n}


def facts(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    return sorted(tuple("" if pd.isna(each) else each for each in row) for row in frame[FACTS].itertuples(index=False))


def test_it_holds_the_ratings_that_compare_reads_with_what_was_asked_beside_them(team: Team) -> None:
    team.hand_in("Ana", levels={"what-ana-asks": 4, "what-bo-asks": None, "what-mia-asks": 2})
    team.hand_in("Bo", levels=5)
    team.fill("Mia", levels=1)
    found = tidy(team).rows.rename(
        columns={
            "target": "candidate_id", "rater": "person_id", "plan": "plan_id", "round": "round_id", "score": "level",
            "scorecard": "scorecard_id",
        }
    )  # fmt: skip
    found["question_key"] = found["item"].astype(str).str.partition(":")[2]
    with team.workspace.database.read() as transaction:
        wanted = reports.readable_ratings(transaction, reader_id=team.people["Max"].id, role_id=team.role_id)
    assert facts(found.astype({"candidate_id": str, "person_id": str})) == facts(wanted)
    assert set(found["competency"]) == {"Technical depth", "Explanation"}
    assert set(zip(found["levels"], found["sitting"], found["plan_version"], found["counts"], strict=True)) == {
        (5, "panel", 1, True)
    }
    assert set(found["started"]) == {pd.Timestamp(MONDAY)}


def test_it_is_read_once_until_somebody_submits(team: Team) -> None:
    team.hand_in("Ana")
    first = tidy(team)
    assert tidy(team) is first
    assert tidy(team, "Ada") is first  # who sees the same shares it
    team.hand_in("Bo")
    assert raters(team, tidy(team)) == {"Ana": 3, "Bo": 3}


def test_what_is_withheld_is_in_no_ones_table(team: Team) -> None:
    team.hand_in("Ana")
    team.hand_in("Bo")
    assert raters(team, tidy(team, "Mia")) == {}  # a manager who owes hers
    assert raters(team, tidy(team, "Tom")) == {}
    assert raters(team, tidy(team, "Ana")) == {"Ana": 3, "Bo": 3}
    assert raters(team, settled_ratings(team.workspace)) == {}
    team.hand_in("Mia")
    assert raters(team, tidy(team, "Mia")) == {"Ana": 3, "Bo": 3, "Mia": 3}
    assert raters(team, settled_ratings(team.workspace)) == {"Ana": 3, "Bo": 3, "Mia": 3}


def test_the_part_that_is_chosen_is_by_role_plan_round_competency_and_day(team: Team) -> None:
    for name in ("Ana", "Bo", "Mia"):
        team.hand_in(name)
        team.hand_in(name, round_name="Separate")
    whole = tidy(team)
    day = MONDAY.date()

    def ratings(**chosen: Any) -> int:
        return len(whole.where(Chosen(**chosen)).rows)

    assert ratings() == 12
    assert ratings(role_id=team.role_id, plan_id=team.plan_id) == 12
    assert ratings(round_id=team.round_id("Separate")) == 3
    assert ratings(competency="Explanation") == 4
    assert ratings(since=day, until=day + timedelta(days=1)) == 12
    assert ratings(until=day - timedelta(days=1)) == ratings(plan_id="no such plan") == 0
    assert whole.where(Chosen(competency="Explanation")).key != whole.key


def test_a_cancelled_interview_is_gone_at_once_and_a_question_on_trial_does_not_count(team: Team) -> None:
    team.hand_in("Ana")
    assert raters(team, tidy(team)) == {"Ana": 3}

    def on_trial(transaction: Any) -> None:
        transaction.run("UPDATE asked_item SET pilot = TRUE WHERE question_key = 'what-bo-asks'")
        transaction.run("UPDATE question SET approved_at = NULL WHERE key = 'what-bo-asks'")

    team.workspace.database.write(on_trial)
    fresh = replace(team, workspace=Workspace("team", team.workspace.database, team.workspace.settings))
    assert (len(tidy(fresh).rows), len(tidy(fresh).counted().rows)) == (3, 2)
    team.cancel("Max")
    assert raters(team, tidy(team)) == {}


def test_two_from_whom_the_same_waits_do_not_share_what_one_of_them_rated(team: Team) -> None:
    """Mia's own ratings of a panel that waits for Bo are hers to see, and not Ana's."""
    team = opening_after_all(team)
    zoe = team.add_candidate("Zoe")
    team.hand_in("Mia", candidate=zoe)
    team.hand_in("Ana", candidate=zoe)
    team.change("Ana", access="manager")
    for first, second in (("Mia", "Ana"), ("Ana", "Mia")):
        for name in (first, second):
            rows = tidy(team, name).rows
            of_zoe = rows[rows["target"] == zoe.id]
            assert set(of_zoe["rater"]) == {team.people[name].id}
        team.workspace.tables._kept.clear()
