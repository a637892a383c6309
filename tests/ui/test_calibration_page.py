"""Calibration: one's own card for everybody, the team's figures for those who manage hiring."""

from collections.abc import Callable

import numpy as np
import pytest

from panel.ui import resources
from tests.factories import Team
from tests.seats import opening_after_all
from tests.ui.driving import Tab

pytestmark = pytest.mark.long

Seats = Callable[[str], Tab]
IN_THE_PANEL = ("what-ana-asks", "what-bo-asks", "what-mia-asks")


def figures(page: Tab) -> int:
    return len(page.app.get("plotly_chart"))


def calibration(tab: Seats, name: str, **address: str) -> Tab:
    """The page when everything is calculated."""
    return settled(tab(name).open("calibration", **address))


def settled(page: Tab) -> Tab:
    """Run as the page's own timer asks, until nothing is being calculated."""
    for name in ("own-card", "calibration"):
        for fit in page.app.session_state["fits"].get(name, {}).values() if "fits" in page.app.session_state else ():
            assert fit.over.wait(60)
    page.run()
    assert not page.has_button("Cancel")
    return page


def view(page: Tab, name: str) -> Tab:
    next(each for each in page.app.segmented_control if each.key == "calibrated-view").set_value(name)
    return settled(page.run())


def a_scored_year(team: Team) -> None:
    """Eight candidates whom the whole panel rated; Ana is a level harsher than the others, or two."""
    for number in range(8):
        candidate = team.add_candidate(f"Candidate {number}")
        level = 3 + number % 3
        team.hand_in("Ana", candidate=candidate, levels=level - 1 - number % 2)
        for name in ("Bo", "Mia"):
            team.hand_in(name, candidate=candidate, levels=level)


def test_before_anything_is_submitted_the_card_says_what_will_be_here(team: Team, tab: Seats) -> None:
    page = calibration(tab, "Ana")
    assert page.lacks("Your own card", "Nothing of yours can be compared yet.", "is not validity") == []
    assert figures(page) == 0
    assert calibration(tab, "Max").lacks("The team", "No submitted rating here yet.") == []


def test_an_interviewer_sees_their_own_card_and_no_team(team: Team, tab: Seats) -> None:
    a_scored_year(team)
    page = calibration(tab, "Ana")
    assert page.lacks("On the 8 candidates you shared with others, on the same questions, you rated about 1.5 levels "
                      "lower") == []  # fmt: skip
    to_try = "One thing to try: before you choose, ask which words of the higher anchor"
    assert page.lacks(to_try, "only you see this card") == []
    assert figures(page) == 2  # the finding, and the levels below the fold
    for words in ("The team", "Interviewers", "Krippendorff", "Bo", "Mia"):
        assert words not in page.text


@pytest.mark.parametrize(
    ("level", "words"),
    [(2, "you rated 2.0 levels lower every time."), (4, "you rated just like them."), (5, "1.0 levels higher every")],
)
def test_a_difference_that_is_always_the_same_has_no_interval(team: Team, tab: Seats, level: int, words: str) -> None:
    for name in ("Zoe", "Kim"):
        candidate = team.add_candidate(name)
        team.hand_in("Ana", candidate=candidate, levels=level)
        team.hand_in("Bo", candidate=candidate, levels=4)
    assert calibration(tab, "Ana").lacks("On the 2 candidates you shared with others", words) == []


def test_a_manager_sees_the_team_one_picture_at_a_time_in_the_order_of_names(team: Team, tab: Seats) -> None:
    a_scored_year(team)
    page = calibration(tab, "Max")
    assert page.lacks(
        "72 ratings of 8 candidates by 3 interviewers, submitted scorecards only.", "Panel sittings",
        "No separate sitting has been submitted.", "No reliability claim: 8 candidates rated, 22 more needed",
        "No reliability claim below 30 candidates whom two or more rated. So far: Panel (8).",
        "Interviewer Beside all linked Beside those they sat with Shared ratings Shared candidates "
        "Ana 1.0 levels harsher, between",
        "Over all sittings, all interviewers are linked through candidates they share.",
        "Interviewer With Candidates shared",
        "Ana Bo 8", "Ana Mia 8", "Bo Mia 8",
    ) == []  # fmt: skip
    assert figures(page) == 2
    assert "big-number" not in page.markup
    levels = view(page, "Levels used")
    rows = ("Ana 24 2.38", "Bo 24 3.88", "Mia 24 3.88")
    assert levels.lacks("Interviewer Ratings Mean level Standard deviation Levels used", *rows) == []
    agreement = view(page, "Agreement")
    assert agreement.lacks("How far an interviewer's levels scatter", "A correlation is given from 30 shared") == []
    assert view(page, "Halo").lacks("Below 1 is a sign of halo") == []
    assert view(page, "Drift").lacks("How severity changes in 30 days") == []
    assert view(page, "Handing in").lacks("Hours from the planned end of an interview") == []


def test_filters_stand_in_the_address_and_choose_what_is_calculated(team: Team, tab: Seats) -> None:
    a_scored_year(team)
    page = calibration(tab, "Max", competency="Explanation")
    assert page.lacks("72 ratings of 8 candidates") == ["72 ratings of 8 candidates"]
    assert page.lacks("ratings of 8 candidates by 3 interviewers") == []
    page.choose("Competency", "All competencies")
    assert settled(page.run()).lacks("72 ratings of 8 candidates") == []
    page.choose("Round", "Separate")
    assert settled(page.run()).lacks("No submitted rating here yet.") == []
    assert page.app.query_params["round"] == team.round_id("Separate")


def test_an_address_of_something_else_counts_as_all(team: Team, tab: Seats) -> None:
    a_scored_year(team)
    assert calibration(tab, "Max", role="no such role", plan="none").lacks("72 ratings of 8 candidates") == []


def test_a_new_submission_is_in_the_next_view(team: Team, tab: Seats) -> None:
    a_scored_year(team)
    page = calibration(tab, "Max")
    team.hand_in("Ana")
    assert settled(page.run()).lacks("75 ratings of 9 candidates") == []


def test_what_is_cancelled_can_be_calculated_after_all(team: Team, tab: Seats) -> None:
    a_scored_year(team)
    with resources.turn_to_fit():
        page = tab("Max").open("calibration")
        assert page.lacks("The team", "Waiting for another calculation") == []
        assert settled(page.click("Cancel")).lacks("The calculation was cancelled.") == []
    page.click("Calculate again")
    assert settled(page).lacks("72 ratings of 8 candidates") == []


def test_few_candidates_support_no_claim(team: Team, tab: Seats) -> None:
    for name in ("Zoe", "Kim"):
        candidate = team.add_candidate(name)
        for place, person in enumerate(("Ana", "Bo")):
            team.hand_in(person, candidate=candidate, levels=3 + place)
    page = calibration(tab, "Max")
    assert 'class="big-number"' not in page.markup
    assert page.lacks("2 candidates by 2 interviewers") == []


def test_a_manager_who_owes_is_told_what_is_left_out(team: Team, tab: Seats) -> None:
    a_scored_year(team)
    team.hand_in("Bo")
    page = calibration(tab, "Mia")
    assert page.lacks("72 ratings of 8 candidates", "Rounds for which you still owe a scorecard are left out") == []


def test_a_manager_who_waits_for_the_panel_is_told_so_and_not_that_they_owe(team: Team, tab: Seats) -> None:
    later = opening_after_all(team)
    kim = later.add_candidate("Kim")
    for name in ("Mia", "Bo"):
        later.hand_in(name, candidate=kim, levels=3)
    page = calibration(tab, "Mia")
    assert page.lacks("3 ratings of 1 candidate by 1 interviewer", "In rounds that wait for your whole panel") == []
    assert "Rounds for which you still owe" not in page.text


def test_where_scores_come_from_is_said_from_thirty_candidates_on(team: Team, tab: Seats) -> None:
    random = np.random.default_rng(3)
    for number in range(32):
        candidate = team.add_candidate(f"Later {number}")
        for name, shift in (("Ana", -1), ("Bo", 0), ("Mia", 1)):
            levels = np.clip(random.normal(3 + shift, 1, len(IN_THE_PANEL)), 1, 5).astype(int).tolist()
            team.hand_in(name, candidate=candidate, levels=dict(zip(IN_THE_PANEL, levels, strict=True)))
    enough = calibration(tab, "Max")
    assert enough.lacks(
        "Provisional: Of the variance of the scores, candidate", "(32 candidates, 3 interviewers",
        "Halo is one interviewer's impression", "Answers is how one candidate answered", "ICC(A,1)",
        "agreement of a single interviewer's mean",
    ) == []  # fmt: skip
    assert 'class="big-number"' in enough.markup
    assert "target" not in enough.text
