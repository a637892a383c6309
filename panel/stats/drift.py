"""Drift: whether a rater grows more severe or more lenient over time, against fellow raters on the same units.

The slope is that of (fellow rater's score - own score) on the time of the own rating, taken within each pair of
raters, so that meeting severer fellow raters later is not taken for drift. It is relative: fellow raters drift too.
Myford & Wolfe (2009), Monitoring rater performance over time, J. Educational Measurement 46:371-389.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from panel.stats.errors import MissingColumns, NotATime
from panel.stats.estimates import Estimate, Sums, column_names, estimates, quotient, require_confidence, total
from panel.stats.paired_ratings import SXX, SXY, PairedRatings, paired_ratings, within_pairs_of_raters
from panel.stats.ratings import Codes, Floats, Label, read_ratings
from panel.stats.wording import claim, count, noted

FEWEST_FOR_A_SLOPE = 5
FEWEST_DAYS = 14
DAYS_PER_STEP = 30


@dataclass(frozen=True)
class MonthOfRater:
    """One rater's severity in one month ("2026-11"): mean over targets of (fellow raters' scores - own)."""

    month: str
    severity: Estimate


@dataclass(frozen=True)
class RaterDrift:
    """``slope``: change of severity (positive: growing harsher) per 30 days; ``days``: span of the shared ratings."""

    rater: Label
    slope: Estimate
    days: float
    months: tuple[MonthOfRater, ...]

    def summary(self, *, target: str = "target", rater: str = "rater") -> str:
        name = f"{rater.capitalize()} {self.rater}"
        if self.slope.estimate is None:
            return f"{name}: drift is {self.slope.in_words(target=target, rater=rater)}."
        text = (
            f"{name}: severity changes by {self.slope.in_words('+.2f')} per {DAYS_PER_STEP} days against fellow "
            f"{rater}s ({count(self.slope.n_targets, target)} over {self.days:.0f} days)."
        )
        if self.slope.low is None:
            return text
        verdict = "the interval includes no drift."
        if self.slope.excludes(0):
            verdict = "growing harsher." if self.slope.estimate > 0 else "growing more lenient."
        return f"{text} {claim(self.slope.n_targets, verdict, target)}"


@dataclass(frozen=True)
class Drift:
    """The drift of every rater, in the order of their labels; ``n_without_time`` ratings were left out."""

    raters: tuple[RaterDrift, ...]
    n_without_time: int
    note: str | None = None

    def of(self, rater: Label) -> RaterDrift:
        """Raises KeyError for a rater without a rating that has a time."""
        return {each.rater: each for each in self.raters}[rater]

    def to_frame(self) -> pd.DataFrame:
        """One row per rater."""
        rows = [
            {
                "rater": each.rater,
                "n_targets": each.slope.n_targets,
                "n_ratings": each.slope.n_ratings,
                "days": each.days,
                **each.slope.columns("slope"),
            }
            for each in self.raters
        ]
        return pd.DataFrame(rows, columns=["rater", "n_targets", "n_ratings", "days", *column_names("slope")])

    def months_to_frame(self) -> pd.DataFrame:
        """One row per rater and month with shared ratings."""
        rows = [
            {
                "rater": each.rater,
                "month": one.month,
                "n_targets": one.severity.n_targets,
                "n_ratings": one.severity.n_ratings,
                **one.severity.columns("severity"),
            }
            for each in self.raters
            for one in each.months
        ]
        return pd.DataFrame(rows, columns=["rater", "month", "n_targets", "n_ratings", *column_names("severity")])

    def summary(self, *, target: str = "target", rater: str = "rater") -> str:
        sentences = [each.summary(target=target, rater=rater) for each in self.raters]
        sentences += noted(self.note, target, rater)
        if self.n_without_time:
            sentences.append(f"{count(self.n_without_time, 'rating')} without a time left out.")
        return " ".join(sentences) or f"Drift is not estimable because no {rater}'s ratings have a time."


def drift(ratings: pd.DataFrame, confidence: float = 0.95) -> Drift:
    """Slope of severity per 30 days, and severity by month, of each rater.

    ``ratings`` has a column ``time`` (dates, or text in ISO order) besides the usual ones; ratings without a time are
    left out. Raises MissingColumns without that column, NotATime for what is no date, and what `read_ratings` raises.
    """
    require_confidence(confidence)
    if list(ratings.columns).count("time") != 1:
        raise MissingColumns("Drift needs one column named time: when each rating was given.")
    read_ratings(ratings)
    scored = ratings.loc[ratings["score"].notna()]
    time = _times(scored["time"])
    timed = time.notna().to_numpy()
    n_without = int((~timed).sum())
    if not timed.any():
        return Drift((), n_without)
    known = read_ratings(scored.loc[timed])
    days = ((time[timed] - time.min()) / pd.Timedelta(days=1)).to_numpy(dtype=np.float64)
    month = (time[timed].dt.year * 12 + time[timed].dt.month - 1).to_numpy(dtype=np.int64)
    pairs = paired_ratings(known)
    slopes, spans = _slopes(pairs, days[pairs.row], confidence)
    months = _months(pairs, month[pairs.row], confidence)
    rows = zip(known.raters, slopes, spans.tolist(), months, strict=True)
    return Drift(tuple(RaterDrift(*row) for row in rows), n_without, pairs.note)


def _times(column: pd.Series) -> pd.Series:
    """Times without a zone (UTC where one was given); missing ones stay missing."""
    if pd.api.types.is_numeric_dtype(column) and column.notna().any():
        raise NotATime("The times of ratings are numbers; give dates, such as 2026-11-25.")
    try:
        times: pd.Series = pd.to_datetime(column, utc=True, format="ISO8601")
    except (ValueError, TypeError, OverflowError) as error:
        raise NotATime(
            "A time of a rating is no date; dates are written like 2026-11-25 or 2026-11-25T14:30."
        ) from error
    return times.dt.tz_localize(None)


def _slopes(pairs: PairedRatings, days: Floats, confidence: float) -> tuple[list[Estimate], Floats]:
    """The slope of each rater, and the days (R,) between their first and last shared rating."""
    first, last = np.full(pairs.n_raters, np.inf), np.full(pairs.n_raters, -np.inf)
    np.minimum.at(first, pairs.rater, days)
    np.maximum.at(last, pairs.rater, days)
    spans = np.where(last >= first, last - np.where(np.isfinite(first), first, 0.0), 0.0)
    time = (days - days.mean() if len(days) else days) / DAYS_PER_STEP
    sums = within_pairs_of_raters(pairs, time, pairs.theirs - pairs.own)
    long_enough = spans >= FEWEST_DAYS
    whole = np.where(long_enough[:, None], sums.whole, 0.0)
    slopes = estimates(
        Sums(whole, sums.without, sums.group, sums.n_ratings),
        lambda s: quotient(s[..., SXY], s[..., SXX]),
        undefined=f"it takes {FEWEST_DAYS} days between the first and the last rating shared with one other rater",
        confidence=confidence,
        fewest=FEWEST_FOR_A_SLOPE,
    )
    return slopes, spans


def _months(pairs: PairedRatings, month: Codes, confidence: float) -> list[tuple[MonthOfRater, ...]]:
    """Severity of each rater in every month (12 a year since year 0) with shared ratings; each target counts once."""
    names, code = np.unique(month, return_inverse=True)
    cells, cell = np.unique(pairs.rater * max(len(names), 1) + code, return_inverse=True)
    target, place, n_pairs = np.unique(cell * pairs.n_targets + pairs.target, return_inverse=True, return_counts=True)
    mean = np.bincount(place, weights=pairs.theirs - pairs.own, minlength=len(target)) / n_pairs
    group = target // pairs.n_targets
    parts = np.stack([mean, np.ones(len(mean))], axis=1)
    whole = total(parts, group, len(cells))
    _, first_of_rating = np.unique(pairs.row, return_index=True)
    n_ratings = np.bincount(cell[first_of_rating], minlength=len(cells))
    found = estimates(
        Sums(whole, whole[group] - parts, group, n_ratings),
        lambda s: quotient(s[..., 0], s[..., 1]),
        undefined="nothing is shared",
        confidence=confidence,
        fewest=1,
        fewest_for_interval=2,
    )
    months: list[list[MonthOfRater]] = [[] for _ in range(pairs.n_raters)]
    for number, severity in zip(cells.tolist(), found, strict=True):
        year, since_january = divmod(int(names[number % len(names)]), 12)
        months[number // len(names)].append(MonthOfRater(f"{year}-{since_january + 1:02}", severity))
    return [tuple(each) for each in months]
