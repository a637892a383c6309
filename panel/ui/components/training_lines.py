"""Training on Today: how far oneself is, and for those who manage hiring who has reached what is asked."""

import streamlit as st
from markupsafe import Markup

from panel.actions import practice
from panel.domain.people import may_manage_hiring
from panel.ui.components import frame
from panel.ui.components.practice_progress import meter
from panel.ui.resources import Visitor

PAGE = "screens/practice.py"


def training_lines(here: Visitor) -> None:
    own = practice.own_training(here.workspace, by=here.person)
    reached = []
    if may_manage_hiring(here.person):
        reached = [each for each in practice.trainees(here.workspace, by=here.person) if each.progress.reached]
    if not own and not reached:
        return
    frame.section("Training")
    for training, progress in own:
        words = Markup("<p>{}: {}</p>{}").format(training.subject, progress.sentence, meter(progress))
        _line(f"own-{training.subject}", words, "Practise")
    for each in reached:
        words = Markup("<p>{} has reached what {} asks for: {}.</p>").format(
            each.name, each.training.subject, each.progress.sentence
        )
        _line(f"{each.training.person_id}-{each.training.subject}", words, "Put down as trained")


def _line(key: str, words: Markup, label: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="medium", key=f"line-training-{key}"):
        frame.html(words)
        st.page_link(PAGE, label=label)
