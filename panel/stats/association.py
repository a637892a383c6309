"""How one number goes with another over people: correlations with their intervals, and what selection hides.

Pearson's r with Fisher's z interval (Fisher 1921, Metron 1:3-32); Spearman's rho with the interval of Bonett & Wright
(2000), Psychometrika 65:23-28. Where the people were chosen on x, r among them is smaller than among all; Thorndike's
case 2 (1949, Personnel Selection, p. 173) undoes that when the spread of x among all is known, and when they were
chosen on x alone and the relation is straight and equally scattered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from panel.stats.wording import count, with_interval

FEWEST = 4  # Fisher's interval has n - 3 in it


@dataclass(frozen=True)
class Correlation:
    """A coefficient with its interval; both ends None where the numbers lie on one line."""

    estimate: float
    low: float | None
    high: float | None

    def excludes(self, value: float) -> bool:
        return self.low is not None and self.high is not None and not self.low <= value <= self.high


@dataclass(frozen=True)
class Association:
    """Of ``n`` pairs. Without coefficients, ``not_estimable`` says why. ``corrected`` is r for all those who might have
    been chosen, of whom ``spread_ratio`` times the spread is known; None unless that is above 1. The
    intervals hold with ``confidence``."""

    n: int
    pearson: Correlation | None = None
    spearman: Correlation | None = None
    corrected: Correlation | None = None
    spread_ratio: float | None = None
    not_estimable: str | None = None
    confidence: float = 0.95

    def to_frame(self) -> pd.DataFrame:
        """One row per coefficient: its estimate and interval."""
        found = {"pearson": self.pearson, "spearman": self.spearman, "corrected": self.corrected}
        rows = [(name, each.estimate, each.low, each.high, self.n) for name, each in found.items() if each]
        return pd.DataFrame(rows, columns=["coefficient", "estimate", "low", "high", "n"])

    def summary(self) -> str:
        if self.pearson is None or self.spearman is None:
            return f"Not estimable: {self.not_estimable}."
        text = f"On {count(self.n, 'pair')}: Pearson's r {self._said(self.pearson)}; "
        text += f"Spearman's rho {self._said(self.spearman)}."
        if self.corrected and self.spread_ratio is not None:
            text += f" For all, whose scores spread {self.spread_ratio:.2f} times as widely: "
            text += f"r {self._said(self.corrected)}."
        return text

    def _said(self, found: Correlation) -> str:
        return with_interval(found.estimate, found.low, found.high, self.confidence)


def association(
    x: Sequence[float], y: Sequence[float], *, spread_of_all: float | None = None, confidence: float = 0.95
) -> Association:
    """`spread_of_all`: the standard deviation of x among all people, chosen or not."""
    first, second = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    n = len(first)
    if n < FEWEST:
        return Association(n, not_estimable=f"{FEWEST} people are the least that it takes")
    for values, name in ((first, "scores"), (second, "outcomes")):
        if np.ptp(values) < 1e-12:
            return Association(n, not_estimable=f"the {name} are all the same")
    pearson = _with_interval(float(np.corrcoef(first, second)[0, 1]), 1 / (n - 3), confidence)
    rho = float(np.corrcoef(stats.rankdata(first), stats.rankdata(second))[0, 1])
    spearman = _with_interval(rho, (1 + rho**2 / 2) / (n - 3), confidence)
    ratio = spread_of_all / float(first.std(ddof=1)) if spread_of_all is not None else None
    corrected = _for_all(pearson, ratio) if ratio is not None and ratio > 1 else None
    return Association(n, pearson, spearman, corrected, ratio, confidence=confidence)


def _with_interval(r: float, variance: float, confidence: float) -> Correlation:
    """Symmetric on Fisher's scale."""
    if abs(r) > 1 - 1e-12:
        return Correlation(float(np.sign(r)), None, None)
    reach = float(stats.norm.ppf((1 + confidence) / 2)) * variance**0.5
    z = float(np.arctanh(r))
    return Correlation(r, float(np.tanh(z - reach)), float(np.tanh(z + reach)))


def _for_all(found: Correlation, u: float) -> Correlation:
    """Case 2 for the estimate and for both ends: R = u r / sqrt(1 - r^2 + u^2 r^2)."""

    def lifted(r: float) -> float:
        return float(u * r / (1 - r**2 + u**2 * r**2) ** 0.5)

    ends = (None if each is None else lifted(each) for each in (found.low, found.high))
    return Correlation(lifted(found.estimate), *ends)
