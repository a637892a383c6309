"""A submitted scorecard for reading, and the panel's where they are open to the reader."""

import streamlit as st
from markupsafe import Markup

from panel.actions.scorecard_reading import ScorecardView
from panel.domain.scorecards import CONFIDENCE_NAMES, RECOMMENDATION_NAMES
from panel.domain.text import listed
from panel.ui.components import frame
from panel.ui.components.ratings import rated_question
from panel.ui.words import plain

WHEN_OTHERS_OPEN = {
    "own": "Their scorecards open here once they are submitted.",
    "all": "Their scorecards open here once everybody has submitted.",
}


def sealed(view: ScorecardView, others: list[ScorecardView], *, own: bool) -> None:
    frame.html(
        Markup(
            '<div class="score-bar"><p><b>{}</b> · {} <span class="quiet">{}</span></p><p class="quiet">{}</p></div>'
        ).format(view.candidate.name, view.round.name, view.role_name, f"scorecard of {view.person_name}")
    )
    _for_reading(view)
    if not own:
        return
    frame.section("The rest of the panel")
    if not others:
        waiting = f"Waiting for {listed(view.colleagues)}." if view.colleagues else "Nobody else rated this round yet."
        frame.quiet(f"{WHEN_OTHERS_OPEN[view.interview.opens]} {waiting}")
    for other in others:
        with st.expander(plain(f"{other.seat}: {_recommendation(other)}")):
            _for_reading(other)


def _for_reading(view: ScorecardView) -> None:
    frame.html(
        Markup('<p><b>{}</b> <span class="quiet">{}</span></p><div class="note">{}</div>').format(
            _recommendation(view), view.person_name, view.scorecard.summary or "No summary."
        )
    )
    frame.html(
        Markup("").join(
            rated_question(number, each, view.ratings.get(each.question.key))
            for number, each in enumerate(view.guide.items, start=1)
        )
    )


def _recommendation(view: ScorecardView) -> str:
    chosen, sure = view.scorecard.recommendation, view.scorecard.confidence
    words = RECOMMENDATION_NAMES[chosen] if chosen else "No recommendation yet"
    return f"{words}, {CONFIDENCE_NAMES[sure].lower()}" if sure else words
