"""An interviewer's own calibration card: one sentence, their levels, and one thing to try."""

import streamlit as st
from markupsafe import Markup

from panel.actions import calibration
from panel.actions.calibration import OwnCalibration
from panel.domain.people import may_see_team_calibration
from panel.stats.severity import RaterOffset
from panel.ui import charts
from panel.ui.components import frame
from panel.ui.resources import Visitor
from panel.ui.words import count

PLOT = {"displayModeBar": False}


def own_card(here: Visitor) -> None:
    card = calibration.own_calibration(here.workspace, by=here.person)
    if not card.ratings and may_see_team_calibration(here.person):
        return
    frame.section("Your own card", "your part of what hiring managers see of the team")
    if not card.ratings or card.offset is None or card.distribution is None or card.spread is None:
        frame.empty(
            "Nothing of yours can be compared yet.",
            "After your first submitted scorecards on shared candidates, your card says how your levels sit beside the "
            "others'.",
        )
        return
    frame.html(Markup('<p class="question-prompt">{}</p>').format(offset_sentence(card.offset, card.same_questions)))
    names = {here.person.id: "You"}
    colours = frame.palette()
    st.plotly_chart(
        charts.distribution(card.distribution, names, colours),
        config=PLOT,
        key="own-distribution",
        theme=None,
        alt=f"Your {card.ratings} ratings by level",
    )
    frame.quiet(one_thing_to_try(card))


def offset_sentence(offset: RaterOffset, same_questions: bool) -> str:
    """One sentence a person can act on."""
    if offset.estimate is None:
        return "You have not rated two or more candidates together with others yet, so no offset can be said."
    asked = "the same questions" if same_questions else "other questions"
    where = f"On the {count(offset.n_targets, 'candidate')} you shared with others, on {asked},"
    size = abs(offset.estimate)
    way = "lower" if offset.estimate > 0 else "higher"
    if offset.low is None or offset.high is None:  # there is no interval when the difference is always the same
        return (
            f"{where} you rated {size:.1f} levels {way} every time." if size else f"{where} you rated just like them."
        )
    if offset.low <= 0 <= offset.high:
        return (
            f"{where} you rated about like them: between {abs(offset.low):.1f} levels higher and "
            f"{abs(offset.high):.1f} lower."
        )
    near, far = sorted((abs(offset.low), abs(offset.high)))
    return f"{where} you rated about {size:.1f} levels {way}; between {near:.1f} and {far:.1f}."


def one_thing_to_try(card: OwnCalibration) -> str:
    offset, own = card.offset, card.spread
    if offset is None or own is None:
        return ""
    narrow = (
        card.typical_spread
        and own.standard_deviation is not None
        and own.standard_deviation < 0.7 * card.typical_spread
    )
    if narrow:
        return (
            "One thing to try: your levels lie closer together than the others'. Before you choose the middle, "
            "read the anchors one above and one below it aloud to yourself."
        )
    if offset.low is not None and offset.low > 0:
        return (
            "One thing to try: before you choose, ask which words of the higher anchor the answer lacks. If none, take "
            "the higher one."
        )
    if offset.high is not None and offset.high < 0:
        return (
            "One thing to try: before you choose, find the words in your note that earn the level. If there are none, "
            "take the lower one."
        )
    return "One thing to try: keep writing the candidate's words next to the level; it is what a debrief needs."
