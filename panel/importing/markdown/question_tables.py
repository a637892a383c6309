"""Tables within Markdown whose rows are questions."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from panel.importing.columns import field_named
from panel.importing.found import FoundQuestion, Problem
from panel.importing.ledger import Ledger
from panel.importing.markdown.blocks import Block, Document
from panel.importing.markdown.inline import plain
from panel.importing.markdown.marks import Mark
from panel.importing.names import category_name, names_no_subject
from panel.importing.tables import Row, read_rows
from panel.importing.wording import asks, ends_asking

BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)


def questions_in_tables(
    document: Document, ledger: Ledger, marks: Sequence[Mark]
) -> tuple[list[FoundQuestion], list[Problem]]:
    """Read the tables that have a column of questions and whose lines nothing has claimed yet."""
    headings = [mark for mark in marks if mark.form == "heading"]
    questions: list[FoundQuestion] = []
    problems: list[Problem] = []
    for block in document.blocks:
        if block.kind != "table" or not ledger.is_free(block.start):
            continue
        rows = [row for row in block.walk() if row.kind == "row"]
        if not _has_questions(document, rows):
            continue
        reading = read_rows(
            [Row(row.start + 1, tuple(BREAK.sub("\n", cell).strip() for cell in row.cells)) for row in rows],
            "Markdown",
            category=_category(ledger, headings, block.start),
        )
        questions += [replace(each, prompt=plain(document, each.prompt)) for each in reading.questions]
        problems += reading.problems
        ledger.use(block.start, block.end)
    return questions, problems


def _has_questions(document: Document, rows: Sequence[Block]) -> bool:
    """Whether a column is named for questions and holds some, or is made of questions."""
    for at, heading in enumerate(rows[0].cells if rows else []):
        named = field_named(plain(document, heading))
        texts = [plain(document, row.cells[at]) for row in rows[1:] if at < len(row.cells) and row.cells[at].strip()]
        if named and named[0] == "prompt" and any(map(asks, texts)):
            return True
        if len(texts) >= 2 and sum(map(ends_asking, texts)) >= 0.6 * len(texts):
            return True
    return False


def _category(ledger: Ledger, headings: Sequence[Mark], line: int) -> str:
    above = bisect_left([mark.start for mark in headings], line)
    for mark in reversed(headings[max(above - 6, 0) : above]):
        name = category_name(mark.text)
        if name and not names_no_subject(name):
            ledger.use(mark.start, mark.end)
            return name
    return ""
