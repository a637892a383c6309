"""Category probabilities of the rating scale model, and their moments.

    log(P_k / P_{k-1}) = eta - F_k,   k = 1 ... K,   so   log P_k = k eta - F_1 - ... - F_k - log(sum over categories)

Andrich (1978), Psychometrika 43:561-573. The score X = 0 ... K is the number of thresholds that were passed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from panel.stats.ratings import Codes, Floats


@dataclass(frozen=True, eq=False)
class Response:
    """What the model says of N ratings: probabilities ``p`` (N, K + 1), ``at_or_above`` (N, K) P(X >= k), and moments.

    ``expected`` (N,) and ``variance`` (N,) are those of X in categories; the variance is also the information on eta.
    """

    log_p: Floats
    p: Floats
    at_or_above: Floats
    expected: Floats
    variance: Floats

    @cached_property
    def centred(self) -> Floats:
        """(N, K + 1): k - E(X)."""
        return np.arange(self.p.shape[1]) - self.expected[:, None]

    @property
    def fourth_moment(self) -> Floats:
        """(N,): E (X - E(X))^4."""
        return np.asarray(np.einsum("nk,nk->n", self.p, self.centred**4))

    @cached_property
    def score_with_steps(self) -> Floats:
        """(N, K): cov(X, [X >= k])."""
        tail = np.cumsum((self.p * np.arange(self.p.shape[1]))[:, :0:-1], axis=1)[:, ::-1]
        return np.asarray(tail - self.expected[:, None] * self.at_or_above)

    @property
    def step_information(self) -> Floats:
        """(K, K): the sum over ratings of cov([X >= k], [X >= l]), the information on the thresholds."""
        total = self.at_or_above.sum(axis=0)
        later = np.maximum.outer(np.arange(len(total)), np.arange(len(total)))
        return np.asarray(total[later] - self.at_or_above.T @ self.at_or_above)


def summed(values: Floats, code: Codes, size: int) -> Floats:
    """(size,): the sum of ``values`` (N,) over each code."""
    return np.asarray(np.bincount(code, weights=values, minlength=size), dtype=np.float64)


def response(eta: Floats, thresholds: Floats) -> Response:
    """Probabilities and moments at the linear predictors ``eta`` (N,) and ``thresholds`` F_1 ... F_K (K,)."""
    k = np.arange(len(thresholds) + 1)
    log_p = k * eta[:, None] - np.concatenate([[0.0], np.cumsum(thresholds)])
    log_p -= log_p.max(axis=1, keepdims=True)
    p = np.exp(log_p)
    total = p.sum(axis=1, keepdims=True)
    log_p -= np.log(total)
    p /= total
    at_or_above = np.cumsum(p[:, :0:-1], axis=1)[:, ::-1]
    expected = at_or_above.sum(axis=1)
    centred = k - expected[:, None]
    return Response(log_p, p, at_or_above, expected, np.einsum("nk,nk->n", p, centred**2))


def log_likelihood(category: Codes, found: Response) -> float:
    """The log probability of the observed categories (N,)."""
    return float(found.log_p[np.arange(len(category)), category].sum())
