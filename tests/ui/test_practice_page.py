"""The Practice page: rating blind, what opens afterwards, gold by two leads, training, and rehearsals."""

from collections.abc import Callable

import pytest

from panel.actions import exercises, rehearsals
from tests.factories import Team
from tests.practising import KEYS, SECRET, propose, rate, rate_many, write_exercises
from tests.seats import train
from tests.ui.driving import EVE, Tab

pytestmark = pytest.mark.long

Seats = Callable[[str], Tab]
A = "what-ana-asks/a"
HOSTILE = "<script>alert(1)</script> **bold** $x$ :red[x]"


@pytest.fixture
def team(team: Team) -> Team:
    write_exercises(team.workspace.settings.content)
    return team


def level(page: Tab, number: int) -> Tab:
    return page.click(f"{number}  Label {number}")


def test_an_exercise_is_rated_blind_sealed_and_then_opens(team: Team, tab: Seats) -> None:
    for name, number in (("Bo", 2), ("Mia", 1)):
        rate(team, name, A, number)
    page = tab("Ana").open("practice", exercise=A)
    assert page.lacks("What is what-ana-asks?", "What was said, a.", "technical-depth: behaviour of level 4.") == []
    assert not page.was_sent(SECRET)
    assert page.button("Seal my rating").disabled
    level(page, 1).click("Seal my rating")
    assert page.warnings == [exercises.NEEDS_NOTE]
    page.fill("What in the answer decides? The lowest and the highest level need it.", HOSTILE)
    page.click("Seal my rating")
    assert page.lacks(
        "You chose the gold level.", f"{SECRET} {A}", "what decides what-ana-asks/a", HOSTILE,
        "Set by the authors of this exercise. No two leads of your team have confirmed it yet.",
        "1 person", "2 people you",
    ) == []  # fmt: skip
    assert "<script>" not in page.markup
    assert not page.has_button("Seal my rating")
    page.click("Rate the next exercise")
    assert page.has_button("Seal my rating")


def test_an_exercise_chosen_from_the_list_stands_in_the_address_and_is_rated_there(team: Team, tab: Seats) -> None:
    page = tab("Tom").open("practice").click("Rate it")
    assert page.app.query_params["exercise"]
    level(page, 3)
    assert page.has_button("Seal my rating")


def test_a_second_tab_that_was_open_is_told_and_shows_what_is_sealed(team: Team, tab: Seats) -> None:
    first, second = (level(tab("Tom").open("practice", exercise=A), 2) for _ in range(2))
    first.click("Seal my rating")
    level(second, 3)
    assert "You rated 1 level above the gold level." in first.text
    assert second.has_button("Rate the next exercise")
    assert not second.has_button("Seal my rating")


def test_the_list_says_what_is_rated_and_how_far_one_is(team: Team, tab: Seats) -> None:
    page = tab("Tom").open("practice")
    assert page.lacks("Rate 5 exercises, blind and with the real rubric", "General: 0 of 12") == []
    rate_many(team, "Tom", [0, 1, 2, -1, 0])
    train(team, "Tom", "trainee")
    page.run()
    assert page.lacks(
        "General: 5 of 12", "4 of 5: in the long run 38% to 96%", "2 of 5: in the long run 12% to 77%",
        "about like gold: between 1.0 levels lower and 1.8 higher", "Technical round 4 of 6 within one level",
        "Somebody who always chose the middle level would be within one level on 4 of these 5.",
    ) == []  # fmt: skip
    assert "In training" not in page.text
    assert tab("Tom").lacks("Training", "Technical round: 4 of 6 within one level") == []


def test_a_lead_puts_down_as_trained_whoever_reached_the_number(team: Team, tab: Seats) -> None:
    train(team, "Tom", "trainee")
    rate_many(team, "Tom", [0, 1, 1])
    page = tab("Max").open("practice")
    assert page.lacks("Tom Technical round", "0 of 6", "Counted are exercises that you have rated too") == []
    rate_many(team, "Max", [0, 0, 0])
    page.run()
    assert page.lacks("Tom Technical round", "3 of 6 within one level: 3 exercises rated, 3 of them") == []
    page.fill("For Technical round", 3).click("Save", 1)
    page.click("Put down as trained")
    assert "Nobody is a trainee." in page.text
    assert "you are trained for it" in tab("Tom").open("practice").text


def test_two_leads_confirm_a_gold_and_a_lead_reads_none_before_rating(team: Team, tab: Seats) -> None:
    page = tab("Max").open("practice", exercise=A)
    assert "Rate it yourself first, blind." in page.text
    for name in ("Max", "Mia"):
        rate(team, name, A, 2)
    page.run().choose("Gold level", "2 Label 2").choose("Decided against", "1 Label 1").click("Propose this gold")
    assert "Another hiring manager or administrator agrees to it" in page.text
    other = tab("Mia").open("practice", exercise=A)
    assert "Max proposes" in other.text
    other.click("Agree to 2")
    assert other.lacks("Agreed by Max and Mia, today.", "You chose the gold level.") == []


def test_a_lead_writes_an_exercise_with_a_warning_about_names(team: Team, tab: Seats) -> None:
    page = tab("Max").open("practice").click("Write an exercise")
    page.fill("Title: the topic, never how good the answer is", EVE).fill("The answer", f"Priya said {HOSTILE}")
    page.choose("Question that was asked", "What is what-ana-asks?").run()
    assert "This may tell who gave the answer: Priya." in page.text
    page.click("Save as a draft")
    assert page.lacks(EVE, "It can be rated once its gold is proposed.") == []
    assert "<img" not in page.markup
    page.open("practice")
    assert "draft, needs a gold level" in page.text
    (draft,) = [each for each in exercises.exercises(team.workspace, by=team.people["Max"]) if each.state == "draft"]
    propose(team, "Max", draft.id, 3)
    assert "draft, waits for your blind rating" in tab("Mia").open("practice").text
    assert EVE not in tab("Tom").open("practice").text


def test_an_interviewer_who_writes_the_address_of_a_draft_learns_nothing(team: Team, tab: Seats) -> None:
    page = tab("Tom").open("practice", part="write")
    assert page.warnings == ["Only hiring managers and administrators write exercises."]
    assert page.open("practice", exercise="no/such").warnings == [
        "This exercise does not exist. Choose one from the list."
    ]


def test_a_rehearsal_is_begun_noted_and_read_by_both(team: Team, tab: Seats) -> None:
    page = tab("Ana").open("practice").choose("Plays the candidate", "Tom").click("Begin the rehearsal")
    assert page.lacks("Rehearsal: Panel", "Ana asks, Tom plays the candidate", "question 1 of 3: 0 of 5 minutes") == []
    level(page.fill("Notes", HOSTILE), 4)
    assert page.warnings == []
    page.fill("Notes", f"{HOSTILE} and more").click("Next question")
    assert "question 2 of 3" in page.text
    page.click("Previous question")
    assert page.field("Notes").value == f"{HOSTILE} and more"
    colleague = tab("Tom").open("practice")
    assert "you played the candidate of Ana" in colleague.text
    assert not colleague.has_button("Read the summary")
    (held,) = rehearsals.rehearsals(team.workspace, by=team.people["Tom"])
    page.click("End and read the summary")
    assert page.lacks("2 of 3 questions reached", "1 question not reached", HOSTILE, "4 Label 4") == []
    summary = tab("Tom").open("practice", rehearsal=held.id)
    assert summary.lacks("2 of 3 questions reached", HOSTILE) == []
    assert not summary.has_button("Delete this rehearsal")
    assert "<script>" not in summary.markup
    page.click("Delete this rehearsal")
    assert not page.has_button("Read the summary")


def test_without_exercises_or_seats_the_page_says_what_will_be_here(team: Team, tab: Seats) -> None:
    for key in KEYS:
        (team.workspace.settings.content / "exercises" / f"{key}.toml").unlink()
    page = tab("Tom").open("practice")
    assert page.lacks("There is no exercise yet.", "Once you have a seat in an interview plan") == []
