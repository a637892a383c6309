"""The likelihood equations of the rating scale model, solved by eliminating whatever is diagonal.

The linear predictor of a rating is a sum of effects,  eta = carrier + others + halo.  Effects add, so those of raters
and items are minus severity and minus difficulty. The information matrix

    H = Z' W Z + prior precision

is diagonal in the halo (one effect per pair) and, once the halo is eliminated, in the largest facet, the carrier. What
remains is a dense matrix on [thresholds, elements of the other facets]. Henderson (1984); Searle et al. (1992), ch. 7.

Names: J pairs, T elements of the carrier, K thresholds, P elements of the other facets, p = K + P dense unknowns.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from scipy import linalg, sparse

from panel.stats.rating_scale.probabilities import Response, summed
from panel.stats.ratings import Codes, Floats

Sparse = Any  # scipy has no types


@dataclass(frozen=True, eq=False)
class Effects:
    """A vector over all unknowns: ``carrier`` (T,), ``dense`` (K + P,) thresholds first, ``halo`` (J,)."""

    carrier: Floats
    dense: Floats
    halo: Floats

    def plus(self, other: Effects, share: float = 1.0) -> Effects:
        return Effects(
            self.carrier + share * other.carrier, self.dense + share * other.dense, self.halo + share * other.halo
        )

    def times(self, other: Effects) -> Effects:
        return Effects(self.carrier * other.carrier, self.dense * other.dense, self.halo * other.halo)

    def dot(self, other: Effects) -> float:
        return float(self.carrier @ other.carrier + self.dense @ other.dense + self.halo @ other.halo)

    @property
    def largest(self) -> float:
        return max(float(np.abs(part).max(initial=0.0)) for part in (self.carrier, self.dense, self.halo))


@dataclass(frozen=True)
class Variances:
    """Prior variances of the effects around 0: infinite = a free parameter, 0 = held where it is."""

    carrier: float
    others: tuple[float, ...]
    halo: float = 0.0
    thresholds: float = np.inf


class Layout:
    """Where the N ratings stand: codes sorted by carrier and pair, and the fixed pattern of the sparse sums.

    ``others`` are codes (N,) of up to two further facets with ``sizes`` elements. Without ``second`` (N,), the facet
    that forms pairs with the carrier, there is no halo and the pairs are the elements of the carrier themselves.
    """

    def __init__(
        self,
        category: Codes,
        carrier: Codes,
        others: list[Codes],
        sizes: list[int],
        n_categories: int,
        second: Codes | None = None,
    ) -> None:
        key = carrier if second is None else carrier * (int(second.max()) + 1) + second
        order = np.argsort(key, kind="stable")
        _, self.pair = np.unique(key[order], return_inverse=True)
        self.category, self.carrier = category[order], carrier[order]
        self.order = order
        self.n_pairs, self.n_carrier = int(self.pair[-1]) + 1, int(carrier.max()) + 1
        self.first_of_pair = np.flatnonzero(np.diff(self.pair, prepend=-1))
        self.carrier_of_pair = self.carrier[self.first_of_pair]
        self.k = n_categories - 1
        starts = np.cumsum([self.k, *sizes])
        self.blocks = tuple(slice(int(a), int(b)) for a, b in pairwise(starts))
        self.columns = [code[order] + block.start for code, block in zip(others, self.blocks, strict=True)]
        self.p = int(starts[-1])
        self.has_halo = second is not None
        self._pattern()

    def _pattern(self) -> None:
        """The cells (pair, element) that occur; every rating adds to one cell for each of the other facets."""
        columns = np.concatenate(self.columns) if self.columns else np.zeros(0, dtype=np.int64)
        pairs = np.tile(self.pair, len(self.columns))
        cells, self.cell = np.unique(pairs * self.p + columns, return_inverse=True)
        self.cell_column = cells % self.p
        self.cell_start = np.searchsorted(cells // self.p, np.arange(self.n_pairs + 1))
        pair_start = np.searchsorted(self.carrier_of_pair, np.arange(self.n_carrier + 1))
        self.pairs_of_carrier = sparse.csr_array(
            (np.ones(self.n_pairs), np.arange(self.n_pairs), pair_start), shape=(self.n_carrier, self.n_pairs)
        )

    def dense_blocks(self, variances: Variances) -> list[tuple[slice, float]]:
        """Where each kind of dense unknown stands, with its prior variance."""
        kinds = (slice(0, self.k), *self.blocks)
        return list(zip(kinds, (variances.thresholds, *variances.others), strict=True))

    def zero(self) -> Effects:
        return Effects(np.zeros(self.n_carrier), np.zeros(self.p), np.zeros(self.n_pairs))

    def predictor(self, effects: Effects) -> Floats:
        """(N,) eta."""
        eta = effects.carrier[self.carrier]
        for column in self.columns:
            eta = eta + effects.dense[column]
        return eta + effects.halo[self.pair] if self.has_halo else eta

    def gathered(self, on_eta: Floats, on_thresholds: Floats) -> Effects:
        """Z' v: a vector over ratings (N,), and one over thresholds (K,), summed to every unknown they touch."""
        dense = np.zeros(self.p)
        dense[: self.k] = on_thresholds
        for column in self.columns:
            dense += summed(on_eta, column, self.p)
        by_pair = summed(on_eta, self.pair, self.n_pairs)
        halo = by_pair if self.has_halo else np.zeros(self.n_pairs)
        return Effects(self.pairs_of_carrier @ by_pair, dense, halo)

    def residuals(self, found: Response) -> Effects:
        """The gradient of the log-likelihood: observed less expected, for every unknown."""
        passed = np.bincount(self.category, minlength=self.k + 1)[::-1].cumsum()[::-1][1:]
        return self.gathered(self.category - found.expected, found.at_or_above.sum(axis=0) - passed)

    def rows(self, found: Response) -> Sparse:
        """(J, p) information shared by the effect of each pair and the dense unknowns."""
        steps = found.score_with_steps
        on_thresholds = np.stack([-summed(step, self.pair, self.n_pairs) for step in steps.T], axis=1)
        weights = np.tile(found.variance, len(self.columns))
        data = summed(weights, self.cell, len(self.cell_column))
        elements = sparse.csr_array((data, self.cell_column, self.cell_start), shape=(self.n_pairs, self.p))
        padded = sparse.csr_array(on_thresholds)
        padded.resize((self.n_pairs, self.p))
        return (padded + elements).tocsr()

    def dense_information(self, found: Response) -> Floats:
        """(p, p) information on the dense unknowns among themselves."""
        information = np.zeros((self.p, self.p))
        information[: self.k, : self.k] = found.step_information
        steps = found.score_with_steps
        for column in self.columns:
            for k in range(self.k):
                shared = -summed(steps[:, k], column, self.p)
                information[k] += shared
                information[:, k] += shared
            information[np.diag_indices(self.p)] += summed(found.variance, column, self.p)
        if len(self.columns) > 1:
            size = (self.p, self.p)
            shared = sparse.coo_array((found.variance, (self.columns[0], self.columns[1])), shape=size).toarray()
            information += shared + shared.T
        return information


class Equations:
    """H at one point, factored. Notation of the elimination, for pair j of carrier t, weights w, rows B (J, p):

    halo:     k_j = 1 / (w_j + 1 / s2_halo),     s_j = 1 - k_j w_j
    carrier:  A_t = sum s_j w_j,  C_t = sum s_j B_j,  tau_t = 1 / (A_t + 1 / s2_carrier)
    dense:    S = D - B' k B - C' tau C
    """

    def __init__(self, layout: Layout, found: Response, variances: Variances) -> None:
        self.layout = layout
        self.w = summed(found.variance, layout.pair, layout.n_pairs)
        self.b = layout.rows(found)
        self.k = _shrunk(self.w, variances.halo)
        self.s = 1 - self.k * self.w
        self.a = layout.pairs_of_carrier @ (self.s * self.w)
        self.c = (layout.pairs_of_carrier * self.s[None, :]).tocsr() @ self.b
        self.tau = _shrunk(self.a, variances.carrier)
        self.schur = layout.dense_information(found) - _cross(self.c, self.tau)
        if variances.halo > 0:
            self.schur -= _cross(self.b, self.k)
        self._factor(variances)

    def _factor(self, variances: Variances) -> None:
        """The dense part scaled by the prior standard deviations, so that a variance of 0 is nothing special."""
        layout = self.layout
        self.variances, self.scale = variances, np.ones(layout.p)
        prior = np.zeros(layout.p)
        for block, variance in layout.dense_blocks(variances):
            if np.isfinite(variance):
                self.scale[block], prior[block] = np.sqrt(variance), 1.0
        scaled = self.schur * (self.scale[:, None] * self.scale)
        scaled[np.diag_indices(layout.p)] += prior
        if np.isinf(variances.carrier):
            _fix_sums(scaled, [slice(0, layout.k), *layout.blocks])
        self.factor = linalg.cholesky(scaled, lower=True, overwrite_a=True, check_finite=False)
        self.log_determinant = 2 * float(np.log(np.diag(self.factor)).sum())
        if np.isfinite(variances.carrier):
            self.log_determinant += float(np.log1p(variances.carrier * self.a).sum())
            self.log_determinant += float(np.log1p(variances.halo * self.w).sum())

    def with_free_thresholds(self) -> Equations:
        """The same equations, were the thresholds unknown too."""
        freed = copy(self)
        freed._factor(replace(self.variances, thresholds=np.inf))
        return freed

    def solve(self, right: Effects) -> Effects:
        """H^-1 right."""
        carrier = right.carrier - self.layout.pairs_of_carrier @ (self.w * self.k * right.halo)
        dense = right.dense - self.b.T @ (self.k * right.halo) - self.c.T @ (self.tau * carrier)
        dense = self.scale * linalg.cho_solve((self.factor, True), self.scale * dense, check_finite=False)
        carrier = self.tau * (carrier - self.c @ dense)
        halo = self.k * (right.halo - self.w * carrier[self.layout.carrier_of_pair] - self.b @ dense)
        return Effects(carrier, dense, halo)

    def dense_covariance(self) -> Floats:
        """(p, p) covariance of the dense unknowns."""
        inverse, _ = linalg.lapack.dpotri(self.factor, lower=1)
        lower = np.tril(inverse)
        return np.asarray((lower + np.tril(lower, -1).T) * self.scale[:, None] * self.scale)

    @property
    def weakest(self) -> float:
        """The least share of any unknown's own information that is left when all the others are free; near 0, H is
        singular."""
        left: Floats = np.diag(self.factor) ** 2
        own = (self.factor**2).sum(axis=1)
        return min(float((left / own).min()), float(self.a.min()))


def _shrunk(information: Floats, variance: float) -> Floats:
    """1 / (information + 1 / variance), for variances from 0 to infinity."""
    return 1 / information if np.isinf(variance) else variance / (1 + variance * information)


def _cross(rows: Sparse, weights: Floats) -> Floats:
    """rows' diag(weights) rows, dense."""
    return np.asarray((rows.T @ (rows * weights[:, None]).tocsr()).toarray())


def _fix_sums(matrix: Floats, blocks: list[slice]) -> None:
    """Make the sum over each block a known 0: without this, a constant moves freely from one facet to another.

    Adding a multiple of 11' changes no solution whose sums are 0, and the right-hand sides leave them so.
    """
    size = max(float(np.diag(matrix).mean()), 1e-300)
    for block in blocks:
        matrix[block, block] += size
