"""An import on its way: what was read, and what the person decided for each question. It lives in this tab only."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

import streamlit as st

from panel.actions.import_preview import Preview, Row, Twin, proposed_way
from panel.actions.imports import Choice, How
from panel.domain.merging import KeepAnswer
from panel.importing.found import FoundQuestion, Problem

DRAFT = "import-draft"
WAYS = {
    "add": "Bring in as a new question",
    "merge": "Merge with the question of the bank",
    "replace": "Replace the text of the question of the bank",
    "leave": "Leave out",
}
WAY_MARKS = {"add": "", "merge": "merge", "replace": "replace", "leave": "left out"}


@dataclass
class Decision:
    """One row: its text as corrected, what becomes of it, and the twin that is meant."""

    row: Row
    found: FoundQuestion
    way: str
    twin_key: str = ""
    way_before: str = "add"  # what is gone back to when a row that was left out comes in again
    answer: KeepAnswer = "ours"

    @property
    def twin(self) -> Twin | None:
        return next((each for each in self.row.twins if each.stored.key == self.twin_key), None)

    def choice(self) -> Choice:
        """As the import takes it; only for rows that are not left out."""
        twin = self.twin
        if self.way == "add" or twin is None:
            return Choice(self.found)
        how: How = "merge" if self.way == "merge" else "replace"
        return Choice(self.found, how, twin.stored.key, twin.stored.version, self.answer)


@dataclass
class Draft:
    """A document that was read, with a decision for each question and the passages that were not placed."""

    preview: Preview
    source: bytes | str
    decisions: list[Decision]
    problems: list[Problem]
    selected: int | None = None
    only: str = "all"
    generation: int = 0  # another one when the document is read again with other columns
    dismissed: set[int] = field(default_factory=set)

    def taken(self) -> list[Decision]:
        return [each for each in self.decisions if each.way != "leave"]

    def shown(self) -> list[int]:
        """Places of the rows that the chosen view shows."""
        return [place for place, each in enumerate(self.decisions) if SHOWS[self.only](each)]


SHOWS: dict[str, Callable[[Decision], bool]] = {
    "all": lambda each: True,
    "twins": lambda each: bool(each.row.twins) or each.row.like_row is not None,
    "bare": lambda each: not each.found.answer,
    "left": lambda each: each.way == "leave",
}


def begin(preview: Preview, source: bytes | str) -> Draft:
    """A fresh draft of a document in this tab."""
    decisions = [_first_decision(each, preview.rows) for each in preview.rows]
    draft = Draft(preview, source, decisions, list(preview.problems), 0 if decisions else None)
    st.session_state[DRAFT] = draft
    return draft


def current() -> Draft | None:
    draft: Draft | None = st.session_state.get(DRAFT)
    return draft


def discard() -> None:
    st.session_state.pop(DRAFT, None)


def add_row(draft: Draft, row: Row) -> None:
    """A question that a person took out of an unplaced passage."""
    draft.decisions.append(_first_decision(row, ()))
    draft.selected = len(draft.decisions) - 1
    draft.only = "all"


def correct(decision: Decision, **changes: object) -> None:
    decision.found = replace(decision.found, **changes)  # type: ignore[arg-type]


def keep_only(draft: Draft, places: Iterable[int]) -> None:
    """Bring in these rows and leave the others out."""
    wanted = set(places)
    for place, each in enumerate(draft.decisions):
        if place in wanted and each.way == "leave":
            each.way = each.way_before
        elif place not in wanted and each.way != "leave":
            each.way, each.way_before = "leave", each.way


def _first_decision(row: Row, rows: tuple[Row, ...]) -> Decision:
    """What is proposed, with the nearest twin as the one that is meant."""
    nearest = row.twins[0].stored.key if row.twins else ""
    way = proposed_way(row, rows)
    back = "merge" if row.in_bank else "add"  # never a second copy of what the bank has, unless somebody says so
    return Decision(row, row.found, way, nearest, way_before=back if way == "leave" else way)
