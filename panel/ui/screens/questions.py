"""The question bank: find a question, read it whole, write it, take it through its life."""

import streamlit as st

from panel.actions import bank, files
from panel.actions.library import Library, library
from panel.domain.people import may_bring_in_content, may_review_questions
from panel.errors import NotFound
from panel.ui.components import bank as parts
from panel.ui.components import frame, question_editor
from panel.ui.components.many_questions import many, switch
from panel.ui.components.question_pane import question_pane
from panel.ui.resources import visitor
from panel.ui.words import count, plain

here = visitor()
reviews = may_review_questions(here.person)
everything = library(here.workspace, by=here.person)
key, part = st.query_params.get("question", ""), st.query_params.get("part", "")


def read(picked: str) -> None:
    st.query_params["question"] = picked


def close() -> None:
    st.query_params.pop("question", None)


def write_new() -> None:
    st.query_params["part"] = "new"


def file_errors() -> None:
    """What of the files cannot be read, and that they differ from the bank; the rest is on the Import page."""
    told = files.file_notice(here.workspace, by=here.person)
    for error in told.errors:
        st.warning(
            "A file of the question bank cannot be read; the bank keeps what it last read from it.\n\n"
            + "\n\n".join(plain(line) for line in error.splitlines())
        )
    if told.differing:
        with st.container(horizontal=True, vertical_alignment="center"):
            frame.quiet(f"Files and bank differ in {count(told.differing, 'entry', 'entries')}.")
            st.page_link("screens/import_questions.py", label="Look at the files", query_params={"part": "files"})


def top(bank_now: Library) -> parts.Finding:
    """The heading, what can be done, and the search with its filters."""
    drafts = sum(each.state in {"draft", "in_review"} for each in bank_now.questions)
    facts = [count(len(bank_now.questions), "question"), f"{drafts} not approved yet" if drafts else ""]
    frame.heading("Questions", ", ".join(fact for fact in facts if fact))
    with st.container(horizontal=True, vertical_alignment="center", key="bank-tools"):
        st.button("New question", on_click=write_new)
        if reviews:
            st.page_link("screens/import_questions.py", label="Import and export")
            switch()
    if may_bring_in_content(here.person):
        file_errors()
    if not bank_now.questions:
        frame.empty("The question bank is empty.", "Write the first question, or import a document that holds some.")
        st.stop()
    asked = {key: each.asked for key, each in bank.exposures(here.workspace, by=here.person).items()}
    return parts.filters(bank_now, key="", bind=True, asked=asked)


def pane(opened: str) -> None:
    with st.container(key="reading"):
        with st.container(horizontal=True, key="reading-tools"):
            st.button(
                "Back to the list", key="back-to-list", on_click=close, type="tertiary", icon=":material/arrow_back:"
            )
            st.button("Close", key="close-question", on_click=close, type="tertiary", icon=":material/close:")
        question_pane(opened)


def list_page() -> None:
    with st.container(key="bank-top"):
        found = top(everything)
        checking = many(found.questions) if reviews else {}
    opened = everything.by_key.get(key)
    with st.container(key="list-and-reading"):
        left, right = st.columns([6, 7], gap="large")
        with left:
            parts.found_list(found, key="bank", selected=opened.key if opened else None, on_pick=read, **checking)
        if opened:
            with right:
                pane(opened.key)


if part == "new":
    question_editor.editor(None)
elif part == "edit":
    if key not in everything.by_key:
        raise NotFound("This question is not in the bank any more. Choose another from the list.")
    question_editor.editor(everything.by_key[key])
else:
    list_page()
