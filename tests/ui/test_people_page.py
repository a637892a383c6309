"""People: administrators only. An invitation link is shown once and used by the person it names."""

import re
from collections.abc import Callable

import pytest

from panel.actions import accounts
from tests.factories import Team
from tests.teammates import PASSWORD
from tests.ui.driving import Tab

Seats = Callable[[str], Tab]
LINK = re.compile(r"https://panel\.example/invite/(\S+)")


def invite(page: Tab, name: str, email: str, access: str = "Interviewer") -> Tab:
    page.fill("Name", name).fill("Email", email).choose("Access level", access)
    return page.click("Make an invitation link")


@pytest.mark.parametrize("name", ["Mia", "Ana"])
def test_others_read_a_sentence_and_nobodys_address(team: Team, tab: Seats, name: str) -> None:
    page = tab(name).open("people")
    assert page.warnings == ["Only administrators see this page."]
    assert "@example.org" not in page.text
    assert list(page.app.button) == []


def test_everyone_stands_with_access_and_address(team: Team, tab: Seats) -> None:
    page = tab("Ada").open("people")
    assert page.lacks("6 accounts.", "Mia Hiring manager · mia@example.org", "Bo Interviewer · bo@example.org") == []


def test_a_link_is_shown_once_and_lets_its_person_in(team: Team, tab: Seats, quick_passwords: None) -> None:
    page = invite(tab("Ada").open("people"), "Zoe Ek", "zoe@example.org", "Hiring manager")
    assert page.lacks("The link for Zoe Ek", "It works once, within 72 hours, and is not shown again.") == []
    assert page.lacks("Zoe Ek Hiring manager · zoe@example.org · invited, no password yet", "7 accounts.") == []
    (token,) = LINK.findall(page.app.code[0].value)
    invited = accounts.invited_person(team.workspace, token=token)
    assert invited and (invited.name, invited.access) == ("Zoe Ek", "manager")

    assert not tab("Ada").open("people").was_sent(token)
    page.click("Hide the link")
    assert not page.was_sent(token)
    accounts.accept_invitation(team.workspace, token=token, password=PASSWORD)
    assert "invited, no password yet" not in page.run().text


def test_a_taken_address_and_a_bad_one_are_refused_and_nothing_typed_is_lost(team: Team, tab: Seats) -> None:
    page = invite(tab("Ada").open("people"), "Bo Two", "BO@example.org")
    assert page.warnings == ["Bo already has an account with bo@example.org. Send them a new link instead."]
    assert page.field("Name").value == "Bo Two"
    page.fill("Email", "no address").click("Make an invitation link")
    assert page.warnings == ["Enter an email address, such as ana@example.org."]
    assert page.lacks("6 accounts.") == []


def test_a_person_is_renamed_given_other_access_and_deactivated(team: Team, tab: Seats) -> None:
    page, tom = tab("Ada").open("people"), tab("Tom")
    place = 1 + sorted(team.people).index("Tom")  # the first name field is the invitation's
    page.fill("Name", "Thomas", place).choose("Access level", "Hiring manager", place)
    page.click("Save the change", place - 1)
    assert page.lacks("Thomas Hiring manager · tom@example.org") == []
    assert tom.open("people").lacks("Only administrators see this page.") == []

    page.fill("May sign in", False, place - 1).click("Save the change", place - 1)
    assert page.lacks("Thomas Hiring manager · tom@example.org · deactivated") == []
    assert tom.run().text.split() == ["You", "are", "signed", "out.", "[Sign", "in](/signin)"]


def test_the_last_administrator_cannot_step_down(team: Team, tab: Seats) -> None:
    page = tab("Ada").open("people")
    page.choose("Access level", "Interviewer", 1).click("Save the change")
    assert page.warnings == [
        "Ada is the only administrator who can sign in. Make somebody else an administrator first."
    ]


def test_a_new_link_is_made_for_somebody_who_forgot(team: Team, tab: Seats) -> None:
    page = tab("Ada").open("people")
    page.click("Make a link for a new password", sorted(team.people).index("Bo"))
    (token,) = LINK.findall(page.app.code[0].value)
    invited = accounts.invited_person(team.workspace, token=token)
    assert invited and invited.name == "Bo"
