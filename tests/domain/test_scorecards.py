"""What stands between a draft and its submission."""

from typing import Any

import pytest
from pydantic import ValidationError

from panel.domain.scorecards import LONGEST_NOTE, Rating, Scorecard, answered, lacks_evidence, what_is_missing
from tests.factories import a_guide, a_question, a_rubric

GUIDE = a_guide(a_question("one"), a_question("two"), a_question("three"))
OPEN: dict[str, Any] = {"outcome": "open"}
RATED: dict[str, Any] = {"outcome": "rated", "level": 3}
NOT_ASKED: dict[str, Any] = {"outcome": "not_asked", "reason": "time"}
UNCLEAR: dict[str, Any] = {"outcome": "could_not_assess"}


def ratings(*facts: dict[str, Any]) -> dict[str, Rating]:
    keys = ("one", "two", "three")
    return {key: Rating(question_key=key, **each) for key, each in zip(keys, facts, strict=False)}


def a_draft(**facts: Any) -> Scorecard:
    """With a recommendation and how sure it is, unless said otherwise."""
    return Scorecard.model_validate(
        {
            "id": "card", "interview_id": "interview", "person_id": "ana", "assignment_id": "seat-ana",
            "candidate_id": "priya", "round_id": "round", "state": "draft", "recommendation": "no", "summary": "",
            "version": 1, "confidence": "low",
        }
        | facts
    )  # fmt: skip


def test_not_asked_and_could_not_assess_are_answers_and_open_is_not() -> None:
    assert answered({}) == 0
    assert answered(ratings(RATED, NOT_ASKED, UNCLEAR)) == 3
    assert answered(ratings(OPEN, RATED)) == 1


def test_a_whole_scorecard_misses_nothing_and_needs_no_note_between_the_ends() -> None:
    assert what_is_missing(GUIDE, ratings(RATED, NOT_ASKED, UNCLEAR), a_draft()) == []
    assert what_is_missing(GUIDE, ratings(RATED | {"level": 2}, RATED, RATED | {"level": 4}), a_draft()) == []


def test_what_is_missing_names_questions_by_number() -> None:
    word = "choose a level, “not asked” or “could not assess”."
    nothing = a_draft(recommendation=None, confidence=None)
    assert what_is_missing(GUIDE, {}, nothing) == [
        f"Questions 1, 2 and 3: {word}", "Choose a recommendation.", "Say how sure you are.",
    ]  # fmt: skip
    assert what_is_missing(GUIDE, ratings(RATED, OPEN, RATED), a_draft()) == [f"Question 2: {word}"]


def test_a_recommendation_says_how_sure_it_is() -> None:
    whole = ratings(RATED, RATED, RATED)
    assert what_is_missing(GUIDE, whole, a_draft(recommendation=None)) == ["Choose a recommendation."]
    assert what_is_missing(GUIDE, whole, a_draft(confidence=None)) == ["Say how sure you are."]


def test_a_question_that_was_not_asked_has_its_reason_and_one_that_was_not_heard_well_needs_none() -> None:
    unsaid = NOT_ASKED | {"reason": ""}
    assert what_is_missing(GUIDE, ratings(unsaid, UNCLEAR, unsaid), a_draft()) == [
        "Questions 1 and 3: say why it was not asked."
    ]
    for reason in ("time", "covered", "not_fitting"):
        assert what_is_missing(GUIDE, ratings(RATED, RATED, NOT_ASKED | {"reason": reason}), a_draft()) == []


def test_the_lowest_and_the_highest_level_need_evidence() -> None:
    ends = ratings(RATED | {"level": 1}, RATED | {"level": 5}, RATED | {"level": 5, "note": "Drew it unasked."})
    assert what_is_missing(GUIDE, ends, a_draft()) == [
        "Questions 1 and 2: the lowest or highest level needs evidence. Note what you heard."
    ]


@pytest.mark.parametrize(
    ("note", "lacks"),
    [("", True), (" \n", True), ("+ ! 12:30", True), ("“…” 5", True), ("x", False), ("木", False), ("+ né", False)],
)
def test_evidence_is_words(note: str, lacks: bool) -> None:
    rubric = a_rubric()
    assert lacks_evidence(rubric, Rating(question_key="one", outcome="rated", level=5, note=note)) == lacks
    assert not lacks_evidence(rubric, Rating(question_key="one", outcome="rated", level=3, note=note))


def test_the_ends_are_those_of_the_rubric() -> None:
    def lacking(levels: int) -> list[int]:
        rubric = a_rubric(levels=levels)
        wanted = range(1, levels + 1)
        return [each for each in wanted if lacks_evidence(rubric, Rating(question_key="one", level=each))]

    assert (lacking(4), lacking(5), lacking(7)) == ([1, 4], [1, 5], [1, 7])
    assert not lacks_evidence(a_rubric(), Rating(question_key="one", **UNCLEAR))


def test_everything_missing_is_said_at_once() -> None:
    draft = a_draft(recommendation=None, confidence=None)
    found = what_is_missing(GUIDE, ratings(NOT_ASKED | {"reason": ""}, RATED | {"level": 1}), draft)
    assert found == [
        "Question 3: choose a level, “not asked” or “could not assess”.",
        "Question 1: say why it was not asked.",
        "Question 2: the lowest or highest level needs evidence. Note what you heard.",
        "Choose a recommendation.",
        "Say how sure you are.",
    ]


def test_a_note_has_an_end() -> None:
    assert len(Rating(question_key="one", note="x" * LONGEST_NOTE).note) == 10_000
    with pytest.raises(ValidationError):
        Rating(question_key="one", note="x" * (LONGEST_NOTE + 1))
