"""A text field that saves while one types and keeps a draft in the browser until the server has it.

Streamlit's own text area commits on blur only; an interviewer's laptop may close first. When another tab saved a
newer text first, what was typed here stays in view until its writer adds or discards it.
"""

from typing import Protocol

import streamlit as st
from markupsafe import Markup

from panel.errors import PanelError, Stale
from panel.ui import state
from panel.ui.components import frame
from panel.ui.components.asset import asset

WAIT = 500  # milliseconds without a keystroke before the text is sent
LATE = 5000  # milliseconds after which the field says that the text is not saved yet
SEND_AGAIN = 3000  # milliseconds after which text that the server does not show yet is sent once more

# The field stands in the page itself, not in a shadow root: Streamlit's single-key shortcuts must see that a text
# field has the focus, or typing "4" in a note would rate the answer.
_field = st.components.v2.component(
    "note_field",
    html=asset("note_field.html"),
    css=asset("note_field.css"),
    js=asset("note_field.js"),
    isolate_styles=False,
)


class Save(Protocol):
    """Write a text; its new version. Raises Stale when another tab changed the text the writer built on."""

    def __call__(self, text: str, *, seen_version: int, was: str) -> int: ...


def note_field(
    *,
    place: str,
    label: str,
    text: str,
    version: int,
    saved: str,
    longest: int,
    placeholder: str,
    save: Save,
) -> None:
    """`place` names what is written on; `version` is the stored text's."""
    notes = state.notes(place)
    if notes.displaced is not None:
        _displaced(place, text, version, save)
    key = f"note-{place}-{notes.generation}"

    def changed() -> None:
        sent = st.session_state[key].get("note")
        if isinstance(sent, dict):
            _save(place, str(sent.get("text", "")), int(sent.get("base") or 0), str(sent.get("was", "")), save)

    _field(
        key=key,
        data={
            "place": f"{place}:{notes.generation}",
            "draft": place,
            "label": label,
            "text": text,
            "version": version,
            "saved": saved,
            "longest": longest,
            "placeholder": placeholder,
            "wait": WAIT,
            "again": SEND_AGAIN,
            "late": LATE,
            "displaced": notes.displaced is not None,
            "forget": notes.forget,
        },
        on_note_change=changed,
    )
    notes.forget = False


def _save(place: str, text: str, base: int, was: str, save: Save) -> None:
    notes = state.notes(place)
    try:
        # This tab's own last save may be newer than what the field had seen when it sent the next words.
        notes.saved_version = save(text, seen_version=max(base, notes.saved_version), was=was)
    except Stale as error:
        notes.displaced = text
        notes.generation += 1
        state.tell(str(error), problem=True)
    except PanelError as error:
        state.tell(str(error), problem=True)


def _displaced(place: str, text: str, version: int, save: Save) -> None:
    notes = state.notes(place)
    mine = notes.displaced or ""

    def settle() -> None:
        notes.displaced = None
        notes.forget = True
        notes.generation += 1

    def add() -> None:
        with frame.told_when_refused():
            notes.saved_version = save(f"{text}\n{mine}".strip(), seen_version=version, was=text)
            settle()

    frame.html(Markup('<p><b>Typed here, not saved:</b></p><div class="note">{}</div>').format(mine))
    with st.container(horizontal=True):
        st.button("Add mine to the note", key=f"add-{place}", on_click=add)
        st.button("Discard mine", key=f"discard-{place}", on_click=settle)
