"""Henderson's mixed-model equations of a crossed model, solved by eliminating what is diagonal.

    y = X b + sum over terms f of Z_f u_f + e,    u_f ~ N(0, v_f I),    e ~ N(0, v_e I)

with X a column of ones. Divided by 1 / v_e, the coefficient matrix of Henderson (1950, 1973) is

    C = [X Z]' [X Z] + diag(0, lambda_f I),    lambda_f = v_e / v_f.

Its columns are taken in three groups, and the first two are eliminated exactly:

    outer   an interaction, such as target:rater. Each rating has one level, so the block is diagonal.
    inner   a factor that the outer term is nested in, such as target. It stays diagonal after that.
    rest    the mean and all other terms: a dense matrix S with m columns.

Henderson (1973), Sire evaluation and genetic trends, J Anim Sci 1973:10-41; Searle, Casella & McCulloch (1992),
Variance Components, ch. 7; Bates et al. (2015), J Stat Softw 67(1), section 3, for the sparse view of the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from scipy import linalg, sparse

from panel.stats.mixed_model.sparse_products import gram, row_sums, times_where_stored
from panel.stats.mixed_model.terms import Term
from panel.stats.ratings import Codes, Floats

Effects: TypeAlias = dict[str, Floats]
"""Fixed mean under "mean" (1,), and the effects of every term under its name."""

MEAN = "mean"


class System:
    """The structure of the equations: which columns are eliminated, and where the coefficients stand."""

    def __init__(self, terms: Sequence[Term], n_ratings: int) -> None:
        self.terms = {term.name: term for term in terms}
        self.n_ratings = n_ratings
        self.outer, self.inner = _eliminated(terms)
        self.rest = tuple(term for term in terms if term.name not in (self.outer_name, self.inner_name))
        starts = np.cumsum([1, *(term.n_levels for term in self.rest)])
        self.m = int(starts[-1])
        self.columns = {term.name: slice(starts[k], starts[k + 1]) for k, term in enumerate(self.rest)}
        self.parent = _parents(self.outer, self.inner)

    @property
    def outer_name(self) -> str | None:
        return self.outer.name if self.outer else None

    @property
    def inner_name(self) -> str | None:
        return self.inner.name if self.inner else None

    def coefficients(self) -> Coefficients:
        """The parts of [X Z]' [X Z]."""
        inner_rest = self._crossed(self.inner)
        outer_rest = self._crossed(self.outer)
        return Coefficients(
            system=self,
            outer=_sums(self.outer),
            inner=_sums(self.inner),
            outer_rest=outer_rest,
            inner_rest=inner_rest,
            rest=self._rest_rest(),
            place=_places(outer_rest, inner_rest, self.parent, self.m),
        )

    def right_hand_side(self, y: Floats) -> tuple[Floats, Floats, Floats]:
        """[X Z]' y in the groups outer, inner, rest."""
        rest = np.empty(self.m)
        rest[0] = y.sum()
        for term in self.rest:
            rest[self.columns[term.name]] = _sums(term, y)
        return _sums(self.outer, y), _sums(self.inner, y), rest

    def fitted(self, effects: Effects) -> Floats:
        """X b + Z u (N,)."""
        total = np.full(self.n_ratings, effects[MEAN][0])
        for name, term in self.terms.items():
            total += effects[name][term.level]
        return total

    def _crossed(self, term: Term | None) -> sparse.csr_array:
        """Z_term' [X Z_rest], with sorted columns."""
        if term is None:
            return sparse.csr_array((0, self.m))
        ones = np.zeros(self.n_ratings, dtype=np.int64)
        columns = [ones, *(self.columns[each.name].start + each.level for each in self.rest)]
        row, column = np.tile(term.level, len(columns)), np.concatenate(columns)
        table = sparse.coo_array((np.ones(len(row)), (row, column)), shape=(term.n_levels, self.m)).tocsr()
        table.sum_duplicates()
        return table

    def _rest_rest(self) -> Floats:
        """[X Z_rest]' [X Z_rest] (m, m)."""
        table = np.zeros((self.m, self.m))
        table[0, 0] = self.n_ratings
        for k, one in enumerate(self.rest):
            own = self.columns[one.name]
            total = _sums(one)
            table[0, own] = table[own, 0] = total
            table[own, own] = np.diag(total)
            for other in self.rest[k + 1 :]:
                pair = one.level * other.n_levels + other.level
                block = np.bincount(pair, minlength=one.n_levels * other.n_levels)
                block = block.reshape(one.n_levels, other.n_levels)
                table[own, self.columns[other.name]] = block
                table[self.columns[other.name], own] = block.T
        return table


@dataclass(frozen=True, eq=False)
class Coefficients:
    """[X Z]' [X Z] by groups. ``outer`` and ``inner`` are diagonals; ``outer_rest`` (outer levels, m) and
    ``inner_rest`` (inner levels, m) are sparse. ``place`` says where an entry of ``outer_rest`` stands among the
    entries of ``inner_rest``, in the row of its parent."""

    system: System
    outer: Floats
    inner: Floats
    outer_rest: sparse.csr_array
    inner_rest: sparse.csr_array
    rest: Floats
    place: Codes

    def factored(self, ratio: Mapping[str, float]) -> Factored:
        """The equations with lambda_f = ``ratio[f]`` for every term, ready to be solved."""
        system = self.system
        w = np.empty(0)
        d, b, s = self.inner, self.inner_rest, self.rest.copy()
        if system.outer:
            w = 1 / (self.outer + ratio[system.outer.name])
            shift = np.repeat(w * self.outer, np.diff(self.outer_rest.indptr)) * self.outer_rest.data
            s -= gram(self.outer_rest, w)
            if system.inner:
                d = d - np.bincount(system.parent, w * self.outer**2, len(d))
                data = b.data - np.bincount(self.place, shift, len(b.data))
                b = sparse.csr_array((data, b.indices, b.indptr), shape=b.shape)
        if system.inner:
            d = d + ratio[system.inner.name]
            s -= gram(b, 1 / d)
        for term in system.rest:
            own = np.arange(system.m)[system.columns[term.name]]
            s[own, own] += ratio[term.name]
        return Factored(self, w, d, b, linalg.cho_factor(s, lower=True, check_finite=False)[0])


class Factored:
    """C with its outer and inner groups eliminated and the rest, S = L L', factored.

    ``w`` is the inverse of the outer block, ``d`` the inner block after that, ``b`` the inner rows of the rest's
    columns, all with the outer group eliminated.
    """

    def __init__(self, parts: Coefficients, w: Floats, d: Floats, b: sparse.csr_array, lower: Floats) -> None:
        self.parts, self.w, self.d, self.b, self.lower = parts, w, d, b, lower
        self._inverse: Floats | None = None
        self._b_inverse: Floats | None = None

    def log_determinant(self) -> float:
        """log det C."""
        return float(-np.log(self.w).sum() + np.log(self.d).sum() + 2 * np.log(np.diag(self.lower)).sum())

    def solve(self, y: Floats) -> Effects:
        """The effects for the response ``y`` (N,)."""
        return self.solve_for(*self.parts.system.right_hand_side(y))

    def solve_for(self, r_outer: Floats, r_inner: Floats, r_rest: Floats) -> Effects:
        """The solution of C x = r."""
        parts, system = self.parts, self.parts.system
        if system.outer:
            t = self.w * r_outer
            r_rest = r_rest - t @ parts.outer_rest
            if system.inner:
                r_inner = r_inner - np.bincount(system.parent, parts.outer * t, len(r_inner))
        if system.inner:
            r_rest = r_rest - (r_inner / self.d) @ self.b
        x = linalg.cho_solve((self.lower, True), r_rest, check_finite=False)
        effects = {MEAN: x[:1], **{name: x[own] for name, own in system.columns.items()}}
        x_inner = np.empty(0)
        if system.inner:
            x_inner = effects[system.inner.name] = (r_inner - self.b @ x) / self.d
        if system.outer:
            of_parent = x_inner[system.parent] if system.inner else 0.0
            effects[system.outer.name] = self.w * (r_outer - parts.outer * of_parent - parts.outer_rest @ x)
        return effects

    @property
    def inverse(self) -> Floats:
        """S^-1 (m, m): the block of C^-1 for the mean and the rest."""
        if self._inverse is None:
            lower, _ = linalg.lapack.dpotri(self.lower, lower=1)
            lower = np.tril(lower)
            self._inverse = lower + np.tril(lower, -1).T
        return self._inverse

    @property
    def b_inverse(self) -> Floats:
        """The entries of b S^-1 where b has entries."""
        if self._b_inverse is None:
            self._b_inverse = times_where_stored(self.b, self.inverse)
        return self._b_inverse

    def diagonal(self, name: str) -> Floats:
        """The diagonal of the block of C^-1 that belongs to a term of the inner or the rest group."""
        system = self.parts.system
        if name == system.inner_name:
            return 1 / self.d + row_sums(self.b, self.b.data * self.b_inverse) / self.d**2
        return np.diag(self.inverse)[system.columns[name]]

    def with_mean(self, name: str) -> Floats:
        """The covariances in C^-1 of the mean with every effect of a term of the inner or the rest group."""
        system = self.parts.system
        if name == system.inner_name:
            return np.asarray(-(self.b @ self.inverse[:, 0]) / self.d)
        return self.inverse[0, system.columns[name]]

    def trace(self, name: str) -> float:
        """The trace of a term's block of C^-1, exact for every term."""
        if name != self.parts.system.outer_name:
            return float(self.diagonal(name).sum())
        return float(self.w.sum()) + self._spread_of_outer()

    def _spread_of_outer(self) -> float:
        """sum over outer levels a, in inner level c, of w_a^2 (n_a^2 / d_c + k' S^-1 k), k = k_a - n_a / d_c b_c."""
        parts, system = self.parts, self.parts.system
        k, n, w2 = parts.outer_rest, parts.outer, self.w**2
        each = row_sums(k, k.data * times_where_stored(k, self.inverse))
        total = float(w2 @ each)
        if not system.inner:
            return total
        n2 = np.bincount(system.parent, w2 * n**2, len(self.d))
        crossed = np.bincount(parts.place, np.repeat(w2 * n, np.diff(k.indptr)) * k.data, len(self.b.data))
        own = row_sums(self.b, self.b.data * self.b_inverse)
        mixed = row_sums(self.b, crossed * self.b_inverse)
        return total + float((n2 / self.d).sum() + (n2 / self.d**2 * own).sum() - 2 * (mixed / self.d).sum())


def _sums(term: Term | None, of: Floats | None = None) -> Floats:
    """The sum of ``of`` (N,), or the number of ratings, in each level of the term; empty without a term."""
    if term is None:
        return np.empty(0)
    return np.asarray(np.bincount(term.level, of, term.n_levels), dtype=np.float64)


def _eliminated(terms: Sequence[Term]) -> tuple[Term | None, Term | None]:
    """The outer and the inner term whose elimination leaves the smallest dense matrix."""
    factors = [term for term in terms if not term.is_interaction]
    best: tuple[int, Term | None, Term | None] = (0, None, None)
    for outer in [None, *(term for term in terms if term.is_interaction)]:
        for inner in factors:
            if outer and inner.name not in outer.name.split(":"):
                continue
            gone = inner.n_levels + (outer.n_levels if outer else 0)
            if gone > best[0]:
                best = gone, outer, inner
    return best[1], best[2]


def _parents(outer: Term | None, inner: Term | None) -> Codes:
    """The inner level of each outer level."""
    if outer is None or inner is None:
        return np.empty(0, dtype=np.int64)
    parent = np.empty(outer.n_levels, dtype=np.int64)
    parent[outer.level] = inner.level
    return parent


def _places(outer_rest: sparse.csr_array, inner_rest: sparse.csr_array, parent: Codes, m: int) -> Codes:
    if not len(parent):
        return np.empty(0, dtype=np.int64)
    stored = np.repeat(np.arange(inner_rest.shape[0]), np.diff(inner_rest.indptr)) * m + inner_rest.indices
    sought = np.repeat(parent, np.diff(outer_rest.indptr)) * m + outer_rest.indices
    return np.asarray(np.searchsorted(stored, sought))
