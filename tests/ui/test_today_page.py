"""Today: the first steps of a new team, then my interviews, my open scorecards and what waits for me."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from panel.actions import assignments, candidates, plans, roles, scheduling
from panel.domain.basics import now
from panel.domain.candidates import Candidate
from panel.house import House
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
