"""Reminders of open scorecards: what is said of them, the button that stops them, and one quiet line."""

import streamlit as st
from markupsafe import Markup

from panel.actions import reminders
from panel.actions.reminders import Reminded
from panel.domain.people import Person
from panel.ui import state
from panel.ui.components import frame
from panel.ui.resources import Visitor, visitor
from panel.ui.words import when

TIMES = {1: "once", 2: "twice"}
BY = {"mail": "by e-mail", "app": "in the app"}


def in_words(told: Reminded, reader: Person) -> str:
    """`due since yesterday, 15:00 · reminded twice, last today, 09:10 by e-mail`."""
    parts = [f"due since {when(told.ended_at)}"]
    if told.last_at is not None and told.last_by is not None:
        often = TIMES.get(told.times, f"{told.times} times")
        last = "" if told.times == 1 else "last "
        parts.append(f"reminded {often}, {last}{when(told.last_at)} {BY[told.last_by]}")
    if told.stopped_by:
        parts.append(f"reminders stopped by {'you' if told.stopped_id == reader.id else told.stopped_by}")
    return " · ".join(parts)


def stop_or_resume(here: Visitor, told: Reminded, stop: str, resume: str) -> None:
    """One button: `stop` while reminders go on, else `resume`."""
    st.button(
        resume if told.stopped_by else stop,
        key=f"reminders-{told.scorecard_id}",
        on_click=_resume if told.stopped_by else _stop,
        args=(told.scorecard_id, told.person_id == here.person.id),
        type="tertiary",
    )


def overdue_line(here: Visitor) -> None:
    """Says once that a scorecard of one's own is overdue. Nothing for those whose reminders are stopped."""
    overdue = [each for each in reminders.my_reminders(here.workspace, by=here.person) if not each.stopped_by]
    if not overdue:
        return
    first, others = overdue[0], len(overdue) - 1
    more = "" if not others else f", and {others} more" if others > 1 else ", and one more"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="overdue"):
        frame.html(
            Markup('<p class="quiet">Your scorecard for {} is due since {}{}.</p>').format(
                first.candidate_name, when(first.ended_at), more
            )
        )
        if others:
            st.page_link("screens/today.py", label="See them on Today")
        else:
            st.page_link("screens/score.py", label="Finish it", query_params={"scorecard": first.scorecard_id})


def _stop(scorecard_id: str, own: bool) -> None:
    here = visitor()
    with frame.told_when_refused():
        reminders.stop(here.workspace, by=here.person, scorecard_id=scorecard_id)
        state.tell("You are not reminded of it any more." if own else "They are not reminded of it any more.")


def _resume(scorecard_id: str, own: bool) -> None:
    here = visitor()
    with frame.told_when_refused():
        reminders.resume(here.workspace, by=here.person, scorecard_id=scorecard_id)
        state.tell("You are reminded of it again." if own else "They are reminded of it again.")
