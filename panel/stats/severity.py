"""How raters differ in level and spread: the offset from their fellow raters, the levels they use, their spread.

Severity is positive for harsh: a severe rater scores lower than the other raters of the same targets.
The offset is paired, so it needs no model; it is relative to whoever the fellow raters were. Level distribution and
spread are not paired: they also depend on which targets a rater happened to see.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd
from scipy import stats

from panel.stats.errors import BadOption, ScoreOffScale
from panel.stats.ratings import Codes, Floats, Label, Ratings, read_ratings
from panel.stats.wording import count

FEWEST_TARGETS = 2


@dataclass(frozen=True)
class RaterOffset:
    """One rater's severity in units of the scale: mean over shared targets of (the others' mean - own score).

    ``n_targets`` shared targets and ``n_ratings`` own ratings on them stand behind it. ``estimate`` is None exactly
    when ``not_estimable`` gives the reason; ``note`` says why the interval alone is missing.
    """

    rater: Label
    estimate: float | None
    se: float | None
    low: float | None
    high: float | None
    confidence: float
    n_targets: int
    n_ratings: int
    not_estimable: str | None = None
    note: str | None = None

    def summary(self, *, target: str = "target", rater: str = "rater") -> str:
        if self.estimate is None:
            return f"The severity of {rater} {self.rater} is {self.not_estimable}."
        size, way = abs(self.estimate), "lower" if self.estimate > 0 else "higher"
        text = f"{rater.capitalize()} {self.rater} scores {size:.2f} {way} than fellow {rater}s"
        if self.low is None or self.high is None:
            return f"{text} on {count(self.n_targets, target)}. {self.note}"
        verdict = "; the interval includes no difference" if self.low <= 0 <= self.high else ""
        return (
            f"{text} (severity {self.estimate:+.2f}, {self.confidence * 100:.4g} % interval "
            f"{self.low:+.2f} to {self.high:+.2f}, {count(self.n_targets, target)}{verdict})."
        )


@dataclass(frozen=True)
class RaterOffsets:
    """The offset of every rater, in the order of their labels."""

    offsets: tuple[RaterOffset, ...]
    confidence: float

    def of(self, rater: Label) -> RaterOffset:
        """Raises KeyError for a rater without ratings."""
        return {offset.rater: offset for offset in self.offsets}[rater]

    def to_frame(self) -> pd.DataFrame:
        return pd.DataFrame([asdict(offset) for offset in self.offsets])

    def summary(self, *, target: str = "target", rater: str = "rater") -> str:
        return " ".join(offset.summary(target=target, rater=rater) for offset in self.offsets)


def offset_on_shared_targets(
    ratings: pd.DataFrame | Ratings, confidence: float = 0.95, by_item: bool = True
) -> RaterOffsets:
    """Each rater's severity against the other raters of the same targets, with a t interval over targets.

    Compared are cells (one item of one target) that at least one other rater scored too; differences are averaged
    within a target first, because targets are the independent units. With ``by_item=False`` means over each rater's
    items are compared, which serves raters who asked different items of the same targets.
    """
    if not 0 < confidence < 1:
        raise BadOption("The confidence lies between 0 and 1.")
    known = read_ratings(ratings)
    target, rater, difference, n_own = _differences(known, by_item)
    # one mean difference per (rater, target), then mean and spread over targets
    pair, place, n_cells = np.unique(rater * known.n_targets + target, return_inverse=True, return_counts=True)
    d = np.bincount(place, weights=difference, minlength=len(pair)) / n_cells
    by_rater = _split(d, pair // known.n_targets, known.n_raters)
    n_ratings = np.bincount(rater, weights=n_own, minlength=known.n_raters)
    return RaterOffsets(
        tuple(
            _offset(label, by_rater[code], int(n_ratings[code]), confidence) for code, label in enumerate(known.raters)
        ),
        confidence,
    )


def _split(values: Floats, rater: Codes, n_raters: int) -> list[Floats]:
    """The values of each rater, in the order of the raters' codes."""
    ends = np.cumsum(np.bincount(rater, minlength=n_raters))[:-1]
    return np.split(values[np.argsort(rater, kind="stable")], ends)


def _differences(known: Ratings, by_item: bool) -> tuple[Codes, Codes, Floats, Floats]:
    """(target, rater, others' mean - own score, own ratings used) for every cell with another rater in it."""
    cell = known.unit if by_item else known.target
    own, place, n_own = np.unique(cell * known.n_raters + known.rater, return_inverse=True, return_counts=True)
    score = np.bincount(place, weights=known.score) / n_own
    _, shared, n_raters = np.unique(own // known.n_raters, return_inverse=True, return_counts=True)
    total = np.bincount(shared, weights=score)[shared]
    others = n_raters[shared] - 1
    kept = others > 0
    others_mean = (total[kept] - score[kept]) / others[kept]
    cells = own // known.n_raters
    target = cells // known.n_items if by_item else cells
    return target[kept], (own % known.n_raters)[kept], others_mean - score[kept], n_own[kept].astype(np.float64)


def _offset(label: Label, d: Floats, n_ratings: int, confidence: float) -> RaterOffset:
    n = len(d)
    if n < FEWEST_TARGETS:
        reason = f"not estimable because it takes {FEWEST_TARGETS} targets shared with other raters, and there are {n}"
        return RaterOffset(label, None, None, None, None, confidence, n, n_ratings, not_estimable=reason)
    estimate, deviation = float(d.mean()), float(d.std(ddof=1))
    if deviation <= 1e-9:
        note = "There is no interval because the difference is the same on every shared target."
        return RaterOffset(label, estimate, None, None, None, confidence, n, n_ratings, note=note)
    se = deviation / float(np.sqrt(n))
    reach = float(stats.t.ppf((1 + confidence) / 2, n - 1)) * se
    return RaterOffset(label, estimate, se, estimate - reach, estimate + reach, confidence, n, n_ratings)


@dataclass(frozen=True)
class LevelDistribution:
    """How often each rater gave each level: ``counts[r][l]`` for ``raters[r]`` and ``levels[l]``."""

    raters: tuple[Label, ...]
    levels: tuple[float, ...]
    counts: tuple[tuple[int, ...], ...]

    def to_frame(self) -> pd.DataFrame:
        """Raters in rows, levels in columns."""
        return pd.DataFrame(
            list(self.counts), index=pd.Index(self.raters, name="rater"), columns=pd.Index(self.levels, name="level")
        )

    def summary(self, *, rater: str = "rater") -> str:
        unused = [level for n, level in enumerate(self.levels) if not any(row[n] for row in self.counts)]
        text = f"{count(len(self.raters), rater)} used {len(self.levels) - len(unused)} of {len(self.levels)} levels"
        return f"{text}; nobody used {', '.join(f'{level:g}' for level in unused)}." if unused else f"{text}."


def level_distribution(ratings: pd.DataFrame | Ratings, levels: Sequence[float]) -> LevelDistribution:
    """Counts of ``levels`` (all levels of the scale, used or not) by rater. Raises ScoreOffScale for other scores."""
    known, scale = read_ratings(ratings), _scale(levels)
    place = np.minimum(np.searchsorted(scale, known.score), len(scale) - 1)
    off = known.score[scale[place] != known.score]
    if len(off):
        raise ScoreOffScale(f"The score {off[0]:g} is not one of the levels {', '.join(f'{x:g}' for x in scale)}.")
    table = np.bincount(known.rater * len(scale) + place, minlength=known.n_raters * len(scale))
    rows = table.reshape(known.n_raters, len(scale)).tolist()
    return LevelDistribution(known.raters, tuple(scale.tolist()), tuple(tuple(row) for row in rows))


def _scale(levels: Sequence[float]) -> Floats:
    scale = np.unique(np.asarray(levels, dtype=np.float64))
    if len(scale) < 2 or not np.isfinite(scale).all():
        raise BadOption("A scale has at least two levels, all of them numbers.")
    return scale


@dataclass(frozen=True)
class RaterSpread:
    """One rater's use of the scale. ``standard_deviation`` (n - 1) is None for a single rating.

    ``range_used`` is (highest - lowest) as a share of the scale's width; ``extremes`` is the share of ratings on its
    lowest or highest level.
    """

    rater: Label
    n_ratings: int
    mean: float
    standard_deviation: float | None
    lowest: float
    highest: float
    n_levels_used: int
    range_used: float
    extremes: float


@dataclass(frozen=True)
class RaterSpreads:
    """The spread of every rater, in the order of their labels; ``typical`` is the median standard deviation."""

    spreads: tuple[RaterSpread, ...]
    typical: float | None

    def of(self, rater: Label) -> RaterSpread:
        """Raises KeyError for a rater without ratings."""
        return {spread.rater: spread for spread in self.spreads}[rater]

    def to_frame(self) -> pd.DataFrame:
        return pd.DataFrame([asdict(spread) for spread in self.spreads])

    def summary(self, *, rater: str = "rater") -> str:
        if self.typical is None:
            return f"Spread is not estimable because no {rater} gave two ratings."
        return f"The median standard deviation of {count(len(self.spreads), rater)} is {self.typical:.2f}."


def spread(ratings: pd.DataFrame | Ratings, levels: Sequence[float] | None = None) -> RaterSpreads:
    """Mean, standard deviation and range use of each rater.

    ``levels`` are the levels of the scale; without them its ends are the lowest and highest score of all raters.
    """
    known = read_ratings(ratings)
    if levels is not None:
        level_distribution(known, levels)
    scale = _scale(levels) if levels is not None else np.unique(known.score)
    bottom, top = float(scale[0]), float(scale[-1])
    by_rater = _split(known.score, known.rater, known.n_raters)
    spreads = tuple(_spread(label, by_rater[code], bottom, top) for code, label in enumerate(known.raters))
    deviations = [s.standard_deviation for s in spreads if s.standard_deviation is not None]
    return RaterSpreads(spreads, float(np.median(deviations)) if deviations else None)


def _spread(label: Label, scores: Floats, bottom: float, top: float) -> RaterSpread:
    lowest, highest = float(scores.min()), float(scores.max())
    return RaterSpread(
        rater=label,
        n_ratings=len(scores),
        mean=float(scores.mean()),
        standard_deviation=float(scores.std(ddof=1)) if len(scores) > 1 else None,
        lowest=lowest,
        highest=highest,
        n_levels_used=len(np.unique(scores)),
        range_used=(highest - lowest) / (top - bottom) if top > bottom else 0.0,
        extremes=float(((scores == bottom) | (scores == top)).mean()),
    )
