"""Intervals of intraclass correlations from variance components: by profile likelihood, or by the logit's normal.

McCullagh & Nelder (1989), Generalized Linear Models, sec. 7.4 (profiles); Searle, Casella & McCulloch (1992), Variance
Components, ch. 3 and 10 (large samples).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import optimize, special, stats

from panel.stats.ratings import Floats
from panel.stats.variance_components import FURTHEST, CrossedModel, VarianceComponents, lowest

STEP = 0.02
"""How far the logarithm of a variance ratio is moved to see the slope of the deviance change."""


ACCURACY = 1e-8
"""Relative, of x = -log(1 - correlation). So an end near 0 keeps its digits, and near 1 its distance from 1 does."""
NEAR_ENOUGH = 1e-7
"""How near in x the other variance ratio is brought to where the deviance is least."""


def agreement_profile(model: CrossedModel, x: float) -> float:
    """The least deviance among models whose ICC(A,1) is 1 - exp(-x): lt = expm1(x) (1 + lr)."""

    def deviance(x_r: float) -> float:
        return model.deviance(float(np.expm1(x) * np.exp(x_r)), float(np.expm1(x_r)))

    return deviance(lowest(deviance, model.furthest - x, NEAR_ENOUGH))


def consistency_profile(model: CrossedModel, x: float) -> float:
    """The least deviance among models whose ICC(C,1) is 1 - exp(-x): lt = expm1(x)."""

    def deviance(x_r: float) -> float:
        return model.deviance(float(np.expm1(x)), float(np.expm1(x_r)))

    return deviance(lowest(deviance, model.furthest, NEAR_ENOUGH))


def profile_interval(
    profile: Callable[[float], float],
    estimate: float,
    deviance: float,
    confidence: float,
    furthest: float = FURTHEST,
) -> tuple[float, float]:
    """The correlations whose profile deviance is within the chi-squared quantile (1 df) of the least deviance.

    ``profile`` is a function of x = -log(1 - correlation); ``estimate``, below 1, and the ends are correlations.
    No x beyond ``furthest`` is tried.
    """
    height = deviance + float(stats.chi2.ppf(confidence, 1))

    def above(x: float) -> float:
        return profile(x) - height

    def crossing(inner: float, outer: float) -> float:
        return float(optimize.brentq(above, inner, outer, xtol=np.finfo(float).tiny, rtol=ACCURACY))

    at = min(float(-np.log1p(-estimate)), furthest)
    low = crossing(0.0, at) if at > 0 and above(0.0) > 0 else 0.0
    high = crossing(at, furthest) if above(furthest) > 0 else furthest
    return float(-np.expm1(-low)), float(-np.expm1(-high))


def logit_intervals(
    model: CrossedModel, at: VarianceComponents, confidence: float
) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """Large-sample intervals of ICC(A,1) and ICC(C,1), the logit of each being normal. None at target variance 0, or
    where the deviance is no valley.

    With u = log lt and v = log lr: logit ICC(C,1) = u, logit ICC(A,1) = u - log(1 + lr). The covariance of u and v is
    the inverse of half the second derivatives of the deviance. A rater variance of 0 is taken as known.
    """
    if at.target == 0:
        return None
    lt, lr = at.target / at.residual, at.rater / at.residual
    covariance = _covariance_of_logs(model, lt, lr)
    if covariance is None:
        return None
    z = float(stats.norm.ppf((1 + confidence) / 2))

    def interval(estimate: float, gradient: Floats) -> tuple[float, float]:
        half = z * float(np.sqrt(gradient @ covariance @ gradient))
        logit = special.logit(estimate)
        return float(special.expit(logit - half)), float(special.expit(logit + half))

    by_agreement = np.array([1.0, -lr / (1 + lr)])
    return interval(at.agreement, by_agreement), interval(at.consistency, np.array([1.0, 0.0]))


def _covariance_of_logs(model: CrossedModel, lt: float, lr: float) -> Floats | None:
    """(2, 2) covariance of log lt and log lr; that of log lr is 0 where lr is 0."""

    def slopes(du: float, dv: float) -> Floats:
        t, r = lt * np.exp(du), lr * np.exp(dv)
        slope_t, slope_r = model.slopes(t, r)
        return np.array([slope_t * t, slope_r * r])

    moves = [(STEP, 0.0), (0.0, STEP)] if lr > 0 else [(STEP, 0.0)]
    curvature = np.array([slopes(du, dv) - slopes(-du, -dv) for du, dv in moves]) / (2 * STEP)
    free = len(moves)
    information = (curvature[:free, :free] + curvature[:free, :free].T) / 4
    if np.linalg.eigvalsh(information)[0] <= 0:
        return None
    covariance = np.zeros((2, 2))
    covariance[:free, :free] = np.linalg.inv(information)
    return covariance
