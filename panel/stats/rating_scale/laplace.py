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

from dataclasses import dataclass

import numpy as np

from panel.stats.rating_scale.equations import Effects, Layout, Variances
from panel.stats.rating_scale.newton import climb
from panel.stats.rating_scale.posterior import Posterior, posterior, skewness_pull
from panel.stats.rating_scale.probabilities import Response
from panel.stats.ratings import Floats

TOLERANCE = 1e-6
"""Largest slope that is left at the mode, in score points."""


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
    """Find the mode from ``start``, and expand around it. Thresholds stay where they are if their variance is 0.

    Raises NoMaximum.
    """
    top = climb(layout, variances, start, TOLERANCE)
    found = top.found
    with_thresholds = top.equations.with_free_thresholds()
    given = posterior(with_thresholds)
    pull = skewness_pull(layout, found, given)
    to_mean = top.equations.solve(pull)
    # moving a threshold moves the mode: d (x - E) / dF = cov(X, [X >= k]), through the same step to the mean
    through_mode = found.score_with_steps.T @ layout.predictor(to_mean)
    return Laplace(
        layout=layout,
        variances=variances,
        mode=top.at,
        to_mean=to_mean,
        found=found,
        given=given,
        log_likelihood=top.height - top.equations.log_determinant / 2,
        criterion=top.height - with_thresholds.log_determinant / 2,
        by_thresholds=(layout.residuals(found).dense + pull.dense)[: layout.k] + through_mode,
    )
