"""Generalizability of a planned design: any raters with any items, each rating with a weight of its own.

With the weights w of one target's ratings summing to 1, the error variances of the weighted mean are (Brennan 2001,
Generalizability Theory, ch. 3 to 5, for designs that need not be balanced):

    relative   delta = v(target:rater) S_r + v(target:item) S_i + v(residual) S
    adjusted         = delta + v(item) S_i + v(rater:item) S
    absolute   Delta = adjusted + v(rater) S_r

S_r sums the squares of each rater's total weight, S_i those of each item's, S those of the single ratings. Equal
weights of n raters with k items of their own give 1/n, 1/(nk) and 1/(nk), the formulas of `generalizability`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from panel.stats.errors import BadOption, RatingsError

NEEDED = ("rater", "item", "weight")


@dataclass(frozen=True)
class DesignWorth:
    """The worth (0 to 1) of the score of one target under a design, and the share of its error that each source has.

    ``relative`` holds where all targets meet the same raters and items, ``adjusted`` where severity is taken out of
    the scores, ``absolute`` for scores taken at face value. ``error`` is the adjusted error variance by component.
    """

    raters: int
    items: int
    ratings: int
    relative: float
    adjusted: float
    absolute: float
    error: dict[str, float]


def design_worth(design: pd.DataFrame, components: Mapping[str, float]) -> DesignWorth:
    """``design``: one row per rating of one target, with ``rater``, ``item`` and ``weight`` (positive, any unit).

    ``components`` are variances, or shares of one; one that is not given is 0, one below 0 counts as 0. Raises
    BadOption without that of the target, RatingsError for a design without rows or with weights that are no weights.
    """
    _require(design, components)
    v = {name: max(float(value), 0.0) for name, value in components.items()}
    weight = design["weight"].to_numpy(dtype=float)
    shares = pd.Series(weight / weight.sum())
    of_raters = _squares(shares, design["rater"])
    of_items = _squares(shares, design["item"])
    of_ratings = float((shares**2).sum())
    error = {
        "target:rater": v.get("target:rater", 0.0) * of_raters,
        "target:item": v.get("target:item", 0.0) * of_items,
        "residual": v.get("residual", 0.0) * of_ratings,
    }
    relative = sum(error.values())
    error |= {"item": v.get("item", 0.0) * of_items, "rater:item": v.get("rater:item", 0.0) * of_ratings}
    adjusted = sum(error.values())
    absolute = adjusted + v.get("rater", 0.0) * of_raters
    of_targets = v["target"]

    def worth(of_error: float) -> float:
        return of_targets / (of_targets + of_error) if of_targets else 0.0

    return DesignWorth(
        raters=int(design["rater"].nunique()),
        items=int(design["item"].nunique()),
        ratings=len(design),
        relative=worth(relative),
        adjusted=worth(adjusted),
        absolute=worth(absolute),
        error=error,
    )


def _squares(shares: pd.Series[float], by: pd.Series[str]) -> float:
    return float((shares.groupby(by.to_numpy()).sum() ** 2).sum())


def _require(design: pd.DataFrame, components: Mapping[str, float]) -> None:
    missing = [each for each in NEEDED if each not in design.columns]
    if missing:
        raise RatingsError(f"The design lacks the column {missing[0]}.")
    weight = design["weight"].to_numpy(dtype=float)
    if not len(weight) or not np.isfinite(weight).all() or (weight <= 0).any():
        raise RatingsError("The design needs at least one rating, each with a weight above 0.")
    if "target" not in components:
        raise BadOption("The components lack that of the target.")
    if not all(np.isfinite(value) for value in components.values()):
        raise BadOption("The components are finite numbers.")
