"""Difficulty against discrimination as one picture."""

from collections.abc import Sequence

import plotly.graph_objects as go

from panel.actions.question_calibration import QuestionLine
from panel.stats.estimates import Estimate
from panel.ui.charts import FONT
from panel.ui.palette import Palette


def difficulty_and_discrimination(lines: Sequence[QuestionLine], colours: Palette) -> go.Figure:
    """One point each, those with advice filled; both numbers must be there. Intervals stand in the hover."""
    figure = go.Figure()
    for named, with_advice in (("worth another look", True), ("nothing speaks against it", False)):
        part = [each for each in lines if bool(each.advice) == with_advice]
        figure.add_scatter(
            x=[each.found.difficulty.estimate for each in part],
            y=[discrimination_of(each).estimate for each in part],
            mode="markers",
            name=named,
            marker={
                "size": 11, "color": colours.accent if with_advice else "rgba(0,0,0,0)",
                "line": {"width": 2, "color": colours.accent if with_advice else colours.quiet},
            },
            customdata=[
                [_short(each.prompt), _said(each.found.difficulty), _said(discrimination_of(each)),
                 each.found.n_targets] for each in part
            ],
            hovertemplate="%{customdata[0]}<br>difficulty %{customdata[1]}<br>item-rest correlation %{customdata[2]}"
            "<br>%{customdata[3]} candidates<extra></extra>",
        )  # fmt: skip
    widest = max((abs(each.found.difficulty.estimate or 0) for each in lines), default=1.0)
    figure.update_layout(
        font={"family": FONT, "size": 14, "color": colours.text},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        margin={"l": 8, "r": 16, "t": 36, "b": 48},
        height=380,
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", "x": 0},
        hoverlabel={"bgcolor": colours.surface, "font": {"color": colours.text, "family": FONT}, "align": "left"},
        xaxis=_axis(colours, "levels; right is harder, left easier", [-1.15 * widest, 1.15 * widest]),
        yaxis=_axis(colours, "correlation with the other questions", None) | {"automargin": True},
    )
    figure.add_vline(x=0, line={"color": colours.quiet, "width": 1})
    figure.add_hline(y=0, line={"color": colours.quiet, "width": 1})
    return figure


def discrimination_of(each: QuestionLine) -> Estimate:
    """Across interviewers, which no halo raises, where it can be had; else within one interviewer's ratings."""
    across = each.found.discrimination_across
    return across if across.estimate is not None else each.found.discrimination


def _axis(colours: Palette, title: str, around: list[float] | None) -> dict[str, object]:
    return {
        "title": {"text": title, "font": {"size": 13, "color": colours.quiet}},
        "gridcolor": colours.line,
        "zeroline": False,
        "fixedrange": True,
        "range": around,
    }


def _said(found: Estimate) -> str:
    if found.estimate is None:
        return "not known"
    if found.low is None or found.high is None:
        return f"{found.estimate:.2f}"
    return f"{found.estimate:.2f} ({found.low:.2f} to {found.high:.2f})"


def _short(prompt: str) -> str:
    """One line that plotly reads as text."""
    text = " ".join(prompt.split()).replace("<", "‹").replace(">", "›").replace("&", "＆")
    return text if len(text) <= 64 else f"{text[:63]}…"
