"""A number with its interval, and the jackknife over targets that gives the interval.

Ratings of one target hang together, so the target is the unit that is left out. Every statistic here is a function of
sums, so leaving out a target means subtracting its part. Miller (1974), The jackknife: a review, Biometrika 61:1-15;
Efron & Tibshirani (1993), An Introduction to the Bootstrap, ch. 11.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import stats

from panel.stats.errors import BadOption
from panel.stats.ratings import Codes, Floats
from panel.stats.wording import count, in_words

FEWEST_TARGETS = 2
FEWEST_FOR_INTERVAL = 5

Scale = Literal["plain", "log", "fisher"]
"""The scale on which the interval is symmetric: as it is, logarithm of a ratio, Fisher's z of a correlation."""


@dataclass(frozen=True)
class Estimate:
    """A number on ``n_targets`` targets and ``n_ratings`` ratings, with its interval.

    ``estimate`` is None exactly when ``not_estimable`` gives the reason; ``note`` says why the interval alone is
    missing.
    """

    estimate: float | None
    low: float | None
    high: float | None
    confidence: float
    n_targets: int
    n_ratings: int
    not_estimable: str | None = None
    note: str | None = None

    def excludes(self, value: float) -> bool:
        """Whether there is an interval and ``value`` lies outside it."""
        return self.low is not None and self.high is not None and not self.low <= value <= self.high

    def columns(self, name: str) -> dict[str, float | str | None]:
        """The number as columns of a row: ``name``, ``name_low``, ``name_high`` and ``name_not_estimable``."""
        values = (self.estimate, self.low, self.high, self.not_estimable)
        return dict(zip(column_names(name), values, strict=True))

    def in_words(self, form: str = ".2f", *, target: str = "target", rater: str = "rater") -> str:
        """ "0.71 (95 % interval 0.34 to 0.95)", or the reason why there is no number."""
        if self.estimate is None:
            return in_words(str(self.not_estimable), target, rater)
        if self.low is None or self.high is None:
            return f"{self.estimate:{form}} (without an interval)"
        return (
            f"{self.estimate:{form}} ({self.confidence * 100:.4g} % interval {self.low:{form}} to {self.high:{form}})"
        )


def column_names(name: str) -> tuple[str, ...]:
    return name, f"{name}_low", f"{name}_high", f"{name}_not_estimable"


@dataclass(frozen=True, eq=False)
class Sums:
    """The m sums behind the statistics of G groups (raters, say), whole (G, m) and ``without`` (K, m) one target.

    ``group`` (K,) is the group of a row of ``without``; each group has a row for every target that it has ratings on.
    ``n_ratings`` (G,) counts the ratings behind a group.
    """

    whole: Floats
    without: Floats
    group: Codes
    n_ratings: Codes

    @property
    def n_targets(self) -> Codes:
        return np.bincount(self.group, minlength=len(self.whole))


def added_up(parts: Floats, group: Codes, n_ratings: Codes) -> Sums:
    """Sums to which every target adds its row of ``parts`` (K, m), none of them negative."""
    whole = total(parts, group, len(n_ratings))
    rest = whole[group] - parts
    return Sums(whole, np.where(rest <= 1e-10 * whole[group], 0.0, rest), group, n_ratings)


def total(parts: Floats, group: Codes, n_groups: int) -> Floats:
    """Column sums (n_groups, m) of the rows (K, m) of each group."""
    columns = [np.bincount(group, weights=column, minlength=n_groups) for column in parts.T]
    return np.stack(columns, axis=1)


def quotient(numerator: Floats, denominator: Floats) -> Floats:
    """numerator / denominator, NaN where the denominator is 0."""
    defined = denominator != 0
    return np.where(defined, numerator / np.where(defined, denominator, 1.0), np.nan)


def require_confidence(confidence: float) -> None:
    if not 0 < confidence < 1:
        raise BadOption("The confidence lies between 0 and 1.")


def estimates(
    sums: Sums,
    statistic: Callable[[Floats], Floats],
    *,
    undefined: str,
    confidence: float,
    scale: Scale = "plain",
    bounds: tuple[float, float] = (-np.inf, np.inf),
    fewest: int = FEWEST_TARGETS,
    fewest_for_interval: int = FEWEST_FOR_INTERVAL,
    which: str = "shared with other raters",
) -> list[Estimate]:
    """One estimate per group. ``statistic`` maps sums (..., m) to numbers (...), NaN where it has none.

    ``undefined`` completes "not estimable because ..." where the sums give no number; ``which`` targets are counted is
    said after "it takes 2 targets".
    """
    n_targets = sums.n_targets
    value = statistic(sums.whole)
    error = _jackknife_error(sums, _scaled(statistic(sums.without), scale))
    reach = stats.t.ppf((1 + confidence) / 2, np.maximum(n_targets - 1, 1)) * error
    centre = _scaled(value, scale)
    low, high = (np.clip(_unscaled(edge, scale), *bounds) for edge in (centre - reach, centre + reach))
    found = []
    for group, (n, n_ratings) in enumerate(zip(n_targets.tolist(), sums.n_ratings.tolist(), strict=True)):
        if n < fewest:
            there_are = "there is 1" if n == 1 else f"there are {n}"
            reason = f"not estimable because it takes {count(fewest, 'target')} {which}, and {there_are}"
            found.append(Estimate(None, None, None, confidence, n, n_ratings, reason))
        elif np.isnan(value[group]):
            reason = f"not estimable because {undefined}"
            found.append(Estimate(None, None, None, confidence, n, n_ratings, reason))
        elif note := _why_no_interval(n, float(error[group]), fewest_for_interval):
            found.append(Estimate(float(value[group]), None, None, confidence, n, n_ratings, note=note))
        else:
            ends = float(low[group]), float(high[group])
            found.append(Estimate(float(value[group]), *ends, confidence, n, n_ratings))
    return found


def _jackknife_error(sums: Sums, without: Floats) -> Floats:
    """(G,) standard error from the values (K,) without each target; NaN where one of them is undefined.

    se^2 = (n - 1) / n * sum over targets of (value without it - their mean)^2.
    """
    n = np.maximum(sums.n_targets, 1)
    known = np.isfinite(without)
    value = np.where(known, without, 0.0)
    mean = np.bincount(sums.group, weights=value, minlength=len(n)) / n
    spread = np.bincount(sums.group, weights=(value - mean[sums.group]) ** 2, minlength=len(n))
    n_unknown = np.bincount(sums.group[~known], minlength=len(n))
    return np.where(n_unknown > 0, np.nan, np.sqrt((n - 1) / n * spread))


def _why_no_interval(n_targets: int, error: float, fewest: int) -> str | None:
    if n_targets < fewest:
        return f"There is no interval on fewer than {fewest} targets."
    if np.isnan(error):
        return "There is no interval because without one of the targets nothing is left to compare."
    if error <= 1e-9:
        return "There is no interval because no target changes the number."
    return None


def _scaled(value: Floats, scale: Scale) -> Floats:
    """The value on the scale where the interval is symmetric, NaN where that scale has no place for it."""
    if scale == "log":
        return np.where(value > 0, np.log(np.where(value > 0, value, 1.0)), np.nan)
    if scale == "fisher":
        inside = np.abs(value) < 1 - 1e-12
        return np.where(inside, np.arctanh(np.where(inside, value, 0.0)), np.nan)
    return value


def _unscaled(value: Floats, scale: Scale) -> Floats:
    if scale == "log":
        return np.exp(np.minimum(value, 700.0))
    return np.tanh(value) if scale == "fisher" else value
