"""Reading scorecards, on both engines: Ana, Bo and Mia (a manager) sit in the panel round with three questions."""

from pathlib import Path
from typing import Any

import pytest

from panel.actions import scheduling, scorecard_reading
from panel.actions.scorecard_reading import ScorecardView
from panel.errors import NotAllowed, NotFound
from panel.house import Workspace
from tests.actions.test_scoring import NOBODY_ELSE
from tests.factories import Call, Team, a_team, outcomes, taking_a_person
from tests.seats import book, opening_after_all, seat, waiting

PANEL = ("Ana", "Bo", "Mia")


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    return a_team(workspace, tmp_path / "content")


def card_of(team: Team, who: str, **which: Any) -> ScorecardView:
    card = team.card(who, **which)
    return scorecard_reading.scorecard(team.workspace, by=team.people[who], scorecard_id=card.id)


def read_by(team: Team, reader: str, of: str, **which: Any) -> list[str]:
    """Whose scorecards the reader finds beside one of the panel's; none where that is closed to them."""
    try:
        found = scorecard_reading.panel_scorecards(
            team.workspace, by=team.people[reader], scorecard_id=team.card(of, **which).id
        )
    except NotAllowed:
        return []
    return sorted(each.person_name for each in found)


def test_a_scorecard_comes_with_its_guide_own_question_first(team: Team) -> None:
    view = card_of(team, "Bo")
    assert [(item.question.key, item.asked_by) for item in view.guide.items] == [
        ("what-bo-asks", "Bo"), ("what-ana-asks", "Ana"), ("what-mia-asks", "Mia"),
    ]  # fmt: skip
    assert (view.person_name, view.role_name, view.candidate.name, view.round.name, view.colleagues, view.ratings) == (
        "Bo", "Engineer", "Priya", "Panel", ("Ana", "Mia"), {},
    )  # fmt: skip
    with pytest.raises(NotFound, match="This question is not part of this interview"):
        view.item("bo-alone")


def test_colleagues_read_each_other_after_submitting(team: Team) -> None:
    team.hand_in("Ana", levels=2, note="Ana heard this")
    team.hand_in("Bo", levels=4, note="Bo heard that")
    found = scorecard_reading.panel_scorecards(team.workspace, by=team.people["Ana"], scorecard_id=team.card("Ana").id)

    (bo,) = found
    assert (bo.person_name, bo.scorecard) == ("Bo", team.card("Bo"))
    assert [(rating.level, rating.note) for rating in bo.ratings.values()] == [(4, "Bo heard that")] * 3
    with pytest.raises(NotAllowed):
        scorecard_reading.scorecard(team.workspace, by=team.people["Ana"], scorecard_id=team.card("Mia").id)


class TestOpenAfterAll:
    """The plan's next version opens scorecards after everybody has submitted; Zoe's interviews are made from it."""

    def test_the_panel_waits_for_the_last_and_managers_off_it_do_not(self, team: Team) -> None:
        team = opening_after_all(team)
        zoe = team.add_candidate("Zoe")
        for name in ("Ana", "Mia"):
            team.hand_in(name, candidate=zoe)
        assert {each: read_by(team, each, each, candidate=zoe) for each in ("Ana", "Mia")} == {"Ana": [], "Mia": []}
        with pytest.raises(NotAllowed, match="the plan waits until everybody has"):
            scorecard_reading.scorecard(
                team.workspace, by=team.people["Mia"], scorecard_id=team.card("Ana", candidate=zoe).id
            )
        assert read_by(team, "Max", "Ana", candidate=zoe) == ["Mia"]
        team.hand_in("Bo", candidate=zoe)
        assert {each: read_by(team, each, each, candidate=zoe) for each in PANEL} == {
            "Ana": ["Bo", "Mia"], "Bo": ["Ana", "Mia"], "Mia": ["Ana", "Bo"],
        }  # fmt: skip

    def test_nobody_waits_for_a_shadow_and_a_shadow_waits_for_all(self, team: Team) -> None:
        team = opening_after_all(team)
        zoe = waiting(team)
        book(team, zoe, [*(seat(team, each) for each in PANEL), seat(team, "Ana", "Tom", shadow=True)])
        for name in ("Tom", "Ana", "Bo"):
            team.hand_in(name, candidate=zoe)
        assert [read_by(team, each, each, candidate=zoe) for each in ("Tom", "Ana")] == [[], []]
        team.hand_in("Mia", candidate=zoe)
        assert read_by(team, "Tom", "Tom", candidate=zoe) == ["Ana", "Bo", "Mia"]

        yan = waiting(team, "Yan")
        book(team, yan, [*(seat(team, each) for each in PANEL), seat(team, "Ana", "Tom", shadow=True)])
        for name in PANEL:
            team.hand_in(name, candidate=yan)
        assert [read_by(team, each, each, candidate=yan) for each in ("Ana", "Tom")] == [["Bo", "Mia"], []]

    def test_sittings_of_one_round_wait_for_each_other_and_not_for_a_cancelled_one(self, team: Team) -> None:
        team = opening_after_all(team)
        zoe = team.add_candidate("Zoe")
        where = {"candidate": zoe, "round_name": "Separate"}
        for name in ("Ana", "Bo"):
            team.hand_in(name, **where)
        assert read_by(team, "Ana", "Ana", **where) == []
        scheduling.cancel_interview(
            team.workspace, by=team.people["Max"], interview_id=team.card("Mia", **where).interview_id, seen_version=1
        )
        assert read_by(team, "Ana", "Ana", **where) == ["Bo"]

    def test_interviews_made_before_keep_what_their_version_said(self, team: Team) -> None:
        team.hand_in("Ana")
        team = opening_after_all(team)
        team.hand_in("Bo")
        assert [read_by(team, each, each) for each in ("Ana", "Bo")] == [["Bo"], ["Ana"]]
        assert [card_of(team, each).interview.opens for each in PANEL] == ["own"] * 3


def _fresh_card(team: Team) -> str:
    return team.card("Ana", candidate=team.add_candidate("Another")).id


ACCESS: dict[str, tuple[Call, dict[str, str]]] = {
    "scorecard": (
        lambda team, by: scorecard_reading.scorecard(team.workspace, by=by, scorecard_id=_fresh_card(team)),
        NOBODY_ELSE,
    ),
    "panel_scorecards": (
        lambda team, by: scorecard_reading.panel_scorecards(team.workspace, by=by, scorecard_id=_fresh_card(team)),
        NOBODY_ELSE,
    ),
    "awaited": (
        lambda team, by: scorecard_reading.awaited(team.workspace, by=by, scorecard_id=_fresh_card(team)),
        NOBODY_ELSE,
    ),
}


def test_the_table_of_access_names_every_action() -> None:
    assert set(ACCESS) == taking_a_person(scorecard_reading)


@pytest.mark.parametrize("action", ACCESS)
def test_nobody_reads_anothers_draft_whatever_their_access_level(team: Team, action: str) -> None:
    call, expected = ACCESS[action]
    assert outcomes(team, call) == expected


def test_a_scorecard_that_is_not_there_is_not_found(team: Team) -> None:
    for call in (scorecard_reading.scorecard, scorecard_reading.panel_scorecards):
        with pytest.raises(NotFound, match="This scorecard does not exist"):
            call(team.workspace, by=team.people["Ana"], scorecard_id="nothing")
