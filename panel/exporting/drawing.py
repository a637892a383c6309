"""A drawing as SVG: few marks, text that is always text, and colours that are given. One drawing serves page and file.

Drawn here and not in the browser, so that a figure can be had on any machine, is the same for everybody, and is tested
without a browser.
"""

import unicodedata
from dataclasses import dataclass
from html import escape

FONT = "Inter, Noto Sans, Noto Sans CJK JP, Noto Sans JP, system-ui, sans-serif"
SIZE = 13  # pixels of a letter's height
UNIT = 7.4  # pixels that a letter of that size takes, about; one of an East Asian script takes two


@dataclass(frozen=True)
class Ink:
    """The colours of one theme; levels have theirs and nothing else has them."""

    page: str
    text: str
    quiet: str
    accent: str
    line: str
    levels: tuple[str, ...]
    on_levels: tuple[str, ...]


@dataclass(frozen=True)
class Spot:
    """A place that says more when it is pointed at."""

    x: float
    y: float
    width: float
    height: float
    says: str


class Drawing:
    """Marks from the upper left corner, in pixels."""

    def __init__(self, width: float, height: float, ink: Ink, *, says: str) -> None:
        """`says` is what the figure shows, for whoever does not see it."""
        self.width, self.height, self.ink, self.says = width, height, ink, says
        self._marks: list[str] = []
        self.spots: list[Spot] = []

    def text(
        self, x: float, y: float, words: str, *, fill: str = "", size: float = SIZE, anchor: str = "start",
        bold: bool = False, whole: str = "", turned: bool = False,
    ) -> None:  # fmt: skip
        """Words on the line `y`. `whole` is shown when pointed at; `turned` reads upwards."""
        if whole:
            long, tall = breadth(words), size + 4
            self.spots.append(
                Spot(x - size, y - long, tall, long, whole) if turned else Spot(x, y - size, long, tall, whole)
            )
        weight = ' font-weight="600"' if bold else ""
        turn = f' transform="rotate(-90 {x:g} {y:g})"' if turned else ""
        self._marks.append(
            f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{fill or self.ink.text}" text-anchor="{anchor}"'
            f"{weight}{turn}>{_title(whole)}{escape(printable(words))}</text>"
        )

    def line(self, x1: float, y1: float, x2: float, y2: float, *, stroke: str, width: float = 1) -> None:
        self._marks.append(
            f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="{stroke}" stroke-width="{width:g}"/>'
        )

    def box(
        self, x: float, y: float, width: float, height: float, *, fill: str, whole: str = "", veil: float = 1
    ) -> None:
        """`veil` is how much of the colour is seen, 0 to 1."""
        if whole:
            self.spots.append(Spot(x, y, width, height, whole))
        seen = f' fill-opacity="{veil:g}"' if veil < 1 else ""
        self._marks.append(
            f'<rect x="{x:g}" y="{y:g}" width="{max(width, 0):g}" height="{height:g}" fill="{fill}" rx="2"{seen}>'
            f"{_title(whole)}</rect>"
        )

    def frame(self, x: float, y: float, width: float, height: float, *, stroke: str) -> None:
        self._marks.append(
            f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" fill="none" stroke="{stroke}" rx="2" '
            'stroke-dasharray="3 3"/>'
        )

    def dot(self, x: float, y: float, radius: float, *, fill: str, hollow: bool = False, whole: str = "") -> None:
        if whole:
            self.spots.append(Spot(x - radius, y - radius, 2 * radius, 2 * radius, whole))
        paint = f'fill="none" stroke="{fill}" stroke-width="1.8"' if hollow else f'fill="{fill}"'
        self._marks.append(f'<circle cx="{x:g}" cy="{y:g}" r="{radius:g}" {paint}>{_title(whole)}</circle>')

    def svg(self) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width:g}" height="{self.height:g}" '
            f'viewBox="0 0 {self.width:g} {self.height:g}" font-family="{FONT}" role="img" '
            f'aria-label="{escape(printable(self.says))}">'
            f'<rect width="100%" height="100%" fill="{self.ink.page}"/>{"".join(self._marks)}</svg>'
        )


def _title(whole: str) -> str:
    return f"<title>{escape(printable(whole))}</title>" if whole else ""


def printable(words: str) -> str:
    """Without what XML cannot hold or what would turn the line about."""
    return "".join(each for each in words if unicodedata.category(each) not in {"Cc", "Cs", "Cn"} and each not in TURNS)


TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def breadth(words: str) -> float:
    """How wide words are at the usual size, about, in pixels."""
    return sum(UNIT * _units(each) for each in words)


def _units(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def shortened(words: str, room: float) -> str:
    """The words, or as many letters as there is room for and an ellipsis."""
    if breadth(words) <= room:
        return words
    kept = ""
    for letter in words:
        if breadth(kept + letter) > room - UNIT:
            break
        kept += letter
    return kept.rstrip() + "…"


def in_lines(words: str, room: float, most: int) -> list[str]:
    """The words in at most so many lines, the last one shortened."""
    lines: list[str] = []
    for word in words.split():
        if lines and breadth(f"{lines[-1]} {word}") <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    shown = lines[:most]
    if len(lines) > most:
        shown[-1] = shortened(" ".join(lines[most - 1 :]), room)
    return [shortened(each, room) for each in shown]
