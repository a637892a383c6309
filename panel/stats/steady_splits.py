"""Splits and gaps of an item that are left when steady severity is taken out of every pair of raters.

One rater who is steadily a level harsher splits from everybody on every item. That is a fault of no item, so of a pair
only what is beyond the two raters' difference in severity is held against the item.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from panel.stats.estimates import Estimate
from panel.stats.item_levels import ItemLevels, LevelUse, level_use
from panel.stats.linked_severity import LinkedSeverities
from panel.stats.ratings import Codes, Floats, Label, Ratings, read_ratings
from panel.stats.wording import TARGETS_FOR_A_CLAIM


def level_use_beside_severity(
    ratings: pd.DataFrame | Ratings, levels: list[float], severity: LinkedSeverities
) -> LevelUse:
    """`level_use` of scores one apart on ``levels``, with splits and gaps counted only where they are left.

    A pair split by one level is left when half a level or more remains in its direction, and a gap when one and a half
    remain: what rounds to as much as was seen. The others are ``explained``. ``severity`` is in levels; raters whose
    interval reaches 0, or who share too little, count as 0.
    """
    known = read_ratings(ratings)
    use = level_use(known, levels)
    item, low, high, left, unit = _pairs(known, levels, _steady(severity))
    apart = high - low
    split, gap = (apart == 1) & (left >= 0.5), (apart > 1) & (left >= 1.5)
    lost = np.bincount(item[(apart > 0) & ~split & ~gap], minlength=known.n_items)
    with_gap = np.bincount(np.unique(unit[gap]) % known.n_items, minlength=known.n_items)
    gaps = np.bincount(item[gap], minlength=known.n_items)
    n = len(levels) - 1
    splits = np.bincount(item[split] * n + low[split], minlength=known.n_items * n).reshape(-1, n)
    return LevelUse(use.levels, tuple(
        _left(each, splits[code], int(gaps[code]), int(with_gap[code]), int(lost[code]))
        for code, each in enumerate(use.items)
    ))  # fmt: skip


def _left(each: ItemLevels, splits: Codes, gaps: int, units_with_gap: int, explained: int) -> ItemLevels:
    return replace(each, splits=tuple(splits.tolist()), gaps=gaps, units_with_gap=units_with_gap, explained=explained)


def _steady(severity: LinkedSeverities) -> Mapping[Label, float]:
    return {
        each.rater: each.severity.estimate
        for each in severity.raters
        if each.severity.estimate is not None and _is_steady(each.severity)
    }


def _is_steady(found: Estimate) -> bool:
    """There is no interval where severity is the same for every target; then many of them speak for it."""
    return found.excludes(0) or (found.low is None and found.n_targets >= TARGETS_FOR_A_CLAIM)


def _pairs(
    known: Ratings, levels: list[float], severity: Mapping[Label, float]
) -> tuple[Codes, Codes, Codes, Floats, Codes]:
    """(item, lower place, higher place, levels left between them, unit) of every pair of raters of one unit."""
    harsh = np.array([severity.get(each, 0.0) for each in known.raters])[known.rater]
    place = np.searchsorted(np.asarray(levels), known.score)
    order = np.lexsort((place, known.unit))  # the lower of each pair comes first
    unit, place, harsh = known.unit[order], place[order], harsh[order]
    first, second = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for step in range(1, len(unit)):
        at = np.flatnonzero(unit[step:] == unit[:-step])
        if not len(at):
            break
        first.append(at)
        second.append(at + step)
    one, other = np.concatenate(first), np.concatenate(second)
    left = place[other] - place[one] + harsh[other] - harsh[one]
    return unit[one] % known.n_items, place[one], place[other], left, unit[one]
