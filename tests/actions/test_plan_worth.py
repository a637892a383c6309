"""Expected reliability: the ratings a plan will give, what the next step adds, whose earlier data stand behind it."""

from pathlib import Path

import pytest

from panel.actions import assignments, plan_rounds, plan_worth, plans, roles
from panel.actions.plan_worth import PUBLISHED
from panel.errors import NotAllowed
from panel.house import Workspace
from panel.stats.generalizability import generalizability
from tests.factories import Team, a_team


@pytest.fixture
def team(workspace: Workspace, tmp_path: Path) -> Team:
    return a_team(workspace, tmp_path / "content")


def choose(team: Team, plan_id: str, seat: int, *keys: str, round_: int = 0) -> None:
    """Accepted questions for a seat, as the manager chooses them."""
    by = team.people["Mia"]
    part = plans.plan(team.workspace, by=by, plan_id=plan_id).plan.rounds[round_].assignments[seat]
    chosen = tuple(
        assignments.planned_question(question_key=each, question_version=1, rubric_key="technical-depth")
        for each in keys
    )
    assignments.choose_questions(
        team.workspace, by=by, plan_id=plan_id, assignment_id=part.id, seen_revision=part.revision, questions=chosen
    )


@pytest.fixture
def plan_id(team: Team) -> str:
    """A new role's plan with one panel of Ana and Bo, two questions."""
    by = team.people["Mia"]
    role_id = roles.create_role(team.workspace, by=by, name="Writer", competencies=("Technical depth",))
    made = plans.create_plan(team.workspace, by=by, role_id=role_id, title="Day")
    plan_rounds.add_round(
        team.workspace, by=by, plan_id=made, name="Panel", sitting="panel", minutes=30,
        interviewers=(team.people["Ana"].id, team.people["Bo"].id),
    )  # fmt: skip
    choose(team, made, 0, "what-ana-asks")
    choose(team, made, 1, "what-bo-asks")
    return made


def test_a_panel_is_worth_what_the_formula_says_and_so_is_each_step(team: Team, plan_id: str) -> None:
    planned = plan_worth.planned_ratings(team.workspace, by=team.people["Mia"], plan_id=plan_id)
    assert (planned.candidates, planned.enough) == (0, False)
    found = plan_worth.worth_of(planned, PUBLISHED)
    now, more_people, more_questions = (
        generalizability(PUBLISHED, n, k, "same items").adjusted for n, k in ((2, 2), (3, 2), (2, 3))
    )
    assert found.now.adjusted == pytest.approx(now)
    assert {each.words: each.worth.adjusted for each in found.steps} == pytest.approx(
        {"One more interviewer in Panel": more_people, "One more question in Panel": more_questions}
    )
    assert [each.words for each in found.steps] == ["One more interviewer in Panel", "One more question in Panel"]


def test_a_sequence_gives_everyone_their_own_questions(team: Team, plan_id: str) -> None:
    by = team.people["Mia"]
    view = plans.plan(team.workspace, by=by, plan_id=plan_id)
    plan_rounds.change_round(
        team.workspace, by=by, plan_id=plan_id, round_id=view.plan.rounds[0].id, seen_version=view.stored.version,
        name="One by one", sitting="separate", minutes=30,
    )  # fmt: skip
    found = plan_worth.worth_of(plan_worth.planned_ratings(team.workspace, by=by, plan_id=plan_id), PUBLISHED)
    assert found.now.adjusted == pytest.approx(generalizability(PUBLISHED, 2, 1, "own items").adjusted)
    assert {each.words: each.worth.adjusted for each in found.steps} == pytest.approx(
        {
            "One more interviewer in One by one": generalizability(PUBLISHED, 3, 1, "own items").adjusted,
            "One more question for each interviewer in One by one": generalizability(
                PUBLISHED, 2, 2, "own items"
            ).adjusted,
        }
    )


def test_without_a_question_there_is_nothing_to_be_worth(team: Team) -> None:
    by = team.people["Mia"]
    role_id = roles.create_role(team.workspace, by=by, name="Writer", competencies=("Technical depth",))
    plan_id = plans.create_plan(team.workspace, by=by, role_id=role_id, title="Day")
    planned = plan_worth.planned_ratings(team.workspace, by=by, plan_id=plan_id)
    assert (planned.now.empty, planned.further, planned.earlier.empty) == (True, (), True)


def test_what_the_role_does_not_measure_is_worth_nothing(team: Team, plan_id: str) -> None:
    by = team.people["Mia"]
    view = plans.plan(team.workspace, by=by, plan_id=plan_id)
    roles.change_role(
        team.workspace, by=by, role_id=view.role.id, seen_version=view.role.version, name="Writer",
        competencies=("Explanation",), about="",
    )  # fmt: skip
    assert plan_worth.planned_ratings(team.workspace, by=by, plan_id=plan_id).now.empty


def test_only_those_who_manage_hiring_ask(team: Team, plan_id: str) -> None:
    with pytest.raises(NotAllowed):
        plan_worth.planned_ratings(team.workspace, by=team.people["Ana"], plan_id=plan_id)


def test_ratings_withheld_from_the_reader_are_not_behind_it(team: Team) -> None:
    """Mia sits on the panel and owes her own scorecard; Ana's submitted one tells her nothing yet."""
    planned = plan_worth.planned_ratings(team.workspace, by=team.people["Mia"], plan_id=team.plan_id)
    assert planned.earlier.empty
