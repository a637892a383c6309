"""Sign-in in a real browser, against the real server."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, WebSocket, expect

from panel.actions import accounts
from panel.domain.people import Person
from panel.house import House
from panel.settings import Settings
from tests.browser import PASSWORD, create_first_administrator, open_browser, person_at, sign_in
from tests.running import RunningApp


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with open_browser(chromium) as opened:
        yield opened


def inside(page: Page) -> None:
    """The app is on the page and nobody asks to sign in."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=20_000)
    expect(page.get_by_test_id("stConnectionStatus")).to_have_count(0)
    expect(page.get_by_role("button", name="Sign in")).to_have_count(0)


def outside(page: Page) -> None:
    expect(page.get_by_role("button", name="Sign in")).to_be_visible(timeout=20_000)
    expect(page.get_by_test_id("stApp")).to_have_count(0)


def invitation(app: RunningApp, name: str) -> str:
    """The path of a link for somebody new, made while the app is stopped."""
    app.stop()
    house = House(Settings(database=str(app.database)))
    with house.team.database.read() as transaction:
        (first,) = transaction.rows("SELECT id FROM person")
    ana = Person(id=first["id"], name="Ana", email="ana@example.org", access="administrator")
    email = f"{name.lower()}@example.org"
    token = accounts.invite(house.team, by=ana, name=name, email=email, access="interviewer")
    house.close()
    app.start()
    return f"/invite/{token}"


def test_one_stays_signed_in_over_reload_new_tab_and_restart(app: RunningApp, browser: Browser) -> None:
    person = person_at(browser, app.address)
    page = person.new_page()
    create_first_administrator(page)
    inside(page)
    page.reload()
    inside(page)
    other_tab = person.new_page()
    other_tab.goto("/")
    inside(other_tab)

    app.restart()
    page.reload()
    inside(page)
    app.restart(signal.SIGKILL)
    page.reload()
    inside(page)
    person.close()


def test_signing_out_in_one_tab_ejects_the_others(app: RunningApp, browser: Browser) -> None:
    person = person_at(browser, app.address)
    page, other_tab = person.new_page(), person.new_page()
    create_first_administrator(page)
    closed: list[WebSocket] = []
    other_tab.on("websocket", lambda socket: socket.on("close", lambda _: closed.append(socket)))
    other_tab.goto("/")
    inside(other_tab)

    page.goto("/signout")
    page.get_by_role("button", name="Sign out").click()
    outside(page)
    outside(other_tab)
    assert closed
    page.go_back()
    outside(page)

    sign_in(page)
    inside(page)
    person.close()


def test_a_link_on_the_page_that_was_wanted_survives_signing_in(app: RunningApp, browser: Browser) -> None:
    person = person_at(browser, app.address)
    page = person.new_page()
    create_first_administrator(page)
    page.goto("/signout")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/?card=7")
    outside(page)
    page.get_by_label("Email").fill("ana@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    inside(page)
    expect(page).to_have_url(f"{app.address}/?card=7")
    person.close()


def test_an_invited_person_sets_a_password_once(app: RunningApp, browser: Browser) -> None:
    first = person_at(browser, app.address)
    create_first_administrator(first.new_page())
    link = invitation(app, "Ben")

    ben = person_at(browser, app.address, width=390, height=844)
    page = ben.new_page()
    page.goto(link)
    expect(page.get_by_text("you have been invited as interviewer")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Set password and sign in").click()
    inside(page)
    page.goto(link)
    expect(page.get_by_role("alert")).to_have_text(
        "This link has been used, replaced or has expired. Ask an administrator for a new one."
    )

    again = ben.new_page()
    again.goto("/signout")
    again.get_by_role("button", name="Sign out").click()
    sign_in(again, email="ben@example.org")
    inside(again)
    ben.close()
    first.close()


def test_twenty_wrong_passwords_slow_down_and_lose_nothing_typed(app: RunningApp, browser: Browser) -> None:
    person = person_at(browser, app.address)
    page = person.new_page()
    create_first_administrator(page)
    person.clear_cookies()
    page.goto("/signin")
    texts = []
    for number in range(20):
        page.get_by_label("Email").fill("ana@example.org")
        page.get_by_label("Password").fill(f"guess number {number}")
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_load_state()
        texts.append(page.get_by_role("alert").inner_text())
        expect(page.get_by_label("Email")).to_have_value("ana@example.org")
        expect(page.get_by_label("Password")).to_have_value("")
        expect(page.get_by_label("Password")).to_be_focused()
    assert [text for text in texts[:5] if not text.startswith("The email address or the password")] == []
    assert sum(text.startswith("Too many attempts. Wait") for text in texts) >= 12
    person.close()


def test_keyboard_alone_is_enough_and_focus_is_seen(app: RunningApp, browser: Browser) -> None:
    page = person_at(browser, app.address).new_page()
    page.goto("/")
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Create the first administrator")
    expect(link).to_be_focused()
    assert link.evaluate("each => getComputedStyle(each).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    page.get_by_label("Name").focus()
    for text in ("Ana", "ana@example.org", PASSWORD):
        page.keyboard.type(text)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    inside(page)
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/welcome", "/setup", "/demo", "/invite/x"])
def test_pages_fit_a_phone_and_are_quiet(app_once: RunningApp, browser: Browser, path: str, scheme: str) -> None:
    person = browser.new_context(
        base_url=app_once.address,
        viewport={"width": 390, "height": 844},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    page = person.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if "Content Security" in message.text else None)
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert problems == []
    person.close()


@pytest.fixture(scope="module")
def app_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningApp]:
    """One app for tests that change nothing."""
    running = RunningApp(Path(tmp_path_factory.mktemp("once")) / "panel.duckdb")
    running.start()
    yield running
    running.stop()
