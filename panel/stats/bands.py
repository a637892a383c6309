"""Bands in place of ranks: whoever's interval overlaps that of the first of a band shares it.

From the top: the highest target begins a band, and the following ones join it as long as their interval reaches up to
its interval; the first whose interval lies wholly below begins the next. So a band has no gap, and what the eye sees of
the intervals is what the bands say. That is careful: two targets of one band may well differ, since the errors that
both share, of raters and items, are in both intervals. How likely one is above another stands beside the bands
(`Composite.chance_above`).
"""

from __future__ import annotations

from collections.abc import Sequence

from panel.stats.fair_parts import Composite
from panel.stats.ratings import Label


def bands(found: Composite, among: Sequence[Label]) -> tuple[tuple[Label, ...], ...]:
    """The bands of the targets ``among``, which must be comparable; the highest band first, in each by estimate."""
    parted: list[list[Label]] = []
    bottom = float("inf")  # where the interval of the first of the band ends below
    for target in sorted(among, key=lambda target: -found.of(target)):
        low, high = found.interval(target)
        if high < bottom:
            parted.append([])
            bottom = low
        parted[-1].append(target)
    return tuple(tuple(band) for band in parted)
