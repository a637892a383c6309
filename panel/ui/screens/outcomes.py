"""Outcomes: how hired people did later, and what the scores said of it."""

import streamlit as st

from panel.actions import outcomes
from panel.actions.outcome_scores import FEWEST_PEOPLE, what_scores_said
from panel.ui.components import frame, outcome_entry, outcome_lines
from panel.ui.resources import visitor

PARTS = SAID, ENTER, KNOWN = "What the scores said", "Enter or bring in", "Every outcome"

here = visitor()
known = outcomes.known_outcomes(here.workspace, by=here.person)

st.page_link("screens/calibration.py", label="Back to Calibration", icon=":material/arrow_back:")
frame.heading("Outcomes", "How people did after they were hired, and what their scores had said of it.")
part = st.segmented_control(
    "Part", PARTS, default=SAID if known.outcomes else ENTER, key="outcomes-part", required=True,
    label_visibility="collapsed",
)  # fmt: skip
if part == ENTER:
    outcome_entry.enter_one(known)
    outcome_entry.bring_in(here, known)
elif not known.outcomes:
    frame.empty(
        "No outcome is known yet.",
        f"Enter how a hired person did. What the scores said shows here from {FEWEST_PEOPLE} people on.",
    )
elif part == KNOWN:
    outcome_entry.everything_known(known)
else:
    for place, each in enumerate(what_scores_said(here.workspace, by=here.person)):
        outcome_lines.criterion(each, place)
    frame.quiet(
        "A score is the plain mean of the ratings before the observation, every competency the same; a person with "
        "several values on one criterion counts with their mean. Ratings that you may not see yet are left out. "
        "Nothing is computed for single interviewers: who met whom, and who was hired of them, would say more than "
        "their judgement does."
    )
