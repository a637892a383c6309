"""A figure that the server draws: on the page for wide and narrow screens, and to take along as PNG, SVG and CSV."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from panel.domain.keys import new_key
from panel.exporting.drawing import Ink
from panel.exporting.figure_data import Cell, figure_csv
from panel.exporting.typesetting import set_png
from panel.ui.components import frame
from panel.ui.palette import LIGHT, Palette

Draw = Callable[[Ink, bool], str]  # in which colours, and whether wide


@dataclass(frozen=True)
class Figure:
    """`draw` gives SVG; `columns` and `rows` are the data behind it."""

    name: str
    draw: Draw
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def ink(colours: Palette) -> Ink:
    return Ink(
        colours.page, colours.text, colours.quiet, colours.accent, colours.line, colours.levels, colours.on_levels
    )


def show(figure: Figure, *, named: str, key: str) -> None:
    """The figure, and below it a fold to take it along. `named` begins the names of its files."""
    colours = ink(frame.palette())
    frame.html(
        Markup('<div class="figure only-wide">{}</div><div class="figure only-narrow">{}</div>').format(
            Markup(figure.draw(colours, True)),  # Drawing escapes every text
            Markup(figure.draw(colours, False)),
        )
    )
    file_name = new_key(f"{named} {figure.name}", (), otherwise="figure")
    with st.expander("Take this figure"), st.container(horizontal=True):
        kinds: list[tuple[str, str, str, Callable[[], bytes]]] = [
            ("Picture (PNG)", "png", "image/png", lambda: set_png(figure.draw(ink(LIGHT), True))),
            ("Drawing (SVG)", "svg", "image/svg+xml", lambda: figure.draw(ink(LIGHT), True).encode()),
            ("Data (CSV)", "csv", "text/csv", lambda: figure_csv(figure.columns, figure.rows)),
        ]
        for label, ending, mime, make in kinds:
            st.download_button(
                label, data=make, file_name=f"{file_name}.{ending}", mime=mime, on_click="ignore",
                key=f"take-{key}-{ending}",
            )  # fmt: skip
