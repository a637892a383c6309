"""A submitted scorecard for reading, and the panel's where they are open to the reader."""

import streamlit as st
from markupsafe import Markup

from panel.actions import scorecard_reading
from panel.actions.scorecard_reading import ScorecardView
from panel.domain.scorecards import CONFIDENCE_NAMES, RECOMMENDATION_NAMES
from panel.domain.text import listed
from panel.ui.components import frame
from panel.ui.components.ratings import rated_question
from panel.ui.resources import visitor
from panel.ui.words import plain, when

WHEN_OTHERS_OPEN = {
    "own": "Their scorecards open here once they are submitted.",
    "all": "Their scorecards open here once everybody has submitted.",
}
LOOK_AGAIN = 10.0  # seconds, while somebody is waited for


def sealed(view: ScorecardView, *, own: bool) -> None:
    """`own` where the reader wrote it: below stands what the rest of the panel wrote."""
    submitted = f"submitted {when(view.scorecard.submitted_at)}" if view.scorecard.submitted_at else "not submitted"
    frame.html(
        Markup(
            '<div class="score-bar"><p><b>{}</b> · {} <span class="quiet">{}</span></p>'
            '<p class="quiet">scorecard of {}, {}; it no longer changes</p></div>'
        ).format(view.candidate.name, view.round.name, view.role_name, view.person_name, submitted)
    )
    _for_reading(view)
    if own:
        frame.section("The rest of the panel")
        waits = bool(_awaited(view))
        st.fragment(_rest_of_panel, run_every=LOOK_AGAIN if waits else None)(view)


def _rest_of_panel(view: ScorecardView) -> None:
    here = visitor()
    with frame.sentence_in_place():
        others = scorecard_reading.panel_scorecards(here.workspace, by=here.person, scorecard_id=view.scorecard.id)
        awaited = _awaited(view)
        if awaited:
            frame.quiet(f"{WHEN_OTHERS_OPEN[view.interview.opens]} Waiting for {listed(awaited)}.")
        elif not others:
            frame.quiet("Nobody else rated this round.")
        for other in others:
            with st.expander(plain(f"{other.seat}: {_recommendation(other)}")):
                _for_reading(other)


def _awaited(view: ScorecardView) -> tuple[str, ...]:
    here = visitor()
    return scorecard_reading.awaited(here.workspace, by=here.person, scorecard_id=view.scorecard.id)


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
