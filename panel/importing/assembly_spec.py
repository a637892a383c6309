"""A hand-written spec in TOML -> what `assembly` is asked for. docs/assembly.md describes the file.

Every error names the file, its line as well as that can be told, and the field.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from math import inf
from typing import Any

from panel.assembly import CompetencySpec, InterviewerSpec, Range, Spec, SpecError
from panel.assembly.answer import Path
from panel.assembly.checks import spoken
from panel.assembly.spec import DIFFICULTIES, EXPOSURE_PENALTY, TIME_LIMIT
from panel.errors import InputError

LIMIT = 5 * 1024 * 1024  # bytes
FIELDS = (
    "interviewers", "competencies", "difficulty", "must", "exclude", "enemies", "same", "objective", "exposure_penalty",
    "gap", "time_limit",
)  # fmt: skip
OF_INTERVIEWER = ("id", "name", "minutes", "questions", "competencies", "difficulty", "keep")
OF_COMPETENCY = ("interviewers", "questions", "per_interviewer")


class SpecFile:
    """One file: its spec, and where a place of it stands."""

    def __init__(self, name: str, data: bytes) -> None:
        """Raises InputError for what is not a spec."""
        self.name = name
        self.text = _text(name, data)
        try:
            document = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            raise InputError(f"{name} is not valid TOML: {_said(error)}.") from error
        except RecursionError as error:
            raise InputError(f"{name} is not valid TOML: it is nested too deeply.") from error
        try:
            self.spec = _spec(document)
        except SpecError as error:
            raise self.placed(error) from error

    def placed(self, error: SpecError) -> InputError:
        """The error with the file and the line that it is about."""
        line = line_of(self.text, error.path)
        return InputError(f"{self.name}, line {line}: {error}" if line else f"{self.name}: {error}")


def _text(name: str, data: bytes) -> str:
    if len(data) > LIMIT:
        raise InputError(f"{name} has {len(data) / 1024**2:,.0f} MB, and at most {LIMIT // 1024**2} MB can be read.")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise InputError(f"{name} is not UTF-8 text (byte {error.start}). Save it as UTF-8.") from error


def _said(error: tomllib.TOMLDecodeError) -> str:
    text = str(error).rstrip(".")
    return text[:1].lower() + text[1:]


def _spec(document: Mapping[str, Any]) -> Spec:
    _refuse_others(document, FIELDS, ())
    tables = document.get("interviewers", [])
    if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
        raise SpecError("interviewers: write each as a table below [[interviewers]].", ("interviewers",))
    competencies = _table(document.get("competencies", {}), ("competencies",))
    return Spec(
        tuple(_interviewer(each, number) for number, each in enumerate(tables, 1)),
        {name: _competency(name, each) for name, each in competencies.items()},
        _difficulty(document.get("difficulty", {}), ("difficulty",)),
        _texts(document.get("must", []), ("must",)),
        _texts(document.get("exclude", []), ("exclude",)),
        _groups(document.get("enemies", []), ("enemies",)),
        _groups(document.get("same", []), ("same",)),
        _objective(document.get("objective", "information")),
        _number(document.get("exposure_penalty", EXPOSURE_PENALTY), ("exposure_penalty",)),
        _number(document.get("gap", 0.0), ("gap",)),
        _number(document.get("time_limit", TIME_LIMIT), ("time_limit",)),
    )


def _interviewer(table: Mapping[str, Any], number: int) -> InterviewerSpec:
    id = table.get("id")
    if not isinstance(id, str) or not id.strip():
        raise SpecError(f"interviewers: number {number} has no id, which is a text.", ("interviewers", f"#{number}"))
    place = ("interviewers", id)
    _refuse_others(table, OF_INTERVIEWER, place)
    name = table.get("name", "")
    if not isinstance(name, str):
        raise SpecError(f"{spoken((*place, 'name'))}: a text is needed.", (*place, "name"))
    return InterviewerSpec(
        id,
        _range(table.get("minutes"), (*place, "minutes")),
        _range(table.get("questions"), (*place, "questions")),
        _texts(table["competencies"], (*place, "competencies")) if "competencies" in table else None,
        _difficulty(table.get("difficulty", {}), (*place, "difficulty")),
        _texts(table.get("keep", []), (*place, "keep")),
        name,
    )


def _competency(name: str, value: Any) -> CompetencySpec:
    place = ("competencies", name)
    table = _table(value, place)
    _refuse_others(table, OF_COMPETENCY, place)
    return CompetencySpec(*(_range(table.get(field), (*place, field)) for field in OF_COMPETENCY))


def _difficulty(value: Any, place: Path) -> dict[int, Range]:
    table = _table(value, place)
    _refuse_others(table, tuple(map(str, DIFFICULTIES)), place)
    return {int(level): _range(each, (*place, level)) for level, each in table.items()}


def _range(value: Any, place: Path) -> Range:
    if value is None:
        return Range()
    if not isinstance(value, list) or len(value) != 2:
        raise SpecError(f"{spoken(place)}: write the least and the most, as in [3, 5].", place)
    return Range(*(_number(each, place) for each in value))


def _number(value: Any, place: Path) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise SpecError(f"{spoken(place)}: a number is needed.", place)
    if isinstance(value, int) and abs(value) > 1e15:
        return inf if value > 0 else -inf
    return value


def _texts(value: Any, place: Path) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise SpecError(f'{spoken(place)}: write a list of texts, as in ["q1", "q2"].', place)
    return tuple(value)


def _groups(value: Any, place: Path) -> tuple[tuple[str, ...], ...]:
    if not isinstance(value, list):
        raise SpecError(f'{spoken(place)}: write a list of lists, as in [["a", "b"]].', place)
    return tuple(_texts(each, place) for each in value)


def _objective(value: Any) -> Any:
    if value not in ("information", "maximin"):
        raise SpecError('objective: write "information" or "maximin".', ("objective",))
    return value


def _table(value: Any, place: Path) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise SpecError(f"{spoken(place)}: a table is needed.", place)
    return value


def _refuse_others(table: Mapping[str, Any], known: Sequence[str], place: Path) -> None:
    strangers = [each for each in table if each not in known]
    if strangers:
        where = f"{spoken(place)}: " if place else ""
        text = f"{where}there is no field {strangers[0][:40]}; there are {', '.join(known)}."
        raise SpecError(text, (*place, strangers[0]))


def line_of(text: str, path: Path) -> int | None:
    """The line of a place, from 1; that of its table where the field itself cannot be found."""
    lines = text.split("\n")
    if not path:
        return None
    start, end = 0, len(lines)
    if path[0] == "interviewers" and len(path) > 1:
        start, end = _of_interviewer(lines, path[1])
    fields = [path[0], *path[2:]] if path[0] == "interviewers" else list(path)
    found = None
    for field in fields if path[0] != "interviewers" or len(path) == 1 else fields[1:]:
        pattern = re.compile(rf"""(^|[\[{{,.\s])["']?{re.escape(field)}["']?\s*(=|\]|\.)""")
        found = next((n for n in range(start, end) if pattern.search(lines[n])), found)
        start = found if found is not None else start
    if found is None and path[0] == "interviewers" and len(path) > 1 and end > start:
        return start + 1
    return None if found is None else found + 1


def _of_interviewer(lines: Sequence[str], id: str) -> tuple[int, int]:
    """The first and the one after the last line of an interviewer's table; `#2` is the second one."""
    heads = [n for n, line in enumerate(lines) if re.match(r"\s*\[\[\s*interviewers\s*\]\]", line)]
    others = [n for n, line in enumerate(lines) if re.match(r"\s*\[", line)] + [len(lines)]
    for number, head in enumerate(heads, 1):
        end = next(n for n in others if n > head)
        own = re.compile(rf"""\s*["']?id["']?\s*=\s*["']{re.escape(id)}["']""")
        if id == f"#{number}" or any(own.match(line) for line in lines[head:end]):
            return head, end
    return 0, 0
