"""Every session_state key. Nothing here is storage: a reload may forget it."""

import streamlit as st

NOTICE = "notice"  # (kind, sentence) shown once after the next run
UNSAVED_NOTE = "unsaved_note"  # (scorecard id, question key, text) that another tab's newer note displaced
NOTE_GENERATION = "note_generation"  # rises when the note field must take the stored text
INVITATION = "invitation"  # (name, link) of the link just made


def tell(sentence: str, *, problem: bool = False) -> None:
    """Say something after the coming rerun."""
    st.session_state[NOTICE] = ("problem" if problem else "done", sentence)


def take_notice() -> tuple[str, str] | None:
    notice: tuple[str, str] | None = st.session_state.pop(NOTICE, None)
    return notice
