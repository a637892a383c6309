"""Today: the first steps of a new team, then my interviews, my open scorecards and what waits for me."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from panel.actions import assignments, candidates, plans, reminders, roles, scheduling
from panel.actions.reminding import give_due
from panel.domain.basics import now
from panel.domain.candidates import Candidate
from panel.house import House
from tests.ahead import move
from tests.factories import MONDAY, Team, a_bank, a_draft, everybody, planned
from tests.teammates import administrator
from tests.ui.driving import Tab

Seats = Callable[[str], Tab]


def schedule_now(team: Team, name: str) -> None:
    new = candidates.add_candidate(team.workspace, by=team.people["Max"], role_id=team.role_id, name=name)
    scheduling.schedule(
        team.workspace,
        by=team.people["Max"],
        candidate_id=new.id,
        plan_id=team.plan_id,
        starts={team.round_id("Panel"): now() - timedelta(minutes=5)},
    )


def named(team: Team, name: str) -> Candidate:
    views = candidates.candidates_of_role(team.workspace, by=team.people["Max"], role_id=team.role_id)
    return next(each.candidate for each in views if each.candidate.name == name)


def test_a_new_team_is_shown_its_first_steps(opened: House, content: Path, quick_passwords: None) -> None:
    ana = administrator(opened.team)
    tab = Tab(opened.team, ana)
    assert tab.lacks("First steps", "No interview of yours today.", "each sets their own password") == []
    assert list(tab.links) == ["Invite people", "Go to Plans", "Go to Candidates"]


def test_an_interviewer_without_interviews_reads_what_will_stand_here(opened: House, content: Path) -> None:
    people = everybody(opened.team)
    tab = Tab(opened.team, people["Tom"])
    assert tab.lacks("No interview of yours today.", "the interview stands here with its questions") == []
    assert tab.links == {}
    assert "First steps" not in tab.text


def test_todays_interview_stands_with_its_panel_and_goes_from_open_to_read(team: Team, tab: Seats) -> None:
    schedule_now(team, "Zoe")
    today = tab("Ana")
    assert today.lacks("Zoe · Panel", "Engineer, with Bo and Mia · 60 minutes · 0 of 3 rated") == []
    card = team.card("Ana", candidate=named(team, "Zoe"))
    assert today.links["Open the scorecard"] == f"score?scorecard={card.id}"

    team.fill("Ana", candidate=named(team, "Zoe"))
    assert "Go on scoring" in today.run().links
    team.submit("Ana", candidate=named(team, "Zoe"))
    assert today.run().lacks("with Bo and Mia · 60 minutes · submitted") == []
    assert "Read the scorecard" in today.links


def test_an_open_scorecard_of_another_day_stays_in_sight_until_it_is_submitted(team: Team, tab: Seats) -> None:
    assert now() > MONDAY
    today = tab("Bo")
    assert today.lacks("My open scorecards", "Priya · Panel", "0 of 3 rated", "Priya · Separate") == []
    team.hand_in("Bo")
    assert "Priya · Panel" not in today.run().text
    assert today.lacks("Priya · Separate") == []


def test_question_sets_wait_for_their_interviewer_and_then_for_the_manager(opened: House, content: Path) -> None:
    people = everybody(opened.team)
    workspace = a_bank(opened.team, content, people["Ada"])
    role_id = roles.create_role(workspace, by=people["Max"], name="Engineer", competencies=("Technical depth",))
    plan_id = a_draft(workspace, people, role_id)
    where = plans.plan(workspace, by=people["Max"], plan_id=plan_id).plan.rounds[0]
    seat = next(each for each in where.assignments if each.interviewer_id == people["Ana"].id)
    opened_again = assignments.choose_questions(
        workspace, by=people["Ana"], plan_id=plan_id, assignment_id=seat.id, seen_revision=seat.revision,
        questions=(planned("ana-alone"),),
    )  # fmt: skip
    ana, mia = Tab(opened.team, people["Ana"]), Tab(opened.team, people["Mia"])
    assert ana.lacks("Question sets", "Onsite · Panel", "Your questions are chosen but not proposed yet.") == []
    assert ana.links["Look at your questions"] == f"plans?plan={plan_id}&part={seat.id}"
    assert "proposes a question set" not in mia.text

    assignments.propose(
        workspace, by=people["Ana"], plan_id=plan_id, assignment_id=seat.id, seen_revision=opened_again.revision
    )
    assert mia.run().lacks("Ana proposes a question set.") == []
    assert "Look at the proposal" in mia.links


# ---- reminders and scorecard time -----------------------------------------------------------------------------------


def only_the_panel_days_ago(team: Team, days: int) -> None:
    """Priya's panel ended so many days ago, and her separate sittings are cancelled."""
    team.cancel("Max", round_name="Separate")
    (row,) = team.interviews()
    move(team, row, now() - timedelta(days=days, minutes=row["minutes"]))


def test_an_open_scorecard_says_since_when_it_is_due_and_its_reminders_are_stopped_and_resumed(
    team: Team, tab: Seats
) -> None:
    only_the_panel_days_ago(team, 1)
    for hours in (2, 0):
        give_due(team.workspace, clock=lambda hours=hours: now() - timedelta(hours=hours))
    today = tab("Bo")
    assert today.lacks("Priya · Panel", "0 of 3 rated · due since yesterday, ") == []
    assert "reminded once, today, " in today.text and "in the app" in today.text

    today.click("Stop reminding me")
    assert today.toasts == ["You are not reminded of it any more."]
    assert today.lacks("reminders stopped by you") == []
    assert not today.has_button("Stop reminding me")

    today.click("Remind me again")
    assert today.toasts == ["You are reminded of it again."]
    assert "reminders stopped" not in today.text
    assert today.has_button("Stop reminding me")


def test_an_interview_of_today_that_is_overdue_says_so_in_its_own_line(team: Team, tab: Seats) -> None:
    schedule_now(team, "Zoe")
    views = candidates.candidates_of_role(team.workspace, by=team.people["Max"], role_id=team.role_id)
    (row,) = next(each for each in views if each.candidate.name == "Zoe").standing
    move(team, row, now() - timedelta(hours=2, minutes=30))
    today = tab("Ana")
    zoe = next(line for line in today.text.splitlines() if "Zoe" in line)
    assert "0 of 3 rated · due since today, " in zoe
    assert today.text.count("Zoe") == 1


def test_a_manager_sees_what_reminders_went_and_stops_them(team: Team, tab: Seats) -> None:
    only_the_panel_days_ago(team, 2)
    give_due(team.workspace)
    today = tab("Max")
    assert today.lacks("Scorecards you wait for", "Ana Priya · Panel", "reminded once, today, ") == []
    today.click("Stop reminders")
    assert today.toasts == ["They are not reminded of it any more."]
    assert today.text.count("reminders stopped by you") == 1
    ana = reminders.my_reminders(team.workspace, by=team.people["Ana"])
    assert [each.stopped_by for each in ana] == ["Max"]
    assert tab("Ana").lacks("reminders stopped by Max") == []
    today.click("Resume reminders")
    assert "reminders stopped" not in today.text


def test_ones_own_scorecard_time_stands_first_and_nobody_else_reads_it(team: Team, tab: Seats) -> None:
    team.hand_in("Bo")  # weeks after MONDAY
    sentence = "0 of your 2 scorecards so far were in within 24 hours."
    assert tab("Bo").lacks(sentence) == []
    only_the_panel_days_ago(team, 0)
    assert tab("Bo").lacks("Your one scorecard so far was in within 24 hours.") == []
    for name in ("Max", "Tom"):
        assert "within 24 hours" not in tab(name).text


def test_every_other_page_says_once_that_a_scorecard_is_overdue(team: Team, tab: Seats) -> None:
    only_the_panel_days_ago(team, 1)
    here = tab("Ana")
    line = "Your scorecard for Priya is due since yesterday, "
    own = team.card("Ana").id
    assert line not in here.text
    assert line not in here.open("score", scorecard=own).text
    for page in ("plans", "questions", "rubrics", "calibration", "account"):
        here.open(page)
        assert here.text.count(line) == 1
        assert here.links["Finish it"] == f"score?scorecard={own}"
    reminders.stop(team.workspace, by=team.people["Ana"], scorecard_id=own)
    assert line not in here.run().text


def test_several_overdue_scorecards_are_one_line_that_leads_to_today(team: Team, tab: Seats) -> None:
    here = tab("Bo").open("plans")
    assert here.lacks("Your scorecard for Priya is due since Mon 2 Mar", ", and one more.") == []
    assert "See them on Today" in here.links
    team.add_candidate("Zoe")
    assert here.run().lacks(", and 3 more.") == []
