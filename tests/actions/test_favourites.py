"""Questions kept at hand, on both engines."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from panel.actions import favourites
from panel.errors import NotFound
from panel.house import Workspace
from tests.factories import Call, Team, a_team, audited, outcomes, taking_a_person


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    return a_team(workspace, tmp_path / "content")


def keep(team: Team, who: str, *keys: str) -> None:
    for key in keys:
        favourites.keep_at_hand(team.workspace, by=team.people[who], question_key=key)


def let_go(team: Team, who: str, key: str) -> None:
    favourites.let_go(team.workspace, by=team.people[who], question_key=key)


def of(team: Team, who: str) -> list[str]:
    return favourites.favourites(team.workspace, by=team.people[who])


def events(team: Team, who: str) -> list[str]:
    return [event[1] for event in audited(team.workspace, "person", team.people[who].id)]


def test_favourites_are_ones_own_and_the_newest_comes_first(team: Team) -> None:
    keep(team, "Ana", "ana-alone", "bo-alone")
    keep(team, "Bo", "mia-alone")
    assert (of(team, "Ana"), of(team, "Bo"), of(team, "Ada")) == (["bo-alone", "ana-alone"], ["mia-alone"], [])
    let_go(team, "Ana", "bo-alone")
    assert (of(team, "Ana"), of(team, "Bo")) == (["ana-alone"], ["mia-alone"])
    assert events(team, "Ana") == ["keep_at_hand", "keep_at_hand", "let_go"]


def test_doing_it_twice_changes_nothing(team: Team) -> None:
    keep(team, "Ana", "ana-alone", "ana-alone")
    let_go(team, "Ana", "bo-alone")
    assert (of(team, "Ana"), events(team, "Ana")) == (["ana-alone"], ["keep_at_hand"])


def test_two_tabs_at_once_keep_it_once(team: Team) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: keep(team, "Ana", "ana-alone"), range(8)))
    assert (of(team, "Ana"), events(team, "Ana")) == (["ana-alone"], ["keep_at_hand"])


@pytest.mark.parametrize(
    "key", ["", "nowhere", "<script>alert(1)</script>", "=cmd()", "'; DROP TABLE favourite; --", "x" * 9_999]
)
def test_what_is_not_in_the_bank_is_not_kept(team: Team, key: str) -> None:
    with pytest.raises(NotFound, match="This question is not in the bank any more"):
        keep(team, "Ana", key)
    let_go(team, "Ana", key)
    assert (of(team, "Ana"), events(team, "Ana")) == ([], [])


ACCESS: dict[str, Call] = {
    "favourites": lambda team, by: favourites.favourites(team.workspace, by=by),
    "keep_at_hand": lambda team, by: favourites.keep_at_hand(team.workspace, by=by, question_key="ana-alone"),
    "let_go": lambda team, by: favourites.let_go(team.workspace, by=by, question_key="ana-alone"),
}


def test_the_table_of_access_names_every_action() -> None:
    assert set(ACCESS) == taking_a_person(favourites)


@pytest.mark.parametrize("action", ACCESS)
def test_everybody_on_the_team_keeps_their_own(team: Team, action: str) -> None:
    expected = dict.fromkeys(("Ada", "Max", "Ana", "Tom", "demoted"), "yes") | {"deactivated": "NotAllowed"}
    assert outcomes(team, ACCESS[action]) == expected
