"""What the scores said of how people did later, as intervals and as a scatter."""

from collections.abc import Sequence

import plotly.graph_objects as go

from panel.actions.outcome_scores import CriterionLines, ScoreLine
from panel.ui.charts import FONT
from panel.ui.palette import Palette

ROW = 34
WHOLE_NAME = "All competencies together"


def correlations(lines: Sequence[ScoreLine], colours: Palette) -> go.Figure:
    """Pearson correlations with their intervals, the whole first; filled where the interval leaves out 0."""
    shown = [each for each in lines if each.found and each.found.pearson]
    found = [each.found.pearson for each in shown if each.found and each.found.pearson]
    figure = _figure(colours, height=110 + ROW * len(shown))
    figure.add_vline(x=0, line={"color": colours.quiet, "width": 1})
    figure.add_scatter(
        x=[each.estimate for each in found],
        y=[_label(each.competency or WHOLE_NAME) for each in shown],
        mode="markers",
        marker={
            "size": 11, "color": [colours.accent if each.excludes(0) else colours.page for each in found],
            "line": {"width": 2, "color": colours.accent},
        },
        error_x={
            "type": "data", "symmetric": False, "color": colours.accent, "thickness": 2, "width": 0,
            "array": [each.high - each.estimate if each.high is not None else 0 for each in found],
            "arrayminus": [each.estimate - each.low if each.low is not None else 0 for each in found],
        },
        customdata=[
            ["no interval" if each.low is None else f"95 % interval {each.low:.2f} to {each.high:.2f}", line.people]
            for each, line in zip(found, shown, strict=True)
        ],
        hovertemplate="%{y}: %{x:.2f}, %{customdata[0]}, %{customdata[1]} people<extra></extra>",
        showlegend=False,
    )  # fmt: skip
    figure.update_xaxes(range=[-1.05, 1.05], title_text="correlation of score and outcome")
    figure.update_yaxes(autorange="reversed", gridcolor="rgba(0,0,0,0)")
    return figure


def people(found: CriterionLines, colours: Palette) -> go.Figure:
    """One point each: the score before, and the place on the criterion's scale."""
    figure = _figure(colours, height=340)
    figure.add_scatter(
        x=[score for _, score, _ in found.pairs],
        y=[100 * place for _, _, place in found.pairs],
        mode="markers",
        marker={"size": 10, "color": colours.accent, "opacity": 0.75},
        customdata=[_label(name, 48) for name, _, _ in found.pairs],
        hovertemplate="%{customdata}: score %{x:.2f}, outcome %{y:.0f} % of the scale<extra></extra>",
        showlegend=False,
    )
    figure.update_xaxes(title_text="score before, 1 to 5")
    figure.update_yaxes(title_text="outcome, % of its scale", range=[-5, 105])
    return figure


def _figure(colours: Palette, *, height: int) -> go.Figure:
    figure = go.Figure()
    axis = {
        "title": {"font": {"size": 13, "color": colours.quiet}}, "gridcolor": colours.line, "zeroline": False,
        "fixedrange": True, "automargin": True,
    }  # fmt: skip
    figure.update_layout(
        font={"family": FONT, "size": 14, "color": colours.text},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        margin={"l": 8, "r": 16, "t": 16, "b": 48},
        height=height,
        hoverlabel={"bgcolor": colours.surface, "font": {"color": colours.text, "family": FONT}},
        xaxis=axis,
        yaxis=axis,
    )
    return figure


def _label(name: str, longest: int = 26) -> str:
    text = name.replace("<", "‹").replace(">", "›").replace("&", "＆")
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
