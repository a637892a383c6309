"""Markdown that people wrote as HTML for a browser: formulas as MathML, nothing that runs or is fetched."""

from functools import lru_cache
from html import escape, unescape
from typing import Any
from xml.etree.ElementTree import Element, tostring

from latex2mathml.converter import convert_to_element
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

LONGEST = 20_000  # characters; longer texts are shown as they are
LONGEST_FORMULA = 600
HARMLESS = {
    "display",
    "mathvariant",
    "stretchy",
    "fence",
    "separator",
    "columnalign",
    "rowspacing",
    "linethickness",
    "accent",
}


@lru_cache(maxsize=2_000)
def as_html(text: str) -> str:
    """Raw HTML becomes text, images become links, links open in a tab of their own."""
    if len(text) > LONGEST:
        return f"<p>{escape(text)}</p>"
    return str(_reader().render(text))


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    reader.use(dollarmath_plugin, double_inline=True, renderer=_formula)
    reader.add_render_rule("link_open", _link)
    return reader


def _link(renderer: Any, tokens: Any, place: int, options: Any, env: Any) -> str:
    tokens[place].attrSet("target", "_blank")
    tokens[place].attrSet("rel", "noopener noreferrer")
    return str(renderer.renderToken(tokens, place, options, env))


def _formula(source: str, how: dict[str, Any]) -> str:
    """MathML; the source itself where it is not understood."""
    as_written = f"<code>{escape(source)}</code>"
    if len(source) > LONGEST_FORMULA:
        return as_written
    try:
        found = convert_to_element(source, display="block" if how.get("display_mode") else "inline")
    except Exception:  # the converter names its errors only in part: for some sources it fails with an IndexError
        return as_written
    for each in found.iter():
        _disarm(each)
    return tostring(found, encoding="unicode")


def _disarm(element: Element) -> None:
    """The converter writes signs as entities, and takes links and styles from the formula."""
    element.text = unescape(element.text) if element.text else element.text
    element.tail = unescape(element.tail) if element.tail else element.tail
    for name in set(element.attrib) - HARMLESS:
        del element.attrib[name]
