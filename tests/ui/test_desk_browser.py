"""The desk in a real browser: keys, a lost network, two tabs, a killed server, a panel that follows its lead."""

import re
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser import WAIT, Seat, open_browser, seat
from tests.ui.driving import AtWork, a_team_at_work

expect.set_options(timeout=WAIT)
SAVED = re.compile(r"^Saved \d")


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with open_browser(chromium) as opened:
        yield opened


@pytest.fixture
def work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AtWork]:
    made = a_team_at_work(Path(tmp_path_factory.mktemp("desk")))
    made.app.start()
    yield made
    made.app.stop()


Seats = Callable[..., Seat]


@pytest.fixture
def sit(work: AtWork, browser: Browser) -> Iterator[Seats]:
    """`sit("Ana")`: Ana's scorecard in a browser of her own; `at=` in another tab of the same browser."""
    opened: list[BrowserContext] = []

    def take(
        name: str,
        *,
        width: int = 1440,
        at: Seat | None = None,
        first: int | None = 1,
        theme: Literal["light", "dark"] = "light",
    ) -> Seat:
        if at is None:
            person = browser.new_context(
                base_url=work.app.address, viewport={"width": width, "height": 900}, color_scheme=theme
            )
            cookie = {"name": "panel_session", "value": f"team.{work.tokens[name]}", "url": work.app.address}
            person.add_cookies([cookie])  # type: ignore[list-item]
            opened.append(person)
        else:
            person = at.page.context
        taken = seat(person)
        taken.page.goto(f"/score?scorecard={work.cards[name]}")
        if first:
            on_question(taken.page, first)
        expect(taken.page.locator(".desk-alarm")).to_be_empty()
        return taken

    yield take
    for person in opened:
        person.close()


def on_question(page: Page, number: int) -> None:
    expect(page.locator(".desk-nav [aria-current=step]")).to_have_text(re.compile(rf"^{number}\b"))
    expect(page.locator(".desk-question")).to_have_count(1)


def note(page: Page) -> Locator:
    return page.get_by_label("Notes, saved as you type")


def outcome(page: Page) -> Locator:
    return page.locator(".desk-outcome")


def saved(page: Page) -> Locator:
    return page.locator(".desk-saved")


def alarm(page: Page) -> Locator:
    return page.locator(".desk-alarm")


def card(page: Page, level: int) -> Locator:
    return page.locator(f".lv-row [data-level='{level}']")


# ---- one person ---------------------------------------------------------------------------------------------------


def test_everything_is_done_with_the_keyboard_alone(sit: Seats) -> None:
    page = sit("Ana").page
    for key, words in (("5", "5 Label 5"), ("2", "2 Label 2"), ("u", "Could not assess")):
        page.keyboard.press(key)
        expect(outcome(page)).to_have_text(words)
    page.keyboard.press("n")
    expect(page.get_by_text("Why was it not asked?")).to_be_visible()
    page.keyboard.press("c")
    expect(outcome(page)).to_have_text("Not asked: already covered")
    page.keyboard.press("3")
    page.keyboard.press("o")
    expect(page.get_by_label("Asked in other words")).to_be_checked()
    page.keyboard.press("e")
    page.keyboard.type("nun 3 mal, then 1 unusual 5")
    page.keyboard.press("Control+ArrowRight")
    on_question(page, 2)
    expect(note(page)).to_be_focused()  # whoever writes goes on writing
    page.keyboard.press("Escape")
    page.keyboard.press("4")
    expect(outcome(page)).to_have_text("4 Label 4")
    page.keyboard.press("Control+ArrowLeft")
    on_question(page, 1)
    expect(outcome(page)).to_have_text("3 Label 3")
    expect(note(page)).to_have_value("nun 3 mal, then 1 unusual 5")
    expect(saved(page)).to_have_text(SAVED)
    page.reload()
    on_question(page, 1)
    expect(note(page)).to_have_value("nun 3 mal, then 1 unusual 5")
    expect(page.get_by_label("Asked in other words")).to_be_checked()


def test_a_mark_stands_with_the_time_into_the_interview(sit: Seats) -> None:
    page = sit("Ana").page
    note(page).click()
    page.keyboard.press("Alt+KeyQ")
    page.keyboard.type("it depends on the data")
    page.get_by_role("button", name="+ Strong").click()
    page.keyboard.type("named a case")
    lines = r"^\[\d+:\d\d\] “it depends on the data\n\[\d+:\d\d\] \+ named a case$"
    expect(note(page)).to_have_value(re.compile(lines))
    expect(saved(page)).to_have_text(SAVED)


def test_the_next_question_comes_up_by_itself_for_those_who_want_it(sit: Seats) -> None:
    page = sit("Ana").page
    page.get_by_text("Keys and preferences").click()
    page.get_by_label("Go on to the next question after a rating").check()
    page.locator(".question-prompt").click()
    page.keyboard.press("3")
    on_question(page, 2)
    page.reload()
    on_question(page, 2)
    page.get_by_text("Keys and preferences").click()
    expect(page.get_by_label("Go on to the next question after a rating")).to_be_checked()


def test_a_scorecard_is_reviewed_on_one_page_and_sealed(sit: Seats) -> None:
    page = sit("Ana").page
    for level in (3, 5, 2):
        page.keyboard.press(str(level))
        expect(outcome(page)).to_have_text(f"{level} Label {level}")
        page.keyboard.press("Control+ArrowRight")
    expect(page.get_by_role("heading", name="Before you submit")).to_be_visible()
    page.get_by_role("button", name="Submit scorecard").click()
    expect(page.get_by_role("alert").filter(has_text="Not submitted yet.")).to_contain_text("needs evidence")
    page.get_by_role("button", name="What is what-bo-asks?").click()
    on_question(page, 2)
    note(page).fill("chose the remedy and said what it costs")
    page.get_by_role("button", name="End", exact=True).click()
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("Fairly sure").check()
    page.get_by_label("Summary, saved as you type").fill("Knows why.")
    expect(page.locator(".desk-missing")).to_be_empty()
    page.get_by_role("button", name="Submit scorecard").click()
    expect(page.get_by_role("heading", name="The rest of the panel")).to_be_visible()
    for words in ("Yes, fairly sure", "Knows why.", "chose the remedy and said what it costs"):
        expect(page.get_by_text(words).first).to_be_visible()


def test_a_phone_rates_with_the_thumb(sit: Seats) -> None:
    page = sit("Ana", width=390).page
    thumb = page.locator(".lv-thumbs [data-level='4']")
    box = thumb.bounding_box()
    assert box
    assert box["height"] >= 44
    assert box["y"] + box["height"] <= 900
    thumb.click()
    expect(outcome(page)).to_have_text("4 Label 4")
    expect(saved(page)).to_have_text(SAVED)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


# ---- what may go wrong --------------------------------------------------------------------------------------------


def test_without_a_network_one_goes_on_and_everything_is_sent_when_it_is_back(sit: Seats, work: AtWork) -> None:
    page = sit("Ana").page
    page.context.set_offline(True)
    work.app.stop(signal.SIGKILL)  # an open connection outlives the switch of the browser's own network
    expect(alarm(page)).to_contain_text("No connection")
    page.wait_for_timeout(8_000)  # after some seconds the framework would open a dialog that takes all keys and clicks
    page.keyboard.press("4")
    expect(outcome(page)).to_have_text("4 Label 4")
    page.keyboard.press("Control+ArrowRight")
    note(page).fill("said while nobody listened")
    expect(alarm(page)).to_contain_text("what is not saved is kept in this browser")
    page.keyboard.press("Escape")
    page.keyboard.press("2")
    work.app.start()
    page.context.set_offline(False)
    expect(saved(page)).to_have_text(SAVED)
    again = sit("Ana").page
    expect(outcome(again)).to_have_text("4 Label 4")
    again.keyboard.press("Control+ArrowRight")
    expect(note(again)).to_have_value("said while nobody listened")
    expect(outcome(again)).to_have_text("2 Label 2")


def test_a_tab_closed_while_typing_loses_nothing(sit: Seats) -> None:
    first = sit("Ana")
    note(first.page).fill("the last word")
    first.page.close()  # within the pause after the last key
    second = sit("Ana", at=Seat(first.page.context.new_page(), bytearray()))
    expect(note(second.page)).to_have_value("the last word")
    expect(saved(second.page)).to_have_text(SAVED)


def test_the_server_killed_while_somebody_types_loses_nothing(sit: Seats, work: AtWork) -> None:
    page = sit("Ana").page
    page.keyboard.press("4")
    note(page).fill("before")
    expect(saved(page)).to_have_text(SAVED)
    work.app.stop(signal.SIGKILL)
    note(page).press_sequentially(", and after")
    work.app.start()
    expect(note(page)).to_have_value("before, and after")
    expect(saved(page)).to_have_text(SAVED)
    again = sit("Ana").page
    expect(outcome(again)).to_have_text("4 Label 4")
    expect(note(again)).to_have_value("before, and after")


def test_two_tabs_show_the_same_and_both_states_when_they_differ(sit: Seats) -> None:
    first = sit("Ana")
    second = sit("Ana", at=first)
    first.page.keyboard.press("4")
    expect(outcome(second.page)).to_have_text("4 Label 4")  # without a reload
    first.page.context.set_offline(True)
    first.page.evaluate("document.querySelector('.desk-root').desk.line.drop()")
    expect(alarm(first.page)).to_contain_text("No connection")
    first.page.evaluate("document.querySelector('.desk-root').desk.view.note.value = 'from the first'")
    first.page.evaluate("document.querySelector('.desk-root').desk.view.typed()")
    first.page.context.set_offline(False)
    expect(saved(first.page)).to_have_text(SAVED)
    expect(note(second.page)).to_have_value("from the first")


def test_what_two_tabs_wrote_differently_is_kept_until_one_decides(sit: Seats) -> None:
    first = sit("Ana")
    second = sit("Ana", at=first)
    first.page.evaluate("document.querySelector('.desk-root').desk.line.drop()")
    first.page.evaluate(
        """() => { const desk = document.querySelector('.desk-root').desk
        desk.view.note.value = 'mine'; desk.view.typed(); desk.line.connect = () => {} }"""
    )
    note(second.page).fill("theirs")
    expect(saved(second.page)).to_have_text(SAVED)
    first.page.evaluate(
        """() => { const line = document.querySelector('.desk-root').desk.line; delete line.connect; line.connect() }"""
    )
    expect(first.page.get_by_text("Here are both; nothing is lost.")).to_be_visible()
    expect(alarm(first.page)).to_contain_text("Changed in another tab")
    first.page.get_by_role("button", name="Keep both notes").click()
    expect(note(second.page)).to_have_value("theirs\nmine")
    expect(saved(first.page)).to_have_text(SAVED)


# ---- a panel ------------------------------------------------------------------------------------------------------


def test_the_panel_follows_its_lead_and_looks_elsewhere_and_comes_back(sit: Seats) -> None:
    ana, bo = sit("Ana").page, sit("Bo").page
    expect(ana.locator(".desk-panel")).to_contain_text("Bo, here")
    ana.get_by_role("button", name="Take the lead").click()
    expect(bo.locator(".desk-panel")).to_contain_text("Ana leads.")
    ana.keyboard.press("Control+ArrowRight")
    on_question(ana, 2)
    expect(ana.locator(".desk-panel")).not_to_contain_text("The panel is at")
    expect(ana.locator(".is-panels")).to_have_text(re.compile("^2"))
    expect(bo.locator(".question-prompt")).to_have_text("What is what-bo-asks?", timeout=2_000)
    bo.get_by_role("button", name="Question 3", exact=True).click()
    ana.keyboard.press("Control+ArrowRight")
    on_question(ana, 3)
    ana.keyboard.press("Control+ArrowLeft")
    expect(bo.get_by_role("button", name="Back to the panel")).to_be_visible()
    bo.keyboard.press("b")
    expect(bo.locator(".question-prompt")).to_have_text("What is what-bo-asks?")
    late = sit("Mia", first=None).page
    expect(late.locator(".question-prompt")).to_have_text("What is what-bo-asks?")
    ana.close()
    expect(bo.locator(".desk-panel")).to_contain_text("Ana led and has left.")
    bo.get_by_role("button", name="Take the lead from Ana").click()
    expect(late.locator(".desk-panel")).to_contain_text("Bo leads.")


# ---- for everybody ------------------------------------------------------------------------------------------------


def serious(page: Page) -> list[str]:
    """What axe finds in the desk that keeps somebody from using it."""
    found = Axe().run(page, context=".desk").response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found if each["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_serious(sit: Seats, theme: str, width: int) -> None:
    page = sit("Ana", width=width, theme=theme).page
    page.get_by_text("Keys and preferences").click()
    page.keyboard.press("5")
    expect(saved(page)).to_have_text(SAVED)
    assert serious(page) == []
    page.keyboard.press("n")
    assert serious(page) == []
    page.get_by_role("button", name="End", exact=True).click()
    expect(page.get_by_role("heading", name="Before you submit")).to_be_visible()
    assert serious(page) == []
