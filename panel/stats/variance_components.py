"""Two-way crossed random model with one score per target and rater, any cells missing, fitted by REML.

    score_tr = mean + target_t + rater_r + residual_tr,   var(score) = sigma_e^2 V,   V = I + lt Zt Zt' + lr Zr Zr'

with the variance ratios lt = sigma_t^2 / sigma_e^2 and lr = sigma_r^2 / sigma_e^2. Targets are eliminated first (their
block is diagonal), raters by Woodbury's identity, so each step costs one raters x raters factorisation.
Searle, Casella & McCulloch (1992), Variance Components, ch. 6; Henderson (1984).

Both ratios are searched as shares, q = lt / (1 + lt) and s = lr / (1 + lr), in the box [0, 1) x [0, 1).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import optimize, sparse, stats

from panel.stats.ratings import Floats, Ratings

NEAREST_TO_ONE = 1 - 1e-9


@dataclass(frozen=True)
class VarianceComponents:
    """Variances on the squared scale of the scores, and REML deviance (-2 log likelihood, up to a constant)."""

    target: float
    rater: float
    residual: float
    deviance: float

    @property
    def agreement(self) -> float:
        """ICC(A,1): what two raters' scores of one target share, differences of level counted as error."""
        return self.target / (self.target + self.rater + self.residual)

    @property
    def consistency(self) -> float:
        """ICC(C,1): the same with differences of level between raters taken out."""
        return self.target / (self.target + self.residual)


@dataclass(frozen=True, eq=False)
class _Solution:
    """The model solved at one pair of ratios; names as in `CrossedModel._solve`."""

    deviance: float
    ypy: float
    d: Floats
    a: Floats
    inner: Floats
    rater_one: Floats
    one_v_one: float
    e_t: Floats
    rater_py: Floats


class CrossedModel:
    """The REML deviance of the model for one set of N ratings, as a function of the two variance ratios."""

    def __init__(self, ratings: Ratings) -> None:
        shape = (ratings.n_targets, ratings.n_raters)
        y = ratings.score - ratings.score.mean()
        ones = np.ones(len(y))
        self.n_ratings = ratings.n_ratings
        self.cells = sparse.csr_array((ones, (ratings.target, ratings.rater)), shape=shape)
        self.n_t = np.asarray(np.bincount(ratings.target, minlength=shape[0]), dtype=np.float64)
        self.n_r = np.asarray(np.bincount(ratings.rater, minlength=shape[1]), dtype=np.float64)
        self.y_t = np.asarray(np.bincount(ratings.target, weights=y, minlength=shape[0]), dtype=np.float64)
        self.y_r = np.asarray(np.bincount(ratings.rater, weights=y, minlength=shape[1]), dtype=np.float64)
        self.yy = float(y @ y)
        # weights of targets depend on n_t alone, so Zr' Zt diag(w) Zt' Zr is a sum over the few distinct n_t
        self.sizes, size_of = np.unique(self.n_t, return_inverse=True)
        groups = [self.cells[size_of == size] for size in range(len(self.sizes))]
        self.together: Floats = np.stack([(group.T @ group).toarray() for group in groups])

    def _cross(self, weight_of_size: Floats) -> Floats:
        """Zr' Zt diag(w) Zt' Zr (raters, raters), for weights that depend on a target's number of ratings."""
        return np.asarray(np.einsum("s,sij->ij", weight_of_size, self.together))

    def additive_residual(self) -> float:
        """The sum of squares that a free level for every target and every rater leaves unexplained."""
        a = np.diag(self.n_r) - self._cross(1 / self.sizes)
        b = self.y_r - self.cells.T @ (self.y_t / self.n_t)
        return float(self.yy - self.y_t @ (self.y_t / self.n_t) - b @ np.linalg.pinv(a, hermitian=True) @ b)

    def deviance(self, lt: float, lr: float) -> float:
        return self._solve(lt, lr).deviance

    def _solve(self, lt: float, lr: float) -> _Solution:
        """Everything the deviance needs: deviance = log|V| + log(1'V^-1 1) + (N - 1) log(y'Py)."""
        d = 1 / (1 + lt * self.n_t)
        w = lt * d
        # M = (I + lt Zt Zt')^-1 = I - Zt diag(w) Zt'; a = Zr'M Zr, a_1 = Zr'M 1, a_e = Zr'M (y - mean)
        a = np.diag(self.n_r) - self._cross(lt / (1 + lt * self.sizes))
        a_1 = self.n_r - self.cells.T @ (w * self.n_t)
        a_y = self.y_r - self.cells.T @ (w * self.y_t)
        inner = np.eye(len(a)) + lr * a
        v_1, v_y = np.linalg.solve(inner, np.stack([a_1, a_y], axis=1)).T
        one_v_one = float(self.n_t @ d - lr * a_1 @ v_1)
        mean = float(self.y_t @ d - lr * a_1 @ v_y) / one_v_one
        e_t = self.y_t - mean * self.n_t
        rater_py = v_y - mean * v_1
        ee = self.yy + mean**2 * self.n_ratings
        ypy = float(ee - w @ e_t**2 - lr * (a_y - mean * a_1) @ rater_py)
        log_v = float(np.linalg.slogdet(inner)[1]) - float(np.log(d).sum())
        deviance = log_v + float(np.log(one_v_one)) + (self.n_ratings - 1) * float(np.log(ypy))
        return _Solution(deviance, ypy, d, a, inner, v_1, one_v_one, e_t, rater_py)

    def _slopes(self, at: _Solution, lt: float, lr: float) -> tuple[float, float]:
        """d deviance / d l = tr(Z'PZ) - (N - 1) |Z'Py|^2 / y'Py, for l = lt and l = lr."""
        target_py = at.d * (at.e_t - lr * (self.cells @ at.rater_py))
        target_one = at.d * (self.n_t - lr * (self.cells @ at.rater_one))
        inverse = np.linalg.inv(at.inner)
        together = self._cross(1 / (1 + lt * self.sizes) ** 2)
        trace_t = at.d @ self.n_t - lr * (inverse * together).sum() - target_one @ target_one / at.one_v_one
        trace_r = (at.a * inverse).sum() - at.rater_one @ at.rater_one / at.one_v_one
        df = self.n_ratings - 1
        return (
            float(trace_t - df * target_py @ target_py / at.ypy),
            float(trace_r - df * at.rater_py @ at.rater_py / at.ypy),
        )

    def fit(self) -> VarianceComponents:
        """REML estimates; a variance that would be negative is 0."""

        def objective(shares: Floats) -> tuple[float, Floats]:
            q, s = shares
            at = self._solve(ratio(q), ratio(s))
            slope_t, slope_r = self._slopes(at, ratio(q), ratio(s))
            return at.deviance, np.array([slope_t / (1 - q) ** 2, slope_r / (1 - s) ** 2])

        box = [(0.0, NEAREST_TO_ONE)] * 2
        options = {"ftol": 1e-15, "gtol": 1e-9, "maxiter": 500}
        starts = [(0.5, 0.2), (0.05, 0.05), (0.9, 0.5)]
        fits = [
            optimize.minimize(objective, x, jac=True, bounds=box, method="L-BFGS-B", options=options) for x in starts
        ]
        lt, lr = (ratio(float(share)) for share in min(fits, key=lambda fit: fit.fun).x)
        return self._components(lt, lr)

    def fit_without_raters(self) -> VarianceComponents:
        """The one-way model: differences between raters are part of the residual."""
        best = _lowest(lambda q: self.deviance(ratio(q), 0.0), 1e-9)
        return self._components(ratio(best), 0.0)

    def _components(self, lt: float, lr: float) -> VarianceComponents:
        """sigma_e^2 = y'Py / (N - 1), and the ratios times it."""
        at = self._solve(lt, lr)
        residual = at.ypy / (self.n_ratings - 1)
        return VarianceComponents(lt * residual, lr * residual, residual, at.deviance)

    def agreement_profile(self, agreement: float) -> float:
        """The least deviance among models with this ICC(A,1)."""
        of_share = agreement / (1 - agreement)
        return self._least(lambda s: self.deviance(of_share / (1 - s), ratio(s)))

    def consistency_profile(self, consistency: float) -> float:
        """The least deviance among models with this ICC(C,1)."""
        return self._least(lambda s: self.deviance(ratio(consistency), ratio(s)))

    def one_way_profile(self, agreement: float) -> float:
        return self.deviance(ratio(agreement), 0.0)

    def _least(self, deviance: Callable[[float], float]) -> float:
        return deviance(_lowest(deviance, 1e-5))


def ratio(share: float) -> float:
    """The variance ratio l with share = l / (1 + l)."""
    return share / (1 - share)


def profile_interval(
    profile: Callable[[float], float], estimate: float, deviance: float, confidence: float
) -> tuple[float, float]:
    """The values whose profile deviance is within the chi-squared quantile (1 df) of the least deviance."""
    height = deviance + float(stats.chi2.ppf(confidence, 1))

    def above(value: float) -> float:
        return profile(value) - height

    low, high = 0.0, NEAREST_TO_ONE
    if estimate > 0 and above(0.0) > 0:
        low = float(optimize.brentq(above, 0.0, estimate, xtol=1e-5))
    if above(NEAREST_TO_ONE) > 0:
        high = float(optimize.brentq(above, estimate, NEAREST_TO_ONE, xtol=1e-5))
    return low, high


def _lowest(function: Callable[[float], float], tolerance: float) -> float:
    """Where in [0, 1) a function with one valley is least, 0 included."""
    bounds, options = (0.0, NEAREST_TO_ONE), {"xatol": tolerance}
    found = optimize.minimize_scalar(function, bounds=bounds, method="bounded", options=options)
    return min((0.0, float(found.x)), key=function)
