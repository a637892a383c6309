"""Which values coincide within a unit: the material of Krippendorff's alpha and of percent agreement.

A unit is one item of one target. Values in a unit that a single rater scored cannot be paired and are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from panel.stats.ratings import Codes, Flags, Floats, Ratings
from panel.stats.scale import distinct_scores

BLOCK = 4_000_000
"""Most numbers held at once while resampling."""

DENSE = 20_000_000
"""Largest matrix of coincidences that is multiplied as a dense one."""


@dataclass(frozen=True, eq=False)
class PairableValues:
    """The N values that share a unit with another rater's, over T targets, U units and V distinct values.

    ``cell_*`` describe each (unit, value) that occurs, sorted: its unit, its value and ``cell_n`` raters who gave it.
    ``m`` (U,) is the number of ratings of a unit, ``target_of_unit`` (U,) its target's code.
    """

    values: Floats
    value: Codes
    target: Codes
    n_targets: int
    n_raters: int
    m: Codes
    target_of_unit: Codes
    cell_unit: Codes
    cell_value: Codes
    cell_n: Codes

    @property
    def n_units(self) -> int:
        return len(self.m)

    def unequal_pairs(self) -> Iterator[tuple[Codes, Codes, Codes, Codes]]:
        """Blocks of (unit, c, k, number of pairs of raters), c < k being codes of values within that unit."""
        return unequal_pairs(self.cell_unit, self.cell_value, self.cell_n)


def unequal_pairs(cell_unit: Codes, cell_value: Codes, cell_n: Codes) -> Iterator[tuple[Codes, Codes, Codes, Codes]]:
    """`PairableValues.unequal_pairs` of any cells sorted by unit, then value."""
    for lag in range(1, len(cell_unit)):
        first = np.flatnonzero(cell_unit[lag:] == cell_unit[:-lag])
        if not len(first):
            return
        second = first + lag
        yield cell_unit[first], cell_value[first], cell_value[second], cell_n[first] * cell_n[second]


def pairable_values(known: Ratings) -> PairableValues:
    """The ratings of every unit that two or more raters scored; possibly none."""
    _, place, m_all = np.unique(known.unit, return_inverse=True, return_counts=True)
    paired: Flags = m_all[place] > 1
    values, value = distinct_scores(known.score[paired])
    targets, target = np.unique(known.target[paired], return_inverse=True)
    units, unit, m = np.unique(known.unit[paired], return_inverse=True, return_counts=True)
    cell, cell_n = np.unique(unit * max(len(values), 1) + value, return_counts=True)
    return PairableValues(
        values=values,
        value=value,
        target=target,
        n_targets=len(targets),
        n_raters=len(np.unique(known.rater[paired])),
        m=m,
        target_of_unit=np.searchsorted(targets, units // known.n_items),
        cell_unit=cell // max(len(values), 1),
        cell_value=cell % max(len(values), 1),
        cell_n=cell_n,
    )


@dataclass(frozen=True, eq=False)
class Coincidences:
    """Coincidences by target, for P pairs of unequal values ``c[p] < k[p]`` (codes into ``values``).

    ``o_and_n`` (T, P + V): first o_ck, how often c and k coincide, each unit weighted by 1 / (its ratings - 1);
    then n_c, how often each value occurs. Summed over targets they are Krippendorff's o_ck and n_c.
    """

    values: Floats
    c: Codes
    k: Codes
    o_and_n: Floats | sparse.csr_array

    def weighted(self, weights: Floats) -> tuple[Floats, Floats]:
        """o_ck (B, P) and n_c (B, V) when target t counts ``weights[b, t]`` times."""
        both = np.asarray(weights @ self.o_and_n)
        return both[:, : len(self.c)], both[:, len(self.c) :]


def coincidences(found: PairableValues) -> Coincidences:
    """Krippendorff's coincidence matrix, kept apart by target."""
    n_values = len(found.values)
    none = np.empty(0, np.int64)
    targets, codes, counts = [none], [none], [np.empty(0)]
    for unit, c, k, n_pairs in found.unequal_pairs():
        targets.append(found.target_of_unit[unit])
        codes.append(c * n_values + k)
        counts.append(n_pairs / (found.m[unit] - 1))
    ck, pair = np.unique(np.concatenate(codes), return_inverse=True)
    row = np.concatenate([*targets, found.target])
    column = np.concatenate([pair, len(ck) + found.value])
    cell = np.concatenate([*counts, np.ones(len(found.value))])
    shape = (found.n_targets, len(ck) + n_values)
    o_and_n = sparse.csr_array((cell, (row, column)), shape=shape)
    small = shape[0] * shape[1] <= DENSE
    return Coincidences(found.values, ck // n_values, ck % n_values, o_and_n.toarray() if small else o_and_n)


def resampled_targets(n_targets: int, n_columns: int, replicates: int, seed: int) -> Iterator[Floats]:
    """Blocks (b, T) of how often each target is drawn when T targets are drawn with replacement."""
    random = np.random.default_rng(seed)
    at_once = max(1, BLOCK // max(n_targets, n_columns))
    for start in range(0, replicates, at_once):
        rows = min(at_once, replicates - start)
        drawn = random.integers(n_targets, size=(rows, n_targets))
        drawn += n_targets * np.arange(rows)[:, None]
        yield np.bincount(drawn.ravel(), minlength=rows * n_targets).reshape(rows, n_targets).astype(np.float64)
