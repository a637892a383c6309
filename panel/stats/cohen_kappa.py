"""Cohen's kappa of every pair of raters, without and with weights.

Cohen (1960), Educ Psychol Meas 20:37-46; Cohen (1968), Psychological Bulletin 70:213-220. Large-sample standard error:
Fleiss, Cohen & Everitt (1969), Psychological Bulletin 72:323-327. A unit is one item of one target.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Literal, get_args

import numpy as np
import pandas as pd
from scipy import sparse, stats

from panel.stats.errors import BadOption
from panel.stats.ratings import Codes, Floats, Label, Ratings, read_ratings
from panel.stats.scale import MOST_LEVELS, agreement_weights, distinct_scores
from panel.stats.wording import count, in_words, provisional, too_few

KappaWeights = Literal["unweighted", "linear", "quadratic"]

MOST_PAIRS = 1000
CROWDED = 0.05
"""From this share of filled cells on, counting shared units is faster with a dense matrix."""

NO_ROOM = 1e-12


@dataclass(frozen=True)
class PairKappa:
    """Kappa of two raters over the ``n_units`` that both scored, ``n_targets`` targets.

    ``estimate`` is None exactly when ``not_estimable`` gives the reason; ``note`` says why an interval is missing.
    """

    first: Label
    second: Label
    weights: KappaWeights
    n_units: int
    n_targets: int
    estimate: float | None = None
    se: float | None = None
    low: float | None = None
    high: float | None = None
    not_estimable: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class CohenKappas:
    """Kappas of the pairs of raters who share units, most shared units first, each pair with all three weights.

    ``n_pairs`` share units; ``note`` says when fewer are listed. Levels are the scores that a pair used, and distances
    those of the scores themselves, so that levels nobody used change nothing. ``kappas`` is empty exactly when
    ``not_estimable`` gives the reason.
    """

    kappas: tuple[PairKappa, ...]
    confidence: float
    n_pairs: int
    n_raters: int
    n_targets: int
    not_estimable: str | None = None
    note: str | None = None

    def of(self, first: Label, second: Label, weights: KappaWeights = "unweighted") -> PairKappa:
        """The kappa of a pair, in either order. Raises KeyError for a pair that is not listed."""
        pair = {first, second}
        for kappa in self.kappas:
            if kappa.weights == weights and {kappa.first, kappa.second} == pair:
                return kappa
        raise KeyError((first, second))

    def mean(self, weights: KappaWeights = "unweighted") -> float | None:
        """The mean of the pairs listed (Light 1971, Psychological Bulletin 76:365-377)."""
        known = [kappa.estimate for kappa in self._with(weights) if kappa.estimate is not None]
        return float(np.mean(known)) if known else None

    def _with(self, weights: KappaWeights) -> list[PairKappa]:
        return [kappa for kappa in self.kappas if kappa.weights == weights]

    def to_frame(self) -> pd.DataFrame:
        """One row per pair and weights; when there is no pair, one row with the reason."""
        if self.kappas:
            return pd.DataFrame([asdict(kappa) for kappa in self.kappas])
        return pd.DataFrame([{"estimate": None, "not_estimable": self.not_estimable}])

    def summary(self, weights: KappaWeights = "quadratic", *, target: str = "target", rater: str = "rater") -> str:
        if self.not_estimable:
            return f"Cohen's kappa is {self.not_estimable}."
        few = too_few(self.n_targets, target)
        if few:
            return few
        known = [kappa.estimate for kappa in self._with(weights) if kappa.estimate is not None]
        if not known:
            return f"Cohen's kappa ({weights}) is not estimable for any pair of {rater}s."
        text = (
            f"{provisional(self.n_targets)}Agreement of {count(len(known), 'pair')} of {rater}s, Cohen's kappa "
            f"({weights}): {np.median(known):.2f} for the middle pair, from {min(known):.2f} to {max(known):.2f}."
        )
        return f"{text} {in_words(self.note, target, rater)}" if self.note else text


def cohen_kappas(
    ratings: pd.DataFrame | Ratings, confidence: float = 0.95, most_pairs: int = MOST_PAIRS
) -> CohenKappas:
    """Kappas of the ``most_pairs`` pairs of raters that share most units. Raises RatingsError."""
    if not 0 < confidence < 1:
        raise BadOption("The confidence lies between 0 and 1.")
    if most_pairs < 1 or int(most_pairs) != most_pairs:
        raise BadOption("The number of pairs to list is a whole number, 1 or more.")
    known = read_ratings(ratings)
    first, second = _pairs_sharing_units(known)
    note = None
    if len(first) > most_pairs:
        note = f"{len(first)} pairs of raters share units; the {most_pairs} that share most are listed."
    kappas: list[PairKappa] = []
    seen_targets = np.zeros(known.n_targets, dtype=bool)
    for a, b, rows_a, rows_b in _shared_rows(known, first[:most_pairs], second[:most_pairs]):
        targets = known.target[rows_a]
        seen_targets[targets] = True
        kappas += _kappas_of_pair(
            (known.raters[a], known.raters[b]),
            known.score[rows_a],
            known.score[rows_b],
            n_targets=len(np.unique(targets)),
            confidence=confidence,
        )
    return CohenKappas(
        kappas=tuple(kappas),
        confidence=confidence,
        n_pairs=len(first),
        n_raters=known.n_raters,
        n_targets=int(seen_targets.sum()),
        not_estimable=None if kappas else _why_no_pairs(known),
        note=" ".join(filter(None, (known.note, note))) or None,
    )


def _why_no_pairs(known: Ratings) -> str:
    if known.n_raters < 2:
        return "not estimable because there is only one rater"
    return "not estimable because no unit (one item of one target) was scored by two raters"


def _pairs_sharing_units(known: Ratings) -> tuple[Codes, Codes]:
    """Codes of the raters of every pair that shares a unit, most shared units first, then in the order of raters."""
    units, unit = np.unique(known.unit, return_inverse=True)
    shape = (len(units), known.n_raters)
    scored = sparse.csr_array((np.ones(known.n_ratings, dtype=np.float32), (unit, known.rater)), shape=shape)
    if known.n_ratings > CROWDED * shape[0] * shape[1]:
        dense = scored.toarray()
        shared = sparse.coo_array(np.triu(dense.T @ dense, k=1))
    else:
        shared = sparse.coo_array(sparse.triu(scored.T @ scored, k=1))
    order = np.lexsort((shared.col, shared.row, -shared.data))
    return shared.row[order].astype(np.int64), shared.col[order].astype(np.int64)


def _shared_rows(known: Ratings, first: Codes, second: Codes) -> Iterator[tuple[int, int, Codes, Codes]]:
    """Each pair of raters with the rows of both for the units that both scored, unit by unit."""
    by_rater = np.lexsort((known.unit, known.rater))
    ends = np.cumsum(np.bincount(known.rater, minlength=known.n_raters))
    rows = np.split(by_rater, ends[:-1])
    for a, b in zip(first.tolist(), second.tolist(), strict=True):
        units_a, units_b = known.unit[rows[a]], known.unit[rows[b]]
        place = np.minimum(np.searchsorted(units_a, units_b), len(units_a) - 1)
        both = units_a[place] == units_b
        yield a, b, rows[a][place[both]], rows[b][both]


def _kappas_of_pair(
    raters: tuple[Label, Label], x: Floats, y: Floats, *, n_targets: int, confidence: float
) -> list[PairKappa]:
    n = len(x)
    values, code = distinct_scores(np.concatenate([x, y]))
    q = len(values)
    blanks = [PairKappa(*raters, weights, n, n_targets) for weights in get_args(KappaWeights)]
    reason = _why_no_kappa(n, q)
    if reason:
        return [replace(blank, not_estimable=reason) for blank in blanks]
    p = np.bincount(code[:n] * q + code[n:], minlength=q * q).reshape(q, q) / n
    return [_kappa(blank, p, agreement_weights(values, blank.weights), confidence) for blank in blanks]


def _why_no_kappa(n_units: int, n_values: int) -> str | None:
    if n_units < 2:
        return "not estimable because the two raters share a single unit"
    if n_values < 2:
        return "not estimable because both raters gave every unit the same score"
    if n_values > MOST_LEVELS:
        return f"not estimable because the scores take more than {MOST_LEVELS} values: round them to levels first"
    return None


def _kappa(blank: PairKappa, p: Floats, w: Floats, confidence: float) -> PairKappa:
    """kappa = (p_o - p_e) / (1 - p_e) of the table of shares p (q, q), and eq. 15 of Fleiss, Cohen & Everitt."""
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    p_o, p_e = float((w * p).sum()), float(rows @ w @ columns)
    kappa = (p_o - p_e) / (1 - p_e)
    filled = replace(blank, estimate=kappa)
    if np.trace(p) > 1 - NO_ROOM:
        return replace(filled, estimate=1.0, note="There is no interval because the two raters never differ.")
    if max(rows.max(), columns.max()) > 1 - NO_ROOM:
        note = "There is no interval because one of the two raters gave every unit the same score."
        return replace(filled, estimate=0.0, note=note)
    marginal = (w @ columns)[:, None] + rows @ w
    spread = (p * (w * (1 - p_e) - marginal * (1 - p_o)) ** 2).sum() - (p_o * p_e - 2 * p_e + p_o) ** 2
    if spread < NO_ROOM:
        note = "There is no interval because the few units shared do not show how kappa varies."
        return replace(filled, note=note)
    se = float(np.sqrt(spread / blank.n_units)) / (1 - p_e) ** 2
    z = float(stats.norm.ppf((1 + confidence) / 2))
    return replace(filled, se=se, low=kappa - z * se, high=min(1.0, kappa + z * se))
