"""Variances of what was fitted, and the derivative of the Laplace approximation, from the factored equations.

Notation of `equations.Equations`. The linear predictor of rating n of pair j of carrier t has the variance

    k_j + s_j^2 tau_t + v G v',   v = d_n - E_j,   E_j = k_j B_j + s_j tau_t C_t,

where d_n marks the dense unknowns of the rating and G is their covariance.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from panel.stats.rating_scale.equations import Effects, Equations, Layout, Sparse
from panel.stats.rating_scale.probabilities import Response, summed
from panel.stats.ratings import Codes, Floats

BLOCK = 4_000_000
"""Most numbers held at once in a dense block of (pairs, dense unknowns)."""


@dataclass(frozen=True, eq=False)
class Posterior:
    """Variances given the ratings, of the predictor (N,), carrier (T,), halo (J,), and G (p, p) of the dense unknowns.

    ``*_thresholds`` are the covariances with the thresholds, (N, K) and (T, K).
    """

    predictor: Floats
    predictor_thresholds: Floats
    carrier: Floats
    carrier_thresholds: Floats
    halo: Floats
    dense: Floats


def posterior(equations: Equations, g: Floats) -> Posterior:
    """All variances exactly, for the covariance ``g`` (p, p) of the dense unknowns; time grows with pairs x p."""
    layout = equations.layout
    found = Posterior(
        predictor=np.empty(len(layout.pair)),
        predictor_thresholds=np.empty((len(layout.pair), layout.k)),
        carrier=np.empty(layout.n_carrier),
        carrier_thresholds=np.empty((layout.n_carrier, layout.k)),
        halo=np.empty(layout.n_pairs),
        dense=g,
    )
    for carriers in _blocks(layout):
        _fill(found, equations, g, carriers)
    return found


def given_spacing(g: Floats, k: int) -> Floats:
    """``g`` were the first ``k`` unknowns, the thresholds, known but for a common shift."""
    contrasts = np.diff(g[:k], axis=0)
    spread = np.diff(contrasts[:, :k], axis=1)
    return np.asarray(g - contrasts.T @ np.linalg.solve(spread, contrasts)) if k > 1 else g


def _blocks(layout: Layout) -> Iterator[slice]:
    """Runs of carriers whose pairs, times the dense unknowns, stay below BLOCK numbers."""
    first_pair = np.searchsorted(layout.carrier_of_pair, np.arange(layout.n_carrier + 1))
    most = max(BLOCK // layout.p, 1)
    start = 0
    while start < layout.n_carrier:
        stop = int(np.searchsorted(first_pair, first_pair[start] + most, side="right")) - 1
        stop = max(stop, start + 1)
        yield slice(start, stop)
        start = stop


def _fill(found: Posterior, equations: Equations, g: Floats, carriers: slice) -> None:
    """The entries of ``found`` that belong to a run of carriers, in place."""
    layout = equations.layout
    pairs = slice(*np.searchsorted(layout.carrier_of_pair, [carriers.start, carriers.stop]))
    rows = slice(*np.searchsorted(layout.pair, [pairs.start, pairs.stop]))
    of_pair = layout.carrier_of_pair[pairs] - carriers.start
    b, c = equations.b[pairs], equations.c[carriers]
    k, s, w = equations.k[pairs], equations.s[pairs], equations.w[pairs]
    tau = equations.tau[carriers]
    cg = c @ g
    cgc = _row_dots(c, cg)
    found.carrier[carriers] = tau + tau**2 * cgc
    found.carrier_thresholds[carriers] = -tau[:, None] * cg[:, : layout.k]

    tau, cgc, cg = tau[of_pair], cgc[of_pair], cg[of_pair]
    bgb, bgc = (_squares(b, g), _row_dots(b, cg)) if layout.has_halo else (np.zeros(len(k)), np.zeros(len(k)))
    found.halo[pairs] = k + k**2 * (w**2 * tau + bgb - 2 * w * tau * bgc + (w * tau) ** 2 * cgc)

    share = s * tau
    ege = k**2 * bgb + 2 * k * share * bgc + share**2 * cgc
    pair = layout.pair[rows] - pairs.start
    variance = (k + s**2 * tau + ege)[pair]
    with_thresholds = -(k[:, None] * (b @ g[:, : layout.k]) + share[:, None] * cg[:, : layout.k])[pair]
    columns = [column[rows] for column in layout.columns]
    if layout.has_halo:
        variance -= 2 * k[pair] * _products(b, pair, g, columns)
    for column in columns:
        variance += g[column, column] - 2 * share[pair] * cg[pair, column]
        with_thresholds += g[column, : layout.k]
    if len(columns) > 1:
        variance += 2 * g[columns[0], columns[1]]
    found.predictor[rows], found.predictor_thresholds[rows] = variance, with_thresholds


def _row_dots(rows: Sparse, dense: Floats) -> Floats:
    """The product of every sparse row with the dense row beside it, summed."""
    row = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    return summed(rows.data * dense[row, rows.indices], row, rows.shape[0])


def _products(rows: Sparse, row: Codes, g: Floats, columns: list[Codes]) -> Floats:
    """(rows @ g)[row, column], summed over the columns, without the whole product; ``row`` and columns are long."""
    length = np.diff(rows.indptr)[row]
    which = np.repeat(np.arange(len(row)), length)
    entry = np.arange(len(which)) - np.repeat(np.cumsum(length) - length - rows.indptr[row], length)
    place = rows.indices[entry] * len(g)
    found = np.zeros(len(which))
    for column in columns:
        found += g.ravel().take(place + column[which])
    return summed(rows.data[entry] * found, which, len(row))


def _squares(rows: Sparse, g: Floats) -> Floats:
    """row g row', for every sparse row."""
    row = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    return summed(rows.data * _products(rows, row, g, [rows.indices]), row, rows.shape[0])


def skewness_pull(layout: Layout, found: Response, given: Posterior) -> Effects:
    """-1/2 the derivative of log|H| by every unknown, through the probabilities.

    H depends on the unknowns because information does. With q_k = var((k - E) eta - the centred sum of thresholds up to
    k), a quadratic form in the posterior covariance, the derivative by eta is sum_k P_k q_k (k - E), and that by F_l is
    - sum_k P_k q_k ([k >= l] - P(X >= l)): third central moments, contracted with the covariance.
    """
    n_categories = layout.k + 1
    passed = np.tril(np.ones((n_categories, layout.k)), -1)
    cov_f = given.dense[: layout.k, : layout.k]
    # y = passed[k] - at_or_above, the centred indicators of the thresholds; quadratic form x^2 V - 2 x y'c + y'Fy
    y_c = given.predictor_thresholds @ passed.T - _dots(found.at_or_above, given.predictor_thresholds)[:, None]
    above_f = found.at_or_above @ cov_f
    y_f_y = (
        np.einsum("kl,lm,km->k", passed, cov_f, passed)
        - 2 * above_f @ passed.T
        + _dots(above_f, found.at_or_above)[:, None]
    )
    x = found.centred
    pq = found.p * (x**2 * given.predictor[:, None] - 2 * x * y_c + y_f_y)
    on_eta = -_dots(pq, x) / 2
    on_thresholds = (pq.sum(axis=0) @ passed - pq.sum(axis=1) @ found.at_or_above) / 2
    return layout.gathered(on_eta, on_thresholds)


def _dots(a: Floats, b: Floats) -> Floats:
    return np.asarray(np.einsum("nk,nk->n", a, b))
