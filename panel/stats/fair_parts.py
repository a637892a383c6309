"""What a fit of fair averages by part says: estimates with their joint covariance, and any composite of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import special

from panel.stats.mixed_model.result import RESIDUAL, Component
from panel.stats.ratings import Floats, Label
from panel.stats.wording import count, in_words, provisional, too_few, with_interval

CONFIDENCE = 0.95


@dataclass(frozen=True, eq=False)
class Composite:
    """One number for each target, with the joint ``covariance`` (T, T) of its errors."""

    targets: tuple[Label, ...]
    estimate: Floats
    covariance: Floats

    def __post_init__(self) -> None:
        object.__setattr__(self, "_place", {target: place for place, target in enumerate(self.targets)})

    @property
    def se(self) -> Floats:
        return np.sqrt(np.diag(self.covariance))

    def of(self, target: Label) -> float:
        return float(self.estimate[self._at(target)])

    def interval(self, target: Label, confidence: float = CONFIDENCE) -> tuple[float, float]:
        """Around the estimate of one target, by the normal distribution."""
        place = self._at(target)
        reach = float(special.ndtri((1 + confidence) / 2)) * float(self.se[place])
        return float(self.estimate[place]) - reach, float(self.estimate[place]) + reach

    def difference(self, one: Label, other: Label) -> tuple[float, float]:
        """``one`` minus ``other``, and the standard error of that difference."""
        i, j = self._at(one), self._at(other)
        variance = self.covariance[i, i] + self.covariance[j, j] - 2 * self.covariance[i, j]
        return float(self.estimate[i] - self.estimate[j]), float(np.sqrt(max(variance, 0.0)))

    def chance_above(self, one: Label, other: Label) -> float:
        """The probability that ``one`` is above ``other``, as the model has it."""
        difference, se = self.difference(one, other)
        return float(special.ndtr(difference / se)) if se > 0 else 0.5

    def to_frame(self) -> pd.DataFrame:
        """One row per target: estimate, standard error and interval."""
        ends = np.array([self.interval(target) for target in self.targets]).reshape(-1, 2)
        return pd.DataFrame(
            {
                "target": list(self.targets), "estimate": self.estimate, "se": self.se, "low": ends[:, 0],
                "high": ends[:, 1],
            }
        )  # fmt: skip

    def summary(self, *, target: str = "target") -> str:
        return " ".join(
            f"{target.capitalize()} {each}: {with_interval(self.of(each), *self.interval(each), CONFIDENCE)}."
            for each in self.targets
        )

    def _at(self, target: Label) -> int:
        places: dict[Label, int] = self._place  # type: ignore[attr-defined]  # set once, when it is made
        return places[target]


@dataclass(frozen=True, eq=False)
class FairParts:
    """Fair averages of the chosen targets on each part they were scored on.

    Row n of ``estimate`` (k,) and ``covariance`` (k, k) belongs to ``keys[n]``, a target and a part. ``group`` numbers,
    for every target of the ratings, the groups within which the design determines differences. ``parts_differ`` is
    false where ``target:part`` was left out, for the reason in ``left_out``: all parts of a target are then estimated
    alike. ``fitted_targets`` is how many targets the variances come from. When nothing could be fitted,
    ``not_estimable`` gives the reason.
    """

    components: tuple[Component, ...]
    left_out: dict[str, str]
    mean: float | None
    keys: tuple[tuple[Label, Label], ...]
    estimate: Floats
    covariance: Floats
    group: dict[Label, int]
    n_targets: int
    n_raters: int
    n_items: int
    n_ratings: int
    fitted_targets: int
    parts_differ: bool = False
    not_estimable: str | None = None

    def variance(self, term: str) -> float | None:
        return next((each.variance for each in self.components if each.term == term), None)

    def part(self, part: Label) -> Composite:
        """The fair averages on one part, of the targets that were scored on it."""
        return self._combined({target: {part: 1.0} for target, one in self.keys if one == part})

    def composite(self, weights: Mapping[Any, Mapping[Any, float]]) -> Composite:
        """The weighted mean over parts of each target, its weights renormalised over the parts it was scored on.

        A part without a weight does not count; a target of which no part counts is left out.
        """
        return self._combined(weights)

    def to_frame(self) -> pd.DataFrame:
        """One row per target and part: estimate and standard error."""
        rows = [(*key, value, se) for key, value, se in zip(self.keys, self.estimate, self._se(), strict=True)]
        return pd.DataFrame(rows, columns=["target", "part", "fair_average", "se"])

    def summary(self, *, target: str = "target", rater: str = "rater", item: str = "item") -> str:
        if self.not_estimable:
            return f"Fair averages are {in_words(self.not_estimable, target, rater)}."
        few = too_few(self.n_targets, target)
        if few:
            return few
        names = {"target": target, "rater": rater, "item": item, RESIDUAL: "the rest"}
        parts = ", ".join(
            f"{' x '.join(names.get(each, each) for each in one.term.split(':'))} {one.share:.0%}"
            for one in self.components
        )
        return (
            f"{provisional(self.n_targets)}Of the variance of the scores behind the fair averages, {parts} "
            f"({count(self.n_targets, target)}, {count(self.n_raters, rater)}, {count(self.n_ratings, 'rating')})."
        )

    def _se(self) -> Floats:
        return np.sqrt(np.diag(self.covariance))

    def _combined(self, weights: Mapping[Any, Mapping[Any, float]]) -> Composite:
        share: dict[Label, dict[int, float]] = {}
        for row, (target, part) in enumerate(self.keys):
            weight = weights.get(target, {}).get(part, 0.0)
            if weight > 0:
                share.setdefault(target, {})[row] = weight
        mixing = np.zeros((len(share), len(self.keys)))
        for place, rows in enumerate(share.values()):
            mixing[place, list(rows)] = np.array(list(rows.values())) / sum(rows.values())
        return Composite(tuple(share), mixing @ self.estimate, mixing @ self.covariance @ mixing.T)
