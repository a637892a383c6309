"""The question bank as one text: TOML and JSON hold everything, CSV opens in a spreadsheet, Markdown is for reading."""

import csv
import io
import json
from collections.abc import Iterable
from itertools import groupby
from typing import Any, Literal

import tomlkit

from panel.domain.questions import STATE_NAMES, BankQuestion, Category
from panel.exporting.cells import QUESTION_COLUMNS, anchors_cell, guarded, list_cell
from panel.exporting.toml import document_table
from panel.markdown import safe

Format = Literal["toml", "csv", "json", "markdown"]
FORMATS: dict[Format, str] = {"toml": "TOML", "json": "JSON", "csv": "CSV", "markdown": "Markdown"}
STATED = frozenset({"state"})  # an export names it also where files leave it out: a reader elsewhere knows no default
ENDINGS: dict[Format, str] = {"toml": "toml", "json": "json", "csv": "csv", "markdown": "md"}


def exported(questions: Iterable[BankQuestion], form: Format) -> str:
    """The questions in their order. TOML and JSON read back without loss by `panel.importing`."""
    return {"toml": as_toml, "json": as_json, "csv": as_csv, "markdown": as_markdown}[form](list(questions))


def as_bytes(questions: Iterable[BankQuestion], form: Format) -> bytes:
    """A file to keep, in UTF-8; CSV with the mark by which spreadsheets know it."""
    return exported(questions, form).encode("utf-8-sig" if form == "csv" else "utf-8")


def as_toml(questions: list[BankQuestion]) -> str:
    document = tomlkit.document()
    tables = tomlkit.aot()
    for category, inside in _by_category(questions):
        table = document_table(category)
        rows = tomlkit.aot()
        for each in inside:
            rows.append(document_table(each.filed(), always=STATED))
        table.append("questions", rows)
        tables.append(table)
    document.append("categories", tables)
    return tomlkit.dumps(document)


def as_json(questions: list[BankQuestion]) -> str:
    categories: list[dict[str, Any]] = [
        category.model_dump(mode="json")
        | {
            "questions": [
                {"state": each.state} | each.filed().model_dump(mode="json", exclude_defaults=True) for each in inside
            ]
        }
        for category, inside in _by_category(questions)
    ]
    return json.dumps({"categories": categories}, ensure_ascii=False, indent=2) + "\n"


def as_csv(questions: list[BankQuestion]) -> str:
    """One row a question, lists on lines of their own within a cell, every cell safe from being run as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(QUESTION_COLUMNS)
    for each in questions:
        writer.writerow([guarded(cell) for cell in _cells(each)])
    return out.getvalue()


def _cells(each: BankQuestion) -> list[str]:
    question = each.question
    return [
        each.category.name,
        question.prompt,
        question.answer,
        *map(list_cell, (question.probes, question.strong, question.weak)),
        anchors_cell(question.anchors),
        question.competency,
        question.difficulty or "",
        str(question.minutes),
        list_cell(question.tags, ", "),
        STATE_NAMES[each.state],
        each.leak.on.isoformat() if each.leak else "",
        each.leak.reason if each.leak else "",
        question.source,
        question.key,
    ]


def as_markdown(questions: list[BankQuestion]) -> str:
    parts = ["# Question bank"]
    for category, inside in _by_category(questions):
        parts.append(f"## {_plain(category.name)}")
        parts += [_plain(category.about)] if category.about else []
        for each in inside:
            parts += _markdown_of(each)
    return "\n\n".join(parts) + "\n"


def _markdown_of(each: BankQuestion) -> list[str]:
    question = each.question
    facts = [question.competency, question.difficulty or "", f"{question.minutes} min"]
    facts += [] if each.state == "approved" else [STATE_NAMES[each.state].lower()]
    parts = [f"### {_plain(question.prompt)}", "*" + " · ".join(_plain(fact) for fact in facts if fact) + "*"]
    parts += [safe(question.answer)] if question.answer else []
    for title, lines in (
        ("Probes", question.probes), ("Sounds strong", question.strong), ("Sounds weak", question.weak)
    ):  # fmt: skip
        if lines:
            parts += [f"**{title}**", "\n".join(f"- {_plain(line)}" for line in lines)]
    return parts


def _plain(text: str) -> str:
    """One line of Markdown that shows the text as it is."""
    line = " ".join(text.split())
    return "".join(f"\\{each}" if each in "\\`*_[]<>#|" else each for each in line)


def _by_category(questions: list[BankQuestion]) -> list[tuple[Category, list[BankQuestion]]]:
    return [(category, list(inside)) for category, inside in groupby(questions, key=lambda each: each.category)]
