"""Rubrics: what each level sounds like; reading, writing, and bringing them in from files."""

import streamlit as st

from panel.actions import rubrics as actions
from panel.domain.people import may_write_rubrics
from panel.errors import NotAllowed
from panel.ui.components import frame, rubric_editor, rubric_files
from panel.ui.components import rubric_reading as parts
from panel.ui.components.places import go
from panel.ui.components.preview import preview
from panel.ui.resources import visitor

here = visitor()
everything = actions.bank_rubrics(here.workspace, by=here.person)
writes = may_write_rubrics(here.person)
key, part = st.query_params.get("rubric", ""), st.query_params.get("part", "")


def list_page() -> None:
    frame.heading(
        "Rubrics", "A level is a behaviour that can be seen or heard in the answer, never an opinion of the person."
    )
    with st.container(horizontal=True):
        if writes:
            st.button("New rubric", on_click=go, kwargs={"part": "new"})
        st.button("Files", on_click=go, kwargs={"part": "files"})
    if not everything:
        first = "Write the first one here." if writes else "A hiring manager or an administrator writes the first one."
        frame.empty("There is no rubric yet.", first)
        return
    left, right = st.columns([5, 6], gap="large")
    with left:
        selected = parts.table(everything)
    if selected:
        st.query_params["rubric"] = selected.key
    known = {each.key for each in everything}
    reading = selected.key if selected else key if key in known else everything[0].key
    with right:
        view = actions.rubric(here.workspace, by=here.person, key=reading)
        wants_preview = parts.read_rubric(view)
    if wants_preview:
        preview(view.stored.rubric)


if part == "files":
    rubric_files.files_page(everything)
elif part in {"new", "edit"}:
    if not writes:
        raise NotAllowed("Only hiring managers and administrators write rubrics. Ask one of them.")
    view = actions.rubric(here.workspace, by=here.person, key=key) if part == "edit" else None
    rubric_editor.editor(view, sorted({each.rubric.competency for each in everything}))
else:
    list_page()
