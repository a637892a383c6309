"""Standard errors, and measures for the elements that were set aside.

An extreme element gets the measure whose expected score is 0.3 points off the extreme. It is measured by its ratings
among elements in the model; where it has none, by those among elements measured before it.
Linacre (1989), Many-Facet Rasch Measurement; FACETS' Xtreme = 0.3.
"""

from __future__ import annotations

import numpy as np

from panel.stats.rating_scale.joint_result import Joint
from panel.stats.rating_scale.levels import SIGN, Facet, Usable
from panel.stats.rating_scale.probabilities import response, summed
from panel.stats.ratings import Flags, Floats

ADJUSTMENT = 0.3
MOST_STEPS = 200
TOLERANCE = 1e-9


def measure_all(data: Usable, measures: dict[Facet, Floats], thresholds: Floats) -> Joint:
    """Standard errors for the measured elements; measures and errors for the others (NaN) that have ratings among them.

    A facet with one element is fixed at 0, without an error.
    """
    measures = {facet: values.copy() for facet, values in measures.items()}
    errors = {facet: np.full(len(values), np.nan) for facet, values in measures.items()}
    for facet in data.facets:
        among = data.kept & ~np.isnan(measures[facet])[data.code(facet)]
        information = _information(data, facet, measures, thresholds, among)
        errors[facet] = _error(information)
    while True:
        known = {facet: ~np.isnan(values) for facet, values in measures.items()}
        found = {
            facet: _measured(data, facet, measures, known, thresholds)
            for facet in data.facets
            if not known[facet].all()
        }
        for facet, (values, information) in found.items():
            measures[facet] = np.where(known[facet], measures[facet], values)
            errors[facet] = np.where(known[facet], errors[facet], _error(information))
        if all(np.isnan(values).all() for values, _ in found.values()):
            return Joint(measures, thresholds, errors)


def _error(information: Floats) -> Floats:
    some = information > 0
    return np.where(some, 1 / np.sqrt(np.where(some, information, 1.0)), np.nan)


def _information(data: Usable, facet: Facet, measures: dict[Facet, Floats], thresholds: Floats, rows: Flags) -> Floats:
    eta = sum(SIGN[other] * values[data.code(other)[rows]] for other, values in measures.items())
    variance = response(np.asarray(eta), thresholds).variance
    return summed(variance, data.code(facet)[rows], data.size(facet))


def _measured(
    data: Usable, facet: Facet, measures: dict[Facet, Floats], known: dict[Facet, Flags], thresholds: Floats
) -> tuple[Floats, Floats]:
    """Measures of the unknown elements of one facet by one-dimensional Newton steps, and the information on them.

    NaN and 0 for an element with no ratings among known ones.
    """
    rest = np.zeros(data.ratings.n_ratings)
    rows = ~known[facet][data.code(facet)]
    for other in measures:
        if other != facet:
            rows &= known[other][data.code(other)]
            rest += SIGN[other] * np.where(known[other], measures[other], 0.0)[data.code(other)]
    size = data.size(facet)
    code, rest = data.code(facet)[rows], rest[rows]
    n = np.bincount(code, minlength=size)
    raw = summed(data.category[rows].astype(np.float64), code, size)
    top = n * len(thresholds)
    wanted = np.where(raw == 0, ADJUSTMENT, np.where(raw == top, top - ADJUSTMENT, raw))
    effect, information = np.zeros(size), np.zeros(size)
    for _ in range(MOST_STEPS):
        at = response(rest + effect[code], thresholds)
        information = summed(at.variance, code, size)
        short = np.where(n > 0, wanted - summed(at.expected, code, size), 0.0)
        if np.abs(short).max() < TOLERANCE:
            break
        effect += np.clip(short / np.maximum(information, 1e-12), -1.0, 1.0)
    return np.where(n > 0, SIGN[facet] * effect, np.nan), information
