"""Rubrics have every level; questions have everything their interviewer needs."""

from typing import Any

import pytest
from pydantic import ValidationError

from panel.domain.questions import QuestionFile
from panel.domain.rubrics import Anchor, Rubric
from tests.factories import GENERAL, a_filed_question, a_question, a_rubric


@pytest.mark.parametrize("levels", [3, 4, 5, 6, 7])
def test_a_rubric_has_three_to_seven_levels_with_an_anchor_each(levels: int) -> None:
    rubric = a_rubric(levels=levels)
    assert list(rubric.levels) == list(range(1, levels + 1))
    assert [rubric.anchor(level).level for level in rubric.levels] == list(rubric.levels)


@pytest.mark.parametrize("levels", [(1, 2), (1, 2, 4), (2, 3, 4), (3, 2, 1), (1, 1, 2), (1, 2, 3, 4, 5, 6, 7, 8)])
def test_levels_without_order_or_with_gaps_are_refused(levels: tuple[int, ...]) -> None:
    anchors = [{"level": level, "label": "Label", "text": "Behaviour."} for level in levels]
    with pytest.raises(ValidationError):
        Rubric.model_validate(a_rubric().model_dump() | {"anchors": anchors})


def test_a_level_has_a_label() -> None:
    with pytest.raises(ValidationError):
        Anchor.model_validate({"level": 1, "label": " ", "text": "Behaviour."})


@pytest.mark.parametrize(
    "changes",
    [
        {"key": "Not A Key"},
        {"key": "-a"},
        {"key": "a--b"},
        {"key": "x" * 81},
        {"prompt": " "},
        {"prompt": "x" * 1001},
        {"prompt": "bell \x07"},
        {"answer": "x" * 20_001},
        {"probes": tuple(f"Probe {number}?" for number in range(9))},
        {"probes": ("a", " ")},
        {"strong": tuple(f"Sign {number}." for number in range(9))},
        {"weak": (" ",)},
        {"competency": "x" * 121},
        {"competency": "two\nlines"},
        {"difficulty": "hard"},
        {"minutes": 0},
        {"minutes": 61},
        {"source": "x" * 2_001},
        {"prompt": "half a character \ud83d"},
        {"surprise": "?"},
    ],
    ids=str,
)
def test_a_question_lacking_something_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as refusal:
        a_question(**changes)
    assert {str(each["loc"][0]) for each in refusal.value.errors()} == set(changes)


def test_texts_are_trimmed_and_keep_their_lines() -> None:
    question = a_question(prompt="  Why?\n", answer=" `x < 1`\n\n- $a$\t<b> \n")
    assert (question.prompt, question.answer) == ("Why?", "`x < 1`\n\n- $a$\t<b>")


def test_a_file_uses_each_key_once() -> None:
    with pytest.raises(ValidationError, match="the key 'why-ask' is used twice; give each question its own"):
        QuestionFile(category=GENERAL, questions=(a_filed_question("why-ask"), a_filed_question("why-ask")))


def test_a_file_may_hold_a_category_whose_questions_went_elsewhere() -> None:
    assert QuestionFile(category=GENERAL).questions == ()


def test_documents_do_not_change() -> None:
    for document in (a_question(), a_rubric(), a_rubric().anchors[0], GENERAL):
        with pytest.raises(ValidationError, match="Instance is frozen"):
            document.key = "other"
