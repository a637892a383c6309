"""DataFrame in, plotly Figure out. One palette, one template; levels in their colours, all else in the accent."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from panel.exporting.short_names import short_names
from panel.stats.severity import LevelDistribution
from panel.ui.palette import Palette, place_on_five

FONT = "Inter, system-ui, sans-serif"
ROW = 34  # pixels for one interviewer
LONGEST = 24  # letters of a name


def _figure(colours: Palette, *, rows: int, x_title: str) -> go.Figure:
    figure = go.Figure()
    figure.update_layout(
        font={"family": FONT, "size": 14, "color": colours.text},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        margin={"l": 8, "r": 16, "t": 36, "b": 48},
        height=110 + ROW * rows,
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0, "traceorder": "normal"},
        hoverlabel={"bgcolor": colours.surface, "font": {"color": colours.text, "family": FONT}},
        xaxis={
            "title": {"text": x_title, "font": {"size": 13, "color": colours.quiet}},
            "gridcolor": colours.line,
            "zeroline": False,
            "fixedrange": True,
        },
        yaxis={"autorange": "reversed", "automargin": True, "fixedrange": True, "gridcolor": "rgba(0,0,0,0)"},
    )
    return figure


def distribution(found: LevelDistribution, names: dict[str, str], colours: Palette) -> go.Figure:
    """The share of each level for every interviewer, one bar each, in the order of `names`."""
    counts = dict(zip(found.raters, found.counts, strict=True))
    people = [each for each in names if each in counts]
    figure = _figure(colours, rows=len(people), x_title="share of an interviewer's ratings, %")
    for place, level in enumerate(found.levels):
        colour = place_on_five(int(level), len(found.levels))
        totals = [sum(counts[each]) for each in people]
        shares = [100 * counts[each][place] / total if total else 0 for each, total in zip(people, totals, strict=True)]
        figure.add_bar(
            x=shares,
            y=_labels(people, names),
            orientation="h",
            name=f"{level:g}",
            marker={"color": colours.levels[colour], "line": {"width": 1, "color": colours.page}},
            text=[f"{level:g}" if share >= 6 else "" for share in shares],
            textposition="inside",
            insidetextanchor="middle",
            textfont={"color": colours.on_levels[colour], "size": 13},
            textangle=0,
            customdata=[[counts[each][place], total] for each, total in zip(people, totals, strict=True)],
            hovertemplate="%{y}: level "
            + f"{level:g}"
            + ", %{customdata[0]} of %{customdata[1]} ratings<extra></extra>",
        )
    figure.update_layout(barmode="stack", bargap=0.25, legend_title_text="Level")
    figure.update_xaxes(range=[0, 100])
    return figure


def components(shares: Sequence[tuple[str, float]], colours: Palette) -> go.Figure:
    """What share of the variance of the scores each source has, one bar each, in the order given."""
    figure = _figure(colours, rows=len(shares), x_title="share of the variance of the scores, %")
    figure.add_bar(
        x=[100 * share for _, share in shares],
        y=[name for name, _ in shares],
        orientation="h",
        marker={"color": [colours.accent, *[colours.quiet] * (len(shares) - 1)]},
        text=[f"{share:.0%}" for _, share in shares],
        textposition="outside",
        cliponaxis=False,
        hovertemplate="%{y}: %{x:.0f} %<extra></extra>",
    )
    figure.update_layout(bargap=0.35, showlegend=False)
    figure.update_xaxes(range=[0, 100])
    return figure


@dataclass(frozen=True)
class Point:
    """One person's number: `low` and `high` None without an interval; `hollow` is another number to set beside it."""

    person: str
    estimate: float | None
    low: float | None
    high: float | None
    says: str
    hollow: float | None = None


def intervals(
    found: Sequence[Point],
    names: dict[str, str],
    colours: Palette,
    *,
    x_title: str,
    middle: float | None = None,
    span: tuple[float, float] | None = None,
    line: float | None = None,
    filled: str = "",
    hollow: str = "",
) -> go.Figure:
    """Numbers with their intervals in the order of `names`, and a line at `middle`, about which the axis is even.

    `span` is what the axis shows instead, and `line` the place of a dotted line. `filled` and `hollow` name the two
    kinds of dots; without them there is no legend.
    """
    by_person = {each.person: each for each in found if each.estimate is not None or each.hollow is not None}
    people = [each for each in names if each in by_person]
    shown = [by_person[each] for each in people]
    figure = _figure(colours, rows=len(shown), x_title=x_title)
    if middle is not None:
        figure.add_vline(x=middle, line={"color": colours.quiet, "width": 1})
    if line is not None:
        figure.add_vline(x=line, line={"color": colours.quiet, "width": 1, "dash": "dot"})
    if hollow:
        figure.add_scatter(
            x=[each.hollow for each in shown],
            y=_labels(people, names),
            mode="markers",
            name=hollow,
            marker={"size": 11, "color": colours.page, "line": {"width": 2, "color": colours.quiet}},
            hoverinfo="skip",
        )
    figure.add_scatter(
        x=[each.estimate for each in shown],
        y=_labels(people, names),
        mode="markers",
        name=filled,
        marker={"size": 11, "color": colours.accent},
        error_x=whiskers([(each.estimate, each.low, each.high) for each in shown], colours),
        customdata=[safe(each.says) for each in shown],
        hovertemplate="%{y}: %{customdata}<extra></extra>",
    )
    figure.update_layout(showlegend=bool(hollow), legend_traceorder="reversed")
    edges = [x for each in shown for x in (each.low, each.high, each.estimate, each.hollow) if x is not None]
    if span is not None:
        figure.update_xaxes(range=span)
    elif middle is not None and edges:
        widest = max(abs(edge - middle) for edge in edges) or 1.0
        figure.update_xaxes(range=[middle - 1.1 * widest, middle + 1.1 * widest])
    return figure


def whiskers(found: Sequence[tuple[float | None, float | None, float | None]], colours: Palette) -> dict[str, object]:
    """The bars from (estimate, low, high) to both ends of an interval; none to an end that is not known."""
    return {
        "type": "data",
        "symmetric": False,
        "color": colours.accent,
        "thickness": 2,
        "width": 0,
        "array": [_reach(estimate, high) for estimate, _, high in found],
        "arrayminus": [_reach(estimate, low) for estimate, low, _ in found],
    }


def _reach(estimate: float | None, end: float | None) -> float:
    return 0.0 if estimate is None or end is None else abs(end - estimate)


def _labels(people: Sequence[str], names: dict[str, str]) -> list[str]:
    """Names as axis labels: shortened in the middle, unique, and never read as markup."""
    labels: list[str] = []
    for short in short_names([safe(names.get(each, "")) for each in people], LONGEST, len):
        label = short
        while label in labels:
            label += " "
        labels.append(label)
    return labels


def safe(text: str) -> str:
    """Never read as markup."""
    return text.replace("<", "‹").replace(">", "›")
