"""The board's page without a browser: who sees it, and what the browser is sent to draw."""

from collections.abc import Callable
from datetime import UTC, timedelta
from typing import Any

from panel.actions import scheduling
from panel.domain.basics import now
from tests.factories import Team
from tests.ui.driving import Tab

Seats = Callable[[str], Tab]


def begin_now(team: Team) -> None:
    """The candidate's panel began five minutes ago."""
    row = team.interviews()[0]
    scheduling.move_interview(
        team.workspace, by=team.people["Max"], interview_id=row["id"], seen_version=row["version"],
        starts_at=now() - timedelta(minutes=5),
    )  # fmt: skip


def board_of(tab: Tab) -> dict[str, Any]:
    found: dict[str, Any] = tab.data_of("board")["board"]
    return found


def test_a_manager_finds_the_day_with_its_people_and_what_is_overdue(team: Team, tab: Seats) -> None:
    begin_now(team)
    team.fill("Bo")
    team.hand_in("Ana")
    shown = board_of(tab("Max").open("board"))
    assert [(each["candidate"], each["round"], each["role"], each["phase"]) for each in shown["sittings"]] == [
        ("Priya", "Panel", "Engineer", "running")
    ]
    people = [
        (each["name"], each["answered"], each["questions"], each["notes"]) for each in shown["sittings"][0]["people"]
    ]
    assert people == [("Ana", 3, 3, None), ("Bo", 3, 3, None), ("Mia", 0, 3, False)]
    assert [(each["person"], each["candidate"], each["round"]) for each in shown["late"]] == [
        (name, "Priya", "Separate") for name in ("Ana", "Bo", "Mia")
    ]


def test_the_day_is_the_readers_day(team: Team, tab: Seats) -> None:
    opened = tab("Max")
    for zone, hours in (("America/New_York", 24), ("Asia/Kathmandu", 24), ("UTC", 24)):
        opened.app.context["timezone"] = zone
        sent = opened.open("board").data_of("board")
        assert sent["zone"] == zone
        assert sent["until"] - sent["from"] == timedelta(hours=hours) / timedelta(milliseconds=1)
        assert sent["from"] <= now().replace(tzinfo=UTC).timestamp() * 1000 < sent["until"]


def test_a_day_without_interviews_says_what_will_stand_here(team: Team, tab: Seats) -> None:
    team.cancel("Max")
    team.cancel("Max", round_name="Separate")
    opened = tab("Ada").open("board")
    assert board_of(opened) == {"sittings": [], "late": []}
    assert opened.lacks("No interview today.", "What is scheduled on Candidates for today stands here") == []


def test_an_interviewer_reads_who_may_see_it(team: Team, tab: Seats) -> None:
    begin_now(team)
    opened = tab("Ana").open("board")
    assert opened.warnings == [
        "Only hiring managers and administrators see the board. Your own interviews and open scorecards stand on Today."
    ]
    assert opened.data_of("board") == {}


def test_today_shows_managers_the_way_to_the_board_when_something_is_on(team: Team, tab: Seats) -> None:
    begin_now(team)
    team.fill("Bo")
    opened = tab("Max")
    assert opened.lacks("The team has 1 interview today; 1 runs now.") == []
    assert opened.links["Open the board"].startswith("board")
    assert "Open the board" not in tab("Ana").links


def test_today_of_a_day_without_interviews_says_nothing_of_the_board(team: Team, tab: Seats) -> None:
    assert "Open the board" not in tab("Max").links
