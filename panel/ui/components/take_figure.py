"""A figure that the server draws: on the page for wide and narrow screens, and to take along as PNG, SVG and CSV."""

from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st
from markupsafe import Markup

from panel.domain.keys import new_key
from panel.exporting.drawing import Drawing, Ink
from panel.exporting.figure_data import Cell, figure_csv
from panel.exporting.typesetting import set_png
from panel.ui.components import frame
from panel.ui.palette import LIGHT, Palette

Draw = Callable[[Ink, bool], Drawing]  # in which colours, and whether wide


@dataclass(frozen=True)
class Figure:
    """`columns` and `rows` are the data behind it."""

    name: str
    draw: Draw
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def ink(colours: Palette) -> Ink:
    return Ink(
        colours.page, colours.text, colours.quiet, colours.accent, colours.line, colours.levels, colours.on_levels
    )


def show(figure: Figure, *, named: str, key: str, check: Callable[[], object]) -> None:
    """The figure, and below it a fold to take it along. `named` begins the names of its files.

    `check` is an action that refuses whoever may not read this any more, called when a file is made.
    """
    colours = ink(frame.palette())
    frame.html(_shown(figure.draw(colours, True), "only-wide") + _shown(figure.draw(colours, False), "only-narrow"))
    file_name = new_key(f"{named} {figure.name}", (), otherwise="figure")
    with st.expander("Take this figure"), st.container(horizontal=True):
        kinds: list[tuple[str, str, str, Callable[[], bytes]]] = [
            ("Picture (PNG)", "png", "image/png", lambda: set_png(figure.draw(ink(LIGHT), True).svg())),
            ("Drawing (SVG)", "svg", "image/svg+xml", lambda: figure.draw(ink(LIGHT), True).svg().encode()),
            ("Data (CSV)", "csv", "text/csv", lambda: figure_csv(figure.columns, figure.rows)),
        ]
        for label, ending, mime, make in kinds:
            st.download_button(
                label, data=partial(_checked, check, make), file_name=f"{file_name}.{ending}", mime=mime,
                on_click="ignore", key=f"take-{key}-{ending}",
            )  # fmt: skip


def _checked(check: Callable[[], object], make: Callable[[], bytes]) -> bytes:
    check()
    return make()


def _shown(drawing: Drawing, where: str) -> Markup:
    """As a picture, since Streamlit takes drawings out of HTML; what marks say when pointed at lies over it."""
    picture = b64encode(drawing.svg().encode()).decode()
    spots = Markup("").join(
        Markup('<i title="{}" style="left:{:.2f}%;top:{:.2f}%;width:{:.2f}%;height:{:.2f}%"></i>').format(
            each.says, 100 * each.x / drawing.width, 100 * each.y / drawing.height,
            100 * each.width / drawing.width, 100 * each.height / drawing.height,
        )
        for each in drawing.spots
    )  # fmt: skip
    return Markup('<div class="figure {}" style="max-width:{:.0f}px"><img alt="{}" src="{}">{}</div>').format(
        where, drawing.width, drawing.says, f"data:image/svg+xml;base64,{picture}", spots
    )
