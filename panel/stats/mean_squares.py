"""The six intraclass correlations of complete two-way data, from mean squares.

Shrout & Fleiss (1979), Psychological Bulletin 86:420-428; McGraw & Wong (1996), Psychological Methods 1:30-46, whose
notation this is: n targets (rows), k raters (columns), MSR, MSC, MSE, and MSW for within rows in the one-way model.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import stats

from panel.stats.ratings import Floats

ROUNDING = 1e-12


@dataclass(frozen=True)
class IccForm:
    """One form of the intraclass correlation. ``k`` is the number of raters whose mean it speaks for (1 = one rater).

    ``estimate`` is None exactly when ``not_estimable`` gives the reason; ``note`` says why an interval is missing.
    ``F``, ``df1``, ``df2`` test that targets do not differ; they exist on complete data only.
    """

    name: str
    shrout_fleiss: str
    k: float
    estimate: float | None
    low: float | None = None
    high: float | None = None
    F: float | None = None
    df1: float | None = None
    df2: float | None = None
    not_estimable: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class MeanSquares:
    """Two-way analysis of variance of a complete matrix, n targets x k raters."""

    n: int
    k: int
    MSR: float
    MSC: float
    MSE: float
    MSW: float

    def is_positive(self, total: float) -> bool:
        """Whether a sum and difference of mean squares is above 0 by more than rounding error."""
        return total > ROUNDING * (self.MSR + self.MSC + self.MSE)

    @property
    def variances(self) -> tuple[float, float, float]:
        """(target, rater, residual) by equating mean squares with their expectations; may be negative."""
        return (self.MSR - self.MSE) / self.k, (self.MSC - self.MSE) / self.n, self.MSE


def mean_squares(x: Floats) -> MeanSquares:
    """The analysis of variance of ``x`` (n, k) without gaps; sums of squares that are rounding error are 0."""
    n, k = x.shape
    x = x - x.mean()
    rows, columns = x.mean(axis=1), x.mean(axis=0)
    total = float((x**2).sum())

    def clean(ss: float) -> float:
        return ss if ss > ROUNDING * total else 0.0

    ss_rows, ss_columns = clean(k * float(rows @ rows)), clean(n * float(columns @ columns))
    ss_error = clean(float(((x - rows[:, None] - columns) ** 2).sum()))
    return MeanSquares(
        n=n,
        k=k,
        MSR=ss_rows / (n - 1),
        MSC=ss_columns / (k - 1),
        MSE=ss_error / ((n - 1) * (k - 1)),
        MSW=(ss_columns + ss_error) / (n * (k - 1)),
    )


def icc_forms(ms: MeanSquares, confidence: float) -> tuple[IccForm, ...]:
    """ICC(1,1), ICC(1,k), ICC(A,1), ICC(A,k), ICC(C,1), ICC(C,k), in this order."""
    n, k = ms.n, ms.k
    return (
        _single("ICC(1,1)", "ICC(1,1)", ms, error=ms.MSW, df2=n * (k - 1), confidence=confidence),
        _average("ICC(1,k)", "ICC(1,k)", ms, error=ms.MSW, df2=n * (k - 1), confidence=confidence),
        _agreement_single(ms, confidence),
        _agreement_average(ms, confidence),
        _single("ICC(C,1)", "ICC(3,1)", ms, error=ms.MSE, df2=(n - 1) * (k - 1), confidence=confidence),
        _average("ICC(C,k)", "ICC(3,k)", ms, error=ms.MSE, df2=(n - 1) * (k - 1), confidence=confidence),
    )


def spearman_brown(single: float, k: float) -> float:
    """The correlation for the mean of k raters, from that of one: k r / (1 + (k - 1) r)."""
    return k * single / (1 + (k - 1) * single)


def _f_limits(f: float, df1: float, df2: float, confidence: float) -> tuple[float, float]:
    tail = (1 + confidence) / 2
    return f / float(stats.f.ppf(tail, df1, df2)), f * float(stats.f.ppf(tail, df2, df1))


def _single(name: str, old: str, ms: MeanSquares, *, error: float, df2: int, confidence: float) -> IccForm:
    df1, k = ms.n - 1, ms.k
    if ms.MSR == 0 and error == 0:
        return _targets_do_not_differ(name, old, 1)
    estimate = (ms.MSR - error) / (ms.MSR + (k - 1) * error)
    if error == 0:
        return _never_differ(name, old, 1, estimate)
    f = ms.MSR / error
    f_low, f_high = _f_limits(f, df1, df2, confidence)
    low, high = ((limit - 1) / (limit + k - 1) for limit in (f_low, f_high))
    return IccForm(name, old, 1, estimate, low, high, f, df1, df2)


def _average(name: str, old: str, ms: MeanSquares, *, error: float, df2: int, confidence: float) -> IccForm:
    df1, k = ms.n - 1, ms.k
    if ms.MSR == 0:
        return _targets_do_not_differ(name, old, k)
    estimate = (ms.MSR - error) / ms.MSR
    if error == 0:
        return _never_differ(name, old, k, estimate)
    f = ms.MSR / error
    f_low, f_high = _f_limits(f, df1, df2, confidence)
    return IccForm(name, old, k, estimate, 1 - 1 / f_low, 1 - 1 / f_high, f, df1, df2)


def _agreement_single(ms: MeanSquares, confidence: float) -> IccForm:
    """Limits: n (MSR - F MSE) / (F spread + n MSR), n (F MSR - MSE) / (spread + n F MSR); df of F: n - 1 and v."""
    name, old, n, k = "ICC(A,1)", "ICC(2,1)", ms.n, ms.k
    df1, df2 = n - 1, (n - 1) * (k - 1)
    total = ms.MSR + (k - 1) * ms.MSE + k / n * (ms.MSC - ms.MSE)
    if not ms.is_positive(total):
        return _targets_do_not_differ(name, old, 1)
    estimate = (ms.MSR - ms.MSE) / total
    if ms.MSE == 0 and ms.MSC == 0:
        return _never_differ(name, old, 1, estimate)
    f = ms.MSR / ms.MSE if ms.MSE else None
    low, high = _agreement_limits(ms, estimate, confidence)
    note = None if low is not None else f"The interval of {name} breaks down because targets hardly differ."
    return IccForm(name, old, 1, estimate, low, high, f, df1, df2, note=note)


def _agreement_limits(ms: MeanSquares, estimate: float, confidence: float) -> tuple[float, float] | tuple[None, None]:
    n, k = ms.n, ms.k
    a = k * estimate / (n * (1 - estimate))
    b = 1 + k * estimate * (n - 1) / (n * (1 - estimate))
    scale = (a * ms.MSC) ** 2 / (k - 1) + (b * ms.MSE) ** 2 / ((n - 1) * (k - 1))
    if not scale > 0:
        return None, None
    v = (a * ms.MSC + b * ms.MSE) ** 2 / scale
    spread = k * ms.MSC + (k * n - k - n) * ms.MSE
    tail = (1 + confidence) / 2
    f_low, f_high = float(stats.f.ppf(tail, n - 1, v)), float(stats.f.ppf(tail, v, n - 1))
    below, above = f_low * spread + n * ms.MSR, spread + n * f_high * ms.MSR
    if not (np.isfinite([f_low, f_high]).all() and below > 0 and above > 0):
        return None, None
    low, high = n * (ms.MSR - f_low * ms.MSE) / below, n * (f_high * ms.MSR - ms.MSE) / above
    return (low, high) if low <= estimate <= high else (None, None)


def _agreement_average(ms: MeanSquares, confidence: float) -> IccForm:
    """Its limits are those of ICC(A,1) stepped up, as Shrout & Fleiss (p. 424), SPSS and R's psych have it.

    McGraw & Wong and R's irr give the mean of k raters degrees of freedom of its own: 0.039 to 0.929 in place of 0.071
    to 0.927 on the data of Shrout & Fleiss.
    """
    name, old, n, k = "ICC(A,k)", "ICC(2,k)", ms.n, ms.k
    total = ms.MSR + (ms.MSC - ms.MSE) / n
    if ms.MSR == 0 or not ms.is_positive(total):
        return _targets_do_not_differ(name, old, k)
    estimate = (ms.MSR - ms.MSE) / total
    single = _agreement_single(ms, confidence)
    average = replace(single, name=name, shrout_fleiss=old, k=k, estimate=estimate, low=None, high=None)
    if single.low is None or single.high is None or 1 + (k - 1) * single.low <= 0:
        note = single.note or "The interval of ICC(A,1) breaks down because targets hardly differ."
        return replace(average, note=note.replace("ICC(A,1)", name))
    low, high = (spearman_brown(limit, k) for limit in (single.low, single.high))
    return replace(average, low=low, high=high)


def _never_differ(name: str, old: str, k: int, estimate: float) -> IccForm:
    note = f"There is no interval for {name} because raters leave no residual variance."
    return IccForm(name, old, k, estimate, note=note)


def _targets_do_not_differ(name: str, old: str, k: int) -> IccForm:
    reason = "not estimable because raters' means do not tell targets apart"
    return IccForm(name, old, k, None, not_estimable=reason)
