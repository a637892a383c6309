"""Candidates: added by hand or pasted, their interviews made, moved and cancelled."""

from collections.abc import Callable

from panel.domain.basics import now
from tests.factories import Team
from tests.ui.driving import Tab

Seats = Callable[[str], Tab]
TODAY_AT_NINE = now().replace(hour=9, minute=0, second=0, microsecond=0)

PASTED = """name,email,remark
Zoe Ek,zoe@example.org,ok
Bad,not-an-address,
,nobody@example.org,
=1+1,sum@example.org,"""


def listed(tab: Tab) -> list[tuple[str, int, str]]:
    (table,) = [each.value for each in tab.app.dataframe if "Interviews" in each.value]
    return list(table[["Candidate", "Interviews", "Submitted"]].itertuples(index=False, name=None))


def test_a_candidate_is_added_by_hand(team: Team, tab: Seats) -> None:
    page = tab("Max").open("candidates")
    page.fill("Name", "Zoe Ek").fill("Email, if known", "zoe@example.org").fill("Remark", "referred by Tom")
    page.click("Add candidate")
    assert page.toasts == ["Zoe Ek is added."]
    assert listed(page) == [("Priya", 4, "0 of 6"), ("Zoe Ek", 0, "0 of 0")]
    assert page.field("Name").value == ""

    page.fill("Name", "Zoe Two").fill("Email, if known", "ZOE@example.org").click("Add candidate")
    assert page.warnings == ["Zoe Ek already has this email address for this role."]
    assert page.field("Name").value == "Zoe Two"  # nothing typed is lost
    assert len(listed(page)) == 2


def test_a_pasted_table_is_checked_first_and_problems_are_named_by_line(team: Team, tab: Seats) -> None:
    page = tab("Max").open("candidates")
    assert page.button("Add the pasted candidates").disabled
    page.fill("Or paste a table: name, email, remark", PASTED).run()
    assert page.lacks("2 candidates can be added.", "Line 3: not-an-address is not an email address.", "Line 4:") == []
    assert len(listed(page)) == 1  # nothing is written yet

    page.click("Add the pasted candidates")
    (warning,) = page.warnings
    assert warning.startswith("2 candidates added. Line 3: not-an-address is not an email address. Line 4:")
    assert [name for name, _, _ in listed(page)] == ["=1+1", "Priya", "Zoe Ek"]


def test_interviews_are_made_from_the_published_plan(team: Team, tab: Seats) -> None:
    page = tab("Max").open("candidates")
    page.fill("Name", "Zoe").click("Add candidate").tick_row("candidates", 1)
    page.fill("Separate, 30 minutes", False).fill("Start of Panel", TODAY_AT_NINE).click("Make the interviews")
    assert page.toasts == ["1 interview made for Zoe. The panel sees them on Today."]
    assert page.lacks("Panel today, 09:00", "0 of 3 scorecards submitted") == []
    assert listed(page)[1] == ("Zoe", 1, "0 of 3")
    assert tab("Ana").lacks("Zoe · Panel") == []

    page.fill("Separate, 30 minutes", True).click("Make the interviews")
    assert listed(page)[1] == ("Zoe", 4, "0 of 6")
    assert not page.has_button("Make the interviews")


def test_without_a_round_ticked_nothing_is_made(team: Team, tab: Seats) -> None:
    page = tab("Max").open("candidates")
    page.fill("Name", "Zoe").click("Add candidate").tick_row("candidates", 1)
    page.fill("Separate, 30 minutes", False).fill("Panel, 60 minutes", False).click("Make the interviews")
    assert page.warnings == ["Choose at least one round to make an interview for."]
    assert listed(page)[1] == ("Zoe", 0, "0 of 0")


def test_a_cancelled_interview_counts_nowhere_and_can_be_made_again(team: Team, tab: Seats) -> None:
    team.hand_in("Ana")
    page = tab("Max").open("candidates", candidate=team.candidate.id)
    assert listed(page) == [("Priya", 4, "1 of 6")]
    assert page.lacks("1 of 3 scorecards submitted") == []
    page.click("Cancel the interview")
    assert page.toasts == ["The interview is cancelled. Its ratings are kept but count nowhere."]
    assert listed(page) == [("Priya", 3, "0 of 3")]
    assert page.lacks("1 of 3 scorecards submitted · cancelled") == []
    page.click("Make the interviews")
    assert listed(page) == [("Priya", 4, "0 of 6")]


def test_a_blind_manager_cannot_cancel_their_way_to_the_others(team: Team, tab: Seats) -> None:
    page = tab("Mia").open("candidates", candidate=team.candidate.id)
    team.hand_in("Ana")
    page.click("Cancel the interview")
    assert [each for each in page.warnings if each.startswith("You still owe your own scorecard")]
    assert listed(page) == [("Priya", 4, "1 of 6")]


def test_an_interviewer_is_told_and_shown_nobody(team: Team, tab: Seats) -> None:
    page = tab("Ana").open("candidates")
    assert page.warnings == ["Only hiring managers and administrators manage candidates and interviews."]
    named = [line.strip() for line in page.text.splitlines() if "Priya" in line]
    assert [each[:31] for each in named] == ["Your scorecard for Priya is due"]  # her own, which is late


def test_without_a_published_plan_the_page_says_what_comes_first(team: Team, tab: Seats) -> None:
    for table in ("interview", "scorecard", "plan_version"):
        team.workspace.database.write(lambda transaction, table=table: transaction.run(f"DELETE FROM {table}"))
    page = tab("Max").open("candidates", candidate=team.candidate.id)
    assert page.lacks("Publish a plan for this role, then interviews can be made from it.") == []
    assert "Go to Plans" in page.links


def test_an_interview_is_moved_and_a_candidate_changed(team: Team, tab: Seats) -> None:
    page = tab("Max").open("candidates", candidate=team.candidate.id)
    page.fill("Start", TODAY_AT_NINE).click("Move")
    assert page.toasts == ["The interview is moved."]
    assert page.lacks("Panel today, 09:00") == []
    page.fill("Name", "Priya Nair", 1).fill("Remark", "knows R", 1).click("Save the candidate")
    assert page.toasts == ["The candidate is changed."]
    assert page.lacks("Priya Nair priya@example.org · knows R") == []
