"""Rubrics from a file that a person brings: TOML or CSV, as `panel.exporting.rubrics` writes them.

A rubric that cannot be read does not lose the others; every error names rubric, level and field, all at once.
"""

import csv
import io
import tomllib
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from panel.content import explain
from panel.domain.rubrics import FiledRubric
from panel.errors import ContentError
from panel.exporting.cells import unguarded

LARGEST = 2_000_000  # bytes; far more than every rubric a team will write
COLUMNS = ("rubric", "name", "competency", "about", "state", "level", "label", "anchor")
WHOLE = {"name": "name", "competency": "competency", "about": "about", "state": "state"}  # column -> field


@dataclass(frozen=True)
class RubricReading:
    """What a file holds, and a sentence for each thing in it that could not be read."""

    rubrics: tuple[FiledRubric, ...]
    errors: tuple[str, ...]


def read_rubrics(name: str, data: bytes) -> RubricReading:
    """Read a file; `name` decides between CSV and TOML and stands in every error."""
    try:
        text = _text(name, data)
        found = _from_csv(name, text) if name.casefold().endswith(".csv") else _from_toml(name, text)
    except ContentError as error:
        return RubricReading((), (str(error),))
    return _checked(name, found)


@dataclass(frozen=True)
class _Found:
    """Rubrics as they stand in the file, not checked yet, and what could not even be taken apart."""

    rubrics: list[Any]
    errors: list[str]


def _text(name: str, data: bytes) -> str:
    if len(data) > LARGEST:
        raise ContentError(f"{name}: is larger than {LARGEST // 1_000_000} MB. Bring the rubrics in several files.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ContentError(f"{name}: is not UTF-8 text (byte {error.start}). Save it as UTF-8.") from error


def _from_toml(name: str, text: str) -> _Found:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ContentError(f"{name}: is not valid TOML: {error}.") from error
    except RecursionError as error:
        raise ContentError(f"{name}: is not valid TOML: it is nested too deeply.") from error
    if "rubrics" not in data:
        return _Found([data], [])
    if not isinstance(data["rubrics"], list):
        raise ContentError(f"{name}: field rubrics: must be a list of rubrics, each under [[rubrics]].")
    strange = [f"{name}: field {key}: is not a known field beside [[rubrics]]; remove it." for key in data]
    return _Found(data["rubrics"], [each for each in strange if ": field rubrics:" not in each])


def _from_csv(name: str, text: str) -> _Found:
    heading = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=heading.count)  # spreadsheets of some countries write semicolons
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise ContentError(f"{name}: is not valid CSV: {error}.") from error
    columns = [each.strip().casefold() for each in rows[0]] if rows else []
    _check_columns(name, columns)
    found = _Found([], [])
    by_key: dict[str, dict[str, Any]] = {}
    for line, row in enumerate(rows[1:], start=2):
        cells = {column: unguarded(cell) for column, cell in zip(columns, row, strict=False)}
        if not any(cell.strip() for cell in cells.values()):
            continue
        key = cells.get("rubric", "").strip()
        if not key:
            found.errors.append(f"{name}: row {line}, column rubric: is empty; write the key of the rubric.")
            continue
        rubric = by_key.setdefault(key, {"key": key, "anchors": []})
        _take_row(f"{name}, rubric {key}: row {line}", cells, rubric, found.errors)
    found.rubrics.extend(by_key.values())
    return found


def _check_columns(name: str, columns: list[str]) -> None:
    missing = [each for each in COLUMNS if each not in columns and each not in {"about", "state"}]
    strange = [each or "(without a name)" for each in columns if each not in COLUMNS]
    problems = [f"{name}: column {each}: is missing; add it." for each in missing]
    problems += [
        f"{name}: column {each[:60]}: is not a known column; check its spelling or remove it." for each in strange
    ]
    problems += [f"{name}: column {each}: stands twice; remove one." for each in COLUMNS if columns.count(each) > 1]
    if problems:
        raise ContentError("\n".join(problems))


def _take_row(place: str, cells: dict[str, str], rubric: dict[str, Any], errors: list[str]) -> None:
    """Add a level; what belongs to the whole rubric must not differ from the rows before."""
    for column, field in WHOLE.items():
        cell = cells.get(column, "").strip()
        if cell and rubric.setdefault(field, cell) != cell:
            errors.append(f"{place}, column {column}: says something else than the rows before; make them alike.")
    level = cells.get("level", "").strip()
    anchor = {"level": int(level) if level.isascii() and level.isdigit() and len(level) < 4 else level}
    rubric["anchors"].append(anchor | {"label": cells.get("label", ""), "text": cells.get("anchor", "")})


def _checked(name: str, found: _Found) -> RubricReading:
    good: dict[str, FiledRubric] = {}
    errors = list(found.errors)
    for number, data in enumerate(found.rubrics, start=1):
        if not isinstance(data, dict):
            errors.append(f"{name}, rubric {number}: is not a rubric; each stands under [[rubrics]].")
            continue
        place = f"{name}, rubric {number}" + (f" ({str(data['key'])[:60]})" if data.get("key") else "")
        try:
            rubric = FiledRubric.model_validate(data)
        except ValidationError as error:
            errors.append(explain(place, data, error))
            continue
        if rubric.key in good:
            errors.append(f"{place}: the key stands in this file already; the first one counts.")
        good.setdefault(rubric.key, rubric)
    return RubricReading(tuple(good.values()), tuple(errors))
