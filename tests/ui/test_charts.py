"""Figures from small results: what they show, in whose colours, and names that are no markup."""

import plotly.graph_objects as go
import pytest

from panel.actions.calibration import WITHIN_HOURS
from panel.stats.drift import MonthOfRater
from panel.stats.estimates import Estimate
from panel.stats.generalizability import Generalizability
from panel.stats.severity import LevelDistribution
from panel.ui import calibration_charts, charts
from panel.ui.charts import Point
from panel.ui.components.interviewers import LATE_SCALE, hours_shown
from panel.ui.palette import DARK, LIGHT, Palette

BOTH = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
NAMES = {"b": "Bo", "a": "Ana"}
HOSTILE = {"a": "<b>Ana</b><br>", "b": "<a href='http://evil.example'>x</a>"}
LEVELS = LevelDistribution(("a", "b"), (1.0, 2.0, 3.0, 4.0, 5.0), ((0, 1, 2, 1, 0), (0, 0, 0, 0, 4)))
POINTS = (
    Point("a", 0.5, 0.2, 0.8, "0.5 levels harsher", 0.7),
    Point("b", -0.4, None, None, "0.4 levels more lenient"),
    Point("c", None, None, None, "too few"),
)
MONTHS = (
    MonthOfRater("2026-01", Estimate(0.2, 0.0, 0.4, 0.95, 6, 12)),
    MonthOfRater("2026-02", Estimate(-0.5, None, None, 0.95, 1, 2)),
    MonthOfRater("2026-03", Estimate(None, None, None, 0.95, 0, 0, "nothing")),
)
STUDY = tuple(Generalizability(n, 4, 0.0, adjusted, adjusted - 0.1) for n, adjusted in ((1, 0.6), (2, 0.75), (3, 0.82)))
RELIABILITY = (("Technical", 0.6, 0.4, 0.75), ("Culture", 0.9, None, None))


def every_figure(names: dict[str, str], colours: Palette) -> list[go.Figure]:
    """Those with a row for each name."""
    return [
        charts.distribution(LEVELS, names, colours),
        charts.intervals(POINTS, names, colours, x_title="levels", middle=0.0),
        calibration_charts.reliability([(each, 0.5, None, None) for each in names.values()], colours),
    ]


def every_other(colours: Palette) -> list[go.Figure]:
    return [
        calibration_charts.d_study(STUDY, 0.8, 3, colours),
        calibration_charts.months(MONTHS, colours),
        calibration_charts.differences((-0.5, 0.0, 0.04, 1.2), colours),
        calibration_charts.two_bars(0.4, 1.0, colours, x_title="times as much"),
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
def test_numbers_have_their_interval_in_the_accent_in_the_order_of_names(colours: Palette) -> None:
    figure = charts.intervals(POINTS, NAMES | {"c": "Cy"}, colours, x_title="levels", middle=0.0)
    (points,) = figure.data
    assert (tuple(points.y), tuple(points.x)) == (("Bo", "Ana"), (-0.4, 0.5))
    assert list(points.error_x.array) == pytest.approx([0, 0.3])
    assert list(points.error_x.arrayminus) == pytest.approx([0, 0.3])
    assert list(points.customdata) == ["0.4 levels more lenient", "0.5 levels harsher"]
    assert (points.marker.color, points.error_x.color) == (colours.accent, colours.accent)
    assert [each.x0 for each in figure.layout.shapes] == [0]
    assert list(figure.layout.xaxis.range) == pytest.approx([-0.88, 0.88])


def test_a_second_number_is_a_hollow_dot_that_the_legend_names() -> None:
    figure = charts.intervals(POINTS, NAMES, LIGHT, x_title="levels", middle=0.0, filled="fair", hollow="raw")
    hollow, filled = figure.data
    assert (hollow.name, tuple(hollow.x), hollow.marker.color) == ("raw", (None, 0.7), LIGHT.page)
    assert (filled.name, tuple(filled.x), figure.layout.showlegend) == ("fair", (-0.4, 0.5), True)


def test_an_interval_reaches_its_end_where_that_is_no_difference() -> None:
    ends_at_zero = (Point("a", -0.5, -1.0, 0.0, ""),)
    (points,) = charts.intervals(ends_at_zero, {"a": "Ana"}, LIGHT, x_title="levels", middle=0.0).data
    assert list(points.error_x.array) == pytest.approx([0.5])
    assert list(points.error_x.arrayminus) == pytest.approx([0.5])


def test_numbers_of_nobody_are_an_empty_figure() -> None:
    (points,) = charts.intervals(POINTS[2:], {"c": "Cy"}, LIGHT, x_title="levels", middle=0.0).data
    assert tuple(points.x) == ()


def test_reliability_stands_between_the_named_bands() -> None:
    figure = calibration_charts.reliability(RELIABILITY, LIGHT)
    (points,) = figure.data
    assert (tuple(points.y), tuple(points.x)) == (("Technical", "Culture"), (0.6, 0.9))
    assert list(points.error_x.arrayminus) == pytest.approx([0.2, 0])
    assert [each.text for each in figure.layout.annotations] == ["poor", "moderate", "good", "excellent"]
    assert [each.x0 for each in figure.layout.shapes] == [0.5, 0.75, 0.9]


def test_the_curve_marks_how_many_interviewers_are_needed_and_nothing_where_it_is_out_of_reach() -> None:
    figure = calibration_charts.d_study(STUDY, 0.8, 3, LIGHT)
    assert [each.name for each in figure.data][:2] == ["at face value", "severity taken out"]
    assert tuple(figure.data[1].y) == (0.6, 0.75, 0.82)
    assert [each.text for each in figure.layout.annotations] == ["0.80", "3 for 0.80"]
    beyond = calibration_charts.d_study(STUDY, 0.8, None, LIGHT)
    assert ([each.text for each in beyond.layout.annotations], len(beyond.data)) == (["0.80"], 2)


def test_months_without_a_number_are_left_out() -> None:
    (line,) = calibration_charts.months(MONTHS, LIGHT).data
    assert (tuple(line.x), tuple(line.y)) == (("2026-01", "2026-02"), (0.2, -0.5))
    assert list(line.error_y.array) == pytest.approx([0.2, 0])


def test_candidates_of_one_difference_are_stacked() -> None:
    (dots,) = calibration_charts.differences((-0.5, 0.0, 0.04, 1.2), LIGHT).data
    assert list(zip(dots.x, dots.y, strict=True)) == [(-0.5, 1), (0.0, 1), (0.0, 2), (pytest.approx(1.2), 1)]


@BOTH
def test_figures_lie_on_the_page_in_its_own_text_colour(colours: Palette) -> None:
    for figure in [*every_figure(NAMES, colours), *every_other(colours)]:
        layout = figure.layout
        assert (layout.paper_bgcolor, layout.plot_bgcolor) == ("rgba(0,0,0,0)",) * 2
        assert (layout.font.color, layout.xaxis.gridcolor) == (colours.text, colours.line)
        assert (layout.hoverlabel.bgcolor, layout.hoverlabel.font.color) == (colours.surface, colours.text)


def test_names_are_never_markup() -> None:
    for figure in every_figure(HOSTILE, LIGHT):
        labels = {label for trace in figure.data for label in trace.y}
        assert labels == {"‹b›Ana‹/b›‹br›", "‹a href='ht…ample'›x‹/a›"}


def test_two_people_of_one_name_stay_two_rows() -> None:
    (points,) = charts.intervals(POINTS, {"a": "Kim", "b": "Kim"}, LIGHT, x_title="levels").data
    assert len(set(points.y)) == 2
    assert {each.strip() for each in points.y} == {"Kim"}


def test_the_hours_shown_reach_every_median_and_no_interval_without_end() -> None:
    def late(median: float, high: float) -> Point:
        return Point("a", median, median, high, "")

    assert hours_shown([late(3, 10)]) == (0.0, pytest.approx(1.1 * WITHIN_HOURS))
    assert hours_shown([late(40, 400)])[1] == pytest.approx(LATE_SCALE)
    assert hours_shown([late(40, 400), late(300, 400)])[1] == pytest.approx(330)
    assert hours_shown([]) == (0.0, pytest.approx(1.1 * WITHIN_HOURS))
