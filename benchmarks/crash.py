"""The server killed again and again (kill -9) while people save: what was acknowledged must be there, and whole.

The real server, interviewers signed in over the live websocket through the gate, and a few tabs of a real Chromium. All
of them stay open throughout and must go on by themselves. Every tenth kill the file is read between two servers, and
once more at the end. Run: .venv/bin/python benchmarks/crash.py [kills] [interviewers] [tabs]
"""

import asyncio
import contextlib
import random
import re
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.async_api import Page, async_playwright, expect

from benchmarks.live_team import LiveSeat, live_team
from panel.house import House
from panel.settings import Settings
from panel.store import scorecards
from tests.browser import FLAGS
from tests.live_client import LiveClient
from tests.running import RunningApp
from tests.saving_clients import Kept, Saver, kept_of
from tests.ui.driving import session_of

LOOK_EVERY = 10  # kills
RECOVERS_WITHIN = 60.0  # seconds
SAVED = re.compile(r"^Saved \d")


@dataclass
class Tab:
    """A scoring page in Chromium, always on one question; `pressed` is the level of the last key."""

    page: Page
    seat: LiveSeat
    pressed: int = 0
    recovered: int = 0
    stuck: list[int] = field(default_factory=list)  # numbers of the kills after which it did not go on

    async def open(self, address: str) -> None:
        await self.page.goto(f"{address}/score?scorecard={self.seat.scorecard_id}")
        await expect(self.page.locator(".desk-question")).to_have_count(1, timeout=60_000)

    async def press(self) -> None:
        """Another level than before; the server need not be there."""
        self.pressed = self.pressed % 5 + 1
        await self.page.keyboard.press(str(self.pressed))

    async def goes_on(self, kill: int) -> None:
        try:
            await expect(self.page.locator(".desk-saved")).to_have_text(SAVED, timeout=1000 * RECOVERS_WITHIN)
            self.recovered += 1
        except AssertionError:
            self.stuck.append(kill)


@contextlib.asynccontextmanager
async def tabs_of(seats: list[LiveSeat], cookies: dict[str, str], address: str) -> AsyncIterator[list[Tab]]:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium or not seats:
        yield []
        return
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        tabs = []
        for seat in seats:
            person = await browser.new_context()
            name, _, value = cookies[seat.person.id].partition("=")
            await person.add_cookies([{"name": name, "value": value, "url": address}])
            tabs.append(Tab(await person.new_page(), seat))
            await tabs[-1].open(address)
        yield tabs
        await browser.close()


async def kill_again_and_again(
    app: RunningApp, settings: Settings, savers: list[Saver], tabs: list[Tab], kills: int
) -> tuple[list[float], int, int]:
    """Seconds until everybody had saved again after each kill, and losses and torn scorecards found on the way."""
    draw, stop, took, lost, torn = random.Random(kills), asyncio.Event(), [], 0, 0
    async with asyncio.TaskGroup() as saving:
        for each in savers:
            saving.create_task(each.save_until(stop))
        for kill in range(1, kills + 1):
            await asyncio.sleep(draw.uniform(0.2, 2.0))
            for tab in tabs:
                await tab.press()
            await asyncio.to_thread(app.stop, signal.SIGKILL)
            for tab in tabs:
                await tab.press()
            if kill % LOOK_EVERY == 0:
                found = kept_of(settings, savers)
                lost, torn = lost + len(found.lost), torn + len(found.torn)
                print(f"  {kill} kills: {found.acknowledged} acknowledged, {lost} lost, {torn} torn", flush=True)
            before = [len(each.acknowledged) for each in savers]
            await asyncio.to_thread(app.start)
            start = time.perf_counter()
            async with asyncio.timeout(RECOVERS_WITHIN):
                while any(len(each.acknowledged) <= count for each, count in zip(savers, before, strict=True)):
                    await asyncio.sleep(0.02)
            took.append(time.perf_counter() - start)
            for tab in tabs:
                await tab.goes_on(kill)
        stop.set()
    return took, lost, torn


def tabs_kept(settings: Settings, tabs: list[Tab]) -> list[bool]:
    """Whether the file holds the level that was pressed last in each tab."""
    house = House(settings)
    with house.team.database.read() as transaction:
        found = [
            [one.level for one in scorecards.ratings_of(transaction, each.seat.scorecard_id).values()] == [each.pressed]
            for each in tabs
        ]
    house.close()
    return found


async def crash(
    app: RunningApp,
    settings: Settings,
    others: list[LiveSeat],
    with_tab: list[LiveSeat],
    cookies: dict[str, str],
    kills: int,
) -> Kept:
    """`with_tab` are those who sit at a tab of a browser."""
    savers = [
        Saver(each, LiveClient(app.host, cookies[each.person.id], f"scorecard={each.scorecard_id}&tab=one"), pause=0.1)
        for each in others
    ]
    async with tabs_of(with_tab, cookies, app.address) as tabs:
        took, lost, torn = await kill_again_and_again(app, settings, savers, tabs, kills)
    await asyncio.to_thread(app.stop, signal.SIGKILL)
    found = kept_of(settings, savers)
    took.sort()
    print(f"{kills} kills of the server while {len(savers)} interviewers and {len(tabs)} tabs of Chromium were scoring")
    print(f"  {found.acknowledged} saves acknowledged, {len(found.lost) + lost} lost, {len(found.torn) + torn} torn")
    refused = [answer["sentence"] for each in savers for answer in each.refused]
    print(f"  {len(refused)} saves refused {sorted(set(refused))}")
    middle, longest = took[len(took) // 2], took[-1]
    print(f"  once the server was there, all had saved again within {middle:.1f} s (p50), {longest:.1f} s (max)")
    if tabs:
        went_on = sum(each.recovered for each in tabs)
        print(f"  tabs went on {went_on} of {kills * len(tabs)} times, stuck after {[each.stuck for each in tabs]}")
        print(f"  last key of a tab in the file: {sum(tabs_kept(settings, tabs))} of {len(tabs)}")
    return found


def main() -> None:
    given = [int(each) for each in sys.argv[1:]]
    kills, interviewers, tabs = (given + [100, 20, 3][len(given) :])[:3]
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(database=f"{folder}/panel.duckdb", demo=False)
        house = House(settings)
        team = live_team(house.team, Path(folder), interviewers=interviewers + tabs)
        others, with_tab = team.seats[:interviewers], team.seats[interviewers : interviewers + tabs]
        cookies = {
            each.person.id: f"panel_session=team.{session_of(house.team, each.person)}" for each in others + with_tab
        }
        house.close()
        app = RunningApp(Path(settings.database))
        app.start()
        try:
            asyncio.run(crash(app, settings, others, with_tab, cookies, kills))
        finally:
            app.stop(signal.SIGKILL)


if __name__ == "__main__":
    main()
