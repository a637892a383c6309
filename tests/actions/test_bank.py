"""Reading the bank: who may, how often a question was asked, and what blindness keeps from that count."""

from pathlib import Path

import pytest

from panel.actions import bank
from panel.actions.bank import Exposure
from panel.house import Workspace
from tests.factories import QUESTIONS, Call, Team, a_team, outcomes, taking_a_person

ASKED = "what-ana-asks"


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    return a_team(workspace, tmp_path / "content")


def exposure(team: Team, reader: str, key: str = ASKED) -> Exposure:
    found = bank.exposures(team.workspace, by=team.people[reader]).get(key, Exposure())
    assert bank.question(team.workspace, by=team.people[reader], key=key).exposure == found
    return found


class TestExposure:
    def test_candidates_are_counted_once_however_many_rated_the_answer(self, team: Team) -> None:
        for name in ("Ana", "Bo", "Mia"):
            team.hand_in(name)
        other = team.add_candidate("Quinn")
        team.hand_in("Ana", candidate=other)
        assert exposure(team, "Max") == Exposure(2, 0, (("Engineer", 2),))  # the interviews lie far back

    def test_what_was_not_asked_does_not_count(self, team: Team) -> None:
        team.hand_in("Ana", levels={ASKED: None})
        assert exposure(team, "Max") == Exposure()

    def test_a_draft_does_not_count(self, team: Team) -> None:
        team.fill("Ana")
        assert exposure(team, "Max") == Exposure()

    @pytest.mark.parametrize("reader", ["Bo", "Mia"])
    def test_who_still_owes_a_scorecard_learns_nothing_from_the_count(self, team: Team, reader: str) -> None:
        before = exposure(team, reader)
        team.hand_in("Ana")
        assert exposure(team, reader) == before == Exposure()
        assert exposure(team, "Max").asked == 1
        team.hand_in(reader)
        assert exposure(team, reader).asked == 1


MANY = {"Ada": "yes", "Max": "yes", "Ana": "yes", "Tom": "yes", "demoted": "yes", "deactivated": "NotAllowed"}
ACCESS: dict[str, Call] = {
    "questions": lambda team, by: bank.questions(team.workspace, by=by),
    "categories": lambda team, by: bank.categories(team.workspace, by=by),
    "question": lambda team, by: bank.question(team.workspace, by=by, key=ASKED),
    "exposures": lambda team, by: bank.exposures(team.workspace, by=by),
}


def test_the_table_of_access_names_every_action() -> None:
    assert set(ACCESS) == taking_a_person(bank)


@pytest.mark.parametrize("action", ACCESS)
def test_everybody_signed_in_reads_the_bank(team: Team, action: str) -> None:
    assert outcomes(team, ACCESS[action]) == MANY
    assert len(bank.questions(team.workspace, by=team.people["Ana"])) == len(QUESTIONS)
