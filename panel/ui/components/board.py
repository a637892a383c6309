"""The board as one component that the browser draws by itself.

Streamlit sends it once, and again when it asks. In between `/live?board=1` (see web/live_board.py) sends what changed.
"""

from datetime import UTC, datetime
from typing import Any

import streamlit as st

from panel.actions.board import Board
from panel.domain.basics import now
from panel.domain.board import Day
from panel.ui.components.asset import asset
from panel.ui.words import american, zone

EMPTY = (
    "No interview today.",
    "What is scheduled on Candidates for today stands here, and moves on by itself while it happens.",
)
_PHONE = asset("board/phone.css")

_board = st.components.v2.component(
    "board",
    html='<div class="board-root"></div>',
    css=f"{asset('board/board.css')}\n@media (max-width: 640px) {{\n{_PHONE}}}",
    js="\n".join([asset("desk/dom.js"), *(asset(f"board/{part}.js") for part in ("words", "rows", "board"))]),
    isolate_styles=False,
)


def board(shown: Board, day: Day) -> None:
    """A press of nobody: the browser asks to be drawn again by the trigger `look`."""
    _board(key="board", data=_sent(shown, day), on_look_change=lambda: None)


def _sent(shown: Board, day: Day) -> dict[str, Any]:
    return {
        "board": shown.model_dump(mode="json"),
        "at": _milliseconds(now()),
        "from": _milliseconds(day.starts),
        "until": _milliseconds(day.ends),
        "zone": str(zone()),
        "twelveHours": american(),
        "empty": EMPTY,
    }


def _milliseconds(moment: datetime) -> int:
    """Of naive UTC, as browsers count."""
    return round(moment.replace(tzinfo=UTC).timestamp() * 1000)
