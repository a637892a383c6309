"""This program's own table of questions, as CSV or after a spreadsheet has saved it: read back as it was written."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from panel.domain.questions import DIFFICULTIES, STATE_NAMES, Leak, QuestionState
from panel.domain.text import listed
from panel.exporting.cells import QUESTION_COLUMNS, anchors_of, entries_of
from panel.importing.fitting import fitted
from panel.importing.found import FoundQuestion, Problem, Reading
from panel.importing.ledger import quoted

KEY = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
STATES: Mapping[str, QuestionState] = {name.casefold(): state for state, name in STATE_NAMES.items()}
NO_PROMPT = "This row has no question in its question column."
MOST_REASON = 1000


def is_own_table(headings: Sequence[str]) -> bool:
    """Whether a table has every column of this program's export, in whatever order."""
    return set(QUESTION_COLUMNS) <= set(headings)


def read_own_rows(headings: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]], kind: str) -> Reading:
    """Read rows, each with its number. A cell that cannot be used is told and leaves its field unsaid."""
    questions: list[FoundQuestion] = []
    problems: list[Problem] = []
    for number, texts in rows:
        cells = dict(zip(headings, texts, strict=False))
        cells = dict.fromkeys(QUESTION_COLUMNS, "") | cells
        if not cells["question"]:
            filled = " | ".join(text for text in texts if text)
            problems.append(Problem(number, quoted(filled), NO_PROMPT, cells["category"][:120]))
            continue
        question, beside = fitted(_question(cells, number))
        questions += [question] if question else []
        problems += [*_unusable(cells, number), *beside]
    return Reading(kind, tuple(questions), tuple(problems))


def _question(cells: Mapping[str, str], line: int) -> FoundQuestion:
    difficulty = cells["difficulty"].casefold()
    return FoundQuestion(
        prompt=cells["question"],
        line=line,
        category=cells["category"],
        answer=cells["answer"],
        follow_ups=entries_of(cells["follow-ups"]),
        difficulty=next((each for each in DIFFICULTIES if each == difficulty), None),
        competency=cells["competency"],
        minutes=int(cells["minutes"]) if _is_number(cells["minutes"]) else None,
        tags=entries_of(cells["tags"], ", "),
        strong=entries_of(cells["strong signs"]),
        weak=entries_of(cells["weak signs"]),
        source=cells["source"],
        key=cells["key"] if _is_key(cells["key"]) else "",
        anchors=anchors_of(cells["anchors"]),
        state=STATES.get(cells["state"].casefold()),
        leaked=_leak(cells),
    )


def _leak(cells: Mapping[str, str]) -> Leak | None:
    day, reason = _day(cells["leaked on"]), cells["leak"]
    return Leak(on=day, reason=reason) if day and 0 < len(reason) <= MOST_REASON else None


def _day(text: str) -> date | None:
    """A day as this program writes it, or with the time that a spreadsheet puts behind it."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 6


def _is_key(text: str) -> bool:
    return bool(KEY.match(text)) and len(text) <= 80


def _unusable(cells: Mapping[str, str], line: int) -> list[Problem]:
    """What a person wrote into a cell that its field cannot hold."""
    states = listed([name.lower() for name in STATE_NAMES.values()])
    wrong = {
        "state": (cells["state"].casefold() in STATES, f"The state is none of {states}."),
        "difficulty": (
            cells["difficulty"].casefold() in DIFFICULTIES, f"The difficulty is none of {listed(DIFFICULTIES)}.",
        ),
        "minutes": (_is_number(cells["minutes"]), "Minutes are a whole number from 1 to 60."),
        "key": (_is_key(cells["key"]), "A key has small letters, digits and hyphens only; another one is made."),
        "leaked on": (_leak(cells) is not None, "A leak has a day such as 2026-03-01, and a reason beside it."),
        "anchors": (bool(anchors_of(cells["anchors"])), "Anchors stand one a line with their level, from 1 to 7."),
    }  # fmt: skip
    return [
        Problem(line, quoted(cells[name]), reason, cells["category"][:120])
        for name, (right, reason) in wrong.items()
        if cells[name] and not right
    ]
