"""Scoring: one question at a time while the candidate is in the room."""

import streamlit as st
from markupsafe import Markup

from panel.actions import scoring
from panel.actions.scoring import ScorecardView
from panel.ui.components import frame, kit_downloads
from panel.ui.components import scoring as parts
from panel.ui.components.countdown import countdown
from panel.ui.resources import visitor

PLACE = "q"
END = "End"


def header(view: ScorecardView, where: str) -> None:
    with st.container(horizontal=True, key="score-head", vertical_alignment="center", gap="medium"):
        frame.html(
            Markup('<p><b>{}</b> · {} <span class="quiet">{}</span></p>').format(
                view.candidate.name, view.round.name, view.role_name
            )
        )
        if not view.scorecard.is_submitted:
            countdown(key="countdown", starts_at=view.interview.starts_at, minutes=view.interview.minutes)
        frame.html(Markup('<p class="quiet">{}</p>').format(where))


def steps(view: ScorecardView) -> str:
    """The row of question numbers; the chosen one stands in the URL."""
    options = [str(number) for number in range(1, len(view.guide.items) + 1)] + [END]

    def words(step: str) -> str:
        if step == END:
            return END
        rating = parts.rating_of(view, view.guide.items[int(step) - 1].question.key)
        return f"{step}{parts.MARKS[rating.outcome]}"

    if PLACE not in st.session_state:
        asked = st.query_params.get(PLACE, "1")
        st.session_state[PLACE] = asked if asked in options else "1"
    chosen = st.segmented_control(
        "Question", options, key=PLACE, required=True, format_func=words, label_visibility="collapsed", wrap=True
    )
    st.query_params[PLACE] = chosen or "1"
    return chosen or "1"


def move(options: int, by: int) -> None:
    here = st.session_state.get(PLACE) or "1"
    number = (options if here == END else int(here)) + by
    st.session_state[PLACE] = END if number >= options else str(max(number, 1))


@st.fragment
def body(scorecard_id: str) -> None:
    here = visitor()
    with frame.page_or_sentence():
        view = scoring.scorecard(here.workspace, by=here.person, scorecard_id=scorecard_id)
        if view.scorecard.is_submitted or view.scorecard.person_id != here.person.id:
            header(view, f"scorecard of {view.person_name}")
            frame.show_notice()
            parts.sealed(view, scoring.panel_scorecards(here.workspace, by=here.person, scorecard_id=scorecard_id))
            return
        total = len(view.guide.items)
        header(view, f"{view.answered} of {total} answered")
        if view.scorecard.shadow:
            frame.quiet("You shadow: you rate like everybody else, and it counts for your training only.")
        frame.show_notice()
        step = steps(view)
        if step == END:
            parts.closing(view)
            go_on(total, step)
        else:
            parts.question(view, int(step), lambda: go_on(total, step))


def go_on(total: int, step: str) -> None:
    """Previous and next, in one row with the answers that have no level."""
    st.button("Previous", shortcut="Ctrl+Left", on_click=move, args=(total + 1, -1), disabled=step == "1")
    label = "To the end" if step == str(total) else "Next"
    st.button(label, shortcut="Ctrl+Right", on_click=move, args=(total + 1, 1), disabled=step == END)


scorecard_id = st.query_params.get("scorecard", "")
if scorecard_id:
    body(scorecard_id)
    kit_downloads.for_scorecard(scorecard_id)
else:
    frame.heading("Scorecard")
    frame.empty("No scorecard is open.", "Open one of your interviews from Today.")
    st.page_link("screens/today.py", label="Go to Today")
