"""The rule of blindness on every page that exists: what is shown, and what reaches the browser at all.

The panel is Ana, Bo (interviewers) and Mia (manager). Bo submits first.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.factories import Team
from tests.ui.driving import APP, EVERY_PAGE, Tab

pytestmark = pytest.mark.long

Seats = Callable[[str], Tab]
NOTE, SUMMARY = "heron 71 of 5", "avocet 33 of 5"


def everywhere(team: Team, tab: Seats, name: str) -> Iterator[tuple[str, Tab]]:
    """Every page in every state of its own that an address or a click opens, for one reader, in a new tab."""
    here = tab(name)
    for page in EVERY_PAGE:
        yield page, here.open(page)
    for step in ("1", "2", "3", "End"):
        here.open("today")  # a page forgets its place only when it is left
        yield f"own scorecard, {step}", here.open("score", scorecard=team.card(name).id, q=step)
    for whose in sorted({"Ana", "Bo", "Mia"} - {name}):
        yield f"{whose}'s scorecard", here.open("score", scorecard=team.card(whose).id)
    yield "the plan", here.open("plans", plan=team.plan_id)
    for where in team.version.published.rounds:
        for guide in where.guides:
            address = {"plan": team.plan_id, "part": guide.assignment_id}
            yield f"{guide.interviewer_name}'s part of {where.name}", here.open("plans", **address)
    yield "the candidate", here.open("candidates", candidate=team.candidate.id)
    yield "the debrief", here.open("debrief", candidate=team.candidate.id)
    if team.people[name].access != "interviewer":
        yield "side by side", tab(name).open("compare", side=team.candidate.id)


def where_secrets_are(team: Team, tab: Seats, name: str) -> set[str]:
    return {place for place, page in everywhere(team, tab, name) if page.was_sent(NOTE) or page.was_sent(SUMMARY)}


def said_everywhere(team: Team, tab: Seats, name: str) -> dict[str, str]:
    return {place: page.text for place, page in everywhere(team, tab, name)}


def rewrite(team: Team, name: str, *, level: int, recommendation: str) -> None:
    """Change what somebody observed behind the tool's back, sealed or not."""
    card = team.card(name).id

    def work(transaction: Any) -> None:
        transaction.run("UPDATE rating SET level = ?, note = 'another' WHERE scorecard_id = ?", level, card)
        transaction.run("UPDATE scorecard SET recommendation = ?, summary = 'x' WHERE id = ?", recommendation, card)

    team.workspace.database.write(work)


def test_every_page_is_read_here() -> None:
    in_app = set(re.findall(r'"screens/(\w+)\.py"', APP.read_text(encoding="utf-8")))
    in_folder = {each.stem for each in (APP.parent / "screens").glob("*.py")} - {"__init__"}
    assert set(EVERY_PAGE) == in_app == in_folder


@pytest.mark.parametrize("name", ["Ana", "Mia"])
def test_what_bo_submitted_reaches_the_panel_only_after_their_own_submission(team: Team, tab: Seats, name: str) -> None:
    team.fill("Bo", levels=2, note=NOTE, summary=SUMMARY, recommendation="strong_no")
    assert where_secrets_are(team, tab, name) == set()
    team.submit("Bo")
    team.fill(name, levels=4)
    assert where_secrets_are(team, tab, name) == set()

    team.submit(name)
    own = {f"own scorecard, {step}" for step in ("1", "2", "3", "End")}
    compared = {"compare", "side by side"} if name == "Mia" else set()  # a split opens its notes in the row
    assert where_secrets_are(team, tab, name) == {"Bo's scorecard"} | own | compared


@pytest.mark.parametrize("name", ["Ana", "Mia"])
def test_what_is_withheld_changes_no_word_on_any_page(team: Team, tab: Seats, name: str) -> None:
    team.hand_in("Bo", levels=2, note=NOTE, summary=SUMMARY, recommendation="strong_no")
    before = said_everywhere(team, tab, name)
    rewrite(team, "Bo", level=5, recommendation="strong_yes")
    after = said_everywhere(team, tab, name)
    assert {place for place in before if before[place] != after[place]} == set()


def test_those_off_the_panel_read_what_their_access_allows(team: Team, tab: Seats) -> None:
    team.hand_in("Bo", levels=2, note=NOTE, summary=SUMMARY)
    readers = {}
    for name in ("Tom", "Max", "Ada"):
        here = tab(name)
        found = {"score": here.open("score", scorecard=team.card("Bo").id).was_sent(NOTE)}
        if name != "Tom":
            found["compare"] = here.open("compare", side=team.candidate.id).was_sent(NOTE)
        readers[name] = found
    reads = {"score": True, "compare": True}
    assert readers == {"Tom": {"score": False}, "Max": reads, "Ada": reads}


def test_a_tab_opened_before_the_rule_changed_is_checked_again(team: Team, tab: Seats) -> None:
    team.hand_in("Bo", levels=2, note=NOTE, summary=SUMMARY)
    page = tab("Max").open("score", scorecard=team.card("Bo").id)
    assert page.was_sent(NOTE)
    team.change("Max", access="interviewer")
    page.run()
    assert not page.was_sent(NOTE)
    assert page.lacks("This scorecard is closed to you") == []
