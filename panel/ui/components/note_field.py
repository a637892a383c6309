"""A text field that saves while one types and keeps a draft in the browser until the server has it.

Streamlit's own text area commits on blur only; an interviewer's laptop may close first.
"""

from collections.abc import Callable

import streamlit as st

from panel.ui.components.asset import asset

WAIT = 500  # milliseconds without a keystroke before the text is sent

# The field stands in the page itself, not in a shadow root: Streamlit's single-key shortcuts must see that a text
# field has the focus, or typing "4" in a note would rate the answer.
_field = st.components.v2.component(
    "note_field",
    html=asset("note_field.html"),
    css=asset("note_field.css"),
    js=asset("note_field.js"),
    isolate_styles=False,
)


def note_field(
    *,
    key: str,
    place: str,
    label: str,
    text: str,
    version: int,
    saved: str,
    longest: int,
    placeholder: str,
    on_text: Callable[[str], None],
) -> None:
    """`place` names what is written on (it keys the browser's draft); `version` is the stored text's."""

    def changed() -> None:
        value = st.session_state[key].get("text")
        if isinstance(value, str):
            on_text(value)

    _field(
        key=key,
        data={
            "place": place,
            "label": label,
            "text": text,
            "version": version,
            "saved": saved,
            "longest": longest,
            "placeholder": placeholder,
            "wait": WAIT,
        },
        on_text_change=changed,
    )
