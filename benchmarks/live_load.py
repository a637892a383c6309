"""Interviewers who score at the same time: real sessions of the real scoring page, signed in, through the gate.

Every interviewer holds Streamlit's websocket of their scoring page and the page's own live one, as a browser does, and
acts as the page does: a rating is a `save`, finished when its answer is there, which is after the commit; then the page
says at which question it is. One of every panel leads it. Managers hold the board open. The client's work counts too:
it shares the two cores.

Run: .venv/bin/python benchmarks/live_load.py [interviewers] [seconds] [boards]
"""

import asyncio
import os
import random
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.live_team import LiveSeat, LiveTeam, live_team
from benchmarks.streamlit_page import StreamlitPage
from panel.domain.basics import now
from panel.house import House
from panel.settings import Settings
from tests.live_client import LiveClient
from tests.running import RunningApp
from tests.ui.driving import session_of

THINK = 3.0  # mean seconds between two ratings of an interviewer
MOVE = 10.0  # mean seconds between two moves of a lead
SIGN_OF_LIFE = 10.0  # seconds, as the page has it
OPENED_A_SECOND = 8
EPOCH = datetime(1970, 1, 1)


@dataclass
class Figures:
    clicks: list[float] = field(default_factory=list)
    moves: list[float] = field(default_factory=list)  # until a panelist's page is told
    opened: list[float] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    pushes_of_boards: int = 0


class Interviewer:
    """One person's scoring page."""

    def __init__(self, host: str, cookie: str, seat: LiveSeat, figures: Figures, panel: dict[str, Any]) -> None:
        query = f"scorecard={seat.scorecard_id}"
        self.page = StreamlitPage(host, cookie, "score", query)
        self.live = LiveClient(host, cookie, f"{query}&tab=one", self._heard)
        self._seat = seat
        self._figures = figures
        self._panel = panel  # shared by those who sit together: where the lead went, and when
        self._versions = dict.fromkeys(seat.questions, 0)
        self._draw = random.Random(seat.scorecard_id)
        self._told = ""

    async def open(self) -> None:
        self._figures.opened.append(await self.page.open())
        await self.live.open()
        await self.live.tell("at", question=self._seat.questions[0])

    async def score(self, until: float) -> None:
        await asyncio.sleep(self._draw.uniform(0, 2 * THINK))
        number = 0
        while time.monotonic() < until:
            question = self._seat.questions[number % len(self._seat.questions)]
            change = {"outcome": "rated", "level": self._draw.randrange(1, 6)}
            start = time.perf_counter()
            answer = await self.live.ask("save", question=question, seen=self._versions[question], change=change)
            self._figures.clicks.append(1000 * (time.perf_counter() - start))
            if answer["ok"]:
                self._versions[question] = answer["rating"]["version"]
            else:
                self._figures.problems.append(answer["sentence"])
            number += 1
            await self.live.tell("at", question=self._seat.questions[number % len(self._seat.questions)])
            await asyncio.sleep(self._draw.expovariate(1 / THINK))

    async def lead(self, until: float) -> None:
        await asyncio.sleep(self._draw.uniform(0, MOVE))
        await self.live.ask("lead", instead_of=None)
        while time.monotonic() < until:
            await asyncio.sleep(self._draw.expovariate(1 / MOVE))
            others = [each for each in self._seat.questions if each != self._panel.get("question")]
            self._panel.update(question=self._draw.choice(others), at=time.perf_counter())
            await self.live.ask("move", question=self._panel["question"])

    async def live_on(self, until: float) -> None:
        await asyncio.sleep(self._draw.uniform(0, SIGN_OF_LIFE))  # pages were not opened at the same moment
        while time.monotonic() < until:
            await self.live.ask("look")
            await asyncio.sleep(min(SIGN_OF_LIFE, max(0.0, until - time.monotonic())))

    async def close(self) -> None:
        self._figures.problems += self.page.problems
        if self.live.connections > 1:
            self._figures.problems.append("the live websocket was lost")
        await self.live.drop()
        await self.page.close()

    def _heard(self, push: dict[str, Any]) -> None:
        question = push["state"]["panel"]["question"]
        if question != self._told and question == self._panel.get("question"):
            self._figures.moves.append(1000 * (time.perf_counter() - self._panel["at"]))
        self._told = question


@dataclass
class Load:
    """The team with a cookie for everybody, and the server that runs for it."""

    app: RunningApp
    team: LiveTeam
    cookies: dict[str, str]  # by person id

    @property
    def memory(self) -> float:
        """MB that the server holds."""
        assert self.app.process
        status = Path(f"/proc/{self.app.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    @property
    def processor(self) -> float:
        """Seconds of the processor that the server has used."""
        assert self.app.process
        fields = Path(f"/proc/{self.app.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    async def first_pages(self, number: int) -> list[float]:
        """Milliseconds from the connection to the finished script of the page that follows sign-in, one by one."""
        took = []
        for seat in self.team.seats[:number]:
            page = StreamlitPage(self.app.host, self.cookies[seat.person.id], "")
            took.append(1000 * await page.open())
            await page.close()
        return took

    async def run(self, interviewers: int, seconds: float, boards: int) -> None:
        await self.first_pages(3)  # the server is warm
        print(show("first page after sign-in", await self.first_pages(20)), flush=True)
        figures, before = Figures(), self.memory
        people = [self._interviewer(seat, figures, where) for where, seat in self._seated()[:interviewers]]
        async with asyncio.TaskGroup() as opening:
            for each in people:
                opening.create_task(each.open())
                await asyncio.sleep(1 / OPENED_A_SECOND)
        with_all = self.memory
        watching = [await self._board(person.id, figures) for person in self.team.managers[:boards]]
        start = time.monotonic()
        until, used, own = start + seconds, self.processor, time.process_time()
        figures.pushes_of_boards = 0
        leads = people[:: len(self.team.panels[0])]
        async with asyncio.TaskGroup() as work:
            for each in people:
                work.create_task(each.score(until))
                work.create_task(each.live_on(until))
            for each in leads:
                work.create_task(each.lead(until))
        spent = time.monotonic() - start
        print(show("click to finished", figures.clicks))
        print(show("a lead's move to a panelist's page", figures.moves))
        print(show("a scoring page while others open theirs", [1000 * each for each in figures.opened]))
        print(
            f"  {len(figures.clicks) / seconds:.0f} clicks/s, {figures.pushes_of_boards / max(boards, 1) / spent:.1f} "
            f"pushes/s to each of {boards} boards; cores used: server {(self.processor - used) / spent:.2f}, "
            f"client {(time.process_time() - own) / spent:.2f}"
        )
        print(
            f"  memory of the server: {before:.0f} MB before, {with_all:.0f} MB with {interviewers} open pages, ",
            end="",
        )
        print(f"{self.memory:.0f} MB after: {(with_all - before) / interviewers:.2f} MB a session")
        for each in people:
            await each.close()
        for page, client in watching:
            figures.problems += page.problems
            await client.drop()
            await page.close()
        await asyncio.sleep(5)
        print(f"  memory once all pages are closed: {self.memory:.0f} MB")
        print(f"  problems: {len(figures.problems)} {sorted(set(figures.problems))[:5]}", flush=True)

    def _seated(self) -> list[tuple[dict[str, Any], LiveSeat]]:
        """Every seat with what those of its panel share."""
        shared: list[tuple[dict[str, Any], list[LiveSeat]]] = [({}, panel) for panel in self.team.panels]
        return [(where, seat) for where, panel in shared for seat in panel]

    def _interviewer(self, seat: LiveSeat, figures: Figures, panel: dict[str, Any]) -> Interviewer:
        return Interviewer(self.app.host, self.cookies[seat.person.id], seat, figures, panel)

    async def _board(self, person_id: str, figures: Figures) -> tuple[StreamlitPage, LiveClient]:
        def count(_: dict[str, Any]) -> None:
            figures.pushes_of_boards += 1

        day = now().replace(hour=0, minute=0, second=0, microsecond=0)
        starts, ends = (round((day + timedelta(days=each) - EPOCH).total_seconds() * 1000) for each in (0, 1))
        page = StreamlitPage(self.app.host, self.cookies[person_id], "board")
        await page.open()
        client = LiveClient(self.app.host, self.cookies[person_id], f"board=1&from={starts}&until={ends}", count)
        await client.open()
        return page, client


def show(name: str, took: list[float]) -> str:
    took = sorted(took)
    if not took:
        return f"  {name:42} nothing was measured"
    p95, p99 = (took[int(part * len(took))] for part in (0.95, 0.99))
    return f"  {name:42} p50 {statistics.median(took):6.1f}   p95 {p95:6.1f}   p99 {p99:6.1f}   max {took[-1]:6.0f} ms"


def main() -> None:
    interviewers, seconds, boards = (
        int(given) for given in (sys.argv[1:] + ["100", "60", "5"][len(sys.argv) - 1 :])[:3]
    )
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "panel.duckdb"
        house = House(Settings(database=str(database), demo=False))
        team = live_team(house.team, Path(folder), interviewers=interviewers, managers=max(boards, 1))
        people = [each.person for each in team.seats] + team.managers
        cookies = {each.id: f"panel_session=team.{session_of(house.team, each)}" for each in people}
        house.close()
        app = RunningApp(database)
        app.start()
        print(
            f"{interviewers} interviewers in {len(team.panels)} panels, mean think time {THINK:g} s, {seconds} s, "
            f"{boards} boards; load of the machine before: {os.getloadavg()[0]:.1f} of {os.cpu_count()} cores",
            flush=True,
        )
        try:
            asyncio.run(Load(app, team, cookies).run(interviewers, seconds, boards))
        finally:
            app.stop()


if __name__ == "__main__":
    main()
