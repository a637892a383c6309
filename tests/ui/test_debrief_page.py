"""The debrief's page: evidence before scores, what is closed, reconciling, confirming, deciding, two tabs."""

from collections.abc import Callable

import pytest

from panel.actions import team_settings
from panel.domain.team_settings import TeamSettings
from tests.debriefs import all_in, decided, opened, reconciled, states, view
from tests.factories import Team
from tests.ui.driving import EVE, Tab

Seats = Callable[[str], Tab]
REASON = "Reason: the evidence that decided it"


@pytest.fixture
def debriefed(team: Team) -> Team:
    all_in(team)
    opened(team)
    return team


def page(tab: Seats, team: Team, name: str) -> Tab:
    return tab(name).open("debrief", candidate=team.candidate.id)


def test_a_manager_opens_it_from_candidates_and_the_panel_finds_it_on_today(team: Team, tab: Seats) -> None:
    assert page(tab, team, "Max").lacks("No scorecard of Priya is submitted yet.") == []
    all_in(team)
    assert page(tab, team, "Ana").lacks("The debrief of Priya is not open yet. A hiring manager opens it.") == []
    assert tab("Max").open("candidates", candidate=team.candidate.id).links["Debrief"].endswith(team.candidate.id)
    assert "Debrief of Priya" not in tab("Ana").open("today").links
    here = page(tab, team, "Max").click("Open the debrief")
    assert here.toasts == ["The debrief is open. Its panel finds it on Today."]
    assert here.lacks("To talk about", "Evidence: Panel", "Scores") == []
    assert tab("Ana").open("today").links["Debrief of Priya"].endswith(team.candidate.id)
    assert "Debrief of Priya" not in tab("Max").open("today").links  # he rated nobody


def test_evidence_stands_before_recommendations_before_scores_before_the_decision(debriefed: Team, tab: Seats) -> None:
    text = page(tab, debriefed, "Max").text
    parts = ("To talk about", "Evidence: Panel", "Evidence: Separate", "Recommendations", "Scores", "Confirmations",
             "Decision")  # fmt: skip
    places = [text.index(f"{each} ") if each in ("Scores", "Decision") else text.index(each) for each in parts]
    assert places == sorted(places)
    evidence = text[text.index("Evidence: Panel") :]
    assert evidence.index("what I heard Ana") < evidence.index("Sealed")


def test_who_owes_and_who_has_no_part_read_a_sentence_and_nothing_else(team: Team, tab: Seats) -> None:
    for name in ("Ana", "Bo"):
        for round_name in ("Panel", "Separate"):
            team.hand_in(name, note="heron 71", round_name=round_name)
    opened(team)
    blind = page(tab, team, "Mia")
    assert blind.lacks("You still owe your scorecard of Priya for Panel and Separate.") == []
    assert not blind.was_sent("heron 71")
    assert "Evidence" not in blind.text
    assert page(tab, team, "Tom").warnings == [
        "A debrief is for those who rated the candidate and for those who manage hiring."
    ]
    assert page(tab, team, "Ana").was_sent("heron 71")
    assert tab("Max").open("debrief", candidate="nobody").warnings == [
        "This candidate does not exist. Choose one from Candidates."
    ]
    assert tab("Max").open("debrief").lacks("No candidate is named.") == []


def test_a_rater_reconciles_their_own_rating_with_a_reason(debriefed: Team, tab: Seats) -> None:
    here = page(tab, debriefed, "Ana")
    here.fill("Level", 4).click("Reconcile")
    assert here.warnings == ["Say why: what did the debrief bring to light about this answer?"]
    assert here.field("Level").value == 4  # nothing typed is lost
    here.fill("Why", "Bo's note shows it").click("Reconcile")
    assert here.toasts == ["Level 4 stands beside Ana's rating."]
    assert here.lacks("1 reconciliation", "Ana: level 4 beside the sealed one, by Ana. Bo's note shows it") == []
    assert [(each["level"], each["rater_name"]) for each in view(debriefed).events] == [(4, "Ana")]
    here.fill("Why", "went too far").click("Take back")
    assert here.toasts == ["Taken back: Ana's sealed level holds."]
    assert {each.sealed.person_name for each in _able(here, debriefed)} == {"Ana"}


def _able(here: Tab, team: Team) -> list[object]:
    """The ratings that the page offers Ana to reconcile, by what stands in the first list."""
    options = here.field("Whose rating").options
    return [
        each
        for part in view(team).rounds[:1]
        for each in part.questions[0].ratings
        if any(option.startswith(each.sealed.person_name) for option in options)
    ]


def test_a_tab_that_is_behind_is_told_and_keeps_what_was_typed(debriefed: Team, tab: Seats) -> None:
    one, other = page(tab, debriefed, "Max"), page(tab, debriefed, "Max")
    for here in (one, other):
        here.fill("Level", 3).fill("Why", "why")
    one.click("Reconcile")
    other.click("Reconcile")
    assert other.warnings == [
        "This rating was reconciled in the meantime. The newer state is shown now; look at it first."
    ]
    assert len(view(debriefed).events) == 1


def test_a_panelist_confirms_and_is_asked_anew(debriefed: Team, tab: Seats) -> None:
    here = page(tab, debriefed, "Ana").click("Confirm")
    assert here.toasts == ["You have confirmed."]
    assert not here.has_button("Confirm")
    assert "Debrief of Priya" not in tab("Ana").open("today").links
    reconciled(debriefed, "Ana", 4, by="Max")
    assert states(debriefed)["Ana"] == "anew"
    again = page(tab, debriefed, "Ana")
    assert again.lacks("Ana to confirm anew: something was added since") == []
    assert again.has_button("Confirm")
    assert not page(tab, debriefed, "Max").has_button("Confirm")


def test_a_decision_is_written_down_revised_and_shown_to_the_panel(debriefed: Team, tab: Seats) -> None:
    here = page(tab, debriefed, "Max")
    here.click("Write the decision down")
    assert here.warnings == ["Choose what was decided: hire, do not hire, hold or another round."]
    here.fill("Outcome", "no_hire").fill(REASON, "not enough").click("Write the decision down")
    assert here.warnings == ["The scores by themselves say hire. Say why the decision departs from them."]
    assert here.field(REASON).value == "not enough"
    stale = page(tab, debriefed, "Ada").fill("Outcome", "hire").fill(REASON, "enough")
    here.fill("If you do not hire: why against the scores", "one sitting only").click("Write the decision down")
    assert here.toasts == ["The decision is written down."]
    stale.click("Write the decision down")
    assert stale.warnings == [
        "A decision was written down in the meantime. It is shown now; revise it if it is not right."
    ]
    said = page(tab, debriefed, "Ana")
    assert said.lacks(
        "Do not hire", "not enough", "Why against the scores", "one sitting only", "Scores it was made on",
        "Composite 3.7, sealed 3.7, from 12 ratings by 3 people.", "Had not confirmed",
    ) == []  # fmt: skip
    assert not said.has_button("Write the decision down")
    assert not said.has_button("Reconcile")
    here.fill("Outcome", "hold").fill(REASON, "wait").fill("Why the earlier decision is revised", "a new opening")
    here.click("Write the decision down")
    assert here.lacks("Hold", "Before that: do not hire", "a new opening", "Open another debrief") == []


def test_hostile_text_is_text(debriefed: Team, tab: Seats) -> None:
    reconciled(debriefed, "Ana", 4, reason=EVE)
    decided(debriefed, "hire", reason=EVE, conditions=EVE)
    here = page(tab, debriefed, "Max")
    assert "<img" not in here.markup
    assert "alert(1)&gt;" in here.markup
    assert "**Eve**" not in here.markdown


def test_scores_are_written_out_of_a_hundred_where_the_team_wants_it(debriefed: Team, tab: Seats) -> None:
    team_settings.change_settings(
        debriefed.workspace, by=debriefed.people["Max"], wanted=TeamSettings(display="hundred")
    )
    text = " ".join(page(tab, debriefed, "Max").text.split())
    assert "12 ratings, 3 people 67 75 0 of 12 – 67 75" in text
    assert "0 to 100 is computed from 1 to 5." in text
