"""Calibration: my own card, and for those who manage hiring how the team scores."""

import streamlit as st

from panel.actions.tidy_ratings import Chosen
from panel.domain.people import may_see_team_calibration
from panel.ui.components import calibrating, frame
from panel.ui.components.own_card import own_card
from panel.ui.components.question_calibration import questions_part
from panel.ui.components.take_data import take_data
from panel.ui.resources import visitor

here = visitor()

frame.heading(
    "Calibration", "How the panel scores, not how good anybody is. Agreement between interviewers is not validity."
)
own_card(here)
chosen = Chosen()
if may_see_team_calibration(here.person):
    chosen = calibrating.team(here)
    questions_part(here, chosen)
    st.page_link("screens/outcomes.py", label="How hired people did later")
take_data(here, chosen)
