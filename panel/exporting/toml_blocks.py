"""A file of the question bank as the pieces a person sees in it, so that one is changed and the others stay as written.

A block is one `[[questions]]` with the comments right above it. `tail` holds the blank lines and comments behind a
block, which belong to no question.
"""

import re
import tomllib
from dataclasses import dataclass

HEADER = re.compile(r"^[ \t]*\[\[[ \t]*questions[ \t]*\]\][ \t]*(?:#.*)?\r?$", re.MULTILINE)


@dataclass
class Block:
    """`text` and `tail` together are what stands in the file; `key` is empty where no question begins."""

    text: str
    tail: str
    key: str = ""

    @property
    def whole(self) -> str:
        return self.text + self.tail


def blocks_of(text: str) -> list[Block]:
    """The file in pieces that add up to it: what stands before the first question, then a block for each."""
    starts = [0]
    for found in HEADER.finditer(text):
        if is_toml(text[starts[-1] : found.start()]):  # else it stands within a text of several lines
            starts.append(_with_comments_above(text, starts[-1], found.start()))
    pieces = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    return [_block(piece) for piece in pieces]


def is_toml(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _with_comments_above(text: str, floor: int, start: int) -> int:
    """Where the comment lines begin that stand right above a header; the header itself where there are none."""
    lines = text[floor:start].splitlines(keepends=True)
    above = 0
    while lines and lines[-1].lstrip().startswith("#"):
        above += len(lines.pop())
    return start - above if is_toml(text[floor : start - above]) else start  # a text may end with such a line


def _block(piece: str) -> Block:
    lines = piece.splitlines(keepends=True)
    tail = ""
    while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        tail = lines.pop() + tail
    text = "".join(lines)
    if not is_toml(text):
        text, tail = piece, ""
    questions = tomllib.loads(text).get("questions")
    key = questions[0].get("key") if isinstance(questions, list) and HEADER.search(text) else ""
    return Block(text, tail, str(key or ""))
