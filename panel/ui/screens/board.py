"""The board: the day's interviews while they happen. Progress and presence, never a rating."""

from datetime import datetime

import streamlit as st

from panel.actions.board import todays_board
from panel.ui.components import frame
from panel.ui.components.board import board
from panel.ui.resources import visitor
from panel.ui.words import today, zone


@st.fragment
def body() -> None:
    here = visitor()
    with frame.page_or_sentence():
        day = today()
        shown = todays_board(here.workspace, by=here.person, day=day)
        date = datetime.now(zone())
        frame.heading("Board", f"{date:%A} {date.day} {date:%B}. Who is where and how far, never what anybody rated.")
        board(shown, day)


body()
