"""The figures of a comparison, drawn from plain rows. Every mark has its number in it or beside it.

A wide figure has names at the left; a narrow one, for phones, has each name above its marks.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from panel.exporting.drawing import Drawing, Ink, breadth, in_lines, shortened
from panel.exporting.short_names import short_names

WIDE, NARROW = 880.0, 358.0
NAMES = 216.0  # room for names at the left of a wide figure
EDGE = 12.0
LEVELS = 5


@dataclass(frozen=True)
class IntervalRow:
    """A candidate on the scale 1 to 5: fair average with its interval, and raw mean; None where there is none.

    `band` is what is written above the row where a band begins, empty within one.
    """

    name: str
    fair: float | None
    low: float | None
    high: float | None
    raw: float | None
    band: str = ""


@dataclass(frozen=True)
class Marks:
    """The levels of one name on one question, each as (level as shown, place among the five colours)."""

    name: str
    levels: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Shares:
    """How often an interviewer gave each of the five levels."""

    name: str
    counts: tuple[int, ...]


Shown = Callable[[float], str]


def intervals(rows: Sequence[IntervalRow], ink: Ink, *, shown: Shown, wide: bool = True) -> Drawing:
    """Dots with their intervals; the raw mean is a hollow dot. `shown` writes a number of the scale 1 to 5."""
    width = WIDE if wide else NARROW
    left = NAMES if wide else EDGE
    row, head = (30.0, 48.0) if wide else (48.0, 64.0)
    titles = sum(bool(each.band) for each in rows)
    height = head + row * len(rows) + 26 * titles + 12
    drawing = Drawing(width, height, ink, says="Fair averages with 95 % intervals beside raw means, by candidate")
    right = width - (120 if wide else EDGE + 8)

    def at(value: float) -> float:
        return left + (min(max(value, 0.8), 5.2) - 0.8) / 4.4 * (right - left)

    _key(drawing, EDGE, 18, wide)
    for level in range(1, LEVELS + 1):
        drawing.line(at(level), head - 8, at(level), height - 8, stroke=ink.line)
        drawing.text(at(level), head - 14, shown(level), fill=ink.quiet, anchor="middle", size=12)
    y = head
    for place, (each, name) in enumerate(zip(rows, _names([each.name for each in rows], wide), strict=True)):
        if each.band:
            if place:
                drawing.line(EDGE, y + 2, width - EDGE, y + 2, stroke=ink.quiet)
            drawing.text(EDGE, y + 18, shortened(each.band, width - 2 * EDGE), fill=ink.quiet, size=12)
            y += 26
        middle = y + (row / 2 if wide else row - 14)
        drawing.text(EDGE, middle + 4 if wide else y + 16, name, whole=each.name)
        _interval(drawing, each, middle, at, shown)
        if wide:
            drawing.text(right + 12, middle + 4, _numbers(each, shown), fill=ink.quiet, size=12)
        else:
            drawing.text(width - EDGE, y + 16, _numbers(each, shown), fill=ink.quiet, size=12, anchor="end")
        y += row
    return drawing


def _names(names: Sequence[str], wide: bool) -> list[str]:
    return short_names(names, NAMES - 28 if wide else NARROW - 150, breadth)


def _numbers(each: IntervalRow, shown: Shown) -> str:
    fair = "" if each.fair is None else shown(each.fair)
    raw = "no rating" if each.raw is None else f"raw {shown(each.raw)}"
    return f"{fair}  {raw}".strip()


def _key(drawing: Drawing, x: float, y: float, wide: bool) -> None:
    ink = drawing.ink
    drawing.dot(x + 6, y - 4, 4.5, fill=ink.accent)
    drawing.line(x, y - 4, x + 12, y - 4, stroke=ink.accent, width=2)
    words = "fair average, 95 % interval"
    drawing.text(x + 20, y, words, fill=ink.quiet, size=12)
    along = x + 20 + breadth(words) * 12 / 13
    drawing.dot(along + 12, y - 4, 7, fill=ink.quiet, hollow=True)
    drawing.text(along + 26, y, "raw mean", fill=ink.quiet, size=12)
    if wide:
        drawing.text(WIDE - EDGE, y, "on the scale of the ratings", fill=ink.quiet, size=12, anchor="end")


def _interval(drawing: Drawing, each: IntervalRow, y: float, at: Callable[[float], float], shown: Shown) -> None:
    ink = drawing.ink
    if each.low is not None and each.high is not None:
        drawing.line(at(each.low), y, at(each.high), y, stroke=ink.accent, width=2.5)
    if each.raw is not None:
        drawing.dot(at(each.raw), y, 7, fill=ink.quiet, hollow=True, whole=f"{each.name}: raw mean {shown(each.raw)}")
    if each.fair is not None and each.low is not None and each.high is not None:
        whole = f"{each.name}: fair average {shown(each.fair)}, between {shown(each.low)} and {shown(each.high)}"
        drawing.dot(at(each.fair), y, 4.5, fill=ink.accent, whole=whole)


def heatmap(
    names: Sequence[str], columns: Sequence[str], cells: Sequence[Sequence[float | None]], ink: Ink, *,
    shown: Shown, wide: bool = True,
) -> Drawing:  # fmt: skip
    """Names down, competencies across; each cell in the colour of its nearest level, its number in it."""
    width = WIDE if wide else NARROW
    left = NAMES if wide else EDGE
    column = min((width - left - EDGE) / max(len(columns), 1), 132.0)
    row, head = (34.0, 66.0) if wide else (52.0, 116.0)
    drawing = Drawing(width, head + row * len(names) + EDGE, ink, says="Score by candidate and competency")
    for place, each in enumerate(columns):
        x = left + column * place
        if wide:
            for number, part in enumerate(in_lines(each, column - 8, 3)):
                drawing.text(x + 4, 18 + 16 * number, part, fill=ink.quiet, size=12, whole=each)
        else:
            drawing.text(x + column / 2 + 4, head - 8, shortened(each, head), fill=ink.quiet, whole=each, turned=True)
    short = _names(names, wide)
    for number, name in enumerate(names):
        y = head + row * number
        drawing.text(EDGE, y + (21 if wide else 14), short[number], whole=name)
        for place, value in enumerate(cells[number]):
            x, top, tall = left + column * place + 2, y + (2 if wide else 20), row - (4 if wide else 24)
            if value is None:
                drawing.frame(x, top, column - 4, tall, stroke=ink.line)
                drawing.text(x + column / 2 - 2, top + tall / 2 + 5, "–", fill=ink.quiet, anchor="middle")
                continue
            colour = min(max(round(value) - 1, 0), LEVELS - 1)
            whole = f"{name}, {columns[place]}: {shown(value)}"
            drawing.box(x, top, column - 4, tall, fill=ink.levels[colour], whole=whole)
            drawing.text(
                x + column / 2 - 2, top + tall / 2 + 5, shown(value), fill=ink.on_levels[colour], anchor="middle",
                bold=True,
            )  # fmt: skip
    return drawing


def questions(panels: Sequence[tuple[str, Sequence[Marks]]], ink: Ink, *, wide: bool = True) -> Drawing:
    """A small panel for each question: every name with the levels it was given, each number at its place."""
    width = WIDE if wide else NARROW
    across = 3 if wide else 1
    room = (width - EDGE * (across + 1)) / across
    row, head = 22.0, 74.0
    lines = [panels[start : start + across] for start in range(0, len(panels), across)]
    heights = [head + row * max((len(marks) for _, marks in line), default=0) + 12 for line in lines]
    drawing = Drawing(width, sum(heights) + EDGE, ink, says="The levels given on each question, by candidate")
    y = EDGE
    for line, height in zip(lines, heights, strict=True):
        for place, (prompt, marks) in enumerate(line):
            x = EDGE + place * (room + EDGE)
            for number, part in enumerate(in_lines(prompt, room - 4, 2)):
                drawing.text(x, y + 12 + 16 * number, part, whole=prompt, bold=True)
            _panel(drawing, marks, x, y + head - 12, room, row)
        y += height
    return drawing


def _panel(drawing: Drawing, marks: Sequence[Marks], x: float, y: float, room: float, row: float) -> None:
    ink, names = drawing.ink, room * 0.44
    step = (room - names - 12) / (LEVELS - 1)
    for level in range(LEVELS):
        along = x + names + 4 + step * level
        drawing.line(along, y - 4, along, y + row * len(marks), stroke=ink.line)
        drawing.text(along, y - 8, f"{level + 1}", fill=ink.quiet, size=11, anchor="middle")
    short = short_names([each.name for each in marks], names - 12, breadth)
    for number, each in enumerate(marks):
        middle = y + row * number + row / 2
        drawing.text(x, middle + 4, short[number], size=12, whole=each.name)
        if not each.levels:
            drawing.text(x + names, middle + 4, "not rated", fill=ink.quiet, size=11)
        for place in range(LEVELS):
            there = [shown for shown, colour in each.levels if colour == place]
            if there:
                along = x + names + 4 + step * place
                whole = f"{each.name}: level {there[0]}, {len(there)} of {len(each.levels)} ratings"
                drawing.dot(along, middle, 8.5, fill=ink.levels[place], whole=whole)
                drawing.text(
                    along, middle + 4, there[0], fill=ink.on_levels[place], size=11, anchor="middle", bold=True,
                )  # fmt: skip
                if len(there) > 1:
                    drawing.text(along + 10, middle + 4, f"×{len(there)}", fill=ink.quiet, size=10)


def distribution(rows: Sequence[Shares], ink: Ink, *, wide: bool = True) -> Drawing:
    """The share of each level among an interviewer's ratings, one bar each, in the order given."""
    width = WIDE if wide else NARROW
    left = NAMES if wide else EDGE
    right = width - (116 if wide else EDGE)
    row, head = (34.0, 40.0) if wide else (52.0, 40.0)
    drawing = Drawing(width, head + row * len(rows) + EDGE, ink, says="How often each interviewer gave each level")
    along = left
    for level in range(LEVELS):
        drawing.box(along, 8, 18, 18, fill=ink.levels[level])
        drawing.text(along + 9, 22, f"{level + 1}", fill=ink.on_levels[level], anchor="middle", size=12, bold=True)
        along += 26
    drawing.text(along + 4, 22, "share of an interviewer's ratings", fill=ink.quiet, size=12)
    short = _names([each.name for each in rows], wide)
    for number, each in enumerate(rows):
        y = head + row * number
        total = sum(each.counts)
        behind = f"{total:,} rating{'' if total == 1 else 's'}"
        drawing.text(EDGE, y + (21 if wide else 14), short[number], whole=each.name)
        drawing.text(
            width - EDGE, y + (21 if wide else 14), behind, fill=ink.quiet, size=12, anchor="end",
        )  # fmt: skip
        x, top, tall = left, y + (4 if wide else 20), row - (8 if wide else 26)
        for level, count in enumerate(each.counts):
            broad = (right - left) * count / total if total else 0.0
            if not count:
                continue
            whole = f"{each.name}: level {level + 1}, {count} of {behind}"
            drawing.box(x, top, broad - 1, tall, fill=ink.levels[level], whole=whole)
            if broad >= 18:
                drawing.text(
                    x + broad / 2, top + tall / 2 + 5, f"{level + 1}", fill=ink.on_levels[level], anchor="middle",
                    bold=True,
                )  # fmt: skip
            x += broad
    return drawing
