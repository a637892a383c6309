"""Rows of text -> questions; CSV and TSV -> rows. The row of a question counts the heading as row 1."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from panel.errors import InputError
from panel.exporting.cells import QUESTION_COLUMNS
from panel.importing.cells import cell_text, question_from
from panel.importing.columns import WITHOUT_USE, confirmed, field_named, guessed, plain_name
from panel.importing.difficulty import marks_of
from panel.importing.fitting import all_fitted
from panel.importing.found import Columns, FoundQuestion, Problem, Reading
from panel.importing.ledger import quoted
from panel.importing.own_tables import NO_PROMPT, is_own_table, read_own_rows
from panel.importing.wording import asks, ends_asking

DELIMITERS = (",", ";", "\t", "|")
SNIFFED = 200  # rows by which a delimiter is told
MOST_ROWS = 50_000
MOST_COLUMNS = 200
NO_FIELD = "This column fills no field; say which it is, or leave it behind."
NO_COLUMN = "No column with questions was found. Choose the column that holds them."


@dataclass(frozen=True)
class Row:
    """One row with its number in the file or sheet, from 1."""

    number: int
    cells: tuple[str, ...]


def read_delimited(source: str, *, columns: Mapping[str, str] | None = None) -> Reading:
    """Read CSV or TSV text, decoded and clean; the delimiter is told from its rows."""
    delimiter = delimiter_of(source)
    kind = "TSV" if delimiter == "\t" else "CSV"
    rows, problems = delimited_rows(source, delimiter or ",")
    reading = read_rows(rows, kind, columns=columns)
    found = sorted([*reading.problems, *problems], key=lambda problem: problem.line)
    return Reading(kind, reading.questions, tuple(found), reading.columns)


def delimiter_of(source: str) -> str:
    """The delimiter by which the first rows part into the same number of cells; empty when none does."""
    if source.startswith("sep=") and source[4:5] in DELIMITERS:
        return source[4]
    sample = source[:100_000]
    best, best_score = "", 0.0
    for delimiter in DELIMITERS:
        if delimiter not in sample:
            continue
        try:
            parsed = [len(row) for row in islice(csv.reader(io.StringIO(sample), delimiter=delimiter), SNIFFED)]
        except csv.Error:
            continue
        widths = [width for width in parsed[: -1 if len(source) > len(sample) else None] if width]
        if not widths:
            continue
        width, count = Counter(widths).most_common(1)[0]
        score = (count / len(widths)) * (1 + min(width, 10) / 100) if width > 1 else 0.0
        if score > best_score:
            best, best_score = delimiter, score
    return best if best_score >= 0.5 else ""


def read_rows(
    rows: Sequence[Row], kind: str, *, columns: Mapping[str, str] | None = None, category: str = ""
) -> Reading:
    """Read rows; `category` is that of questions which name none. Raises InputError when `columns` do not fit."""
    rows = [row for row in rows if any(cell.strip() for cell in row.cells)]
    if not rows:
        return Reading(kind, (), ())
    headings, body = _headed(rows)
    if columns is None and is_own_table(headings):
        own = read_own_rows(headings, [(row.number, row.cells) for row in body], kind)
        ignored = _ignored(headings, body, QUESTION_COLUMNS, rows[0].number)
        return replace(own, problems=(*ignored, *own.problems))
    chosen = guessed(headings, [row.cells for row in body]) if columns is None else confirmed(headings, columns)
    if chosen is None:
        missing = sorted(set((columns or {}).values()) - set(headings) - {""})
        raise InputError(f"The table has no column {_names(missing)}. Its columns are {_names(headings)}.")
    if "prompt" not in chosen.fields:
        whole = "\n".join(" | ".join(row.cells) for row in rows[:5])
        return Reading(kind, (), (Problem(rows[0].number, quoted(whole), NO_COLUMN),), chosen)
    found, problems = _questions(body, chosen, category)
    problems += _ignored(headings, body, chosen.fields.values(), rows[0].number) if columns is None else []
    questions, beside = all_fitted(found)
    ordered = sorted([*problems, *beside], key=lambda problem: problem.line)
    return Reading(kind, tuple(questions), tuple(ordered), chosen)


def _questions(rows: Iterable[Row], columns: Columns, category: str) -> tuple[list[FoundQuestion], list[Problem]]:
    places = {field: columns.headings.index(heading) for field, heading in columns.fields.items()}
    width = len(columns.headings)
    questions: list[FoundQuestion] = []
    problems: list[Problem] = []
    rows = list(rows)
    marks = marks_of(row.cells[places["prompt"]] for row in rows if places["prompt"] < len(row.cells))
    lone = sum(sum(map(bool, row.cells)) == 1 for row in rows)
    may_have_sections = "category" not in places and 2 * lone <= len(rows)
    section = category
    unused: Row | None = None  # a row that names a section in which no question was found yet
    for row in rows:
        filled = [cell for cell in row.cells if cell]
        if row.cells[:width] == columns.headings:
            continue
        if any(row.cells[width:]):
            reason = f"This row has {len(row.cells)} cells and the table {width} columns; its texts may have slipped."
            problems.append(_problem(row, reason))
        elif may_have_sections and len(filled) == 1 and _is_section(row, places["prompt"]):
            problems += [_problem(unused, NO_PROMPT)] if unused else []
            section, unused = filled[0], row
        else:
            texts = {field: row.cells[at] for field, at in places.items() if at < len(row.cells) and row.cells[at]}
            if "prompt" not in texts:
                problems.append(_problem(row, NO_PROMPT))
                continue
            questions.append(question_from({"category": section} | texts, row.number, marks))
            unused = None
    problems += [_problem(unused, NO_PROMPT)] if unused else []
    return questions, problems


def _ignored(headings: Sequence[str], rows: Sequence[Row], used: Iterable[str], number: int) -> list[Problem]:
    """One problem for each column that says something and fills no field; `number` is the row of the headings.

    A column that only counts or ticks says nothing.
    """
    known = set(used)
    fitting = [row.cells for row in rows if not any(row.cells[len(headings) :]) and row.cells != tuple(headings)]
    problems: list[Problem] = []
    for at, heading in enumerate(headings):
        if heading in known or plain_name(heading) in WITHOUT_USE:
            continue
        texts = (cells[at] for cells in fitting if at < len(cells))
        example = next((text for text in texts if len(text) > 1 and any(map(str.isalpha, text))), "")
        if example:
            problems.append(Problem(number, quoted(f"{heading}: {example}"), NO_FIELD))
    return problems


def _is_section(row: Row, prompt: int) -> bool:
    """Whether the only text of a row is short, asks nothing, and stands first or where the questions do."""
    text = row.cells[0] or (row.cells[prompt] if prompt < len(row.cells) else "")
    return 0 < len(text) <= 60 and not asks(text) and "\n" not in text


def _headed(rows: Sequence[Row]) -> tuple[tuple[str, ...], list[Row]]:
    """The headings, each different and none empty, and the rows below them. A table may have none of its own."""
    width = max(Counter(len(row.cells) for row in rows[:SNIFFED]).most_common(1)[0][0], len(rows[0].cells))
    first = rows[0].cells
    has_headings = _are_headings(first, rows[1:SNIFFED])
    names: list[str] = []
    for at in range(width):
        name = " ".join(first[at].split()) if has_headings and at < len(first) else ""
        name = name or f"Column {at + 1}"
        times = sum(each == name or each.startswith(f"{name} (") for each in names)
        names.append(f"{name} ({times + 1})" if times else name)
    return tuple(names), list(rows[1:] if has_headings else rows)


def _are_headings(first: Sequence[str], below: Sequence[Row]) -> bool:
    """Whether the first row names the columns: one cell is the name of a field, or none asks where those below do."""
    filled = [cell for cell in first if cell]
    if any(ends_asking(cell) or len(cell) > 80 or "\n" in cell for cell in filled):
        return False
    if any(field_named(cell) for cell in filled):
        return True
    asking = sum(any(ends_asking(cell) for cell in row.cells) for row in below)
    if not asking:
        return len(filled) == len(first) == len(set(filled)) and not any(cell.isdigit() for cell in filled)
    return bool(below) and asking >= 0.5 * len(below) and not any(asks(cell) for cell in filled)


def delimited_rows(source: str, delimiter: str) -> tuple[list[Row], list[Problem]]:
    if source.startswith("sep="):
        source = source.partition("\n")[2]
    rows: list[Row] = []
    problems: list[Problem] = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(source, newline=""), delimiter=delimiter), start=1):
            if number > MOST_ROWS:
                raise InputError(f"The table has more than {MOST_ROWS:,} rows. Split it into several files.")
            if len(cells) > MOST_COLUMNS:
                raise InputError(f"The table has more than {MOST_COLUMNS} columns. Keep those that hold questions.")
            rows.append(Row(number, tuple(map(cell_text, cells))))
    except csv.Error:
        reason = "A cell of this row does not end; check the quotation marks. The rows after it were not read."
        problems.append(Problem(len(rows) + 1, "", reason))
    if source.count('"') % 2 and rows and any(cell.count("\n") > 20 for cell in rows[-1].cells):
        reason = "A quotation mark in this row is never closed; what follows it was read as one cell."
        problems.append(_problem(rows[-1], reason))
    return rows, problems


def _problem(row: Row, reason: str) -> Problem:
    return Problem(row.number, quoted(" | ".join(cell for cell in row.cells if cell)), reason)


def _names(headings: Iterable[str]) -> str:
    return ", ".join(f'"{heading}"' for heading in headings)
