"""Generalizability: what scores of more or fewer raters and items would be worth, from variance components.

Cronbach, Gleser, Nanda & Rajaratnam (1972); Brennan (2001), Generalizability Theory, ch. 3 and 5. With n raters, k
items each, and n_r raters, n_i items and n_c combinations of both behind a target's score:

    relative error   delta = v(target:rater) / n_r + v(target:item) / n_i + v(residual) / n_c
    absolute error   Delta = delta + v(rater) / n_r + v(item) / n_i + v(rater:item) / n_c
    relative (E rho^2) = v(target) / (v(target) + delta)      for comparing targets who had the same raters and items
    absolute (Phi)     = v(target) / (v(target) + Delta)      for scores taken at face value
    adjusted           = as absolute, without v(rater): for scores from which severity is taken out
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd

from panel.stats.errors import BadOption
from panel.stats.mixed_model import MixedModel
from panel.stats.ratings import Ratings
from panel.stats.wording import count, in_words, provisional, too_few

Design = Literal["own items", "same items", "own raters"]
"""own items: each rater asks k items of their own. same items: all raters rate the same k items. own raters: each of
k items has n raters of its own."""

Coefficient = Literal["relative", "adjusted", "absolute"]
MOST_RATERS = 50
"""More raters than this for one target are called out of reach."""


@dataclass(frozen=True)
class Generalizability:
    """The worth (0 to 1) of a target's score from ``raters`` raters with ``items`` items each."""

    raters: int
    items: int
    relative: float
    adjusted: float
    absolute: float


@dataclass(frozen=True)
class DStudy:
    """Generalizability by number of raters and items. ``rows`` is empty exactly when ``not_estimable`` says why.

    ``one_item_only`` says why more items than one each are not studied: what a rater thinks of a target as a whole
    could not be told from the residual, and would seem to average out over items, which it does not.
    """

    rows: tuple[Generalizability, ...]
    design: Design
    components: dict[str, float]
    n_targets: int
    not_estimable: str | None = None
    one_item_only: str | None = None

    def to_frame(self) -> pd.DataFrame:
        return pd.DataFrame([asdict(row) for row in self.rows])

    def raters_needed(self, reach: float = 0.8, *, items: int = 1, coefficient: Coefficient = "adjusted") -> int | None:
        """The fewest raters, with ``items`` items each, that reach ``reach``; None when MOST_RATERS do not."""
        if not 0 < reach < 1:
            raise BadOption("The reliability to be reached lies between 0 and 1.")
        if self.not_estimable:
            return None
        items = 1 if self.one_item_only else items
        for n in range(1, MOST_RATERS + 1):
            row = generalizability(self.components, n, items, self.design)
            if getattr(row, coefficient) >= reach - 1e-12:
                return n
        return None

    def summary(
        self, reach: float = 0.8, *, items: int = 1, target: str = "target", rater: str = "rater", item: str = "item"
    ) -> str:
        if self.not_estimable:
            return f"The number of {rater}s that is needed is {in_words(self.not_estimable, target, rater)}."
        few = too_few(self.n_targets, target)
        if few:
            return few
        needed = self.raters_needed(reach, items=items)
        k = 1 if self.one_item_only else items
        asked = {
            "own items": f"with {count(k, item)} of their own each",
            "same items": f"who all rate the same {count(k, item)}",
            "own raters": f"for each of {count(k, item)}",
        }[self.design]
        if needed is None:
            text = f"A reliability of {reach:.2f} is out of reach: {MOST_RATERS} {rater}s {asked} are not enough"
        else:
            text = f"A reliability of {reach:.2f} takes {count(needed, rater)} {asked}"
        return f"{provisional(self.n_targets)}{text}, with severity taken out of the scores."


def generalizability(
    components: Mapping[str, float], raters: int, items: int, design: Design = "own items"
) -> Generalizability:
    """The coefficients of ``raters`` raters with ``items`` items each. A component that is not given is 0."""
    _require(components, raters, items, design)
    n_c = raters * items
    n_r = n_c if design == "own raters" else raters
    n_i = n_c if design == "own items" else items
    v = {name: max(float(value), 0.0) for name, value in components.items()}
    relative = v.get("target:rater", 0) / n_r + v.get("target:item", 0) / n_i + v.get("residual", 0) / n_c
    adjusted = relative + v.get("item", 0) / n_i + v.get("rater:item", 0) / n_c
    absolute = adjusted + v.get("rater", 0) / n_r
    of_targets = v["target"]

    def share(error: float) -> float:
        return of_targets / (of_targets + error) if of_targets else 0.0

    return Generalizability(raters, items, share(relative), share(adjusted), share(absolute))


def d_study(
    model: MixedModel,
    raters: Sequence[int] = range(1, 11),
    items: Sequence[int] = (1,),
    design: Design = "own items",
) -> DStudy:
    """The coefficients of every number of raters and items, from the components of a fitted model.

    More than one item each is studied only where the model has the halo, or where each rater kept to one item.
    """
    components = {each.term: each.variance for each in model.components}
    reason = model.not_estimable
    if reason is None and not components["target"]:
        reason = "not estimable because the variance of targets is estimated as zero"
    if reason:
        return DStudy((), design, components, model.n_targets, reason)
    one_item_only = None
    if "target:rater" not in components and not (design == "own raters" and "target:item" in components):
        why = model.left_out.get("target:rater", "it is not among the terms")
        one_item_only = f"More than one item each is not studied without the term target:rater: {why}."
    studied = (1,) if one_item_only else items
    rows = tuple(generalizability(components, n, k, design) for k in studied for n in raters)
    return DStudy(rows, design, components, model.n_targets, one_item_only=one_item_only)


def typical_items(known: Ratings) -> int:
    """How many items one rater scored of one target: the median, 1 or more."""
    pair = known.target * known.n_raters + known.rater
    return max(1, round(float(np.median(np.unique(pair, return_counts=True)[1]))))


def observed_design(known: Ratings) -> Design:
    """How raters and items met in these ratings: "own raters" where every rater kept to one item, "same items" where
    most units (one item of one target) have several raters, else "own items"."""
    if known.n_items > 1:
        pairs = np.unique(known.rater * known.n_items + known.item)
        if len(pairs) == known.n_raters:
            return "own raters"
        raters_of_unit = np.unique(known.unit, return_counts=True)[1]
        if (raters_of_unit > 1).mean() > 0.5:
            return "same items"
    return "own items"


def _require(components: Mapping[str, float], raters: int, items: int, design: str) -> None:
    if design not in get_args(Design):
        raise BadOption(f"The design is one of {', '.join(get_args(Design))}, not {design!r}.")
    if raters < 1 or items < 1 or int(raters) != raters or int(items) != items:
        raise BadOption("The numbers of raters and of items are whole numbers, 1 or more.")
    if "target" not in components:
        raise BadOption("The components lack that of the target.")
    if not all(np.isfinite(value) for value in components.values()):
        raise BadOption("The components are finite numbers.")
