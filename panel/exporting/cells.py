"""Text for spreadsheet cells and back: what would start a formula is marked as text, and lists stand line by line."""

import json
import re
from collections.abc import Iterable

QUESTION_COLUMNS = (
    "category", "question", "answer", "follow-ups", "strong signs", "weak signs", "anchors", "competency",
    "difficulty", "minutes", "tags", "state", "leaked on", "leak", "source", "key",
)  # fmt: skip
MOST_LEVELS = 7
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # some spreadsheets take the wide ones too


# Where the list separator is a semicolon, a cell with line ends falls apart: each piece would be a cell of its own.
PIECES = re.compile(r"([\n;\t])")
RUNS_INSIDE = re.compile(r"[ ']*(?:[=@\uff1d\uff20]|[+\-\uff0b\uff0d](?=\S))")  # "- item" is a list, not a formula


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it, or where it has one already; the same
    for a line, or a part after a semicolon, inside it.

    Source: OWASP, "CSV Injection".
    """
    first, *rest = PIECES.split(text)
    inside = (f"'{each}" if RUNS_INSIDE.match(each) else each for each in rest)
    starts = text.lstrip(" '\n").startswith(STARTS_A_FORMULA)
    return ("'" if starts else "") + first + "".join(inside)


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    first, *rest = PIECES.split(text)
    inside = "".join(each[1:] if each.startswith("'") and RUNS_INSIDE.match(each[1:]) else each for each in rest)
    bare = [start + inside for start in (first.removeprefix("'"), first)]
    return next((each for each in bare if guarded(each) == text), text)


def list_cell(entries: Iterable[str], between: str = "\n") -> str:
    """Entries in one cell, parted by `between`; as a JSON list where an entry holds that itself."""
    texts = list(entries)
    joined = between.join(texts)
    return joined if entries_of(joined, between) == tuple(texts) else json.dumps(texts, ensure_ascii=False)


def entries_of(cell: str, between: str = "\n") -> tuple[str, ...]:
    """What `list_cell` was given; blank lines, which people leave in a cell, are no entries."""
    if cell.startswith("["):
        try:
            loaded = json.loads(cell)
        except (ValueError, RecursionError):
            loaded = None
        if isinstance(loaded, list) and all(isinstance(each, str) for each in loaded):
            return tuple(loaded)
    return tuple(text for each in cell.split(between.strip(" ")) if (text := each.strip()))


def anchors_cell(anchors: Iterable[str]) -> str:
    """Anchors with the number of their level, those without a text too: `1: Names one cause.`"""
    return list_cell(f"{level}: {text}".rstrip() for level, text in enumerate(anchors, start=1))


def anchors_of(cell: str) -> tuple[str, ...]:
    """What `anchors_cell` was given; of a line without a number, its place is the level."""
    texts: dict[int, str] = {}
    for place, each in enumerate(entries_of(cell), start=1):
        number, colon, text = each.partition(":")
        numbered = bool(colon) and number.strip().isdecimal()
        texts[int(number) if numbered else place] = text.strip() if numbered else each
    last = max(texts, default=0)
    return tuple(texts.get(level, "") for level in range(1, last + 1)) if last <= MOST_LEVELS else ()
