"""A pilot is asked and rated, and counts only once it is approved; on both engines."""

from pathlib import Path

import pytest

from panel.actions import bank, calibration, compare, plans, questions
from panel.actions.questions import Seen
from panel.domain.questions import QuestionState
from panel.house import Workspace
from tests.factories import Team, a_team, published

ASKED = "what-ana-asks"


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    """A second version of the plan, published while one of its questions was a pilot, with a candidate."""
    team = a_team(workspace, tmp_path / "content")
    move(team, "pilot")
    published(team.workspace, team.people["Max"], team.plan_id)
    return team


def move(team: Team, to: QuestionState) -> None:
    stored = bank.question(team.workspace, by=team.people["Max"], key=ASKED).stored
    questions.move_question(
        team.workspace, by=team.people["Max"], key=ASKED, seen=Seen(stored.version, stored.state), to=to
    )


def rated(team: Team) -> None:
    """Ana rates a new candidate: the pilot 1, everything else 5."""
    candidate = team.add_candidate("Quinn")
    levels = {"what-ana-asks": 1, "what-bo-asks": 5, "what-mia-asks": 5}
    team.hand_in("Ana", candidate=candidate, levels=levels)


def score(team: Team) -> tuple[float | None, int, int]:
    """Quinn's score, the ratings in it, and the ratings of questions on trial."""
    found = compare.compare(team.workspace, by=team.people["Max"], role_id=team.role_id)
    (quinn,) = [each.score for each in found.candidates if each.candidate.name == "Quinn"]
    return quinn.score, quinn.ratings, quinn.on_trial


def calibrated(team: Team) -> int:
    found = calibration.team_calibration(
        team.workspace, by=team.people["Max"], role_id=team.role_id, plan_id=team.plan_id
    )
    assert found
    return found.ratings


def test_a_pilot_counts_once_it_is_approved(team: Team) -> None:
    rated(team)
    assert (score(team), calibrated(team)) == ((5.0, 2, 1), 2)
    move(team, "approved")
    assert (score(team), calibrated(team)) == ((4.0, 3, 0), 3)  # depth: the mean of 1 and 5; explanation: 5


def test_a_pilot_that_is_retired_never_counts(team: Team) -> None:
    rated(team)
    move(team, "retired")
    assert score(team) == (5.0, 2, 1)


def test_what_was_approved_when_it_was_published_goes_on_counting(workspace: Workspace, tmp_path: Path) -> None:
    team = a_team(workspace, tmp_path / "content")
    rated(team)
    before = score(team)
    move(team, "pilot")
    assert score(team) == before == (4.0, 3, 0)


def test_an_approved_pilot_makes_the_next_version_worth_publishing(team: Team) -> None:
    view = plans.plan(team.workspace, by=team.people["Max"], plan_id=team.plan_id)
    assert view.says_the_same
    move(team, "approved")
    assert not plans.plan(team.workspace, by=team.people["Max"], plan_id=team.plan_id).says_the_same
