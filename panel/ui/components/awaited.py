"""The scorecards of others that a manager waits for, and what reminders of them went."""

from datetime import timedelta

import streamlit as st
from markupsafe import Markup

from panel.actions import agendas, reminders
from panel.actions.agendas import Missing
from panel.actions.reminders import Reminded
from panel.domain.basics import now
from panel.ui.components import frame, reminding
from panel.ui.resources import Visitor
from panel.ui.words import when

MOST = 12


def awaited(here: Visitor) -> None:
    """For those who manage hiring; nothing where nobody is late."""
    late = agendas.missing_scorecards(here.workspace, by=here.person, before=now() - timedelta(hours=1))
    late = [each for each in late if each.person_id != here.person.id]
    if not late:
        return
    told = reminders.reminders_of_others(here.workspace, by=here.person)
    frame.section("Scorecards you wait for", "interviews that began more than an hour ago")
    for each in late[:MOST]:
        _line(here, each, told.get(each.scorecard_id))
    if len(late) > MOST:
        frame.quiet(f"And {len(late) - MOST:,} newer ones.")


def _line(here: Visitor, late: Missing, told: Reminded | None) -> None:
    """`told` is missing for what is not overdue yet, and for people who left: nobody reminds them."""
    with st.container(
        horizontal=True, vertical_alignment="center", gap="medium", key=f"line-awaited-{late.scorecard_id}"
    ):
        frame.html(
            Markup('<p><b>{}</b> {} · {}<br><span class="quiet">{}</span></p>').format(
                late.person_name,
                late.candidate_name,
                late.round_name,
                reminding.in_words(told, here.person) if told else f"began {when(late.starts_at)}",
            )
        )
        if told:
            reminding.stop_or_resume(here, told, "Stop reminders", "Resume reminders")
