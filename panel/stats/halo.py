"""Halo: one rater's ratings of one target move together more than fellow raters' do.

A rater with halo lets a general impression decide, so the items of a target differ less. Thorndike (1920), A constant
error in psychological ratings, J. Applied Psychology 4:25-29; the standard deviation over items within a target as
its sign: Saal, Downey & Lahey (1980), Psychological Bulletin 88:413-428. A model of all ratings gives halo as a share
of variance; this comparison needs no model and speaks of one rater.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from panel.stats.estimates import Estimate, Sums, added_up, estimates, quotient, require_confidence, total
from panel.stats.paired_ratings import DF, SXX, SYY, PairedRatings, about_mean, paired_ratings, plain_sums
from panel.stats.ratings import Codes, Floats, Label, Ratings, read_ratings
from panel.stats.wording import claim, count, noted

OWN, OWN_DF, THEIRS, THEIR_DF = range(4)
"""Columns: squares about the mean of a target's items with their degrees of freedom, own and fellow raters'."""


@dataclass(frozen=True)
class RaterHalo:
    """How much one rater's items differ within a target, as a ratio to fellow raters of the same targets.

    ``within_ratio`` is the ratio of standard deviations over items within a target; below 1 is a sign of halo.
    """

    rater: Label
    within_ratio: Estimate

    def summary(self, *, target: str = "target", rater: str = "rater") -> str:
        found = self.within_ratio
        name = f"{rater.capitalize()} {self.rater}"
        if found.estimate is None:
            return f"{name}: halo is {found.in_words(target=target, rater=rater)}."
        text = (
            f"{name}: the items of one {target} differ {found.in_words()} times as much as with fellow {rater}s "
            f"({count(found.n_targets, target)}, {count(found.n_ratings, 'rating')})."
        )
        if found.low is None:
            return text
        verdict = "the interval includes no halo."
        if found.excludes(1):
            verdict = "a sign of halo." if found.estimate < 1 else "the items differ more than with fellow raters."
        return f"{text} {claim(found.n_targets, verdict.replace('rater', rater), target)}"


@dataclass(frozen=True)
class Halo:
    """The sign of halo of every rater, in the order of their labels."""

    raters: tuple[RaterHalo, ...]
    note: str | None = None

    def of(self, rater: Label) -> RaterHalo:
        """Raises KeyError for a rater without ratings."""
        return {each.rater: each for each in self.raters}[rater]

    def to_frame(self) -> pd.DataFrame:
        return pd.DataFrame(
            [
                {
                    "rater": each.rater,
                    "n_targets": each.within_ratio.n_targets,
                    "n_ratings": each.within_ratio.n_ratings,
                    **each.within_ratio.columns("within_ratio"),
                }
                for each in self.raters
            ]
        )

    def summary(self, *, target: str = "target", rater: str = "rater") -> str:
        sentences = [each.summary(target=target, rater=rater) for each in self.raters]
        return " ".join([*sentences, *noted(self.note, target, rater)])


def halo(ratings: pd.DataFrame | Ratings, confidence: float = 0.95, same_items: bool = True) -> Halo:
    """How much each rater's items differ within a target, against fellow raters, with intervals over targets.

    Compared are the items of a target that both raters scored. With ``same_items=False`` they are all the items that
    each of them scored, which serves raters who asked different items; then differences between items count too.
    """
    require_confidence(confidence)
    known = read_ratings(ratings)
    reason = "fellow raters' scores do not differ within a target"
    if known.n_items == 1:
        reason = "there is only one item"
    pairs = paired_ratings(known) if same_items else None
    found = estimates(
        _on_same_items(known, pairs) if pairs else _on_own_items(known),
        lambda s: np.sqrt(quotient(quotient(s[..., OWN], s[..., OWN_DF]), quotient(s[..., THEIRS], s[..., THEIR_DF]))),
        undefined=reason,
        confidence=confidence,
        scale="log",
        which="with two items shared with another rater" if same_items else "that two raters scored on two items each",
    )
    return Halo(tuple(map(RaterHalo, known.raters, found)), pairs.note if pairs else None)


def _on_same_items(known: Ratings, pairs: PairedRatings) -> Sums:
    """Sums over the items that a rater and each fellow rater both scored."""
    centre = float(known.score.mean())
    three = (pairs.rater * known.n_raters + pairs.fellow) * known.n_targets + pairs.target
    cells, place = np.unique(three, return_inverse=True)
    within = about_mean(plain_sums(pairs.own - centre, pairs.theirs - centre, place, len(cells)))
    several = within[:, DF] > 0
    cell, within = cells[several], within[several]
    rows = np.unique(pairs.row[several[place]])
    return _added_up(
        known,
        cell // known.n_targets // known.n_raters * known.n_targets + cell % known.n_targets,
        np.stack([within[:, SXX], within[:, DF], within[:, SYY], within[:, DF]], axis=1),
        np.bincount(known.rater[rows], minlength=known.n_raters),
    )


def _on_own_items(known: Ratings) -> Sums:
    """Sums over all items of each rater, beside those of the other raters of the target."""
    pair = known.rater * known.n_targets + known.target
    cells, place, n_own = np.unique(pair, return_inverse=True, return_counts=True)
    score = known.score - known.score.mean()
    own = about_mean(plain_sums(score, score, place, len(cells)))[:, [SXX, DF]]
    target = cells % known.n_targets
    everybody = total(own, target, known.n_targets)[target]
    others = np.where(everybody - own <= 1e-10 * everybody, 0.0, everybody - own)
    several = (own[:, 1] > 0) & (others[:, 1] > 0)
    n_ratings = np.bincount(cells[several] // known.n_targets, weights=n_own[several], minlength=known.n_raters)
    return _added_up(known, cells[several], np.hstack([own, others])[several], n_ratings.astype(np.int64))


def _added_up(known: Ratings, rater_target: Codes, parts: Floats, n_ratings: Codes) -> Sums:
    """Parts (K, 4) of any number of rows per rater and target, as sums by rater."""
    cell, place = np.unique(rater_target, return_inverse=True)
    return added_up(total(parts, place, len(cell)), cell // known.n_targets, n_ratings)
