"""Krippendorff's alpha and percent agreement.

Krippendorff (2011), Computing Krippendorff's Alpha-Reliability; Krippendorff (2004), Content Analysis, ch. 11.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd

from panel.stats.coincidences import Coincidences, PairableValues, coincidences, pairable_values, resampled_targets
from panel.stats.errors import BadOption, ScoreOffScale
from panel.stats.ratings import Floats, Ratings, read_ratings
from panel.stats.wording import KRIPPENDORFF, band_of_interval, count, in_words, provisional, too_few, with_interval

Level = Literal["nominal", "ordinal", "interval", "ratio"]

MOST_UNDEFINED_RESAMPLES = 0.05
MOST_RATIO_VALUES = 3000


@dataclass(frozen=True)
class Alpha:
    """Krippendorff's alpha, 1 = perfect agreement, 0 = what chance would give, with its bootstrap interval.

    ``n_units``, ``n_targets``, ``n_raters`` and ``n_values`` count what could be paired.
    ``estimate`` is None exactly when ``not_estimable`` gives the reason; ``note`` says why an interval is missing.
    """

    estimate: float | None
    low: float | None
    high: float | None
    level: Level
    confidence: float
    n_units: int
    n_raters: int
    n_values: int
    n_targets: int
    not_estimable: str | None = None
    note: str | None = None

    def to_frame(self) -> pd.DataFrame:
        return pd.DataFrame([asdict(self)])

    def summary(self, *, target: str = "target", rater: str = "rater") -> str:
        if self.estimate is None:
            return f"Krippendorff's alpha ({self.level}) is {self.not_estimable}."
        few = too_few(self.n_targets, target)
        if few:
            return few
        text = (
            f"{provisional(self.n_targets)}Agreement of {rater}s, Krippendorff's alpha ({self.level}) = "
            f"{with_interval(self.estimate, self.low, self.high, self.confidence)} "
            f"({count(self.n_targets, target)}, {count(self.n_raters, rater)}, {count(self.n_values, 'rating')})"
        )
        if self.low is not None and self.high is not None:
            text += f": {band_of_interval(self.low, self.high, KRIPPENDORFF)}"
        return f"{text}. {in_words(self.note, target, rater)}" if self.note else f"{text}."


@dataclass(frozen=True)
class PercentAgreement:
    """Shares (0 to 1) of pairs of raters of the same unit who gave the same score, and one within ``step`` of it.

    ``exact`` and ``within_one`` count every pair of raters once. ``exact_by_unit`` and ``within_one_by_unit`` count
    every unit once (Gwet's p_a), however many raters it had. No chance correction: low spread makes all four high.
    """

    exact: float | None
    within_one: float | None
    exact_by_unit: float | None
    within_one_by_unit: float | None
    step: float
    n_pairs: int
    n_units: int
    n_raters: int
    n_targets: int
    not_estimable: str | None = None

    def to_frame(self) -> pd.DataFrame:
        return pd.DataFrame([asdict(self)])

    def summary(self, *, target: str = "target", rater: str = "rater") -> str:
        if self.exact is None or self.within_one is None:
            return f"Percent agreement is {self.not_estimable}."
        return (
            f"Of {count(self.n_pairs, 'pair')} of {rater}s on {count(self.n_targets, target)}, {self.exact:.0%} gave "
            f"the same score and {self.within_one:.0%} were within {self.step:g}; chance is not taken out."
        )


def krippendorff_alpha(
    ratings: pd.DataFrame | Ratings,
    level: Level = "ordinal",
    bootstrap: int = 1000,
    seed: int = 1,
    confidence: float = 0.95,
) -> Alpha:
    """Krippendorff's alpha for any number of raters, with missing ratings.

    The interval is the percentile interval over ``bootstrap`` resamples of whole targets (``bootstrap=0``: none).
    Raises RatingsError for ratings or arguments that cannot be used.
    """
    _require_options(level, bootstrap, confidence)
    known = read_ratings(ratings)
    found = pairable_values(known)
    if level == "ratio":
        _require_ratio_scale(found)
    reason = _why_no_pairs(known, found)
    if reason is None and len(found.values) == 1:
        reason = "not estimable because every score that can be compared is the same"
    estimate = low = high = note = None
    if reason is None:
        table = coincidences(found)
        estimate = float(_alpha(*table.weighted(np.ones((1, found.n_targets))), table, level)[0])
        if estimate == 1:
            note = (
                "There is no interval because the raters never differ, and resampling cannot show what it did not see."
            )
        else:
            low, high, note = _bootstrap_interval(
                table, found.n_targets, level, bootstrap=bootstrap, seed=seed, confidence=confidence
            )
    return Alpha(
        estimate=estimate,
        low=low,
        high=high,
        level=level,
        confidence=confidence,
        n_units=found.n_units,
        n_raters=found.n_raters,
        n_values=len(found.value),
        n_targets=found.n_targets,
        not_estimable=reason,
        note=" ".join(filter(None, (known.note, note))) or None,
    )


def percent_agreement(ratings: pd.DataFrame | Ratings, step: float = 1.0) -> PercentAgreement:
    """Exact agreement, and agreement within one level, over all pairs of raters of the same unit.

    ``step`` is the distance of neighbouring levels on the scale of the scores.
    """
    if not step > 0:
        raise BadOption("The step between levels is above 0.")
    known = read_ratings(ratings)
    found = pairable_values(known)
    reason = _why_no_pairs(known, found)
    exact = within_one = exact_by_unit = within_one_by_unit = None
    pairs = found.m * (found.m - 1) // 2
    if reason is None:
        same = np.bincount(found.cell_unit, weights=found.cell_n * (found.cell_n - 1) / 2, minlength=found.n_units)
        near = same.copy()
        for unit, c, k, n_pairs in found.unequal_pairs():
            close = found.values[k] - found.values[c] <= step * (1 + 1e-9)
            near += np.bincount(unit[close], weights=n_pairs[close], minlength=found.n_units)
        exact, within_one = float(same.sum() / pairs.sum()), float(near.sum() / pairs.sum())
        exact_by_unit, within_one_by_unit = float((same / pairs).mean()), float((near / pairs).mean())
    return PercentAgreement(
        exact=exact,
        within_one=within_one,
        exact_by_unit=exact_by_unit,
        within_one_by_unit=within_one_by_unit,
        step=step,
        n_pairs=int(pairs.sum()),
        n_units=found.n_units,
        n_raters=found.n_raters,
        n_targets=found.n_targets,
        not_estimable=reason,
    )


def _require_options(level: str, bootstrap: int, confidence: float) -> None:
    if level not in get_args(Level):
        raise BadOption(f"The level of measurement is one of {', '.join(get_args(Level))}, not {level!r}.")
    if bootstrap < 0 or int(bootstrap) != bootstrap:
        raise BadOption("The number of bootstrap resamples is a whole number, 0 or more.")
    if not 0 < confidence < 1:
        raise BadOption("The confidence lies between 0 and 1.")


def _require_ratio_scale(found: PairableValues) -> None:
    if (found.values < 0).any():
        raise ScoreOffScale("A ratio scale has no negative scores.")
    if len(found.values) > MOST_RATIO_VALUES:
        raise ScoreOffScale(f"Ratio alpha takes at most {MOST_RATIO_VALUES} distinct scores; round them first.")


def _why_no_pairs(known: Ratings, found: PairableValues) -> str | None:
    if known.n_raters < 2:
        return "not estimable because there is only one rater"
    if not found.n_units:
        return "not estimable because no unit (one item of one target) was scored by two raters"
    return None


def _alpha(o: Floats, n_c: Floats, table: Coincidences, level: Level) -> Floats:
    """alpha = 1 - D_o / D_e for each of B rows of coincidences ``o`` (B, P) and value counts ``n_c`` (B, V).

    NaN where all values are equal. Equal values differ by 0, so only pairs c < k are summed, twice.
    """
    n = n_c.sum(axis=1)
    if level == "nominal":
        o_delta = 2 * o.sum(axis=1)
        nn_delta = n**2 - (n_c**2).sum(axis=1)
    elif level == "ratio":
        o_delta = 2 * o @ _ratio_delta(table.values[table.c], table.values[table.k])
        nn_delta = (n_c @ _ratio_delta(table.values[:, None], table.values) * n_c).sum(axis=1)
    else:
        x = _ordinal_positions(n_c) if level == "ordinal" else np.broadcast_to(table.values, n_c.shape)
        mean = (n_c * x).sum(axis=1, keepdims=True) / n[:, None]
        o_delta = 2 * (o * (x[:, table.c] - x[:, table.k]) ** 2).sum(axis=1)
        nn_delta = 2 * n * (n_c * (x - mean) ** 2).sum(axis=1)
    d_o = o_delta / n
    d_e = nn_delta / (n * (n - 1))
    varied = (n_c > 0).sum(axis=1) > 1
    return np.where(varied, 1 - d_o / np.where(varied, d_e, 1.0), np.nan)


def _ordinal_positions(n_c: Floats) -> Floats:
    """(B, V) mid-ranks: their squared differences are Krippendorff's (n_c/2 + ... + n_k/2)^2 ordinal delta."""
    return np.asarray(np.cumsum(n_c, axis=1) - n_c / 2)


def _ratio_delta(c: Floats, k: Floats) -> Floats:
    total = c + k
    return np.asarray(((c - k) / np.where(total == 0, 1.0, total)) ** 2)


def _bootstrap_interval(
    table: Coincidences, n_targets: int, level: Level, *, bootstrap: int, seed: int, confidence: float
) -> tuple[float | None, float | None, str | None]:
    if bootstrap == 0:
        return None, None, None
    if n_targets < 2:
        return None, None, "There is no interval because only one target can be compared."
    columns = len(table.c) + len(table.values)
    blocks = resampled_targets(n_targets, columns, bootstrap, seed)
    alphas = np.concatenate([_alpha(*table.weighted(weights), table, level) for weights in blocks])
    defined = alphas[~np.isnan(alphas)]
    if len(defined) < (1 - MOST_UNDEFINED_RESAMPLES) * bootstrap:
        return None, None, "There is no interval because the scores differ on too few targets."
    low, high = np.quantile(defined, [(1 - confidence) / 2, (1 + confidence) / 2])
    return float(low), float(high), None
