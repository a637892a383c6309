"""A list of questions to choose from: clickable rows, arrow keys, matches marked, a page at a time.

What is selected comes from Python, so that an address can decide it. Texts reach the browser as pieces and become
text nodes there, never markup.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from panel.finding.marks import Marks
from panel.ui.components.asset import asset

PAGE = 50  # rows shown at a time

# In the page itself, not in a shadow root: the page's outline of what has the focus holds here too.
_list = st.components.v2.component(
    "question_list",
    html=asset("question_list.html"),
    css=asset("question_list.css"),
    js=asset("question_list.js"),
    isolate_styles=False,
)


@dataclass(frozen=True)
class Column:
    """A fact of every question. `unit` follows it where columns fold into one line: "5", "5 min"."""

    name: str
    width: int  # pixels
    unit: str = ""


@dataclass(frozen=True)
class ListRow:
    """One question. `facts` follow the columns; `excerpt` is a passage that matches; `note` is a quiet remark."""

    key: str
    prompt: str
    marks: Marks = ()
    excerpt: str = ""
    excerpt_marks: Marks = ()
    facts: tuple[str, ...] = ()
    state: str = ""
    note: str = ""


def question_list(
    rows: Sequence[ListRow],
    *,
    key: str,
    columns: Sequence[Column],
    selected: str | None,
    on_pick: Callable[[str], None],
    first: int = 0,
    total: int | None = None,
    on_turn: Callable[[int], None] | None = None,
    checked: Collection[str] | None = None,
    on_check: Callable[[set[str]], None] | None = None,
    usual_state: str = "",
    view: str = "",
    height: int | None = None,
) -> None:
    """Draw one page of a list: `rows` stand at place `first` of `total`.

    `on_turn(place)` asks for the page that begins there. `checked`, when given, puts a box before every row, and
    `on_check` is told the keys checked from then on. `usual_state` needs no mention where columns fold. When `view`
    changes, other rows are meant, and the list scrolls back to its beginning. `height` is in pixels; without it the
    list takes what the window has.
    """
    of = len(rows) if total is None else total
    marked = set(checked or ())

    def picked() -> None:
        on_pick(str(st.session_state[key].get("pick") or ""))

    def turned() -> None:
        if on_turn:
            on_turn(int(st.session_state[key].get("turn") or 0))

    def chosen() -> None:
        sent: dict[str, Any] = st.session_state[key].get("check") or {}
        if on_check:
            on_check((marked - set(sent.get("shown", ()))) | set(sent.get("checked", ())))

    _list(
        key=key,
        data={
            "label": "Question",
            "columns": [{"name": each.name, "width": each.width, "unit": each.unit} for each in columns],
            "rows": [_sent(each) for each in rows],
            "selected": selected,
            "usual": usual_state,
            "checkable": checked is not None,
            "checked": [each.key for each in rows if each.key in marked],
            "total": of,
            "counted": counted(first, len(rows), of),
            "earlier": max(0, first - PAGE) if first else None,
            "later": first + PAGE if first + PAGE < of else None,
            "view": f"{view} {first}",
            "height": height,
        },
        on_pick_change=picked,
        on_turn_change=turned,
        on_check_change=chosen,
    )


def counted(first: int, shown: int, of: int) -> str:
    """`1 to 50 of 8,412`; how many when all are shown."""
    if shown == of:
        return f"{of:,} {'question' if of == 1 else 'questions'}"
    return f"{first + 1:,} to {first + shown:,} of {of:,}"


def _sent(row: ListRow) -> dict[str, Any]:
    return {
        "key": row.key,
        "prompt": _pieces(row.prompt, row.marks),
        "excerpt": _pieces(row.excerpt, row.excerpt_marks),
        "facts": row.facts,
        "state": row.state,
        "note": row.note,
    }


def _pieces(text: str, marks: Marks) -> list[tuple[str, bool]]:
    """The text in pieces, each marked or not. Places would not do: the browser counts a text in other units."""
    pieces, place = [], 0
    for start, end in marks:
        pieces += [(text[place:start], False), (text[start:end], True)]
        place = end
    return [each for each in [*pieces, (text[place:], False)] if each[0]]
