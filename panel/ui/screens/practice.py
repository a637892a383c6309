"""Practice: exercises rated blind against gold, training, and rehearsals with a colleague."""

import streamlit as st

from panel.domain.people import may_manage_hiring
from panel.ui.components import (
    exercise_list,
    exercise_page,
    exercise_writing,
    frame,
    practice_progress,
    rehearsing,
    trainees,
)
from panel.ui.components.asset import asset
from panel.ui.resources import visitor

here = visitor()
st.html(f"<style>{asset('practice.css')}</style>")
exercise, part = st.query_params.get("exercise", ""), st.query_params.get("part", "")
rehearsal = st.query_params.get("rehearsal", "")


def overview() -> None:
    frame.heading(
        "Practice", "See how you use the levels before it matters. Nothing of it enters a score of a candidate."
    )
    practice_progress.own_progress()
    exercise_list.exercise_list()
    rehearsing.rehearse()
    if may_manage_hiring(here.person):
        trainees.trainees()
        exercise_list.of_leads()


if part == "write":
    exercise_writing.writing_page(exercise)
elif rehearsal:
    rehearsing.rehearsal_page(rehearsal)
elif exercise:
    exercise_page.exercise_page(exercise)
else:
    overview()
