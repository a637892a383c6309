"""Marks stand on what was searched for, in the text as it is written."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panel.finding.marks import Marks, excerpt, marks, one_line
from panel.finding.search import SearchIndex, Term
from panel.finding.vocabulary import BEGINNING, EXACT, INSIDE, TYPO
from panel.finding.words import words_of
from tests.factories import a_question


def shown(text: str, found: Marks) -> str:
    """The text with its marks in brackets."""
    pieces, place = [], 0
    for start, end in found:
        pieces += [text[place:start], "[", text[start:end], "]"]
        place = end
    return "".join([*pieces, text[place:]])


def marked(prompt: str, words: str) -> str:
    index = SearchIndex([a_question(prompt=prompt, answer="")])
    return shown(prompt, marks(prompt, index.search(words).terms))


@pytest.mark.parametrize(
    ("prompt", "words", "expected"),
    [
        ("What is overfitting?", "overfitting", "What is [overfitting]?"),
        ("What is overfitting?", "over", "What is [over]fitting?"),
        ("What is overfitting?", "fitting", "What is over[fitting]?"),
        ("What is overfitting?", "over fitting", "What is [overfitting]?"),
        ("What is overfitting?", "overfiting", "What is [overfitting]?"),
        ("What is overfitting?", "what is overfitting", "What is [overfitting]?"),
        ("What is it?", "what", "[What] is it?"),
        ("Explain k-means.", "kmeans", "Explain [k-means]."),
        ("Explain k-means.", "means k", "Explain [k]-[means]."),
        ("Explain NAÏVE Bayes.", "naive", "Explain [NAÏVE] Bayes."),
        ("Explain nai\u0308ve Bayes.", "naive", "Explain [nai\u0308ve] Bayes."),
        ("Explain naïve Bayes.", "nai", "Explain [naï]ve Bayes."),
        ("🧪 Why test?", "test", "🧪 Why [test]?"),
        ("Die Straße?", "strasse", "Die [Straße]?"),
        ("Is <b>this</b> safe?", "this safe", "Is <b>this</b> [safe]?"),
        ("The model's loss?", "models", "The [model's] loss?"),
        ("L1 or L2?", "l2", "L1 or [L2]?"),
        ("A half is ½?", "2", "A half is [½]?"),
        ("Why?", "zebra", "Why?"),
    ],
)
def test_marks_stand_on_what_was_typed(prompt: str, words: str, expected: str) -> None:
    assert marked(prompt, words) == expected


def passage(answer: str, words: str, width: int = 60) -> str:
    index = SearchIndex([a_question(answer=answer)])
    return shown(*excerpt(answer, index.search(words).terms, width))


def test_the_passage_is_the_one_with_most_of_the_words() -> None:
    answer = "A tree is cheap. " + "Nothing to see here. " * 20 + "A deep tree with few rows overfits at once."
    assert passage(answer, "tree overfits") == "… to see here. A deep [tree] with few rows [overfits] at once."
    assert passage(answer, "cheap") == "A tree is [cheap]. Nothing to see here. Nothing to see here. …"


def test_an_answer_without_the_words_has_no_passage() -> None:
    assert passage("All about trees.", "zebra") == ""
    assert passage("", "zebra") == ""


def test_a_passage_is_one_line_without_marks_of_markdown() -> None:
    markdown = (
        "## Core\n\n- **Bold** and `code`\n- a [link](https://example.org)\n\n```python\nx = 1\n```\n> $h_{t-1}$ stays"
    )
    assert one_line(markdown) == "Core Bold and code a link x = 1 $h_{t-1}$ stays"


@given(
    st.text(max_size=300), st.text(max_size=40), st.sampled_from([EXACT, BEGINNING, INSIDE, TYPO]), st.integers(1, 200)
)
@settings(max_examples=200, deadline=None)
def test_marks_are_valid_for_any_text(text: str, words: str, fit: float, width: int) -> None:
    terms = [Term(each[:2], {each: fit}) for each in words_of(text)[::3] + words_of(words)]
    for each, found in ((text, marks(text, terms)), excerpt(text, terms, width)):
        assert all(0 <= start < end <= len(each) for start, end in found)
        assert all(before[1] < after[0] for before, after in pairwise(found))
