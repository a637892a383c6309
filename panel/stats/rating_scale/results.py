"""What the rating scale model says, whichever way it was fitted."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

import pandas as pd

from panel.stats.ratings import Label
from panel.stats.wording import count, in_words, provisional, too_few

Method = Literal["joint maximum likelihood", "random facets"]


@dataclass(frozen=True)
class Measure:
    """One target, rater or item on the logit scale.

    ``measure`` is ability of a target (high scores), severity of a rater (positive for harsh) or difficulty of an item
    (positive for hard). ``fair_average`` is the score, in units of the scale, that the element would get or give if
    all else were average. ``infit`` and ``outfit`` are mean squares, ``*_z`` their standardised forms. ``extreme`` says
    "minimum" or "maximum" when the ratings are all lowest or all highest, so that the measure stands on an adjustment.
    """

    label: Label
    measure: float | None
    se: float | None
    infit: float | None
    infit_z: float | None
    outfit: float | None
    outfit_z: float | None
    n_ratings: int
    observed_average: float
    fair_average: float | None
    fair_average_se: float | None = None
    extreme: Literal["minimum", "maximum"] | None = None
    not_estimable: str | None = None


@dataclass(frozen=True)
class Threshold:
    """Where ``level`` becomes more likely than the next lower level in use, ``below``, on the logit scale."""

    level: float
    below: float
    measure: float
    se: float | None


@dataclass(frozen=True)
class FacetSpread:
    """How far the elements of one facet differ beyond their errors, as FACETS prints it.

    ``chi_square`` tests that all are the same; ``reliability`` is the share of the observed variance (n - 1) that is
    not error, ``separation`` the ratio of the true spread to the error. For raters a high value says that they differ
    in severity, not that they agree.
    """

    n: int
    chi_square: float
    df: int
    p: float
    separation: float
    reliability: float


@dataclass(frozen=True)
class FacetVariances:
    """Variances of the random effects in squared logits; None where there is no such effect, 0 where it is pinned."""

    target: float | None
    rater: float | None
    item: float | None
    halo: float | None


@dataclass(frozen=True)
class RatingScaleFit:
    """Measures of all elements, thresholds and fit; all empty or None exactly when ``not_estimable`` says why.

    ``variances`` belongs to random facets, ``rater_spread`` and ``item_spread`` to joint maximum likelihood.
    ``log_likelihood`` is that of the ratings the model rests on: joint, or integrated over the effects (Laplace).
    """

    method: Method
    n_targets: int
    n_raters: int
    n_items: int
    n_ratings: int
    targets: tuple[Measure, ...] = ()
    raters: tuple[Measure, ...] = ()
    items: tuple[Measure, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    log_likelihood: float | None = None
    variances: FacetVariances | None = None
    rater_spread: FacetSpread | None = None
    item_spread: FacetSpread | None = None
    notes: tuple[str, ...] = ()
    not_estimable: str | None = None

    def rater(self, label: Label) -> Measure:
        """Raises KeyError for a rater without ratings."""
        return {measure.label: measure for measure in self.raters}[label]

    def to_frame(self) -> pd.DataFrame:
        """One row per target, rater, item and threshold, told apart by ``facet``; a threshold's label is its level."""
        rows = [
            {"facet": facet} | asdict(measure)
            for facet, measures in (("target", self.targets), ("rater", self.raters), ("item", self.items))
            for measure in measures
        ]
        rows += [
            {"facet": "threshold", "label": step.level, "measure": step.measure, "se": step.se}
            for step in self.thresholds
        ]
        columns = ["facet", *Measure.__dataclass_fields__]
        return pd.DataFrame(rows, columns=columns)

    def summary(self, *, target: str = "target", rater: str = "rater") -> str:
        if self.not_estimable:
            return f"The rating scale model is {in_words(self.not_estimable, target, rater)}."
        parts = [self._heading(target, rater), self._severity(target, rater), self._halo(target, rater)]
        notes = [in_words(note, target, rater) for note in self.notes]
        return " ".join(filter(None, [*parts, *notes]))

    def _heading(self, target: str, rater: str) -> str:
        size = ", ".join(
            [
                count(self.n_targets, target),
                count(self.n_raters, rater),
                count(self.n_items, "item"),
                count(self.n_ratings, "rating"),
            ]
        )
        return f"{provisional(self.n_targets)}Rating scale model by {self.method} ({size})."

    def _severity(self, target: str, rater: str) -> str | None:
        known = [measure.measure for measure in self.raters if measure.measure is not None]
        if self.n_raters < 2 or not known:
            return None
        few = too_few(self.n_targets, target)
        if few:
            return few
        text = f"Severity of {rater}s ranges from {min(known):+.2f} to {max(known):+.2f} logits"
        fair = [measure.fair_average for measure in self.raters if measure.fair_average is not None]
        return (
            f"{text}: the same average {target} would get from {min(fair):.2f} to {max(fair):.2f} on the scale, "
            f"depending on the {rater}."
        )

    def _halo(self, target: str, rater: str) -> str | None:
        if self.variances is None or self.variances.halo is None or too_few(self.n_targets):
            return None
        known = [self.variances.target, self.variances.rater, self.variances.item, self.variances.halo]
        total = sum(variance for variance in known if variance is not None)
        if total <= 0:
            return None
        return (
            f"Halo, one {rater}'s ratings of one {target} moving together, is {self.variances.halo / total:.0%} of the "
            f"variance between {target}s, {rater}s, items and halo on the logit scale."
        )
