"""The levels of a rubric as buttons with their anchors, for practice; the keys 1, 2, 3 … choose them too."""

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from panel.domain.rubrics import Rubric
from panel.ui.components import frame
from panel.ui.words import plain


def level_buttons(rubric: Rubric, *, key: str, chosen: int | None, choose: Callable[[int], None]) -> None:
    """One button a level, the chosen one marked. `choose` is called with a level."""
    with st.container(key="levels", gap=None):
        for each in rubric.anchors:
            with st.container(key=f"level-row-{each.level}", gap=None):
                st.button(
                    f"{each.level}  {plain(each.label)}",
                    key=f"{key}-level-{each.level}",
                    shortcut=str(each.level),
                    type="primary" if chosen == each.level else "secondary",
                    width="stretch",
                    on_click=choose,
                    args=(each.level,),
                )
                frame.html(Markup('<p class="quiet">{}</p>').format(each.text))
