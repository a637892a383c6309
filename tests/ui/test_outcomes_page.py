"""The Outcomes page: entering, bringing in, taking back, and the gate of ten people."""

from collections.abc import Callable
from datetime import date

from panel.actions import outcomes
from tests.factories import Team
from tests.ui.driving import Tab

TABLE = "candidate,date,criterion,value,low,high\nPriya,2026-06-01,Pace <b>x</b>,4,1,5\nNobody,2026-06-01,Pace,4,1,5"

Seats = Callable[[str], Tab]


def test_only_those_who_manage_hiring_are_shown_the_page(team: Team, tab: Seats) -> None:
    assert tab("Ana").open("outcomes").warnings == [
        "Only hiring managers and administrators see and enter how people did later."
    ]
    assert "Back to Calibration" in tab("Max").open("outcomes").links


def test_one_outcome_is_entered_and_removed(team: Team, tab: Seats) -> None:
    page = tab("Max").open("outcomes")
    assert page.lacks("Enter one", "whoever has an outcome counts as hired") == []
    page.fill("Observed on", date(2026, 6, 1)).fill("Value", 4.0).click("Save outcome")
    assert page.warnings == ["Choose the candidate and the day, and enter the value; then save again."]
    page.choose("Candidate", "Priya · Engineer").fill("Value", 9.0).click("Save outcome")
    assert page.warnings == ["Name the criterion, such as “manager's rating after six months”."]
    outcomes.enter_outcome(
        team.workspace, by=team.people["Max"], candidate_id=team.candidate.id, on=date(2026, 6, 1), criterion="Pace",
        value=4, low=1, high=5,
    )  # fmt: skip
    page.run().fill("Part", "Every outcome").run()
    assert page.lacks("Priya Engineer 01 Jun 2026 Pace 4 on 1 to 5") == []
    page.choose("Remove one", "Priya · Pace · 01 Jun 2026").run().click("Remove outcome")
    assert page.toasts == ["The outcome is removed."]
    assert page.lacks("No outcome is known yet.") == []


def test_a_pasted_table_is_looked_through_brought_in_and_taken_back(team: Team, tab: Seats) -> None:
    page = tab("Max").open("outcomes").fill("Table", TABLE).run()
    assert page.lacks(
        "1 outcome to bring in; 1 row left out.", "Pace <b>x</b>",
        "Row 3: nobody called Nobody is a candidate here.",
    ) == []  # fmt: skip
    page.click("Bring in 1 outcome")
    assert page.toasts == ["1 outcome brought in. 1 row left out."]
    page.fill("Part", "What the scores said").run()
    assert page.lacks("Pace <b>x</b>", "1 person with a value, 0 of them rated before", "10 more are needed.") == []
    page.fill("Part", "Every outcome").run().click("Take this import back")
    assert page.toasts == ["The import is taken back: 1 outcome removed."]


def test_a_table_that_cannot_be_read_says_what_it_needs(team: Team, tab: Seats) -> None:
    page = tab("Max").open("outcomes").fill("Table", "who,what\nPriya,well").run()
    assert page.warnings[0].startswith("a pasted table: The first row must name the columns; date, criterion, value")
    assert not page.has_button("Bring in 1 outcome")
