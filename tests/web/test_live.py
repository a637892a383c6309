"""The websocket of scoring pages and boards, behind the gate, on both engines.

Ana, Bo and Mia sit in the panel round together, and each alone in the separate round. Max manages and sits in neither.
"""

import asyncio
import functools
import json
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from panel.actions import accounts, handovers, leading, own_draft, rating_saves, scoring
from panel.actions.desk import desk_state
from panel.domain.basics import now
from panel.domain.scorecards import LONGEST_NOTE, Closing
from panel.house import House
from panel.settings import Settings
from panel.web import live_page, live_requests, live_socket, sockets
from tests.ahead import move
from tests.asgi import HOST, OneBrowser, OneSocket
from tests.boards import BOARD
from tests.factories import MONDAY, Team, a_team
from tests.teammates import signed_in

QUESTION = "what-ana-asks"
EMPTY = {"recommendation": None, "confidence": None, "summary": ""}
END = {"recommendation": "yes", "confidence": "high", "summary": ""}
NOT_READ = {"ok": False, "kind": "input", "sentence": live_requests.NOT_READ}


@dataclass
class Stage:
    """A team behind its gate, each with a browser."""

    team: Team
    front: OneBrowser

    def browser(self, name: str) -> OneBrowser:
        token = signed_in(self.team.workspace, self.team.people[name])
        return self.front.another(cookie=f"{self.team.workspace.name}.{token}")

    def page(self, name: str, *, tab: str = "a", round_name: str = "Panel") -> OneSocket:
        card = self.team.card(name, round_name=round_name).id
        return self.browser(name).socket(f"/live?scorecard={card}&tab={tab}")

    def stored(self, name: str, round_name: str = "Panel") -> dict[str, Any]:
        """The state as a page would look it up now."""
        card = self.team.card(name, round_name=round_name).id
        return desk_state(self.team.workspace, by=self.team.people[name], scorecard_id=card).model_dump(mode="json")


@pytest.fixture
def stage(house: House, tmp_path: Path) -> Stage:
    return Stage(a_team(house.team, tmp_path / "content"), OneBrowser(house))


@pytest.fixture
def duck_stage(tmp_path: Path, quick_passwords: None) -> Iterator[Stage]:
    """On a file, for what no engine has a part in."""
    house = House(Settings(database=str(tmp_path / "panel.duckdb")))
    yield Stage(a_team(house.team, tmp_path / "content"), OneBrowser(house))
    house.close()


def in_loop(test: Callable[..., Coroutine[Any, Any, None]]) -> Callable[..., None]:
    @functools.wraps(test)
    def run(*own: Any, **given: Any) -> None:
        asyncio.run(test(*own, **given))

    return run


async def first_state(page: OneSocket) -> dict[str, Any]:
    return (await page.pushed(lambda push: push["push"] == "state"))["state"]


def rating(**changes: Any) -> dict[str, Any]:
    """An empty rating as a page knows it, with changes; `at` is left out."""
    facts = {"outcome": "open", "level": None, "reason": "", "note": "", "probes": [], "reworded": False, "version": 0}
    return facts | changes


def without_time(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer to a save; that it says when it was saved is checked here."""
    assert answer["rating"]["at"] > 1_700_000_000_000
    return answer | {"rating": {key: value for key, value in answer["rating"].items() if key != "at"}}


class TestConnecting:
    @in_loop
    async def test_a_page_is_sent_its_whole_state_at_once(self, stage: Stage) -> None:
        async with stage.page("Ana") as page:
            people = {name: stage.team.people[name].id for name in ("Ana", "Bo", "Mia")}
            shown = {"shadow": False, "submitted": False}
            assert await first_state(page) == {
                "interview_id": stage.team.card("Ana").interview_id,
                "starts": MONDAY.replace(tzinfo=UTC).timestamp() * 1000,
                "minutes": 60,
                "version": 1,
                "ratings": {},
                "closing": EMPTY,
                "submitted": False,
                "cancelled": False,
                "panel": {
                    "started": None,
                    "lead": None,
                    "question": "",
                    "people": [
                        {"id": people["Ana"], "name": "Ana", "here": True, "me": True, **shown},
                        {"id": people["Bo"], "name": "Bo", "here": False, "me": False, **shown},
                        {"id": people["Mia"], "name": "Mia", "here": False, "me": False, **shown},
                    ],
                },
                "handovers": [],
                "handover": None,
                "preferences": {"go_on": False, "open_answers": False},
            }

    @pytest.mark.parametrize("what", ["no cookie", "made up", "deactivated", "another site", "no origin"])
    @in_loop
    async def test_without_a_session_a_page_is_told_so_and_another_site_is_told_nothing(
        self, stage: Stage, what: str
    ) -> None:
        browser, origin = stage.browser("Ana"), f"https://{HOST}"
        if what == "no cookie":
            browser.cookie = ""
        elif what == "made up":
            browser.cookie = "team.made-up"
        elif what == "deactivated":
            stage.team.change("Ana", active=False)
        else:
            origin = "https://evil.example" if what == "another site" else ""
        card = stage.team.card("Ana").id
        for path in (f"/live?scorecard={card}&tab=a", BOARD):
            async with browser.socket(path, origin=origin) as page:
                assert await page.until_closed() == (1008, "sign in first")
                assert (page.accepted, page.frames) == (origin == f"https://{HOST}", [])

    @in_loop
    async def test_a_database_that_cannot_be_asked_signs_nobody_out(
        self, duck_stage: Stage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sockets, "TRUSTED_FOR", 0)
        async with duck_stage.page("Ana") as page:
            await first_state(page)
            later = duck_stage.browser("Ana").socket(BOARD)
            duck_stage.team.workspace.database.close()
            page.say({"n": 1, "do": "look"})
            assert await page.until_closed() == (1013, "the database cannot be reached")
            async with later as board:
                assert await board.until_closed() == (1013, "the database cannot be reached")
                assert (board.accepted, board.frames) == (True, [])

    @pytest.mark.parametrize("who", ["Bo", "Mia", "Max", "Ada", "Tom"])
    @pytest.mark.parametrize("state", ["draft", "submitted", "cancelled"])
    @in_loop
    async def test_nobody_opens_anothers_scorecard_for_writing(self, stage: Stage, who: str, state: str) -> None:
        card = stage.team.card("Ana").id
        if state == "submitted":
            stage.team.hand_in("Ana")
        elif state == "cancelled":
            stage.team.cancel("Max")
        async with stage.browser(who).socket(f"/live?scorecard={card}&tab=a") as page:
            refusal = await page.until_closed()
            assert refusal == (4403, "Only its interviewer opens a scorecard for writing.")
            assert page.frames == []

    @pytest.mark.parametrize(
        "query", ["", "?scorecard=", "?scorecard=gone&tab=x", "?scorecard=%00", "?scorecard=%27%3B"]
    )
    @in_loop
    async def test_a_scorecard_that_is_not_there_is_said_to_be_missing(self, stage: Stage, query: str) -> None:
        async with stage.browser("Ana").socket(f"/live{query}") as page:
            assert await page.until_closed() == (4404, "This scorecard does not exist. Open one from Today.")
            assert page.frames == []

    @in_loop
    async def test_the_demo_team_has_a_line_of_its_own(self, house: House, tmp_path: Path) -> None:
        demo = Stage(a_team(house.open_demo(), tmp_path / "demo"), OneBrowser(house))
        card = demo.team.card("Ana").id
        async with demo.page("Ana") as page:
            await first_state(page)
            assert (await page.ask("save", question=QUESTION, seen=0, change={"note": "in the demo"}))["ok"] is True
        assert demo.stored("Ana")["ratings"][QUESTION]["note"] == "in the demo"

        stranger = demo.browser("Ana")
        stranger.cookie = stranger.cookie.replace("demo.", "team.")
        async with stranger.socket(f"/live?scorecard={card}&tab=a") as page:
            assert await page.until_closed() == (1008, "sign in first")

    @in_loop
    async def test_a_submitted_or_cancelled_scorecard_says_so_and_keeps_what_its_owner_wrote(
        self, stage: Stage
    ) -> None:
        stage.team.hand_in("Ana", note="as it was")
        stage.team.cancel("Max", round_name="Separate")
        card = _of_the_cancelled(stage, "Ana")
        async with stage.page("Ana") as one, stage.browser("Ana").socket(f"/live?scorecard={card}&tab=b") as two:
            sealed, cancelled = await first_state(one), await first_state(two)
        assert (sealed["submitted"], sealed["cancelled"]) == (True, False)
        assert {each["note"] for each in sealed["ratings"].values()} == {"as it was"}
        assert (cancelled["submitted"], cancelled["cancelled"], cancelled["ratings"]) == (False, True, {})


def _of_the_cancelled(stage: Stage, name: str) -> str:
    with stage.team.workspace.database.read() as transaction:
        row = transaction.row(
            "SELECT s.id FROM scorecard s JOIN interview i ON i.id = s.interview_id "
            "WHERE i.state = 'cancelled' AND s.person_id = ?",
            stage.team.people[name].id,
        )
    assert row
    return str(row["id"])


class TestAsking:
    @in_loop
    async def test_a_rating_is_saved_part_by_part(self, stage: Stage) -> None:
        async with stage.page("Ana") as page:

            async def save(seen: int, **change: Any) -> dict[str, Any]:
                return without_time(await page.ask("save", question=QUESTION, seen=seen, change=change))

            assert await save(0, outcome="rated", level=4) == {
                "ok": True, "rating": rating(outcome="rated", level=4, version=1),
            }  # fmt: skip
            assert await save(1, note="why 🧪", probes=[1, 0, 9], reworded=True) == {
                "ok": True,
                "rating": rating(outcome="rated", level=4, note="why 🧪", probes=[0, 1], reworded=True, version=2),
            }
            assert await save(2, outcome="not_asked", reason="time") == {
                "ok": True,
                "rating": rating(
                    outcome="not_asked", reason="time", note="why 🧪", probes=[0, 1], reworded=True, version=3
                ),
            }

    @in_loop
    async def test_half_a_character_keeps_nothing_from_being_saved(self, stage: Stage) -> None:
        stage.team.fill("Ana")
        async with stage.page("Ana") as page:
            page.say_text(
                '{"n": 5, "do": "save", "question": "what-ana-asks", "seen": 1, '
                '"change": {"note": "whole \\ud83e\\uddea, half \\ud83e and \\uddea"}}'
            )
            assert (await page.answer(5))["rating"]["note"] == "whole 🧪, half \ufffd and \ufffd"
            page.say({"n": 6, "do": "close", "seen": END, "new": END | {"summary": "cut off \ud83e"}})
            assert (await page.answer(6))["closing"]["summary"] == "cut off \ufffd"
            page.say({"n": 7, "do": "hand_over", "text": "\uddea was asked"})
            assert (await page.answer(7))["handover"]["text"] == "\ufffd was asked"
        stored = stage.stored("Ana")
        assert (stored["ratings"][QUESTION]["note"], stored["closing"]["summary"], stored["handover"]["text"]) == (
            "whole 🧪, half \ufffd and \ufffd", "cut off \ufffd", "\ufffd was asked",
        )  # fmt: skip

    @in_loop
    async def test_what_is_sent_twice_is_written_once(self, stage: Stage) -> None:
        change = {"do": "save", "question": QUESTION, "seen": 0, "change": {"outcome": "rated", "level": 2}}
        async with stage.page("Ana") as page:
            page.say({"n": 1, **change})
            page.say({"n": 2, **change})
            assert await page.answer(1) == await page.answer(2)
        assert stage.stored("Ana")["ratings"][QUESTION]["version"] == 1

    @in_loop
    async def test_requests_said_at_once_are_answered_in_their_order(self, stage: Stage) -> None:
        async with stage.page("Ana") as page:
            for n in range(20):
                change = {"note": f"note {n}"}
                page.say({"n": n, "do": "save", "question": QUESTION, "seen": n, "change": change})
            await page.answer(19)
            answers = [each for each in page.frames if "n" in each]
        assert [(each["n"], each["rating"]["note"], each["rating"]["version"]) for each in answers] == [
            (n, f"note {n}", n + 1) for n in range(20)
        ]

    @in_loop
    async def test_the_end_is_kept_then_the_scorecard_sealed(self, stage: Stage) -> None:
        stage.team.fill("Ana")
        async with stage.page("Ana") as page:
            new = END | {"recommendation": "no", "summary": "Not yet."}
            assert await page.ask("close", seen=END, new=new) == {"ok": True, "closing": new, "version": 3}
            assert await page.ask("submit", seen=new) == {"ok": True, "sealed": True}
            state = (await page.pushed(lambda push: push["state"]["submitted"]))["state"]
            assert state["closing"] == new
            assert await page.ask("save", question=QUESTION, seen=1, change={"note": "later"}) == {
                "ok": False, "kind": "sealed", "sentence": own_draft.SEALED,
            }  # fmt: skip

    @in_loop
    async def test_a_submission_says_what_is_missing(self, stage: Stage) -> None:
        async with stage.page("Ana") as page:
            assert await page.ask("submit", seen=EMPTY) == {
                "ok": False,
                "kind": "input",
                "sentence": "Questions 1, 2 and 3: choose a level, “not asked” or “could not assess”. "
                "Choose a recommendation. Say how sure you are.",
            }

    @in_loop
    async def test_a_handover_is_refused_reminded_or_sent(self, stage: Stage) -> None:
        async with stage.page("Ana") as page:

            async def hand_over(text: str, **how: bool) -> dict[str, Any]:
                return await page.ask("hand_over", text=text, **how)

            refused = await hand_over("I rated it 4")
            assert (refused["ok"], refused["kind"]) == (False, "input")
            reminded = await hand_over("A strong talker")
            assert (reminded["ok"], reminded["kind"]) == (False, "reminder")
            assert "“strong” may judge the person" in reminded["sentence"]
            assert await hand_over("A strong talker", as_it_is=True) == {
                "ok": True, "handover": {"text": "A strong talker", "version": 1},
            }  # fmt: skip
            assert await hand_over("") == {"ok": True, "handover": {"text": "", "version": 2}}

    @in_loop
    async def test_the_panel_is_started_led_moved_and_let_go(self, stage: Stage) -> None:
        ana = stage.team.people["Ana"].id
        async with stage.page("Ana") as page:
            panel = (await first_state(page))["panel"]
            started = await page.ask("start")
            assert started["panel"]["started"] > 1_700_000_000_000
            assert started == {"ok": True, "panel": panel | {"started": started["panel"]["started"]}}
            assert await page.ask("start") == started
            assert (await page.ask("start", again=True))["panel"]["started"] > started["panel"]["started"]
            assert await page.ask("move", question="what-bo-asks") == {
                "ok": False, "kind": "not_allowed", "sentence": "Nobody leads the panel. Take the lead first.",
            }  # fmt: skip
            assert [
                (answer["panel"]["lead"], answer["panel"]["question"])
                for answer in (
                    await page.ask("lead", instead_of=None),
                    await page.ask("lead"),
                    await page.ask("move", question="what-bo-asks"),
                    await page.ask("unlead"),
                )
            ] == [(ana, QUESTION), (ana, QUESTION), (ana, "what-bo-asks"), (None, "what-bo-asks")]

    @in_loop
    async def test_preferences_are_kept_for_the_person(self, stage: Stage) -> None:
        wanted = {"go_on": True, "open_answers": False}
        async with stage.page("Ana") as page:
            assert await page.ask("prefer", **wanted) == {"ok": True, "preferences": wanted}
        assert [stage.stored(name)["preferences"]["go_on"] for name in ("Ana", "Bo")] == [True, False]

    @in_loop
    async def test_a_look_is_answered_with_the_whole_state(self, stage: Stage) -> None:
        async with stage.page("Ana") as page:
            await page.ask("save", question=QUESTION, seen=0, change={"note": "mine"})
            answer = await page.ask("look")
        stored = stage.stored("Ana")
        assert stored["ratings"][QUESTION]["note"] == "mine"
        assert answer == {"ok": True, "state": stored}


class TestRefusing:
    @in_loop
    async def test_a_stale_change_comes_back_with_what_is_stored(self, stage: Stage) -> None:
        ana = {"by": stage.team.people["Ana"], "scorecard_id": stage.team.card("Ana").id}
        async with stage.page("Ana") as page:
            await first_state(page)
            scoring.save_rating(
                stage.team.workspace, **ana, question_key=QUESTION, seen_version=0, note="from elsewhere"
            )
            stored = Closing(summary="from elsewhere")
            scoring.save_closing(stage.team.workspace, **ana, seen=Closing(), new=stored)

            refused = await page.ask("save", question=QUESTION, seen=0, change={"note": "mine"})
            assert without_time(refused) == {
                "ok": False, "kind": "stale", "sentence": rating_saves.CHANGED_ELSEWHERE,
                "rating": rating(note="from elsewhere", version=1),
            }  # fmt: skip
            sentence = "The end of this scorecard was changed in another tab. The newer state is shown now."
            assert await page.ask("close", seen=EMPTY, new=EMPTY | {"summary": "mine"}) == {
                "ok": False, "kind": "stale", "sentence": sentence, "closing": stored.model_dump(),
                "version": 2,
            }  # fmt: skip

    @in_loop
    async def test_a_stale_handover_comes_back_with_the_one_that_was_sent(self, stage: Stage) -> None:
        async with stage.page("Ana", tab="a") as one, stage.page("Ana", tab="b") as two:
            sent = await one.ask("hand_over", text="We stopped at caching.", seen=0)
            assert sent == {"ok": True, "handover": {"text": "We stopped at caching.", "version": 1}}
            assert await two.ask("hand_over", text="We stopped at sharding.", seen=0) == {
                "ok": False, "kind": "stale", "sentence": handovers.SENT_ELSEWHERE, "handover": sent["handover"],
            }  # fmt: skip
            assert await two.ask("hand_over", text="Both.", seen=-1) == NOT_READ
            again = await two.ask("hand_over", text="We stopped at caching and sharding.", seen=1)
        assert again["handover"]["version"] == 2
        assert stage.stored("Ana")["handover"] == again["handover"]

    @in_loop
    async def test_an_end_that_was_not_seen_is_not_sealed(self, stage: Stage) -> None:
        stage.team.fill("Ana")
        async with stage.page("Ana") as page:
            assert await page.ask("submit", seen=EMPTY) == {
                "ok": False, "kind": "stale", "closing": END, "version": 2,
                "sentence": "The end of this scorecard was changed in another tab. Look at it once more, then submit.",
            }  # fmt: skip
        assert stage.team.card("Ana").state == "draft"

    @pytest.mark.parametrize(
        ("do", "what", "kind", "sentence"),
        [
            ("save", {"question": QUESTION, "seen": 0, "change": {"outcome": "rated", "level": 9}}, "input",
             "Choose a level from 1 to 5."),
            ("save", {"question": QUESTION, "seen": 0, "change": {"note": "x" * (LONGEST_NOTE + 1)}}, "input",
             "Keep a note under 10,000 characters; this one has 10,001. It was not saved."),
            ("save", {"question": "ana-alone", "seen": 0, "change": {"note": "x"}}, "not_found",
             "This question is not part of this interview."),
            ("close", {"seen": EMPTY, "new": EMPTY | {"summary": "x" * (LONGEST_NOTE + 1)}}, "input",
             "Keep a note under 10,000 characters; this one has 10,001. It was not saved."),
            ("hand_over", {"text": "x" * 1001}, "input",
             "Keep a handover under 1,000 characters; this one has 1,001."),
            ("lead", {"instead_of": "nobody"}, "stale", "The lead was given up a moment ago."),
        ],
    )  # fmt: skip
    @in_loop
    async def test_what_cannot_be_is_refused_in_a_sentence(
        self, stage: Stage, do: str, what: dict[str, Any], kind: str, sentence: str
    ) -> None:
        async with stage.page("Ana") as page:
            before = await first_state(page)
            assert await page.ask(do, **what) == {"ok": False, "kind": kind, "sentence": sentence}
            assert (await page.ask("look"))["state"] == before

    @pytest.mark.parametrize(
        ("text", "n"),
        [
            ("", None), ("{", None), ("[]", None), ("7", None), ("null", None), ('"save"', None), ("{}", None),
            ("[" * 60_000, None), ('{"n": 1' + "0" * 5000 + "}", None),
            ('{"n": 5}', 5), ('{"n": 5, "do": "drop"}', 5), ('{"n": 5, "do": ["look"]}', 5), ('{"do": "look"}', None),
            ('{"n": "5", "do": "look"}', None), ('{"n": 5, "do": "save"}', 5),
            ('{"n": 5, "do": "save", "question": 7, "seen": 0, "change": {}}', 5),
            ('{"n": 5, "do": "save", "question": "what-ana-asks", "seen": "0", "change": {}}', 5),
            ('{"n": 5, "do": "save", "question": "what-ana-asks", "seen": -1, "change": {}}', 5),
            ('{"n": 5, "do": "save", "question": "what-ana-asks", "seen": 99999999999999999999, "change": {}}', 5),
            ('{"n": 5, "do": "save", "question": "what-ana-asks", "seen": 0, "change": {"level": 1.5}}', 5),
            ('{"n": 5, "do": "save", "question": "what-ana-asks", "seen": 0, "change": {"outcome": "hired"}}', 5),
            ('{"n": 5, "do": "save", "question": "what-ana-asks", "seen": 0, "change": {"scorecard_id": "x"}}', 5),
            ('{"n": 5, "do": "close", "seen": {}, "new": {"recommendation": "maybe"}}', 5),
            ('{"n": 5, "do": "submit"}', 5), ('{"n": 5, "do": "move", "question": null}', 5),
            ('{"n": 5, "do": "prefer", "go_on": "yes", "open_answers": 1}', 5),
            ('{"n": 5, "do": "at", "question": "<b>where</b>"}', None), ('{"do": "at", "question": "\\ud800"}', None),
            ('{"do": "at"}', None),
        ],
    )  # fmt: skip
    @in_loop
    async def test_what_is_no_request_is_answered_and_the_page_goes_on(
        self, duck_stage: Stage, text: str, n: int | None
    ) -> None:
        async with duck_stage.page("Ana") as page:
            before = await first_state(page)
            page.say_text(text)
            assert await page.answer(n) == NOT_READ
            page.say({"n": 77, "do": "look"})
            assert (await page.answer(77))["state"] == before

    @in_loop
    async def test_bytes_are_no_request(self, duck_stage: Stage) -> None:
        async with duck_stage.page("Ana") as page:
            page.say_bytes(b'{"n": 1, "do": "look"}')
            assert await page.answer(None) == NOT_READ

    @in_loop
    async def test_a_message_that_is_too_large_closes_the_line(self, duck_stage: Stage) -> None:
        async with duck_stage.page("Ana") as page:
            page.say({"n": 1, "do": "save", "question": QUESTION, "seen": 0, "change": {"note": "x" * 70_000}})
            assert await page.until_closed() == (1009, "A message of this page is too large.")
        assert duck_stage.stored("Ana")["ratings"] == {}

    @in_loop
    async def test_what_was_not_foreseen_is_logged_and_said_plainly(
        self, stage: Stage, caplog: pytest.LogCaptureFixture
    ) -> None:
        stage.team.fill("Ana")
        async with stage.page("Ana") as page:
            await first_state(page)
            stage.team.workspace.database.write(
                lambda transaction: transaction.run("UPDATE rating SET probes_asked = 'no list'")
            )
            answer = await page.ask("save", question=QUESTION, seen=1, change={"note": "x"})
        assert answer == {"ok": False, "kind": "unexpected", "sentence": live_requests.UNEXPECTED}
        assert "A request of a scoring page failed" in caplog.text

    @in_loop
    async def test_a_database_that_cannot_be_used_is_said_and_the_page_is_kept(self, duck_stage: Stage) -> None:
        async with duck_stage.page("Ana") as page:
            await first_state(page)
            duck_stage.team.workspace.database.close()
            answer = await page.ask("save", question=QUESTION, seen=0, change={"note": "x"})
            assert (answer["ok"], answer["kind"], page.closed) == (False, "storage", None)
            assert "has been closed" in answer["sentence"]


class TestHearing:
    @in_loop
    async def test_another_tab_is_sent_what_was_saved_and_the_saving_one_is_not(self, stage: Stage) -> None:
        async with stage.page("Ana", tab="a") as one, stage.page("Ana", tab="b") as two:
            await first_state(one)
            await first_state(two)
            saved = await one.ask("save", question=QUESTION, seen=0, change={"outcome": "rated", "level": 3})
            heard = (await two.pushed(lambda push: push["state"]["ratings"]))["state"]
            assert heard["ratings"] == {QUESTION: saved["rating"]}

            assert (await two.ask("save", question=QUESTION, seen=0, change={"note": "more"}))["ok"] is True
            await one.pushed(lambda push: push["state"]["ratings"].get(QUESTION, {}).get("note") == "more")
            assert [push["state"]["ratings"].get(QUESTION, {}).get("version", 0) for push in one.pushes] == [0, 2]

    @in_loop
    async def test_two_tabs_that_say_different_things_are_both_told(self, stage: Stage) -> None:
        async with stage.page("Ana", tab="a") as one, stage.page("Ana", tab="b") as two:
            await first_state(one)
            await first_state(two)
            answers = await asyncio.gather(
                one.ask("save", question=QUESTION, seen=0, change={"note": "one"}),
                two.ask("save", question=QUESTION, seen=0, change={"note": "two"}),
            )
            (won,) = [each for each in answers if each["ok"]]
            (lost,) = [each for each in answers if not each["ok"]]
            assert (lost["kind"], lost["rating"]) == ("stale", won["rating"])

    @in_loop
    async def test_the_panel_follows_its_lead(self, stage: Stage) -> None:
        async with stage.page("Ana") as ana, stage.page("Bo") as bo, stage.page("Mia") as mia:
            assert (await ana.ask("lead", instead_of=None))["ok"] is True
            for place in ("what-mia-asks", "what-bo-asks"):
                await ana.ask("move", question=place)
                for page in (bo, mia):
                    push = await page.pushed(lambda push, place=place: push["state"]["panel"]["question"] == place)
                    assert push["state"]["panel"]["lead"] == stage.team.people["Ana"].id

    @in_loop
    async def test_of_two_who_take_the_lead_at_once_the_second_is_told_who_leads(self, stage: Stage) -> None:
        async with stage.page("Ana") as ana, stage.page("Bo") as bo:
            answers = await asyncio.gather(ana.ask("lead", instead_of=None), bo.ask("lead", instead_of=None))
            (won,) = [each for each in answers if each["ok"]]
            (lost,) = [each for each in answers if not each["ok"]]
            winner = next(each["name"] for each in won["panel"]["people"] if each["id"] == won["panel"]["lead"])
            assert lost == {"ok": False, "kind": "stale", "sentence": f"{winner} has just taken the lead."}

    @in_loop
    async def test_a_lead_who_submits_leads_no_longer_and_the_panel_sees_that_they_are_done(self, stage: Stage) -> None:
        stage.team.fill("Ana")
        async with stage.page("Ana") as ana, stage.page("Bo") as bo:
            await ana.ask("lead", instead_of=None)
            await bo.pushed(lambda push: push["state"]["panel"]["lead"])
            await ana.ask("submit", seen=END)
            panel = (await bo.pushed(lambda push: not push["state"]["panel"]["lead"]))["state"]["panel"]
        assert {each["name"]: each["submitted"] for each in panel["people"]} == {
            "Ana": True, "Bo": False, "Mia": False,
        }  # fmt: skip

    @in_loop
    async def test_a_handover_reaches_the_open_page_of_who_meets_the_candidate_next(self, stage: Stage) -> None:
        async with (
            stage.page("Ana", round_name="Separate") as ana,
            stage.page("Bo", round_name="Separate") as bo,
        ):
            await first_state(bo)
            await ana.ask("hand_over", text="We stopped at caching.")
            heard = (await bo.pushed(lambda push: push["state"]["handovers"]))["state"]["handovers"]
            assert [(each["person"], each["round"], each["text"]) for each in heard] == [
                ("Ana", "Separate", "We stopped at caching.")
            ]
            await ana.ask("hand_over", text="")
            await bo.pushed(lambda push: not push["state"]["handovers"])

    @in_loop
    async def test_a_cancelled_interview_says_so_on_its_open_pages(self, stage: Stage) -> None:
        async with stage.page("Ana") as page:
            await first_state(page)
            stage.team.cancel("Max")
            await page.pushed(lambda push: push["state"]["cancelled"])
            answer = await page.ask("save", question=QUESTION, seen=0, change={"note": "x"})
            assert (answer["kind"], answer["sentence"].split(";")[0]) == ("sealed", "This interview was cancelled")

    @in_loop
    async def test_a_moved_interview_reaches_its_open_pages_and_leaves_its_clock_behind(self, stage: Stage) -> None:
        def times(push: dict[str, Any]) -> tuple[Any, ...]:
            return push["state"]["starts"], push["state"]["panel"]["started"]

        begin, tomorrow = (now().replace(microsecond=0) + timedelta(days=days) for days in (0, 1))
        async with stage.page("Ana") as ana, stage.page("Bo") as bo:
            started = (await ana.ask("start"))["panel"]["started"]
            for planned, clock in ((begin, started), (tomorrow, None)):
                move(stage.team, stage.team.interviews()[0], planned)
                starts = planned.replace(tzinfo=UTC).timestamp() * 1000
                for page in (ana, bo):
                    await page.pushed(lambda push, wanted=(starts, clock): times(push) == wanted)
            refused = await bo.ask("start")
            assert refused == {"ok": False, "kind": "input", "sentence": leading.TOO_EARLY}
            move(stage.team, stage.team.interviews()[0], now() + timedelta(hours=2, seconds=-30))
            assert (await bo.ask("start"))["panel"]["started"] == started

    @in_loop
    async def test_what_may_have_been_missed_is_looked_up(self, stage: Stage) -> None:
        async with stage.page("Ana") as page:
            await first_state(page)
            stage.team.workspace.database.write(
                lambda transaction: transaction.run("UPDATE interview SET state = 'cancelled'")
            )
            stage.team.workspace.database.announce("")
            await page.pushed(lambda push: push["state"]["cancelled"])

    @in_loop
    async def test_a_page_that_reads_nothing_is_sent_the_newest_state_and_no_heap_of_old_ones(
        self, stage: Stage
    ) -> None:
        async with stage.page("Bo") as bo:
            await first_state(bo)
            bo.reads.clear()
            workspace, ana = stage.team.workspace, stage.team.people["Ana"]
            card = stage.team.card("Ana").id
            leading.take_lead(workspace, by=ana, scorecard_id=card, instead_of=None)
            for n in range(40):
                place = ("what-bo-asks", "what-mia-asks")[n % 2]
                leading.move_panel(workspace, by=ana, scorecard_id=card, question_key=place)
                await asyncio.sleep(2 * live_page.BREATH if n == 0 else 0)
            bo.reads.set()
            await bo.pushed(lambda push: push["state"]["panel"]["question"] == "what-mia-asks")
            assert len(bo.pushes) <= 3

    @in_loop
    async def test_a_page_that_reads_nothing_for_long_is_let_go(
        self, stage: Stage, house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(live_socket, "UNREAD", 0.1)
        interview = stage.team.card("Bo").interview_id
        async with stage.page("Bo") as bo:
            await first_state(bo)
            bo.reads.clear()
            bo.say({"n": 1, "do": "look"})
            await asyncio.wait_for(bo.ended(), 15)
            assert await _present(house, interview, lambda here: not here) == {}


class TestPresence:
    @in_loop
    async def test_who_comes_and_goes_is_seen_by_the_others(self, stage: Stage) -> None:
        def here(push: dict[str, Any]) -> set[str]:
            return {each["name"] for each in push["state"]["panel"]["people"] if each["here"]}

        async with stage.page("Ana") as ana:
            await first_state(ana)
            async with stage.page("Bo") as bo:
                await ana.pushed(lambda push: here(push) == {"Ana", "Bo"})
                await bo.pushed(lambda push: here(push) == {"Ana", "Bo"})
                async with stage.page("Bo", tab="b"):
                    pass
                async with stage.page("Mia"):
                    await ana.pushed(lambda push: here(push) == {"Ana", "Bo", "Mia"})
                await ana.pushed(lambda push: here(push) == {"Ana", "Bo"})
            await ana.pushed(lambda push: here(push) == {"Ana"})

    @in_loop
    async def test_where_a_page_is_is_known_and_sent_to_no_panelist(self, stage: Stage, house: House) -> None:
        interview, bo = stage.team.card("Bo").interview_id, stage.team.people["Bo"].id
        async with stage.page("Ana") as ana, stage.page("Bo") as page:
            await ana.pushed(lambda push: push["state"]["panel"]["people"][1]["here"])
            page.say({"do": "at", "question": QUESTION})
            await _present(house, interview, lambda here: here.get(bo) == QUESTION)
            page.say({"do": "at", "question": ""})
            await _present(house, interview, lambda here: here.get(bo) == "")
            await ana.ask("look")
            assert QUESTION not in json.dumps(ana.frames)

    @in_loop
    async def test_a_page_that_came_back_stays_when_the_line_it_lost_ends_at_last(
        self, stage: Stage, house: House
    ) -> None:
        interview, bo = stage.team.card("Bo").interview_id, stage.team.people["Bo"].id
        async with stage.page("Bo") as lost, stage.page("Bo") as again:
            await first_state(lost)
            await first_state(again)
            lost.leave()
            await asyncio.wait_for(lost.ended(), 15)
            again.say({"do": "at", "question": QUESTION})
            assert await _present(house, interview, lambda here: here.get(bo) == QUESTION) == {bo: QUESTION}


async def _present(house: House, interview_id: str, wanted: Callable[[dict[str, str]], bool]) -> dict[str, str]:
    """Who is there by person id, once it is as wanted."""
    for workspace in [house.team] * 600:
        if wanted(workspace.live.present(interview_id)):
            return workspace.live.present(interview_id)
        await asyncio.sleep(0.02)
    raise AssertionError(house.team.live.present(interview_id))


class TestBlindness:
    @in_loop
    async def test_nothing_of_anothers_scorecard_or_handover_reaches_who_has_not_submitted(self, stage: Stage) -> None:
        def without_panel(push: dict[str, Any]) -> dict[str, Any]:
            return {key: value for key, value in push["state"].items() if key != "panel"}

        async with stage.page("Ana") as ana, stage.page("Bo") as bo, stage.page("Mia") as mia:
            for page in (ana, bo, mia):
                await first_state(page)
            for key in (QUESTION, "what-bo-asks", "what-mia-asks"):
                change = {"outcome": "rated", "level": 5, "note": "secret-5d1f"}
                assert (await ana.ask("save", question=key, seen=0, change=change))["ok"] is True
            end = {"recommendation": "strong_no", "confidence": "low", "summary": "secret-5d1f"}
            assert (await ana.ask("close", seen=EMPTY, new=end))["ok"] is True
            assert (await ana.ask("hand_over", text="secret-5d1f"))["ok"] is True
            assert (await ana.ask("submit", seen=end))["ok"] is True
            for page in (bo, mia):
                await page.pushed(lambda push: push["state"]["panel"]["people"][0]["submitted"])
                await page.ask("look")
                text = json.dumps(page.frames)
                assert [each for each in ("secret", "strong_no", '"level"', '"low"') if each in text] == []
                assert [without_panel(each) for each in page.pushes] == [without_panel(page.pushes[0])] * len(
                    page.pushes
                )
                facts = {key for push in page.pushes for each in push["state"]["panel"]["people"] for key in each}
                assert facts == {"id", "name", "here", "shadow", "submitted", "me"}

    @in_loop
    async def test_anothers_saving_sends_nothing(self, stage: Stage) -> None:
        async with stage.page("Ana") as ana, stage.page("Bo") as bo:
            await bo.pushed(lambda push: push["state"]["panel"]["people"][0]["here"])
            before = list(bo.frames)
            for seen in range(5):
                await ana.ask("save", question=QUESTION, seen=seen, change={"note": f"note {seen}"})
            await bo.ask("look")
            assert [each for each in bo.frames[len(before) :] if "push" in each] == []


class TestSessions:
    @in_loop
    async def test_signing_out_closes_every_line_of_the_session(self, stage: Stage) -> None:
        browser = stage.browser("Max")
        async with browser.socket(BOARD) as board, browser.socket(BOARD) as other:
            await board.pushed(lambda push: push["push"] == "board")
            headers = {"origin": f"https://{HOST}", "content-type": "application/x-www-form-urlencoded"}
            await browser.ask("POST", "/signout", b"", headers)
            assert [await each.until_closed() for each in (board, other)] == [(1008, "signed out")] * 2

    @pytest.mark.parametrize("who", ["Ana", "Max"])
    @in_loop
    async def test_a_session_that_ended_elsewhere_closes_the_line_though_nothing_is_asked(
        self, stage: Stage, monkeypatch: pytest.MonkeyPatch, who: str
    ) -> None:
        monkeypatch.setattr(live_socket, "HEARD_EVERY", 0.05)
        browser = stage.browser(who)
        path = BOARD if who == "Max" else f"/live?scorecard={stage.team.card('Ana').id}&tab=a"
        async with browser.socket(path) as page:
            await page.pushed(lambda push: True)
            token = browser.cookie.partition(".")[2]
            accounts.sign_out(stage.team.workspace, token_hash=accounts.token_hash(token))
            assert await page.until_closed() == (1008, "signed out")

    @in_loop
    async def test_a_page_that_changes_nothing_does_not_make_its_session_last(
        self, stage: Stage, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(live_socket, "HEARD_EVERY", 0.05)
        monkeypatch.setattr(sockets, "TRUSTED_FOR", 0)
        soon = now().replace(microsecond=0) + timedelta(minutes=30)
        database = stage.team.workspace.database

        def ends() -> datetime:
            with database.read() as transaction:
                (row,) = transaction.rows("SELECT expires_at FROM web_session")
            found: datetime = row["expires_at"]
            return found

        async with stage.page("Ana") as page:
            database.write(lambda transaction: transaction.run("UPDATE web_session SET expires_at = ?", soon))
            for _ in range(4):
                await page.ask("look")
                page.say({"do": "at", "question": QUESTION})
                page.say({"n": 900, "do": "drop"})
                assert (await page.ask("save", question="gone", seen=0, change={"note": "x"}))["ok"] is False
                await asyncio.sleep(0.05)
            assert ends() == soon
            await page.ask("save", question=QUESTION, seen=0, change={"note": "x"})
            for _ in range(300):
                if ends() > soon:
                    return
                await asyncio.sleep(0.02)
        raise AssertionError("work did not make the session last")

    @in_loop
    async def test_who_was_deactivated_saves_nothing_and_hears_nothing(self, stage: Stage) -> None:
        async with stage.page("Ana") as page:
            await first_state(page)
            stage.team.change("Ana", active=False)
            stage.team.workspace.database.announce("")
            assert (await page.until_closed())[0] in (1008, 4403)
            assert len(page.frames) == 1
        assert stage.team.card("Ana").state == "draft"
