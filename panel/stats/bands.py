"""Bands in place of ranks: who cannot be told from the first of a band shares it.

From the top: the highest target begins a band, and every target that the first is not clearly above joins it; the
highest of those left begins the next. "Clearly" is a probability of CLEARLY or more under the model, so a band is the
one of Cascio, Outtz, Zedeck & Goldstein (1991), Human Performance 4:233-264, with the standard error of each difference
in place of one for all. Two targets of one band may still differ; the first of two bands do.
"""

from __future__ import annotations

from collections.abc import Sequence

from panel.stats.composites import Composite
from panel.stats.ratings import Label

CLEARLY = 0.95


def bands(found: Composite, among: Sequence[Label]) -> tuple[tuple[Label, ...], ...]:
    """The bands of the targets ``among``, which must be comparable; the highest band first, in each by estimate."""
    left = sorted(among, key=lambda target: -found.of(target))
    parted = []
    while left:
        first = left[0]
        band = [each for each in left if each == first or found.chance_above(first, each) < CLEARLY]
        parted.append(tuple(band))
        left = [each for each in left if each not in band]
    return tuple(parted)
