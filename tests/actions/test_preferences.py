"""How people like their scoring screen, on both engines."""

from pathlib import Path

import pytest

from panel.actions import preferences
from panel.domain.preferences import Preferences
from panel.errors import NotAllowed
from panel.house import Workspace
from tests.factories import Call, Team, a_team, audited, outcomes, taking_a_person

WANTED = Preferences(go_on=True, open_answers=True)


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    return a_team(workspace, tmp_path / "content")


def mine(team: Team, who: str) -> Preferences:
    return preferences.my_preferences(team.workspace, by=team.people[who])


def prefer(team: Team, who: str, wanted: Preferences) -> Preferences:
    return preferences.prefer(team.workspace, by=team.people[who], wanted=wanted)


def test_everybody_begins_with_the_same_and_keeps_their_own(team: Team) -> None:
    assert (mine(team, "Ana"), mine(team, "Bo")) == (Preferences(), Preferences())
    assert prefer(team, "Ana", WANTED) == WANTED
    assert (mine(team, "Ana"), mine(team, "Bo")) == (WANTED, Preferences())
    other = Preferences(open_answers=True)
    assert prefer(team, "Ana", other) == other
    assert mine(team, "Ana") == other


def test_a_change_is_on_record_once(team: Team) -> None:
    for _ in range(2):
        prefer(team, "Ana", WANTED)
    prefer(team, "Ana", Preferences())
    ana = team.people["Ana"].id
    none = {"go_on": False, "open_answers": False}
    both = {"go_on": True, "open_answers": True}
    assert audited(team.workspace, "person", ana) == [(ana, "prefer", none, both), (ana, "prefer", both, none)]


def test_what_a_later_version_kept_beside_it_is_passed_over(team: Team) -> None:
    team.workspace.database.write(
        lambda transaction: transaction.run(
            "INSERT INTO preference (person_id, body) VALUES (?, ?)",
            team.people["Ana"].id,
            '{"go_on": true, "colour": "blue"}',
        )
    )
    assert mine(team, "Ana") == Preferences(go_on=True)


EVERYBODY = dict.fromkeys(("Ada", "Max", "Ana", "Tom", "demoted"), "yes") | {"deactivated": "NotAllowed"}
ACCESS: dict[str, Call] = {
    "my_preferences": lambda team, by: preferences.my_preferences(team.workspace, by=by),
    "prefer": lambda team, by: preferences.prefer(team.workspace, by=by, wanted=WANTED),
}


def test_the_table_of_access_names_every_action() -> None:
    assert set(ACCESS) == taking_a_person(preferences)


@pytest.mark.parametrize("action", ACCESS)
def test_everybody_has_their_own(team: Team, action: str) -> None:
    assert outcomes(team, ACCESS[action]) == EVERYBODY


def test_who_was_deactivated_keeps_nothing_new(team: Team) -> None:
    team.change("Bo", active=False)
    with pytest.raises(NotAllowed, match="This account has been deactivated"):
        prefer(team, "Bo", WANTED)
