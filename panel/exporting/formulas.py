"""A LaTeX formula as a small tree that a typesetter can draw without reading LaTeX.

A node is a list: its name, then its parts. `["text", "x"]`, `["upright", "d"]`, `["name", "max"]` and `["words", "if"]`
are leaves; `row`, `fraction`, `root`, `script`, `stack`, `accent`, `fence` and `table` hold nodes. The way leads
through MathML, which latex2mathml makes.
"""

from functools import lru_cache
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element

from latex2mathml.converter import convert_to_element

LONGEST = 600  # characters; longer formulas are shown as they are written
MOST_SIGNS = 120  # a formula breaks at few places only, and more would run over the edge of the page
DEEPEST = 30
ACCENTS = {"^": "\u0302", "~": "\u0303", "¯": "\u0304", "―": "\u0305", "˙": "\u0307", "¨": "\u0308", "→": "\u20d7"}
# Of what MathML builds from parts: the node's name, and which part stands at which place; None where nothing stands.
BUILT: dict[str, tuple[Any, ...]] = {
    "mfrac": ("fraction", 0, 1),
    "mroot": ("root", 1, 0),
    "msub": ("script", 0, 1, None),
    "msup": ("script", 0, None, 1),
    "msubsup": ("script", 0, 1, 2),
    "munder": ("stack", 0, 1, None),
    "mover": ("stack", 0, None, 1),
    "munderover": ("stack", 0, 1, 2),
}

Node = list[Any]  # a name, then texts, nodes, or None where a part is missing


class _Unreadable(Exception):
    """The formula holds something that has no place in the tree."""


@lru_cache(maxsize=2_000)
def formula(source: str) -> Node | None:
    """None when the formula is not understood; it is then shown as its source."""
    if not source.strip() or len(source) > LONGEST:
        return None
    try:
        found = convert_to_element(source)
        signs = len(unescape("".join(found.itertext())))
        return _row(list(found), DEEPEST) if signs <= MOST_SIGNS else None
    except (_Unreadable, RecursionError):
        return None
    except Exception:  # the converter names its errors only in part: for some sources it fails with an IndexError
        return None


def _row(elements: list[Element], left: int) -> Node:
    nodes = [_node(each, left - 1) for each in elements]
    return nodes[0] if len(nodes) == 1 else ["row", *nodes]


def _node(element: Element, left: int) -> Node:
    if left <= 0:
        raise _Unreadable
    parts = list(element)
    match element.tag:
        case "mi" | "mn" | "mo":
            return _leaf(element)
        case "mtext":
            return ["words", unescape(element.text or "")]
        case "mspace":
            return ["words", "\u2009"]
        case "mrow" | "mstyle" | "mpadded":
            return _fenced(parts, left) or _row(parts, left)
        case "mtable":
            return ["table", *[[_row(list(cell), left - 2) for cell in row] for row in parts]]
        case _:
            return _built(element.tag, [_node(each, left - 1) for each in parts])


def _leaf(element: Element) -> Node:
    text = unescape(element.text or "")
    if len(text) > 1 and "\\" in text:
        raise _Unreadable  # a command that the converter does not know stays as it was written
    if element.get("mathvariant") == "normal":
        return ["upright", text]
    return ["name" if len(text) > 1 and text.isalpha() else "text", text]


def _fenced(parts: list[Element], left: int) -> Node | None:
    """What stands between brackets that grow with it."""
    if len(parts) < 2 or parts[0].get("fence") != "true":
        return None
    closed = parts[-1].get("fence") == "true"
    inside = parts[1:-1] if closed else parts[1:]
    return [
        "fence",
        unescape(parts[0].text or ""),
        _row(inside, left),
        unescape(parts[-1].text or "") if closed else "",
    ]


def _built(tag: str, parts: list[Node]) -> Node:
    if tag == "msqrt":
        return ["root", None, ["row", *parts]]
    if tag == "mover" and len(parts) == 2 and parts[1][0] == "text" and parts[1][1] in ACCENTS:
        return ["accent", parts[0], ACCENTS[parts[1][1]]]
    name, *places = BUILT.get(tag, ("",))
    if not places or len(parts) != sum(place is not None for place in places):
        raise _Unreadable
    return [name, *(None if place is None else parts[place] for place in places)]
