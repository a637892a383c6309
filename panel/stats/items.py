"""Items: how hard each is, how well it discriminates, how much it was used.

Difficulty is positive for hard: the item scores lower than the other items that the same rater scored on the same
target. It needs no model and is relative to whatever those other items were. Discrimination is the corrected item-rest
correlation (Lord & Novick 1968, Statistical Theories of Mental Test Scores, sec. 15.3): the rest leaves the item out,
or it would correlate with itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from panel.stats.estimates import Estimate, Sums, estimates, quotient, require_confidence, total
from panel.stats.paired_ratings import SXX, SXY, SYY, about_mean, plain_sums
from panel.stats.ratings import Codes, Floats, Label, Ratings, distinct_partners, read_ratings
from panel.stats.wording import claim, count


@dataclass(frozen=True)
class ItemStatistics:
    """One item, with ``n_ratings`` by ``n_raters`` on ``n_targets`` (its exposure) and their plain ``mean``.

    ``difficulty``: mean over targets of (the rater's mean on the target's other items - the item's score).
    ``discrimination``: correlation of the item's scores with the mean of the same rater's other items of the target;
    ``discrimination_across``: with the mean of other raters' other items of the target, free of one rater's halo.
    """

    item: Label
    n_ratings: int
    n_targets: int
    n_raters: int
    mean: float
    difficulty: Estimate
    discrimination: Estimate
    discrimination_across: Estimate

    def summary(self, *, target: str = "target", rater: str = "rater", item: str = "item") -> str:
        words = {"target": target, "rater": rater}
        exposure = (
            f"{item.capitalize()} {self.item} ({count(self.n_ratings, 'rating')} of {count(self.n_targets, target)} by "
            f"{count(self.n_raters, rater)})"
        )
        difficulty = f"difficulty {self._say(self.difficulty, '+.2f', item, words)}{self._way()}"
        discrimination = (
            f"item-rest correlation {self._say(self.discrimination, '.2f', item, words)} within {rater}s and "
            f"{self._say(self.discrimination_across, '.2f', item, words)} across {rater}s."
        )
        return f"{exposure}: {difficulty}. {claim(self.n_targets, discrimination, target)}"

    def _say(self, found: Estimate, form: str, item: str, words: dict[str, str]) -> str:
        text = found.in_words(form, **words)
        return text.replace("other items", f"other {item}s") if found.estimate is None else text

    def _way(self) -> str:
        if self.difficulty.estimate is None or not self.difficulty.excludes(0):
            return ""
        return ", harder than the others" if self.difficulty.estimate > 0 else ", easier than the others"


@dataclass(frozen=True)
class ItemAnalysis:
    """The statistics of every item, in the order of their labels."""

    items: tuple[ItemStatistics, ...]

    def of(self, item: Label) -> ItemStatistics:
        """Raises KeyError for an item without ratings."""
        return {each.item: each for each in self.items}[item]

    def to_frame(self) -> pd.DataFrame:
        """One row per item: exposure, mean, and each number with its interval."""
        return pd.DataFrame(
            [
                {
                    "item": each.item,
                    "n_ratings": each.n_ratings,
                    "n_targets": each.n_targets,
                    "n_raters": each.n_raters,
                    "mean": each.mean,
                    **each.difficulty.columns("difficulty"),
                    **each.discrimination.columns("discrimination"),
                    **each.discrimination_across.columns("discrimination_across"),
                }
                for each in self.items
            ]
        )

    def summary(self, *, target: str = "target", rater: str = "rater", item: str = "item") -> str:
        return " ".join(each.summary(target=target, rater=rater, item=item) for each in self.items)


def item_analysis(ratings: pd.DataFrame | Ratings, confidence: float = 0.95) -> ItemAnalysis:
    """Exposure, difficulty and discrimination of each item, with jackknife intervals over targets."""
    require_confidence(confidence)
    known = read_ratings(ratings)
    own, across = _rest_of_same_rater(known), _rest_of_other_raters(known)
    which = "with ratings of other items by the same rater"
    rows = zip(
        known.items,
        np.bincount(known.item, minlength=known.n_items).tolist(),
        distinct_partners(known.item, known.target, known.n_items).tolist(),
        distinct_partners(known.item, known.rater, known.n_items).tolist(),
        (np.bincount(known.item, weights=known.score) / np.bincount(known.item)).tolist(),
        _difficulties(known, own, confidence, which),
        _discriminations(known, own, confidence, which),
        _discriminations(known, across, confidence, "with ratings of other items by another rater"),
        strict=True,
    )
    return ItemAnalysis(tuple(ItemStatistics(*row) for row in rows))


def _rest_of_same_rater(known: Ratings) -> Floats:
    """(N,) mean of the same rater's other items of the target; NaN where there are none."""
    _, place, n = np.unique(known.target * known.n_raters + known.rater, return_inverse=True, return_counts=True)
    rest = np.bincount(place, weights=known.score)[place] - known.score
    return quotient(rest, (n[place] - 1).astype(np.float64))


def _rest_of_other_raters(known: Ratings) -> Floats:
    """(N,) mean of other raters' other items of the target: all of the target less the rater's and the item's.

    The rating itself is both the rater's and the item's, so it is given back once.
    """
    rest, n = known.score.copy(), np.ones(known.n_ratings)
    for cell, sign in ((known.target, 1), (known.target * known.n_raters + known.rater, -1), (known.unit, -1)):
        _, place, n_cell = np.unique(cell, return_inverse=True, return_counts=True)
        rest += sign * np.bincount(place, weights=known.score)[place]
        n += sign * n_cell[place]
    return quotient(rest, n)


def _by_item_and_target(known: Ratings, chosen: Codes) -> tuple[Codes, Codes]:
    """The item (K,) of each (item, target) among the chosen ratings, and which of them each of these belongs to."""
    cell, place = np.unique(known.item[chosen] * known.n_targets + known.target[chosen], return_inverse=True)
    return cell // known.n_targets, place


def _difficulties(known: Ratings, rest: Floats, confidence: float, which: str) -> list[Estimate]:
    """Mean over targets of rest - score; a target with several raters counts once."""
    chosen = np.flatnonzero(~np.isnan(rest))
    item, place = _by_item_and_target(known, chosen)
    difference = rest[chosen] - known.score[chosen]
    mean = np.bincount(place, weights=difference, minlength=len(item)) / np.bincount(place, minlength=len(item))
    parts = np.stack([mean, np.ones(len(item))], axis=1)
    whole = total(parts, item, known.n_items)
    n_ratings = np.bincount(known.item[chosen], minlength=known.n_items)
    return estimates(
        Sums(whole, whole[item] - parts, item, n_ratings),
        lambda s: quotient(s[..., 0], s[..., 1]),
        undefined="nothing is compared",
        confidence=confidence,
        fewest_for_interval=2,
        which=which,
    )


def _discriminations(known: Ratings, rest: Floats, confidence: float, which: str) -> list[Estimate]:
    """Pearson correlation of score and rest over the ratings of each item; Fisher's z, jackknifed over targets."""
    chosen = np.flatnonzero(~np.isnan(rest))
    item, place = _by_item_and_target(known, chosen)
    centre = known.score.mean()
    parts = plain_sums(known.score[chosen] - centre, rest[chosen] - centre, place, len(item))
    whole = total(parts, item, known.n_items)
    n_ratings = np.bincount(known.item[chosen], minlength=known.n_items)
    return estimates(
        Sums(about_mean(whole), about_mean(whole[item] - parts), item, n_ratings),
        lambda s: np.clip(quotient(s[..., SXY], np.sqrt(s[..., SXX] * s[..., SYY])), -1.0, 1.0),
        undefined="its scores, or those of the other items, do not differ",
        confidence=confidence,
        scale="fisher",
        fewest=3,
        which=which,
    )
