"""Variances and thresholds of random facets: the highest point of the Laplace approximation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy import optimize

from panel.stats.rating_scale.equations import Effects, Layout, Variances
from panel.stats.rating_scale.laplace import Laplace, laplace
from panel.stats.rating_scale.levels import Flags
from panel.stats.rating_scale.newton import NoMaximum
from panel.stats.ratings import Floats

LEAST_SD, MOST_SD = 1e-3, 12.0
"""Bounds of a standard deviation in logits. At the lower one the variance is pinned at 0."""

FIRST_SD = 0.7
WARM_UP = 4


def fit_variances(layout: Layout, has: Flags, tick: Callable[[], None]) -> Laplace:
    """The approximation at its highest point, thresholds held.

    ``has`` says whether the carrier, each other facet, and the halo have an effect. ``tick`` is called before every
    expansion and may raise. Raises NoMaximum when a variance grows without bound.
    """
    near = _warm_up(layout, has, tick)
    search = _Search.around(near, has)
    start = near.mode

    def descent(x: Floats) -> tuple[float, Floats]:
        nonlocal start
        tick()
        here = laplace(layout, search.variances(x), search.with_thresholds(start, x))
        start = here.mode
        return -here.criterion, -search.slope(here, x)

    best = optimize.minimize(
        descent,
        search.start(near),
        jac=True,
        method="L-BFGS-B",
        bounds=search.bounds,
        options={"ftol": 1e-11, "gtol": 1e-4, "maxiter": 100},
    )
    sds = search.sds(best.x)
    if (sds >= 0.99 * MOST_SD).any():
        raise NoMaximum
    tick()
    at_top = _variances(np.where(sds <= 1.01 * LEAST_SD, 0.0, sds))
    return laplace(layout, replace(at_top, thresholds=0.0), search.with_thresholds(start, best.x))


def _variances(sds: Floats) -> Variances:
    carrier, *others, halo = (float(sd**2) for sd in sds)
    return Variances(carrier, tuple(others), halo)


def _sds(variances: Variances) -> Floats:
    return np.sqrt(np.array([variances.carrier, *variances.others, variances.halo], dtype=np.float64))


def _warm_up(layout: Layout, has: Flags, tick: Callable[[], None]) -> Laplace:
    """A few steps of a fixed point, sum u^2 / effective number of effects, with the thresholds part of the mode.

    MacKay (1992), Neural Computation 4:415-447. Close to penalised quasi-likelihood: quick, but too near 0.
    """
    sds = np.where(has, FIRST_SD, 0.0)
    n_levels = np.bincount(layout.category, minlength=layout.k + 1)
    start = layout.zero()
    start.dense[: layout.k] = np.log(n_levels[:-1] / n_levels[1:])
    for _ in range(WARM_UP):
        tick()
        here = laplace(layout, _variances(sds), start)
        start = here.mode
        squares = here.sums()[1]
        fixed_point: Floats = np.sqrt(np.maximum(squares, 0.0) / _effective(here, sds))
        sds = np.where(has, np.clip(fixed_point, 0.05, MOST_SD / 2), 0.0)
    tick()
    return laplace(layout, _variances(sds), start)


def _effective(here: Laplace, sds: Floats) -> Floats:
    """How many effects of each kind the ratings determine: n less the sum of given variances over the prior one."""
    n, _, spread = here.sums()
    return np.asarray(np.maximum(n - spread / np.where(sds > 0, sds, 1.0) ** 2, 1.0))


@dataclass(frozen=True, eq=False)
class _Search:
    """Coordinates in which the criterion is about as curved in every direction, for the sake of few steps.

    x = (thresholds less ``centre``, whitened by ``root``; standard deviations times ``curvature``).
    """

    has: Flags
    centre: Floats
    root: Floats
    curvature: Floats

    @classmethod
    def around(cls, near: Laplace, has: Flags) -> _Search:
        k = near.layout.k
        sds = _sds(near.variances)
        curvature = np.sqrt(2 * _effective(near, sds))[has] / sds[has]
        root: Floats = np.asarray(np.linalg.cholesky(near.given.dense[:k, :k]), dtype=np.float64)
        return cls(has, near.mean.dense[:k], root, curvature)

    @property
    def k(self) -> int:
        return len(self.centre)

    @property
    def bounds(self) -> list[tuple[float | None, float | None]]:
        return [(None, None)] * self.k + [(LEAST_SD * float(c), MOST_SD * float(c)) for c in self.curvature]

    def start(self, near: Laplace) -> Floats:
        return np.concatenate([np.zeros(self.k), _sds(near.variances)[self.has] * self.curvature])

    def sds(self, x: Floats) -> Floats:
        sds = np.zeros(len(self.has))
        sds[self.has] = x[self.k :] / self.curvature
        return sds

    def variances(self, x: Floats) -> Variances:
        return replace(_variances(self.sds(x)), thresholds=0.0)

    def with_thresholds(self, effects: Effects, x: Floats) -> Effects:
        dense = effects.dense.copy()
        dense[: self.k] = self.centre + self.root @ x[: self.k]
        return replace(effects, dense=dense)

    def slope(self, here: Laplace, x: Floats) -> Floats:
        """The derivative of the criterion by ``x``."""
        n, squares, spread = (part[self.has] for part in here.sums())
        sds = x[self.k :] / self.curvature
        by_sds = (squares + spread - n * sds**2) / sds**3
        return np.concatenate([self.root.T @ here.by_thresholds, by_sds / self.curvature])
