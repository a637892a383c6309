"""Markdown that people wrote, made safe to show: code and LaTeX stay, raw HTML becomes text, images become links.

Only what stands outside code and formulas is changed, so it is parsed rather than searched.
"""

import re
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

JOINER = "\u2060"  # invisible; keeps Streamlit from reading a word between colons as an icon, colour or emoji
# A colon that would begin an icon, an emoji or a directive with a label or attributes, and rows of colons. A backslash
# keeps the directive parser away, the joiner the look for icons that comes after it.
NAMED = rf"(?!{JOINER})(?=[^\s!-*,./:-@\[-^`{{-~]+[:\[{{]|(?:material|streamlit)/)"
DIRECTIVE = re.compile(rf"(?<!\\)(?P<kept>(?:\\\\)*)(?:\\?:{NAMED}|(?P<row>::+)(?=[^\s:]))")
ROUNDS = 4  # times that a text is parsed before it is escaped as a whole
LONGEST = 20_000  # of an answer; longer texts are not parsed but shown as they are, escaped

Edit = tuple[int, int, str]  # start, end, what stands there instead


def safe(text: str) -> str:
    """The same Markdown, without anything that a page would run, fetch or mistake for its own icons."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")  # as the parser reads it
    return _safe(plain) if len(plain) <= LONGEST else _without_parsing(plain)


@lru_cache(maxsize=2_000)
def _safe(text: str) -> str:
    """What stood within a tag is Markdown once the tag is text, so it is parsed again until nothing is left to mend."""
    for _ in range(ROUNDS):
        mended = _mended(text)
        if mended == text:
            return text
        text = mended
    return _without_parsing(text)


def _without_parsing(text: str) -> str:
    """Safe too, but code that holds such signs shows them changed."""
    return DIRECTIVE.sub(_as_text, _escaped(text).replace("![", "["))


def _as_text(found: re.Match[str]) -> str:
    return found["kept"] + rf"\:{JOINER}" * len(found["row"] or ":")


def _mended(text: str) -> str:
    lines = text.split("\n")
    for token in _parser().parse(text):
        if token.map is None:
            continue
        start, end = token.map
        if token.type == "html_block":
            lines[start:end] = [_escaped(line) for line in lines[start:end]]
        elif token.type == "inline":
            _edit_block(lines, start, end, token)
    return "\n".join(lines)


def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable("table").use(dollarmath_plugin, double_inline=True)


def _escaped(text: str) -> str:
    return text.replace("<", "&lt;")


def _edit_block(lines: list[str], start: int, end: int, inline: Token) -> None:
    """Edit the source lines of one paragraph, heading or cell where its inline tokens say so."""
    source = "\n".join(lines[start:end])
    edits = _edits(source, inline.children or [])
    for begin, stop, instead in sorted(edits, reverse=True):
        source = source[:begin] + instead + source[stop:]
    lines[start:end] = source.split("\n")


def _edits(source: str, children: list[Token]) -> list[Edit]:
    edits: list[Edit] = []
    free = 0  # where the text begins that no token has claimed yet
    for child in children:
        if child.type in {"code_inline", "math_inline", "math_inline_double"}:
            begin, stop = _span_of(source, child, free)
        elif child.type == "html_inline":
            begin = source.find(child.content, free)
            stop = begin + len(child.content)
            if begin < 0:
                return [(0, len(source), _without_parsing(source))]
            edits.append((begin, stop, _escaped(child.content)))
        elif child.type == "image":
            begin = source.find("![", free)
            stop = begin + 2
            if begin < 0:
                return [(0, len(source), _without_parsing(source))]
            edits.append((begin, stop, "[" if child.content else "[image"))
        else:
            continue
        if begin >= 0:
            edits += _directives(source, free, begin)
            free = stop
    return edits + _directives(source, free, len(source))


def _span_of(source: str, token: Token, start: int) -> tuple[int, int]:
    """Where a piece of code or a formula stands, its marks included; (-1, -1) when it is not found.

    The parser gives its text without line ends and outer blanks, and without what marks a list or a quotation.
    """
    mark, flat = token.markup, source.replace("\n", " ")
    for whole in (f"{mark}{token.content}{mark}", f"{mark} {token.content} {mark}"):
        begin = flat.find(whole.replace("\n", " "), start)
        if begin >= 0:
            return begin, begin + len(whole)
    begin = source.find(mark, start)
    close = source.find(mark, begin + len(mark))
    return (begin, close + len(mark)) if begin >= 0 and close >= 0 else (-1, -1)


def _directives(source: str, start: int, end: int) -> list[Edit]:
    return [(each.start(), each.end(), _as_text(each)) for each in DIRECTIVE.finditer(source, start, end)]
