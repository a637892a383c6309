"""The exercises that come with the program: every question and rubric exists, and nothing tells who spoke."""

import re
from collections import Counter
from itertools import groupby, pairwise

import pytest

from panel.content import read_content
from panel.domain.anonymity import LINK, MAIL, NUMBER
from panel.domain.exercises import QUALITIES, FiledExercise
from panel.exercise_files import PLACE, read_exercise_file, read_exercises
from panel.settings import ROOT

FILES = sorted((ROOT / PLACE).glob("*.toml"))
ALL = {path.stem: read_exercise_file(path) for path in FILES}
MADE_UP = re.compile(r"\b(Google|Amazon|Facebook|Meta|Microsoft|Netflix|OpenAI|Uber|Spotify|Airbnb)\b")
MOST_OF_ONE_LEVEL = 0.35


def test_the_shipped_exercises_are_read_without_a_problem() -> None:
    found = read_exercises(ROOT)
    assert found.errors == ()
    assert len(found.exercises) == 3 * len(FILES) >= 3 * 12


def test_every_category_of_the_bank_has_exercises() -> None:
    categories = {each.category.key for each in read_content(ROOT).question_files}
    assert {each.category for each in ALL.values()} == categories


@pytest.mark.parametrize("filed", ALL.values(), ids=ALL)
def test_an_exercise_has_a_weak_a_middling_and_a_strong_answer_of_rising_gold_and_tells_nobody(
    filed: FiledExercise,
) -> None:
    assert sorted(each.quality for each in filed.answers) == sorted(QUALITIES)
    for each in filed.answers:
        assert 60 <= len(each.text.split()) <= 350, each.key
        assert not any(pattern.search(each.text) for pattern in (MAIL, LINK, NUMBER, MADE_UP))
        assert not any(word in filed.title.casefold() for word in QUALITIES)


def test_gold_levels_vary_and_the_place_in_a_file_tells_nothing() -> None:
    golds = Counter(each.gold for filed in ALL.values() for each in filed.answers)
    assert set(golds) == {1, 2, 3, 4, 5}
    assert max(golds.values()) <= MOST_OF_ONE_LEVEL * golds.total()
    first = Counter(filed.answers[0].quality for filed in ALL.values())
    assert set(first) == set(QUALITIES)


def test_the_order_in_which_answers_are_met_mixes_questions_and_qualities() -> None:
    ids = list(read_exercises(ROOT).exercises)
    qualities = {f"{key}/{each.key}": each.quality for key, filed in ALL.items() for each in filed.answers}
    longest = max(len(list(run)) for _, run in groupby(ids, key=lambda each: qualities[each]))
    assert longest <= 6
    neighbours = sum(one.split("/")[0] == other.split("/")[0] for one, other in pairwise(ids))
    assert neighbours <= 5
