"""Filters, and what a row of the list says of a question."""

from datetime import date
from typing import Any

import pytest

from panel.domain.questions import BankQuestion, Leak
from panel.finding.search import SearchIndex
from panel.ui.components.bank import Filters, Finding, list_rows
from panel.ui.components.question_list import ListRow
from tests.factories import GENERAL, a_question

EACH = BankQuestion(
    question=a_question(prompt="Why prune a tree?", answer="It overfits less.", tags=("trees", "overfitting")),
    category=GENERAL,
    version=3,
    state="pilot",
    leak=Leak(on=date(2026, 3, 2), reason="A candidate knew it."),
)


@pytest.mark.parametrize(
    ("chosen", "asked", "fits"),
    [
        ({}, 0, True),
        ({"category": ["General"], "competency": ["Technical depth"], "difficulty": ["introductory"]}, 0, True),
        ({"category": ["Technical"]}, 0, False),
        ({"competency": ["Explanation"]}, 0, False),
        ({"difficulty": ["advanced", "intermediate"]}, 0, False),
        ({"minutes": 5}, 0, True),
        ({"minutes": 4}, 0, False),
        ({"state": ["Pilot", "Draft"]}, 0, True),
        ({"state": ["Approved"]}, 0, False),
        ({"tag": ["trees", "forests"]}, 0, True),
        ({"tag": ["forests"]}, 0, False),
        ({"exposure": ["never asked"]}, 0, True),
        ({"exposure": ["never asked"]}, 1, False),
        ({"exposure": ["asked 1 to 5 times"]}, 5, True),
        ({"exposure": ["asked 1 to 5 times"]}, 6, False),
        ({"exposure": ["never asked", "more than 5 times"]}, 6, True),
    ],
)
def test_a_question_fits_when_it_fits_every_filter(chosen: dict[str, Any], asked: int, fits: bool) -> None:
    assert Filters(**chosen).fits(EACH, asked) is fits


def row(words: str, asked: dict[str, int] | None = None) -> ListRow:
    found = SearchIndex([EACH.question]).search(words)
    (only,) = list_rows(Finding([EACH], found, asked=asked), 0)
    return only


def test_a_row_says_what_a_question_is_and_that_candidates_may_know_it() -> None:
    assert row("", {EACH.key: 4}) == ListRow(
        key="why-validate",
        prompt="Why prune a tree?",
        facts=("5", "Technical depth", "introductory", "General"),
        state="Pilot",
        note="candidates may know it · asked 4 times",
    )


@pytest.mark.parametrize(
    ("words", "marks", "excerpt", "excerpt_marks"),
    [
        ("prune", ((4, 9),), "", ()),
        ("prune overfitting", ((4, 9),), "trees, overfitting", ((7, 18),)),
        ("tree overfits", ((12, 16),), "It overfits less.", ((3, 11),)),
    ],
)
def test_a_row_shows_where_it_matches_what_its_prompt_lacks(
    words: str, marks: Any, excerpt: str, excerpt_marks: Any
) -> None:
    found = row(words)
    assert (found.marks, found.excerpt, found.excerpt_marks) == (marks, excerpt, excerpt_marks)
