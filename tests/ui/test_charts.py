"""Figures from small results: what they show, in whose colours, and names that are no markup."""

import plotly.graph_objects as go
import pytest

from panel.stats.severity import LevelDistribution, RaterOffset, RaterSpread
from panel.ui import charts
from panel.ui.palette import DARK, LIGHT, Palette

BOTH = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
NAMES = {"b": "Bo", "a": "Ana"}
HOSTILE = {"a": "<b>Ana</b><br>", "b": "<a href='http://evil.example'>x</a>"}
LEVELS = LevelDistribution(("a", "b"), (1.0, 2.0, 3.0, 4.0, 5.0), ((0, 1, 2, 1, 0), (0, 0, 0, 0, 4)))
OFFSETS = (
    RaterOffset("a", 0.5, 0.1, 0.2, 0.8, 0.95, 6, 12),
    RaterOffset("b", -0.4, None, None, None, 0.95, 2, 4),
    RaterOffset("c", None, None, None, None, 0.95, 0, 4, not_estimable="too few"),
)
SPREADS = (
    RaterSpread("a", 12, 3.0, 1.2, 1.0, 5.0, 5, 1.0, 0.2),
    RaterSpread("b", 1, 4.0, None, 4.0, 4.0, 1, 0.0, 0.0),
)


def every_figure(names: dict[str, str], colours: Palette) -> list[go.Figure]:
    return [
        charts.distribution(LEVELS, names, colours),
        charts.offsets(OFFSETS, names, colours),
        charts.spreads(SPREADS, names, 1.1, colours),
    ]


@BOTH
def test_a_distribution_has_a_bar_for_each_level_in_its_colour(colours: Palette) -> None:
    bars = charts.distribution(LEVELS, NAMES, colours).data
    assert [each.type for each in bars] == ["bar"] * 5
    assert [each.name for each in bars] == ["1", "2", "3", "4", "5"]
    assert tuple(each.marker.color for each in bars) == colours.levels
    assert tuple(each.textfont.color for each in bars) == colours.on_levels
    assert [tuple(each.y) for each in bars] == [("Bo", "Ana")] * 5
    assert [tuple(each.x) for each in bars] == [(0, 0), (0, 25), (0, 50), (0, 25), (100, 0)]
    assert [tuple(each.text) for each in bars] == [("", ""), ("", "2"), ("", "3"), ("", "4"), ("5", "")]
    assert [list(each) for each in bars[2].customdata] == [[0, 4], [2, 4]]


def test_a_distribution_leaves_out_who_has_no_ratings() -> None:
    bars = charts.distribution(LEVELS, {"z": "Zoe", "a": "Ana"}, LIGHT).data
    assert tuple(bars[0].y) == ("Ana",)


def test_somebody_without_a_rating_on_the_scale_has_an_empty_bar() -> None:
    nothing = LevelDistribution(("a",), (1.0, 2.0, 3.0), ((0, 0, 0),))
    bars = charts.distribution(nothing, {"a": "Ana"}, LIGHT).data
    assert [tuple(each.x) for each in bars] == [(0,), (0,), (0,)]
    assert tuple(each.marker.color for each in bars) == (LIGHT.levels[0], LIGHT.levels[2], LIGHT.levels[4])


@BOTH
def test_offsets_have_their_interval_in_the_accent(colours: Palette) -> None:
    figure = charts.offsets(OFFSETS, NAMES, colours)
    (points,) = figure.data
    assert (tuple(points.y), tuple(points.x)) == (("Bo", "Ana"), (-0.4, 0.5))
    assert list(points.error_x.array) == pytest.approx([0, 0.3])
    assert list(points.error_x.arrayminus) == pytest.approx([0, 0.3])
    assert [list(each) for each in points.customdata] == [["no interval", 2], ["between +0.20 and +0.80", 6]]
    assert (points.marker.color, points.error_x.color) == (colours.accent, colours.accent)
    assert [each.x0 for each in figure.layout.shapes] == [0]
    assert list(figure.layout.xaxis.range) == pytest.approx([-0.88, 0.88])


def test_an_interval_reaches_its_end_where_that_is_no_difference() -> None:
    ends_at_zero = (RaterOffset("a", -0.5, 0.2, -1.0, 0.0, 0.95, 6, 12),)
    (points,) = charts.offsets(ends_at_zero, {"a": "Ana"}, LIGHT).data
    assert list(points.error_x.array) == pytest.approx([0.5])
    assert list(points.error_x.arrayminus) == pytest.approx([0.5])


def test_offsets_of_nobody_are_an_empty_figure() -> None:
    (points,) = charts.offsets(OFFSETS[2:], {"c": "Cy"}, LIGHT).data
    assert tuple(points.x) == ()


@BOTH
def test_spreads_show_mean_and_deviation_and_what_is_typical(colours: Palette) -> None:
    figure = charts.spreads(SPREADS, NAMES, 1.1, colours)
    (points,) = figure.data
    assert (tuple(points.y), tuple(points.x)) == (("Bo", "Ana"), (4.0, 3.0))
    assert list(points.error_x.array) == [0, 1.2]
    assert [list(each) for each in points.customdata] == [["no standard deviation", 1], ["standard deviation 1.20", 12]]
    assert points.marker.color == colours.accent
    assert [each.text for each in figure.layout.annotations] == ["typical standard deviation 1.10"]
    assert charts.spreads(SPREADS, NAMES, None, colours).layout.annotations == ()


@BOTH
def test_figures_lie_on_the_page_in_its_own_text_colour(colours: Palette) -> None:
    for figure in every_figure(NAMES, colours):
        layout = figure.layout
        assert (layout.paper_bgcolor, layout.plot_bgcolor) == ("rgba(0,0,0,0)",) * 2
        assert (layout.font.color, layout.xaxis.gridcolor) == (colours.text, colours.line)
        assert (layout.hoverlabel.bgcolor, layout.hoverlabel.font.color) == (colours.surface, colours.text)


def test_names_are_never_markup() -> None:
    for figure in every_figure(HOSTILE, LIGHT):
        labels = {label for trace in figure.data for label in trace.y}
        assert labels == {"‹b›Ana‹/b›‹br›", "‹a href='http://evil.ex…"}


def test_two_people_of_one_name_stay_two_rows() -> None:
    (points,) = charts.spreads(SPREADS, {"a": "Kim", "b": "Kim"}, None, LIGHT).data
    assert len(set(points.y)) == 2
    assert {each.strip() for each in points.y} == {"Kim"}
