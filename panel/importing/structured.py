"""JSON and TOML -> questions: this program's own documents, what its command line prints, and anybody's lists."""

import json
import tomllib
from collections.abc import Mapping
from typing import Any

from panel.errors import InputError
from panel.importing.cells import cell_text, question_from
from panel.importing.columns import NAMES, WITHOUT_USE, confirmed, field_named, plain_name
from panel.importing.difficulty import Marks
from panel.importing.fitting import fitted
from panel.importing.found import Columns, FoundQuestion, Problem, Reading
from panel.importing.ledger import quoted
from panel.importing.own_documents import is_own, read_own
from panel.importing.source_lines import SourceLines
from panel.importing.wording import asks

DEEPEST = 20  # levels of lists and objects that are looked into
FALLBACKS = ("text", "title", "name", "body", "content")  # keys that may hold the prompt when no better one is there
NAMING = ("name", "title", "category", "topic", "section", "label")  # keys that name a group of questions
HOLDING = "questions question items data results list entries rows records interview children cards quiz"
HOLDERS = frozenset(HOLDING.split())
NOT_WORDED = "This entry has no question that could be told by its name."


def read_json(source: str, *, columns: Mapping[str, str] | None = None) -> Reading:
    """Read JSON, or one JSON value a line. Raises InputError where it is none."""
    try:
        data = json.loads(source)
    except RecursionError as error:
        raise InputError("This JSON is nested too deeply to be a list of questions.") from error
    except ValueError as error:
        data = _json_lines(source)
        if data is None:
            raise InputError(f"This is not valid JSON: {_where(error)}. Correct it and try again.") from error
    return _read(data, "JSON", source, columns)


def read_toml(source: str, *, columns: Mapping[str, str] | None = None) -> Reading:
    """Read TOML. Raises InputError where it is none."""
    try:
        data = tomllib.loads(source)
    except RecursionError as error:
        raise InputError("This TOML is nested too deeply to be a list of questions.") from error
    except ValueError as error:
        raise InputError(f"This is not valid TOML: {error}. Correct it and try again.") from error
    return _read(data, "TOML", source, columns)


def _read(data: Any, kind: str, source: str, columns: Mapping[str, str] | None) -> Reading:
    lines = SourceLines(source)
    if is_own(data) and columns is None:
        return read_own(data, kind, lines)
    collector = _Collector(lines, columns)
    if isinstance(data, dict):
        collector.problems += _printed_problems(data)
    collector.collect(data, "", 0)
    return collector.reading(kind)


class _Collector:
    """Walks lists and objects of any shape and takes what has a question."""

    def __init__(self, lines: SourceLines, columns: Mapping[str, str] | None) -> None:
        self.problems: list[Problem] = []
        self._lines = lines
        self._columns = columns
        self._questions: list[FoundQuestion] = []
        self._headings: dict[str, None] = {}
        self._fields: dict[str, str] = {}
        self._unread: dict[str, str] = {}

    def collect(self, value: Any, category: str, depth: int) -> None:
        if depth > DEEPEST:
            self._beside(value, "Nested too deeply to be read.", category)
        elif isinstance(value, list):
            for each in value:
                self._entry(each, category, depth)
        elif isinstance(value, dict):
            self._entry(value, category, depth)

    def reading(self, kind: str) -> Reading:
        if self._unread and self._questions:
            text = "\n".join(f"{key}: {example}" for key, example in self._unread.items())
            names = ", ".join(f'"{key}"' for key in self._unread)
            self.problems.append(Problem(1, quoted(text), f"These fields have no place in a question: {names}."))
        elif not self._questions and not self.problems:
            self.problems.append(Problem(1, "", "No questions were found in this document."))
        columns = Columns(tuple(self._headings), self._fields) if self._headings else None
        if self._columns is not None and columns and confirmed(columns.headings, self._columns) is None:
            known = ", ".join(f'"{key}"' for key in self._headings)
            raise InputError(f"No entry has all the fields that were chosen. The fields are {known}.")
        ordered = sorted(self.problems, key=lambda problem: problem.line)
        return Reading(kind, tuple(self._questions), tuple(ordered), columns)

    def _entry(self, value: Any, category: str, depth: int) -> None:
        if isinstance(value, list):
            self.collect(value, category, depth + 1)
        elif isinstance(value, dict):
            self._object(value, category, depth)
        elif isinstance(value, str) and value.strip():
            if asks(value):
                self._take({"prompt": value}, category)
            else:
                self._beside(value, "Looks like a question but is not worded as one.", category)

    def _object(self, value: dict[str, Any], category: str, depth: int) -> None:
        fields = self._fields_of(value)
        if isinstance(value.get(fields.get("prompt", "")), str):
            self._headings |= dict.fromkeys(value)
            self._fields = fields | self._fields
            for key, each in value.items():
                if key not in fields.values() and each not in (None, "", [], {}) and plain_name(key) not in WITHOUT_USE:
                    self._unread.setdefault(key, cell_text(each)[:60])
            self._take({field: value[key] for field, key in fields.items()}, category)
            return
        if self._answers_by_question(value, category):
            return
        name = next((str(value[key]) for key in NAMING if isinstance(value.get(key), str)), "")
        inside = {key: each for key, each in value.items() if isinstance(each, list | dict) and key != "problems"}
        if not inside and value:
            self._beside(value, NOT_WORDED, category)
        for key, each in inside.items():
            below = name or ("" if plain_name(key) in HOLDERS else key) or category
            self.collect(each, below, depth + 1)

    def _answers_by_question(self, value: dict[str, Any], category: str) -> bool:
        """Take {question: answer, …}; false when the keys are no questions."""
        texts = {key: each for key, each in value.items() if isinstance(each, str)}
        if len(texts) < len(value) or sum(map(asks, texts)) < 0.6 * max(len(texts), 1):
            return False
        for prompt, answer in texts.items():
            self._take({"prompt": prompt, "answer": answer}, category)
        return bool(texts)

    def _fields_of(self, value: dict[str, Any]) -> dict[str, str]:
        if self._columns is not None:
            return {field: key for field, key in self._columns.items() if field in NAMES and key in value}
        best: dict[str, tuple[int, str]] = {}
        for key, each in value.items():
            named = field_named(key)
            if named and named[0] == "prompt" and not isinstance(each, str):
                continue
            if named and (named[0] not in best or named[1] < best[named[0]][0]):
                best[named[0]] = (named[1], key)
        fields = {field: key for field, (_, key) in best.items()}
        if "prompt" not in fields:
            found = next((key for key in FALLBACKS if isinstance(value.get(key), str) and asks(value[key])), None)
            if found is None and "answer" in fields:
                found = next((key for key in FALLBACKS if isinstance(value.get(key), str)), None)
            fields |= {"prompt": found} if found else {}
        return fields

    def _take(self, values: Mapping[str, Any], category: str) -> None:
        texts: dict[str, str | list[str]] = {"category": category}
        texts |= {field: _texts(value) for field, value in values.items() if value is not None}
        line = self._lines.of(str(values["prompt"]))
        found = question_from(texts, line, Marks(stars=True))
        if not found.prompt:
            self._beside(dict(values), NOT_WORDED, category)
            return
        question, beside = fitted(found)
        self._questions += [question] if question else []
        self.problems += beside

    def _beside(self, value: Any, reason: str, category: str) -> None:
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)[:1000]
        line = self._lines.of(value) if isinstance(value, str) else self._lines.now
        self.problems.append(Problem(line, quoted(cell_text(text)), reason, category[:120]))


def _printed_problems(data: Mapping[str, Any]) -> list[Problem]:
    """The problems that the command line printed beside its questions; they keep their lines and reasons."""
    found = data.get("problems")
    return [
        Problem(each["line"], quoted(cell_text(each.get("text"))), cell_text(each.get("reason")))
        for each in (found if isinstance(found, list) else [])
        if isinstance(each, dict) and isinstance(each.get("line"), int)
    ]


def _texts(value: Any) -> str | list[str]:
    if isinstance(value, list):
        return [_flat(each) for each in value if each not in (None, "")]
    return _flat(value)


def _flat(value: Any) -> str:
    """One text of a value: of an object the first of its texts that is a question, else all of them."""
    if isinstance(value, dict):
        texts = [cell_text(each) for each in value.values() if isinstance(each, str)]
        return next((text for text in texts if asks(text)), " ".join(texts))
    return cell_text(json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, list) else value)


def _json_lines(source: str) -> list[Any] | None:
    try:
        values = [json.loads(line) for line in source.split("\n") if line.strip()]
    except (ValueError, RecursionError):
        return None
    return values if len(values) > 1 and all(isinstance(each, dict) for each in values) else None


def _where(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}, {error.msg[:1].lower()}{error.msg[1:]}"
    return "a number in it is too long"
