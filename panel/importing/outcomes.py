"""A table of outcomes -> its rows as text: CSV, TSV or the first sheet of a workbook, or what is pasted from one."""

from dataclasses import dataclass

from panel.errors import InputError
from panel.importing import kinds
from panel.importing.decoding import clean, decoded
from panel.importing.spreadsheets import sheets_of
from panel.importing.tables import Row, delimited_rows, delimiter_of

LIMIT = 5 * 1024 * 1024  # bytes
MOST = 5_000  # rows
HEADINGS = {
    "candidate": ("candidate", "name", "full name", "person", "employee", "hire"),
    "email": ("email", "e-mail", "mail", "email address"),
    "role": ("role", "opening"),
    "on": ("date", "on", "day", "observed", "observed on"),
    "criterion": ("criterion", "outcome", "measure"),
    "value": ("value", "result", "rating", "score"),
    "low": ("low", "lowest", "scale low", "minimum", "min", "from"),
    "high": ("high", "highest", "scale high", "maximum", "max", "to"),
}
NEEDED = ("on", "criterion", "value", "low", "high")


@dataclass(frozen=True)
class OutcomeRow:
    """One row as it is written, with its number in the document; a column that is not there is empty."""

    number: int
    texts: dict[str, str]


def read_outcome_file(data: bytes) -> list[OutcomeRow]:
    """Raises InputError for what is no table of outcomes."""
    if len(data) > LIMIT:
        raise InputError(f"This file has {len(data) / 1e6:,.0f} MB; at most {LIMIT / 1e6:,.0f} MB can be read.")
    if not data.strip(b"\x00 \t\r\n"):
        raise InputError("This file is empty. Choose one that holds outcomes.")
    if kinds.refuse_binary(data):
        sheets = sheets_of(data)
        return _read(sheets[0][1] if sheets else [])
    return read_outcome_text(decoded(data))


def read_outcome_text(text: str) -> list[OutcomeRow]:
    if len(text) > LIMIT:
        raise InputError("This text is too long. Bring it in as several files.")
    source = clean(text).strip("\n")
    rows, problems = delimited_rows(source, delimiter_of(source) or ",")
    if problems:
        raise InputError(f"Line {problems[0].line}: {problems[0].reason}")
    return _read(rows)


def _read(rows: list[Row]) -> list[OutcomeRow]:
    filled = [row for row in rows if any(cell.strip() for cell in row.cells)]
    if not filled:
        raise InputError("There is no row in it. The first names the columns: candidate, date, criterion, value, …")
    first, *below = filled
    places = _places(first.cells)
    if not below:
        raise InputError("There are only headings in it. Put one outcome into each row below them.")
    if len(below) > MOST:
        raise InputError(f"These are {len(below):,} rows; at most {MOST:,} can be brought in at once.")
    return [
        OutcomeRow(row.number, {name: row.cells[at] if at < len(row.cells) else "" for name, at in places.items()})
        for row in below
    ]


def _places(headings: tuple[str, ...]) -> dict[str, int]:
    plain = [" ".join(each.casefold().replace("_", " ").split()) for each in headings]
    places: dict[str, int] = {}
    for field, names in HEADINGS.items():
        at = next((plain.index(name) for name in names if name in plain), None)
        if at is not None:
            places[field] = at
    lacking = [{"on": "date"}.get(each, each) for each in NEEDED if each not in places]
    lacking += [] if {"candidate", "email"} & set(places) else ["candidate or email"]
    if lacking:
        raise InputError(
            f"The first row must name the columns; {', '.join(lacking)} "
            f"{'is' if len(lacking) == 1 else 'are'} missing. Needed are candidate or email, date, criterion, value, "
            "low and high."
        )
    return places
