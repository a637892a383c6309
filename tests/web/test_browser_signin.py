"""Sign-in in a real browser, against the real server."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import create_first_administrator, open_browser, person_at, sign_in
from tests.running import RunningApp


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with open_browser(chromium) as opened:
        yield opened


def test_the_first_visit_makes_an_administrator_who_stays_signed_in(app: RunningApp, browser: Browser) -> None:
    person = person_at(browser, app.address)
    page = person.new_page()
    create_first_administrator(page)
    expect(page.get_by_text("Ana Ruiz").first).to_be_visible()

    page.reload()
    expect(page.get_by_text("Ana Ruiz").first).to_be_visible()
    other_tab = person.new_page()
    other_tab.goto("/")
    expect(other_tab.get_by_text("Ana Ruiz").first).to_be_visible()
    app.restart()
    page.reload()
    expect(page.get_by_text("Ana Ruiz").first).to_be_visible()
    person.close()


def test_signing_out_in_one_tab_ejects_the_other(app: RunningApp, browser: Browser) -> None:
    person = person_at(browser, app.address)
    page, other_tab = person.new_page(), person.new_page()
    create_first_administrator(page)
    other_tab.goto("/")
    expect(other_tab.get_by_text("Ana Ruiz").first).to_be_visible()

    page.goto("/signout")
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(f"{app.address}/signin")
    expect(other_tab.get_by_role("button", name="Sign in")).to_be_visible()
    expect(other_tab.get_by_text("Ana Ruiz")).to_have_count(0)

    sign_in(page)
    expect(page.get_by_text("Ana Ruiz").first).to_be_visible()
    person.close()
