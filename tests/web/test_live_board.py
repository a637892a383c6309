"""The line of an open board, behind the gate, on both engines.

Ana, Bo and Mia sit in the panel round together. Max manages and sits in neither round.
"""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from panel.actions import scoring
from panel.actions.board import ONLY_MANAGERS
from panel.actions.kept_boards import Boards, boards_of
from panel.domain.board import Day
from panel.house import House
from panel.settings import Settings
from panel.web import live_board
from tests.asgi import OneBrowser
from tests.boards import BOARD, DAY, board_path
from tests.factories import a_team
from tests.web.test_live import QUESTION, Stage, in_loop

NO_DAY = "This page does not say which day it shows. Reload it."
NO_SUCH_DAY = "The board shows one day. Reload the page."


@pytest.fixture(autouse=True)
def nothing_but_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    """No sign of life comes between them."""
    monkeypatch.setattr(live_board, "HEARD_EVERY", 600)


@pytest.fixture
def stage(house: House, tmp_path: Path) -> Stage:
    return Stage(a_team(house.team, tmp_path / "content"), OneBrowser(house))


@pytest.fixture
def duck_stage(tmp_path: Path, quick_passwords: None) -> Iterator[Stage]:
    """On a file, for what no engine has a part in."""
    house = House(Settings(database=str(tmp_path / "panel.duckdb")))
    yield Stage(a_team(house.team, tmp_path / "content"), OneBrowser(house))
    house.close()


def people(push: dict[str, Any]) -> dict[str, Any]:
    """Who sits in the panel, by name."""
    panel = next(each for each in push["board"]["sittings"] if each["round"] == "Panel")
    return {each["name"]: each for each in panel["people"]}


def saved(stage: Stage, **what: Any) -> None:
    ana = {"by": stage.team.people["Ana"], "scorecard_id": stage.team.card("Ana").id, "question_key": QUESTION}
    scoring.save_rating(stage.team.workspace, **ana, **what)


@in_loop
async def test_a_board_is_sent_progress_and_presence_as_they_change_and_nothing_else(stage: Stage) -> None:
    async with stage.browser("Max").socket(BOARD) as board:
        first = people(await board.pushed(lambda push: True))
        assert {name: (each["here"], each["answered"]) for name, each in first.items()} == dict.fromkeys(
            ("Ana", "Bo", "Mia"), (False, 0)
        )
        async with stage.page("Ana") as ana:
            ana.say({"do": "at", "question": "what-bo-asks"})
            at_question = await board.pushed(lambda push: people(push)["Ana"]["number"])
            assert people(at_question)["Ana"]["prompt"] == "What is what-bo-asks?"
            await ana.ask("save", question=QUESTION, seen=0, change={"outcome": "rated", "level": 5, "note": "secret"})
            rated = people(await board.pushed(lambda push: people(push)["Ana"]["answered"] == 1))
            assert rated["Ana"] == people(at_question)["Ana"] | {"answered": 1, "notes": True}
        await board.pushed(lambda push: not people(push)["Ana"]["here"])
        assert {tuple(each) for each in board.frames} == {("push", "board")}
        assert "secret" not in str(board.frames)


@in_loop
async def test_what_nobody_told_arrives_too(stage: Stage) -> None:
    async with stage.browser("Max").socket(BOARD) as board:
        await board.pushed(lambda push: True)
        stage.team.workspace.database.write(
            lambda transaction: transaction.run("UPDATE interview SET state = 'cancelled'")
        )
        await board.pushed(lambda push: push["board"] == {"sittings": [], "late": []})


@in_loop
async def test_many_changes_at_once_are_few_pushes_and_what_changes_nothing_is_none(stage: Stage) -> None:
    async with stage.browser("Max").socket(BOARD) as board:
        await board.pushed(lambda push: True)
        for seen in range(12):
            saved(stage, seen_version=seen, note=f"note {seen}")
        await board.pushed(lambda push: people(push)["Ana"]["notes"])
        for seen in range(12, 24):
            saved(stage, seen_version=seen, note=f"note {seen}")
        saved(stage, seen_version=24, outcome="could_not_assess")
        await board.pushed(lambda push: people(push)["Ana"]["answered"] == 1)
        assert len(board.frames) == 3


@pytest.mark.parametrize("who", ["Ana", "Tom"])
@in_loop
async def test_interviewers_have_no_board(stage: Stage, who: str) -> None:
    async with stage.browser(who).socket(BOARD) as board:
        assert await board.until_closed() == (4403, ONLY_MANAGERS.encode()[:123].decode())
        assert board.frames == []


@in_loop
async def test_who_is_no_longer_a_manager_is_sent_nothing_more(stage: Stage) -> None:
    async with stage.browser("Max").socket(BOARD) as board:
        await board.pushed(lambda push: True)
        stage.team.change("Max", access="interviewer")
        assert (await board.until_closed())[0] == 4403
        assert len(board.frames) == 1


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/live?board=1", NO_DAY),
        ("/live?board=1&from=a&until=b", NO_DAY),
        ("/live?board=1&from=0&until=" + "9" * 400, NO_DAY),
        (board_path(Day(DAY.ends, DAY.starts)), NO_SUCH_DAY),
        (board_path(Day(DAY.starts, DAY.ends + timedelta(days=30))), NO_SUCH_DAY),
    ],
)
@in_loop
async def test_a_board_of_no_day_is_refused_with_a_sentence(duck_stage: Stage, path: str, sentence: str) -> None:
    async with duck_stage.browser("Max").socket(path) as board:
        assert await board.until_closed() == (4400, sentence)


@in_loop
async def test_days_that_differ_in_less_than_a_minute_are_one(duck_stage: Stage) -> None:
    browser = duck_stage.browser("Max")
    for late in (timedelta(0), timedelta(milliseconds=7), timedelta(seconds=59)):
        async with browser.socket(board_path(Day(DAY.starts + late, DAY.ends + late))) as board:
            assert len((await board.pushed(lambda push: True))["board"]["sittings"]) == 4
    kept: Boards[Any] = boards_of(duck_stage.team.workspace)
    assert list(kept._kept) == [DAY]


@in_loop
async def test_a_session_has_twenty_lines_and_another_session_its_own(duck_stage: Stage) -> None:
    browser, other = duck_stage.browser("Max"), duck_stage.browser("Max")
    async with AsyncExitStack() as lines:
        boards = [await lines.enter_async_context(browser.socket(BOARD)) for _ in range(20)]
        for board in boards:
            await board.pushed(lambda push: True)
        async with browser.socket(BOARD) as one_more, other.socket(BOARD) as elsewhere:
            sentence = "20 pages are open already. Close some; this one connects by itself."
            assert await one_more.until_closed() == (1013, sentence)
            assert one_more.frames == []
            await elsewhere.pushed(lambda push: True)
        boards[0].leave()
        await asyncio.wait_for(boards[0].ended(), 15)
        async with browser.socket(BOARD) as again:
            await again.pushed(lambda push: True)


@in_loop
async def test_what_a_board_says_is_not_listened_to(duck_stage: Stage) -> None:
    async with duck_stage.browser("Max").socket(BOARD) as board:
        await board.pushed(lambda push: True)
        board.say({"n": 1, "do": "look"})
        board.say_text("{")
        saved(duck_stage, seen_version=0, outcome="could_not_assess")
        await board.pushed(lambda push: people(push)["Ana"]["answered"] == 1)
        assert [each for each in board.frames if "n" in each] == []


@in_loop
async def test_a_board_on_which_nothing_changes_hears_that_it_is_connected(
    duck_stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_board, "HEARD_EVERY", 0.05)
    async with duck_stage.browser("Max").socket(BOARD) as board:
        assert await board.pushed(lambda push: len(board.frames) > 2 and "board" not in push) == {"push": "board"}
