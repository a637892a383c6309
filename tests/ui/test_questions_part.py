"""The questions part of Calibration: the gate, the reasons, and the ways to mend; and taking the data."""

from collections.abc import Callable

import pytest

from panel.actions import bank, question_advice
from panel.ui.components import question_calibration as part
from tests.factories import Team
from tests.ui.driving import Tab

Seats = Callable[[str], Tab]


def test_few_candidates_are_counted_and_nothing_is_said_of_a_question(team: Team, tab: Seats) -> None:
    for name, level in (("Ana", 2), ("Bo", 3)):
        team.hand_in(name, levels=level)
    page = tab("Max").open("calibration")
    assert page.lacks(
        "3 questions of 3 were rated for fewer than 30 candidates, and nothing is said of them yet; the nearest lacks "
        "29 candidates.", "What is what-ana-asks? Approved 1 2.50 – – 2 or 3: 1 of 1 pairs 0",
    ) == []  # fmt: skip
    assert "Worth another look" not in page.text


def test_a_question_is_retired_with_its_reason_and_the_way_to_its_anchors_is_there(
    team: Team, tab: Seats, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The least number of candidates is lowered: thirty would take a minute to interview."""
    for module in (question_advice, part):
        monkeypatch.setattr(module, "TARGETS_FOR_A_CLAIM", 3)
    for number in range(3):
        candidate = team.add_candidate(f"Candidate {number}")
        for name, shift in (("Ana", 0), ("Bo", 2)):
            levels = {"what-ana-asks": 1 + number + shift, "what-bo-asks": 2 + number, "what-mia-asks": 2 + number}
            team.hand_in(name, candidate=candidate, levels=levels)
    page = tab("Max").open("calibration")
    reason = (
        "on 3 of 3 shared answers two interviewers were two levels or more apart after steady severity is taken out: "
        "they listen for different things."
    )
    assert page.lacks("Worth another look", f"Provisional: {reason}") == []
    assert page.links["Rewrite its anchors"].endswith("question=what-ana-asks&part=edit")
    assert page.links["Read its rubric"].endswith("rubric=technical-depth")
    page.click("Retire")
    assert page.warnings == [
        "The question is retired. Plans cannot choose it any more. These plan drafts still hold it: Onsite (Engineer)."
    ]
    view = bank.question(team.workspace, by=team.people["Max"], key="what-ana-asks")
    assert (view.stored.state, view.steps[0].reason) == ("retired", f"Provisional: {reason}")
    assert page.lacks("Nothing in the ratings speaks against a question that is in use.") == []


def test_everybody_is_offered_the_ratings_they_may_see(team: Team, tab: Seats) -> None:
    team.hand_in("Ana")
    for name, words in (
        ("Max", "3 ratings. Submitted scorecards only; what you still owe a scorecard for is left out."),
        ("Ana", "3 ratings. Yours, and those of the panels you sat on, once you have submitted your own."),
        ("Mia", "The submitted ratings that you may see can be taken along here as one table. There are none yet."),
    ):
        assert tab(name).open("calibration").lacks("Take the data", words) == []
