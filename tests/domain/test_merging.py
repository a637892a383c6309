"""What one question made of two says."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panel.domain.merging import KEEP_ANSWER_NAMES, KeepAnswer, merged, replaced
from panel.domain.questions import Question
from tests.banks import questions
from tests.factories import a_question

OURS = a_question("ours", tags=("one",))
THEIRS = a_question(
    "theirs", answer="Another answer.", probes=("WHY?", "Since when?"), strong=("gives a reason.", "A number."),
    weak=("A shrug.",), tags=("One", "two"), competency="Care", difficulty="advanced", minutes=9, source="a book",
    anchors=("a", "", "c"),
)  # fmt: skip


def test_the_banks_question_keeps_what_it_says_and_gains_what_it_lacks() -> None:
    gained: dict[str, Any] = {
        "probes": ("Why?", "What if not?", "Since when?"), "strong": ("Gives a reason.", "A number."),
        "weak": ("Gives a slogan.", "A shrug."), "tags": ("one", "two"), "anchors": ("a", "", "c"),
    }  # fmt: skip
    assert merged(OURS, THEIRS) == OURS.model_copy(update=gained)


def test_a_draft_that_lacks_everything_is_filled() -> None:
    bare = Question(key="bare", prompt="Why?", minutes=3)
    assert merged(bare, THEIRS) == THEIRS.model_copy(update={"key": "bare", "prompt": "Why?", "minutes": 3})


@pytest.mark.parametrize(
    ("keep", "ours", "theirs", "answer"),
    [
        ("ours", "a", "b", "a"), ("theirs", "a", "b", "b"), ("both", "a", "b", "a\n\n---\n\nb"),
        ("both", "a", "a", "a"),
        ("ours", "", "b", "b"), ("theirs", "a", "", "a"), ("both", "", "b", "b"), ("both", "", "", ""),
    ],
)  # fmt: skip
def test_an_answer_is_never_lost_for_want_of_another(keep: KeepAnswer, ours: str, theirs: str, answer: str) -> None:
    assert merged(a_question(answer=ours), a_question(answer=theirs), keep).answer == answer


def test_lists_end_where_the_bank_has_no_room() -> None:
    many = {"probes": tuple(f"Probe {place}?" for place in range(8)), "tags": tuple(f"t{place}" for place in range(12))}
    full = a_question(**many)
    assert merged(full, THEIRS).model_dump(include={"probes", "tags"}) == many


def test_a_replacement_takes_only_the_fields_that_the_document_says() -> None:
    says = frozenset({"prompt", "minutes"})
    assert replaced(OURS, THEIRS, says) == OURS.model_copy(update={"prompt": "What is theirs?", "minutes": 9})
    assert replaced(OURS, THEIRS, frozenset()) == OURS


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    ours=questions(st.just("ours")), theirs=questions(st.just("theirs")), keep=st.sampled_from(list(KEEP_ANSWER_NAMES))
)
def test_what_two_questions_make_is_a_question_that_loses_nothing_of_the_banks(
    ours: Question, theirs: Question, keep: KeepAnswer
) -> None:
    both = merged(ours, theirs, keep)
    assert Question.model_validate(both.model_dump()) == both
    assert (both.key, both.prompt, both.minutes) == (ours.key, ours.prompt, ours.minutes)
    for name in ("probes", "strong", "weak", "tags"):
        assert getattr(both, name)[: len(getattr(ours, name))] == getattr(ours, name)
