"""What only a real browser shows of an exercise: the keys, and that they leave a note alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import WAIT, open_browser, person_at, settled
from tests.practising import write_exercises
from tests.ui.driving import AtWork, a_team_at_work

expect.set_options(timeout=WAIT)
BESIDE = "What in the answer decides? The lowest and the highest level need it."


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with open_browser(chromium) as opened:
        yield opened


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AtWork]:
    folder = Path(tmp_path_factory.mktemp("practice"))
    made = a_team_at_work(folder)
    write_exercises(folder / "content")
    made.app.environment["PANEL_CONTENT"] = str(folder / "content")
    made.app.start()
    yield made
    made.app.stop()


def test_a_key_chooses_a_level_and_a_digit_in_the_note_does_not(work: AtWork, browser: Browser) -> None:
    person = person_at(browser, work.app.address, width=390, height=844)
    page = work.signed_in(person, "Ana")
    page.goto("/practice?exercise=what-ana-asks/b")
    seal = page.get_by_role("button", name="Seal my rating")
    expect(seal).to_be_disabled()
    settled(page)
    page.keyboard.press("3")
    expect(seal).to_be_enabled()
    page.get_by_label(BESIDE).fill("They named 2 sides")
    page.get_by_label(BESIDE).press("4")
    seal.click()
    expect(page.get_by_text("You chose the gold level.")).to_be_visible()
    expect(page.get_by_text("They named 2 sides4")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    person.close()
