"""What only a real browser shows: names that are no markup, and arriving by a page's own address."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

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


def test_a_hostile_name_is_text_in_the_menu_in_notices_and_on_the_page(work: AtWork, browser: Browser) -> None:
    person = person_at(browser, work.app.address)
    page = work.signed_in(person, "Eve")
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto("/")
    settled(page)
    menu = page.get_by_role("navigation").get_by_role("button")
    expect(menu).to_contain_text("Eve")  # while its width is measured, "2 more" stands there
    shown = menu.inner_text().replace(JOINER, "")
    assert (shown, len(shown)) == (f"{EVE[:23]}…", 24)
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
    expect(page.get_by_role("navigation").get_by_role("link", name="Today")).to_be_visible()
    person.close()
