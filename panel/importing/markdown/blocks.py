"""Markdown source -> a tree of blocks with their lines, on markdown-it's tokens; inline text only when asked for."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.common.utils import isStrSpace
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

Kind = Literal["heading", "paragraph", "list", "item", "quote", "code", "table", "row", "html", "rule", "math", "front"]
KINDS: dict[str, Kind] = {
    "heading_open": "heading",
    "paragraph_open": "paragraph",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "list_item_open": "item",
    "blockquote_open": "quote",
    "fence": "code",
    "code_block": "code",
    "table_open": "table",
    "tr_open": "row",
    "html_block": "html",
    "hr": "rule",
    "math_block": "math",
    "front_matter": "front",
}
DEEPEST = 40  # lists and quotes nested deeper are not told apart
# Inline text beyond these is taken as plain: the time of its parsing grows with their square.
LONGEST = 6_000  # characters
MOST_SIGNS = 400


@dataclass
class Block:
    """One block. `start` and `end` are lines from 0, `end` exclusive. `level` is a heading's, `depth` counts lists.

    `content` is inline source (headings, paragraphs), raw text (code, html) or empty; a row's cells are its `cells`.
    """

    kind: Kind
    start: int
    end: int
    level: int = 0
    depth: int = 0
    ordered: bool = False
    number: int | None = None
    content: str = ""
    cells: list[str] = field(default_factory=list)
    children: list["Block"] = field(default_factory=list)

    def walk(self) -> Iterator["Block"]:
        """This block and all below it, in the order of the document."""
        waiting = [self]
        while waiting:
            block = waiting.pop()
            yield block
            waiting += reversed(block.children)


class Document:
    """One parsed document: its lines, its blocks, the numbers of its lines of code and formulas, and the inline tokens
    of any text in it (link references resolved).
    """

    def __init__(self, source: str) -> None:
        self.lines = source.split("\n")
        self._parser = _parser()
        self._references: dict[str, object] = {}
        self.blocks = _tree(self._parser.parse(source, self._references))
        self.code = {
            line for block in self.walk() if block.kind in {"code", "math"} for line in range(block.start, block.end)
        }

    def walk(self) -> Iterator[Block]:
        for block in self.blocks:
            yield from block.walk()

    def inline(self, content: str) -> list[Token]:
        """The inline tokens of a text; a very long or cluttered one stays one piece of plain text."""
        tokens: list[Token] = []
        if len(content) > LONGEST or sum(map(content.count, "[*_`<$")) > MOST_SIGNS:
            tokens.append(Token("text", "", 0, content=content))
        else:
            self._parser.inline.parse(content, self._parser, self._references, tokens)
        return tokens


def _parser() -> MarkdownIt:
    """CommonMark with tables, front matter, dollar math, and headings that lack the space after their signs."""
    made = MarkdownIt("commonmark", {"maxNesting": 2 * DEEPEST}).enable("table")
    made.use(front_matter_plugin).use(
        dollarmath_plugin, allow_labels=False, allow_space=False, allow_digits=False, double_inline=True
    )
    made.block.ruler.before(
        "heading", "tight_heading", _tight_heading, {"alt": ["paragraph", "reference", "blockquote"]}
    )
    made.core.ruler.enableOnly(["normalize", "block"])
    return made


def _tree(tokens: list[Token]) -> list[Block]:
    root = Block("quote", 0, 0)
    path = [root]
    for token in tokens:
        if token.type in KINDS:
            block = _block(token, path)
            path[-1].children.append(block)
            if token.nesting == 1:
                path.append(block)
        elif (
            token.nesting == -1 and len(path) > 1 and KINDS.get(token.type.replace("_close", "_open")) == path[-1].kind
        ):
            path.pop()
        elif token.type == "inline":
            _put_inline(path[-1], token)
    return root.children


def _block(token: Token, path: list[Block]) -> Block:
    start, end = token.map or [path[-1].start, path[-1].end]
    block = Block(KINDS[token.type], start, end)
    block.depth = path[-1].depth
    if block.kind == "heading":
        block.level = int(token.tag[1:])
    elif block.kind == "list":
        block.ordered = token.type.startswith("ordered")
        block.depth += 1
    elif block.kind == "item":
        block.ordered = path[-1].ordered
        block.number = int(token.info) if token.info.isdigit() else None
    elif block.kind in {"html", "code", "math"}:
        block.content = token.content
    return block


def _put_inline(block: Block, token: Token) -> None:
    if block.kind == "row":
        block.cells.append(token.content)
    elif not block.content:
        block.content = token.content


def _tight_heading(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`##Title`, as older Markdown and GitHub once took it; one sign alone may be a hashtag and is none."""
    if state.is_code_block(start):
        return False
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    title = line.lstrip("#")
    level = len(line) - len(title)
    if not 2 <= level <= 6 or not title or isStrSpace(title[0]) or title[0] in "!#":
        return False
    if silent:
        return True
    state.line = start + 1
    state.push("heading_open", f"h{level}", 1).map = [start, start + 1]
    inline = state.push("inline", "", 0)
    inline.map, inline.content = [start, start + 1], title.rstrip("# ").strip()
    state.push("heading_close", f"h{level}", -1)
    return True
