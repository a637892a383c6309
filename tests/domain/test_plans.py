"""Plans as documents, and freezing them."""

from typing import Any

import pytest
from pydantic import ValidationError

from panel.domain.plans import (
    Assignment,
    GuideItem,
    InterviewGuide,
    Plan,
    PlannedQuestion,
    PublishedPlan,
    Round,
    find_assignment,
    replace_assignment,
)
from panel.domain.publishing import freeze
from panel.domain.questions import Question
from panel.domain.roles import Role, RoleCompetency
from panel.domain.set_rules import Span
from panel.errors import InputError, NotFound
from tests.factories import a_question, a_rubric, an_assignment, in_bank, planned

DEPTH = a_rubric()
TALK = a_rubric("explanation", "Explanation")
RUBRICS = {each.key: each for each in (DEPTH, TALK)}
QUESTIONS = (
    a_question("five"),
    a_question("ten", minutes=10),
    a_question("talk", minutes=20, competency="Explanation"),
)
BANK = in_bank(*QUESTIONS)
ROLE = Role(name="Engineer", competencies=("Technical depth", "Explanation", "Data sense"))
NAMES = {"ana": "Ana", "bo": "Bo"}


def a_round(name: str = "Panel", *seats: Assignment, sitting: str = "panel", minutes: int = 60) -> Round:
    return Round.model_validate(
        {"id": name.lower(), "name": name, "sitting": sitting, "minutes": minutes, "assignments": seats}
    )


def a_plan(*rounds: Round) -> Plan:
    return Plan(title="Onsite", rounds=rounds)


def frozen(*rounds: Round) -> PublishedPlan:
    questions = {(key, 1): each for key, each in BANK.items()}
    return freeze(ROLE, a_plan(*rounds), questions, {key: (each, 7) for key, each in RUBRICS.items()}, NAMES)


def an_item(question: Question, asked_by: str, **changes: Any) -> GuideItem:
    facts: dict[str, Any] = {
        "question": question, "question_version": 1, "category": "General", "rubric": DEPTH, "rubric_version": 7,
        "weight": 1.0, "weight_reason": "", "asked_by": asked_by,
    }  # fmt: skip
    return GuideItem.model_validate(facts | changes)


class TestFreezing:
    five, ten, talk = QUESTIONS
    seats = (
        an_assignment("ana", "five", planned("talk", rubric="explanation", weight=2.0, reason="The heart of it.")),
        an_assignment("bo", "ten"),
    )

    def test_a_panel_gives_every_interviewer_all_questions_their_own_first(self) -> None:
        (each,) = frozen(a_round("Panel", *self.seats)).rounds
        five, ten = an_item(self.five, "Ana"), an_item(self.ten, "Bo")
        talk = an_item(self.talk, "Ana", rubric=TALK, weight=2.0, weight_reason="The heart of it.")
        assert each.guides == (
            InterviewGuide(
                assignment_id="seat-ana", interviewer_id="ana", interviewer_name="Ana", items=(five, talk, ten)
            ),
            InterviewGuide(
                assignment_id="seat-bo", interviewer_id="bo", interviewer_name="Bo", items=(ten, five, talk)
            ),
        )

    def test_separate_interviewers_have_only_their_own(self) -> None:
        (each,) = frozen(a_round("Apart", *self.seats, sitting="separate")).rounds
        assert [[item.question.key for item in guide.items] for guide in each.guides] == [["five", "talk"], ["ten"]]

    def test_a_question_two_of_a_panel_chose_is_asked_once_with_one_rubric(self) -> None:
        seats = (an_assignment("ana", "five"), an_assignment("bo", "ten", planned("five", rubric="explanation")))
        (each,) = frozen(a_round("Panel", *seats)).rounds
        five, ten = an_item(self.five, "Ana"), an_item(self.ten, "Bo")
        assert [guide.items for guide in each.guides] == [(five, ten), (five, ten)]

    def test_the_chosen_version_is_frozen_although_a_newer_one_is_known(self) -> None:
        newer = a_question("five", prompt="Newer?")
        known = {("five", 1): BANK["five"], ("five", 2): in_bank(newer, version=2)["five"]}
        plan = a_plan(a_round("Panel", an_assignment("ana", "five")))
        published = freeze(ROLE, plan, known, {"technical-depth": (DEPTH, 7)}, NAMES)
        assert published.rounds[0].guides[0].items == (an_item(self.five, "Ana"),)

    def test_everything_needed_later_is_inside(self) -> None:
        published = frozen(a_round("Panel", *self.seats, minutes=45))
        assert PublishedPlan.model_validate_json(published.model_dump_json()) == published
        assert (published.title, published.role) == ("Onsite", ROLE)
        assert published.round("panel").minutes == 45
        assert published.guide("panel", "seat-bo").interviewer_name == "Bo"

    def test_the_same_question_in_two_rounds_is_two_items(self) -> None:
        published = frozen(
            a_round("Panel", an_assignment("ana", "five")),
            a_round("Apart", an_assignment("bo", planned("five", rubric="explanation")), sitting="separate"),
        )
        assert {place: item.rubric.key for place, item in published.items().items()} == {
            ("seat-ana", "five"): "technical-depth", ("seat-bo", "five"): "explanation",
        }  # fmt: skip

    def test_what_is_not_part_of_it_is_not_found(self) -> None:
        published = frozen(a_round("Panel", *self.seats))
        with pytest.raises(NotFound, match="This round is not part of that version"):
            published.round("nothing")
        with pytest.raises(NotFound, match="This interviewer is not part of that version"):
            published.guide("panel", "nobody")

    def test_a_plan_without_a_round_is_not_frozen(self) -> None:
        with pytest.raises(InputError, match="The plan has no round yet"):
            frozen()


class TestDocuments:
    @pytest.mark.parametrize("reason", ["", "   ", "\n"])
    def test_an_unequal_weight_needs_a_written_reason(self, reason: str) -> None:
        with pytest.raises(ValidationError, match="say why this one differs"):
            planned("five", weight=2.0, reason=reason)
        assert planned("five", weight=2.0, reason="It matters.").weight == 2.0
        assert planned("five", weight=1.0, reason=reason).weight == 1.0

    @pytest.mark.parametrize("weight", [0, -1, 5.5, float("nan"), float("inf")])
    def test_a_weight_is_above_zero_and_at_most_five(self, weight: float) -> None:
        with pytest.raises(ValidationError):
            planned("five", weight=weight, reason="It matters.")

    def test_a_role_of_names_alone_measures_must_haves_that_weigh_the_same(self) -> None:
        role = Role.model_validate_json('{"name": "Engineer", "competencies": ["Depth", "Talk"]}')
        assert role.must_haves == role.measured == ("Depth", "Talk")
        assert role.weights == {"Depth": 1.0, "Talk": 1.0}

    @pytest.mark.parametrize("reason", ["", "   "])
    def test_an_unequal_competency_needs_a_written_reason(self, reason: str) -> None:
        with pytest.raises(ValidationError, match="say why Depth weighs 2"):
            RoleCompetency(name="Depth", weight=2, weight_reason=reason)
        assert RoleCompetency(name="Depth", weight=2, weight_reason="Most of the work.").weight == 2.0

    def test_a_slot_has_room_for_questions(self) -> None:
        with pytest.raises(ValidationError, match="leave less than 5 minutes to ask; lengthen the slot"):
            Round(id="r", name="Short", sitting="panel", minutes=20, opening_minutes=10, candidate_minutes=6)
        each = Round(id="r", name="Short", sitting="panel", minutes=20, opening_minutes=10, candidate_minutes=5)
        assert each.question_minutes == 5

    def test_a_round_for_one_interviewer_has_one_seat(self) -> None:
        with pytest.raises(ValidationError, match="this round is for one interviewer"):
            a_round("Screen", an_assignment("ana"), an_assignment("bo"), sitting="single")
        assert len(a_round("Screen", an_assignment("ana"), sitting="single").assignments) == 1

    @pytest.mark.parametrize(("least", "most"), [(3, 2), (-1, None), (0, 61)])
    def test_a_span_runs_upwards_and_within_reason(self, least: int, most: int | None) -> None:
        with pytest.raises(ValidationError):
            Span(least=least, most=most)

    def test_competencies_of_a_role_differ(self) -> None:
        with pytest.raises(ValidationError, match="the same competency is named twice"):
            Role(name="Engineer", competencies=("Depth", "DEPTH"))

    @pytest.mark.parametrize("document", [PlannedQuestion, Assignment, Round, Plan, Role])
    def test_an_unknown_field_is_refused(self, document: type[Any]) -> None:
        with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
            document.model_validate({"surprise": 1})

    def test_replacing_an_assignment_changes_nothing_else(self) -> None:
        ana, bo = an_assignment("ana", "five"), an_assignment("bo", "ten")
        plan = a_plan(a_round("Panel", ana, bo), a_round("Apart"))
        changed = bo.model_copy(update={"questions": (planned("talk"),), "revision": 2})
        assert replace_assignment(plan, changed) == a_plan(a_round("Panel", ana, changed), a_round("Apart"))
        assert find_assignment(plan, "seat-bo") == (plan.rounds[0], bo)
        with pytest.raises(NotFound, match="This assignment is no longer part of the plan"):
            find_assignment(plan, "seat-zoe")
