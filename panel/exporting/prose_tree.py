"""Markdown that people wrote as a tree of plain values, for a typesetter that never reads it as its own code.

Raw HTML is text, an image is its description, a link shows where it leads. A block or piece is a dict with a `kind`.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.dollarmath import dollarmath_plugin

from panel.exporting.formulas import formula

LONGEST = 20_000  # characters; longer texts are not parsed but shown as they are
DEEPEST = 16  # of what stands within each other; typesetters give up not far below
LONG_WORD = re.compile(r"\S{40}(?=\S)")

Tree = dict[str, Any]


def breakable(text: str) -> str:
    """The text with invisible places to break a line within words that no line would hold."""
    return LONG_WORD.sub(lambda found: found[0] + "\u200b", text)


def prose_tree(text: str) -> list[Tree]:
    """The blocks of a Markdown text."""
    if len(text) <= LONGEST:
        try:
            return _blocks(SyntaxTreeNode(_parser().parse(text)).children, DEEPEST)
        except RecursionError:  # marks within marks a thousand times over
            pass
    return [_paragraph([_text(text)])]


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    return parser.use(dollarmath_plugin, double_inline=True)


def _blocks(nodes: list[SyntaxTreeNode], left: int) -> list[Tree]:
    return [_block(each, left) for each in nodes]


def _block(node: SyntaxTreeNode, left: int) -> Tree:
    if left <= 0:
        return _paragraph([_text(_words(node))])
    return BLOCKS.get(node.type, _lines)(node, left)


def _lines(node: SyntaxTreeNode, left: int) -> Tree:
    return _paragraph(_inline(node, left))


def _heading(node: SyntaxTreeNode, left: int) -> Tree:
    return {"kind": "heading", "inside": _inline(node, left)}


def _code(node: SyntaxTreeNode, _: int) -> Tree:
    return {"kind": "code", "text": breakable(node.content.rstrip("\n")), "language": _language(node)}


def _quote(node: SyntaxTreeNode, left: int) -> Tree:
    return {"kind": "quote", "blocks": _blocks(node.children, left - 1)}


def _formula(node: SyntaxTreeNode, _: int) -> Tree:
    return {"kind": "formula", "tree": formula(node.content), "source": breakable(node.content.strip())}


def _table(node: SyntaxTreeNode, left: int) -> Tree:
    rows = [row.children for part in node.children for row in part.children]
    return {"kind": "table", "rows": [[_inline(cell, left) for cell in row] for row in rows]}


def _paragraph(inside: list[Tree]) -> Tree:
    return {"kind": "paragraph", "inside": inside}


def _rule(node: SyntaxTreeNode, _: int) -> Tree:
    return {"kind": "rule"}


def _list(node: SyntaxTreeNode, left: int) -> Tree:
    ordered = node.type == "ordered_list"
    start = int(node.attrs.get("start", 1)) if ordered else 0
    items = [_blocks(item.children, left - 1) for item in node.children]
    return {"kind": "list", "ordered": ordered, "start": start, "items": items}


def _language(node: SyntaxTreeNode) -> str:
    """What a fence says its code is written in."""
    named = node.info.split() if node.type == "fence" else []
    return named[0].lower() if named and re.fullmatch(r"[A-Za-z0-9+#-]{1,20}", named[0]) else ""


def _inline(node: SyntaxTreeNode, left: int) -> list[Tree]:
    """The pieces of a paragraph, heading or cell."""
    inside = [piece for child in node.children if child.type == "inline" for piece in child.children]
    return [_piece(each, left - 1) for each in inside]


def _piece(node: SyntaxTreeNode, left: int) -> Tree:
    if left <= 0:
        return _text(_words(node))
    return PIECES.get(node.type, _said)(node, left)


def _said(node: SyntaxTreeNode, _: int) -> Tree:
    return _text(node.content)


def _strong(node: SyntaxTreeNode, left: int) -> Tree:
    return {"kind": "strong", "inside": [_piece(each, left - 1) for each in node.children]}


def _emphasis(node: SyntaxTreeNode, left: int) -> Tree:
    return {"kind": "emphasis", "inside": [_piece(each, left - 1) for each in node.children]}


def _code_inside(node: SyntaxTreeNode, _: int) -> Tree:
    return {"kind": "code", "text": breakable(node.content)}


def _link(node: SyntaxTreeNode, left: int) -> Tree:
    to = str(node.attrs.get("href", ""))
    inside = [_piece(each, left - 1) for each in node.children]
    return {"kind": "link", "inside": inside, "to": "" if to == _words(node) else breakable(to)}


def _image(node: SyntaxTreeNode, _: int) -> Tree:
    return _text(f"[{_words(node) or 'image'}]")


def _space(node: SyntaxTreeNode, _: int) -> Tree:
    return _text(" ")


def _break(node: SyntaxTreeNode, _: int) -> Tree:
    return {"kind": "break"}


def _text(text: str) -> Tree:
    return {"kind": "text", "text": breakable(text)}


def _words(node: SyntaxTreeNode) -> str:
    """Everything that a node says, without its form."""
    own = "" if node.children or not node.token else node.content
    return own + "".join(_words(each) for each in node.children)


Reader = Callable[[SyntaxTreeNode, int], Tree]
BLOCKS: dict[str, Reader] = {
    "heading": _heading, "bullet_list": _list, "ordered_list": _list, "fence": _code, "code_block": _code,
    "blockquote": _quote, "math_block": _formula, "math_block_label": _formula, "table": _table, "hr": _rule,
}  # fmt: skip
PIECES: dict[str, Reader] = {
    "strong": _strong, "em": _emphasis, "s": _emphasis, "code_inline": _code_inside, "math_inline": _formula,
    "math_inline_double": _formula, "link": _link, "image": _image, "softbreak": _space, "hardbreak": _break,
}  # fmt: skip
