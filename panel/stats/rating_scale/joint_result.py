"""From the maximum to the tables that FACETS prints: standard errors, fit, fair averages, separation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from scipy import stats

from panel.stats.rating_scale.fit_statistics import Residuals
from panel.stats.rating_scale.levels import FACETS, SIGN, Facet, Usable
from panel.stats.rating_scale.probabilities import Response, log_likelihood, response, summed
from panel.stats.rating_scale.results import FacetSpread, Measure, RatingScaleFit, Threshold
from panel.stats.ratings import Flags, Floats, Label

UNLINKED = "not estimable because all its ratings involve others with extreme scores"


@dataclass(frozen=True, eq=False)
class Joint:
    """Measures by facet, in the order of the labels (NaN: none), and thresholds (K,); both in logits.

    ``errors`` are 1 / sqrt(information) of each element, all else held fixed, as FACETS prints them.
    """

    measures: dict[Facet, Floats]
    thresholds: Floats
    errors: dict[Facet, Floats]


def joint_result(data: Usable, joint: Joint, empty: RatingScaleFit, note: str) -> RatingScaleFit:
    """Everything that follows from the measures."""
    rows = data.kept
    eta = sum(SIGN[facet] * values[data.code(facet)[rows]] for facet, values in joint.measures.items())
    found = response(np.asarray(eta), joint.thresholds)
    errors = joint.errors
    tables = {facet: _table(data, joint, facet, found, errors[facet]) for facet in FACETS}
    step_errors = 1 / np.sqrt(np.diag(found.step_information))
    return replace(
        empty,
        targets=tables["target"],
        raters=tables["rater"],
        items=tables["item"],
        thresholds=thresholds(data.levels, joint.thresholds, step_errors if len(step_errors) > 1 else None),
        log_likelihood=log_likelihood(data.category[rows], found),
        rater_spread=_spread(joint.measures["rater"], errors["rater"], data, "rater"),
        item_spread=_spread(joint.measures["item"], errors["item"], data, "item"),
        notes=(*empty.notes, note),
    )


def thresholds(levels: Floats, measures: Floats, errors: Floats | None) -> tuple[Threshold, ...]:
    """A single threshold is fixed at 0 by centring and has no error."""
    return tuple(
        Threshold(float(levels[k + 1]), float(levels[k]), float(measure), None if errors is None else float(errors[k]))
        for k, measure in enumerate(measures)
    )


def labels(data: Usable, facet: Facet) -> tuple[Label, ...]:
    names: tuple[Label, ...] = getattr(data.ratings, f"{facet}s")
    return names


def number(value: float) -> float | None:
    """None for NaN."""
    return None if np.isnan(value) else float(value)


def observed_averages(data: Usable, facet: Facet) -> tuple[Floats, Floats]:
    """(number of ratings, mean score) of every element, over all its ratings."""
    code, size = data.code(facet), data.size(facet)
    n = np.bincount(code, minlength=size).astype(np.float64)
    return n, summed(data.ratings.score, code, size) / n


def not_in_model(data: Usable, facet: Facet) -> Flags:
    """(elements,) True for those without a rating that the model rests on."""
    return np.asarray(np.bincount(data.code(facet)[data.kept], minlength=data.size(facet)) == 0)


def _table(data: Usable, joint: Joint, facet: Facet, found: Response, errors: Floats) -> tuple[Measure, ...]:
    code, size = data.code(facet), data.size(facet)
    fit = Residuals(data.category[data.kept], found).by(code[data.kept], size)
    n, average = observed_averages(data, facet)
    values = joint.measures[facet]
    fair = _fair_averages(data, joint, facet)
    names = labels(data, facet)
    extreme = _extreme(data, facet)
    return tuple(
        Measure(
            label=names[e],
            measure=number(values[e]),
            se=None if facet == "target" else number(errors[e]),
            infit=number(fit.infit[e]),
            infit_z=number(fit.infit_z[e]),
            outfit=number(fit.outfit[e]),
            outfit_z=number(fit.outfit_z[e]),
            n_ratings=int(n[e]),
            observed_average=float(average[e]),
            fair_average=number(fair[e]),
            extreme=extreme[e],
            not_estimable=UNLINKED if np.isnan(values[e]) else None,
        )
        for e in range(size)
    )


def _extreme(data: Usable, facet: Facet) -> list[Literal["minimum", "maximum"] | None]:
    """Which end each element that was set aside for extreme scores is at."""
    code, size = data.code(facet), data.size(facet)
    middle = (len(data.levels) - 1) / 2
    mean = summed(data.category.astype(np.float64), code, size) / np.bincount(code, minlength=size)
    return [
        None if not aside else ("maximum" if mean[e] > middle else "minimum")
        for e, aside in enumerate(data.aside[facet])
    ]


def _fair_averages(data: Usable, joint: Joint, facet: Facet) -> Floats:
    """Expected score of each element among average others; the others' means leave out elements set aside."""
    average = sum(
        SIGN[other] * float(values[~not_in_model(data, other)].mean())
        for other, values in joint.measures.items()
        if other != facet
    )
    values = joint.measures[facet]
    answer = np.full(len(values), np.nan)
    some = ~np.isnan(values)
    answer[some] = response(SIGN[facet] * values[some] + average, joint.thresholds).p @ data.levels
    return answer


def _spread(values: Floats, errors: Floats, data: Usable, facet: Facet) -> FacetSpread | None:
    """Chi-square that all are the same, and separation, over elements that were not set aside."""
    some = ~not_in_model(data, facet)
    x, e = values[some], errors[some]
    if facet not in data.facets or len(x) < 2:
        return None
    w = 1 / e**2
    chi_square = float(w @ x**2 - (w @ x) ** 2 / w.sum())
    error, observed = float((e**2).mean()), float(x.var(ddof=1))
    true = max(observed - error, 0.0)
    return FacetSpread(
        n=len(x),
        chi_square=chi_square,
        df=len(x) - 1,
        p=float(stats.chi2.sf(chi_square, len(x) - 1)),
        separation=float(np.sqrt(true / error)),
        reliability=true / observed if observed > 0 else 0.0,
    )
