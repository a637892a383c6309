"""One style sheet for all pages; the palette of the reader's theme reaches it as CSS variables."""

import streamlit as st

from panel.ui.components.asset import asset
from panel.ui.palette import Palette


def apply(colours: Palette) -> None:
    st.html(f"<style>:root {{{_variables(colours)}}}\n{asset('panel.css')}</style>")


def also(sheet: str) -> None:
    """A page's own style sheet, beside the one of all pages."""
    st.html(f"<style>{asset(sheet)}</style>")


def _variables(colours: Palette) -> str:
    named = {name: getattr(colours, name) for name in ("page", "surface", "text", "quiet", "accent", "line")}
    named |= {f"level-{place}": colour for place, colour in enumerate(colours.levels, start=1)}
    named |= {f"on-level-{place}": colour for place, colour in enumerate(colours.on_levels, start=1)}
    return "".join(f"--panel-{name}: {colour};" for name, colour in named.items())
