"""The levels of a scale as the scores show them, and how much two unequal levels count as agreement.

Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed., ch. 3, lists the weights.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal, get_args

import numpy as np

from panel.stats.errors import BadOption, ScoreOffScale
from panel.stats.ratings import Codes, Floats

Weights = Literal["unweighted", "linear", "quadratic", "ordinal", "radical", "ratio", "circular", "bipolar"]

ROUNDING = 1e-12
"""Scores closer than this share of the larger one are one score, unless all are whole numbers: 0.1 + 0.2 is 0.3."""

SPACINGS = 8
"""Scores closer than so many spacings of the numbers near the typical score are one too: 0.3 - 3 * 0.1 is 0."""

MOST_LEVELS = 500
"""Weights are a table of levels by levels; kappas of scores that take more values say little anyway."""


def distinct_scores(score: Floats) -> tuple[Floats, Codes]:
    """The V distinct scores in order, and every score's code into them (N,)."""
    values, code = np.unique(score, return_inverse=True)
    if len(values) < 2 or (values == np.rint(values)).all():
        return values, code
    apart = np.diff(values) > _rounding(values[1:], values[:-1])
    return values[np.r_[True, apart]], np.r_[0, np.cumsum(apart)][code]


def _rounding(one: Floats, other: Floats) -> Floats:
    """The difference of scores up to which they are one. Near 0 it comes from the median of their sizes, not from the
    largest: beside a score of 1e13, 0.5 and 1 stay two."""
    size = np.maximum(np.abs(one), np.abs(other))
    return np.asarray(np.maximum(ROUNDING * size, SPACINGS * np.spacing(np.median(size))))


def levels_and_codes(score: Floats, levels: Sequence[float] | None) -> tuple[Floats, Codes]:
    """The levels of the scale, and every score's code into them. Without ``levels`` they are all scores that occur.

    Raises BadOption for levels that are no scale and ScoreOffScale for a score that is not on it.
    """
    values, code = distinct_scores(score)
    if levels is None:
        return values, code
    scale = np.unique(np.asarray(levels, dtype=np.float64))
    if len(scale) < 2 or not np.isfinite(scale).all():
        raise BadOption("A scale has at least two levels, all of them numbers.")
    nearest = np.abs(values[:, None] - scale).argmin(axis=1)
    off = values[np.abs(values - scale[nearest]) > _rounding(values, scale[nearest])]
    if len(off):
        raise ScoreOffScale(f"The score {off[0]:g} is not one of the levels {', '.join(f'{x:g}' for x in scale)}.")
    return scale, nearest[code]


def agreement_weights(values: Floats, weights: Weights) -> Floats:
    """(V, V) how far two levels agree: 1 on the diagonal, 0 for the pair (or pairs) furthest apart.

    Distances are those of the scores themselves, so that a level nobody used leaves a gap; "ordinal" counts levels.
    """
    require_weights(weights)
    if weights == "unweighted":
        return np.eye(len(values))
    if weights == "ratio" and values[0] < 0:
        raise ScoreOffScale("Ratio weights take no negative scores.")
    apart = _DISTANCES[weights](values[:, None], values[None, :], values)
    return np.asarray(1 - apart / apart.max())


def require_weights(weights: str) -> None:
    if weights not in get_args(Weights):
        raise BadOption(f"The weights are one of {', '.join(get_args(Weights))}, not {weights!r}.")


def _ordinal(c: Floats, k: Floats, values: Floats) -> Floats:
    """The number of pairs of levels from c to k, both included."""
    steps = np.abs(np.searchsorted(values, c) - np.searchsorted(values, k))
    return np.asarray(steps * (steps + 1) / 2)


def _ratio(c: Floats, k: Floats, values: Floats) -> Floats:
    total = c + k
    return np.asarray(((c - k) / np.where(total == 0, 1.0, total)) ** 2)


def _circular(c: Floats, k: Floats, values: Floats) -> Floats:
    """The highest level is one step of 1 from the lowest."""
    return np.asarray(np.sin(np.pi * (c - k) / (values[-1] - values[0] + 1)) ** 2)


def _bipolar(c: Floats, k: Floats, values: Floats) -> Floats:
    """The same distance counts for more the nearer it is to an end of the scale."""
    from_ends = (c + k - 2 * values[0]) * (2 * values[-1] - c - k)
    return np.asarray((c - k) ** 2 / np.where(c == k, 1.0, from_ends))


_DISTANCES: dict[str, Callable[[Floats, Floats, Floats], Floats]] = {
    "linear": lambda c, k, values: np.abs(c - k),
    "quadratic": lambda c, k, values: (c - k) ** 2,
    "ordinal": _ordinal,
    "radical": lambda c, k, values: np.sqrt(np.abs(c - k)),
    "ratio": _ratio,
    "circular": _circular,
    "bipolar": _bipolar,
}
