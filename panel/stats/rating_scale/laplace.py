"""The Laplace approximation of the likelihood of random facets, and its exact derivative.

The effects u are integrated out around their mode, the top of  log p(x | u, F) - 1/2 sum u^2 / variance:

    log L(F, variances) = log p(x | mode, F) - 1/2 sum mode^2 / variance - 1/2 log|Sigma| - 1/2 log|Z'WZ + 1 / Sigma|.

W and the mode depend on thresholds F and variances, and the derivative counts that in. Leaving it out would be
penalised quasi-likelihood, whose variances and thresholds are too close to 0. Breslow & Clayton (1993), JASA 88:9-25;
Tierney & Kadane (1986), JASA 81:82-86, for the step from the mode to the mean.

The criterion that is maximised is the restricted one: the information in the last term is that of the effects and of a
common shift of the thresholds, which is the mean. As in REML, this makes up for the mean being estimated; it matters
with few raters. The spacing of the thresholds is not integrated out: a flat prior on it would favour large variances.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from panel.stats.rating_scale.equations import Effects, Equations, Layout, Variances
from panel.stats.rating_scale.newton import climb
from panel.stats.rating_scale.posterior import Posterior, given_spacing, posterior, skewness_pull
from panel.stats.rating_scale.probabilities import Response
from panel.stats.ratings import Floats

TOLERANCE = 1e-6
"""Largest slope that is left at the mode, in score points."""


@dataclass(frozen=True, eq=False)
class Laplace:
    """The approximation at one point: the mode, the step from it to the mean (first order), and what belongs to them.

    ``by_thresholds`` (K,) is the derivative of ``criterion`` by the thresholds; `sums` leads to that by the variances.
    ``given`` counts in that the mean is estimated, and not that the spacing of the thresholds is.
    """

    layout: Layout
    variances: Variances
    mode: Effects
    to_mean: Effects
    found: Response
    given: Posterior
    equations: Equations
    log_likelihood: float
    criterion: float
    by_thresholds: Floats

    @property
    def mean(self) -> Effects:
        """The means of all unknowns given the ratings, to first order."""
        return self.mode.plus(self.to_mean)


def sums(layout: Layout, mode: Effects, to_mean: Effects, given: Posterior) -> tuple[Floats, Floats, Floats]:
    """For carrier, other facets and halo: number of effects, sum of squared means, sum of variances given x.

    The derivative of the criterion by a standard deviation s is (squares + spread - n s^2) / s^3.
    """
    own = np.diag(given.dense)
    parts = [
        (mode.carrier, to_mean.carrier, given.carrier),
        *((mode.dense[block], to_mean.dense[block], own[block]) for block in layout.blocks),
        (mode.halo, to_mean.halo, given.halo),
    ]
    rows = [(len(u), u @ u + 2 * u @ shift, spread.sum()) for u, shift, spread in parts]
    n, squares, spread = np.array(rows, dtype=np.float64).T
    return n, squares, spread


def laplace(layout: Layout, variances: Variances, start: Effects) -> Laplace:
    """Find the mode from ``start``, whose thresholds are held, and expand around it. Raises NoMaximum."""
    held = replace(variances, thresholds=0.0)
    top = climb(layout, held, start, TOLERANCE)
    found = top.found
    g = top.equations.with_free_thresholds().dense_covariance()
    on_mean = float(np.linalg.inv(g[: layout.k, : layout.k]).sum())
    given = posterior(top.equations, given_spacing(g, layout.k))
    pull = skewness_pull(layout, found, given)
    to_mean = top.equations.solve(pull)
    # moving a threshold moves the mode: d (x - E) / dF = cov(X, [X >= k]), through the same step to the mean
    through_mode = found.score_with_steps.T @ layout.predictor(to_mean)
    return Laplace(
        layout=layout,
        variances=held,
        mode=top.at,
        to_mean=to_mean,
        found=found,
        given=given,
        equations=top.equations,
        log_likelihood=top.height - top.equations.log_determinant / 2,
        criterion=top.height - (top.equations.log_determinant + float(np.log(on_mean))) / 2,
        by_thresholds=(layout.residuals(found).dense + pull.dense)[: layout.k] + through_mode,
    )
