"""Ratings of the same unit (one item of one target) by two raters, side by side: what raters are compared by.

Everything that compares a rater with fellow raters is a function of these pairs, so it depends on nothing but what
both of them scored.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from panel.stats.estimates import Sums, total
from panel.stats.ratings import Codes, Floats, Ratings

MOST_PAIRS = 2_000_000
"""Pairs are formed with the next rater of the unit, then the one after, ... until another round would pass this."""

FINENESS = 1e-6
"""Deviations, as shares of the standard deviation, are taken for equal below this when raters are put in order."""

N, X, Y, XX, YY, XY = range(6)
"""Columns of plain sums: number of pairs, sums of both variables, of their squares and of their product."""

SXX, SYY, SXY, DF, PAIRS = range(5)
"""Columns of sums about the mean: squares of both variables, their product, degrees of freedom, number of pairs."""


@dataclass(frozen=True, eq=False)
class PairedRatings:
    """P pairs, each from both sides: ``rater`` gave ``own`` where ``fellow`` gave ``theirs`` on the same unit.

    ``row`` (P,) is the rating of ``rater`` in the table, from which ``target`` (P,) and the rest come.
    """

    rater: Codes
    fellow: Codes
    target: Codes
    row: Codes
    own: Floats
    theirs: Floats
    n_raters: int
    n_targets: int
    n_ratings: Codes
    """(R,) ratings of each rater that at least one pair holds."""
    note: str | None = None
    """That pairs were left out, when they were."""


def paired_ratings(known: Ratings) -> PairedRatings:
    """Every pair of ratings of a unit; on very many ratings of each unit, those of neighbours in an order of the raters
    that follows from who scored what, and how, but not from labels."""
    n_all = _n_pairs(known)
    place = known.rater if n_all <= MOST_PAIRS else _order_of_raters(known)[known.rater]
    order = np.argsort(known.unit * known.n_raters + place, kind="stable")
    unit = known.unit[order]
    one, two, n_pairs = [np.empty(0, np.int64)], [np.empty(0, np.int64)], 0
    for lag in range(1, len(unit)):
        first = np.flatnonzero(unit[lag:] == unit[:-lag])
        if not len(first) or (lag > 1 and n_pairs + len(first) > MOST_PAIRS):
            break
        n_pairs += len(first)
        one.append(order[first])
        two.append(order[first + lag])
    row = np.concatenate([*one, *two])
    other = np.concatenate([*two, *one])
    return PairedRatings(
        rater=known.rater[row],
        fellow=known.rater[other],
        target=known.target[row],
        row=row,
        own=known.score[row],
        theirs=known.score[other],
        n_raters=known.n_raters,
        n_targets=known.n_targets,
        n_ratings=np.bincount(known.rater[np.unique(row)], minlength=known.n_raters),
        note=None if n_pairs == n_all else _left_out(n_pairs, n_all),
    )


def _n_pairs(known: Ratings) -> int:
    m = np.unique(known.unit, return_counts=True)[1]
    return int((m * (m - 1) // 2).sum())


def _left_out(n_pairs: int, n_all: int) -> str:
    return (
        f"There are {n_all:,} pairs of ratings by two raters, too many to compare them all: these numbers rest on "
        f"{n_pairs:,} of them, each rater beside a part of the fellow raters."
    )


def _order_of_raters(known: Ratings) -> Codes:
    """(R,) the place of each rater, the same whatever labels, order of rows, level and direction of the scale are.

    Raters are told apart by a number made of the deviations of their ratings from the means of the units, and once
    more by those numbers of whoever shares units with them (the colour refinement of graphs). Raters whom even this
    does not tell apart gave scores that are alike, and keep the order of their labels.
    """
    unit = np.unique(known.unit, return_inverse=True)[1]
    mean = np.bincount(unit, weights=known.score) / np.bincount(unit)
    apart = np.abs(known.score - mean[unit])
    step = FINENESS * (float(known.score.std()) or 1.0)
    of_rating = _mixed(np.rint(apart / step).astype(np.uint64))
    of_rater = _summed(of_rating, known.rater)
    of_unit = _summed(_mixed(of_rating ^ of_rater[known.rater]), unit)
    of_rater = _summed(_mixed(of_rating ^ of_unit[unit]), known.rater)
    return np.argsort(np.argsort(of_rater, kind="stable"))


def _mixed(numbers: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Scrambled, equal numbers alike: the finalizer of SplitMix64, Steele, Lea & Flood (2014), OOPSLA, 453-472."""
    x = numbers + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def _summed(numbers: npt.NDArray[np.uint64], group: Codes) -> npt.NDArray[np.uint64]:
    """Sums modulo 2^64 by group, which do not depend on the order of the rows."""
    sums = np.zeros(int(group.max()) + 1, dtype=np.uint64)
    np.add.at(sums, group, numbers)
    return sums


def by_target(pairs: PairedRatings, values: Floats) -> tuple[Floats, Codes]:
    """Sums (K, m) of the values (P, m) over each target of each rater, and the rater (K,) of each row."""
    cell, place = np.unique(pairs.rater * pairs.n_targets + pairs.target, return_inverse=True)
    return total(values, place, len(cell)), cell // pairs.n_targets


def plain_sums(x: Floats, y: Floats, group: Codes, n_groups: int) -> Floats:
    """(n_groups, 6): N, X, Y, XX, YY, XY of each group of pairs."""
    return total(np.stack([np.ones(len(x)), x, y, x * x, y * y, x * y], axis=1), group, n_groups)


def about_mean(sums: Floats) -> Floats:
    """(G, 5) SXX, SYY, SXY, DF, PAIRS about each group's own means, from its plain sums (G, 6)."""
    n = np.maximum(sums[:, N], 1)
    xx = sums[:, XX] - sums[:, X] ** 2 / n
    yy = sums[:, YY] - sums[:, Y] ** 2 / n
    xy = sums[:, XY] - sums[:, X] * sums[:, Y] / n
    # what is left of equal values is rounding
    xx = np.where(xx <= 1e-10 * sums[:, XX], 0.0, xx)
    yy = np.where(yy <= 1e-10 * sums[:, YY], 0.0, yy)
    return np.stack([xx, yy, xy, np.maximum(sums[:, N] - 1, 0), sums[:, N]], axis=1)


def within_pairs_of_raters(pairs: PairedRatings, x: Floats, y: Floats) -> Sums:
    """Sums about the mean of every pair of raters, added up by rater: steady differences of level are taken out.

    ``x`` and ``y`` (P,) are any two variables of the pairs; centre them, so that squares keep their digits.
    """
    n_raters, n_targets = pairs.n_raters, pairs.n_targets
    two = pairs.rater * n_raters + pairs.fellow
    cells, place = np.unique(two * n_targets + pairs.target, return_inverse=True)
    of_target = plain_sums(x, y, place, len(cells))
    twos, two_of_cell = np.unique(cells // n_targets, return_inverse=True)
    of_two = total(of_target, two_of_cell, len(twos))
    full = about_mean(of_two)
    whole = total(full, twos // n_raters, n_raters)
    # a target changes the sums of each pair of raters who share it
    change = about_mean(of_two[two_of_cell] - of_target) - full[two_of_cell]
    rater_target = (cells // n_targets // n_raters) * n_targets + cells % n_targets
    kept, target_of_cell = np.unique(rater_target, return_inverse=True)
    rater = kept // n_targets
    without = whole[rater] + total(change, target_of_cell, len(kept))
    squares = [SXX, SYY, DF, PAIRS]
    without[:, squares] = np.where(without[:, squares] <= 1e-10 * whole[rater][:, squares], 0.0, without[:, squares])
    return Sums(whole, without, rater, pairs.n_ratings)
