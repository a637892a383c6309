"""A real Chromium, as one person at one computer."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = "seven quiet lanterns"
WAIT = 15_000  # milliseconds; a slow machine is no failure


@contextmanager
def open_browser(executable: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


def person_at(browser: Browser, address: str, *, width: int = 1440, height: int = 900) -> BrowserContext:
    """A browser profile of one's own: cookies are shared by its tabs only."""
    return browser.new_context(base_url=address, viewport={"width": width, "height": height})


def create_first_administrator(page: Page, *, name: str = "Ana Ruiz", email: str = "ana@example.org") -> None:
    page.goto("/")
    page.get_by_role("link", name="Create the first administrator").click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create administrator").click()


def sign_in(page: Page, *, email: str = "ana@example.org", password: str = PASSWORD) -> None:
    page.goto("/signin")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


@dataclass
class Seat:
    """One person at one computer: a tab, and everything the server ever sent to it over the websocket."""

    page: Page
    received: bytearray

    def was_sent(self, text: str) -> bool:
        """Whether a text reached this browser at all, shown or not."""
        return text.encode() in self.received or text in self.page.content()


def seat(person: BrowserContext) -> Seat:
    taken = Seat(person.new_page(), bytearray())

    def keep(payload: str | bytes) -> None:
        taken.received.extend(payload.encode() if isinstance(payload, str) else payload)

    taken.page.set_default_timeout(WAIT)
    taken.page.on("websocket", lambda socket: socket.on("framereceived", keep))
    return taken


def settled(page: Page) -> None:
    """The script has run and its page stands; a page that failed says so here."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=WAIT)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def choose_row(page: Page, row: int = 0) -> None:
    """Tick a row of the page's table; it is drawn on a canvas, so it is found by its place."""
    settled(page)
    page.get_by_test_id("stDataFrame").first.locator(".dvn-scroller").click(position={"x": 18, "y": 52 + 35 * row})


def choose_from_list(page: Page, label: str, *options: str) -> None:
    """Pick options in a list that is searched by typing."""
    box = page.get_by_role("combobox", name=label, exact=True)
    for option in options:
        box.click()
        box.fill(option)
        page.get_by_role("option", name=option, exact=True).click()
    box.press("Escape")
