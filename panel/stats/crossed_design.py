"""Who scored whom, as the sums that the crossed model needs: two factors, "many" levels and "few" (p) levels.

In the model a level of "many" is weighted by a number that depends on its number of ratings alone. So most sums are
kept apart by that number (S sizes) once, and a step of the fit does not touch the ratings again.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np
from scipy import linalg, sparse

from panel.stats.ratings import Codes, Floats

MOST_DENSE = 2500
"""Up to so many levels a p x p matrix is factored (seconds); beyond, equations are solved by conjugate gradients."""

CROWDED = 0.1
"""From this share of filled cells on, dense products are faster than sparse ones."""


class SumsOfSquares(NamedTuple):
    """Of many adjusted for few, of few adjusted for many, and what both leave unexplained."""

    many: float
    few: float
    residual: float


class CrossedDesign:
    """N scores ``y`` (about 0) of ``levels_many`` x ``levels_few`` cells, at most one score in each.

    ``sizes`` (S,) are the numbers of ratings that occur among the many, ``size_of`` (many,) the code of each, ``count``
    (S,) how many have it. ``n_*`` and ``y_*`` are numbers and sums of scores by level or by size.
    """

    def __init__(self, many: Codes, levels_many: int, few: Codes, levels_few: int, y: Floats, *, by_size: bool) -> None:
        self.n, self.p = len(y), levels_few
        self.cells = sparse.csr_array((np.ones(self.n), (many, few)), shape=(levels_many, levels_few))
        self.n_many, self.n_few = _counts(many, levels_many), _counts(few, levels_few)
        self.y_many = np.bincount(many, weights=y, minlength=levels_many)
        self.y_few = np.bincount(few, weights=y, minlength=levels_few)
        self.yy = float(y @ y)
        self.sizes, self.size_of, self.count = np.unique(self.n_many, return_inverse=True, return_counts=True)
        n_sizes = len(self.sizes)
        self.y_by_size = np.bincount(self.size_of, weights=self.y_many, minlength=n_sizes)
        self.yy_by_size = np.bincount(self.size_of, weights=self.y_many**2, minlength=n_sizes)
        size_of_rating, of_few = self.size_of[many], (levels_few, n_sizes)
        place = few * n_sizes + size_of_rating
        self.few_by_size = np.bincount(place, minlength=levels_few * n_sizes).reshape(of_few).astype(np.float64)
        sums = np.bincount(place, weights=self.y_many[many], minlength=levels_few * n_sizes)
        self.y_few_by_size = sums.reshape(of_few)
        self._dense = self.cells.toarray() if self.n > CROWDED * levels_many * levels_few else None
        self._by_size = self._shared_by_size() if by_size else None

    def _shared_by_size(self) -> Floats:
        """(S, p, p) how many of the many two of the few share, by size."""
        groups = [self.cells[self.size_of == size] for size in range(len(self.sizes))]
        return np.stack([(group.T @ group).toarray() for group in groups])

    def few_by_few(self, weight_of_size: Floats) -> Floats:
        """(p, p) Zf' (I - Zm diag(w) Zm') Zf, with a weight for each size."""
        if self._by_size is not None:
            shared = np.tensordot(weight_of_size, self._by_size, axes=1)
        elif self._dense is not None:
            shared = self._dense.T @ (weight_of_size[self.size_of][:, None] * self._dense)
        else:
            weighted = sparse.csr_array(
                (
                    np.repeat(weight_of_size[self.size_of], np.diff(self.cells.indptr)),
                    self.cells.indices,
                    self.cells.indptr,
                ),
                shape=self.cells.shape,
            )
            shared = (self.cells.T @ weighted).toarray()
        return np.asarray(np.diag(self.n_few) - shared)

    @cached_property
    def sums_of_squares(self) -> SumsOfSquares:
        """For connected data."""
        of_many = float(self.yy_by_size @ (1 / self.sizes))
        of_few = float(self.y_few @ (self.y_few / self.n_few))
        few_adjusted = self._few_adjusted_for_many()
        return SumsOfSquares(of_many + few_adjusted - of_few, few_adjusted, self.yy - of_many - few_adjusted)

    def _few_adjusted_for_many(self) -> float:
        """b'A^-b with A = Zf'(I - P)Zf, b = Zf'(I - P)y, P the projection on the means of the many."""
        b = self.y_few - self.y_few_by_size @ (1 / self.sizes)
        if self.p > MOST_DENSE:
            return float(b @ self._solved_by_conjugate_gradients(b))
        # A has one zero eigenvalue, its vector being 1; the last level is set to 0
        a = self.few_by_few(1 / self.sizes)[:-1, :-1]
        factor = linalg.cho_factor(a, check_finite=False)
        return float(b[:-1] @ linalg.cho_solve(factor, b[:-1], check_finite=False))

    def _solved_by_conjugate_gradients(self, b: Floats) -> Floats:
        def apply(x: Floats) -> Floats:
            return np.asarray(self.n_few * x - self.cells.T @ ((self.cells @ x) / self.n_many))

        a = sparse.linalg.LinearOperator((self.p, self.p), matvec=apply, dtype=np.float64)
        by_diagonal = sparse.diags_array(1 / self.n_few)
        return np.asarray(sparse.linalg.cg(a, b, rtol=1e-10, maxiter=10_000, M=by_diagonal)[0])


def _counts(code: Codes, levels: int) -> Floats:
    return np.bincount(code, minlength=levels).astype(np.float64)
