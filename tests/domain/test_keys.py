"""Keys made of words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.domain.keys import new_key
from panel.domain.questions import Question

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("What is a fair die?", "what-is-a-fair-die"), ("  Größe & Élan ", "groe-elan"), ("C++ vs. C#", "c-vs-c"),
        ("李小龙", "question"), ("", "question"), ("?!", "question"), ("don't", "don-t"), ("ﬁne", "fine"),
        ("a" * 200, "a" * 72), ("a " * 200, "a-" * 35 + "a"),
    ],
)  # fmt: skip
def test_a_key_is_made_of_the_words(text: str, key: str) -> None:
    assert new_key(text, ()) == key


def test_a_key_that_is_taken_gets_a_number() -> None:
    assert new_key("Why?", {"why"}) == "why-2"
    assert new_key("Why?", {"why", "why-2", "why-4"}) == "why-3"
    assert new_key("?", {"category"}, otherwise="category") == "category-2"


@given(text=st.text(max_size=200), taken=st.integers(0, 30))
def test_every_text_has_a_key_of_its_own_that_a_question_can_carry(text: str, taken: int) -> None:
    known: set[str] = set()
    for _ in range(taken + 1):
        key = new_key(text, known)
        assert KEY.fullmatch(key)
        assert key not in known
        known.add(key)
    assert Question(key=key, prompt="Why?", minutes=1).key == key
