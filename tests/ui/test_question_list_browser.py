"""The list of questions in a real browser: keys, marks, pages, and a phone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from panel.actions import files
from panel.house import House
from panel.settings import Settings
from tests.browser import WAIT, open_browser, person_at, settled
from tests.factories import RUBRICS, a_question, everybody, question_file, reading_from, write_content
from tests.running import RunningApp
from tests.ui.driving import AtWork, session_of

expect.set_options(timeout=WAIT)
HOSTILE = "<img src=x onerror=alert(1)> & **bold** 🧪 zeppelin"


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with open_browser(chromium) as opened:
        yield opened


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AtWork]:
    """A bank of 61 questions; the last has a hostile prompt."""
    folder = Path(tmp_path_factory.mktemp("list"))
    many = [a_question(f"number-{each}", prompt=f"Which question has the number {each}?") for each in range(1, 61)]
    house = House(Settings(database=str(folder / "panel.duckdb")))
    try:
        content = write_content(
            folder / "content", {"general": question_file(*many, a_question("hostile", prompt=HOSTILE))}, RUBRICS
        )
        people = everybody(house.team)
        files.bring_in_files(reading_from(house.team, content), by=people["Max"])
        made = AtWork(RunningApp(folder / "panel.duckdb"), {"Ana": session_of(house.team, people["Ana"])}, {})
    finally:
        house.close()
    made.app.start()
    yield made
    made.app.stop()


@pytest.fixture
def page(work: AtWork, browser: Browser) -> Iterator[Page]:
    person = person_at(browser, work.app.address)
    opened = work.signed_in(person, "Ana")
    opened.goto("/questions")
    settled(opened)
    yield opened
    person.close()


def row(page: Page, number: int) -> Locator:
    return page.locator(f".ql-row[data-key=number-{number}]")


def expect_open(page: Page, number: int) -> None:
    """The question is selected, read beside the list, and named in the address."""
    expect(row(page, number)).to_have_attribute("aria-selected", "true")
    expect(page.locator(".question-prompt")).to_have_text(f"Which question has the number {number}?")
    settled(page)
    assert page.url.endswith(f"?question=number-{number}")


def test_arrow_keys_move_through_the_list_and_open_what_they_reach(page: Page) -> None:
    row(page, 1).focus()
    for key, number in (("Enter", 1), ("ArrowDown", 2), ("ArrowDown", 3), ("ArrowUp", 2), ("End", 50), ("Home", 1)):
        page.keyboard.press(key)
        expect_open(page, number)
        expect(row(page, number)).to_be_focused()
        expect(row(page, number)).to_be_in_viewport()
    expect(page.locator(".ql-row[aria-selected=true]")).to_have_count(1)


def test_one_row_is_in_the_tab_order_and_it_is_the_one_that_was_left(page: Page) -> None:
    row(page, 4).click()
    expect_open(page, 4)
    expect(page.locator(".ql-row[tabindex='0']")).to_have_count(1)
    row(page, 4).press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(row(page, 4)).to_be_focused()


def test_what_an_address_names_is_open_and_in_view_on_its_page_of_the_list(page: Page) -> None:
    page.goto("/questions?question=number-57")
    expect_open(page, 57)
    expect(row(page, 57)).to_be_in_viewport()
    expect(page.get_by_role("status").filter(has_text="51 to 61 of 61")).to_be_visible()
    page.get_by_role("button", name="Earlier").first.click()
    expect(page.get_by_role("status").filter(has_text="1 to 50 of 61")).to_be_visible()
    expect(row(page, 1)).to_be_visible()
    expect(page.get_by_role("button", name="Earlier").first).to_be_disabled()


def test_typing_finds_marks_and_keeps_the_focus_where_one_types(page: Page) -> None:
    search = page.get_by_role("searchbox", name="Search")
    search.press_sequentially("numbr 42", delay=30)
    expect(page.locator(".ql-row")).to_have_count(1)
    expect(row(page, 42).locator("mark")).to_have_text(["number", "42"])
    expect(page.get_by_role("status").filter(has_text="1 question")).to_be_visible()
    expect(search).to_be_focused()
    page.get_by_role("row", name="Which question has the number 42?").click()
    expect(page.locator(".question-prompt")).to_have_text("Which question has the number 42?")


def test_a_hostile_prompt_is_text_with_its_marks_in_the_right_place(page: Page) -> None:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.get_by_role("searchbox", name="Search").fill("zeppelin")
    hostile = page.locator(".ql-row[data-key=hostile]")
    expect(hostile.locator(".ql-prompt")).to_have_text(HOSTILE)
    expect(hostile.locator("mark")).to_have_text("zeppelin")
    expect(hostile.locator("img")).to_have_count(0)
    assert dialogs == []


def test_on_a_phone_a_question_takes_the_place_of_the_list(work: AtWork, browser: Browser) -> None:
    person = person_at(browser, work.app.address, width=390, height=844)
    page = work.signed_in(person, "Ana")
    page.goto("/questions")
    settled(page)
    row(page, 3).click()
    expect(page.locator(".question-prompt")).to_have_text("Which question has the number 3?")
    expect(row(page, 3)).to_be_hidden()
    expect(page.get_by_role("searchbox", name="Search")).to_be_hidden()
    page.get_by_role("button", name="Back to the list").click()
    expect(row(page, 3)).to_be_visible()
    expect(page.locator(".question-prompt")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= 390")
    person.close()
