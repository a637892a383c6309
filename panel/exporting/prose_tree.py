"""Markdown that people wrote as a tree of plain values, for a typesetter that never reads it as its own code.

Raw HTML is text, an image is its description, a link shows where it leads. A block or piece is a dict with a `kind`.
"""

import re
from functools import lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.dollarmath import dollarmath_plugin

from panel.exporting.formulas import formula

LONGEST = 20_000  # characters; longer texts are not parsed but shown as they are
DEEPEST = 16  # of what stands within each other; typesetters give up not far below
LONG_WORD = re.compile(r"\S{40}(?=\S)")
PIECES = {"strong": "strong", "em": "emphasis", "s": "emphasis"}

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
    match node.type:
        case "heading":
            return {"kind": "heading", "inside": _inline(node, left)}
        case "bullet_list" | "ordered_list":
            return _list(node, left)
        case "fence" | "code_block":
            return {"kind": "code", "text": breakable(node.content.rstrip("\n")), "language": _language(node)}
        case "blockquote":
            return {"kind": "quote", "blocks": _blocks(node.children, left - 1)}
        case "math_block" | "math_block_label":
            return {"kind": "formula", "tree": formula(node.content), "source": breakable(node.content.strip())}
        case "table":
            rows = [row.children for part in node.children for row in part.children]
            return {"kind": "table", "rows": [[_inline(cell, left) for cell in row] for row in rows]}
        case "hr":
            return {"kind": "rule"}
        case _:
            return _paragraph(_inline(node, left))


def _paragraph(inside: list[Tree]) -> Tree:
    return {"kind": "paragraph", "inside": inside}


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
    match node.type:
        case "strong" | "em" | "s":
            return {"kind": PIECES[node.type], "inside": [_piece(each, left - 1) for each in node.children]}
        case "code_inline":
            return {"kind": "code", "text": breakable(node.content)}
        case "math_inline" | "math_inline_double":
            return {"kind": "formula", "tree": formula(node.content), "source": breakable(node.content)}
        case "link":
            to = str(node.attrs.get("href", ""))
            inside = [_piece(each, left - 1) for each in node.children]
            return {"kind": "link", "inside": inside, "to": "" if to == _words(node) else breakable(to)}
        case "image":
            return _text(f"[{_words(node) or 'image'}]")
        case "softbreak":
            return _text(" ")
        case "hardbreak":
            return {"kind": "break"}
        case _:
            return _text(node.content)


def _text(text: str) -> Tree:
    return {"kind": "text", "text": breakable(text)}


def _words(node: SyntaxTreeNode) -> str:
    """Everything that a node says, without its form."""
    own = "" if node.children or not node.token else node.content
    return own + "".join(_words(each) for each in node.children)
