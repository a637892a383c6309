"""How soon raters hand in: hours from the end of what they rated to the submission of the ratings.

What is written down late is remembered, not observed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from panel.stats.errors import BadOption, InfiniteScore, MissingColumns, MissingLabels, NotANumber
from panel.stats.estimates import require_confidence
from panel.stats.ratings import Floats, Label
from panel.stats.wording import count


@dataclass(frozen=True)
class RaterTimeliness:
    """One rater's hours until submission; ``n_missing`` rows had none (not submitted yet).

    ``median`` has an interval of order statistics (at 95 % from 6 submissions on); ``within`` is the share handed in
    within ``limit`` hours, with Wilson's (1927) interval. Everything is None when nothing was submitted.
    """

    rater: Label
    n: int
    n_missing: int
    median: float | None
    median_low: float | None
    median_high: float | None
    within: float | None
    within_low: float | None
    within_high: float | None
    not_estimable: str | None = None


@dataclass(frozen=True)
class Timeliness:
    """The timeliness of every rater, in the order of their labels."""

    raters: tuple[RaterTimeliness, ...]
    limit: float
    confidence: float

    def of(self, rater: Label) -> RaterTimeliness:
        """Raises KeyError for a rater without rows."""
        return {each.rater: each for each in self.raters}[rater]

    def to_frame(self) -> pd.DataFrame:
        return pd.DataFrame([vars(each) for each in self.raters], columns=[*RaterTimeliness.__dataclass_fields__])

    def summary(self, *, rater: str = "rater") -> str:
        return " ".join(self._in_words(each, rater) for each in self.raters) or "Nothing was submitted."

    def _in_words(self, each: RaterTimeliness, rater: str) -> str:
        name = f"{rater.capitalize()} {each.rater}"
        missing = f"; {each.n_missing} not submitted" if each.n_missing else ""
        if each.median is None or each.within is None:
            return f"{name}: timeliness is {each.not_estimable}{missing}."
        return (
            f"{name}: half of {count(each.n, 'submission')} came within {each.median:.1f} hours, and {each.within:.0%} "
            f"within {self.limit:g} ({self.confidence * 100:.4g} % interval {each.within_low:.0%} to "
            f"{each.within_high:.0%}){missing}."
        )


def timeliness(submissions: pd.DataFrame, limit: float = 24.0, confidence: float = 0.95) -> Timeliness:
    """Median hours to submission, and the share within ``limit`` hours, of each rater.

    ``submissions`` has the columns ``rater, hours``, a row for everything that was to be submitted: hours from the end
    to the submission (below 0: submitted before the end), NaN when it is missing. Raises RatingsError otherwise.
    """
    require_confidence(confidence)
    if not (limit > 0 and np.isfinite(limit)):
        raise BadOption("The limit is a number of hours above 0.")
    hours = _hours(submissions)
    if submissions["rater"].isna().any():
        raise MissingLabels("A submission does not say its rater.")
    codes, labels = pd.factorize(submissions["rater"], sort=False)
    order = sorted(range(len(labels)), key=lambda n: (type(labels[n]).__name__, labels[n]))
    return Timeliness(
        tuple(_of_rater(labels[code], hours[codes == code], limit, confidence) for code in order), limit, confidence
    )


def _hours(submissions: pd.DataFrame) -> Floats:
    absent = [name for name in ("rater", "hours") if name not in submissions.columns]
    if absent:
        raise MissingColumns(f"The submissions lack the column(s) {', '.join(absent)}; needed are rater and hours.")
    try:
        hours: Floats = pd.to_numeric(submissions["hours"]).to_numpy(dtype=np.float64, na_value=np.nan)
    except (TypeError, ValueError) as error:
        raise NotANumber("The hours to submission are not all numbers.") from error
    if np.isinf(hours).any():
        raise InfiniteScore("Hours to submission are infinite; leave them empty when nothing was submitted.")
    return hours


def _of_rater(label: Label, hours: Floats, limit: float, confidence: float) -> RaterTimeliness:
    known = np.sort(hours[~np.isnan(hours)])
    n, n_missing = len(known), int(np.isnan(hours).sum())
    if n == 0:
        reason = "not estimable because nothing was submitted"
        return RaterTimeliness(label, 0, n_missing, None, None, None, None, None, None, reason)
    on_time = int((known <= limit).sum())
    interval = stats.binomtest(on_time, n).proportion_ci(confidence, method="wilson")
    low, high = _median_interval(known, confidence)
    return RaterTimeliness(
        label, n, n_missing, float(np.median(known)), low, high, on_time / n, float(interval.low), float(interval.high)
    )


def _median_interval(sorted_hours: Floats, confidence: float) -> tuple[float | None, float | None]:
    """The order statistics that hold the median with at least this confidence (Conover 1999, sec. 3.2)."""
    n = len(sorted_hours)
    k = int(stats.binom.ppf((1 - confidence) / 2, n, 0.5))
    # k is the most that keeps P(fewer than k of n values below the median) under half of what is left over
    if k < 1:
        return None, None
    return float(sorted_hours[k - 1]), float(sorted_hours[n - k])
