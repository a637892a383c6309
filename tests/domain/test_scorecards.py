"""What stands between a draft and its submission."""

import pytest
from pydantic import ValidationError

from panel.domain.scorecards import LONGEST_NOTE, Outcome, Rating, answered, what_is_missing
from tests.factories import a_guide, a_question

GUIDE = a_guide(a_question("one"), a_question("two"), a_question("three"))


def ratings(*outcomes: Outcome) -> dict[str, Rating]:
    keys = ("one", "two", "three")
    return {
        key: Rating(question_key=key, outcome=outcome, level=3 if outcome == "rated" else None)
        for key, outcome in zip(keys, outcomes, strict=False)
    }


def test_not_asked_and_could_not_assess_are_answers_and_open_is_not() -> None:
    assert answered({}) == 0
    assert answered(ratings("rated", "not_asked", "could_not_assess")) == 3
    assert answered(ratings("open", "rated")) == 1


def test_a_whole_scorecard_misses_nothing() -> None:
    assert what_is_missing(GUIDE, ratings("rated", "not_asked", "could_not_assess"), "no") == []


def test_what_is_missing_names_questions_by_number() -> None:
    word = "choose a level, “not asked” or “could not assess”."
    assert what_is_missing(GUIDE, {}, None) == [f"Questions 1, 2, 3: {word}", "Choose a recommendation."]
    assert what_is_missing(GUIDE, ratings("rated", "open", "rated"), "yes") == [f"Question 2: {word}"]
    assert what_is_missing(GUIDE, ratings("rated", "rated", "rated"), None) == ["Choose a recommendation."]


def test_a_note_has_an_end() -> None:
    assert len(Rating(question_key="one", note="x" * LONGEST_NOTE).note) == 10_000
    with pytest.raises(ValidationError):
        Rating(question_key="one", note="x" * (LONGEST_NOTE + 1))
