"""A question on trial, on both engines: it is asked and rated, and counts nowhere until it is approved."""

from pathlib import Path

import pytest

from panel.actions import calibration, compare, own_calibration, plans
from panel.actions.calibration_parts import Basis
from panel.domain.questions import QuestionState
from panel.domain.scores import CompetencyScore
from panel.house import Workspace
from tests.actions.test_questions import move, put, stored
from tests.factories import Team, a_team, published

PILOT = "what-bo-asks"
LEVELS = {"what-ana-asks": 4, PILOT: 1, "what-mia-asks": 2}


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    """A team whose second version of the plan asks a pilot; a candidate has interviews of that version."""
    made = a_team(workspace, tmp_path / "content")
    put(made, PILOT, "pilot")
    version = published(made.workspace, made.people["Max"], made.plan_id)
    later = Team(made.workspace, made.people, made.role_id, made.plan_id, version, made.candidate)
    candidate = later.add_candidate("Zoe")
    return Team(made.workspace, made.people, made.role_id, made.plan_id, version, candidate)


def compared(team: Team) -> compare.Compared:
    found = compare.compare(team.workspace, by=team.people["Max"], role_id=team.role_id)
    return next(each for each in found.candidates if each.candidate.name == "Zoe")


def calibrated(team: Team) -> Basis:
    found = calibration.team_calibration(team.workspace, by=team.people["Max"]).basis
    assert found
    return found


def own_ratings(team: Team) -> int:
    return own_calibration.own_calibration(team.workspace, by=team.people["Ana"]).ratings


def test_a_pilot_is_shown_and_does_not_count(team: Team) -> None:
    team.hand_in("Ana", levels=LEVELS)
    team.hand_in("Bo", levels=LEVELS | {PILOT: 5})

    zoe = compared(team)
    assert {each.question_key: (each.level, each.counts) for each in zoe.observed if each.person_name == "Ana"} == {
        "what-ana-asks": (4, True), "what-mia-asks": (2, True), PILOT: (1, False),
    }  # fmt: skip
    assert zoe.score.competencies == {"Technical depth": CompetencyScore("Technical depth", 3.0, 4, 2)}
    assert (zoe.score.score, zoe.score.ratings, zoe.score.on_trial, zoe.score.splits) == (3.0, 4, 2, ())
    found = calibrated(team)
    assert found
    assert (found.ratings, own_ratings(team)) == (4, 2)


def test_it_counts_once_it_is_approved(team: Team) -> None:
    team.hand_in("Ana", levels=LEVELS)
    team.hand_in("Bo", levels=LEVELS | {PILOT: 5})
    move(team, team.people["Max"], stored(team, PILOT), "approved")

    zoe = compared(team)
    assert zoe.score.competencies == {
        "Technical depth": CompetencyScore("Technical depth", 3.0, 4, 2),
        "Explanation": CompetencyScore("Explanation", 3.0, 2, 2),
    }
    assert (zoe.score.ratings, zoe.score.on_trial) == (6, 0)
    assert [(each.question_key, each.gap) for each in zoe.score.splits] == [(PILOT, 4)]
    found = calibrated(team)
    assert found
    assert (found.ratings, own_ratings(team)) == (6, 3)


@pytest.mark.parametrize("state", ["draft", "in_review", "retired"])
def test_it_does_not_count_in_any_other_state(team: Team, state: QuestionState) -> None:
    team.hand_in("Ana", levels=LEVELS)
    put(team, PILOT, state)
    assert (compared(team).score.ratings, compared(team).score.on_trial) == (2, 1)


def test_what_was_approved_when_it_was_asked_counts_whatever_becomes_of_it(team: Team) -> None:
    team.hand_in("Ana", levels=LEVELS)
    put(team, "what-ana-asks", "pilot")
    put(team, "what-mia-asks", "retired")
    assert compared(team).score.score == 3.0


def test_where_only_pilots_were_rated_there_is_no_score_and_no_calibration(team: Team) -> None:
    team.hand_in("Ana", levels={PILOT: 3})
    zoe = compared(team)
    assert (zoe.score.score, zoe.score.ratings, zoe.score.on_trial, zoe.score.not_assessed) == (None, 0, 1, 2)
    assert (calibrated(team).ratings, own_ratings(team)) == (0, 0)


def test_the_plan_published_before_the_trial_still_counts_the_question(workspace: Workspace, tmp_path: Path) -> None:
    team = a_team(workspace, tmp_path / "content")
    put(team, PILOT, "pilot")
    team.hand_in("Ana", levels=LEVELS)
    (priya,) = compare.compare(team.workspace, by=team.people["Max"], role_id=team.role_id).candidates
    assert (priya.score.ratings, priya.score.on_trial) == (3, 0)


def test_an_approved_pilot_makes_the_next_version_worth_publishing(team: Team) -> None:
    view = plans.plan(team.workspace, by=team.people["Max"], plan_id=team.plan_id)
    assert view.says_the_same
    move(team, team.people["Max"], stored(team, PILOT), "approved")
    assert not plans.plan(team.workspace, by=team.people["Max"], plan_id=team.plan_id).says_the_same


@pytest.mark.parametrize("state", ["draft", "pilot", "retired"])
def test_what_counted_once_goes_on_counting(team: Team, state: QuestionState) -> None:
    team.hand_in("Ana", levels=LEVELS)
    move(team, team.people["Max"], stored(team, PILOT), "approved")
    before = compared(team).score
    move(team, team.people["Max"], stored(team, PILOT), state)
    assert compared(team).score == before
    assert before.on_trial == 0
