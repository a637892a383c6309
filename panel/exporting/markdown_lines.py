"""Pieces of Markdown that show what people typed as it is."""

import re

# Signs that enclose something anywhere, formulas included, and those that mean something where a line begins.
SIGNS = re.compile(r"[\\`*_\[\]<|~$]|&(?=[a-zA-Z#])|^[#+\->=:]")
NUMBERED = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")


def plain(text: str) -> str:
    """One line that shows the text as it is: no formatting, link, formula or HTML survives."""
    line = " ".join(text.split())
    return NUMBERED.sub(r"\1\\\2", SIGNS.sub(r"\\\g<0>", line))


def bullets(lines: list[str] | tuple[str, ...], mark: str = "-") -> str:
    """A list of plain lines; nothing where there is none."""
    return "\n".join(f"{mark} {plain(each)}" for each in lines)


def quoted(text: str) -> str:
    """Markdown that stays within itself: its headings and rules are not those of the document around it."""
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())
