"""The question bank: find a question, read it whole."""

import streamlit as st

from panel.actions import bank, files
from panel.domain.people import may_bring_in_content
from panel.ui import state
from panel.ui.components import bank as parts
from panel.ui.components import frame
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


everything = bank.questions(here.workspace, by=here.person)
minutes = sum(each.question.minutes for each in everything)
frame.heading("Questions", f"{count(len(everything), 'question')} with reference answers, {minutes:,} minutes in all")
if may_bring_in_content(here.person):
    files_notice()
if not everything:
    frame.empty(
        "The question bank is empty.",
        "Put files into question_bank/, one per category, and bring them in here. python -m panel doctor checks them.",
    )
    st.stop()

found = parts.filters(everything, key="", bind=True)
by_key = {each.key: each for each in everything}
left, right = st.columns([6, 5], gap="large")
with left:
    if len(found) < len(everything):
        frame.quiet(f"{len(found)} of {count(len(everything), 'question')}")
    if not found:
        frame.empty("No question fits.", "Use fewer words or clear a filter.")
    selected = parts.table(found, key="bank") if found else None
if selected:
    st.query_params["question"] = selected.key
reading = selected or by_key.get(st.query_params.get("question", ""))
with right:
    if reading:
        parts.read_question(reading)
    else:
        frame.empty("Nothing is open.", "Choose a question in the table to read it with its answer, probes and signs.")
