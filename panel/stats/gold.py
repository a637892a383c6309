"""How one rater's scores lie beside a standard: the shares that match it and lie within one level, and the mean gap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from panel.stats.errors import MissingColumns
from panel.stats.estimates import require_confidence
from panel.stats.wording import count

FEWEST = 5
"""Targets below which nothing is said of a rater against the standard."""


@dataclass(frozen=True)
class Share:
    """``hits`` of ``n``, with Wilson's (1927) interval."""

    hits: int
    n: int
    low: float
    high: float

    @property
    def share(self) -> float:
        return self.hits / self.n


@dataclass(frozen=True)
class AgainstGold:
    """One rater against the standard, on ``n`` targets.

    ``difference`` is the mean of score minus gold, below 0 for a rater harsher than the standard; its interval is
    Student's, and None where every difference is the same. All is None below ``FEWEST`` targets, and
    ``not_estimable`` says so.
    """

    n: int
    exact: Share | None
    within_one: Share | None
    difference: float | None
    low: float | None
    high: float | None
    confidence: float
    not_estimable: str | None = None

    def to_frame(self) -> pd.DataFrame:
        shares = {"exact": self.exact, "within_one": self.within_one}
        rows = [
            {"measure": name, "estimate": each.share, "low": each.low, "high": each.high, "n": each.n}
            for name, each in shares.items()
            if each
        ]
        if self.difference is not None:
            rows.append(
                {"measure": "difference", "estimate": self.difference, "low": self.low, "high": self.high, "n": self.n}
            )
        return pd.DataFrame(rows, columns=["measure", "estimate", "low", "high", "n"])

    def summary(self, *, target: str = "target") -> str:
        if self.exact is None or self.within_one is None or self.difference is None:
            return f"{self.not_estimable}."
        exact, near = self.exact, self.within_one
        return (
            f"On {count(self.n, target)}: {near.share:.0%} within one level of gold ({near.low:.0%} to "
            f"{near.high:.0%}), {exact.share:.0%} exactly on it ({exact.low:.0%} to {exact.high:.0%}); mean difference "
            f"{self.difference:+.2f} levels{self._between()}."
        )

    def _between(self) -> str:
        return "" if self.low is None or self.high is None else f" ({self.low:+.2f} to {self.high:+.2f})"


def against_gold(rated: pd.DataFrame, *, confidence: float = 0.95) -> AgainstGold:
    """One rater's scores against the standard. ``rated`` has the columns ``target, score, gold``, in levels.

    Rows without a score or gold count nowhere. Raises MissingColumns and BadOption.
    """
    require_confidence(confidence)
    absent = [each for each in ("target", "score", "gold") if each not in rated.columns]
    if absent:
        raise MissingColumns(f"The ratings lack the column(s) {', '.join(absent)}; needed are target, score and gold.")
    known = rated.dropna(subset=["score", "gold"])
    gaps = (known["score"] - known["gold"]).to_numpy(dtype=float)
    n = len(gaps)
    if n < FEWEST:
        return AgainstGold(n, None, None, None, None, None, confidence, too_few(n))
    low, high = _interval_of_mean(gaps, confidence)
    return AgainstGold(
        n=n,
        exact=_share(int((gaps == 0).sum()), n, confidence),
        within_one=_share(int((np.abs(gaps) <= 1).sum()), n, confidence),
        difference=float(gaps.mean()),
        low=low,
        high=high,
        confidence=confidence,
    )


def too_few(n: int, target: str = "exercise") -> str:
    """ "3 more exercises before this says anything"."""
    return f"{count(FEWEST - n, f'more {target}')} before this says anything"


def _share(hits: int, n: int, confidence: float) -> Share:
    interval = stats.binomtest(hits, n).proportion_ci(confidence, method="wilson")
    return Share(hits, n, float(interval.low), float(interval.high))


def _interval_of_mean(gaps: np.ndarray, confidence: float) -> tuple[float | None, float | None]:
    """mean +- t(n - 1) * sd / sqrt(n)"""
    deviation = float(gaps.std(ddof=1))
    if deviation == 0:
        return None, None
    reach = float(stats.t.ppf(0.5 + confidence / 2, len(gaps) - 1)) * deviation / np.sqrt(len(gaps))
    return float(gaps.mean() - reach), float(gaps.mean() + reach)
