"""A file that is made when its button is pressed, and what several downloads ask first."""

from collections.abc import Callable
from typing import Literal

import streamlit as st

from panel.domain.keys import new_key
from panel.exporting.typesetting import PAPERS, Paper
from panel.ui.words import plain

Ending = Literal["pdf", "md", "txt", "ics"]
KINDS: dict[Ending, str] = {
    "pdf": "application/pdf", "md": "text/markdown", "txt": "text/plain", "ics": "text/calendar",
}  # fmt: skip
LETTER_COUNTRIES = ("US", "CA", "MX", "PH", "CO", "CL", "VE")


def download(label: str, make: Callable[[], bytes], *, named: tuple[str, ...], ending: Ending, key: str) -> None:
    """`make` runs when the button is pressed and checks access then. `named` becomes the file's name."""
    st.download_button(
        plain(label),
        data=make,
        file_name=f"{new_key(' '.join(named), (), otherwise='panel')}.{ending}",
        mime=KINDS[ending],
        on_click="ignore",
        key=key,
    )


def choose_paper(key: str) -> Paper:
    """A4, or Letter where that is the custom."""
    country = str(st.context.locale or "").replace("_", "-").rpartition("-")[2].upper()
    papers = list(PAPERS)
    return st.radio(
        "Paper", papers, index=int(country in LETTER_COUNTRIES), format_func=lambda each: PAPERS[each], key=key,
        horizontal=True,
    )  # fmt: skip
