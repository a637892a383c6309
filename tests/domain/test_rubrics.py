"""Drafts may lack texts, active rubrics may not; a question's own anchors; scales of every length."""

import pytest
from pydantic import ValidationError

from panel.domain.rubrics import (
    SCALES,
    Anchor,
    BankRubric,
    FiledRubric,
    Rubric,
    RubricState,
    does_not_fit,
    for_question,
    lacking,
    obstacle,
    rescaled,
    unwritten,
)
from panel.ui.palette import place_on_five
from tests.factories import a_question, a_rubric


def a_blank(levels: int = 5, *, about: str = "") -> Rubric:
    anchors = tuple(Anchor(level=level, label=label) for level, label in enumerate(SCALES[levels], start=1))
    return Rubric(key="blank", name="Blank", competency="Blankness", about=about, anchors=anchors)


def test_a_draft_may_lack_its_texts_and_says_which() -> None:
    assert lacking(a_blank(3)) == [
        "“about” has no text",
        "level 1 (Below what is needed) has no text",
        "level 2 (What is needed) has no text",
        "level 3 (Above what is needed) has no text",
    ]
    assert lacking(a_rubric()) == []


@pytest.mark.parametrize("state", ["draft", "retired"])
def test_a_file_may_hold_an_unfinished_rubric_that_is_not_active(state: RubricState) -> None:
    filed = FiledRubric.model_validate(a_blank().model_dump() | {"state": state})
    assert (filed.rubric(), filed.state) == (a_blank(), state)


def test_a_file_with_an_unfinished_active_rubric_is_refused_with_its_levels() -> None:
    with pytest.raises(ValidationError, match=r"“about” has no text, level 1 .* level 5 .* set state = \"draft\""):
        FiledRubric.model_validate(a_blank().model_dump())


def test_a_bank_rubric_reads_as_a_file_would_hold_it() -> None:
    stored = BankRubric(rubric=a_blank(), version=3, state="draft")
    assert stored.filed() == FiledRubric.model_validate(a_blank().model_dump() | {"state": "draft"})


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("active", None),
        ("draft", "The rubric Technical depth is still a draft. Activate it first, or choose another."),
        ("retired", "The rubric Technical depth is retired. Choose another."),
    ],
)
def test_only_an_active_rubric_can_be_newly_chosen(state: RubricState, sentence: str | None) -> None:
    assert obstacle(BankRubric(rubric=a_rubric(), version=1, state=state)) == sentence


def test_a_questions_own_anchors_stand_in_place_of_the_rubrics() -> None:
    question = a_question(anchors=("", "Names the loss.", "", "", "Derives the loss."))
    merged = for_question(a_rubric(), question)
    assert [each.text for each in merged.anchors] == [
        "technical-depth: behaviour of level 1.", "Names the loss.", "technical-depth: behaviour of level 3.",
        "technical-depth: behaviour of level 4.", "Derives the loss.",
    ]  # fmt: skip
    assert [each.label for each in merged.anchors] == [each.label for each in a_rubric().anchors]
    assert does_not_fit(a_rubric(), question) is None


def test_anchors_for_another_number_of_levels_leave_the_rubrics_in_force_and_it_is_said() -> None:
    question = a_question(anchors=("a", "b", "c", "d"))
    assert for_question(a_rubric(), question) == a_rubric()
    assert does_not_fit(a_rubric(), question) == (
        "“What is why-validate?” has anchors of its own for 4 levels, but Technical depth has 5; "
        "the rubric's own anchors are used."
    )
    assert for_question(a_rubric(), a_question()) == a_rubric()
    assert does_not_fit(a_rubric(), a_question()) is None


def test_every_scale_from_three_to_seven_has_labels_of_its_own() -> None:
    assert list(SCALES) == [3, 4, 5, 6, 7]
    assert all(len(labels) == len(set(labels)) == count for count, labels in SCALES.items())
    assert unwritten() == tuple((label, "") for label in SCALES[5])


def test_from_five_levels_to_four_the_middle_goes_and_comes_back_empty() -> None:
    five = tuple((f"Label {level}", f"Text {level}") for level in range(1, 6))
    four = (five[0], five[1], five[3], five[4])
    assert rescaled(five, 4) == four
    assert rescaled(four, 5) == (five[0], five[1], (SCALES[5][2], ""), five[3], five[4])


@pytest.mark.parametrize("before", SCALES)
@pytest.mark.parametrize("after", SCALES)
def test_the_ends_of_a_scale_stay_the_ends_and_ready_labels_change_with_it(before: int, after: int) -> None:
    levels = tuple((label, f"Text {place}") for place, label in enumerate(SCALES[before]))
    changed = rescaled(levels, after)
    assert tuple(label for label, _ in changed) == SCALES[after]
    assert (changed[0][1], changed[-1][1]) == ("Text 0", f"Text {before - 1}")
    assert sum(bool(text) for _, text in changed) == min(before, after)


@pytest.mark.parametrize("levels", SCALES)
def test_every_scale_has_colours_from_the_first_to_the_last(levels: int) -> None:
    places = [place_on_five(level, levels) for level in range(1, levels + 1)]
    assert places == sorted(places)
    assert (places[0], places[-1]) == (0, 4)
