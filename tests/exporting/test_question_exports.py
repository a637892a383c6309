"""The bank as a file: nothing is lost on the way out and back in, and no spreadsheet runs what people wrote."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from panel.actions.imports import Choice, Defaults, store_import
from panel.domain.basics import new_id
from panel.domain.questions import BankQuestion, Leak, Question, QuestionState
from panel.exporting.cells import (
    QUESTION_COLUMNS,
    anchors_cell,
    anchors_of,
    entries_of,
    guarded,
    list_cell,
    unguarded,
)
from panel.exporting.questions import ENDINGS, Format, as_bytes, exported
from panel.house import Workspace
from panel.importing.found import Reading
from panel.importing.reading import read_document
from panel.store import bank
from panel.store.database import Transaction
from tests.banks import ANY_TEXT, SENTENCES, banks
from tests.factories import GENERAL, a_question

RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
SLOW = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


class TakenBack(Exception):
    """Ends a transaction without keeping it."""


def brought_in(workspace: Workspace, reading: Reading) -> list[BankQuestion]:
    """What a bank without questions holds after an import of everything that was read."""
    held: list[BankQuestion] = []

    def work(transaction: Transaction) -> None:
        choices = [Choice(each) for each in reading.questions]
        store_import(
            transaction, choices, Defaults(), import_id=new_id(), name="a test", author_id="nobody", state="draft"
        )
        held[:] = bank.current_questions(transaction)
        raise TakenBack

    with pytest.raises(TakenBack):
        workspace.database.write(work)
    return held


def a_bank_of(*questions: Question, state: QuestionState = "approved", leak: Leak | None = None) -> list[BankQuestion]:
    return [BankQuestion(question=each, category=GENERAL, version=1, state=state, leak=leak) for each in questions]


def cells_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("form", ["toml", "json"])
@SLOW
@given(questions=banks())
def test_everything_of_a_bank_comes_back(workspace: Workspace, form: Format, questions: list[BankQuestion]) -> None:
    reading = read_document(f"bank.{ENDINGS[form]}", as_bytes(questions, form))
    assert reading.problems == ()
    assert brought_in(workspace, reading) == questions


class TestStructuredText:
    def test_toml_is_written_for_people(self) -> None:
        asked = a_question("why-ask", answer="First line.\n\n- `a < b`", tags=("one", "two"))
        leak = Leak(on=date(2026, 3, 1), reason="Seen on a forum")
        assert exported(a_bank_of(asked, state="pilot", leak=leak), "toml") == (
            """[[categories]]
key = "general"
name = "General"
order = 1
about = "What every candidate is asked."

[[categories.questions]]
key = "why-ask"
prompt = "What is why-ask?"
answer = '''First line.

- `a < b`
'''
probes = ["Why?", "What if not?"]
strong = ["Gives a reason."]
weak = ["Gives a slogan."]
competency = "Technical depth"
difficulty = "introductory"
minutes = 5
tags = ["one", "two"]
source = "written for a test"
state = "pilot"

[categories.questions.leaked]
on = 2026-03-01
reason = "Seen on a forum"
"""
        )

    @pytest.mark.parametrize("form", ["toml", "json", "csv"])
    def test_an_answer_full_of_tags_does_not_make_the_file_a_web_page(self, form: Format) -> None:
        asked = a_question("page", answer="<div>\n<p>a</p>\n</div>\n" * 60)
        reading = read_document(f"bank.{ENDINGS[form]}", as_bytes(a_bank_of(asked), form))
        assert [each.answer for each in reading.questions] == [asked.answer]

    def test_json_keeps_letters_readable(self) -> None:
        assert "李 ßé" in exported(a_bank_of(a_question(answer="李 ßé")), "json")

    def test_an_empty_bank_is_an_empty_file_of_each_kind(self) -> None:
        assert {form: exported([], form) for form in ENDINGS} == {
            "toml": "categories = []\n", "json": '{\n  "categories": []\n}\n',
            "csv": ",".join(QUESTION_COLUMNS) + "\r\n", "markdown": "# Question bank\n",
        }  # fmt: skip


class TestSpreadsheets:
    @SLOW
    @given(questions=banks())
    def test_no_cell_of_any_bank_is_run_as_a_formula(self, questions: list[BankQuestion]) -> None:
        rows = cells_of(exported(questions, "csv"))
        assert [len(row) for row in rows] == [len(QUESTION_COLUMNS)] * (len(questions) + 1)
        assert [cell for row in rows for cell in row if cell.lstrip().startswith(RUN_BY_SPREADSHEETS)] == []

    @SLOW
    @given(questions=banks())
    def test_our_own_table_is_read_back_as_it_was_written(self, questions: list[BankQuestion]) -> None:
        reading = read_document("bank.csv", as_bytes(questions, "csv"))
        assert reading.problems == ()
        assert [told(each.question) | {"state": each.state, "leak": each.leak} for each in questions] == [
            {
                "key": each.key, "prompt": each.prompt, "answer": each.answer, "probes": each.follow_ups,
                "strong": each.strong, "weak": each.weak, "competency": each.competency,
                "difficulty": each.difficulty, "minutes": each.minutes, "tags": each.tags, "anchors": each.anchors,
                "source": each.source, "state": each.state, "leak": each.leaked,
            }
            for each in reading.questions
        ]  # fmt: skip

    @given(text=ANY_TEXT)
    def test_a_guard_comes_off_as_it_went_on(self, text: str) -> None:
        assert unguarded(guarded(text)) == text

    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "'=1", "＝1"])
    def test_what_starts_a_formula_is_marked_as_text(self, text: str) -> None:
        assert guarded(text) == f"'{text}"

    @pytest.mark.parametrize(
        ("text", "safe"),
        [
            ("a\n=1", "a\n'=1"), ("a;=cmd()", "a;'=cmd()"), ("a;  @x", "a;'  @x"), ("\n=1", "'\n'=1"),
            ("\t=1", "'\t'=1"),
            ("- one\n- two", "'- one\n- two"), ("a\n-1+1", "a\n'-1+1"), ("a; b - c", "a; b - c"), ("a\n'=1", "a\n''=1"),
        ],
    )  # fmt: skip
    def test_what_would_start_a_cell_where_a_semicolon_parts_them_is_marked_too(self, text: str, safe: str) -> None:
        assert guarded(text) == safe
        assert unguarded(safe) == text

    @given(entries=st.lists(SENTENCES, max_size=4))
    def test_a_list_in_a_cell_comes_back(self, entries: list[str]) -> None:
        assert entries_of(list_cell(entries)) == tuple(entries)
        assert entries_of(list_cell(entries, ", "), ", ") == tuple(entries)

    def test_a_list_is_readable_where_it_can_be(self) -> None:
        assert list_cell(("Why?", "What if not?")) == "Why?\nWhat if not?"
        assert list_cell(("one", "two"), ", ") == "one, two"
        assert list_cell(("two\nlines",)) == '["two\\nlines"]'

    @given(anchors=st.lists(st.one_of(st.just(""), SENTENCES), min_size=3, max_size=7))
    def test_anchors_come_back_with_their_levels(self, anchors: list[str]) -> None:
        assert anchors_of(anchors_cell(anchors)) == tuple(anchors)

    def test_what_a_person_wrote_into_a_cell_and_cannot_be_used_is_told(self) -> None:
        row = dict.fromkeys(QUESTION_COLUMNS, "") | {
            "category": "General", "question": "What is a fair die?", "state": "Approvd", "difficulty": "hard",
            "minutes": "soon", "key": "Not A Key", "leaked on": "yesterday", "anchors": "9: too high",
        }  # fmt: skip
        out = io.StringIO()
        csv.writer(out).writerows([row.keys(), row.values()])
        reading = read_document("bank.csv", out.getvalue().encode())
        (found,) = reading.questions
        assert (found.prompt, found.state, found.difficulty, found.minutes, found.key, found.leaked, found.anchors) == (
            "What is a fair die?", None, None, None, "", None, (),
        )  # fmt: skip
        assert [(each.line, each.text, each.reason) for each in reading.problems] == [
            (2, "Approvd", "The state is none of draft, in review, approved, pilot and retired."),
            (2, "hard", "The difficulty is none of introductory, intermediate and advanced."),
            (2, "soon", "Minutes are a whole number from 1 to 60."),
            (2, "Not A Key", "A key has small letters, digits and hyphens only; another one is made."),
            (2, "yesterday", "A leak has a day such as 2026-03-01, and a reason beside it."),
            (2, "9: too high", "Anchors stand one a line with their level, from 1 to 7."),
        ]

    def test_the_table_is_marked_as_unicode_for_spreadsheets(self) -> None:
        assert as_bytes(a_bank_of(a_question()), "csv").startswith(b"\xef\xbb\xbfcategory,question,")


class TestMarkdown:
    @SLOW
    @given(questions=banks())
    def test_any_bank_is_markdown_without_html(self, questions: list[BankQuestion]) -> None:
        tokens = MarkdownIt("commonmark", {"html": True}).parse(exported(questions, "markdown"))
        inside = [*tokens, *(child for each in tokens for child in each.children or [])]
        assert {each.type for each in inside} & {"html_block", "html_inline", "image"} == set()

    def test_it_reads_like_a_page(self) -> None:
        asked = a_question("why-ask", prompt="What is *a* <b>?", answer="Because `x < 1`.")
        assert exported(a_bank_of(asked, state="retired"), "markdown") == (
            "# Question bank\n\n## General\n\nWhat every candidate is asked.\n\n### What is \\*a\\* \\<b\\>?\n\n"
            "*Technical depth · introductory · 5 min · retired*\n\nBecause `x < 1`.\n\n"
            "**Probes**\n\n- Why?\n- What if not?\n\n**Sounds strong**\n\n- Gives a reason.\n\n"
            "**Sounds weak**\n\n- Gives a slogan.\n"
        )


def told(question: Question) -> dict[str, Any]:
    """What a table keeps of a question; spaces within a competency count as one."""
    return question.model_dump() | {"competency": " ".join(question.competency.split())}
