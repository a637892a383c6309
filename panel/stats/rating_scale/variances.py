"""Variances and thresholds of random facets: the highest point of the Laplace approximation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy import optimize

from panel.stats.rating_scale.equations import Effects, Layout, Variances
from panel.stats.rating_scale.laplace import Laplace, laplace, sums
from panel.stats.rating_scale.newton import NoMaximum, climb
from panel.stats.rating_scale.posterior import posterior, skewness_pull
from panel.stats.ratings import Flags, Floats

LEAST_SD, MOST_SD = 1e-3, 12.0
"""Bounds of a standard deviation in logits. At the lower one the variance is pinned at 0."""

FIRST_SD = 0.7
WARM_UP = 4
WARM_UP_TOLERANCE = 1e-3


def fit_variances(layout: Layout, has: Flags, tick: Callable[[], None]) -> Laplace:
    """The approximation at its highest point, thresholds held.

    ``has`` says whether the carrier, each other facet, and the halo have an effect. ``tick`` is called before every
    expansion and may raise. Raises NoMaximum when a variance grows without bound.
    """
    start, search = _warm_up(layout, has, tick)

    def descent(x: Floats) -> tuple[float, Floats]:
        nonlocal start
        tick()
        here = laplace(layout, search.variances(x), search.with_thresholds(start, x))
        start = here.mode
        return -here.criterion, -search.slope(here, x)

    best = optimize.minimize(
        descent,
        search.first,
        jac=True,
        method="L-BFGS-B",
        bounds=search.bounds,
        options={"ftol": 1e-10, "gtol": 1e-3, "maxiter": 100},
    )
    sds = search.sds(best.x)
    if (sds >= 0.99 * MOST_SD).any():
        raise NoMaximum
    tick()
    at_top = _variances(np.where(sds <= 1.01 * LEAST_SD, 0.0, sds))
    return laplace(layout, at_top, search.with_thresholds(start, best.x))


def _variances(sds: Floats) -> Variances:
    carrier, *others, halo = (float(sd**2) for sd in sds)
    return Variances(carrier, tuple(others), halo)


def _warm_up(layout: Layout, has: Flags, tick: Callable[[], None]) -> tuple[Effects, _Search]:
    """A few steps of a fixed point, variance = sum u^2 / effective number of effects, thresholds part of the mode.

    MacKay (1992), Neural Computation 4:415-447. This is penalised quasi-likelihood: quick, and too near 0.
    """
    sds = np.where(has, FIRST_SD, 0.0)
    n_levels = np.bincount(layout.category, minlength=layout.k + 1)
    mode = layout.zero()
    mode.dense[: layout.k] = np.log(n_levels[:-1] / n_levels[1:])
    for step in range(WARM_UP):
        tick()
        top = climb(layout, _variances(sds), mode, WARM_UP_TOLERANCE)
        mode, g = top.at, top.equations.dense_covariance()
        given = posterior(top.equations, g)
        to_mean = layout.zero()
        if step == WARM_UP - 1:
            to_mean = top.equations.solve(skewness_pull(layout, top.found, given))
        n, squares, spread = sums(layout, mode, to_mean, given)
        effective = np.maximum(n - spread / np.where(has, sds, 1.0) ** 2, 1.0)
        fixed_point = np.sqrt(np.maximum(squares, 0.0) / effective)
        sds = np.where(has, np.clip(fixed_point, 0.05, MOST_SD / 4), 0.0)
    curvature = np.sqrt(2 * effective[has]) / sds[has]
    k = layout.k
    root = np.asarray(np.linalg.cholesky(g[:k, :k]), dtype=np.float64)
    return mode, _Search(has, mode.plus(to_mean).dense[:k], root, curvature, sds[has])


@dataclass(frozen=True, eq=False)
class _Search:
    """Coordinates in which the criterion is about as curved in every direction, for the sake of few steps.

    x = (thresholds less ``centre``, whitened by ``root``; standard deviations times ``curvature``).
    """

    has: Flags
    centre: Floats
    root: Floats
    curvature: Floats
    first_sds: Floats

    @property
    def k(self) -> int:
        return len(self.centre)

    @property
    def bounds(self) -> list[tuple[float | None, float | None]]:
        return [(None, None)] * self.k + [(LEAST_SD * float(c), MOST_SD * float(c)) for c in self.curvature]

    @property
    def first(self) -> Floats:
        return np.concatenate([np.zeros(self.k), self.first_sds * self.curvature])

    def sds(self, x: Floats) -> Floats:
        sds = np.zeros(len(self.has))
        sds[self.has] = x[self.k :] / self.curvature
        return sds

    def variances(self, x: Floats) -> Variances:
        return _variances(self.sds(x))

    def with_thresholds(self, effects: Effects, x: Floats) -> Effects:
        dense = effects.dense.copy()
        dense[: self.k] = self.centre + self.root @ x[: self.k]
        return replace(effects, dense=dense)

    def slope(self, here: Laplace, x: Floats) -> Floats:
        """The derivative of the criterion by ``x``."""
        n, squares, spread = (part[self.has] for part in sums(here.layout, here.mode, here.to_mean, here.given))
        sds = x[self.k :] / self.curvature
        by_sds = (squares + spread - n * sds**2) / sds**3
        return np.concatenate([self.root.T @ here.by_thresholds, by_sds / self.curvature])
