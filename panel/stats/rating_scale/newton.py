"""Newton steps to the top of the log-likelihood, penalised by the prior of the effects where there is one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from panel.stats.rating_scale.equations import Effects, Equations, Layout, Variances
from panel.stats.rating_scale.probabilities import Response, log_likelihood, response
from panel.stats.ratings import Floats

MOST_STEPS = 100
LONGEST_STEP = 3.0
SINGULAR = 1e-7
"""Least share of its own information that an unknown may keep beside the others before it counts as running away."""


class NoMaximum(Exception):
    """Some unknown runs off to infinity: the likelihood rises for ever, or too flatly to tell."""


@dataclass(frozen=True, eq=False)
class Top:
    """The highest point, the height there (log-likelihood less penalty), the equations and probabilities."""

    at: Effects
    height: float
    equations: Equations
    found: Response


def climb(
    layout: Layout,
    variances: Variances,
    start: Effects,
    tolerance: float,
    tick: Callable[[float], None] = lambda largest: None,
) -> Top:
    """Steps from ``start``, halved while they do not go up, until no slope is above ``tolerance`` (score points).

    The function is concave, so the top is the only one. ``tick`` is called with the largest slope before every step
    and may raise. Raises NoMaximum.
    """
    precision, moves = _prior(layout, variances)

    def seen_from(at: Effects) -> tuple[Response, float]:
        found = response(layout.predictor(at), at.dense[: layout.k])
        return found, log_likelihood(layout.category, found) - at.dot(at.times(precision)) / 2

    at = start.times(moves)
    at.dense[: layout.k] = start.dense[: layout.k]
    found, height = seen_from(at)
    for _ in range(MOST_STEPS):
        slope = layout.residuals(found).plus(at.times(precision), -1.0).times(moves)
        tick(slope.largest)
        equations = _factored(layout, found, variances)
        if slope.largest < tolerance:
            return Top(at, height, equations, found)
        step = equations.solve(slope)
        share = min(1.0, LONGEST_STEP / max(step.largest, 1e-12))
        while True:
            ahead = at.plus(step, share)
            found, above = seen_from(ahead)
            if above >= height - 1e-12 * abs(height) or share < 1e-4:
                break
            share /= 2
        at, height = ahead, above
    raise NoMaximum


def _factored(layout: Layout, found: Response, variances: Variances) -> Equations:
    try:
        equations = Equations(layout, found, variances)
    except np.linalg.LinAlgError:
        raise NoMaximum from None
    if np.isinf(variances.carrier) and equations.weakest < SINGULAR:
        raise NoMaximum
    return equations


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
