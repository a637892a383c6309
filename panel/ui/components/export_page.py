"""The bank as a file to keep."""

import streamlit as st

from panel.actions import exports
from panel.exporting.questions import ENDINGS, FORMATS, Format
from panel.ui.components import frame
from panel.ui.resources import visitor
from panel.ui.words import count

ABOUT: dict[Format, str] = {
    "toml": "Everything, as a text that people like to edit; reads back without loss.",
    "json": "Everything, for other programs; reads back without loss.",
    "csv": "A row for each question, for a spreadsheet. No cell is run as a formula.",
    "markdown": "For reading and printing.",
}


def export_page() -> None:
    here = visitor()
    total = exports.how_many(here.workspace, by=here.person)
    frame.section("The whole bank", f"{count(total, 'question')}, in every state")
    form = st.radio(
        "Format", list(FORMATS), format_func=lambda each: FORMATS[each], captions=[ABOUT[each] for each in FORMATS],
        key="export-format", label_visibility="collapsed",
    )  # fmt: skip
    st.download_button(
        f"Download as {FORMATS[form]}",
        data=lambda: exports.exported_bank(here.workspace, by=here.person, form=form),
        file_name=f"question-bank.{ENDINGS[form]}",
        type="primary",
        on_click="ignore",
        disabled=not total,
    )
