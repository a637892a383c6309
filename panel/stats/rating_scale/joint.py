"""Joint maximum likelihood of the many-facet rating scale model, as FACETS does it.

    log(P_k / P_{k-1}) = B_target - C_rater - D_item - F_k

Every measure is a free parameter, found by damped Newton steps on all of them at once. Linacre (1989), Many-Facet Rasch
Measurement; Wright & Masters (1982), Rating Scale Analysis. Joint estimates are spread a little too wide when targets
have few ratings, and standard errors of targets are too small, so the result does not carry them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, get_args

import numpy as np
import pandas as pd

from panel.stats.errors import BadOption
from panel.stats.progress import Report, silent
from panel.stats.rating_scale.design import why_disconnected, why_not_identified, why_too_large
from panel.stats.rating_scale.equations import Effects, Layout, Variances
from panel.stats.rating_scale.extremes import measure_all
from panel.stats.rating_scale.joint_result import joint_result
from panel.stats.rating_scale.levels import SIGN, Facet, Usable, usable
from panel.stats.rating_scale.newton import NoMaximum, climb
from panel.stats.rating_scale.results import RatingScaleFit
from panel.stats.ratings import Floats, Ratings, read_ratings

Noncenter = Literal["rater", "target", "item"]

TOLERANCE = 1e-8
"""Largest difference of observed and expected raw scores that is left, in categories."""

DIVERGES = (
    "not estimable because some measures run off to infinity: part of the ratings are all higher than the rest, "
    "with nothing in between to tell by how much"
)
TARGET_ERRORS = (
    "Standard errors of targets are not given: under joint maximum likelihood they are too small "
    "(95 % intervals cover 80 to 85 %). Random facets give honest ones."
)


def joint_maximum_likelihood(
    ratings: pd.DataFrame | Ratings,
    scale: tuple[float, float] | None = None,
    noncenter: Noncenter = "rater",
    report: Report = silent,
) -> RatingScaleFit:
    """Measures of targets, raters and items as free parameters.

    ``scale`` is (lowest, highest) level, or the observed range. Measures of every facet have mean 0, but for
    ``noncenter``, which floats. Elements with extreme scores do not count towards these means. Raises RatingsError.
    """
    if noncenter not in get_args(Noncenter):
        raise BadOption(f"The facet that is not centred is one of {', '.join(get_args(Noncenter))}.")
    known = read_ratings(ratings)
    data = usable(known, scale, keep_extremes=False)
    empty = RatingScaleFit(
        "joint maximum likelihood", known.n_targets, known.n_raters, known.n_items, known.n_ratings, notes=data.notes
    )
    reason = _why_not(data)
    found = None if reason else _maximum(data, report)
    if found is None:
        return _refused(empty, reason or DIVERGES)
    measures, thresholds = _centred(data, found, noncenter)
    return joint_result(data, measure_all(data, measures, thresholds), empty, TARGET_ERRORS)


def _refused(empty: RatingScaleFit, reason: str) -> RatingScaleFit:
    return RatingScaleFit(
        empty.method, empty.n_targets, empty.n_raters, empty.n_items, empty.n_ratings, not_estimable=reason
    )


def _why_not(data: Usable) -> str | None:
    if len(np.unique(data.ratings.score)) < 2:
        return "not estimable because every score is the same"
    if not data.kept.any() or not data.facets or len(data.levels) < 2:
        return "not estimable because every rating belongs to a target, rater or item with all lowest or all highest"
    return (
        why_too_large(data, sorted(data.facets, key=data.size)[:-1])
        or why_disconnected(data.ratings)
        or why_not_identified(data, np.ones_like(data.kept))
        or why_not_identified(data, data.kept)
    )


def _maximum(data: Usable, report: Report) -> dict[Facet | Literal["threshold"], Floats] | None:
    """Effects of the elements in the model (NaN for others) and thresholds at the maximum; None when there is none."""
    rows = data.kept
    ordered = sorted(data.facets, key=lambda facet: len(np.unique(data.code(facet)[rows])), reverse=True)
    present = [np.unique(data.code(facet)[rows], return_inverse=True) for facet in ordered]
    (_, carrier), *others = present
    layout = Layout(
        data.category[rows], carrier, [code for _, code in others], [len(who) for who, _ in others], len(data.levels)
    )
    try:
        top = climb(layout, Variances(np.inf, (np.inf,) * len(others)), _start(layout), TOLERANCE, _ticker(report)).at
    except NoMaximum:
        return None
    effects: dict[Facet | Literal["threshold"], Floats] = {"threshold": top.dense[: layout.k]}
    for facet, (who, _), values in zip(
        ordered, present, (top.carrier, *(top.dense[block] for block in layout.blocks)), strict=True
    ):
        effects[facet] = np.full(data.size(facet), np.nan)
        effects[facet][who] = values
    return effects


def _ticker(report: Report) -> Callable[[float], None]:
    """Reports how far the largest difference of scores has come down, on a log scale."""
    first: float | None = None

    def tick(largest: float) -> None:
        nonlocal first
        first = first or max(largest, 10 * TOLERANCE)
        done = np.log(first / max(largest, TOLERANCE)) / np.log(first / TOLERANCE)
        report("Fitting measures by joint maximum likelihood", float(np.clip(done, 0, 1)))

    return tick


def _start(layout: Layout) -> Effects:
    """All elements equal; thresholds from the frequencies of neighbouring categories, centred."""
    at = layout.zero()
    n = np.bincount(layout.category, minlength=layout.k + 1)
    steps = np.log(n[:-1] / n[1:])
    at.dense[: layout.k] = steps - steps.mean()
    return at


def _centred(
    data: Usable, effects: dict[Facet | Literal["threshold"], Floats], noncenter: Noncenter
) -> tuple[dict[Facet, Floats], Floats]:
    """Measures with their signs, every facet but one shifted to mean 0, thresholds to mean 0.

    A facet with one element is fixed at 0. If that is the facet that should float, another one does.
    """
    thresholds = effects["threshold"] - effects["threshold"].mean()
    total = -float(effects["threshold"].mean())
    measures: dict[Facet, Floats] = {
        facet: np.zeros(1) for facet in ("target", "rater", "item") if facet not in data.facets
    }
    order: list[Facet] = [facet for facet in (noncenter, "target", "rater", "item") if facet in data.facets]
    for facet in data.facets:
        mean = float(np.nanmean(effects[facet]))
        measures[facet] = SIGN[facet] * (effects[facet] - mean)
        total += mean
    measures[order[0]] += SIGN[order[0]] * total
    return measures, thresholds
