"""Scores are means of what was assessed; what is missing is missing."""

import pytest

from panel.domain.scores import CandidateScore, CompetencyScore, Split, find_splits, score_candidate
from tests.factories import seen


def test_nothing_seen_is_no_score_and_not_zero() -> None:
    assert score_candidate([]) == CandidateScore(score=None)


def test_not_asked_is_counted_and_never_zero() -> None:
    not_asked = seen(None)
    not_assessed = seen(None, outcome="could_not_assess")
    assert score_candidate([not_asked, not_assessed]) == CandidateScore(score=None, not_assessed=2)
    assert score_candidate([seen(4), not_asked, not_assessed]) == CandidateScore(
        score=4.0,
        competencies={"Technical depth": CompetencyScore("Technical depth", 4.0, 1, 1)},
        ratings=1,
        interviewers=1,
        not_assessed=2,
    )


def test_weights_renormalise_over_what_was_assessed() -> None:
    heavy = {"question_key": "heavy", "weight": 3.0}
    assert score_candidate([seen(5, **heavy), seen(1)]).score == (3 * 5 + 1) / 4
    assert score_candidate([seen(None, **heavy), seen(1)]).score == 1.0
    assert score_candidate([seen(5, **heavy), seen(None)]).score == 5.0


def test_competencies_weigh_the_same_however_many_questions_they_have() -> None:
    many = [seen(5, question_key=f"q{number}") for number in range(9)]
    one = seen(1, competency="Explanation", question_key="talk", person_id="bo")
    found = score_candidate([*many, one])
    assert found.score == 3.0
    assert found.competencies == {
        "Technical depth": CompetencyScore("Technical depth", 5.0, 9, 1),
        "Explanation": CompetencyScore("Explanation", 1.0, 1, 1),
    }
    assert (found.ratings, found.interviewers) == (10, 2)


@pytest.mark.parametrize(
    ("levels", "on_five"),
    [
        (3, [1.0, 3.0, 5.0]),
        (4, [1.0, 1 + 4 / 3, 1 + 8 / 3, 5.0]),
        (5, [1.0, 2.0, 3.0, 4.0, 5.0]),
        (7, [1.0, 1 + 4 / 6, 1 + 8 / 6, 3.0, 1 + 16 / 6, 1 + 20 / 6, 5.0]),
    ],
)
def test_scales_of_any_length_are_put_on_one_to_five(levels: int, on_five: list[float]) -> None:
    found = [seen(level, levels=levels).on_five for level in range(1, levels + 1)]
    assert found == pytest.approx(on_five)
    assert seen(None, levels=levels).on_five is None


def test_levels_of_different_scales_are_averaged_on_one() -> None:
    assert score_candidate([seen(3, levels=3), seen(1, question_key="other")]).score == 3.0


def by(who: str, level: int | None, **changes: object):  # type: ignore[no-untyped-def]
    return seen(level, person_id=who, person_name=who.title(), **changes)


def test_two_levels_apart_is_a_split_and_one_is_not() -> None:
    assert find_splits([by("ana", 3), by("bo", 4)]) == []
    low, high = by("ana", 2), by("bo", 4)
    assert find_splits([high, by("mia", 3), low]) == [
        Split("why-validate", "What is why-validate?", "Technical depth", low, high, 2)
    ]


def test_splits_stand_widest_first() -> None:
    narrow = [by("ana", 1, question_key="b", prompt="b?"), by("bo", 3, question_key="b", prompt="b?")]
    wide = [by("ana", 5), by("bo", 1)]
    same = [by("ana", 2, question_key="a", prompt="a?"), by("bo", 4, question_key="a", prompt="a?")]
    found = find_splits([*narrow, *wide, *same])
    assert [(each.question_key, each.gap) for each in found] == [("why-validate", 4), ("a", 2), ("b", 2)]


def test_what_was_not_assessed_splits_nothing() -> None:
    assert find_splits([by("ana", 5), by("bo", None)]) == []


def test_the_same_question_in_two_rounds_is_no_split() -> None:
    assert find_splits([by("ana", 5), by("bo", 1, interview_id="interview-2")]) == []


def test_a_split_is_part_of_the_score() -> None:
    low, high = by("ana", 1), by("bo", 5)
    found = score_candidate([low, high])
    assert (found.score, found.splits) == (3.0, tuple(find_splits([low, high])))
