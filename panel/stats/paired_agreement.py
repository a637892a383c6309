"""How each rater agrees with fellow raters on the units that both scored, pair by pair.

Steady severity and erratic disagreement are told apart: the correlation and the erratic part are taken within each
pair of raters, about their mean difference. Bland & Altman (1986), Lancet 327:307-310, for the spread of paired
differences.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from panel.stats.errors import BadOption
from panel.stats.estimates import Estimate, added_up, estimates, quotient, require_confidence
from panel.stats.paired_ratings import DF, SXX, SXY, SYY, by_target, paired_ratings, within_pairs_of_raters
from panel.stats.ratings import Floats, Label, Ratings, read_ratings
from panel.stats.wording import claim, count, noted

PAIRED, SAME, NEAR, DISTANCE = range(4)


@dataclass(frozen=True)
class RaterAgreement:
    """One rater beside fellow raters, over all pairs of ratings of the same unit.

    ``exact`` and ``within_one``: share of pairs with the same score, and at most ``step`` apart. ``distance``: mean
    absolute difference. ``correlation``: within pairs of raters, so free of severity. ``erratic``: standard deviation
    of the differences about each pair's mean difference; it holds the fellow raters' share of the scatter too.
    """

    rater: Label
    exact: Estimate
    within_one: Estimate
    distance: Estimate
    correlation: Estimate
    erratic: Estimate

    def summary(self, *, target: str = "target", rater: str = "rater") -> str:
        name, n = f"{rater.capitalize()} {self.rater}", self.exact.n_targets
        words = {"target": target, "rater": rater}
        if self.exact.estimate is None:
            return f"{name}: agreement with fellow {rater}s is {self.exact.in_words(**words)}."
        seen = f"{count(n, target)}, {count(self.exact.n_ratings, 'rating')}"
        described = (
            f"{name} and fellow {rater}s gave the same score in {self.exact.estimate:.0%} of pairs "
            f"({seen}; chance is not taken out), and differ by {self.distance.in_words(**words)} on average."
        )
        judged = (
            f"correlation of scores with fellow {rater}s {self.correlation.in_words(**words)}; "
            f"differences scatter by {self.erratic.in_words(**words)} apart from steady severity."
        )
        return f"{described} {claim(n, judged, target)}"


@dataclass(frozen=True)
class PairedAgreement:
    """The agreement of every rater with fellow raters, in the order of their labels.

    ``typical_erratic`` is the median of ``erratic`` over raters, None when no rater has one.
    """

    raters: tuple[RaterAgreement, ...]
    step: float
    typical_erratic: float | None
    note: str | None = None

    def of(self, rater: Label) -> RaterAgreement:
        """Raises KeyError for a rater without ratings."""
        return {each.rater: each for each in self.raters}[rater]

    def to_frame(self) -> pd.DataFrame:
        return pd.DataFrame(
            [
                {
                    "rater": each.rater,
                    "n_targets": each.exact.n_targets,
                    "n_ratings": each.exact.n_ratings,
                    **each.exact.columns("exact"),
                    **each.within_one.columns("within_one"),
                    **each.distance.columns("distance"),
                    **each.correlation.columns("correlation"),
                    **each.erratic.columns("erratic"),
                }
                for each in self.raters
            ]
        )

    def summary(self, *, target: str = "target", rater: str = "rater") -> str:
        sentences = [each.summary(target=target, rater=rater) for each in self.raters]
        if self.typical_erratic is not None:
            sentences.append(f"Differences typically scatter by {self.typical_erratic:.2f} apart from steady severity.")
        return " ".join([*sentences, *noted(self.note, target, rater)])


def paired_agreement(ratings: pd.DataFrame | Ratings, step: float = 1.0, confidence: float = 0.95) -> PairedAgreement:
    """Each rater's agreement with fellow raters of the same unit, with jackknife intervals over targets.

    ``step`` is the distance of neighbouring levels. Raters who scored different items of the same targets are
    compared by `mean_over_items(ratings, require_same_items=False)`. Raises RatingsError for what cannot be used.
    """
    require_confidence(confidence)
    if not (step > 0 and np.isfinite(step)):
        raise BadOption("The step between levels is a number above 0.")
    known = read_ratings(ratings)
    pairs, centre = paired_ratings(known), float(known.score.mean())
    apart = np.abs(pairs.own - pairs.theirs)
    parts, rater = by_target(
        pairs, np.stack([np.ones(len(apart)), apart <= step * 1e-9, apart <= step * (1 + 1e-9), apart], axis=1)
    )
    counted = added_up(parts, rater, pairs.n_ratings)
    within = within_pairs_of_raters(pairs, pairs.own - centre, pairs.theirs - centre)

    def share(column: int, bounds: tuple[float, float]) -> list[Estimate]:
        return estimates(
            counted,
            lambda s: quotient(s[..., column], s[..., PAIRED]),
            undefined="nothing is shared",
            confidence=confidence,
            bounds=bounds,
        )

    correlation = estimates(
        within,
        _correlation,
        undefined="the scores of one side do not differ",
        confidence=confidence,
        scale="fisher",
    )
    erratic = estimates(
        within,
        _scatter,
        undefined="no fellow rater shares two ratings",
        confidence=confidence,
        scale="log",
    )
    rows = zip(
        known.raters, share(SAME, (0, 1)), share(NEAR, (0, 1)), share(DISTANCE, (0, np.inf)), correlation, erratic,
        strict=True,
    )  # fmt: skip
    scatters = [each.estimate for each in erratic if each.estimate is not None]
    return PairedAgreement(
        tuple(RaterAgreement(*row) for row in rows),
        float(step),
        float(np.median(scatters)) if scatters else None,
        pairs.note,
    )


def _correlation(sums: Floats) -> Floats:
    return np.clip(quotient(sums[..., SXY], np.sqrt(sums[..., SXX] * sums[..., SYY])), -1.0, 1.0)


def _scatter(sums: Floats) -> Floats:
    """Standard deviation of own - theirs, whose squares about the mean are SXX + SYY - 2 SXY."""
    squares = sums[..., SXX] + sums[..., SYY]
    of_difference = squares - 2 * sums[..., SXY]
    return np.sqrt(quotient(np.where(of_difference <= 1e-10 * squares, 0.0, of_difference), sums[..., DF]))
