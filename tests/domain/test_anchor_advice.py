"""The writing aid marks what cannot be observed, and leaves alone what can."""

import pytest

from panel.content import read_content
from panel.domain.anchor_advice import KIND_NAMES, Advice, advise, advise_anchors
from panel.settings import ROOT
from tests.domain.written_anchors import BAD, BAD_PAIRS, GOOD, GOOD_PAIRS
from tests.factories import a_rubric

SHIPPED = read_content(ROOT)


def kinds(*texts: str) -> set[str]:
    return {each.kind for each in advise_anchors(texts)}


def kinds_of_pair(lower: str, upper: str) -> set[str]:
    return {each.kind for each in advise_anchors((lower, upper)) if each.other}


@pytest.mark.parametrize(("text", "kind"), BAD)
def test_what_cannot_be_observed_is_marked(text: str, kind: str) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize("text", GOOD)
def test_what_is_heard_is_left_alone(text: str) -> None:
    assert kinds(text) == set()


@pytest.mark.parametrize(("lower", "upper", "kind"), BAD_PAIRS)
def test_neighbours_that_nobody_can_tell_apart_are_marked(lower: str, upper: str, kind: str) -> None:
    assert kinds_of_pair(lower, upper) == {kind}


@pytest.mark.parametrize(("lower", "upper"), GOOD_PAIRS)
def test_neighbours_that_differ_in_what_is_heard_are_left_alone(lower: str, upper: str) -> None:
    assert kinds_of_pair(lower, upper) == set()


def test_the_shipped_rubrics_get_no_advice() -> None:
    assert [(rubric.key, advise(rubric)) for rubric in SHIPPED.rubrics if advise(rubric)] == []


def test_few_of_the_banks_own_signs_are_marked() -> None:
    """They were written before the aid and without it: what it marks there is mostly a false alarm."""
    signs = [
        sign
        for file in SHIPPED.question_files
        for question in file.questions
        for sign in (*question.strong, *question.weak)
    ]
    marked = [sign for sign in signs if kinds(sign)]
    assert len(marked) / len(signs) < 0.06


def test_a_remark_names_words_reason_and_what_to_do() -> None:
    assert advise_anchors(("Names one cause of the outage.", "", "Strong knowledge of outages.")) == (
        Advice(
            level=3,
            kind="vague",
            words="Strong, knowledge",
            reason="Two interviewers can agree on this without having heard the same thing.",
            suggestion="Say what the answer contains: what is named, asked, compared or left out.",
        ),
    )


def test_levels_far_apart_that_say_the_same_are_marked_on_the_upper_one() -> None:
    texts = (
        "Names the loss function.",
        "Names the loss function and its unit in the case.",
        "Names the loss function.",
    )
    assert [(each.level, each.kind, each.other) for each in advise_anchors(texts)] == [(3, "same", 1)]


def test_a_ladder_of_praise_is_marked_at_every_step() -> None:
    found = advise_anchors(("Poor", "Fair", "Good", "Very good", "Excellent"))
    assert [(each.level, each.kind) for each in found if each.other] == [(level, "degree") for level in range(2, 6)]


@pytest.mark.parametrize(
    "texts",
    [
        (),
        ("", " ", "\n"),
        ("…", "🧪", "=1+1"),
        ("<script>alert(1)</script>",),
        ("Назови причину отказа и её цену.", "Nennt die Ursache und was sie kostet."),
        ("x" * 2000, "names " * 300),
    ],
    ids=["nothing", "blank", "signs", "script", "another language", "long"],
)
def test_any_text_is_read_without_an_error(texts: tuple[str, ...]) -> None:
    for each in advise_anchors(texts):
        assert each.kind in KIND_NAMES


def test_a_rubric_without_anchors_gets_no_advice() -> None:
    blank = a_rubric().model_copy(
        update={"anchors": tuple(each.model_copy(update={"text": ""}) for each in a_rubric().anchors)}
    )
    assert advise(blank) == ()
