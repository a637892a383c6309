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
        opened.team,
        by=people["Mia"],
        name="Engineer",
        competencies=("Technical depth", roles.competency("Explanation", need="nice")),
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
    assert mia.run().lacks("Four to six competencies are advised.") == []
    mia.fill("Need for Explanation", "nice").click("Create the role")
    assert mia.toasts == ["Data scientist is created. Give it a plan next."]
    assert mia.lacks("Technical depth; nice to have: Explanation") == []
    mia.fill("Title", "Onsite plan").click("Create the plan")
    assert mia.lacks("Onsite plan", "draft, not published yet", "To do: The plan has no round yet. Add one.") == []
    assert mia.button("Publish plan").disabled

    mia.fill("Name of the round", "Technical").fill("Slot, minutes", 45).fill(
        "Interviewers", [people["Ana"].id, people["Bo"].id]
    )
    mia.click("Add the round")
    assert mia.lacks("To do: Ana has no questions in Technical. Choose at least one.", "0 of 35 minutes") == []
    for name, row, question in (("Ana", 0, "what-ana-asks"), ("Bo", 1, "what-bo-asks")):
        mia.click("Questions", row)
        assert mia.lacks(f"Questions of {name}", "No question is chosen yet.") == []
        mia.pick(question, "pick").click("Add this question")
        assert mia.toasts == ["The question is added."]
        mia.click("Back to Onsite plan")
    assert (
        mia.lacks("10 of 35 minutes", "Slot of 45 minutes: 5 opening, 35 questions, 5 the candidate's questions") == []
    )
    assert mia.lacks("Consider: No question measures Explanation.") == []

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
    assert (
        ana.lacks(
            "10 of 30 minutes",
            "Technical depth seen by one only 2 2 10 1",
            "Explanation nice to have not covered none yet",
        )
        == []
    )
    assert "What is what-ana-asks?" not in ana.rows("pick")

    ana.use("judge").fill("Weight", 2.0).click("Save rubric and weight")
    assert ana.warnings == ["Questions weigh the same unless a reason is written; say why this one differs."]
    ana.fill("Weight", 2.0).fill("Reason, when the weight is not 1", "core of the role")
    ana.choose("Rubric", "Explanation").click("Save rubric and weight")
    assert ana.lacks("5 min · Explanation · weight 2: core of the role") == []
    assert not ana.has_button("Save rubric and weight")

    ana.arrange(1, 0)
    assert ana.lacks("1 What is what-bo-asks?", "2 What is what-ana-asks?") == []
    ana.use("remove", 1)
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
    assert mia.lacks("To do: Ana proposes questions for Technical.", "1 question, proposed, waits for acceptance") == []
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
    assert first.lacks("Live coding") == []
    second.fill("Name of the round", "System design").click("Save the round")
    assert second.warnings == [
        "This plan was changed in the meantime. The newer state is shown now; make your change again."
    ]
    assert second.lacks("Live coding") == []
    assert "To do: Ana has no questions in System design." not in second.text


def test_a_manager_chooses_when_the_scorecards_of_a_panel_open(team: Team, tab: Seats) -> None:
    label, others = "Panelists read one another’s scorecards", tab("Mia").open("plans", plan=team.plan_id)
    mia = tab("Mia").open("plans", plan=team.plan_id)
    mia.fill(label, "all").run()
    assert plans.plan(team.workspace, by=team.people["Mia"], plan_id=team.plan_id).plan.opens == "all"
    assert mia.lacks("Publish plan") == []
    others.fill(label, "all").run()
    assert others.warnings == [
        "This plan was changed in the meantime. The newer state is shown now; make your change again."
    ]
    mia.open("plans", plan=team.plan_id, at="versions")
    assert mia.lacks(f"{label} after everybody has submitted; it was after submitting their own.") == []

    ana = tab("Ana").open("plans", plan=team.plan_id)
    assert ana.lacks(f"{label} after everybody has submitted.") == []
    assert label not in [each.label for each in ana.app.selectbox]


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


def test_each_point_before_publishing_leads_to_where_it_is_mended(
    opened: House, seat: Seats, people: dict[str, Person]
) -> None:
    plan_id, _ = with_a_round(opened, people, "Ana")
    mia = seat("Mia").open("plans", plan=plan_id)
    assert mia.lacks("To do: Ana has no questions in Technical.", "To do: No question measures Technical depth") == []
    mia.click("Open the questions")
    assert mia.lacks("Questions of Ana") == []
    mia.click("Back to Onsite").click("See the coverage")
    assert mia.lacks("0 of 2 covered", "not covered, a must-have", "Minutes against the slot") == []
    mia.click("Open the role profile")
    assert mia.lacks("Role profile: what every candidate", "Four to six competencies are advised.") == []


def test_a_role_weighs_a_competency_with_a_reason(opened: House, seat: Seats, people: dict[str, Person]) -> None:
    role_id = with_a_role(opened, people)
    mia = seat("Mia").open("plans", role=role_id)
    mia.fill("Weigh competencies differently", True).run().fill("Weight of Technical depth", 2.0).click("Save the role")
    assert mia.warnings == ["Competencies weigh the same unless a reason is written; say why Technical depth weighs 2."]
    mia.fill("Reason for the weight of Technical depth", "most of the work").click("Save the role")
    assert mia.toasts == ["Engineer is saved."]
    role = roles.role(opened.team, by=people["Mia"], role_id=role_id).role
    assert (role.weights, role.must_haves) == ({"Technical depth": 2.0, "Explanation": 1.0}, ("Technical depth",))


def test_a_stale_role_profile_is_told_and_overwrites_nothing(
    opened: House, seat: Seats, people: dict[str, Person]
) -> None:
    role_id = with_a_role(opened, people)
    first, second = (seat("Mia").open("plans", role=role_id) for _ in range(2))
    first.fill("Role", "Builder").click("Save the role")
    second.fill("Role", "Maker").click("Save the role")
    assert second.warnings == [
        "This role was changed in the meantime. The newer state is shown now; make your change again."
    ]
    assert second.lacks("Builder") == []


def test_a_seat_is_left_open_given_away_and_told_what_to_cover(
    opened: House, seat: Seats, people: dict[str, Person]
) -> None:
    plan_id, _ = with_a_round(opened, people, "Ana")
    mia = seat("Mia").open("plans", plan=plan_id)
    mia.choose("Interviewer", "Open seat, somebody will take it").click("Save the seat")
    assert mia.lacks("To do: A seat in Technical has no interviewer yet.") == []
    mia.fill("Interviewer", people["Bo"].id).fill("Asked to cover", ["Explanation"]).click("Save the seat")
    assert mia.lacks("Bo 0 questions, asked to cover Explanation") == []


def test_a_plan_is_copied_and_kept_as_a_template(team: Team, tab: Seats) -> None:
    mia = tab("Mia").open("plans", plan=team.plan_id)
    mia.fill("Name of the template", "Usual day").click("Save the template")
    assert mia.toasts == ["Usual day is a template now. Choose it under New plan."]
    mia.click("All plans").fill("Title", "From the template").choose("Start from", "Template: Usual day")
    mia.run().click("Create the plan")
    assert mia.lacks("From the template", "To do: A seat in Panel has no interviewer yet.") == []
    mia.click("All plans").fill("Title", "A copy").choose("Start from", "Copy of Onsite (Engineer)")
    mia.run().click("Create the plan")
    assert mia.lacks("A copy", "Ana") == []
    assert "has no interviewer yet" not in mia.text


def test_the_best_sets_are_found_marked_and_taken_over(team: Team, tab: Seats) -> None:
    mia = tab("Mia").open("plans", plan=team.plan_id, at="sets")
    mia.fill("Change the rules of the choice", True).run().fill(
        "Questions per competency in the day, at least", 0
    ).click("Save the rules")
    mia.click("Choose everything anew")
    assert mia.lacks("This is the best there is, proven.") == []
    mia.click("Take over these sets")
    assert mia.toasts == ["The question sets are in the plan, accepted."]


def test_rules_that_nothing_fits_say_what_would_have_to_give_way(team: Team, tab: Seats) -> None:
    mia = tab("Mia").open("plans", plan=team.plan_id, at="sets")
    mia.fill("Change the rules of the choice", True).run().fill(
        "Questions per competency in the day, at least", 50
    ).click("Save the rules")
    mia.click("Choose everything anew")
    assert mia.lacks("Nothing fits all the rules.", "instead of 50") == []
    assert not mia.has_button("Take over these sets")


def test_expected_reliability_says_where_its_figures_come_from(team: Team, tab: Seats) -> None:
    mia = tab("Mia").open("plans", plan=team.plan_id, at="worth")
    assert mia.lacks("This role has no ratings yet", "BMC Med Educ 2014;14:169", "One more interviewer in Panel") == []
    ana = tab("Ana").open("plans", plan=team.plan_id, at="worth")
    assert "Expected reliability" not in ana.text


def test_versions_say_what_changed(team: Team, tab: Seats) -> None:
    mia = tab("Mia").open("plans", plan=team.plan_id)
    mia.click("Later").open("plans", plan=team.plan_id, at="versions")
    assert mia.lacks("The draft against version 1", "The rounds come in another order: Separate and Panel.") == []
