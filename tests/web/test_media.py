"""A file that a page offers answers only the session it was made for, on the real server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from panel.house import House
from panel.settings import Settings
from tests.ahead import with_interviews_ahead
from tests.browser import WAIT, open_browser, person_at, settled
from tests.factories import a_team
from tests.running import RunningApp
from tests.ui.driving import AtWork, session_of


@pytest.fixture
def work(tmp_path: Path) -> Iterator[AtWork]:
    database = tmp_path / "panel.duckdb"
    house = House(Settings(database=str(database)))
    team = with_interviews_ahead(a_team(house.team, tmp_path / "content"))
    whose = {"Ana": "Ana", "Ana again": "Ana", "Bo": "Bo"}
    tokens = {name: session_of(house.team, team.people[person]) for name, person in whose.items()}
    house.close()
    made = AtWork(RunningApp(database), tokens, {})
    made.app.start()
    yield made
    made.app.stop()


def link_of(page: Page, button: str) -> str:
    """The path of the file that a button gives, once the browser has it whole."""
    with page.expect_download(timeout=WAIT) as waiting:
        page.get_by_role("button", name=button).click()
    assert waiting.value.failure() is None
    return "/" + waiting.value.url.split("/", 3)[3]


def statuses(work: AtWork, path: str, method: str = "GET") -> dict[str, int]:
    return {
        name: work.app.ask(method, path, cookie=f"panel_session=team.{token}").status
        for name, token in work.tokens.items()
    }


def test_a_link_to_a_file_opens_in_its_own_session_only(work: AtWork, chromium: str) -> None:
    own_only = {"Ana": 200, "Ana again": 404, "Bo": 404}
    with open_browser(chromium) as browser:
        ana = work.signed_in(person_at(browser, work.app.address), "Ana")
        ana.goto("/")
        settled(ana)
        made_when_pressed = link_of(ana, "Calendar file")
        assert made_when_pressed.startswith("/media/")
        assert statuses(work, made_when_pressed) == statuses(work, made_when_pressed, "HEAD") == own_only
        other = ana.context.new_page()
        assert other.request.get(made_when_pressed).status == 200

        ana.goto("/rubrics?part=files")
        settled(ana)
        made_with_the_page = link_of(ana, "Download TOML")
        assert statuses(work, made_with_the_page) == own_only

        bo = work.signed_in(person_at(browser, work.app.address), "Bo")
        bo.goto("/rubrics?part=files")
        settled(bo)
        assert link_of(bo, "Download TOML") == made_with_the_page  # the same bytes, so both have it
        assert statuses(work, made_with_the_page) == {"Ana": 200, "Ana again": 404, "Bo": 200}

    unknown = work.app.ask("GET", "/media/0.ics", cookie=f"panel_session=team.{work.tokens['Bo']}")
    refused = work.app.ask("GET", made_when_pressed, cookie=f"panel_session=team.{work.tokens['Bo']}")
    assert (unknown.status, unknown.text) == (refused.status, refused.text)
