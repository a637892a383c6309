"""Which levels each item draws: how often each is used, between which neighbours raters split, and gaps of two or more.

A gap of two levels or more between raters of one unit is a split that no average should hide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from panel.stats.errors import ScoreOffScale
from panel.stats.ratings import Codes, Label, Ratings, read_ratings
from panel.stats.severity import level_distribution
from panel.stats.wording import count

MOST_LEVELS = 25


@dataclass(frozen=True)
class ItemLevels:
    """One item's use of the L levels, and how raters of the same unit pair up on them.

    ``used[l]``: ratings on level l. ``same[l]``: pairs of raters both on level l. ``splits[l]``: pairs with one rater
    on level l and one on level l + 1. ``gaps``: pairs two levels or more apart, and ``units_with_gap`` the units that
    have one. ``n_units`` were scored by two raters or more. ``explained``: pairs apart by no more than steady severity,
    where that was taken out (`steady_splits`).
    """

    item: Label
    used: tuple[int, ...]
    same: tuple[int, ...]
    splits: tuple[int, ...]
    gaps: int
    units_with_gap: int
    n_units: int
    explained: int = 0

    @property
    def n_pairs(self) -> int:
        return sum(self.same) + sum(self.splits) + self.gaps + self.explained

    @property
    def most_split(self) -> int | None:
        """l when most splits lie between levels l and l + 1, the lowest of several; None without a split."""
        return int(np.argmax(self.splits)) if any(self.splits) else None


@dataclass(frozen=True)
class LevelUse:
    """The use of ``levels`` by every item, in the order of their labels."""

    levels: tuple[float, ...]
    items: tuple[ItemLevels, ...]

    def of(self, item: Label) -> ItemLevels:
        """Raises KeyError for an item without ratings."""
        return {each.item: each for each in self.items}[item]

    def to_frame(self) -> pd.DataFrame:
        """One row per item and level: ``used``, ``same``, and ``split_with_next`` (missing at the highest level)."""
        rows = [
            (each.item, level, used, same, split)
            for each in self.items
            for level, used, same, split in zip(self.levels, each.used, each.same, (*each.splits, None), strict=True)
        ]
        frame = pd.DataFrame(rows, columns=["item", "level", "used", "same", "split_with_next"])
        return frame.astype({"split_with_next": "Int64"})

    def pairs_to_frame(self) -> pd.DataFrame:
        """One row per item: ``n_units``, ``n_pairs``, ``exact``, ``adjacent``, ``gaps``, ``units_with_gap``."""
        rows = [
            (each.item, each.n_units, each.n_pairs, sum(each.same), sum(each.splits), each.gaps, each.units_with_gap)
            for each in self.items
        ]
        return pd.DataFrame(rows, columns=["item", "n_units", "n_pairs", "exact", "adjacent", "gaps", "units_with_gap"])

    def summary(self, *, target: str = "target", rater: str = "rater", item: str = "item") -> str:
        return " ".join(self._in_words(each, target, rater, item) for each in self.items)

    def _in_words(self, each: ItemLevels, target: str, rater: str, item: str) -> str:
        name = f"{item.capitalize()} {each.item}"
        unused = [f"{level:g}" for level, used in zip(self.levels, each.used, strict=True) if not used]
        levels = f"levels never given: {', '.join(unused)}" if unused else "every level was given"
        if not each.n_units:
            return f"{name}: {levels}; no {target} was scored by two {rater}s."
        place = each.most_split
        split = f"{rater}s never split between neighbouring levels"
        if place is not None:
            split = (
                f"{rater}s split most between {self.levels[place]:g} and {self.levels[place + 1]:g} "
                f"({each.splits[place]} of {count(each.n_pairs, 'pair')})"
            )
        gaps = f"{each.units_with_gap} of {count(each.n_units, target)} with a gap of two levels or more"
        return f"{name}: {levels}; {split}; {gaps}."


def level_use(ratings: pd.DataFrame | Ratings, levels: Sequence[float] | None = None) -> LevelUse:
    """Histogram, splits and gaps of each item over ``levels``, all levels of the scale, used or not.

    Without ``levels`` the distinct scores are the scale, and at most 25 are taken for one. Raises ScoreOffScale for
    more of them, or for a score that is not among the levels.
    """
    known = read_ratings(ratings)
    scale = np.unique(known.score)
    if levels is not None:
        scale = np.asarray(level_distribution(known, levels).levels)
    elif len(scale) > MOST_LEVELS:
        raise ScoreOffScale(f"There are {len(scale)} distinct scores; name the levels of the scale.")
    n_levels = len(scale)
    place = np.searchsorted(scale, known.score)
    used = np.bincount(known.item * n_levels + place, minlength=known.n_items * n_levels).reshape(-1, n_levels)
    units, unit, m = np.unique(known.unit, return_inverse=True, return_counts=True)
    item = units % known.n_items
    on_level = [np.bincount(unit[place == level], minlength=len(units)) for level in range(n_levels)]
    same = [n * (n - 1) // 2 for n in on_level]
    splits = [low * high for low, high in pairwise(on_level)]
    gaps = m * (m - 1) // 2 - sum(same) - sum(splits)
    columns = zip(
        known.items,
        map(tuple, used.tolist()),
        _by_item(same, item, known.n_items),
        _by_item(splits, item, known.n_items),
        np.bincount(item, weights=gaps).astype(np.int64).tolist(),
        np.bincount(item[gaps > 0], minlength=known.n_items).tolist(),
        np.bincount(item[m > 1], minlength=known.n_items).tolist(),
        strict=True,
    )
    return LevelUse(tuple(scale.tolist()), tuple(ItemLevels(*column) for column in columns))


def _by_item(pairs_on_levels: list[Codes], item: Codes, n_items: int) -> list[tuple[int, ...]]:
    """For each item, how many pairs its units have on each level; the lists hold one count per unit."""
    sums = [np.bincount(item, weights=pairs, minlength=n_items).astype(np.int64).tolist() for pairs in pairs_on_levels]
    return [tuple(of_level[code] for of_level in sums) for code in range(n_items)]
