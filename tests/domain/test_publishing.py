"""What a published plan knows of newer texts, and what stops or warns before publishing."""

from datetime import date, timedelta

import pytest

from panel.domain.plans import GuideItem, Plan, PublishedPlan, Role
from panel.domain.preflight import preflight
from panel.domain.publishing import freeze, outdated
from panel.domain.questions import STATE_NAMES, BankQuestion, Leak, QuestionState
from panel.domain.rubrics import BankRubric, RubricState
from tests.domain.test_plans import BANK, DEPTH, NAMES, RUBRICS, a_plan, a_round, an_item
from tests.factories import MONDAY, a_question, an_assignment, in_bank, planned

ROLE = Role(name="Engineer", competencies=("Technical depth",))
FIVE = BANK["five"].question
ONE_ROUND = a_plan(a_round("Panel", an_assignment("ana", "five"), an_assignment("bo", "ten")))


def check(
    bank: dict[str, BankQuestion] | None = None,
    rubrics: dict[str, BankRubric] | None = None,
    plan: Plan = ONE_ROUND,
) -> tuple[list[str], list[str]]:
    known = {key: BankRubric(rubric=each, version=1) for key, each in RUBRICS.items()}
    return preflight(ROLE, plan, BANK | (bank or {}), known | (rubrics or {}), NAMES)


def standing(state: QuestionState, leak: Leak | None = None) -> dict[str, BankQuestion]:
    """Question five as it stands."""
    return {"five": BANK["five"].model_copy(update={"state": state, "leak": leak})}


def published(bank: dict[str, BankQuestion]) -> PublishedPlan:
    versions = {(key, 1): each for key, each in bank.items()}
    return freeze(ROLE, ONE_ROUND, versions, {"technical-depth": (DEPTH, 1)}, NAMES)


class TestOutdated:
    def test_only_what_has_a_newer_text_is_named_and_once(self) -> None:
        newer = in_bank(a_question("five", prompt="Newer?"), version=3)
        assert outdated(published(BANK), BANK) == []
        assert outdated(published(BANK), BANK | newer) == [newer["five"]]

    def test_a_question_that_left_the_bank_has_no_newer_text(self) -> None:
        assert outdated(published(BANK), {}) == []


class TestPreflight:
    @pytest.mark.parametrize("state", ["draft", "in_review", "retired"])
    def test_a_question_that_may_not_be_asked_stops(self, state: QuestionState) -> None:
        assert check(standing(state)) == (
            [
                f"“What is five?” (Ana, Panel) is {STATE_NAMES[state].lower()}. "
                "Only approved and pilot questions are asked: remove it, or have it approved."
            ],
            [],
        )

    @pytest.mark.parametrize("state", ["approved", "pilot"])
    def test_a_question_that_may_be_asked_does_not(self, state: QuestionState) -> None:
        assert check(standing(state)) == ([], [])

    def test_a_leak_is_told_once_and_stops_nothing(self) -> None:
        leak = Leak(on=date(2026, 3, 1), reason="Seen on a forum.")
        twice = a_plan(a_round("Panel", an_assignment("ana", "five")), a_round("Again", an_assignment("bo", "five")))
        assert check(standing("approved", leak), plan=twice) == (
            [],
            [
                "“What is five?” is asked 2 times; the candidate will hear it again.",
                "“What is five?” is marked as leaked since 01 March 2026: Seen on a forum.",
            ],
        )

    @pytest.mark.parametrize(
        ("state", "stops"),
        [
            ("active", []),
            ("retired", []),
            (
                "draft",
                ["The rubric technical-depth is a draft again. Activate it, or choose another for its questions."],
            ),
        ],
    )
    def test_a_rubric_that_is_a_draft_again_stops(self, state: RubricState, stops: list[str]) -> None:
        depth = DEPTH.model_copy(update={"name": "technical-depth"})
        rubric = BankRubric(rubric=depth, version=2, state=state)
        assert check(rubrics={"technical-depth": rubric}) == (stops, [])

    def test_a_rubric_that_is_gone_stops(self) -> None:
        gone = a_plan(a_round("Panel", an_assignment("ana", planned("five", rubric="gone"), "ten")))
        assert check(plan=gone)[0] == ["A rubric of this plan is no longer there. Choose another for its questions."]

    @pytest.mark.parametrize(("levels", "fits"), [(5, True), (4, False), (0, True)])
    def test_own_anchors_for_another_scale_are_told(self, levels: int, fits: bool) -> None:
        own = in_bank(a_question("five", anchors=tuple(f"Own {level}." for level in range(1, levels + 1))))
        assert check(own) == (
            [],
            []
            if fits
            else [
                "“What is five?” has anchors of its own for 4 levels, but Technical depth has 5; "
                "the rubric's own anchors are used."
            ],
        )


class TestFreezing:
    def test_own_anchors_stand_in_the_frozen_rubric_where_they_are_written(self) -> None:
        own = a_question("five", anchors=("First.", "", "", "", "Last."))
        frozen = published(BANK | in_bank(own)).items()["seat-ana", "five"].rubric
        assert [each.text for each in frozen.anchors] == [
            "First.", *(DEPTH.anchor(level).text for level in (2, 3, 4)), "Last.",
        ]  # fmt: skip
        assert [each.label for each in frozen.anchors] == [each.label for each in DEPTH.anchors]

    def test_own_anchors_that_do_not_fit_are_not_used(self) -> None:
        own = a_question("five", anchors=("a", "b", "c"))
        assert published(BANK | in_bank(own)).items()["seat-ana", "five"].rubric == DEPTH

    def test_a_pilot_is_frozen_as_one(self) -> None:
        items = published(BANK | standing("pilot")).items()
        assert {key: each.pilot for (_, key), each in items.items()} == {"five": True, "ten": False}


@pytest.mark.parametrize(
    ("pilot", "approved", "counts"),
    [(False, None, True), (False, -1, True), (False, 1, True), (True, None, False), (True, -1, False), (True, 1, True)],
)
def test_a_pilots_ratings_count_from_its_approval_after_the_plan_was_published(
    pilot: bool, approved: int | None, counts: bool
) -> None:
    item: GuideItem = an_item(FIVE, "Ana", pilot=pilot)
    approved_at = None if approved is None else MONDAY + timedelta(hours=approved)
    assert item.counts(approved_at=approved_at, published_at=MONDAY) == counts
