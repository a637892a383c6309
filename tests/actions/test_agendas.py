"""Whose work is to be done, on both engines: Ana, Bo and Mia sit in Priya's panel and in sittings of their own."""

from datetime import timedelta
from pathlib import Path

import pytest

from panel.actions import agendas, scoring
from panel.house import Workspace
from tests.factories import MONDAY, Call, Team, a_team, outcomes, taking_a_person


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    return a_team(workspace, tmp_path / "content")


def test_today_shows_own_interviews_and_how_far_their_scorecards_are(team: Team) -> None:
    ana = {"by": team.people["Ana"], "scorecard_id": team.card("Ana").id, "seen_version": 0}
    scoring.save_rating(team.workspace, **ana, question_key="what-ana-asks", outcome="rated", level=4)
    scoring.save_rating(team.workspace, **ana, question_key="what-bo-asks", outcome="not_asked")
    scoring.save_rating(team.workspace, **ana, question_key="what-mia-asks", note="only a note so far")

    separate, panel = sorted(agendas.my_agenda(team.workspace, by=team.people["Ana"]), key=lambda each: each.minutes)
    shared = {"candidate_name": "Priya", "candidate_about": "", "plan_title": "Onsite", "role_name": "Engineer"}
    assert panel == agendas.Agenda(
        scorecard_id=team.card("Ana").id, round_name="Panel", sitting="panel", starts_at=MONDAY, minutes=60,
        answered=2, questions=3, submitted=False, with_whom=("Bo", "Mia"), **shared,
    )  # fmt: skip
    assert separate == agendas.Agenda(
        scorecard_id=team.card("Ana", round_name="Separate").id, round_name="Separate", sitting="separate",
        starts_at=MONDAY, minutes=30, answered=0, questions=1, submitted=False, with_whom=(), **shared,
    )  # fmt: skip
    assert agendas.my_agenda(team.workspace, by=team.people["Tom"]) == []


def test_a_cancelled_interview_leaves_today(team: Team) -> None:
    team.cancel("Max")
    assert [each.round_name for each in agendas.my_agenda(team.workspace, by=team.people["Ana"])] == ["Separate"]


def test_managers_are_told_whose_scorecards_they_wait_for(team: Team) -> None:
    team.hand_in("Ana")
    team.fill("Bo")
    team.cancel("Max", round_name="Separate")

    def waiting(minutes: int) -> list[agendas.Missing]:
        return agendas.missing_scorecards(
            team.workspace, by=team.people["Max"], before=MONDAY + timedelta(minutes=minutes)
        )

    assert waiting(0) == []  # it begins just now
    late = sorted(waiting(1), key=lambda each: each.person_name)
    assert late == [
        agendas.Missing(team.people[name].id, name, "Priya", "Panel", MONDAY, team.card(name).id)
        for name in ("Bo", "Mia")
    ]
    team.submit("Bo")
    assert [each.person_name for each in waiting(1)] == ["Mia"]


NO = "NotAllowed"
MANAGERS = {"Ada": "yes", "Max": "yes", "Ana": NO, "Tom": NO, "demoted": NO, "deactivated": NO}
ACCESS: dict[str, tuple[Call, dict[str, str]]] = {
    "my_agenda": (
        lambda team, by: agendas.my_agenda(team.workspace, by=by),
        dict.fromkeys(MANAGERS, "yes") | {"deactivated": NO},
    ),
    "missing_scorecards": (
        lambda team, by: agendas.missing_scorecards(team.workspace, by=by, before=MONDAY),
        MANAGERS,
    ),
}


def test_the_table_of_access_names_every_action() -> None:
    assert set(ACCESS) == taking_a_person(agendas)


@pytest.mark.parametrize("action", ACCESS)
def test_everybody_sees_their_own_work_and_managers_who_is_late(team: Team, action: str) -> None:
    call, expected = ACCESS[action]
    assert outcomes(team, call) == expected
