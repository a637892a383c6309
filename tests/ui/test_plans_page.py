"""Plans: a role, its plan, rounds, questions with rubric and weight, a proposal and its answer, and publishing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from panel.actions import plan_rounds, plans, roles
from panel.domain.people import Person
from panel.domain.plans import Assignment
from panel.house import House
from tests.factories import Team, a_bank, everybody
from tests.ui.driving import Tab

Seats = Callable[[str], Tab]


@pytest.fixture
def people(opened: House, content: Path) -> dict[str, Person]:
    """A team with a small bank and no role."""
    made = everybody(opened.team)
    a_bank(opened.team, content, made["Ada"])
    return made


@pytest.fixture
def seat(opened: House, people: dict[str, Person]) -> Seats:
    return lambda name: Tab(opened.team, people[name])


def with_a_role(opened: House, people: dict[str, Person]) -> str:
    return roles.create_role(
        opened.team, by=people["Mia"], name="Engineer", competencies=("Technical depth", "Explanation")
    )


def with_a_round(opened: House, people: dict[str, Person], *names: str) -> tuple[str, tuple[Assignment, ...]]:
    """A plan with one panel round of these interviewers: its id and their assignments."""
    plan_id = plans.create_plan(opened.team, by=people["Mia"], role_id=with_a_role(opened, people), title="Onsite")
    seats = tuple(people[name].id for name in names)
    plan_rounds.add_round(
        opened.team, by=people["Mia"], plan_id=plan_id, name="Technical", sitting="panel", minutes=30,
        interviewers=seats,
    )  # fmt: skip
    view = plans.plan(opened.team, by=people["Mia"], plan_id=plan_id)
    return plan_id, view.plan.rounds[0].assignments


def test_from_nothing_to_a_published_plan(seat: Seats, people: dict[str, Person]) -> None:
    mia = seat("Mia").open("plans")
    assert mia.lacks("There is no role yet.", "Start with the opening you hire for") == []
    mia.fill("Role", "Data scientist").fill("Competencies to measure", ["Technical depth", "Explanation"])
    mia.click("Create the role")
    assert mia.toasts == ["Data scientist is created. Give it a plan next."]
    mia.fill("Title", "Onsite plan").click("Create the plan")
    assert mia.lacks("Onsite plan", "draft, not published yet", "To do: The plan has no round yet. Add one.") == []
    assert mia.button("Publish plan").disabled

    mia.fill("Name of the round", "Technical").fill("Slot, minutes", 45).fill(
        "Interviewers", [people["Ana"].id, people["Bo"].id]
    )
    mia.click("Add the round")
    assert mia.lacks("To do: Ana has no questions in Technical. Choose at least one.", "0 of 45 minutes") == []
    for name, row, question in (("Ana", 0, "what-ana-asks"), ("Bo", 1, "what-bo-asks")):
        mia.click("Questions", row)
        assert mia.lacks(f"Questions of {name}", "No question is chosen yet.") == []
        mia.pick(question, "pick").click("Add this question")
        assert mia.toasts == ["The question is added."]
        mia.click("Back to Onsite plan")
    assert mia.lacks("10 of 45 minutes", "Consider: No question measures Explanation.") == []

    mia.click("Publish plan")
    assert mia.lacks("Data scientist · version 1 published today") == []
    assert mia.toasts == ["Version 1 is published. Make interviews from it under Candidates."]


def test_a_refused_role_says_why(seat: Seats) -> None:
    mia = seat("Mia").open("plans")
    mia.fill("Role", "Engineer").click("Create the role")
    assert mia.warnings == ["Name between 1 and 12 competencies."]


def test_a_question_is_added_judged_moved_and_removed(opened: House, seat: Seats, people: dict[str, Person]) -> None:
    plan_id, (assignment,) = with_a_round(opened, people, "Ana")
    ana = seat("Ana").open("plans", plan=plan_id, part=assignment.id)
    assert ana.lacks("Your questions", "Technical · Engineer", "Nobody else has chosen questions yet.") == []
    assert len(ana.rows("pick")) == 6
    for question in ("what-ana-asks", "what-bo-asks"):
        ana.pick(question, "pick")
        assert ana.lacks("Judged with the rubric Technical depth") == []
        ana.click("Add this question")
    assert ana.lacks("Chosen 2 questions", "1 What is what-ana-asks?", "2 What is what-bo-asks?") == []
    assert ana.lacks("10 of 30 minutes", "Technical depth 2 10 2", "Explanation none yet") == []
    assert "What is what-ana-asks?" not in ana.rows("pick")

    ana.fill("Weight", 2.0).click("Save rubric and weight")
    assert ana.warnings == ["Questions weigh the same unless a reason is written; say why this one differs."]
    ana.fill("Weight", 2.0).fill("Reason, when the weight is not 1", "core of the role")
    ana.choose("Rubric", "Explanation").click("Save rubric and weight")
    assert ana.lacks("5 min · Explanation · weight 2: core of the role") == []

    ana.click("Down")
    assert ana.lacks("1 What is what-bo-asks?", "2 What is what-ana-asks?") == []
    ana.click("Remove", 1)
    assert ana.lacks("Chosen 1 question") == []
    assert "What is what-ana-asks?" in ana.rows("pick")


def test_an_interviewer_proposes_and_the_manager_accepts(opened: House, seat: Seats, people: dict[str, Person]) -> None:
    plan_id, (assignment,) = with_a_round(opened, people, "Ana")
    ana = seat("Ana").open("plans", plan=plan_id, part=assignment.id)
    assert ana.button("Propose to the manager").disabled
    ana.pick("what-ana-asks", "pick").click("Add this question").click("Propose to the manager")
    assert ana.toasts == ["Your questions are proposed. The manager sees them on Today."]
    assert ana.lacks("Waits for the manager; a change takes the proposal back.") == []

    mia = seat("Mia").open("plans", plan=plan_id)
    assert mia.lacks("To do: Ana proposes questions for Technical.", "1 question, 5 minutes, proposed") == []
    assert mia.button("Publish plan").disabled
    mia.click("Questions").click("Accept the questions")
    assert mia.toasts == ["The questions are accepted."]
    mia.click("Back to Onsite").click("Publish plan")
    assert mia.lacks("version 1 published today") == []
    assert ana.run().lacks("The manager has accepted this set; a change opens it again.") == []


def test_a_proposal_is_handed_back(opened: House, seat: Seats, people: dict[str, Person]) -> None:
    plan_id, (assignment,) = with_a_round(opened, people, "Ana")
    ana = seat("Ana").open("plans", plan=plan_id, part=assignment.id)
    ana.pick("what-ana-asks", "pick").click("Add this question").click("Propose to the manager")
    seat("Mia").open("plans", plan=plan_id, part=assignment.id).click("Hand back for changes")
    assert ana.run().has_button("Propose to the manager")


def test_a_stale_question_set_is_told_and_overwrites_nothing(
    opened: House, seat: Seats, people: dict[str, Person]
) -> None:
    plan_id, (assignment,) = with_a_round(opened, people, "Ana")
    first, second = (seat("Ana").open("plans", plan=plan_id, part=assignment.id) for _ in range(2))
    second.pick("ana-alone", "pick")
    first.pick("what-ana-asks", "pick").click("Add this question")
    second.click("Add this question")
    assert second.warnings == [
        "This question set was changed in the meantime. The newer state is shown now; make your change again."
    ]
    assert second.lacks("Chosen 1 question", "1 What is what-ana-asks?") == []


def test_a_stale_round_is_told_and_overwrites_nothing(opened: House, seat: Seats, people: dict[str, Person]) -> None:
    plan_id, _ = with_a_round(opened, people, "Ana")
    first, second = (seat("Mia").open("plans", plan=plan_id) for _ in range(2))
    first.fill("Name of the round", "Live coding").click("Save the round")
    second.fill("Name of the round", "System design").click("Save the round")
    assert second.warnings == [
        "This plan was changed in the meantime. The newer state is shown now; make your change again."
    ]
    assert second.lacks("Live coding") == []
    assert "To do: Ana has no questions in System design." not in second.text


def test_an_interviewer_sees_only_plans_with_a_part_of_theirs(team: Team, tab: Seats) -> None:
    tom = tab("Tom").open("plans")
    assert tom.lacks("You are not part of a plan yet.") == []
    assert not tom.has_button("Open the plan")
    assert tom.open("plans", plan=team.plan_id).lacks("This plan does not exist, or you have no part in it.") == []

    ana = tab("Ana").open("plans")
    ana.click("Open the plan")
    assert [ana.has_button(each) for each in ("Publish plan", "Add the round", "Remove the interviewer")] == [False] * 3


def test_another_interviewers_part_can_be_read_and_not_changed(team: Team, tab: Seats) -> None:
    ana = tab("Ana").open("plans", plan=team.plan_id)
    ana.click("Questions", 1)
    assert ana.lacks("Questions of Bo", "What is what-bo-asks?", "What the others already ask") == []
    assert [ana.has_button(each) for each in ("Remove", "Save rubric and weight", "Add this question")] == [False] * 3
