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
    """A positive variance for every term and for ``residual``. No two ratings share target, rater and item."""
    n = len(y)
    everything = Term("", np.zeros(n, dtype=np.int64), 1)
    groups = [*terms, everything]
    pairs = _PairsWithin(terms, n)
    differing, half_squares = np.empty((len(groups), len(groups))), np.empty(len(groups))
    for g, group in enumerate(groups):
        in_group = np.bincount(group.level, minlength=group.n_levels)
        totals = np.bincount(group.level, y, group.n_levels)
        half_squares[g] = (in_group * np.bincount(group.level, y**2, group.n_levels) - totals**2).sum() / 2
        for f, term in enumerate(terms):
            differing[g, f] = pairs.of(group) - pairs.of(group, term)
        differing[g, -1] = pairs.of(group)  # two ratings always differ in their residual
    moments = np.linalg.lstsq(differing, half_squares, rcond=None)[0]
    least = SMALLEST_SHARE * float(y.var())
    return {name: max(float(v), least) for name, v in zip([*(t.name for t in terms), residual], moments, strict=True)}


class _PairsWithin:
    """How many pairs of ratings agree in every facet (target, rater, item) of some terms."""

    def __init__(self, terms: Sequence[Term], n_ratings: int) -> None:
        self.found = {frozenset(("target", "rater", "item")): 0.0, frozenset(): n_ratings * (n_ratings - 1) / 2}
        for term in terms:
            self.found.setdefault(_facets(term), _pairs(np.bincount(term.level)))

    def of(self, *terms: Term) -> float:
        facets = frozenset().union(*(_facets(term) for term in terms))
        if facets not in self.found:
            first, second = terms
            both = np.unique(first.level * second.n_levels + second.level, return_counts=True)[1]
            self.found[facets] = _pairs(both)
        return self.found[facets]


def _facets(term: Term) -> frozenset[str]:
    return frozenset(term.name.split(":")) - {""}


def _pairs(counts: Codes) -> float:
    return float((counts * (counts - 1) / 2).sum())
