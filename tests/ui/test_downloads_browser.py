"""Files as a real browser saves them."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
import vobject
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from panel.house import House
from panel.settings import Settings
from tests.ahead import with_interviews_ahead
from tests.browser import WAIT, open_browser, person_at, settled
from tests.factories import Team, a_team
from tests.running import RunningApp
from tests.ui.driving import AtWork, session_of

expect.set_options(timeout=WAIT)


@pytest.fixture
def work(tmp_path: Path) -> Iterator[tuple[AtWork, Team]]:
    database = tmp_path / "panel.duckdb"
    house = House(Settings(database=str(database)))
    team = with_interviews_ahead(a_team(house.team, tmp_path / "content"))
    tokens = {name: session_of(house.team, team.people[name]) for name in ("Ana", "Max")}
    house.close()
    made = AtWork(RunningApp(database), tokens, {})
    made.app.start()
    yield made, team
    made.app.stop()


def saved(page: Page, button: str) -> tuple[str, bytes]:
    with page.expect_download(timeout=WAIT) as waiting:
        page.get_by_role("button", name=button).click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_what_is_taken_along_arrives_whole(work: tuple[AtWork, Team], chromium: str) -> None:
    at_work, team = work
    with open_browser(chromium) as browser:
        ana = at_work.signed_in(person_at(browser, at_work.app.address), "Ana")
        ana.goto("/")
        settled(ana)
        name, file = saved(ana, "Calendar file")
        assert name == "my-interviews.ics"
        assert len(vobject.readOne(file.decode()).vevent_list) == 2
        ana.get_by_role("button", name="Print my kits").click()
        name, file = saved(ana, "Priya, Panel")
        assert name == "kit-panel-priya.pdf"
        assert "What is what-ana-asks?" in "".join(page.extract_text() for page in PdfReader(io.BytesIO(file)).pages)

        max_ = at_work.signed_in(person_at(browser, at_work.app.address), "Max")
        max_.goto(f"/candidates?candidate={team.candidate.id}")
        settled(max_)
        max_.get_by_role("button", name="Brief and calendar").click()
        max_.get_by_label("What to bring").fill("Your own laptop.")
        max_.get_by_role("button", name="Put it into the brief").click()
        expect(max_.locator(".passage")).to_contain_text("Your own laptop.")
        name, file = saved(max_, "Brief as text")
        assert name == "brief-priya.txt"
        assert "Your own laptop." in file.decode() and "When: " in file.decode()
