"""Observed agreement within units, and the agreement that chance would give by each of four accounts of chance.

Names are those of Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed., ch. 2 and 5: n units, q levels, w the
weights, r_i the ratings of unit i, r_ik those on level k, pi_k the mean share of level k, p_a and p_e the agreement
observed and by chance. A unit is one item of one target.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from panel.stats.coincidences import unequal_pairs
from panel.stats.ratings import Codes, Floats, Ratings
from panel.stats.scale import levels_and_codes


@dataclass(frozen=True, eq=False)
class RatedUnits:
    """N ratings of n units by R raters on q levels: ``level``, ``unit``, ``rater`` are codes (N,), ``r`` is (n,)."""

    levels: Floats
    level: Codes
    unit: Codes
    rater: Codes
    n_raters: int
    r: Codes
    target_of_unit: Codes

    @property
    def n(self) -> int:
        return len(self.r)

    def compared_only(self) -> RatedUnits:
        """Without the units that a single rater scored."""
        kept = self.r > 1
        rows = kept[self.unit]
        unit = (np.cumsum(kept) - 1)[self.unit[rows]]
        return replace(
            self,
            level=self.level[rows],
            unit=unit,
            rater=self.rater[rows],
            r=self.r[kept],
            target_of_unit=self.target_of_unit[kept],
        )

    def mean_over_ratings(self, of_rating: Floats) -> Floats:
        """(n,) the mean of a number (N,) over the ratings of each unit."""
        return np.asarray(np.bincount(self.unit, weights=of_rating, minlength=self.n) / self.r)

    def pi(self) -> Floats:
        """(q,) the share of each level, every unit counting once."""
        shares = np.bincount(self.level, weights=1 / self.r[self.unit], minlength=len(self.levels))
        return np.asarray(shares / self.n)

    def agreeing_pairs(self, w: Floats) -> Floats:
        """(n,) sum over k of r_ik (sum over l of w_kl r_il, less 1): how many ordered pairs of its ratings agree."""
        q = len(self.levels)
        cell, cell_n = np.unique(self.unit * q + self.level, return_counts=True)
        pairs = np.bincount(cell // q, weights=cell_n * (cell_n - 1.0), minlength=self.n).astype(np.float64)
        for unit, c, k, n_pairs in unequal_pairs(cell // q, cell % q, cell_n):
            pairs += 2 * np.bincount(unit, weights=w[c, k] * n_pairs, minlength=self.n)
        return pairs


def rated_units(known: Ratings, levels: Sequence[float] | None) -> RatedUnits:
    """Every unit with a rating, on the levels given or on those that occur.

    Raises BadOption or ScoreOffScale as `levels_and_codes` does.
    """
    scale, level = levels_and_codes(known.score, levels)
    units, unit, r = np.unique(known.unit, return_inverse=True, return_counts=True)
    return RatedUnits(scale, level, unit, known.rater, known.n_raters, r, units // known.n_items)


@dataclass(frozen=True, eq=False)
class Chance:
    """p_e, and its linearised part of every unit (n,), whose mean is p_e."""

    p_e: float
    of_unit: Floats


def no_chance(units: RatedUnits, w: Floats) -> Chance:
    return Chance(0.0, np.zeros(units.n))


def brennan_prediger(units: RatedUnits, w: Floats) -> Chance:
    """Every level is equally likely: p_e = sum of w_kl / q^2."""
    p_e = float(w.mean())
    return Chance(p_e, np.full(units.n, p_e))


def fleiss(units: RatedUnits, w: Floats) -> Chance:
    """Levels are drawn as often as all raters together used them: p_e = sum of w_kl pi_k pi_l."""
    pi = units.pi()
    return Chance(float(pi @ w @ pi), units.mean_over_ratings((w @ pi)[units.level]))


def gwet(units: RatedUnits, w: Floats) -> Chance:
    """Only hard units are guessed: p_e = (sum of w_kl) / (q (q - 1)) * sum of pi_k (1 - pi_k)."""
    pi, q = units.pi(), len(units.levels)
    t = float(w.sum()) / (q * (q - 1))
    return Chance(t * float(pi @ (1 - pi)), units.mean_over_ratings(t * (1 - pi)[units.level]))


def conger(units: RatedUnits, w: Floats) -> Chance:
    """Each rater draws levels as often as that rater used them, p_gk: the mean over pairs of raters of w_kl p_gk p_hl.

    Part of unit i: sum over its raters g and all others h of n / n_g * sum of w_kl (d_gik - p_gk) p_hl, where d_gik
    says whether g gave k and n_g counts the ratings of g; plus p_e.
    """
    n_raters, q = units.n_raters, len(units.levels)
    table = np.bincount(units.rater * q + units.level, minlength=n_raters * q).reshape(n_raters, q)
    n_g = table.sum(axis=1)
    p = table / n_g[:, None]
    others = (p.sum(axis=0) - p) @ w
    of_rater = (p * others).sum(axis=1)
    pairs = n_raters * (n_raters - 1)
    p_e = float(of_rater.sum()) / pairs
    of_rating = units.n / n_g[units.rater] * (others[units.rater, units.level] - of_rater[units.rater])
    return Chance(p_e, p_e + np.bincount(units.unit, weights=of_rating, minlength=units.n) / pairs)


ACCOUNTS: dict[str, Callable[[RatedUnits, Floats], Chance]] = {
    "percent": no_chance,
    "Brennan-Prediger": brennan_prediger,
    "Conger": conger,
    "Fleiss": fleiss,
    "Gwet": gwet,
}
