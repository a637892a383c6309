"""The frame: who is looking, the demo's line, one's own account, and text from people staying text."""

from collections.abc import Callable
from pathlib import Path

import pytest

from panel.actions import (
    accounts,
    agendas,
    candidates,
    plan_rounds,
    plans,
    roles,
    scorecard_reading,
    scoring,
    sessions,
)
from panel.domain.people import Person
from panel.domain.scorecards import Closing
from panel.house import House, Workspace
from panel.ui.words import JOINER
from tests.factories import Team, a_bank, add_person, everybody
from tests.teammates import PASSWORD, administrator, member
from tests.ui.driving import EVERY_PAGE, Tab

Seats = Callable[[str], Tab]
SCRIPT = "<script>alert(1)</script>"
MARKED = "**bold** :red[x] $x$ [here](http://evil.example) :material/home:"


def signed_out(page: Tab) -> bool:
    """The link to sign in, and nothing else."""
    return (
        [each.value for each in page.app.markdown] == ["You are signed out. [Sign in](/signin)"]
        and [each.value for each in page.app.get("html")] == ["<script>window.location.replace('/signin')</script>"]
        and len(page.app.main.children) == 2
    )


def test_without_a_session_there_is_the_way_to_sign_in_and_nothing_else(team: Team, tab: Seats) -> None:
    assert signed_out(Tab(team.workspace, None))


def test_a_session_that_ends_takes_its_open_tabs_along(team: Team) -> None:
    page = Tab(team.workspace, team.people["Ana"])
    page.open("score", scorecard=team.card("Ana").id)
    _, _, token_hash = page.app.user["session"].partition(":")
    sessions.sign_out(team.workspace, token_hash=token_hash)
    page.run()
    assert signed_out(page)


@pytest.mark.parametrize("session", ["", "team:", "other:0", "team:' OR 1=1 --", "demo:0"])
def test_a_made_up_session_is_nobodys(team: Team, session: str) -> None:
    page = Tab(team.workspace, None)
    page.app.user = {"session": session} if session else {}
    page.run()
    assert signed_out(page)


def test_the_demo_says_so_on_every_page_and_the_team_never(opened: House, content: Path) -> None:
    workspace = opened.open_demo()
    mia = everybody(workspace)["Mia"]
    a_bank(workspace, content, mia)
    here = Tab(workspace, mia)
    line = "Demo team, all of it fictional. You look as Mia, hiring manager."
    assert {page: here.open(page).lacks(line) for page in EVERY_PAGE} == {page: [] for page in EVERY_PAGE}
    assert '<a href="/demo" target="_self">Look as someone else</a>' in here.markup

    team_mia = everybody(opened.team)["Mia"]
    there = Tab(opened.team, team_mia)
    assert {page for page in EVERY_PAGE if "fictional" in there.open(page).text} == set()


def test_the_demo_team_is_removed_from_the_account_page(opened: House, content: Path) -> None:
    workspace = opened.open_demo()
    people = everybody(workspace)
    ana = Tab(workspace, people["Ana"]).open("account")
    ana.click("Remove it now")
    assert ana.lacks("Look as a manager or the administrator to remove the demo team.") == []
    mia = Tab(workspace, people["Mia"]).open("account")
    mia.click("Remove it now")
    assert signed_out(mia)
    assert opened.demo is None


def test_one_changes_ones_own_password(opened: House, content: Path, quick_passwords: None) -> None:
    person, _ = member(opened.team, administrator(opened.team), "Bo")
    page = Tab(opened.team, person).open("account")
    assert page.lacks("Bo", "Interviewer · bo@example.org") == []
    page.fill("Present password", "not it at all").fill("New password, at least 10 characters", "a new long sentence")
    page.click("Change the password")
    assert page.lacks("The present password is not right. Nothing was changed.") == []
    assert page.field("Present password").value == ""

    page.fill("Present password", PASSWORD).fill("New password, at least 10 characters", "a new long sentence")
    page.click("Change the password")
    assert page.lacks("Your password is changed. Your other sessions have ended.") == []
    assert not page.was_sent("a new long sentence")
    assert accounts.sign_in(opened.team, email="bo@example.org", password="a new long sentence", address="here")


# ---- text from people is text -----------------------------------------------------------------------------------


def hostile_team(workspace: Workspace, content: Path, text: str) -> tuple[dict[str, Person], str]:
    """Everything that a person can name bears the same hostile name; a candidate is scored and compared."""
    people = {
        "Ada": add_person(workspace, "Ada", "administrator"),
        "manager": add_person(workspace, "Mia", "manager"),
        "Ana": add_person(workspace, "Ana"),
    }
    hostile = accounts.change_person(
        workspace, by=people["Ada"], person_id=people["manager"].id, seen_version=1, name=text, access="manager",
        active=True,
    )  # fmt: skip
    small = a_bank(workspace, content, people["Ada"])
    role_id = roles.create_role(
        small, by=hostile, name=text, competencies=("Technical depth", roles.competency(text, need="nice")), about=text
    )
    plan_id = plans.create_plan(small, by=hostile, role_id=role_id, title=text)
    plan_rounds.add_round(
        small, by=hostile, plan_id=plan_id, name=text, sitting="panel", minutes=60,
        interviewers=(hostile.id, people["Ana"].id),
    )  # fmt: skip
    return {"Ada": people["Ada"], "Mia": hostile, "Ana": people["Ana"]}, plan_id


@pytest.mark.parametrize("text", [SCRIPT, MARKED], ids=["script", "markdown"])
def test_names_of_people_roles_plans_rounds_and_candidates_are_shown_as_typed(
    opened: House, content: Path, text: str
) -> None:
    people, plan_id = hostile_team(opened.team, content, text)
    here = Tab(opened.team, people["Mia"]).open("plans", plan=plan_id)
    for row, question in enumerate(("what-ana-asks", "what-bo-asks")):
        here.click("Questions", row).pick(question, "pick").click("Add this question")
        stays_text(here, text)
        here.click(next(each.label for each in here.app.button if each.label.startswith("Back to ")))
    stays_text(here, text)
    here.click("Publish plan")
    role_id = roles.roles(opened.team, by=people["Mia"])[0].id
    candidate = candidates.add_candidate(opened.team, by=people["Mia"], role_id=role_id, name=text, about=text)
    here.open("candidates", candidate=candidate.id).click("Make the interviews")
    stays_text(here, text)

    for name in ("Mia", "Ana"):
        (card,) = agendas.my_agenda(opened.team, by=people[name])
        page = Tab(opened.team, people[name])
        stays_text(page, text)
        page.open("score", scorecard=card.scorecard_id)
        stays_text(page, text)
        hand_in(opened.team, people[name], card.scorecard_id, text)
        stays_text(page.run(), text)
    for page_name in EVERY_PAGE:
        stays_text(here.open(page_name), text, must_be_there=False)
    stays_text(here.open("compare").tick_row("compared", 0), text)
    stays_text(Tab(opened.team, people["Ada"]).open("people"), text)


def hand_in(workspace: Workspace, person: Person, scorecard_id: str, text: str) -> None:
    """Nothing was asked, and every note bears the text."""
    own = {"by": person, "scorecard_id": scorecard_id}
    for item in scorecard_reading.scorecard(workspace, **own).guide.items:
        scoring.save_rating(
            workspace, **own, question_key=item.question.key, seen_version=0, outcome="not_asked", reason="time",
            note=text,
        )  # fmt: skip
    closing = Closing(recommendation="yes", confidence="low", summary=text)
    scoring.save_closing(workspace, **own, seen=Closing(), new=closing)
    scoring.submit(workspace, **own, seen=closing)


def stays_text(page: Tab, text: str, *, must_be_there: bool = True) -> None:
    if must_be_there:
        assert page.lacks(text) == []
    assert text not in page.markdown.replace(JOINER, "")
    assert SCRIPT not in page.markup
    assert "<script" not in page.markup
