"""What is said to be withheld is what is not readable, on both engines, however the sittings of one round open."""

from itertools import product
from pathlib import Path

import pytest

from panel.house import Workspace
from panel.store import reports
from panel.store.database import Transaction
from tests.factories import Team, a_team

RATERS = ("Ana", "Bo", "Mia")


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    return a_team(workspace, tmp_path / "content")


def _state_of_the_round(team: Team, opens: tuple[str, ...], submitted: tuple[bool, ...]) -> None:
    """Ana, Bo and Mia each sit alone in the separate round; the panel round is gone."""
    cards = [team.card(name, round_name="Separate") for name in RATERS]

    def work(transaction: Transaction) -> None:
        for card, opening, is_in in zip(cards, opens, submitted, strict=True):
            transaction.run("UPDATE interview SET opens = ? WHERE id = ?", opening, card.interview_id)
            state = "submitted" if is_in else "draft"
            transaction.run("UPDATE scorecard SET state = ? WHERE id = ?", state, card.id)

    team.workspace.database.write(work)


def _seen(team: Team, reader: str) -> tuple[set[str], bool]:
    """Whose scorecards the reader may read in the separate round, and whether it is said to be withheld."""
    named = {"reader_id": team.people[reader].id, "role_id": team.role_id}
    with team.workspace.database.read() as transaction:
        found = reports.readable_recommendations(transaction, **named)
        withheld = reports.withheld_from(transaction, **named)
    return set(found["person_name"]), (team.candidate.id, team.round_id("Separate")) in withheld


def test_a_round_is_withheld_where_the_reader_owes_or_cannot_read_what_is_submitted(team: Team) -> None:
    team.cancel("Max")
    for opens, submitted in product(product(("own", "all"), repeat=3), product((False, True), repeat=3)):
        _state_of_the_round(team, opens, submitted)
        handed_in = {name for name, is_in in zip(RATERS, submitted, strict=True) if is_in}
        for reader in (*RATERS, "Max"):
            readable, withheld = _seen(team, reader)
            owes = reader in RATERS and reader not in handed_in
            assert (opens, submitted, reader, withheld) == (opens, submitted, reader, owes or readable < handed_in)


def test_a_sitting_that_waits_for_all_waits_for_one_that_does_not_and_not_the_other_way(team: Team) -> None:
    team.cancel("Max")
    _state_of_the_round(team, ("own", "all", "own"), (True, True, False))
    assert {name: _seen(team, name) for name in ("Ana", "Bo", "Mia", "Max")} == {
        "Ana": ({"Ana"}, True), "Bo": ({"Ana", "Bo"}, False), "Mia": (set(), True), "Max": ({"Ana", "Bo"}, False),
    }  # fmt: skip
