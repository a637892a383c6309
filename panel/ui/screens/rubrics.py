"""The rubrics: what each level sounds like."""

import streamlit as st
from markupsafe import Markup

from panel.actions import rubrics as actions
from panel.ui.components import frame
from panel.ui.components.ratings import level_chip
from panel.ui.resources import visitor

here = visitor()
rubrics = actions.rubrics(here.workspace, by=here.person)

frame.heading(
    "Rubrics", "A level is a behaviour that can be seen or heard in the answer, never an opinion of the person."
)
if not rubrics:
    frame.empty("There is no rubric yet.", "Put files into rubrics/ and bring them in from the Questions page.")
    st.stop()

key = st.pills(
    "Rubric",
    list(rubrics),
    default=next(iter(rubrics)),
    required=True,
    format_func=lambda each: rubrics[each][0].name,
    key="rubric",
    bind="query-params",
    label_visibility="collapsed",
)
rubric, version = rubrics.get(key or "", next(iter(rubrics.values())))
frame.section(rubric.name, f"version {version}")
frame.html(Markup('<p class="prose">{}</p>').format(rubric.about))
for anchor in rubric.anchors:
    frame.html(
        Markup('<div class="row-line"><p><b>{}</b></p><p class="prose">{}</p></div>').format(
            level_chip(anchor.level, len(rubric.anchors), anchor.label), anchor.text
        )
    )
