"""`<details>` with a `<summary>`: what folds away. CommonMark hands them over as raw HTML, often in pieces."""

import re
from dataclasses import dataclass

from panel.importing.markdown.blocks import Document
from panel.importing.markdown.tags import undressed
from panel.importing.wording import announces_an_answer

TAG = re.compile(r"<(/?)(details|summary)\b[^>]*>", re.IGNORECASE)
ANY_TAG = re.compile(r"</?[a-z][a-z0-9-]*(?:\s[^<>]*)?/?>", re.IGNORECASE)


@dataclass(frozen=True)
class Fold:
    """Lines from 0; `end` is the line of `</details>`. `summary` is source, `rest` what follows it on its last line."""

    start: int
    summary_end: int
    end: int
    summary: str
    rest: str

    @property
    def hides_an_answer(self) -> bool:
        """Whether its summary only says that an answer is folded away."""
        return announces_an_answer(without_tags(self.summary))


def without_tags(text: str) -> str:
    """The text between HTML tags; code in ticks keeps what looks like a tag."""
    parts = re.split(r"(`[^`\n]*`)", text)
    return "".join(part if at % 2 else ANY_TAG.sub("", part) for at, part in enumerate(parts)).strip()


def folds_of(document: Document) -> list[Fold]:
    """The outermost folds of a document, in order; one that is never closed ends where the next begins."""
    tags = [
        (number, match)
        for number, line in enumerate(document.lines)
        if "<" in line and number not in document.code
        for match in TAG.finditer(line)
    ]
    found: list[Fold] = []
    depth = 0
    start: tuple[int, int] | None = None  # where the summary begins: line and column
    opened: Fold | None = None
    for number, match in tags:
        closes, name = bool(match[1]), match[2].lower()
        if name == "details":
            depth = max(depth + (-1 if closes else 1), 0)
            if closes and depth == 0 and opened:
                found.append(opened_until(opened, number))
                opened = None
        elif not closes and (depth <= 1 or opened is None):
            start = (number, match.end())
        elif closes and start and depth <= 1:
            if opened:
                found.append(opened_until(opened, start[0]))
            opened = _summary(document, start, number, match)
            start = None
    if opened:
        found.append(opened_until(opened, len(document.lines)))
    return found


def opened_until(fold: Fold, end: int) -> Fold:
    return Fold(fold.start, fold.summary_end, max(end, fold.summary_end), fold.summary, fold.rest)


def _summary(document: Document, start: tuple[int, int], end: int, closing: re.Match[str]) -> Fold:
    line, column = start
    lines = document.lines[line : end + 1]
    lines[-1] = lines[-1][: closing.start()]
    lines[0] = lines[0][column:]
    rest = undressed(document.lines[end][closing.end() :]).strip()
    return Fold(line, end + 1, end + 1, "\n".join(lines), rest)
