"""One quiet line on Today for those who manage hiring: what the team's day is, and the way to the board."""

import streamlit as st

from panel.actions.board import todays_board
from panel.ui.components import frame
from panel.ui.resources import Visitor
from panel.ui.words import count, today


def board_line(here: Visitor) -> None:
    """Nothing on a day without interviews."""
    sittings = todays_board(here.workspace, by=here.person, day=today()).sittings
    if not sittings:
        return
    running = sum(each.phase in ("running", "past_end") for each in sittings)
    now = f"; {running} {'runs' if running == 1 else 'run'} now" if running else ""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="board-line"):
        frame.quiet(f"The team has {count(len(sittings), 'interview')} today{now}.")
        st.page_link("screens/board.py", label="Open the board")
