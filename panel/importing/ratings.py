"""A file of ratings -> the long table that `stats` reads: target, rater, item, score.

Delimited text in any encoding that can be told, with a line of column names. Labels are taken as they are written, a
score that is empty or NA is a missing rating, and what cannot be read is named with its line.
"""

import io
import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from panel.errors import InputError
from panel.importing.decoding import decoded
from panel.importing.tables import delimiter_of

LIMIT = 500 * 1024 * 1024  # bytes
COLUMNS = {
    "target": ("target", "candidate", "subject", "ratee", "person"),
    "rater": ("rater", "interviewer", "judge"),
    "item": ("item", "question", "criterion", "trait"),
    "score": ("score", "rating", "level"),
}
THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+")
MISSING = frozenset({"", "na", "n/a", "nan", "none", "null", "."})
DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")
MOST_CHARACTERS = 200  # of a label; a longer one is a column of prose


@dataclass(frozen=True)
class RatingsFile:
    """The long table, and remarks on what was left out of it."""

    table: pd.DataFrame
    remarks: tuple[str, ...]


def read_ratings_file(name: str, data: bytes) -> RatingsFile:
    """The ratings of a delimited file. Raises InputError with the line that cannot be read."""
    source = _text(name, data)
    rows = _rows(name, source)
    headings = list(rows.columns)
    used = _columns(name, headings)
    rows = rows[list(used.values())].set_axis(list(used), axis="columns")
    rows = rows.apply(lambda column: column.str.strip())
    empty = (rows == "").all(axis="columns")
    rows = rows[~empty]
    if rows.empty:
        raise InputError(f"{name} has column names and no ratings below them.")
    score = _scores(name, rows["score"])
    table = rows.assign(score=score)
    for column in ("target", "rater", "item"):
        if column in table:
            _require_labels(name, table, column)
            table[column] = _numbered(table[column])
    return RatingsFile(table.reset_index(drop=True), _remarks(headings, used, table))


def _text(name: str, data: bytes) -> str:
    if not data.strip():
        raise InputError(f"{name} is empty.")
    if len(data) > LIMIT:
        raise InputError(f"{name} has {len(data) / 1024**2:,.0f} MB, and at most {LIMIT // 1024**2} MB can be read.")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise InputError(f"{name} is not a text file. Save the sheet as CSV and try again.")
    if b"\x00" in data[:1000] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError(f"{name} is not a text file. Save the ratings as CSV and try again.")
    source = decoded(data)
    if source.lstrip().startswith(("{", "[", "<")):
        raise InputError(f"{name} is not a table. Needed is CSV with the columns target, rater, item and score.")
    return source


def _rows(name: str, source: str) -> pd.DataFrame:
    """All cells as text; the index is the line of the file, the names of the columns being line 1."""
    delimiter = delimiter_of(source)
    if source.startswith("sep="):
        source = source.partition("\n")[2]
    if not delimiter:
        raise InputError(
            f"The columns of {name} cannot be told apart. Needed is CSV with the columns target, rater, item, score."
        )
    try:
        rows = pd.read_csv(
            io.StringIO(source), sep=delimiter, dtype=str, keep_default_na=False, index_col=False,
            skip_blank_lines=False, header=None, skipinitialspace=True,
        )  # fmt: skip
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise InputError(f"{name} cannot be read as a table: {_said(error)}") from error
    rows.columns = pd.Index([str(each).strip() for each in rows.iloc[0]])
    rows.index = pd.RangeIndex(1, len(rows) + 1)
    return rows.iloc[1:].fillna("")


def _said(error: Exception) -> str:
    """What the reader of tables says of a line, in words."""
    found = re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", str(error))
    if found:
        return f"line {found[2]} has {found[3]} cells and the lines above have {found[1]}."
    if "EOF inside string" in str(error):
        return "a quotation mark is opened and never closed."
    return "its quotation marks or line ends are broken."


def _columns(name: str, found: list[str]) -> dict[str, str]:
    """Which heading is which column. Raises InputError for one that is missing or stands twice."""
    used: dict[str, str] = {}
    for column, words in COLUMNS.items():
        named = [heading for word in words for heading in found if heading.casefold() == word]
        if named:
            used[column] = named[0]
    absent = [column for column in ("target", "rater", "score") if column not in used]
    if absent:
        raise InputError(
            f"{name} lacks the column {' and the column '.join(absent)}. Its first line names "
            f"{', '.join(heading[:40] or 'an empty column' for heading in found[:12])}; "
            "needed are target, rater and score, and item where there are several."
        )
    twice = [heading for heading in used.values() if found.count(heading) > 1]
    if twice:
        raise InputError(f"{name} has more than one column named {twice[0]}.")
    return used


def _scores(name: str, cells: pd.Series) -> "pd.Series[float]":
    missing = cells.str.casefold().isin(MISSING)
    text = cells.where(~missing, "nan")
    thousands = text.str.fullmatch(THOUSANDS)
    if thousands.any():
        line = thousands.idxmax()
        raise InputError(
            f"{name}, line {line}: the score {_shown(cells[line])} may be a thousand or a decimal. "
            "Write it without the comma, or with a point."
        )
    comma = text.str.fullmatch(DECIMAL_COMMA)
    numbers = pd.to_numeric(text.where(~comma, text.str.replace(",", ".", regex=False)), errors="coerce")
    wrong = numbers.isna() & ~missing
    if wrong.any():
        line = wrong.idxmax()
        others = int(wrong.sum()) - 1
        more = f" ({others:,} more such lines)" if others else ""
        raise InputError(f"{name}, line {line}: the score {_shown(cells[line])} is not a number{more}.")
    infinite = np.isinf(numbers)
    if infinite.any():
        raise InputError(f"{name}, line {infinite.idxmax()}: the score is infinite. Leave a missing score empty.")
    return numbers.astype(float)


def _require_labels(name: str, table: pd.DataFrame, column: str) -> None:
    scored = table["score"].notna()
    lacking = scored & (table[column] == "")
    if lacking.any():
        what = "an item" if column == "item" else f"a {column}"
        raise InputError(f"{name}, line {lacking.idxmax()}: a score without {what}.")
    long = table[column].str.len() > MOST_CHARACTERS
    if long.any():
        raise InputError(
            f"{name}, line {long.idxmax()}: the {column} has more than {MOST_CHARACTERS} characters. "
            "A short name or number is needed."
        )


def _numbered(labels: pd.Series) -> pd.Series:
    """Labels that are all plain whole numbers as numbers, so that 2 comes before 10; all others as they are."""
    return labels.astype("int64") if labels.str.fullmatch(r"0|[1-9]\d{0,14}").all() else labels


def _remarks(headings: list[str], used: dict[str, str], table: pd.DataFrame) -> tuple[str, ...]:
    remarks = []
    ignored = [heading for heading in headings if heading and heading not in used.values()]
    if ignored:
        remarks.append(f"Columns that are not used: {', '.join(each[:40] for each in ignored[:8])}.")
    missing = int(table["score"].isna().sum())
    if missing:
        remarks.append(f"Rows without a score, which are left out: {missing:,}.")
    return tuple(remarks)


def _shown(cell: object) -> str:
    text = str(cell)
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"
