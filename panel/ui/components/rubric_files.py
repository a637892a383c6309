"""Rubrics out of the program and into it: a download, and an upload that is shown before anything is written."""

import streamlit as st
from markupsafe import Markup

from panel.actions import rubric_import
from panel.actions.rubric_import import Entry, Preview
from panel.domain.people import may_write_rubrics
from panel.domain.rubrics import STATE_NAMES, BankRubric
from panel.domain.text import listed
from panel.exporting.rubrics import FORMATS, Format
from panel.ui import state
from panel.ui.components import frame
from panel.ui.components.difference import difference
from panel.ui.components.places import go
from panel.ui.components.rubric_reading import fields_of
from panel.ui.resources import visitor
from panel.ui.words import count, plain

UPLOADS = "rubric-uploads"  # how many files were dealt with in this tab; a new number empties the field


def files_page(rubrics: list[BankRubric]) -> None:
    here = visitor()
    frame.back("Back to the rubrics", go)
    frame.heading("Rubrics in files", "TOML for keeping beside your code, CSV for a spreadsheet.")
    if may_write_rubrics(here.person):
        _bring_in()
    _take_out(rubrics)


def _take_out(rubrics: list[BankRubric]) -> None:
    here = visitor()
    frame.section("Take out", "for reading, or to change and bring in again")
    if not rubrics:
        frame.quiet("There is no rubric yet.")
        return
    names = {each.key: each.rubric.name for each in rubrics}
    keys = st.multiselect(
        "Rubrics", list(names), format_func=lambda key: names[key], placeholder="all of them", key="rubrics-out"
    )
    chosen = keys or list(names)
    with st.container(horizontal=True):
        for form, title in FORMATS.items():
            text = rubric_import.export_rubrics(here.workspace, by=here.person, keys=chosen, form=form)
            st.download_button(
                f"Download {title}",
                _bytes(text, form),
                file_name=f"{chosen[0] if len(chosen) == 1 else 'rubrics'}.{form}",
                mime="application/toml" if form == "toml" else "text/csv",
                on_click="ignore",
            )


def _bytes(text: str, form: Format) -> bytes:
    return text.encode("utf-8-sig" if form == "csv" else "utf-8")  # spreadsheets guess wrong without the mark


def _bring_in() -> None:
    here = visitor()
    frame.section("Bring in", "nothing is written before you have seen what would change")
    number = st.session_state.setdefault(UPLOADS, 0)
    file = st.file_uploader("A file of rubrics", type=["toml", "csv"], key=f"rubrics-in-{number}", max_upload_size=2)
    if file is None:
        return
    found = rubric_import.preview_import(here.workspace, by=here.person, name=file.name, data=file.getvalue())
    _problems(found)
    _entries(found)
    wanted = [*found.of("new"), *found.of("changed")]
    if wanted:
        st.button(f"Bring in {count(len(wanted), 'rubric')}", type="primary", on_click=_write, args=(file.name, wanted))


def _problems(found: Preview) -> None:
    if found.errors:
        lines = [line for error in found.errors for line in error.splitlines()]
        st.warning("Not everything in this file can be read.\n\n" + "\n\n".join(plain(line) for line in lines))


def _entries(found: Preview) -> None:
    for entry in found.of("new"):
        frame.html(
            Markup('<div class="row-line"><p><b>{}</b> <span class="quiet">new · {} · {}</span></p></div>').format(
                entry.filed.name, STATE_NAMES[entry.filed.state], count(len(entry.filed.anchors), "level")
            )
        )
    for entry in found.of("changed"):
        _changed(entry)
    if same := found.of("same"):
        frame.quiet(
            f"{count(len(same), 'rubric')} in the file {'says' if len(same) == 1 else 'say'} what the bank has."
        )


def _changed(entry: Entry) -> None:
    before, after = entry.stored, entry.filed
    if before is None:
        return
    frame.html(
        Markup('<div class="row-line"><p><b>{}</b> <span class="quiet">becomes version {}</span></p></div>').format(
            after.name, before.version + 1
        )
    )
    difference(
        fields_of(before.rubric) | {"State": STATE_NAMES[before.state]},
        fields_of(after) | {"State": STATE_NAMES[after.state]},
    )


def _write(name: str, entries: list[Entry]) -> None:
    here = visitor()
    with frame.told_when_refused():
        done = rubric_import.import_rubrics(here.workspace, by=here.person, name=name, entries=entries)
        if done.changed_since:
            state.tell(
                f"{count(len(done.written), 'rubric')} brought in. Changed in the meantime, so left alone: "
                f"{listed(done.changed_since)}. Look at what differs now, then bring the file in again.",
                problem=True,
            )
            return
        st.session_state[UPLOADS] += 1
        state.tell(f"{count(len(done.written), 'rubric')} brought in from {name}.")
