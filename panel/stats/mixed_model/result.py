"""What a crossed mixed model says: components, severities, difficulties, fair averages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from panel.stats.ratings import Label
from panel.stats.wording import count, in_words, provisional, too_few

RESIDUAL = "residual"


@dataclass(frozen=True)
class Component:
    """A variance component on the squared scale of the scores. ``share`` is its part of the sum of all of them.

    ``se``, the standard error, is asymptotic, from the average information; None at the boundary, where the variance is
    0, and where there is no information on it.
    """

    term: str
    variance: float
    se: float | None
    share: float


@dataclass(frozen=True)
class RaterSeverity:
    """How far a rater scores below the average rater, in units of the scale: positive is harsh. Shrunken.

    ``se``, the standard error, is that of the prediction, the uncertainty of the mean included; None where the variance
    of raters is estimated as zero.
    """

    rater: Label
    severity: float
    se: float | None
    n_ratings: int
    n_targets: int


@dataclass(frozen=True)
class ItemDifficulty:
    """How far an item is scored below the average item, in units of the scale: positive is hard. Shrunken."""

    item: Label
    difficulty: float
    se: float | None
    n_ratings: int
    n_targets: int


@dataclass(frozen=True)
class FairAverage:
    """A target's score as the average rater on the average item would give it, on the scale of the ratings.

    It is shrunken towards the mean of all targets, the more the fewer ratings it rests on. ``group`` numbers the groups
    within which the design determines differences; only fair averages of one group may be compared.
    """

    target: Label
    raw_mean: float
    fair_average: float
    se: float | None
    n_ratings: int
    n_raters: int
    group: int


@dataclass(frozen=True)
class MixedModel:
    """The crossed mixed model ``score = mean + target + rater + item + target x rater + residual``, fitted by REML.

    ``components`` has the terms that were fitted, "residual" last; ``left_out`` says of each other term that was asked
    for why it could not be. ``not_estimable`` gives the reason when nothing could be fitted, and all else is empty.
    """

    components: tuple[Component, ...]
    mean: float | None
    mean_se: float | None
    log_likelihood: float | None
    raters: tuple[RaterSeverity, ...]
    targets: tuple[FairAverage, ...]
    items: tuple[ItemDifficulty, ...]
    left_out: dict[str, str]
    n_targets: int
    n_raters: int
    n_items: int
    n_ratings: int
    n_groups: int
    steps: int = 0
    notes: tuple[str, ...] = ()
    not_estimable: str | None = None

    def variance(self, term: str) -> float | None:
        """The variance component of a term; None when it was not fitted."""
        return next((each.variance for each in self.components if each.term == term), None)

    def to_frame(self, what: str = "components") -> pd.DataFrame:
        """One row per component, or per "raters", "items" or "targets"."""
        rows: Sequence[Any] = {
            "components": self.components, "raters": self.raters, "items": self.items, "targets": self.targets,
        }[what]  # fmt: skip
        return pd.DataFrame([asdict(row) for row in rows])

    def summary(self, *, target: str = "target", rater: str = "rater", item: str = "item") -> str:
        if self.not_estimable:
            return f"The mixed model is {in_words(self.not_estimable, target, rater)}."
        few = too_few(self.n_targets, target)
        if few:
            return few
        parts = ", ".join(f"{_named(each.term, target, rater, item)} {each.share:.0%}" for each in self.components)
        counts = f"{count(self.n_targets, target)}, {count(self.n_raters, rater)}, {count(self.n_ratings, 'rating')}"
        text = f"{provisional(self.n_targets)}Of the variance of the scores, {parts} ({counts})."
        if self.n_groups > 1:
            text += (
                f" The design parts the {target}s into {self.n_groups} groups; "
                "fair averages compare within a group only."
            )
        return text


def _named(term: str, target: str, rater: str, item: str) -> str:
    names = {"target": target, "rater": rater, "item": item, RESIDUAL: "the rest"}
    return " x ".join(names[part] for part in term.split(":"))
