"""The questions of a set in their order: dragged by a handle or moved by the arrow keys, with what can be done to each.

The browser shows a move at once and sends the whole order with the revision it was made on. It is given its questions
as text, and what it sends is checked by the action that it reaches.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from panel.ui import state
from panel.ui.components.asset import asset

KEY = "chosen"
TOOLS = {"judge": "Rubric and weight", "renew": "Take the newer version", "remove": "Remove"}

_list = st.components.v2.component(
    "set_list",
    html=asset("set_list.html"),
    css=asset("set_list.css"),
    js=asset("set_list.js"),
    isolate_styles=False,
)


@dataclass(frozen=True)
class SetRow:
    """One question. `tools` are of TOOLS; `is_new` marks what was just added, `is_open` the one whose form is open."""

    key: str
    words: str
    facts: str
    tools: tuple[str, ...] = ()
    is_new: bool = False
    is_open: bool = False


@dataclass(frozen=True)
class Told:
    """What a browser said, as far as it can be read: an order, the revision it was made on, and a question."""

    keys: tuple[object, ...]
    revision: int
    key: str


def set_list(
    rows: Sequence[SetRow],
    *,
    place: str,
    revision: int,
    writes: bool,
    on_told: Callable[[str, Told], None],
    reveal: str = "",
) -> None:
    """Draw the set of `place`. `on_told(what, told)` is called with "order" or the name of a tool.

    `reveal` is the key of a container that a press has opened elsewhere on the page: it is brought into view.
    """
    answers = state.answers(KEY)

    def tell(what: str) -> Callable[[], None]:
        def told() -> None:
            answers.number += 1  # whatever becomes of it, the browser takes the stored order afterwards
            on_told(what, _read(st.session_state[KEY].get(what)))

        return told

    _list(
        key=KEY,
        data={
            "label": "The questions in their order",
            "place": place,
            "revision": revision,
            "answer": answers.number,
            "writes": writes,
            "reveal": reveal,
            "tools": [{"name": name, "words": words} for name, words in TOOLS.items()],
            "rows": [_sent(number, row) for number, row in enumerate(rows, start=1)],
        },
        on_order_change=tell("order"),
        on_judge_change=tell("judge"),
        on_renew_change=tell("renew"),
        on_remove_change=tell("remove"),
    )


def _sent(number: int, row: SetRow) -> dict[str, Any]:
    return {
        "key": row.key,
        "number": str(number),
        "words": row.words,
        "facts": row.facts,
        "tools": row.tools,
        "isNew": row.is_new,
        "isOpen": row.is_open,
    }


def _read(sent: object) -> Told:
    """Revision 0, which no set has, where the browser names none."""
    said = sent if isinstance(sent, dict) else {}
    keys, revision = said.get("keys"), said.get("revision")
    return Told(
        tuple(keys) if isinstance(keys, list) else (),
        revision if isinstance(revision, int) and not isinstance(revision, bool) else 0,
        str(said.get("key") or ""),
    )
