"""Which ratings can be modelled: whole levels on the scale, renumbered where unused, extreme elements set aside.

An element (one target, rater or item) with nothing but the lowest, or nothing but the highest, category has no finite
maximum likelihood measure. Setting it aside may make others extreme, or a category unused, so this repeats until
nothing changes, as in FACETS. Linacre (1989), Many-Facet Rasch Measurement.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from panel.stats.errors import BadOption, ScoreOffScale
from panel.stats.ratings import Codes, Flags, Floats, Ratings
from panel.stats.wording import count

Facet = Literal["target", "rater", "item"]

FACETS: tuple[Facet, ...] = ("target", "rater", "item")
SIGN = {"target": 1.0, "rater": -1.0, "item": -1.0}
"""How a facet enters eta = ability - severity - difficulty."""

MOST_LEVELS = 100


@dataclass(frozen=True, eq=False)
class Usable:
    """The ratings, and which of them the model rests on.

    ``levels`` (K + 1,) are the scores of the categories in use; ``category`` (N,) is the nearest of them for every
    rating, ``kept`` (N,) marks the ratings of elements that are not set aside, ``aside`` holds those elements' flags.
    """

    ratings: Ratings
    levels: Floats
    category: Codes
    kept: Flags
    aside: dict[Facet, Flags]
    notes: tuple[str, ...]

    def code(self, facet: Facet) -> Codes:
        """(N,) codes of one facet."""
        codes: Codes = getattr(self.ratings, facet)
        return codes

    def size(self, facet: Facet) -> int:
        return len(getattr(self.ratings, f"{facet}s"))

    @property
    def facets(self) -> tuple[Facet, ...]:
        """The facets with more than one element; a facet of one element is fixed at 0."""
        return tuple(facet for facet in FACETS if self.size(facet) > 1)


def usable(ratings: Ratings, scale: tuple[float, float] | None, *, keep_extremes: bool) -> Usable:
    """Check the scores against the scale, and set extreme elements aside unless ``keep_extremes``.

    Raises ScoreOffScale and BadOption. ``kept`` may be all False: then every element was extreme.
    """
    lowest, highest = _require_whole_levels(ratings.score, scale)
    everything = Usable(
        ratings=ratings,
        levels=np.unique(ratings.score),
        category=np.zeros(ratings.n_ratings, dtype=np.int64),
        kept=np.ones(ratings.n_ratings, dtype=bool),
        aside={},
        notes=(),
    )
    kept, aside = everything.kept.copy(), {facet: np.zeros(everything.size(facet), dtype=bool) for facet in FACETS}
    while not keep_extremes and kept.any() and _set_aside(everything, kept, aside):
        pass
    levels = np.unique(ratings.score[kept]) if kept.any() else everything.levels
    notes = [*filter(None, (ratings.note, _unused(levels, lowest, highest)))]
    n_aside = {facet: int(flags.sum()) for facet, flags in aside.items()}
    if any(n_aside.values()):
        who = ", ".join(count(n, facet) for facet, n in n_aside.items() if n)
        notes.append(
            f"Set aside for extreme scores (all lowest or all highest): {who}. Their measures stand on an adjustment."
        )
    category = np.clip(np.searchsorted(levels, ratings.score), 0, len(levels) - 1)
    return Usable(ratings, levels, category, kept, aside, tuple(notes))


def _require_whole_levels(score: Floats, scale: tuple[float, float] | None) -> tuple[float, float]:
    broken = score[score != np.floor(score)]
    if len(broken):
        raise ScoreOffScale(
            f"The score {broken[0]:g} is not a whole level. The rating scale model needs whole levels: "
            "number the levels of the scale 1, 2, 3 and so on."
        )
    lowest, highest = (float(score.min()), float(score.max())) if scale is None else _read_scale(scale)
    off = score[(score < lowest) | (score > highest)]
    if len(off):
        raise ScoreOffScale(f"The score {off[0]:g} is not on the scale from {lowest:g} to {highest:g}.")
    n_levels = len(np.unique(score))
    if n_levels > MOST_LEVELS:
        raise ScoreOffScale(
            f"The scores have {n_levels} different levels, and the rating scale model takes at most {MOST_LEVELS}."
        )
    return lowest, highest


def _read_scale(scale: tuple[float, float]) -> tuple[float, float]:
    try:
        lowest, highest = (float(end) for end in scale)
    except (TypeError, ValueError):
        raise BadOption("The scale is given as its lowest and its highest level.") from None
    if not (np.isfinite([lowest, highest]).all() and lowest < highest and lowest % 1 == 0 and highest % 1 == 0):
        raise BadOption("The scale runs from a whole lowest level to a whole highest level above it.")
    return lowest, highest


def _set_aside(everything: Usable, kept: Flags, aside: dict[Facet, Flags]) -> bool:
    """One round: mark extreme elements and drop their ratings, in place. True when there were any."""
    score = everything.ratings.score
    lowest, highest = score[kept].min(), score[kept].max()
    low, high = kept & (score == lowest), kept & (score == highest)
    found = False
    for facet in everything.facets:
        code, size = everything.code(facet), everything.size(facet)
        n, n_low, n_high = (np.bincount(code[rows], minlength=size) for rows in (kept, low, high))
        extreme = ((n == n_low) | (n == n_high)) & ~aside[facet]
        aside[facet] |= extreme
        found = found or bool(extreme.any())
    for facet in everything.facets:
        kept &= ~aside[facet][everything.code(facet)]
    return found


def _unused(levels: Floats, lowest: float, highest: float) -> str | None:
    n_unused = int(highest - lowest) + 1 - len(levels)
    if not n_unused:
        return None
    if n_unused > MOST_LEVELS:
        return f"{n_unused} levels of the scale were not used; the model numbers the levels in use without them."
    unused = sorted(set(range(int(lowest), int(highest) + 1)) - {int(level) for level in levels})
    named = ", ".join(str(level) for level in unused)
    return (
        f"Not used by the ratings that the model rests on: level{'s' if n_unused > 1 else ''} {named}. "
        "There is no threshold for an unused level; the levels in use are numbered without it."
    )
