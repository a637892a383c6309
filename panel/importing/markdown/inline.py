"""Inline Markdown -> plain text for prompts, with what stood around it: a bold beginning, links, the rest of a line."""

import re
from dataclasses import dataclass

from markdown_it.token import Token

from panel.importing.markdown.blocks import Document
from panel.importing.markdown.tags import dressing_in, instead

# A link whose text is only a sign or says where it leads: `[src]`, `[[Answer]]`, `[↑]`, `[link]`, `[1]`.
SIGN = re.compile(
    r"^[\[\](){}\s]*(?:src|sources?|refs?|references?|links?|answers?|solutions?|here|read more|more|details?|"
    r"video|docs?|article|back|top|toc|\d{1,3})?\s*\d*[\[\](){}\s]*$|^\W*$",
    re.IGNORECASE,
)
GONE = "\x00"  # stands where a link was that is only a sign, until the brackets around it are gone too
BRACKETS_GONE = re.compile(rf"\s*[\[(]?[\s,;|/]*{GONE}[\s,;|/{GONE}]*[\])]?")
MATH = {"math_inline": "$", "math_inline_double": "$$"}


@dataclass(frozen=True)
class Line:
    """The first line (up to a hard or soft break) of a text, and how it is dressed.

    `bold` is its bold beginning, `rest` what follows the bold on the same line; `links` are the addresses it leads to;
    `all_link` is true when it is one link and nothing else; `local` when all its links stay in the document.
    """

    text: str
    bold: str = ""
    rest: str = ""
    links: tuple[str, ...] = ()
    all_link: bool = False
    local: bool = False
    image: bool = False


def plain(document: Document, content: str) -> str:
    """The text without markup: link texts stay, images and tags that only dress it go, code keeps its ticks and LaTeX
    its dollars.
    """
    return _joined(_undressed(document.inline(content)))[0]


def first_line(document: Document, content: str) -> Line:
    """The first line of a paragraph as a reader sees it."""
    return line_of(document, content.split("\n", 1)[0])


def line_of(document: Document, content: str) -> Line:
    inline = document.inline(content)
    tokens = _undressed(inline)
    text, links = _joined(tokens)
    bold, rest = _bold_beginning(tokens)
    return Line(
        text=text,
        bold=bold,
        rest=rest,
        links=tuple(link for link in links if not link.startswith("#")),
        all_link=_is_one_link(tokens),
        local=bool(links) and all(link.startswith("#") for link in links),
        image=any(token.type == "image" for token in inline) or "<img" in content,
    )


def _undressed(tokens: list[Token]) -> list[Token]:
    """The tokens without the HTML tags that only dress the text; a break is a blank."""
    dress = dressing_in([token.content if token.type in {"html_inline", "text"} else "" for token in tokens])
    return [
        Token("text", "", 0, content=instead(token.content)) if at in dress else token
        for at, token in enumerate(tokens)
    ]


def _joined(tokens: list[Token]) -> tuple[str, list[str]]:
    """Plain text and the addresses of its links. A link that is only a sign gives its address and no text."""
    parts: list[str] = []
    links: list[str] = []
    link_start: int | None = None
    for token in tokens:
        if token.type == "link_open":
            links.append(str(token.attrs.get("href", "")))
            link_start = len(parts)
        elif token.type == "link_close" and link_start is not None:
            if SIGN.match("".join(parts[link_start:])):
                parts[link_start:] = [GONE]
            link_start = None
        else:
            parts.append(_text(token))
    text = BRACKETS_GONE.sub(" ", "".join(parts))
    return re.sub(r"[^\S\n]+", " ", text).strip(), [link for link in links if link]


def _text(token: Token) -> str:
    if token.type == "code_inline":
        return f"{token.markup}{token.content}{token.markup}"
    if token.type in MATH:
        return f"{MATH[token.type]}{token.content}{MATH[token.type]}"
    if token.type in {"softbreak", "hardbreak"}:
        return "\n"
    return token.content if token.type in {"text", "text_special", "html_inline"} else ""


def _bold_beginning(tokens: list[Token]) -> tuple[str, str]:
    """The bold text that opens a line and the text after it; both empty when the line does not open in bold."""
    opened = next((at for at, token in enumerate(tokens) if token.type == "strong_open"), None)
    if opened is None or _joined(tokens[:opened])[0].strip("> 👉✅🔹-–•"):
        return "", ""
    depth, at = 0, opened
    for at in range(opened, len(tokens)):
        depth += (tokens[at].type == "strong_open") - (tokens[at].type == "strong_close")
        if depth == 0:
            break
    return _joined(tokens[opened : at + 1])[0], _joined(tokens[at + 1 :])[0]


def _is_one_link(tokens: list[Token]) -> bool:
    """Whether the text is a single link, perhaps in bold, with nothing that matters beside it."""
    depth, inside, outside, count = 0, "", "", 0
    for token in tokens:
        depth += (token.type == "link_open") - (token.type == "link_close")
        count += token.type == "link_open"
        if depth:
            inside += _text(token)
        else:
            outside += _text(token)
    return (
        count == 1
        and bool(inside.strip())
        and not SIGN.match(inside)
        and not outside.strip("*_ .|-–:[]()0123456789✅☑")
    )
