"""A question set in a real browser: from Today to a proposal, with the rows moved by pointer and by keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from panel.actions import plan_rounds, plans, roles
from panel.house import House
from panel.settings import Settings
from tests.browser import WAIT, open_browser, person_at, settled
from tests.factories import RUBRICS, a_bank, a_question, everybody
from tests.running import RunningApp
from tests.ui.driving import AtWork, session_of

expect.set_options(timeout=WAIT)
HOSTILE = "<img src=x onerror=alert(1)> & **bold** " + "a very long question " * 20
FIVE = [a_question(f"number-{each}", prompt=f"Number {each}?") for each in range(1, 5)]


@pytest.fixture
def work(tmp_path: Path) -> Iterator[AtWork]:
    """Ana has an empty seat of 45 minutes; the bank has four plain questions and a hostile one."""
    house = House(Settings(database=str(tmp_path / "panel.duckdb")))
    try:
        people = everybody(house.team)
        by = people["Max"]
        small = a_bank(house.team, tmp_path / "content", by, [*FIVE, a_question("hostile", prompt=HOSTILE)], RUBRICS)
        role_id = roles.create_role(small, by=by, name="Engineer", competencies=("Technical depth",))
        plan_id = plans.create_plan(small, by=by, role_id=role_id, title="Onsite")
        plan_rounds.add_round(
            small, by=by, plan_id=plan_id, name="Technical", sitting="single", minutes=45,
            interviewers=(people["Ana"].id,),
        )  # fmt: skip
        made = AtWork(RunningApp(tmp_path / "panel.duckdb"), {"Ana": session_of(house.team, people["Ana"])}, {})
    finally:
        house.close()
    made.app.start()
    yield made
    made.app.stop()


def handle(page: Page, prompt: str) -> Locator:
    return page.locator(".set-list li", has_text=prompt).locator(".sl-handle")


def in_order(page: Page, *prompts: str) -> None:
    """The list shows this order, and so it stands after a reload."""
    expect(page.locator(".sl-words")).to_have_text(list(prompts))
    expect(page.locator(".sl-number")).to_have_text([str(place + 1) for place in range(len(prompts))])


def drag(page: Page, prompt: str, onto: str) -> None:
    """By the handle, past the middle of the other row."""
    settled(page)
    handle(page, prompt).scroll_into_view_if_needed()
    start, row = (found.bounding_box() for found in (handle(page, prompt), page.locator(".set-list li", has_text=onto)))
    assert start and row
    page.mouse.move(start["x"] + 10, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(start["x"] + 12, row["y"] + (4 if row["y"] < start["y"] else row["height"] - 4), steps=12)
    page.mouse.up()


def test_from_today_to_a_proposal_in_four_steps_with_drag_and_keys(work: AtWork, chromium: str) -> None:
    with open_browser(chromium) as browser:
        page = work.signed_in(person_at(browser, work.app.address), "Ana")
        dialogs: list[str] = []
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        page.goto("/")
        page.get_by_role("link", name="Choose your questions").click()
        page.get_by_role("button", name="Suggest the rest").click()
        expect(page.locator(".set-list li")).to_have_count(5)
        settled(page)
        shown = page.locator(".sl-words").all_inner_texts()
        expect(page.locator(".set-list img")).to_have_count(0)
        assert sorted(shown) == sorted([HOSTILE.strip(), *(each.prompt for each in FIVE)])
        assert dialogs == []

        expected = [shown[-1], *shown[:-1]]
        drag(page, shown[-1], onto=shown[0])
        in_order(page, *expected)
        expect(page.locator(".sl-said")).to_contain_text("Now question 1 of 5")
        page.reload()
        in_order(page, *expected)

        settled(page)
        handle(page, expected[0]).focus()
        for key in ("ArrowDown", "ArrowDown", "ArrowUp", "ArrowDown"):  # in one go, and in one order sent
            page.keyboard.press(key)
        expected = [expected[1], expected[2], expected[0], *expected[3:]]
        in_order(page, *expected)
        expect(page.locator(".sl-said")).to_contain_text("Now question 3 of 5")
        expect(handle(page, expected[2])).to_be_focused()
        page.locator(".set-list li").nth(4).get_by_role("button", name="Remove").click()  # while the order waits
        in_order(page, *expected[:4])
        page.reload()
        in_order(page, *expected[:4])

        settled(page)
        page.get_by_role("button", name="Propose to the manager").click()
        expect(page.get_by_text("Waits for the manager; a change takes the proposal back.")).to_be_visible()
        on_a_phone_everything_is_at_the_thumb(work, browser, page.url)


def on_a_phone_everything_is_at_the_thumb(work: AtWork, browser: Browser, address: str) -> None:
    page = work.signed_in(person_at(browser, work.app.address, width=390, height=844), "Ana")
    page.goto(address)
    expect(page.locator(".set-list li")).to_have_count(4)
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth <= 390")
    page.locator(".ql-row").first.scroll_into_view_if_needed()
    expect(page.locator(".st-key-set-minutes")).to_be_in_viewport()
    expect(page.get_by_role("button", name="Suggest the rest")).to_be_in_viewport()
    boxes = [each.bounding_box() for each in page.locator(".sl-handle, .sl-tools button").all()]
    assert all(box and box["height"] >= 44 and box["width"] >= 44 for box in boxes)
