"""Chance-corrected agreement of any number of raters, with missing ratings, weights and standard errors.

All coefficients are (p_a - p_e) / (1 - p_e) and differ in p_e (`chance_agreement`): Fleiss (1971), Psychological
Bulletin 76:378-382; Gwet (2008), Br J Math Stat Psychol 61:29-48; Conger (1980), Psychological Bulletin 88:322-328;
Brennan & Prediger (1981), Educ Psychol Meas 41:687-699. Missing ratings, weights and standard errors: Gwet (2014),
Handbook of Inter-Rater Reliability, 4th ed., ch. 2-5, as the R package irrCAC has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Literal, get_args

import numpy as np
import pandas as pd
from scipy import stats

from panel.stats.chance_agreement import ACCOUNTS, Chance, RatedUnits, rated_units
from panel.stats.errors import BadOption
from panel.stats.ratings import Codes, Floats, Ratings, read_ratings
from panel.stats.scale import MOST_LEVELS, Weights, agreement_weights, require_weights
from panel.stats.wording import count, in_words, provisional, too_few, with_interval

Kind = Literal["percent", "Brennan-Prediger", "Conger", "Fleiss", "Gwet", "Krippendorff"]

ALL_THE_SAME = "not estimable because every score that can be compared is the same"
NO_ROOM = 1e-12
"""The least room 1 - p_e that chance may leave for agreement beyond it."""


@dataclass(frozen=True)
class AgreementCoefficient:
    """One coefficient with its standard error and t interval, n_units - 1 df (Krippendorff: n_compared - 1).

    The error takes units as a random sample, and whether a unit has a second rating as part of the luck of the draw, as
    Gwet does: many units with a single rating widen it.

    ``observed`` and ``by_chance`` are p_a and p_e. ``n_units`` were rated, ``n_compared`` of them by two raters or
    more, on ``n_targets`` targets. ``se_by_target`` takes whole targets as the sample, which matters where a target has
    several items. ``se_of_chance`` is the standard error if there were no agreement beyond chance (Fleiss, Nee & Landis
    1979, Psychological Bulletin 86:974-977), for unweighted Fleiss with equally many ratings of every unit.
    ``estimate`` is None exactly when ``not_estimable`` gives the reason; ``note`` says why an interval is missing.
    """

    kind: Kind
    weights: Weights
    confidence: float
    levels: tuple[float, ...]
    n_units: int
    n_compared: int
    n_raters: int
    n_targets: int
    estimate: float | None = None
    se: float | None = None
    low: float | None = None
    high: float | None = None
    observed: float | None = None
    by_chance: float | None = None
    se_by_target: float | None = None
    se_of_chance: float | None = None
    not_estimable: str | None = None
    note: str | None = None

    @property
    def name(self) -> str:
        """As papers name it: "Gwet's AC1" without weights, "Gwet's AC2 (quadratic)" with."""
        weighted = self.weights != "unweighted"
        plain = {
            "percent": "Weighted agreement" if weighted else "Percent agreement",
            "Brennan-Prediger": "Brennan and Prediger's coefficient",
            "Conger": "Conger's kappa",
            "Fleiss": "Fleiss' kappa",
            "Gwet": "Gwet's AC2" if weighted else "Gwet's AC1",
            "Krippendorff": "Krippendorff's alpha",
        }[self.kind]
        return f"{plain} ({self.weights})" if weighted else plain

    def to_frame(self) -> pd.DataFrame:
        return pd.DataFrame([{"name": self.name} | asdict(self)])

    def summary(self, *, target: str = "target", rater: str = "rater") -> str:
        if self.estimate is None:
            return f"{self.name} is {self.not_estimable}."
        few = too_few(self.n_targets, target)
        if few:
            return few
        text = (
            f"{provisional(self.n_targets)}Agreement of {rater}s, {self.name} = "
            f"{with_interval(self.estimate, self.low, self.high, self.confidence)} "
            f"({count(self.n_targets, target)}, {count(self.n_raters, rater)})."
        )
        return f"{text} {in_words(self.note, target, rater)}" if self.note else text


def agreement_coefficient(
    ratings: pd.DataFrame | Ratings,
    kind: Kind,
    weights: Weights = "unweighted",
    levels: Sequence[float] | None = None,
    confidence: float = 0.95,
) -> AgreementCoefficient:
    """Agreement beyond chance; ``kind`` "percent" leaves chance in, and "Gwet" with weights is AC2.

    ``levels`` are those of the scale; without them they are all scores that occur, which counts for Gwet and
    Brennan-Prediger (their chance knows unused levels) and sets the width of the weights. Raises RatingsError.
    """
    if kind not in get_args(Kind):
        raise BadOption(f"The coefficient is one of {', '.join(get_args(Kind))}, not {kind!r}.")
    require_weights(weights)
    if not 0 < confidence < 1:
        raise BadOption("The confidence lies between 0 and 1.")
    known = read_ratings(ratings)
    units = rated_units(known, levels)
    compared = units.r > 1
    blank = AgreementCoefficient(
        kind=kind,
        weights=weights,
        confidence=confidence,
        levels=tuple(units.levels.tolist()),
        n_units=units.n,
        n_compared=int(compared.sum()),
        n_raters=known.n_raters,
        n_targets=len(np.unique(units.target_of_unit[compared])),
        note=known.note,
    )
    reason = _why_not(units)
    if reason:
        return replace(blank, not_estimable=reason)
    if kind == "Krippendorff":
        units = units.compared_only()
    w = agreement_weights(units.levels, weights)
    linearised = _krippendorff(units, w) if kind == "Krippendorff" else _by_chance(units, w, ACCOUNTS[kind](units, w))
    if linearised is None:
        return replace(blank, not_estimable=ALL_THE_SAME)
    filled = _with_error(blank, linearised, units.target_of_unit)
    if kind == "Fleiss" and weights == "unweighted":
        return replace(filled, se_of_chance=_se_of_chance(units))
    return filled


@dataclass(frozen=True, eq=False)
class _Linearised:
    """A coefficient, and its linearised part of every unit (n,), whose spread gives the standard error."""

    estimate: float
    p_a: float
    p_e: float
    of_unit: Floats


def _why_not(units: RatedUnits) -> str | None:
    if units.n_raters < 2:
        return "not estimable because there is only one rater"
    if not (units.r > 1).any():
        return "not estimable because no unit (one item of one target) was scored by two raters"
    if len(units.levels) < 2:
        return ALL_THE_SAME
    if len(units.levels) > MOST_LEVELS:
        return f"not estimable because the scores take more than {MOST_LEVELS} values: round them to levels first"
    return None


def _by_chance(units: RatedUnits, w: Floats, chance: Chance) -> _Linearised | None:
    """Gwet (2014), ch. 5. None when chance alone would give perfect agreement."""
    p_e, compared = chance.p_e, units.r > 1
    if 1 - p_e < NO_ROOM:
        return None
    agreeing = units.agreeing_pairs(w) / np.where(compared, units.r * (units.r - 1), 1)
    p_a = float(agreeing[compared].mean())
    kappa = (p_a - p_e) / (1 - p_e)
    observed = units.n / compared.sum() * (agreeing - p_e * compared) / (1 - p_e)
    return _Linearised(kappa, p_a, p_e, observed - 2 * (1 - kappa) * (chance.of_unit - p_e) / (1 - p_e))


def _krippendorff(units: RatedUnits, w: Floats) -> _Linearised | None:
    """Alpha by weights, of compared units: every rating counts once, so that a unit counts by its ratings r_i.

    Nominal, interval and ratio alpha are those of unweighted, quadratic and ratio weights. Ordinal alpha is not: its
    distances depend on how often levels occur.
    """
    r, r_mean, n_ratings = units.r, float(units.r.mean()), len(units.level)
    more = r / r_mean - 1
    pi = np.bincount(units.level, minlength=len(units.levels)) / n_ratings
    p_e = float(pi @ w @ pi)
    if 1 - p_e < NO_ROOM:
        return None
    agreeing = units.agreeing_pairs(w) / (r_mean * (r - 1))
    uncorrected = float(agreeing.mean())
    p_a = uncorrected + (1 - uncorrected) / n_ratings
    chance = units.mean_over_ratings((w @ pi)[units.level]) * r / r_mean
    # as in irrCAC 1.0: the uncorrected alpha throughout, but for the surplus ratings of a unit the corrected p_a
    observed = (agreeing - p_a * more - p_e) / (1 - p_e)
    of_unit = observed - 2 * (1 - uncorrected) / (1 - p_e) * (chance - p_e * more - p_e) / (1 - p_e)
    return _Linearised((p_a - p_e) / (1 - p_e), p_a, p_e, of_unit)


def _with_error(blank: AgreementCoefficient, found: _Linearised, target: Codes) -> AgreementCoefficient:
    """Gwet's interval: t with units - 1 degrees of freedom, its upper end at most 1."""
    filled = replace(blank, estimate=found.estimate, observed=found.p_a, by_chance=found.p_e)
    n = len(found.of_unit)
    if n < 2:
        return _noted(filled, "There is no interval because only one unit can be compared.")
    if found.p_a == 1:
        note = "There is no interval because the raters never differ, and scores cannot show what they did not see."
        return _noted(filled, note)
    deviation = found.of_unit - found.of_unit.mean()
    if deviation @ deviation < NO_ROOM:
        return _noted(filled, "There is no interval because every unit shows the same agreement.")
    se = float(np.sqrt(deviation @ deviation / (n * (n - 1))))
    t = float(stats.t.ppf((1 + blank.confidence) / 2, n - 1))
    filled = replace(
        filled,
        se=se,
        low=found.estimate - t * se,
        high=min(1.0, found.estimate + t * se),
        se_by_target=_se_by_cluster(deviation, target),
    )
    if filled.se_by_target is None or n == len(np.unique(target)):
        return filled
    return _noted(
        filled,
        f"The interval takes the items of one target as independent (standard error {se:.3f}; "
        f"{filled.se_by_target:.3f} if whole targets are the sample).",
    )


def _noted(result: AgreementCoefficient, note: str) -> AgreementCoefficient:
    return replace(result, note=f"{result.note} {note}" if result.note else note)


def _se_by_cluster(deviation: Floats, target: Codes) -> float | None:
    """The standard error of a mean of n parts when clusters of them are drawn: T / (T - 1) * sum of (sums)^2 / n^2."""
    sums = np.bincount(target, weights=deviation)
    n_clusters = len(np.unique(target))
    if n_clusters < 2:
        return None
    return float(np.sqrt(n_clusters / (n_clusters - 1) * (sums @ sums)) / len(deviation))


def _se_of_chance(units: RatedUnits) -> float | None:
    """Fleiss, Nee & Landis (1979), eq. 12: the standard error of kappa when raters agree by chance only."""
    n, m = units.n, int(units.r[0])
    if (units.r != m).any():
        return None
    p = units.pi()
    q = 1 - p
    pq = float(p @ q)
    return float(np.sqrt(2 * (pq**2 - p * q @ (q - p)) / (n * m * (m - 1)))) / pq
