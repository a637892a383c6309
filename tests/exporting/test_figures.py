"""Figures drawn without a browser: every mark has its number, long and hostile names, PNG and CSV."""

import csv
import io
import struct
from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from panel.exporting import figures
from panel.exporting.drawing import Drawing, Ink, breadth, in_lines, printable, shortened
from panel.exporting.figure_data import figure_csv
from panel.exporting.figures import IntervalRow, Marks, Shares
from panel.exporting.short_names import short_names
from panel.exporting.typesetting import set_png

INK = Ink(
    "#FFFFFF", "#111111", "#555555", "#0F5C66", "#DDDDDD", tuple(f"#A{each}0000" for each in "12345"), ("#FFFFFF",) * 5
)
SVG = "{http://www.w3.org/2000/svg}"
LONG = "Wolfeschlegelsteinhausenbergerdorff Hubert Blaine"
HOSTILE = '</text><script>alert(1)</script>&"'


def shown(value: float) -> str:
    return f"{value:.1f}"


def texts(drawing: Drawing) -> list[str]:
    return ["".join(each.itertext()) for each in ElementTree.fromstring(drawing.svg()).iter(f"{SVG}text")]


def rows(*names: str) -> list[IntervalRow]:
    return [
        IntervalRow(name, 3.4, 2.9, 3.9, 3.7, "Highest band" if not place else "") for place, name in enumerate(names)
    ]


EVERY: dict[str, Callable[[str, bool], Drawing]] = {
    "intervals": lambda name, wide: figures.intervals(rows(name), INK, shown=shown, wide=wide),
    "heatmap": lambda name, wide: figures.heatmap([name], [name, "B"], [[4.6, None]], INK, shown=shown, wide=wide),
    "questions": lambda name, wide: figures.questions([(name, [Marks(name, (("4", 3),))])], INK, wide=wide),
    "distribution": lambda name, wide: figures.distribution([Shares(name, (0, 1, 2, 0, 0))], INK, wide=wide),
}
FIGURES = pytest.mark.parametrize("figure", EVERY)
WIDTHS = pytest.mark.parametrize("wide", [True, False], ids=["wide", "narrow"])


@FIGURES
@WIDTHS
def test_names_are_text_and_whole_where_they_are_pointed_at(figure: str, wide: bool) -> None:
    for name in (LONG, HOSTILE, "欧阳娜娜 司马相如 诸葛孔明 上官婉儿 慕容复 独孤求败 南宫问天"):
        drawing = EVERY[figure](name, wide)
        tree = ElementTree.fromstring(drawing.svg())
        assert not tree.findall(f".//{SVG}script")
        assert name in [each.says for each in drawing.spots]
        assert drawing.width == (figures.WIDE if wide else figures.NARROW)
        assert all(each.x >= 0 and each.x + each.width <= drawing.width + 60 for each in drawing.spots)


@WIDTHS
def test_an_interval_has_its_numbers_beside_it(wide: bool) -> None:
    others = [IntervalRow("Bo", None, None, None, 2.0), IntervalRow("Cy", None, None, None, None)]
    drawing = figures.intervals([*rows("Ana"), *others], INK, shown=shown, wide=wide)
    said = texts(drawing)
    for words in ("Highest band", "3.4  raw 3.7", "raw 2.0", "no rating"):
        assert words in said
    tree = ElementTree.fromstring(drawing.svg())
    hollow = [each for each in tree.iter(f"{SVG}circle") if each.get("fill") == "none"]
    assert len(hollow) == 3  # the key's, Ana's and Bo's


@WIDTHS
def test_a_cell_has_its_number_and_the_colour_of_its_level_and_none_where_nothing_was_assessed(wide: bool) -> None:
    drawing = figures.heatmap(["Ana"], ["A", "B", "C"], [[4.6, None, 1.2]], INK, shown=shown, wide=wide)
    tree = ElementTree.fromstring(drawing.svg())
    fills = [each.get("fill") for each in tree.iter(f"{SVG}rect")]
    assert (fills.count("#A50000"), fills.count("#A10000")) == (1, 1)
    assert {"4.6", "–", "1.2"} <= set(texts(drawing))


def test_a_question_shows_each_level_with_its_number_and_how_often() -> None:
    marks = [Marks("Ana", (("4", 3), ("4", 3), ("2", 1))), Marks("Bo", ())]
    said = texts(figures.questions([("Why?", marks)], INK))
    assert said.count("4") == 2  # the axis and the mark
    assert {"×2", "not rated"} <= set(said)


def test_shares_fill_the_bar_and_small_ones_have_no_number() -> None:
    drawing = figures.distribution([Shares("Ana", (1, 0, 99, 0, 0)), Shares("Bo", (0, 0, 0, 0, 0))], INK)
    tree = ElementTree.fromstring(drawing.svg())
    bars = [float(each.get("width") or 0) for each in tree.iter(f"{SVG}rect") if each.get("height") == "26"]
    assert sum(bars) == pytest.approx(figures.WIDE - figures.NAMES - 116 - 2)
    assert {"100 ratings", "0 ratings"} <= set(texts(drawing))


@FIGURES
def test_a_drawing_becomes_a_picture_twice_as_fine_on_any_machine(figure: str) -> None:
    drawing = EVERY[figure]("Ana <b> 欧阳", True)
    picture = set_png(drawing.svg())
    assert picture.startswith(b"\x89PNG")
    assert struct.unpack(">I", picture[16:20])[0] == pytest.approx(2 * drawing.width, abs=1)


def test_data_opens_in_a_spreadsheet_and_runs_nothing() -> None:
    data = figure_csv(("candidate", "fair average"), [("=cmd()", 3.123456789), ("Ana;\n=x", None), ("欧阳", 4)])
    assert data.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig")))) == [
        ["candidate", "fair average"], ["'=cmd()", "3.12346"], ["Ana;\n'=x", ""], ["欧阳", "4"],
    ]  # fmt: skip


def test_words_are_shortened_by_the_room_they_take() -> None:
    assert shortened("Ana", 100) == "Ana"
    assert shortened("Ana Maria Fernandez", 76) == "Ana Maria…"
    assert breadth(shortened("欧阳娜娜司马相如", 70)) <= 70
    assert in_lines("one two three four", 62, 2) == ["one two", "three f…"]
    assert in_lines("", 60, 2) == []
    assert printable("a\x07b\u202ec") == "abc"


def test_long_names_that_differ_at_either_end_still_differ_and_others_are_numbered() -> None:
    long = "Maximiliana Wolfeschlegelsteinhausen"
    assert short_names([f"{long} {each}" for each in ("Adams", "Brown")], 20, len) == [
        "Maximilia…usen Adams", "Maximilia…usen Brown",
    ]  # fmt: skip
    inside = [f"Maximiliana {each} Wolfeschlegel" for each in "CABC"]
    assert short_names(inside, 20, len) == [
        "Maximili…eschlegel 3", "Maximili…eschlegel 1", "Maximili…eschlegel 2", "Maximili…eschlegel 3",
    ]  # fmt: skip
    assert short_names(["Ana", "Ana"], 20, len) == ["Ana", "Ana"]
    assert breadth(short_names(["欧阳娜娜司马相如"], 70, breadth)[0]) <= 70
    assert short_names(["Ana"], 0, len) == ["…"]


@pytest.mark.parametrize("wide", [True, False])
def test_fifteen_long_names_read_differently_in_every_figure(wide: bool) -> None:
    names = [f"Bartholomew-Maximilian von und zu {place:02} Wolfeschlegelsteinhausen" for place in range(15)]
    for drawing in (
        figures.intervals([IntervalRow(each, 3, 2, 4, 3) for each in names], INK, shown=shown, wide=wide),
        figures.heatmap(names, ["Depth"], [[3.0]] * 15, INK, shown=shown, wide=wide),
        figures.questions([("Why", [Marks(each, (("3", 2),)) for each in names])], INK, wide=wide),
        figures.distribution([Shares(each, (0, 1, 2, 1, 0)) for each in names], INK, wide=wide),
    ):
        marks = ElementTree.fromstring(drawing.svg()).iter(f"{SVG}text")
        assert len({mark[0].tail for mark in marks if len(mark) and "…" in (mark[0].tail or "")}) == 15
