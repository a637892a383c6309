"""Scoring: one question at a time while the candidate is in the room; afterwards the sealed scorecard."""

import streamlit as st

from panel.actions import desk as desk_actions
from panel.actions import scorecard_reading
from panel.ui.components import frame, kit_downloads
from panel.ui.components.desk import desk
from panel.ui.components.sealed import sealed
from panel.ui.resources import visitor


@st.fragment
def body(scorecard_id: str) -> None:
    here = visitor()
    with frame.page_or_sentence():
        view = scorecard_reading.scorecard(here.workspace, by=here.person, scorecard_id=scorecard_id)
        frame.show_notice()
        if view.scorecard.is_submitted or view.scorecard.person_id != here.person.id:
            sealed(view, own=view.scorecard.person_id == here.person.id)
        else:
            desk(view, desk_actions.desk_state(here.workspace, by=here.person, scorecard_id=scorecard_id))


scorecard_id = st.query_params.get("scorecard", "")
if scorecard_id:
    body(scorecard_id)
    kit_downloads.for_scorecard(scorecard_id)
else:
    frame.heading("Scorecard")
    frame.empty("No scorecard is open.", "Open one of your interviews from Today.")
    st.page_link("screens/today.py", label="Go to Today")
