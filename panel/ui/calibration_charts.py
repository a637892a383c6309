"""Figures of the calibration page that are not one row an interviewer: reliability, D study, drift, one's own card."""

from collections.abc import Sequence

import plotly.graph_objects as go

from panel.exporting.short_names import short_names
from panel.stats.drift import MonthOfRater
from panel.stats.generalizability import Generalizability
from panel.stats.wording import KOO_LI
from panel.ui.charts import FONT, LONGEST, safe, whiskers
from panel.ui.palette import Palette

MOST_CANDIDATES = 400  # dots of one strip


def _figure(colours: Palette, *, height: int) -> go.Figure:
    axis = {"gridcolor": colours.line, "zeroline": False, "fixedrange": True}
    title = {"font": {"size": 13, "color": colours.quiet}}
    figure = go.Figure()
    figure.update_layout(
        font={"family": FONT, "size": 14, "color": colours.text},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        margin={"l": 8, "r": 16, "t": 28, "b": 48},
        height=height,
        hoverlabel={"bgcolor": colours.surface, "font": {"color": colours.text, "family": FONT}},
        showlegend=False,
        xaxis={**axis, "title": title},
        yaxis={**axis, "title": title, "automargin": True},
    )
    return figure


def reliability(found: Sequence[tuple[str, float, float | None, float | None]], colours: Palette) -> go.Figure:
    """Intraclass correlations (name, estimate, low, high) with Koo and Li's bands between the dashed lines."""
    figure = _figure(colours, height=120 + 40 * len(found))
    figure.update_layout(margin_t=44)
    edges = [0.0, *(edge for edge, _ in KOO_LI[:-1]), 1.0]
    for edge in edges[1:-1]:
        figure.add_vline(x=edge, line={"color": colours.quiet, "width": 1, "dash": "dot"})
    for left, right, (_, word) in zip(edges, edges[1:], KOO_LI, strict=False):
        last = right == edges[-1]  # its band is narrow: on a phone the word would lie on its neighbour's
        figure.add_annotation(
            x=right if last else (left + right) / 2, y=1, yref="paper", yanchor="bottom", text=word, showarrow=False,
            xanchor="right" if last else "center", yshift=16 if last else 0,
            font={"size": 12, "color": colours.quiet},
        )  # fmt: skip
    figure.add_scatter(
        x=[estimate for _, estimate, _, _ in found],
        y=short_names([safe(name) for name, *_ in found], LONGEST, len),
        mode="markers",
        marker={"size": 11, "color": colours.accent},
        error_x=whiskers([(estimate, low, high) for _, estimate, low, high in found], colours),
        hovertemplate="%{y}: %{x:.2f}<extra></extra>",
    )
    lowest = min([0.0, *(low for _, _, low, _ in found if low is not None)])
    figure.update_xaxes(range=[max(lowest, -1.0) - 0.02, 1.02], tickvals=edges)
    figure.update_yaxes(autorange="reversed", gridcolor="rgba(0,0,0,0)")
    return figure


def d_study(rows: Sequence[Generalizability], reach: float, needed: int | None, colours: Palette) -> go.Figure:
    """Reliability against the number of interviewers: with severity taken out, and at face value (dashed)."""
    figure = _figure(colours, height=300)
    raters = [each.raters for each in rows]
    figure.add_hline(y=reach, line={"color": colours.quiet, "width": 1, "dash": "dot"})
    figure.add_annotation(
        x=raters[0], y=reach, text=f"{reach:.2f}", showarrow=False, xanchor="left", yanchor="bottom",
        font={"size": 12, "color": colours.quiet},
    )  # fmt: skip
    for name, values, colour, dash in (
        ("at face value", [each.absolute for each in rows], colours.quiet, "dash"),
        ("severity taken out", [each.adjusted for each in rows], colours.accent, "solid"),
    ):
        figure.add_scatter(
            x=raters, y=values, mode="lines+markers", name=name, line={"color": colour, "width": 2, "dash": dash},
            marker={"size": 7, "color": colour},
            hovertemplate="%{x} interviewers, " + name + ": %{y:.2f}<extra></extra>",
        )  # fmt: skip
    if needed is not None and needed in raters:
        value = rows[raters.index(needed)].adjusted
        figure.add_scatter(
            x=[needed], y=[value], mode="markers", showlegend=False, hoverinfo="skip",
            marker={"size": 14, "color": colours.accent, "line": {"width": 2, "color": colours.page}},
        )  # fmt: skip
        figure.add_annotation(
            x=needed, y=value, text=f"{needed} for {reach:.2f}", ax=0, ay=56, arrowcolor=colours.quiet, arrowwidth=1,
            arrowhead=0, standoff=8,
        )  # fmt: skip
    figure.update_layout(
        showlegend=True, legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0, "traceorder": "reversed"}
    )
    figure.update_xaxes(title_text="interviewers of one candidate", dtick=1, range=[raters[0] - 0.5, raters[-1] + 0.5])
    figure.update_yaxes(title_text="reliability", range=[0, 1.02], tickvals=[0, 0.25, 0.5, 0.75, 1])
    return figure


def months(found: Sequence[MonthOfRater], colours: Palette, *, height: int = 280) -> go.Figure:
    """Severity month by month, against people who rated the same answers; above the line is harsher."""
    shown = [each for each in found if each.severity.estimate is not None]
    figure = _figure(colours, height=height)
    figure.add_hline(y=0, line={"color": colours.quiet, "width": 1})
    estimates = [each.severity.estimate or 0.0 for each in shown]
    figure.add_scatter(
        x=[each.month for each in shown],
        y=estimates,
        mode="lines+markers",
        line={"color": colours.accent, "width": 2},
        marker={"size": 9, "color": colours.accent},
        error_y={
            "type": "data",
            "symmetric": False,
            "color": colours.accent,
            "thickness": 1.5,
            "width": 0,
            "array": [_reach(value, each.severity.high) for value, each in zip(estimates, shown, strict=True)],
            "arrayminus": [_reach(value, each.severity.low) for value, each in zip(estimates, shown, strict=True)],
        },
        customdata=[each.severity.n_targets for each in shown],
        hovertemplate="%{x}: %{y:+.2f} levels, shared candidates: %{customdata}<extra></extra>",
    )
    edges = [edge for each in shown for edge in (each.severity.low, each.severity.high) if edge is not None]
    widest = max([abs(edge) for edge in [*edges, *estimates]], default=1.0) or 1.0
    figure.update_xaxes(type="category")
    figure.update_yaxes(title_text="levels; above is harsher", range=[-1.15 * widest, 1.15 * widest], nticks=5)
    return figure


def differences(found: Sequence[float], colours: Palette) -> go.Figure:
    """One dot a candidate: how far one's own mean lies from the others'. Dots of one place are stacked."""
    step = 0.1
    places: dict[int, int] = {}
    x, y = [], []
    for value in found[:: max(1, len(found) // MOST_CANDIDATES)]:
        place = round(value / step)
        places[place] = places.get(place, 0) + 1
        x.append(place * step)
        y.append(places[place])
    tallest = max(places.values(), default=1)
    figure = _figure(colours, height=min(150 + 12 * tallest, 320))
    figure.add_vline(x=0, line={"color": colours.quiet, "width": 1})
    figure.add_scatter(
        x=x, y=y, mode="markers", marker={"size": 10, "color": colours.accent, "opacity": 0.8},
        hovertemplate="%{x:+.1f} levels<extra></extra>",
    )  # fmt: skip
    widest = max([1.0, *(abs(each) for each in x)])
    figure.add_annotation(
        x=0, y=1, yref="paper", yanchor="bottom", text="like the others", showarrow=False,
        font={"size": 12, "color": colours.quiet},
    )  # fmt: skip
    figure.update_xaxes(
        title_text="levels from the others' mean; left lower, right higher", range=[-1.1 * widest, 1.1 * widest]
    )
    figure.update_yaxes(visible=False, range=[0, tallest + 1])
    return figure


def two_bars(own: float, others: float, colours: Palette, *, x_title: str) -> go.Figure:
    figure = _figure(colours, height=170)
    figure.add_bar(
        x=[own, others], y=["You", "The others"], orientation="h", marker={"color": [colours.accent, colours.quiet]},
        text=[f"{own:.2f}", f"{others:.2f}"], textposition="outside", cliponaxis=False,
        hovertemplate="%{y}: %{x:.2f}<extra></extra>",
    )  # fmt: skip
    figure.update_layout(bargap=0.4)
    figure.update_xaxes(title_text=x_title, range=[0, 1.2 * max(own, others, 0.1)])
    figure.update_yaxes(autorange="reversed", gridcolor="rgba(0,0,0,0)")
    return figure


def _reach(estimate: float, end: float | None) -> float:
    return 0.0 if end is None else abs(end - estimate)
