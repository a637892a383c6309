"""Past imports, and undoing one."""

import streamlit as st
from markupsafe import Markup

from panel.actions import imports
from panel.actions.imports import ImportRecord
from panel.domain.text import listed
from panel.ui import state
from panel.ui.components import frame
from panel.ui.resources import visitor
from panel.ui.words import count, when

SHOWN_PROMPTS = 5


def import_history() -> None:
    here = visitor()
    past = imports.past_imports(here.workspace, by=here.person)
    if not past:
        frame.empty("Nothing was imported yet.", "Imports are listed here with what they added, and can be undone.")
    for each in past:
        _one(each)


def _one(each: ImportRecord) -> None:
    facts = [f"{count(each.added, 'question')} added", f"{each.changed} changed" if each.changed else ""]
    done = f"undone by {each.undone_by}, {when(each.undone_at)}" if each.undone_at else ""
    with st.container(key=f"line-import-{each.id}", horizontal=True, vertical_alignment="center"):
        frame.html(
            Markup('<p><b>{}</b><br><span class="quiet">{}</span></p>').format(
                each.name, " · ".join(fact for fact in (*facts, f"{each.who}, {when(each.at)}", done) if fact)
            )
        )
        if each.undone_at is None:
            with st.popover("Undo"):
                frame.quiet(
                    "Takes out what it added and brings back what it changed. Questions that were edited since, or "
                    "stand in a plan, stay; they are named."
                )
                st.button("Undo the whole import", key=f"undo-{each.id}", on_click=_undo, args=(each.id,))


def _undo(import_id: str) -> None:
    here = visitor()
    with frame.told_when_refused():
        done = imports.undo(here.workspace, by=here.person, import_id=import_id)
        parts = [f"{count(done.removed, 'question')} taken out"]
        parts += [f"{done.restored} brought back to what they said before"] if done.restored else []
        said = listed(parts) + "."
        if done.kept:
            shown = [f"“{each}”" for each in done.kept[:SHOWN_PROMPTS]]
            more = len(done.kept) - len(shown)
            shown += [f"{more} more"] if more else []
            said += f" Edited or planned with since, so kept: {listed(shown)}."
        state.tell(said, problem=bool(done.kept))
