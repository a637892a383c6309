"""An interviewer's own calibration card: the one finding that matters most, how certain it is, a picture, and one thing
to try. Everything else stands below a fold."""

from threading import Lock

import plotly.graph_objects as go
import streamlit as st
from markupsafe import Markup

from panel.actions import own_calibration
from panel.actions.own_calibration import OTHERS, YOU, OwnCalibration, OwnFigures
from panel.domain.people import may_see_team_calibration
from panel.ui import calibration_charts, charts
from panel.ui.components import frame
from panel.ui.components.long_fit import long_fit
from panel.ui.components.own_card_words import certainty, finding, further, to_try
from panel.ui.resources import Visitor

PLOT = {"displayModeBar": False}
PRIVATE = "only you see this card"


def own_card(here: Visitor) -> None:
    card = _card(here)
    if card is None or (not card.ratings and may_see_team_calibration(here.person)):
        return
    frame.section("Your own card", PRIVATE)
    if not card.ratings or card.own_levels is None:
        frame.empty(
            "Nothing of yours can be compared yet.",
            "After your first submitted scorecards on shared candidates, your card says how your levels sit beside the "
            "others'.",
        )
        return
    frame.html(Markup('<p class="question-prompt">{}</p>').format(finding(card)))
    frame.quiet(certainty(card))
    figure, says = _picture(card)
    st.plotly_chart(figure, config=PLOT, key="own-picture", theme=None, alt=says)
    frame.html(Markup('<p class="finding">{}</p>').format(to_try(card)))
    if card.figures is not None:
        with st.expander("More of your own figures"):
            _further(card.figures)


def _card(here: Visitor) -> OwnCalibration | None:
    """Most often it is there at once; with very many ratings it is made beside the page."""
    key, known = own_calibration.own_calibration_so_far(here.workspace, by=here.person)
    if known is not None:
        return known
    return long_fit(
        "own-card",
        key,
        lambda report: own_calibration.own_calibration(here.workspace, by=here.person),
        turn=Lock(),  # it is short, so it waits for no other
    )


def _picture(card: OwnCalibration) -> tuple[go.Figure, str]:
    """The picture of the finding, and what it shows for those who cannot see it."""
    found, colours = card.figures, frame.palette()
    if found is not None:
        if card.finding in ("erratic", "severity", "too little") and found.differences:
            figure = calibration_charts.differences(found.differences, colours)
            return figure, "For each shared candidate, how far your mean lies from the others'"
        if card.finding == "drift" and found.drift is not None:
            return calibration_charts.months(found.drift.months, colours), "Your severity month by month"
        if card.finding == "halo" and found.halo.within_ratio.estimate is not None:
            figure = calibration_charts.two_bars(
                found.halo.within_ratio.estimate, 1.0, colours, x_title="how much one candidate's questions differ"
            )
            return figure, "How much the questions of one candidate differ with you and with the others"
        if found.levels is not None:
            names = {YOU: "You", OTHERS: "The others"}
            return charts.distribution(found.levels, names, colours), "Your levels and the others' on the same answers"
    assert card.own_levels is not None  # asked before
    (person,) = card.own_levels.raters
    return charts.distribution(card.own_levels, {str(person): "You"}, colours), "Your ratings by level"


def _further(found: OwnFigures) -> None:
    for sentence in further(found):
        frame.html(Markup("<p>{}</p>").format(sentence))
    if found.levels is not None:
        st.plotly_chart(
            charts.distribution(found.levels, {YOU: "You", OTHERS: "The others"}, frame.palette()),
            config=PLOT,
            key="own-levels",
            theme=None,
            alt="Your levels and the others' on the same answers",
        )
