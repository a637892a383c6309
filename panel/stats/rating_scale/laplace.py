"""The Laplace approximation of the likelihood of random facets, and its exact derivative.

The effects u are integrated out around their mode, the top of  log p(x | u, F) - 1/2 sum u^2 / variance:

    log L(F, variances) = log p(x | mode, F) - 1/2 sum mode^2 / variance - 1/2 log|Sigma| - 1/2 log|Z'WZ + 1 / Sigma|.

W and the mode depend on thresholds F and variances, and the derivative counts that in. Leaving it out would be
penalised quasi-likelihood, whose variances and thresholds are too close to 0. Breslow & Clayton (1993), JASA 88:9-25;
Tierney & Kadane (1986), JASA 81:82-86, for the step from the mode to the mean.

The criterion that is maximised is the restricted one: the information matrix in the last term is that of effects and
thresholds together. As REML does, this makes up for the thresholds being estimated; it matters with few raters.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from panel.stats.rating_scale.equations import Effects, Equations, Layout, Variances
from panel.stats.rating_scale.posterior import Posterior, posterior, skewness_pull
from panel.stats.rating_scale.probabilities import Response, log_likelihood, response
from panel.stats.ratings import Floats

MOST_STEPS = 60
TOLERANCE = 1e-8
LONGEST_STEP = 3.0


@dataclass(frozen=True, eq=False)
class Laplace:
    """The approximation at one point: the mode, the step from it to the mean (first order), and what belongs to them.

    ``by_thresholds`` (K,) is the derivative of ``criterion`` by the thresholds; see `sums` for the variances. ``given``
    counts in that the thresholds are estimated too.
    """

    layout: Layout
    variances: Variances
    mode: Effects
    to_mean: Effects
    found: Response
    given: Posterior
    log_likelihood: float
    criterion: float
    by_thresholds: Floats

    @property
    def mean(self) -> Effects:
        """The means of all unknowns given the ratings, to first order."""
        return self.mode.plus(self.to_mean)

    def sums(self) -> tuple[Floats, Floats, Floats]:
        """For carrier, other facets and halo: number of effects, sum of squared means, sum of variances given x.

        The derivative of the criterion by a standard deviation s is (squares + spread - n s^2) / s^3.
        """
        own = np.diag(self.given.dense)
        parts = [
            (self.mode.carrier, self.to_mean.carrier, self.given.carrier),
            *((self.mode.dense[block], self.to_mean.dense[block], own[block]) for block in self.layout.blocks),
            (self.mode.halo, self.to_mean.halo, self.given.halo),
        ]
        rows = [(len(u), u @ u + 2 * u @ shift, spread.sum()) for u, shift, spread in parts]
        n, squares, spread = np.array(rows, dtype=np.float64).T
        return n, squares, spread


def laplace(layout: Layout, variances: Variances, start: Effects) -> Laplace:
    """Find the mode from ``start``, and expand around it. Thresholds stay where they are if their variance is 0."""
    mode, height, equations, found = _mode(layout, variances, start)
    with_thresholds = Equations(layout, found, replace(variances, thresholds=np.inf))
    given = posterior(with_thresholds)
    pull = skewness_pull(layout, found, given)
    to_mean = equations.solve(pull)
    # moving a threshold moves the mode: d (x - E) / dF = cov(X, [X >= k]), through the same step to the mean
    through_mode = found.score_with_steps.T @ layout.predictor(to_mean)
    return Laplace(
        layout=layout,
        variances=variances,
        mode=mode,
        to_mean=to_mean,
        found=found,
        given=given,
        log_likelihood=height - equations.log_determinant / 2,
        criterion=height - with_thresholds.log_determinant / 2,
        by_thresholds=(layout.residuals(found).dense + pull.dense)[: layout.k] + through_mode,
    )


def _mode(layout: Layout, variances: Variances, start: Effects) -> tuple[Effects, float, Equations, Response]:
    """Damped Newton steps to the top of the penalised log-likelihood, which is concave."""
    precision, moves = _prior(layout, variances)

    def height(at: Effects) -> float:
        fit = log_likelihood(layout.category, layout.predictor(at), at.dense[: layout.k])
        return fit - at.dot(at.times(precision)) / 2

    at = start.times(moves)
    at.dense[: layout.k] = start.dense[: layout.k]
    above = height(at)
    for _ in range(MOST_STEPS):
        found = response(layout.predictor(at), at.dense[: layout.k])
        equations = Equations(layout, found, variances)
        slope = layout.residuals(found).plus(at.times(precision), -1.0).times(moves)
        if slope.largest < TOLERANCE:
            break
        step = equations.solve(slope)
        share = min(1.0, LONGEST_STEP / max(step.largest, 1e-12))
        while True:
            ahead = at.plus(step, share)
            higher = height(ahead)
            if higher >= above - 1e-12 * abs(above) or share < 1e-4:
                break
            share /= 2
        at, above = ahead, higher
    return at, above, equations, found


def _prior(layout: Layout, variances: Variances) -> tuple[Effects, Effects]:
    """1 / variance of every unknown (0 if free or held), and whether it moves: 0 if held, else 1."""
    precision, moves = layout.zero(), layout.zero()
    _fill(precision.carrier, moves.carrier, variances.carrier)
    _fill(precision.halo, moves.halo, variances.halo)
    for block, variance in layout.dense_blocks(variances):
        _fill(precision.dense[block], moves.dense[block], variance)
    return precision, moves


def _fill(precision: Floats, moves: Floats, variance: float) -> None:
    precision[:] = 0.0 if variance == 0 else 1 / variance
    moves[:] = float(variance > 0)
