"""The question bank: find a question, read it whole."""

import streamlit as st

from panel.actions import files
from panel.actions.library import Library, library
from panel.domain.people import may_bring_in_content
from panel.domain.questions import BankQuestion
from panel.ui import state
from panel.ui.components import bank as parts
from panel.ui.components import frame
from panel.ui.components.reading_question import read_question
from panel.ui.resources import visitor
from panel.ui.words import count, plain

here = visitor()


def bring_in() -> None:
    with frame.told_when_refused():
        found = files.bring_in_files(here.workspace, by=here.person).standing(*files.FROM_FILES)
        state.tell(f"{count(len(found), 'entry', 'entries')} brought in from the files.")


def files_notice() -> None:
    """What the files hold that the bank does not, and what could not be read."""
    found = files.differences(here.workspace, by=here.person)
    for error in found.errors:
        st.warning(
            "A file of the question bank cannot be read; the bank keeps what it last read from it.\n\n"
            + "\n\n".join(plain(line) for line in error.splitlines())
        )
    if found.standing(*files.FROM_FILES):
        new, changed = (len(found.standing(each)) for each in files.FROM_FILES)
        with st.container(horizontal=True, vertical_alignment="center"):
            frame.quiet(
                f"The files hold {count(new, 'new entry', 'new entries')} and {count(changed, 'change')}. "
                "Published plans keep the text they were published with."
            )
            st.button("Bring in the changes", on_click=bring_in)


def read(key: str) -> None:
    st.query_params["question"] = key


def close() -> None:
    st.query_params.pop("question", None)


def reading_pane(each: BankQuestion) -> None:
    with st.container(key="reading"):
        with st.container(horizontal=True, key="reading-tools"):
            st.button(
                "Back to the list", key="back-to-list", on_click=close, type="tertiary", icon=":material/arrow_back:"
            )
            st.button("Close", key="close-question", on_click=close, type="tertiary", icon=":material/close:")
        read_question(each)


def top(everything: Library) -> parts.Finding:
    """The heading, what the files offer, and the search with its filters."""
    minutes = sum(each.question.minutes for each in everything.questions)
    frame.heading(
        "Questions",
        f"{count(len(everything.questions), 'question')} with reference answers, {minutes:,} minutes in all",
    )
    if may_bring_in_content(here.person):
        files_notice()
    if not everything.questions:
        frame.empty(
            "The question bank is empty.",
            "Put files into question_bank/, one per category, and bring them in here. "
            "python -m panel doctor checks them.",
        )
        st.stop()
    return parts.filters(everything, key="", bind=True)


everything = library(here.workspace, by=here.person)
with st.container(key="bank-top"):
    found = top(everything)
reading = everything.by_key.get(st.query_params.get("question", ""))
with st.container(key="list-and-reading"):
    left, right = st.columns([6, 7], gap="large")
    with left:
        parts.found_list(found, key="bank", selected=reading.key if reading else None, on_pick=read)
    if reading:
        with right:
            reading_pane(reading)
