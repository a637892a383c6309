"""What a published plan knows of newer texts, and what it freezes."""

from datetime import timedelta

import pytest

from panel.domain.plans import GuideItem, PublishedPlan
from panel.domain.publishing import freeze, outdated
from panel.domain.questions import BankQuestion, Leak, QuestionState
from panel.domain.roles import Role
from tests.domain.test_plans import BANK, DEPTH, NAMES, a_plan, a_round, an_item
from tests.factories import MONDAY, a_question, an_assignment, in_bank

ROLE = Role(name="Engineer", competencies=("Technical depth",))
FIVE = BANK["five"].question
ONE_ROUND = a_plan(a_round("Panel", an_assignment("ana", "five"), an_assignment("bo", "ten")))


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
