"""How long the Questions page takes for a keystroke in a bank of 10,000: the server's run, and the painted list.

Run: .venv/bin/python benchmarks/questions_page.py          (the browser's part needs Chromium and Playwright)
"""

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as NothingPainted

from benchmarks.believable import believable_questions
from panel.domain.basics import now
from panel.domain.people import Person
from panel.house import House, Workspace
from panel.settings import Settings
from panel.store import bank
from panel.store.database import Transaction
from panel.ui.components.bank import Filters, Finding, list_rows
from tests.browser import open_browser, person_at
from tests.factories import add_person
from tests.running import RunningApp
from tests.ui.driving import session_of

BANK = 10_000
TYPED = ("overfitting", "k means", "gradint boostig", "regularisaton l1", "databse indexes", "what is caching")
# Notes the time at which the browser has painted the rows that a keystroke brought.
WATCH = """() => {
    window.painted = []
    new MutationObserver(() => requestAnimationFrame(() => window.painted.push(performance.now())))
        .observe(document.querySelector('.ql-rows'), { childList: true })
}"""


def show(name: str, took: list[float]) -> None:
    took = sorted(took)
    print(f"  {name:52} p50 {statistics.median(took):6.0f} ms   p95 {took[int(0.95 * len(took))]:6.0f} ms")


def fill(workspace: Workspace) -> None:
    made = list(believable_questions(BANK))

    def work(transaction: Transaction) -> None:
        for category in {each.category.key: each.category for each in made}.values():
            bank.save_category(transaction, category)
        new = [
            bank.NewVersion(each.question, each.category.key, place, 1, "approved") for place, each in enumerate(made)
        ]
        bank.insert_questions(transaction, new, author_id="benchmark", reason="made up", created_at=now())

    workspace.database.write(work)


def server(workspace: Workspace, person: Person) -> None:
    """What a keystroke costs before anything is drawn: access, revision, search, filters, and the rows of a page."""
    from panel.actions.library import library

    start = time.perf_counter()
    library(workspace, by=person)
    print(f"  the first page after a change of the whole bank      {time.perf_counter() - start:.1f} s")
    took = []
    for query in TYPED:
        for length in range(1, len(query) + 1):
            start = time.perf_counter()
            everything = library(workspace, by=person)
            found = everything.search.search(query[:length])
            questions = [everything.questions[place] for place in found.places]
            kept = [each for each in questions if Filters().fits(each, 0)]
            list_rows(Finding(kept, found, query), 0)
            took.append(1000 * (time.perf_counter() - start))
    show("read, search, filter and mark, without Streamlit", took)


def typing(page: Page) -> list[float]:
    """Milliseconds from each keystroke to the painted list, where the list changed."""
    took = []
    search = page.get_by_role("searchbox", name="Search")
    for query in TYPED:
        search.fill("")
        page.wait_for_timeout(1000)
        for letter in query:
            start = page.evaluate("() => { window.painted = []; return performance.now() }")
            page.keyboard.type(letter)
            try:
                page.wait_for_function("window.painted.length > 0", timeout=2000, polling=10)
            except NothingPainted:
                continue  # one more letter found the same
            took.append(page.evaluate("window.painted[0]") - start)
            page.wait_for_timeout(200)
    return took


def browser(app: RunningApp, token: str) -> None:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        print("  no Chromium on this machine")
        return
    app.start()
    try:
        with open_browser(chromium) as opened:
            person = person_at(opened, app.address)
            person.add_cookies([{"name": "panel_session", "value": f"team.{token}", "url": app.address}])
            page = person.new_page()
            page.goto("/questions")
            page.locator(".ql-row").first.wait_for(timeout=60_000)
            page.wait_for_timeout(2000)
            page.evaluate(WATCH)
            show("a keystroke to the painted list, in the browser", typing(page))
    finally:
        app.stop()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "panel.duckdb"
        house = House(Settings(database=str(database)))
        person = add_person(house.team, "Ana")
        fill(house.team)
        token = session_of(house.team, person)
        print(f"Questions page, {BANK:,} questions")
        server(house.team, person)
        house.close()
        browser(RunningApp(database), token)
