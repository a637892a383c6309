"""Variance components by moments of pairs of ratings: quick, unbiased, and a good place for REML to begin.

For two ratings i and j,  E (y_i - y_j)^2 / 2 = the sum of v_f over the terms f in which their levels differ. Summed
over all pairs within the groups of each term, and over all pairs at all, this gives as many linear equations as there
are variances. It is MIVQUE(0) with unit weights in another dress; Koch (1967), Technometrics 9:93-118.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from panel.stats.mixed_model.terms import Term
from panel.stats.ratings import Codes, Floats

SMALLEST_SHARE = 0.01
"""Of the variance of the scores: no component begins lower, since moments may be negative."""


def first_guess(terms: Sequence[Term], y: Floats, residual: str) -> dict[str, float]:
    """A positive variance for every term and for ``residual``."""
    n = len(y)
    groups = [*((term.level, term.n_levels) for term in terms), (np.zeros(n, dtype=np.int64), 1)]
    size = len(groups)
    differing, half_squares = np.empty((size, size)), np.empty(size)
    for g, (level, n_levels) in enumerate(groups):
        in_group = np.bincount(level, minlength=n_levels)
        totals = np.bincount(level, y, n_levels)
        half_squares[g] = (in_group * np.bincount(level, y**2, n_levels) - totals**2).sum() / 2
        pairs = _pairs(in_group)
        for f, term in enumerate(terms):
            differing[g, f] = pairs - _pairs(_both(level, term))
        differing[g, -1] = pairs  # two ratings always differ in their residual
    moments = np.linalg.lstsq(differing, half_squares, rcond=None)[0]
    least = SMALLEST_SHARE * float(y.var())
    return {name: max(float(v), least) for name, v in zip([*(t.name for t in terms), residual], moments, strict=True)}


def _both(level: Codes, term: Term) -> Codes:
    """How many ratings fall into each combination of a group and a level of the term."""
    counts: Codes = np.unique(level * term.n_levels + term.level, return_counts=True)[1]
    return counts


def _pairs(counts: Codes) -> float:
    return float((counts * (counts - 1) / 2).sum())
