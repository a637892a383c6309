"""Files of exercises, whose gold is in force, what may tell who spoke, and progress in training."""

from datetime import datetime
from typing import Any

import pytest
from pydantic import ValidationError

from panel.domain.anonymity import tells_who
from panel.domain.exercises import AUTHORS, FiledExercise, Gold, in_force, knows_gold, proposed
from panel.domain.training_progress import TrainingProgress, shadowed_within


def filed(**changes: Any) -> FiledExercise:
    answers = [
        {"key": key, "quality": quality, "text": "said", "gold": gold, "neighbour": 2, "reasoning": "r", "decides": "d"}
        for key, quality, gold in (("a", "weak", 1), ("b", "strong", 3), ("c", "middling", 2))
    ]
    answers[2]["neighbour"] = 3
    facts = {
        "key": "x", "title": "X", "category": "general", "competency": "Depth", "question_key": "q",
        "rubric_key": "r", "answers": answers,
    }  # fmt: skip
    for name, value in changes.items():
        if name in facts:
            facts[name] = value
        else:
            answers[0][name] = value
    return FiledExercise.model_validate(facts)


def test_a_file_holds_three_answers_of_rising_gold_in_any_order() -> None:
    assert [each.quality for each in filed().answers] == ["weak", "strong", "middling"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"key": "Not a key"}, "pattern"),
        ({"quality": "strong"}, "one of each quality"),
        ({"gold": 2, "neighbour": 3}, "gold must rise"),
        ({"neighbour": 3}, "the level above or below gold"),
        ({"neighbour": 1}, "the level above or below gold"),
        ({"surprise": 1}, "Extra inputs"),
        ({"answers": []}, "at least 3"),
    ],
)
def test_says_what_is_wrong_with_a_file(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence):
        filed(**changes)


def gold(number: int, by: str = "max", agreed_by: str = "") -> Gold:
    return Gold(
        exercise_id="x/a", number=number, level=3, reasoning="r", proposed_by=by, agreed_by=agreed_by,
        agreed_at=datetime(2026, 3, 2) if agreed_by else None,
    )  # fmt: skip


def test_the_newest_agreed_gold_is_in_force_and_a_newer_one_waits() -> None:
    authors, changed, waiting = gold(1, AUTHORS), gold(2, "max", "mia"), gold(3, "mia")
    assert in_force([]) is None
    assert proposed([]) is None
    assert in_force([authors]) == authors
    assert proposed([authors]) is None
    assert in_force([authors, gold(2)]) == authors
    assert (in_force([authors, changed, waiting]), proposed([authors, changed, waiting])) == (changed, waiting)


def test_whoever_proposed_or_agreed_knows_the_gold_and_authors_are_nobody_of_the_team() -> None:
    golds = [gold(1, AUTHORS), gold(2, "max", "mia")]
    assert {each: knows_gold(each, golds) for each in ("max", "mia", "ana", AUTHORS, "")} == {
        "max": True, "mia": True, "ana": False, AUTHORS: False, "": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I marked it as done, and will go on.", ()),
        ("Then Mark called.", ("Mark",)),
        ("It was MARK o'neill who said so.", ("Mark O'Neill",)),
        ("Write to mark@example.org.", ("mark@example.org",)),
        ("See https://example.org/me, it is there", ("https://example.org/me",)),
        ("Call +49 170 1234567 or so", ("+49 170 1234567",)),
        ("In 2019 it was 1,000,000 rows.", ()),
        ("王小明 helped me", ("王小明",)),
        ("Zoë and I", ("Zoë",)),
        ("", ()),
    ],
)
def test_finds_what_tells_who_spoke(text: str, found: tuple[str, ...]) -> None:
    assert tells_who(text, ["Mark O'Neill", "Will Li", "王小明", "Zoë Q"]) == found


def test_shadowed_interviews_count_where_four_in_five_ratings_lie_within_one_level_of_the_raters_median() -> None:
    near = [("near", f"q{n}", 3.0, 4.0) for n in range(4)] + [("near", "q5", 1.0, 5.0)]
    far = [("far", f"q{n}", 3.0, 4.0) for n in range(3)] + [("far", "q4", 1.0, 5.0)]
    median = [("median", "q1", 3.0, other) for other in (1.0, 4.0, 5.0)]
    assert shadowed_within([*near, *far, *median]) == (3, 2)
    assert shadowed_within([]) == (0, 0)


def test_progress_says_how_much_is_there_and_never_more_than_is_asked() -> None:
    progress = TrainingProgress(exercises=5, exercises_within=3, shadowed=1, shadowed_within=1, needed=6)
    assert (progress.rated, progress.reached, progress.sentence) == (6, False, "4 of 6 within one level")
    more = progress.model_copy(update={"exercises_within": 9})
    assert (more.reached, more.sentence) == (True, "6 of 6 within one level")
