"""What changed between two published plans, sentence by sentence, and how a plan is copied."""

from itertools import count

import pytest

from panel.domain.copying import copied, without_people
from panel.domain.plan_difference import differences
from panel.domain.plans import OPEN_SEAT, Plan, PublishedPlan, Round
from panel.domain.publishing import freeze
from panel.domain.roles import Role, RoleCompetency
from tests.domain.test_plans import BANK, NAMES, ROLE, RUBRICS, a_plan, a_round
from tests.factories import a_question, an_assignment, in_bank, planned

ONE = a_plan(a_round("Panel", an_assignment("ana", "five"), an_assignment("bo", "ten"), minutes=45))


def frozen(plan: Plan = ONE, role: Role = ROLE) -> PublishedPlan:
    newer = in_bank(a_question("five", prompt="What is five?"), version=2)["five"]
    questions = {(key, 1): each for key, each in BANK.items()} | {("five", 2): newer}
    return freeze(role, plan, questions, {key: (each, 7) for key, each in RUBRICS.items()}, NAMES)


def test_the_same_plan_has_no_differences() -> None:
    assert differences(frozen(), frozen()) == []


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        (ROLE.model_copy(update={"name": "Builder"}), "The role was named Engineer."),
        (ROLE.model_copy(update={"seniority": "lead"}), "Seniority: Lead; it was Not said."),
        (
            Role(name="Engineer", competencies=(*ROLE.measured[:2], "Care")),
            "Measured besides: Care. No longer measured: Data sense.",
        ),
        (
            Role(name="Engineer", competencies=(*ROLE.measured[:2], RoleCompetency(name="Data sense", need="nice"))),
            "Data sense is now a nice to have; it was a must have.",
        ),
        (
            Role(
                name="Engineer",
                competencies=(*ROLE.measured[:2], RoleCompetency(name="Data sense", weight=2, weight_reason="core")),
            ),
            "Data sense weighs 2; it weighed 1: core.",
        ),
    ],
)
def test_a_changed_role_is_said(role: Role, sentence: str) -> None:
    assert " ".join(differences(frozen(), frozen(role=role))) == sentence


@pytest.mark.parametrize(
    ("plan", "sentences"),
    [
        (ONE.model_copy(update={"title": "Two days"}), ["The title was “Onsite”."]),
        (
            ONE.model_copy(update={"opens": "all"}),
            [
                "Panelists read one another’s scorecards after everybody has submitted; it was after submitting their "
                "own."
            ],
        ),
        (
            a_plan(*ONE.rounds, a_round("Screen", an_assignment("bo", "talk"), sitting="single")),
            ["Screen is new: 60 minutes, Bo."],
        ),
        (
            a_plan(ONE.rounds[0].model_copy(update={"minutes": 60, "opening_minutes": 5, "candidate_minutes": 10})),
            ["Panel takes 60 minutes (5 for the opening and 10 for the candidate); it took 45 minutes."],
        ),
        (
            a_plan(ONE.rounds[0].model_copy(update={"minimum_interviewers": 2, "needs_training": "Depth"})),
            ["Panel needs at least 2 interviewers; it needed 1.", "Panel asks for training in Depth."],
        ),
        (
            a_plan(a_round("Panel", an_assignment("bo", "ten"), minutes=45)),
            ["Ana leaves Panel.", "Panel no longer asks “What is five?” (Ana)."],
        ),
        (
            a_plan(
                a_round(
                    "Panel", an_assignment("ana", planned("five", version=2)), an_assignment("bo", "ten"), minutes=45
                )
            ),
            ["“What is five?” in Panel is version 2; it was version 1."],
        ),
        (
            a_plan(
                a_round(
                    "Panel",
                    an_assignment("ana", planned("five", rubric="explanation", weight=2.0, reason="core")),
                    an_assignment("bo", "ten"),
                    minutes=45,
                )
            ),
            [
                "“What is five?” in Panel is judged with Explanation; it was judged with Technical depth.",
                "“What is five?” in Panel weighs 2; it weighed 1: core.",
            ],
        ),
        (
            a_plan(
                a_round(
                    "Panel",
                    an_assignment("bo", "five", id="seat-ana"),
                    an_assignment("ana", "ten", id="seat-bo"),
                    minutes=45,
                )
            ),
            [
                "Bo takes the seat of Ana in Panel.",
                "Ana takes the seat of Bo in Panel.",
                "“What is five?” in Panel is asked by Bo; it was asked by Ana.",
                "“What is ten?” in Panel is asked by Ana; it was asked by Bo.",
            ],
        ),
    ],
)
def test_a_changed_plan_is_said(plan: Plan, sentences: list[str]) -> None:
    assert differences(frozen(), frozen(plan)) == sentences


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        (
            a_round("Apart", an_assignment("ana", "five", "ten"), sitting="separate"),
            a_round("Apart", an_assignment("ana", "ten", "five"), sitting="separate"),
            "The questions of Ana in Apart come in another order.",
        ),
        (
            a_round("Apart", an_assignment("ana", "five"), an_assignment("bo", "five", "ten"), sitting="separate"),
            a_round("Apart", an_assignment("ana", "five"), an_assignment("bo", "ten"), sitting="separate"),
            "Apart no longer asks “What is five?” (Bo).",
        ),
        (
            a_round("Apart", an_assignment("ana", planned("five", weight=2.0, reason="a")), sitting="single"),
            a_round("Apart", an_assignment("ana", planned("five", weight=2.0, reason="b")), sitting="single"),
            "The reason for the weight of “What is five?” in Apart is now: b.",
        ),
    ],
)
def test_small_changes_are_said_too(before: Round, after: Round, sentence: str) -> None:
    assert differences(frozen(a_plan(before)), frozen(a_plan(after))) == [sentence]


def test_a_change_of_the_roles_remark_or_order_is_said() -> None:
    turned = Role(name=ROLE.name, competencies=ROLE.measured[::-1], about="New.")
    assert differences(frozen(), frozen(role=turned)) == [
        "The role's remark changed.",
        "The competencies come in another order: Data sense, Explanation and Technical depth.",
    ]


def test_another_order_of_the_rounds_is_said() -> None:
    two = a_plan(*ONE.rounds, a_round("Screen", an_assignment("bo", "talk"), sitting="single"))
    turned = two.model_copy(update={"rounds": two.rounds[::-1]})
    assert differences(frozen(two), frozen(turned)) == ["The rounds come in another order: Screen and Panel."]


def test_a_copy_keeps_the_people_and_questions_it_is_given_and_nothing_else() -> None:
    numbers = count()
    bank = BANK | {"ten": BANK["ten"].model_copy(update={"state": "retired"})}
    bank |= {"five": BANK["five"].model_copy(update={"version": 4})}
    plan = copied(
        ONE.model_copy(update={"opens": "all"}),
        title="Copy",
        people=frozenset({"bo"}),
        questions=bank,
        measured=("Explanation",),
        make_id=lambda: f"n{next(numbers)}",
    )
    (each,) = plan.rounds
    ana, bo = each.assignments
    assert (plan.title, each.minutes, plan.opens) == ("Copy", 45, "all")
    assert len({each.id, ana.id, bo.id} & {"panel", "seat-ana", "seat-bo"}) == 0
    assert (ana.interviewer_id, ana.state, [(q.question_key, q.question_version) for q in ana.questions]) == (
        OPEN_SEAT, "accepted", [("five", 4)],
    )  # fmt: skip
    assert (bo.interviewer_id, bo.state, bo.questions) == ("bo", "open", ())


def test_a_template_has_no_people() -> None:
    plan = without_people(ONE.model_copy(update={"opens": "all"}))
    assert plan.opens == "all"
    assert {seat.interviewer_id for each in plan.rounds for seat in each.assignments} == {OPEN_SEAT}
    assert [seat.questions for each in plan.rounds for seat in each.assignments] == [
        seat.questions for each in ONE.rounds for seat in each.assignments
    ]
