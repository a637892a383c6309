"""The levels as an interviewer meets them: a row of buttons, and under each the behaviour that defines it.

The scoring page and the preview of a rubric draw them with the same function.
"""

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from panel.domain.rubrics import Rubric
from panel.ui.components import frame
from panel.ui.palette import place_on_five
from panel.ui.words import plain

ROW = "level-row"


def levels(
    rubric: Rubric,
    *,
    place: str,
    chosen: int | None = None,
    choose: Callable[[int], None] | None = None,
    row: str = ROW,
) -> None:
    """`place` names what is rated. Without `choose` the buttons do nothing and have no keys. `row` is the container's
    key: on a phone ROW stays at the thumb."""
    count = len(rubric.anchors)
    with st.container(horizontal=True, key=row, gap="small", wrap=False):
        for anchor in rubric.anchors:
            colour = place_on_five(anchor.level, count) + 1
            is_chosen = anchor.level == chosen
            with st.container(key=f"{'lv-chosen' if is_chosen else 'lv-free'}-{colour}-{row}-{anchor.level}"):
                st.button(
                    f"**{anchor.level}** {plain(anchor.label)}",
                    key=f"level-{anchor.level}-{place}",
                    shortcut=str(anchor.level) if choose else None,
                    width="stretch",
                    on_click=choose,
                    args=(anchor.level,) if choose else None,
                    type="primary" if is_chosen else "secondary",
                )
    cells = Markup("").join(
        Markup('<p class="anchor-full{}"><b>{} {}</b> {}</p>').format(
            " is-chosen" if each.level == chosen else "", each.level, each.label, each.text
        )
        for each in rubric.anchors
    )
    frame.html(Markup('<div class="anchors" style="--levels: {}">{}</div>').format(count, cells))
