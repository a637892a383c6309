"""Intraclass correlations of a target-rater table, complete or with gaps.

Complete data: all Shrout-Fleiss / McGraw-Wong forms from mean squares (`mean_squares`). Data with gaps: the same forms
from the variance components of the crossed random model target + rater + residual, fitted by REML
(`variance_components`), with intervals (`icc_intervals`). Bands: Koo & Li (2016), J Chiropr Med 15:155-163.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from functools import partial

import numpy as np
import pandas as pd

from panel.stats.connectivity import connected_subsets
from panel.stats.crossed_design import MOST_DENSE
from panel.stats.errors import BadOption
from panel.stats.icc_intervals import agreement_profile, consistency_profile, logit_intervals, profile_interval
from panel.stats.mean_squares import IccForm, icc_forms, mean_squares, spearman_brown
from panel.stats.ratings import Ratings, one_score_per_target_and_rater, targets_by_raters
from panel.stats.variance_components import FAST_LEVELS, CrossedModel, OneWayModel, VarianceComponents
from panel.stats.wording import band_of_interval, count, in_words, provisional, too_few, with_interval

ANOVA = "mean squares"
REML = "variance components (REML)"
MOMENTS = "variance components (Henderson's method 3)"
NO_RESIDUAL = 1e-11
"""A sum of squares this small a share of the whole is rounding."""

Interval = tuple[float | None, float | None]
NO_INTERVAL: Interval = (None, None)


@dataclass(frozen=True)
class Icc:
    """The forms of the intraclass correlation, and the variance components they rest on.

    ``n_compared`` counts the targets that two or more raters scored: claims are gated by it. Variances are on the
    squared scale of the scores. ``forms`` is empty exactly when ``not_estimable`` gives the reason.
    """

    forms: tuple[IccForm, ...]
    method: str
    confidence: float
    n_targets: int
    n_compared: int
    n_raters: int
    n_ratings: int
    target_variance: float | None = None
    rater_variance: float | None = None
    residual_variance: float | None = None
    not_estimable: str | None = None
    note: str | None = None

    def form(self, name: str) -> IccForm:
        """The form called ``name``, by McGraw & Wong ("ICC(A,1)") or Shrout & Fleiss ("ICC(2,1)")."""
        for form in self.forms:
            if name in (form.name, form.shrout_fleiss):
                return form
        if self.not_estimable:
            return IccForm(name, name, 1, None, not_estimable=self.not_estimable)
        raise BadOption(f"There is no form {name!r}; there are {', '.join(form.name for form in self.forms)}.")

    def to_frame(self) -> pd.DataFrame:
        """One row per form; when nothing is estimable, one row with the reason."""
        forms = self.forms or (IccForm("ICC", "ICC", 1, None, not_estimable=self.not_estimable),)
        return pd.DataFrame([asdict(form) | {"method": self.method} for form in forms])

    def summary(self, form: str = "ICC(A,1)", *, target: str = "target", rater: str = "rater") -> str:
        if self.not_estimable:
            return f"The intraclass correlation is {self.not_estimable}."
        chosen = self.form(form)
        if chosen.estimate is None:
            return f"{chosen.name} is {chosen.not_estimable}."
        few = too_few(self.n_compared, target)
        if few:
            return few
        kind = "Consistency" if chosen.name.startswith("ICC(C") else "Agreement"
        whose = f"a single {rater}" if chosen.k == 1 else f"the mean of {chosen.k:.3g} {rater}s"
        source = "" if self.method == ANOVA else f" from {self.method}"
        text = (
            f"{provisional(self.n_compared)}{kind} of {whose}, {chosen.name}{source} = "
            f"{with_interval(chosen.estimate, chosen.low, chosen.high, self.confidence)} "
            f"({count(self.n_compared, target)} with two or more {rater}s, {count(self.n_raters, rater)})"
        )
        if chosen.low is not None and chosen.high is not None:
            text += f": {band_of_interval(chosen.low, chosen.high)}"
        notes = " ".join(filter(None, (self.note, chosen.note)))
        return f"{text}. {in_words(notes, target, rater)}".strip()


def icc(ratings: pd.DataFrame | Ratings, confidence: float = 0.95) -> Icc:
    """All forms of the intraclass correlation of one score per target and rater.

    Raises SeveralItems when there are several items: say `mean_over_items` first. Ratings that fall into disconnected
    subsets are refused: ``not_estimable`` says so.
    """
    known = one_score_per_target_and_rater(ratings)
    if known.n_ratings < known.n_targets * known.n_raters:
        return icc_from_components(known, confidence)
    empty = _without_forms(known, confidence, ANOVA)
    reason = _why_not(known)
    if reason:
        return replace(empty, not_estimable=reason)
    ms = mean_squares(targets_by_raters(known).to_numpy())
    target, rater, residual = ms.variances
    return replace(
        empty,
        forms=icc_forms(ms, confidence),
        target_variance=target,
        rater_variance=rater,
        residual_variance=residual,
    )


def icc_from_components(ratings: pd.DataFrame | Ratings, confidence: float = 0.95) -> Icc:
    """The same forms from REML variance components, which need no complete data and are never below 0.

    For the k forms, k is the harmonic mean number of ratings per target. The one-way forms take every target's raters
    as its own: where raters return, ICC(A,.) fits the data better. Time depends on p, the number of targets or of
    raters, whichever is less. Up to p = 120, intervals are by profile likelihood; above, large-sample ones of the logit
    (2 s for 73,421 ratings of 2,972 x 1,128). Above p = 2,500 the two-way components are Henderson's moments,
    without intervals. ``method`` and ``note`` say which it was.
    """
    known = one_score_per_target_and_rater(ratings)
    empty = _without_forms(known, confidence, REML)
    reason = _why_not(known) or _why_no_components(known)
    if reason:
        return replace(empty, not_estimable=reason)
    model = CrossedModel(known)
    if model.design.sums_of_squares.residual <= NO_RESIDUAL * model.design.yy:
        reason = "not estimable because the scores leave no residual: raters differ by steady offsets at most"
        return replace(empty, not_estimable=reason)
    two_way, method, intervals, note = _two_way(model, confidence)
    one_way = OneWayModel(known)
    least = one_way.fit()
    by_one_way = profile_interval(
        lambda x: one_way.deviance(float(np.expm1(x))), least.agreement, least.deviance, confidence
    )
    k = known.n_targets / float((1 / np.bincount(known.target)).sum())
    forms: list[IccForm] = []
    for letter, digit, estimate, interval in (
        ("1", "1", least.agreement, by_one_way),
        ("A", "2", two_way.agreement, intervals[0]),
        ("C", "3", two_way.consistency, intervals[1]),
    ):
        missing = note if interval == NO_INTERVAL else None
        forms.append(IccForm(f"ICC({letter},1)", f"ICC({digit},1)", 1, estimate, *interval, note=missing))
        forms.append(_stepped_up(forms[-1], k))
    return replace(
        empty,
        forms=tuple(forms),
        method=method,
        target_variance=two_way.target,
        rater_variance=two_way.rater,
        residual_variance=two_way.residual,
        note=" ".join(filter(None, (empty.note, None if NO_INTERVAL in intervals else note))) or None,
    )


def _two_way(
    model: CrossedModel, confidence: float
) -> tuple[VarianceComponents, str, tuple[Interval, Interval], str | None]:
    """The components, the method, the intervals of ICC(A,1) and ICC(C,1), and a note on how or why not."""
    none = (NO_INTERVAL, NO_INTERVAL)
    if model.design.p > MOST_DENSE:
        few = f"With more than {MOST_DENSE} targets and as many raters there are no intervals."
        return model.fit_by_moments(), MOMENTS, none, few
    fit = model.fit()
    if model.is_fast:
        by_agreement, by_consistency = (
            profile_interval(partial(profile, model), estimate, fit.deviance, confidence, model.furthest)
            for profile, estimate in (
                (agreement_profile, fit.agreement),
                (consistency_profile, fit.consistency),
            )
        )
        return fit, REML, (by_agreement, by_consistency), None
    intervals = logit_intervals(model, fit, confidence)
    if intervals is None:
        return fit, REML, none, "There are no intervals because the variance between targets is at or near 0."
    many = f"With more than {FAST_LEVELS} targets and as many raters the intervals are large-sample ones."
    return fit, REML, intervals, many


def _stepped_up(form: IccForm, k: float) -> IccForm:
    def step(single: float | None) -> float | None:
        return None if single is None else spearman_brown(single, k)

    return replace(
        form,
        name=form.name.replace(",1)", ",k)"),
        shrout_fleiss=form.shrout_fleiss.replace(",1)", ",k)"),
        k=k,
        estimate=step(form.estimate),
        low=step(form.low),
        high=step(form.high),
    )


def _without_forms(known: Ratings, confidence: float, method: str) -> Icc:
    if not 0 < confidence < 1:
        raise BadOption("The confidence lies between 0 and 1.")
    return Icc(
        forms=(),
        method=method,
        confidence=confidence,
        n_targets=known.n_targets,
        n_compared=int((np.bincount(known.target) > 1).sum()),
        n_raters=known.n_raters,
        n_ratings=known.n_ratings,
        note=" ".join(filter(None, (known.note, _items_compared(known)))) or None,
    )


def _items_compared(known: Ratings) -> str | None:
    """What is to be said when raters scored a target once each, but on different items."""
    if known.n_items == 1 or len(np.unique(known.unit)) == known.n_targets:
        return None
    return "Some targets were scored on different items by different raters; how items differ counts as error."


def _why_not(known: Ratings) -> str | None:
    if known.n_raters < 2:
        return "not estimable because there is only one rater"
    if known.n_targets < 2:
        return "not estimable because there is only one target"
    if known.score.min() == known.score.max():
        return "not estimable because every score is the same"
    return None


def _why_no_components(known: Ratings) -> str | None:
    if (np.bincount(known.target) < 2).all():
        return "not estimable because no target was scored by two raters"
    linked = connected_subsets(known)
    if not linked.is_connected:
        return (
            f"not estimable because the ratings fall into {len(linked.subsets)} disconnected subsets "
            "that share neither targets nor raters"
        )
    if known.n_ratings < known.n_targets + known.n_raters:
        return "not estimable because there are too few ratings to tell targets, raters and residual apart"
    return None
