"""A real Chromium, as one person at one computer."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

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
