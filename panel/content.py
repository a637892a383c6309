"""The hand-written files `question_bank/*.toml` and `rubrics/*.toml`, read into domain objects.

A file that cannot be read does not hide the others: every reader returns what is good together with the
errors, and each error names file, entry and field.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from panel.domain.questions import FiledQuestion, QuestionFile
from panel.domain.rubrics import FiledRubric
from panel.errors import ContentError

Document = TypeVar("Document", FiledQuestion, FiledRubric)


@dataclass(frozen=True)
class Content:
    """What the files hold now. `errors` are sentences for a person; the good files stand beside them.

    `category_files`, `homes` and `rubric_files` say in which file each category, question and rubric stands, by key.
    """

    question_files: tuple[QuestionFile, ...]
    rubrics: tuple[FiledRubric, ...]
    errors: tuple[str, ...]
    category_files: Mapping[str, Path] = field(default_factory=dict)
    rubric_files: Mapping[str, Path] = field(default_factory=dict)
    homes: Mapping[str, Path] = field(default_factory=dict)
    stamp: int = field(default=0, compare=False)  # another one whenever a file has changed


def read_content(root: Path) -> Content:
    """Read every file below `root`; problems are collected, not raised. Of a key in two files the first counts.

    Files that have not changed since the last call are not read again.
    """
    return _read(root, stamps_of(root, PLACES))


PLACES = ("question_bank", "rubrics")
Stamps = tuple[tuple[Path, tuple[int, int, int]], ...]


def stamps_of(root: Path, places: Iterable[str]) -> Stamps:
    """The files of these folders, each with what changes when it is written."""
    return tuple((path, _stamp(path)) for place in places for path in sorted((root / place).glob("*.toml")))


def _stamp(path: Path) -> tuple[int, int, int]:
    try:
        facts = path.stat()
    except OSError:
        return (0, 0, 0)
    return (facts.st_mtime_ns, facts.st_size, facts.st_ino)


@lru_cache(maxsize=8)
def _read(root: Path, stamps: Stamps) -> Content:
    errors: list[str] = []
    question_files: list[QuestionFile] = []
    rubrics: list[FiledRubric] = []
    homes: dict[str, str] = {}
    category_files: dict[str, Path] = {}
    rubric_files: dict[str, Path] = {}
    places: dict[str, Path] = {}
    for path in sorted((root / "question_bank").glob("*.toml")):
        try:
            file = read_question_file(path)
        except ContentError as error:
            errors.append(str(error))
            continue
        category_files.setdefault(file.category.key, path)
        questions = _first_of_their_key(path, file.questions, homes, errors)
        question_files.append(file.model_copy(update={"questions": questions}))
        places |= {each.key: path for each in questions}
    homes = {}
    for path in sorted((root / "rubrics").glob("*.toml")):
        try:
            kept = _first_of_their_key(path, (read_rubric_file(path),), homes, errors)
            rubrics += kept
            rubric_files |= {each.key: path for each in kept}
        except ContentError as error:
            errors.append(str(error))
    question_files.sort(key=lambda each: (each.category.order, each.category.name))
    return Content(
        tuple(question_files), tuple(rubrics), tuple(errors), category_files, rubric_files, places, hash(stamps)
    )


def read_question_file(path: Path) -> QuestionFile:
    """One category with its questions. Raises ContentError naming file, question and field."""
    data = read_toml(path)
    try:
        return QuestionFile.model_validate(data)
    except ValidationError as error:
        raise ContentError(explain(_name(path), data, error)) from error


def read_rubric_file(path: Path) -> FiledRubric:
    """One rubric. Raises ContentError naming file, level and field."""
    data = read_toml(path)
    try:
        return FiledRubric.model_validate(data)
    except ValidationError as error:
        raise ContentError(explain(_name(path), data, error)) from error


def read_toml(path: Path) -> dict[str, Any]:
    """Raises ContentError naming the file."""
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ContentError(f"{_name(path)}: is not UTF-8 text (byte {error.start}). Save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise ContentError(f"{_name(path)}: is not valid TOML: {error}.") from error
    except OSError as error:
        raise ContentError(f"{_name(path)}: cannot be read: {error.strerror}.") from error


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def explain(place: str, data: dict[str, Any], error: ValidationError) -> str:
    """One line for each problem: `place` (a file, or a rubric by name), then entry, field and what to do."""
    found = error.errors()
    inside = {each["loc"][:depth] for each in found for depth in range(len(each["loc"]))}
    # A list is also called too short when one of its entries is wrong; the entry's own error says it all.
    told = [each for each in found if each["type"] != "too_short" or each["loc"] not in inside]
    return "\n".join(f"{place}: {_where(data, each['loc'])}{_sentence(each)}" for each in told)


SINGULAR = {"questions": "question", "anchors": "anchor", "probes": "probe", "strong": "strong", "weak": "weak"}


def _where(data: Any, location: tuple[int | str, ...]) -> str:
    """Turn pydantic's path into words: `question 3 "How would you …", field minutes: `."""
    parts: list[str] = []
    here = data
    for step in location:
        if isinstance(step, int):
            name = SINGULAR.get(parts.pop() if parts else "", "entry")
            here = here[step] if isinstance(here, list) and step < len(here) else None
            title = here.get("key") or here.get("prompt") or here.get("label") if isinstance(here, dict) else None
            parts.append(f"{name} {step + 1}" + (f" ({str(title)[:60]})" if title else ""))
        else:
            parts.append(step)
            here = here.get(step) if isinstance(here, dict) else None
    if parts and isinstance(location[-1], str):
        parts[-1] = f"field {parts[-1]}"
    return ", ".join(parts) + ": " if parts else ""


def _sentence(detail: Any) -> str:
    words = {
        "missing": "is missing; add it.",
        "extra_forbidden": "is not a known field; check its spelling or remove it.",
    }
    if detail["type"] in words:
        return words[detail["type"]]
    if detail["type"] == "too_short":
        return f"needs at least {detail['ctx']['min_length']}; it has {detail['ctx']['actual_length']}."
    return str(detail["msg"]).removeprefix("Value error, ").rstrip(".") + "."


def _first_of_their_key(
    path: Path, documents: tuple[Document, ...], homes: dict[str, str], errors: list[str]
) -> tuple[Document, ...]:
    """Those whose key no earlier file has; an error naming both files is added for each of the others."""
    kept = []
    for each in documents:
        if each.key in homes:
            errors.append(
                f"{_name(path)}: the key {each.key!r} stands in {homes[each.key]} already; give this one its own."
            )
            continue
        homes[each.key] = _name(path)
        kept.append(each)
    return tuple(kept)
