"""On Today: the debriefs that wait for one's confirmation."""

import streamlit as st
from markupsafe import Markup

from panel.actions import debriefs
from panel.ui.components import frame
from panel.ui.resources import Visitor
from panel.ui.words import plain


def debriefs_line(here: Visitor) -> None:
    """Nothing where none waits, and nothing of a candidate for whom the reader still owes a scorecard."""
    waiting = debriefs.debriefs_to_confirm(here.workspace, by=here.person)
    if not waiting:
        return
    frame.section("Debriefs")
    for each in waiting:
        with st.container(
            horizontal=True, vertical_alignment="center", gap="medium", key=f"line-debrief-{each.candidate_id}"
        ):
            why = (
                "something was added since you confirmed; read it and confirm anew"
                if each.anew
                else "read the evidence side by side, then confirm"
            )
            frame.html(Markup('<p>{}<br><span class="quiet">{}</span></p>').format(each.candidate_name, why))
            st.page_link(
                "screens/debrief.py",
                label=plain(f"Debrief of {each.candidate_name}"),
                query_params={"candidate": each.candidate_id},
            )
