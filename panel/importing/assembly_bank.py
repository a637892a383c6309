"""A table of questions to choose from -> assembly items: id, competency, difficulty, minutes, information, exposure.

Delimited text in any encoding that can be told. A decimal may have a point or a comma; `exposure` may be absent or
empty, which is 0. What cannot be read is named with its line and field.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from math import isfinite

from panel.assembly import Item
from panel.assembly.checks import shown
from panel.errors import InputError
from panel.importing.cells import cell_text
from panel.importing.decoding import decoded
from panel.importing.tables import delimiter_of

LIMIT = 50 * 1024 * 1024  # bytes
NEEDED = ("id", "competency", "difficulty", "minutes", "information")
COLUMNS = (*NEEDED, "exposure")
LEVELS = {"1": 1, "2": 2, "3": 3, "introductory": 1, "intermediate": 2, "advanced": 3}
NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d{1,3})?")
LONGEST = 200  # characters of an id or a competency


def read_assembly_bank(name: str, data: bytes) -> list[Item]:
    """The questions of a file. Raises InputError that names file, line and field."""
    rows = _rows(name, data)
    headings = next(rows, (1, []))[1]
    places = _places(name, headings)
    items: list[Item] = []
    lines: dict[str, int] = {}
    for line, cells in rows:
        if not any(cells):
            continue
        if len(cells) > len(headings) and any(cells[len(headings) :]):
            raise InputError(
                f"{name}, line {line}: {len(cells)} cells, and the first line names {len(headings)} columns."
            )
        item = _item(name, line, {each: cells[at] if at < len(cells) else "" for each, at in places.items()})
        if item.id in lines:
            raise InputError(f"{name}, line {line}, id: {shown(item.id)} stands on line {lines[item.id]} already.")
        lines[item.id] = line
        items.append(item)
    if not items:
        raise InputError(f"{name} has column names and no questions below them.")
    return items


def _rows(name: str, data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Every row with its line in the file."""
    if not data.strip():
        raise InputError(f"{name} is empty.")
    if len(data) > LIMIT:
        raise InputError(f"{name} has {len(data) / 1024**2:,.0f} MB, and at most {LIMIT // 1024**2} MB can be read.")
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        raise InputError(f"{name} is not a text file. Save the sheet as CSV and try again.")
    source = decoded(data)
    delimiter = delimiter_of(source) or ","
    skipped = 0
    if source.startswith("sep="):
        source, skipped = source.partition("\n")[2], 1
    reader = csv.reader(io.StringIO(source, newline=""), delimiter=delimiter, strict=True)
    line = 0
    try:
        for cells in reader:
            yield line + 1 + skipped, [cell_text(each) for each in cells]
            line = reader.line_num
    except csv.Error as error:
        raise InputError(
            f"{name}, line {line + 1 + skipped}: the quotation marks are broken, or a cell is too long."
        ) from error


def _places(name: str, headings: Sequence[str]) -> dict[str, int]:
    found = [each.casefold() for each in headings]
    absent = [each for each in NEEDED if each not in found]
    if absent:
        has = ", ".join(each[:40] or "an empty column" for each in headings[:12])
        raise InputError(
            f"{name}, line 1: the column {' and the column '.join(absent)} is missing. The line names {has}; "
            f"needed are {', '.join(NEEDED)}, and exposure where it is known."
        )
    twice = [each for each in COLUMNS if found.count(each) > 1]
    if twice:
        raise InputError(f"{name}, line 1: there is more than one column {twice[0]}.")
    return {each: found.index(each) for each in COLUMNS if each in found}


def _item(name: str, line: int, cells: Mapping[str, str]) -> Item:
    place = f"{name}, line {line}"
    for field in ("id", "competency"):
        if not cells[field]:
            raise InputError(f"{place}, {field}: it is empty.")
        if len(cells[field]) > LONGEST:
            raise InputError(f"{place}, {field}: it has more than {LONGEST} characters; a short name is needed.")
    difficulty = LEVELS.get(re.sub(r"[.,]0+$", "", cells["difficulty"]).casefold())
    if difficulty is None:
        raise InputError(f"{place}, difficulty: {shown(cells['difficulty'])} is not 1, 2 or 3.")
    return Item(
        cells["id"],
        cells["competency"],
        difficulty,
        _number(place, "minutes", cells["minutes"], least=0),
        _number(place, "information", cells["information"]),
        _number(place, "exposure", cells.get("exposure") or "0", least=0),
    )


def _number(place: str, field: str, text: str, least: float | None = None) -> float:
    if not text:
        raise InputError(f"{place}, {field}: it is empty.")
    number = float(text.replace(",", ".")) if NUMBER.fullmatch(text) else float("nan")
    if not isfinite(number) or abs(number) > 1e9:
        raise InputError(f"{place}, {field}: {shown(text)} is not an ordinary number.")
    if least is not None and number < least:
        raise InputError(f"{place}, {field}: {shown(text)} is below {least:g}.")
    return number
