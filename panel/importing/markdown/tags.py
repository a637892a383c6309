"""HTML tags in the text of a prompt: those that only dress it go, those that it speaks of stay."""

import re
from collections.abc import Sequence

NAMES = "a b big br center code del details div em font i img ins kbd mark p s small span strong sub summary sup u"
DRESSING = frozenset(NAMES.split())
VOID = frozenset({"br", "img"})
TAG = re.compile(r"<(?P<closes>/?)(?P<name>[a-z][a-z0-9-]*)(?P<attributes>\s[^<>]*?)?\s*/?>", re.IGNORECASE)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
CODE_OR_TAG = re.compile(rf"(`[^`\n]*`|{COMMENT.pattern}|<[^<>\n]*>)", re.DOTALL)


def undressed(text: str) -> str:
    """The text without the tags that dress it; code in ticks keeps what looks like a tag."""
    pieces = CODE_OR_TAG.split(text)
    dress = dressing_in(pieces)
    return "".join(instead(piece) if at in dress else piece for at, piece in enumerate(pieces))


def dressing_in(pieces: Sequence[str]) -> set[int]:
    """The indices of the pieces that are nothing but dress: comments, images, breaks, and decorative tags.

    A decorative tag without attributes that is opened within the text and never closed is what the text is about:
    `What does <div> do?`
    """
    found: set[int] = set()
    open_tags: list[tuple[str, int]] = []
    for at, piece in enumerate(pieces):
        tag = TAG.fullmatch(piece)
        name = tag["name"].lower() if tag else ""
        if COMMENT.fullmatch(piece):
            found.add(at)
        elif tag is None or name not in DRESSING:
            continue
        elif tag["closes"]:
            opened = next((each for each in reversed(open_tags) if each[0] == name), None)
            if opened:
                open_tags.remove(opened)
                found.add(opened[1])
            found.add(at)
        elif name == "br" or "=" in (tag["attributes"] or "") or _opens_the_text(pieces, at):
            found.add(at)
        elif name not in VOID:
            open_tags.append((name, at))
    return found


def instead(dress: str) -> str:
    """What stands in the place of a tag that is taken out."""
    return " " if dress.lower().startswith("<br") else ""


def _opens_the_text(pieces: Sequence[str], at: int) -> bool:
    """Whether a tag stands at the beginning and no blank after it: `<b>What is rye?` goes on in another line."""
    return not "".join(pieces[:at]).strip() and not "".join(pieces[at + 1 :])[:1].isspace()
