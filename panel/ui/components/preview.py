"""A rubric exactly as an interviewer will meet it on the scoring page, at a desk and on a phone."""

import streamlit as st

from panel.domain.rubrics import Rubric
from panel.ui.components import frame
from panel.ui.components.desk import levels_preview

SCREENS = ("At a desk", "On a phone")


def preview(rubric: Rubric) -> None:
    """The scoring page's own levels; the buttons do nothing here."""
    frame.section("As the interviewer will see it", "the buttons do nothing here")
    screen = st.segmented_control(
        "Screen", SCREENS, default=SCREENS[0], key="preview-screen", required=True, label_visibility="collapsed"
    )
    phone = screen != SCREENS[0]
    with st.container(key="phone-frame" if phone else "desk-frame"):
        levels_preview(rubric, phone=phone)
