"""Which levels each item draws: how often each is used, between which neighbours raters split, and gaps of two or more.

A gap of two levels or more between raters of one unit is a split that no average should hide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
    have one. ``n_units`` were scored by two raters or more.
    """

    item: Label
    used: tuple[int, ...]
    same: tuple[int, ...]
    splits: tuple[int, ...]
    gaps: int
    units_with_gap: int
    n_units: int

    @property
    def n_pairs(self) -> int:
        return sum(self.same) + sum(self.splits) + self.gaps

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
    units, unit = np.unique(known.unit, return_inverse=True)
    item = units % known.n_items
    used = np.bincount(known.item * n_levels + place, minlength=known.n_items * n_levels).reshape(-1, n_levels)
    on_level = [np.bincount(unit[place == level], minlength=len(units)) for level in range(n_levels)]
    m = np.bincount(unit, minlength=len(units))
    same = [_per_item(n * (n - 1) // 2, item, known) for n in on_level]
    splits = [_per_item(low * high, item, known) for low, high in zip(on_level, on_level[1:], strict=False)]
    near = sum(n * (n - 1) // 2 for n in on_level) + sum(a * b for a, b in zip(on_level, on_level[1:], strict=False))
    gaps = m * (m - 1) // 2 - near
    columns = zip(
        known.items,
        map(tuple, used.tolist()),
        _rows(same, known),
        _rows(splits, known),
        _per_item(gaps, item, known).tolist(),
        _per_item(gaps > 0, item, known).tolist(),
        _per_item(m > 1, item, known).tolist(),
        strict=True,
    )
    return LevelUse(tuple(scale.tolist()), tuple(ItemLevels(*column) for column in columns))


def _per_item(of_unit: Codes, item: Codes, known: Ratings) -> Codes:
    """(I,) sums over the units of each item."""
    return np.bincount(item, weights=of_unit, minlength=known.n_items).astype(np.int64)


def _rows(by_level: list[Codes], known: Ratings) -> list[tuple[int, ...]]:
    """Counts by level, turned into one tuple per item; empty ones when there are no levels to count."""
    return [tuple(int(counts[item]) for counts in by_level) for item in range(known.n_items)]
