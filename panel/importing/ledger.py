"""What became of every line of a document, so that no line is lost without a word.

A reader claims lines for questions and categories, passes over the few kinds that need no mention, and sets the
others aside with a reason. What nobody claimed becomes a problem too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from panel.importing.found import Problem

Silent = Literal["rule", "contents", "comment", "front matter", "back to top", "break", "fold", "placeholder"]
QUOTED = 300  # characters of a passage that its problem shows
UNPLACED = "It belongs to no question that was found."


@dataclass(frozen=True)
class _Fate:
    kind: Literal["used", "silent", "aside", "left out"]
    reason: str = ""
    category: str = ""
    group: int = 0


class Ledger:
    """One fate for each line; lines are counted from 0 here and from 1 in problems. A later claim replaces an earlier.

    `aside` keeps passages apart by reason and category; with `alone` a passage is a problem of its own.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._fates: list[_Fate | None] = [None] * len(lines)
        self._groups = 0

    def use(self, start: int, end: int) -> None:
        self._put(start, end, _Fate("used"))

    def silence(self, start: int, end: int, kind: Silent) -> None:
        self._put(start, end, _Fate("silent", kind))

    def aside(self, start: int, end: int, reason: str, category: str = "", *, alone: bool = False) -> None:
        self._groups += alone
        self._put(start, end, _Fate("aside", reason, category, self._groups if alone else 0))

    def leave_out(self, start: int, end: int, reason: str) -> None:
        """Set aside what may stand in no answer, wherever it is found."""
        self._put(start, end, _Fate("left out", reason))

    def aside_free(self, start: int, end: int, reason: str, category: str = "") -> None:
        """Set aside those lines that have no fate yet."""
        for line in range(start, min(end, len(self._fates))):
            if self._fates[line] is None:
                self._fates[line] = _Fate("aside", reason, category)

    def is_free(self, line: int) -> bool:
        return self._fates[line] is None

    def is_for_no_answer(self, line: int) -> bool:
        """Whether a line is silent or left out, and so belongs to no answer that surrounds it."""
        fate = self._fates[line]
        return fate is not None and fate.kind in {"silent", "left out"}

    def problems(self) -> list[Problem]:
        """The passages set aside, in order. Blank and silent lines do not part a passage; used lines do."""
        found: list[tuple[int, list[str], _Fate]] = []
        open_fate: _Fate | None = None
        for number, line in enumerate(self._lines):
            fate = self._fates[number] or _Fate("aside", UNPLACED)
            if not line.strip() or fate.kind == "silent":
                continue
            if fate.kind == "used":
                open_fate = None
                continue
            if fate != open_fate:
                found.append((number + 1, [], fate))
                open_fate = fate
            if len(found[-1][1]) < QUOTED:  # as many lines as could ever be quoted
                found[-1][1].append(line.strip())
        return [Problem(line, quoted("\n".join(text)), fate.reason, fate.category) for line, text, fate in found]

    def _put(self, start: int, end: int, fate: _Fate) -> None:
        for line in range(max(start, 0), min(end, len(self._fates))):
            self._fates[line] = fate


def quoted(text: str) -> str:
    """The start of a passage, as a problem shows it."""
    text = text.strip()
    return text if len(text) <= QUOTED else text[: QUOTED - 1].rstrip() + "…"
