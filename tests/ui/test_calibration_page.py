"""Calibration: one's own card for everybody, the team's figures for those who manage hiring."""

from collections.abc import Callable

import numpy as np
import pytest

from tests.factories import Team
from tests.ui.driving import Tab

pytestmark = pytest.mark.long

Seats = Callable[[str], Tab]
IN_THE_PANEL = ("what-ana-asks", "what-bo-asks", "what-mia-asks")


def figures(page: Tab) -> int:
    return len(page.app.get("plotly_chart"))


def a_scored_year(team: Team) -> None:
    """Eight candidates whom the whole panel rated; Ana is a level harsher than the others, or two."""
    for number in range(8):
        candidate = team.add_candidate(f"Candidate {number}")
        level = 3 + number % 3
        team.hand_in("Ana", candidate=candidate, levels=level - 1 - number % 2)
        for name in ("Bo", "Mia"):
            team.hand_in(name, candidate=candidate, levels=level)


def test_before_anything_is_submitted_the_card_says_what_will_be_here(team: Team, tab: Seats) -> None:
    page = tab("Ana").open("calibration")
    assert page.lacks("Your own card", "Nothing of yours can be compared yet.", "is not validity") == []
    assert figures(page) == 0
    assert tab("Max").open("calibration").lacks("The team", "No submitted rating of this plan yet.") == []


def test_an_interviewer_sees_their_own_card_and_no_team(team: Team, tab: Seats) -> None:
    a_scored_year(team)
    page = tab("Ana").open("calibration")
    assert page.lacks("On the 8 candidates you shared with others, on the same questions, you rated about 1.5 levels "
                      "lower") == []  # fmt: skip
    assert page.lacks("One thing to try: before you choose, ask which words of the higher anchor") == []
    assert figures(page) == 1
    for words in ("The team", "Offset on shared candidates", "Krippendorff", "Bo", "Mia"):
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
    assert tab("Ana").open("calibration").lacks("On the 2 candidates you shared with others", words) == []


def test_a_manager_sees_the_team_with_every_figure(team: Team, tab: Seats) -> None:
    a_scored_year(team)
    page = tab("Max").open("calibration")
    assert page.lacks(
        "72 ratings of 8 candidates by 3 interviewers, submitted scorecards only.", "Panel sittings",
        "No separate sitting of this plan has been submitted.", "Levels each interviewer uses",
        "Offset on shared candidates", "same candidate, same question", "Spread",
    ) == []  # fmt: skip
    assert figures(page) == 3
    rows = ("Ana 24 2.38", "Bo 24 3.88", "Mia 24 3.88")
    assert page.lacks("Interviewer Ratings Mean level Standard deviation", *rows) == []
    assert page.lacks("+1.50 (", "-0.75 (") == []


def test_few_candidates_support_no_claim(team: Team, tab: Seats) -> None:
    for name in ("Zoe", "Kim"):
        candidate = team.add_candidate(name)
        for place, person in enumerate(("Ana", "Bo")):
            team.hand_in(person, candidate=candidate, levels=3 + place)
    page = tab("Max").open("calibration")
    assert 'class="big-number"' not in page.markup
    assert page.lacks("2 candidates by 2 interviewers") == []


def test_a_manager_who_owes_is_told_what_is_left_out(team: Team, tab: Seats) -> None:
    a_scored_year(team)
    team.hand_in("Bo")
    page = tab("Mia").open("calibration")
    assert page.lacks("72 ratings of 8 candidates", "Rounds for which you still owe a scorecard are left out") == []


def test_where_scores_come_from_is_said_from_thirty_candidates_on(team: Team, tab: Seats) -> None:
    a_scored_year(team)
    few = tab("Max").open("calibration")
    assert few.lacks("Where the scores come from", "No reliability claim: 8 candidates rated, 22 more needed") == []
    assert "Severity by the model" not in few.text
    random = np.random.default_rng(3)
    for number in range(24):
        candidate = team.add_candidate(f"Later {number}")
        for name, shift in (("Ana", -1), ("Bo", 0), ("Mia", 1)):
            levels = np.clip(random.normal(3 + shift, 1, len(IN_THE_PANEL)), 1, 5).astype(int).tolist()
            team.hand_in(name, candidate=candidate, levels=dict(zip(IN_THE_PANEL, levels, strict=True)))
    enough = tab("Max").open("calibration")
    assert enough.lacks(
        "Provisional: Of the variance of the scores, candidate", "(32 candidates, 3 interviewers",
        "Severity by the model", "Halo is one interviewer's impression", "Answers is how one candidate answered",
        "Above 0 is harsher than the average interviewer",
    ) == []  # fmt: skip
    assert "target" not in enough.text
