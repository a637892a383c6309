"""Two-way crossed random model with one score per target and rater, any cells missing, fitted by REML.

    score_tr = mean + target_t + rater_r + residual_tr,   var(score) = sigma_e^2 V,   V = I + lt Zt Zt' + lr Zr Zr'

with the variance ratios lt = sigma_t^2 / sigma_e^2 and lr = sigma_r^2 / sigma_e^2. The factor with more levels
("many") is eliminated first (its block is diagonal), the other ("few", p levels) by Woodbury's identity, so each step
costs one p x p Cholesky factor: p^3 in time, whatever the number of ratings.
Searle, Casella & McCulloch (1992), Variance Components, ch. 6; Henderson (1984).

Both ratios are searched as x = log(1 + l), which is l itself near 0 and its logarithm far from 0, so that a search
keeps its digits at both ends. The share l / (1 + l), such as an intraclass correlation, is 1 - exp(-x).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import linalg, optimize

from panel.stats.crossed_design import CrossedDesign
from panel.stats.ratings import Floats, Ratings

FURTHEST = 27.0
"""The largest x = log(1 + l) that is searched: a share of 1 - 2e-12."""
MOST_OF_A_LEVEL = 1e13
"""Ratio times ratings of a level up to which rounding leaves the p x p matrix positive."""
FAST_LEVELS = 120
"""Up to so many levels of the smaller factor one step takes milliseconds, and hundreds of steps may be taken."""


@dataclass(frozen=True)
class VarianceComponents:
    """Variances on the squared scale of the scores."""

    target: float
    rater: float
    residual: float

    @property
    def agreement(self) -> float:
        """ICC(A,1): what two raters' scores of one target share, differences of level counted as error."""
        return self.target / (self.target + self.rater + self.residual)

    @property
    def consistency(self) -> float:
        """ICC(C,1): the same with differences of level between raters taken out."""
        return self.target / (self.target + self.residual)


@dataclass(frozen=True)
class RemlFit(VarianceComponents):
    """With the REML deviance: -2 log likelihood, up to a constant."""

    deviance: float


@dataclass(frozen=True, eq=False)
class _Solution:
    """The model solved at one pair of ratios; names as in `CrossedModel._solve`."""

    deviance: float
    ypy: float
    d: Floats
    a: Floats
    factor: Floats
    mean: float
    v_1: Floats
    one_v_one: float
    few_py: Floats


class CrossedModel:
    """The REML deviance of the model for one set of N ratings, as a function of the two variance ratios."""

    def __init__(self, ratings: Ratings) -> None:
        self.raters_are_many = ratings.n_raters > ratings.n_targets
        y = ratings.score - ratings.score.mean()
        target, rater = (ratings.target, ratings.n_targets), (ratings.rater, ratings.n_raters)
        many, few = (rater, target) if self.raters_are_many else (target, rater)
        self.design = CrossedDesign(*many, *few, y, by_size=few[1] <= FAST_LEVELS)
        self.df = ratings.n_ratings - 1
        self.furthest = min(FURTHEST, float(np.log(MOST_OF_A_LEVEL / self.design.n_few.max())))

    @property
    def is_fast(self) -> bool:
        return self.design.p <= FAST_LEVELS

    def deviance(self, lt: float, lr: float) -> float:
        return self._solve(*self._many_and_few(lt, lr)).deviance

    def slopes(self, lt: float, lr: float) -> tuple[float, float]:
        """The derivatives of the deviance by lt and by lr."""
        return self._deviance_and_slopes(lt, lr)[1:]

    def _many_and_few(self, of_target: float, of_rater: float) -> tuple[float, float]:
        return (of_rater, of_target) if self.raters_are_many else (of_target, of_rater)

    def _solve(self, lm: float, lf: float) -> _Solution:
        """Everything the deviance needs: deviance = log|V| + log(1'V^-1 1) + (N - 1) log(y'Py)."""
        x = self.design
        d = 1 / (1 + lm * x.sizes)
        w = lm * d
        # M = (I + lm Zm Zm')^-1 = I - Zm diag(w) Zm'; a = Zf'M Zf, a_1 = Zf'M 1, a_y = Zf'M y
        a = x.few_by_few(w)
        a_1 = x.n_few - x.few_by_size @ (w * x.sizes)
        a_y = x.y_few - x.y_few_by_size @ w
        factor = linalg.cholesky(np.eye(x.p) + lf * a, lower=True, check_finite=False)
        v_1, v_y = linalg.cho_solve((factor, True), np.stack([a_1, a_y], axis=1), check_finite=False).T
        one_v_one = float((x.count * x.sizes) @ d - lf * a_1 @ v_1)
        one_v_y = float(x.y_by_size @ d - lf * a_1 @ v_y)
        y_v_y = float(x.yy - x.yy_by_size @ w - lf * a_y @ v_y)
        mean = one_v_y / one_v_one
        ypy = y_v_y - mean * one_v_y
        log_v = 2 * float(np.log(np.diag(factor)).sum()) - float(x.count @ np.log(d))
        deviance = log_v + float(np.log(one_v_one)) + self.df * float(np.log(ypy))
        return _Solution(deviance, ypy, d, a, factor, mean, v_1, one_v_one, v_y - mean * v_1)

    def _deviance_and_slopes(self, lt: float, lr: float) -> tuple[float, float, float]:
        """d deviance / d l = tr(Z'PZ) - (N - 1) |Z'Py|^2 / y'Py, for l = lt and l = lr."""
        x, (lm, lf) = self.design, self._many_and_few(lt, lr)
        at = self._solve(lm, lf)
        inverse = _inverse(at.factor)
        d = at.d[x.size_of]
        many_py = d * (x.y_many - at.mean * x.n_many - lf * (x.cells @ at.few_py))
        many_one = d * (x.n_many - lf * (x.cells @ at.v_1))
        # tr(Zm'V^-1 Zm) = sum of d n - lf tr(inverse Zf'Zm diag(d^2) Zm'Zf), and tr(Zf'V^-1 Zf) = tr(inverse a)
        shared = np.diag(x.n_few) - x.few_by_few(at.d**2)
        trace_many = d @ x.n_many - lf * (inverse * shared).sum() - many_one @ many_one / at.one_v_one
        trace_few = (inverse * at.a).sum() - at.v_1 @ at.v_1 / at.one_v_one
        slope_many = float(trace_many - self.df * many_py @ many_py / at.ypy)
        slope_few = float(trace_few - self.df * at.few_py @ at.few_py / at.ypy)
        return at.deviance, *self._many_and_few(slope_many, slope_few)

    def fit(self) -> RemlFit:
        """REML estimates; a variance that would be negative is 0."""

        def objective(x: Floats) -> tuple[float, Floats]:
            deviance, *slopes = self._deviance_and_slopes(*np.expm1(x))
            return deviance, np.array(slopes) * np.exp(x)

        box = [(0.0, self.furthest)] * 2
        options = {"ftol": 1e-15, "gtol": 1e-9, "maxiter": 500}
        moments = self.fit_by_moments()
        ratios = np.array([moments.target, moments.rater]) / moments.residual
        starts = [np.log1p(np.maximum(ratios, 0.01))]
        if self.is_fast:
            starts += [np.log1p(pair) for pair in ((1.0, 0.25), (0.05, 0.05), (9.0, 1.0))]
        fits = [
            optimize.minimize(objective, x, jac=True, bounds=box, method="L-BFGS-B", options=options) for x in starts
        ]
        lt, lr = np.expm1(min(fits, key=lambda fit: fit.fun).x).tolist()
        at = self._solve(*self._many_and_few(lt, lr))
        residual = at.ypy / self.df
        return RemlFit(lt * residual, lr * residual, residual, at.deviance)

    def fit_by_moments(self) -> VarianceComponents:
        """Henderson's method 3, each factor adjusted for the other; a variance that would be negative is 0.

        Searle, Casella & McCulloch (1992), ch. 5.6. With one score per cell, N ratings, T targets and R raters:
        E SS(rater | target) = (N - T) sigma_r^2 + (R - 1) sigma_e^2, likewise the other way round.
        """
        x = self.design
        n, levels_many, levels_few = self.df + 1, len(x.n_many), x.p
        ss_many, ss_few, ss_residual = x.sums_of_squares
        residual = ss_residual / max(n - levels_many - levels_few + 1, 1)
        many = max(ss_many - (levels_many - 1) * residual, 0.0) / max(n - levels_few, 1)
        few = max(ss_few - (levels_few - 1) * residual, 0.0) / max(n - levels_many, 1)
        target, rater = self._many_and_few(many, few)
        return VarianceComponents(target, rater, residual)


class OneWayModel:
    """The model without raters, whose differences are part of the residual: V = I + lt Zt Zt' is diagonal by target."""

    def __init__(self, ratings: Ratings) -> None:
        y = ratings.score - ratings.score.mean()
        self.n_t = np.bincount(ratings.target, minlength=ratings.n_targets).astype(np.float64)
        self.y_t = np.bincount(ratings.target, weights=y, minlength=ratings.n_targets)
        self.yy = float(y @ y)
        self.df = ratings.n_ratings - 1

    def deviance(self, lt: float) -> float:
        return self._deviance_and_ypy(lt)[0]

    def _deviance_and_ypy(self, lt: float) -> tuple[float, float]:
        d = 1 / (1 + lt * self.n_t)
        one_v_one, one_v_y = float(d @ self.n_t), float(d @ self.y_t)
        ypy = self.yy - float(lt * d @ self.y_t**2) - one_v_y**2 / one_v_one
        return float(np.log(one_v_one) - np.log(d).sum() + self.df * np.log(ypy)), ypy

    def fit(self) -> RemlFit:
        lt = float(np.expm1(lowest(lambda x: self.deviance(float(np.expm1(x))), FURTHEST, 1e-9)))
        deviance, ypy = self._deviance_and_ypy(lt)
        return RemlFit(lt * ypy / self.df, 0.0, ypy / self.df, deviance)


def lowest(function: Callable[[float], float], furthest: float, tolerance: float) -> float:
    """The x from 0 to ``furthest`` at which a function with one valley is least, 0 included."""
    found = optimize.minimize_scalar(function, bounds=(0.0, furthest), method="bounded", options={"xatol": tolerance})
    return min((0.0, float(found.x)), key=function)


def _inverse(factor: Floats) -> Floats:
    """The inverse of the symmetric matrix with this lower Cholesky factor."""
    lower, _ = linalg.lapack.dpotri(factor, lower=1)
    return np.asarray(np.tril(lower) + np.tril(lower, -1).T)
