"""What only a real browser shows: keys, names that are no markup, and arriving by a page's own address."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from panel.ui.words import JOINER
from tests.browser import WAIT, open_browser, person_at, settled
from tests.ui.driving import EVE, AtWork, a_team_at_work

expect.set_options(timeout=WAIT)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with open_browser(chromium) as opened:
        yield opened


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AtWork]:
    made = a_team_at_work(Path(tmp_path_factory.mktemp("keyboard")))
    made.app.start()
    yield made
    made.app.stop()


@pytest.fixture
def page(work: AtWork, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """Somebody's scorecard on its first question; everybody of the panel serves one test."""
    person = person_at(browser, work.app.address)
    opened = work.signed_in(person, request.param)
    opened.goto("/")
    settled(opened)
    opened.goto(f"/score?scorecard={work.cards[request.param]}")
    on_question(opened, 1)
    yield opened
    person.close()


def on_question(page: Page, number: int) -> None:
    expect(page.get_by_role("radio", name=re.compile(rf"^{number}\b"))).to_be_checked()
    expect(note(page)).to_have_count(1)
    lowest = page.locator('[class*="st-key-level-1-"] button')
    expect(lowest).to_have_count(1)  # while the page is drawn anew, the question left behind may stand beside it
    expect(lowest).to_be_enabled()
    settled(page)


def note(page: Page) -> Locator:
    return page.get_by_label("Notes, saved as you type")


def answer(page: Page) -> Locator:
    return page.locator("p[role=status]")


@pytest.mark.parametrize("page", ["Ana"], indirect=True)
def test_single_keys_answer_and_correct_an_answer(page: Page) -> None:
    for key, words in (("5", "5 Label 5"), ("2", "2 Label 2"), ("n", "Not asked"), ("u", "Could not assess")):
        page.keyboard.press(key)
        expect(answer(page)).to_have_text(re.compile(rf"^{words} saved \d\d:\d\d:\d\d$"))
    page.keyboard.press("Control+ArrowRight")
    on_question(page, 2)
    expect(answer(page)).to_contain_text("Not answered yet")
    page.keyboard.press("Control+ArrowLeft")
    on_question(page, 1)
    expect(answer(page)).to_contain_text("Could not assess")


@pytest.mark.parametrize("page", ["Bo"], indirect=True)
def test_what_is_typed_in_a_note_rates_nothing_and_is_kept_when_one_moves_on_at_once(page: Page) -> None:
    text = "nun 3 mal, then 1 unusual 5"
    note(page).click()
    page.keyboard.type(text)
    page.keyboard.press("Control+ArrowRight")  # before the field has sent anything
    on_question(page, 2)
    page.keyboard.press("Control+ArrowLeft")
    on_question(page, 1)
    expect(note(page)).to_have_value(text)
    expect(page.locator(".note-state")).to_have_text(re.compile(r"^saved \d\d:\d\d:\d\d$"))
    expect(answer(page)).to_contain_text("Not answered yet")
    page.reload()
    on_question(page, 1)
    expect(note(page)).to_have_value(text)
    expect(answer(page)).to_contain_text("Not answered yet")


def test_a_hostile_name_is_text_in_the_menu_in_notices_and_on_the_page(work: AtWork, browser: Browser) -> None:
    person = person_at(browser, work.app.address)
    page = work.signed_in(person, "Eve")
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto("/")
    settled(page)
    assert page.get_by_role("navigation").get_by_role("button").inner_text().replace(JOINER, "") == EVE
    page.goto("/candidates")
    page.get_by_text("Add candidates", exact=True).click()
    page.get_by_label("Name", exact=True).fill(EVE)
    page.get_by_role("button", name="Add candidate").click()
    expect(page.get_by_test_id("stToast")).to_contain_text("is added.")
    assert page.get_by_test_id("stToast").inner_text().replace(JOINER, "").startswith(f"{EVE} is added.")
    page.goto("/people")
    expect(page.get_by_text(EVE)).to_be_visible()
    for found in ("a[href*=evil]", "img", "strong", ".katex", "[aria-label='home icon']"):
        expect(page.get_by_test_id("stMain").locator(found)).to_have_count(0)
    assert dialogs == []
    person.close()


def test_the_first_page_after_a_restart_has_its_frame_whatever_its_address(work: AtWork, browser: Browser) -> None:
    """Streamlit would run the files of a folder `pages` beside the script by themselves, without the script."""
    work.app.restart()
    person = person_at(browser, work.app.address)
    page = work.signed_in(person, "Mia")
    page.goto("/rubrics")
    expect(page.get_by_role("heading", name="Rubrics")).to_be_visible()
    settled(page)
    expect(page.get_by_role("link", name="Today")).to_be_visible()
    person.close()
