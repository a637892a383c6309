"""Who shares candidates with whom, as a picture: people on a circle, a line for each pair, thicker for more shared."""

from collections.abc import Mapping
from math import cos, pi, sin

import plotly.graph_objects as go

from panel.exporting.short_names import short_names
from panel.seating.report import Links
from panel.ui.charts import FONT, safe
from panel.ui.palette import Palette

WIDEST = 9.0  # pixels of the line of the pair that shares most
LONGEST_NAME = 18


def links(found: Links, people: list[str], names: Mapping[str, str], colours: Palette) -> go.Figure:
    """`people` by id in the order they stand around. The lines across the weakest link are dashed."""
    places = {
        each: (sin(2 * pi * number / len(people)), cos(2 * pi * number / len(people)))
        for number, each in enumerate(people)
    }
    figure = go.Figure()
    labels = dict(zip(people, short_names([safe(names[each]) for each in people], LONGEST_NAME, len), strict=True))
    most = max((shared for _, _, shared in found.shared), default=1)
    side = set(found.weakest.one) if found.weakest else set()
    for one, other, shared in found.shared:
        if not shared or one not in places or other not in places:
            continue
        across = bool(side) and (one in side) != (other in side)
        (x0, y0), (x1, y1) = places[one], places[other]
        figure.add_scatter(
            x=[x0, (x0 + x1) / 2, x1],
            y=[y0, (y0 + y1) / 2, y1],
            mode="lines",
            line={
                "width": max(1.0, WIDEST * shared / most),
                "color": colours.text if across else colours.accent,
                "dash": "dash" if across else "solid",
            },
            opacity=0.85 if across else 0.5,
            text=[f"{labels[one]} and {labels[other]}: {shared} shared"] * 3,
            hoverinfo="text",
            showlegend=False,
        )
    figure.add_scatter(
        x=[places[each][0] for each in people],
        y=[places[each][1] for each in people],
        mode="markers+text",
        marker={"size": 13, "color": colours.accent, "line": {"width": 2, "color": colours.page}},
        text=[labels[each] for each in people],
        textposition=[_beside(*places[each]) for each in people],
        hoverinfo="text",
        cliponaxis=False,
        showlegend=False,
    )
    figure.update_layout(
        font={"family": FONT, "size": 13, "color": colours.text},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        margin={"l": 0, "r": 0, "t": 24, "b": 24},
        height=420,
        hoverlabel={"bgcolor": colours.surface, "font": {"color": colours.text, "family": FONT}},
        xaxis={"visible": False, "range": [-2.5, 2.5], "fixedrange": True},
        yaxis={"visible": False, "range": [-1.25, 1.25], "fixedrange": True},
    )
    return figure


def _beside(x: float, y: float) -> str:
    across = "right" if x > 0.2 else "left" if x < -0.2 else "center"
    up = "middle" if abs(y) < 0.8 else "top" if y > 0 else "bottom"
    return f"{up} {across}"
