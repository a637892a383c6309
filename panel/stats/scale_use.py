"""How raters use the scale, against fellow raters on the same items of the same targets.

A rater with a restricted range spreads targets less than fellow raters do; one with a central tendency stays in the
middle levels; one who goes to extremes uses the ends. Saal, Downey & Lahey (1980), Rating the ratings, Psychological
Bulletin 88:413-428. Fellow raters' spread is taken about each one's own mean, so that their differences of severity do
not widen it; with equal spreads the ratio is 1 (the comparison of Pitman 1939 and Morgan 1939 for paired variances).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from panel.stats.estimates import Estimate, added_up, estimates, quotient, require_confidence
from panel.stats.paired_ratings import SXX, SYY, PairedRatings, by_target, paired_ratings, within_pairs_of_raters
from panel.stats.ratings import Flags, Floats, Label, Ratings, read_ratings
from panel.stats.severity import level_distribution
from panel.stats.wording import claim, count, noted

MOST_LEVELS = 25
"""Distinct scores up to which they are taken for the levels of the scale when it is not named."""


@dataclass(frozen=True)
class ScaleUse:
    """One rater's use of the scale on ratings that fellow raters share.

    ``spread_ratio``: own standard deviation / fellow raters' (below 1: restricted range). ``middle`` and ``extremes``:
    share of own ratings on the middle level (the two middle levels of an even number) and on the lowest or highest
    level, minus fellow raters' share.
    """

    rater: Label
    spread_ratio: Estimate
    middle: Estimate
    extremes: Estimate

    def summary(self, *, target: str = "target", rater: str = "rater") -> str:
        n = f"{count(self.spread_ratio.n_targets, target)}, {count(self.spread_ratio.n_ratings, 'rating')}"
        words = {"target": target, "rater": rater}
        sentences = [
            f"{rater.capitalize()} {self.rater} against fellow {rater}s ({n}): "
            f"spread ratio {self.spread_ratio.in_words(**words)}; "
            f"difference in use of the middle {self.middle.in_words('+.0%', **words)}; "
            f"difference in use of the extremes {self.extremes.in_words('+.0%', **words)}."
        ]
        said = [
            *_verdict(self.spread_ratio, 1, "spreads {t}s less than they do", "spreads {t}s more than they do"),
            *_verdict(self.middle, 0, "uses the middle less", "uses the middle more"),
            *_verdict(self.extremes, 0, "uses the extremes less", "uses the extremes more"),
        ]
        found = "; ".join(said).replace("{t}", target) or "the intervals include no difference"
        if self.spread_ratio.estimate == 0:
            sentences.append(f"All these ratings of {rater} {self.rater} are one and the same score.")
        if any(each.low is not None for each in (self.spread_ratio, self.middle, self.extremes)):
            sentences.append(claim(self.spread_ratio.n_targets, f"{found}.", target))
        return " ".join(sentences)


def _verdict(found: Estimate, nothing: float, below: str, above: str) -> list[str]:
    if found.estimate is None or not found.excludes(nothing):
        return []
    return [below if found.estimate < nothing else above]


@dataclass(frozen=True)
class ScaleUses:
    """The use of the scale by every rater, in the order of their labels; ``levels`` is what counts as the scale."""

    raters: tuple[ScaleUse, ...]
    levels: tuple[float, ...] | None
    note: str | None = None

    def of(self, rater: Label) -> ScaleUse:
        """Raises KeyError for a rater without ratings."""
        return {each.rater: each for each in self.raters}[rater]

    def to_frame(self) -> pd.DataFrame:
        """One row per rater: each number with its interval, and the targets and ratings behind it."""
        return pd.DataFrame(
            [
                {
                    "rater": each.rater,
                    "n_targets": each.spread_ratio.n_targets,
                    "n_ratings": each.spread_ratio.n_ratings,
                    **each.spread_ratio.columns("spread_ratio"),
                    **each.middle.columns("middle"),
                    **each.extremes.columns("extremes"),
                }
                for each in self.raters
            ]
        )

    def summary(self, *, target: str = "target", rater: str = "rater") -> str:
        sentences = [each.summary(target=target, rater=rater) for each in self.raters]
        return " ".join([*sentences, *noted(self.note, target, rater)])


def scale_use(
    ratings: pd.DataFrame | Ratings, levels: Sequence[float] | None = None, confidence: float = 0.95
) -> ScaleUses:
    """Spread, use of the middle and of the extremes by each rater, with jackknife intervals over targets.

    ``levels`` are the levels of the scale; without them the distinct scores are, if there are at most 25. Raters who
    scored different items of the same targets are compared by `mean_over_items(ratings, require_same_items=False)`.
    Raises RatingsError for ratings or arguments that cannot be used.
    """
    require_confidence(confidence)
    known = read_ratings(ratings)
    if levels is not None:
        scale: Floats | None = np.asarray(level_distribution(known, levels).levels)
    else:
        distinct = np.unique(known.score)
        scale = distinct if len(distinct) <= MOST_LEVELS else None
    pairs = paired_ratings(known)
    centre = float(known.score.mean())
    spreads = estimates(
        within_pairs_of_raters(pairs, pairs.own - centre, pairs.theirs - centre),
        lambda s: np.sqrt(quotient(s[..., SXX], s[..., SYY])),
        undefined="fellow raters' scores of the shared ratings do not differ",
        confidence=confidence,
        scale="log",
    )
    middles = _difference_of_shares(pairs, scale, _middle, "the scale has no middle level", confidence)
    extremes = _difference_of_shares(pairs, scale, _extreme, "the scale has one level", confidence)
    return ScaleUses(
        tuple(map(ScaleUse, known.raters, spreads, middles, extremes)),
        None if scale is None else tuple(scale.tolist()),
        pairs.note,
    )


def _middle(scale: Floats) -> Flags | None:
    """Which levels are the middle of the scale; None when all or none would be."""
    place = np.arange(len(scale))
    return np.abs(place - (len(scale) - 1) / 2) < 1 if len(scale) > 2 else None


def _extreme(scale: Floats) -> Flags | None:
    return np.isin(np.arange(len(scale)), [0, len(scale) - 1]) if len(scale) > 1 else None


def _difference_of_shares(
    pairs: PairedRatings,
    scale: Floats | None,
    chosen: Callable[[Floats], Flags | None],
    without: str,
    confidence: float,
) -> list[Estimate]:
    """Share of own ratings on the chosen levels, minus fellow raters' share, over all pairs of a rater."""
    wanted = None if scale is None else chosen(scale)
    if scale is None or wanted is None:
        reason = (
            without
            if scale is not None
            else f"there are more than {MOST_LEVELS} distinct scores and the scale is not named"
        )
        own = theirs = np.full(len(pairs.own), np.nan)
    else:
        reason = "nothing is shared"
        own, theirs = (wanted[np.searchsorted(scale, score)].astype(np.float64) for score in (pairs.own, pairs.theirs))
    parts, rater = by_target(pairs, np.stack([own, theirs, np.ones(len(own))], axis=1))
    return estimates(
        added_up(parts, rater, pairs.n_ratings),
        lambda s: quotient(s[..., 0] - s[..., 1], s[..., 2]),
        undefined=reason,
        confidence=confidence,
        bounds=(-1.0, 1.0),
    )
