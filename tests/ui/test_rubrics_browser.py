"""The preview of a rubric in a real browser: what it shows is what the scoring page shows."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import WAIT, open_browser, person_at, settled
from tests.ui.driving import AtWork, a_team_at_work

expect.set_options(timeout=WAIT)

BUTTONS = ".lv-row .lv"


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with open_browser(chromium) as opened:
        yield opened


@pytest.fixture(scope="module")
def at_work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AtWork]:
    made = a_team_at_work(tmp_path_factory.mktemp("rubrics"))
    made.app.start()
    yield made
    made.app.stop()


def page_of(browser: Browser, at_work: AtWork, name: str, path: str, width: int) -> Page:
    page = at_work.signed_in(person_at(browser, at_work.app.address, width=width), name)
    page.goto(path)
    settled(page)
    expect(page.locator(".stMainBlockContainer")).to_be_visible()
    return page


def levels_shown(page: Page) -> list[tuple[str, int, int]]:
    """What stands on each level's button, its height and its width."""
    expect(page.locator(BUTTONS)).to_have_count(5)
    found = []
    for button in page.locator(BUTTONS).all():
        box = button.bounding_box()
        assert box
        found.append((button.inner_text(), round(box["height"]), round(box["width"])))
    return found


def open_preview(page: Page, screen: str) -> None:
    page.get_by_text("Preview", exact=True).click()
    page.get_by_text(screen, exact=True).click()
    settled(page)


def test_the_preview_of_a_phone_shows_what_a_phone_shows(browser: Browser, at_work: AtWork) -> None:
    scoring = page_of(browser, at_work, "Ana", f"/score?scorecard={at_work.cards['Ana']}", 390)
    preview = page_of(browser, at_work, "Mia", "/rubrics?rubric=technical-depth", 1440)
    open_preview(preview, "On a phone")

    frame = preview.locator(".st-key-phone-frame")
    inside, row = frame.bounding_box(), preview.locator(".lv-thumbs").bounding_box()
    assert inside
    assert row
    assert inside["width"] == 390
    assert row["y"] + row["height"] <= inside["y"] + inside["height"] + 1
    assert [each[:2] for each in levels_shown(preview)] == [each[:2] for each in levels_shown(scoring)]
    assert frame.locator(".lv-thumbs .lv").all_inner_texts() == ["1", "2", "3", "4", "5"]


def test_the_preview_of_a_desk_shows_what_a_desk_shows(browser: Browser, at_work: AtWork) -> None:
    scoring = page_of(browser, at_work, "Ana", f"/score?scorecard={at_work.cards['Ana']}", 1440)
    preview = page_of(browser, at_work, "Mia", "/rubrics?rubric=technical-depth", 1440)
    open_preview(preview, "At a desk")
    assert levels_shown(preview) == levels_shown(scoring)


def test_a_phone_reads_the_rubrics_page_without_sideways_scrolling(browser: Browser, at_work: AtWork) -> None:
    page = page_of(browser, at_work, "Mia", "/rubrics?rubric=technical-depth", 390)
    for screen in ("At a desk", "On a phone"):
        open_preview(page, screen)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
