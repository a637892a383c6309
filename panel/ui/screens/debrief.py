"""The debrief of a candidate: what to talk about, the evidence, then the scores, then the decision."""

import streamlit as st

from panel.actions import debrief_steps, debriefs
from panel.actions.debriefs import DebriefView
from panel.domain.text import listed
from panel.ui import state
from panel.ui.components import frame
from panel.ui.components.debrief_decision import confirmations, decision
from panel.ui.components.debrief_evidence import agenda, closed, evidence, recommendations
from panel.ui.components.debrief_scores import scores
from panel.ui.resources import visitor
from panel.ui.words import when

here = visitor()


def start(candidate_id: str) -> None:
    with frame.told_when_refused():
        debrief_steps.open_debrief(here.workspace, by=here.person, candidate_id=candidate_id)
        state.tell("The debrief is open. Its panel finds it on Today.")


def standing(view: DebriefView) -> str:
    lines = [view.role.name, f"{view.submitted} of {view.scorecards} scorecards submitted"]
    if view.debrief:
        lines.append(f"debrief {view.debrief.number}, opened {when(view.debrief.opened_at)}")
    return " · ".join(lines)


def not_open(view: DebriefView) -> None:
    if view.submitted:
        frame.empty(
            "The debrief is not open yet.",
            "Opening it shows the panel everybody's ratings side by side: those who have submitted all they owe.",
        )
    else:
        frame.empty(
            f"No scorecard of {view.candidate.name} is submitted yet.",
            "A debrief begins with evidence: come back once the first scorecard is in.",
        )
    if view.may_open:
        st.button("Open the debrief", on_click=start, args=(view.candidate.id,), type="primary", key="open-debrief")


candidate_id = st.query_params.get("candidate", "")
if not candidate_id:
    frame.heading("Debrief")
    frame.empty("No candidate is named.", "Open a debrief from Candidates, or from Today where it waits for you.")
    st.page_link("screens/today.py", label="Go to Today")
    st.stop()
view = debriefs.debrief(here.workspace, by=here.person, candidate_id=candidate_id)
frame.heading(f"Debrief: {view.candidate.name}", standing(view))
if view.closed:
    closed(view)
    st.stop()
if view.late:
    frame.quiet(f"Waiting for {listed(view.late)}: what they observed is not here yet.")
if view.ahead:
    frame.quiet(f"Still ahead: {listed(view.ahead)}.")
if view.debrief is None:
    not_open(view)
    st.stop()
agenda(view)
evidence(view)
recommendations(view)
scores(view)
confirmations(view)
decision(view)
if view.may_open:
    st.button("Open another debrief", on_click=start, args=(view.candidate.id,), key="open-debrief")
