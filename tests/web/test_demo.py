"""Who may create the demo team, and entering it."""

import re
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from panel.domain.basics import new_id, now
from panel.domain.people import Access
from panel.house import House, Workspace
from panel.settings import Settings
from panel.store import people
from panel.store.database import Transaction
from tests.asgi import Answer, OneBrowser
from tests.teammates import PASSWORD, administrator, member

FICTIONAL: dict[str, Access] = {"Dana": "administrator", "Max": "manager", "Ida": "interviewer", "Ivo": "interviewer"}


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A small demo team in place of the large one; the list says how often one was made."""
    calls: list[str] = []

    def create_demo_team(workspace: Workspace) -> None:
        calls.append(workspace.name)
        workspace.database.write(add)

    def add(transaction: Transaction) -> None:
        for name, access in FICTIONAL.items():
            email = f"{name}@example.org"
            people.insert_person(
                transaction, person_id=new_id(), name=name, email=email, access=access, password_hash=None, at=now()
            )

    module = ModuleType("panel.actions.demo")
    module.create_demo_team = create_demo_team  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "panel.actions.demo", module)
    return calls


@pytest.fixture
def browser(tmp_path: Path, quick_passwords: None) -> Iterator[OneBrowser]:
    house = House(Settings(database=str(tmp_path / "panel.duckdb")))
    yield OneBrowser(house)
    house.close()


def buttons(answer: Answer) -> dict[str, str]:
    return {name: key for key, name in re.findall(r'name="person" value="(\w+)">([^<]*)<', answer.text)}


def test_a_first_visitor_creates_and_enters_it(browser: OneBrowser, made: list[str]) -> None:
    assert browser.post("/demo/open").headers["location"] == "/demo"
    page = browser.get("/demo")
    people_shown = buttons(page)
    assert list(people_shown) == ["Dana", "Max", "Ida", "Ivo"]
    assert re.findall(r"<h2>([^<]*)</h2>", page.text) == ["Administrator", "Hiring manager", "Interviewers"]

    answer = browser.post("/demo/signin", person=people_shown["Max"])
    assert answer.headers["location"] == "/"
    assert browser.cookie.startswith("demo.")
    assert browser.get("/").status == 200
    assert "you are here" in browser.get("/demo").text
    assert browser.get("/signin").headers["location"] == "/welcome"
    assert made == ["demo"]


def test_two_who_press_the_button_at_once_make_one_team(browser: OneBrowser, made: list[str]) -> None:
    others = [browser.another() for _ in range(4)]
    threads = [threading.Thread(target=each.post, args=("/demo/open",)) for each in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == ["demo"]
    assert len(buttons(browser.get("/demo"))) == len(FICTIONAL)


def test_once_the_team_has_accounts_only_its_administrator_creates_it(browser: OneBrowser, made: list[str]) -> None:
    ana = administrator(browser.house.team)
    member(browser.house.team, ana, "Ben", "manager")
    for email in ("", "ben@example.org"):
        visitor = browser.another()
        if email:
            visitor.post("/signin", email=email, password=PASSWORD)
        answer = visitor.post("/demo/open")
        assert answer.status == 403
        assert "Only an administrator" in answer.text
        assert "There is no demo team here" in visitor.get("/demo").text
        assert "demo team" not in visitor.another().get("/signin").text
    assert made == []

    browser.post("/signin", email="ana@example.org", password=PASSWORD)
    assert 'action="/demo/open"' in browser.get("/demo").text
    assert browser.post("/demo/open").status == 303
    assert made == ["demo"]


def test_anybody_may_enter_a_demo_team_while_the_team_is_empty(browser: OneBrowser, made: list[str]) -> None:
    browser.post("/demo/open")
    visitor = browser.another()
    assert visitor.post("/demo/signin", person=buttons(visitor.get("/demo"))["Dana"]).status == 303
    # A demo administrator is nobody in the real team, and can sign in to it from where they are.
    administrator(browser.house.team)
    assert "You are looking around the demo team as Dana." in " ".join(visitor.get("/signin").text.split())
    assert visitor.post("/signin", email="ana@example.org", password=PASSWORD).status == 303
    assert visitor.cookie.startswith("team.")


def test_once_the_team_has_an_account_a_stranger_reads_no_answers_in_the_demo(
    browser: OneBrowser, made: list[str]
) -> None:
    browser.post("/demo/open")
    dana = buttons(browser.get("/demo"))["Dana"]
    administrator(browser.house.team)
    stranger = browser.another()
    assert "Explore the demo team" not in stranger.get("/signin").text
    assert buttons(stranger.get("/demo")) == {}
    answer = stranger.post("/demo/signin", person=dana)
    assert answer.status == 403
    assert "set-cookie" not in answer.headers
    assert stranger.post("/signin", email="ana@example.org", password=PASSWORD).status == 303
    assert stranger.post("/demo/signin", person=dana).status == 303


def test_a_demo_administrator_cannot_create_a_demo_team_again(browser: OneBrowser, made: list[str]) -> None:
    browser.post("/demo/open")
    dana = buttons(browser.get("/demo"))["Dana"]
    browser.post("/demo/signin", person=dana)
    administrator(browser.house.team)
    browser.house.remove_demo()
    assert browser.post("/demo/open").status == 403
    assert browser.get("/session").status == 401
    assert browser.post("/demo/signin", person=dana).status == 403


def test_a_team_that_could_not_be_made_leaves_nothing(browser: OneBrowser, monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("panel.actions.demo")
    module.create_demo_team = lambda workspace: 1 / 0  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "panel.actions.demo", module)
    answer = browser.post("/demo/open")
    assert answer.status == 500
    assert "Something went wrong" in answer.text and "division" not in answer.text
    assert browser.house.demo is None
    assert not Path(browser.house.settings.demo_database).exists()


def test_nobody_who_is_not_in_the_demo_team_can_be_entered(browser: OneBrowser, made: list[str]) -> None:
    browser.post("/demo/open")
    ana = administrator(browser.house.team)
    assert browser.post("/signin", email="ana@example.org", password=PASSWORD).status == 303
    for person in (ana.id, "", "nobody"):
        answer = browser.post("/demo/signin", person=person)
        assert answer.status == 400
        assert "set-cookie" not in answer.headers


def test_switched_off_there_is_no_trace_of_it(tmp_path: Path, made: list[str], quick_passwords: None) -> None:
    house = House(Settings(database=str(tmp_path / "panel.duckdb"), demo=False))
    browser = OneBrowser(house)
    assert "demo" not in browser.get("/welcome").text
    assert [browser.get("/demo").status, browser.post("/demo/open").status] == [404, 404]
    assert browser.post("/demo/signin", person="x").status == 404
    assert made == []
    house.close()
