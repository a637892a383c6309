"""How severe each rater is beside the average of all raters they are linked with, through chains of shared units.

Scores of one unit (an item of a target, or a target) differ only by who rated it, so the mean of a unit is taken out
and what is left is explained by raters alone: least squares with a fixed effect of every unit. That takes into account
how severe the fellow raters of each unit are, which the plain paired offset (`severity.offset_on_shared_targets`) does
not. Targets are the independent units, so standard errors are robust to whatever hangs together within one. Liang &
Zeger (1986), Biometrika 73:13-22; fixed effects and clusters: Cameron & Miller (2015), J. Human Resources 50:317-372.

In the words of graphs: raters are nodes, shared units are edges, and A is the graph's Laplacian,

    A s = b,   A = sum over units of (diag(x) - x x' / m),   b = sum of (unit mean - own score)

whose solution is determined up to a constant within every connected group; the group's mean is set to 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse, stats

from panel.stats.estimates import FEWEST_FOR_INTERVAL, Estimate, require_confidence
from panel.stats.ratings import Codes, Floats, Label, Ratings, distinct_partners, mean_over_items, read_ratings

NOTHING_SHARED = "not estimable because nothing is shared with other raters"


@dataclass(frozen=True)
class LinkedSeverity:
    """``severity`` in units of the scale, positive for harsh, beside the mean of the rater's group; intervals of t on
    the targets that the rater shares with others."""

    rater: Label
    severity: Estimate


@dataclass(frozen=True)
class LinkedSeverities:
    """The severity of every rater, in the order of their labels; ``groups`` of raters who are linked with each other
    and with nobody else, largest first. Severities of different groups do not compare."""

    raters: tuple[LinkedSeverity, ...]
    groups: tuple[tuple[Label, ...], ...]

    def of(self, rater: Label) -> LinkedSeverity:
        """Raises KeyError for a rater without ratings."""
        return {each.rater: each for each in self.raters}[rater]

    def to_frame(self) -> pd.DataFrame:
        group_of = {label: number for number, labels in enumerate(self.groups, start=1) for label in labels}
        rows = [
            {
                "rater": each.rater,
                "group": group_of[each.rater],
                "n_targets": each.severity.n_targets,
                "n_ratings": each.severity.n_ratings,
                **each.severity.columns("severity"),
            }
            for each in self.raters
        ]
        return pd.DataFrame(rows)

    def summary(self, *, target: str = "target", rater: str = "rater") -> str:
        return " ".join(
            f"{rater.capitalize()} {each.rater}: severity {each.severity.in_words('+.2f', target=target, rater=rater)}."
            for each in self.raters
        )


def linked_severity(
    ratings: pd.DataFrame | Ratings, confidence: float = 0.95, by_item: bool = True
) -> LinkedSeverities:
    """The severity of each rater beside all they are linked with.

    With ``by_item=False`` a rater's mean over items is compared within a target, which serves raters who asked
    different items: then a rater's harder items look like severity. Raises RatingsError for what cannot be used.
    """
    require_confidence(confidence)
    known = read_ratings(ratings)
    used = known if by_item else mean_over_items(known, require_same_items=False)
    unit, rater, target, score = _shared(used)
    met = sparse.coo_array((np.ones(len(unit)), (unit, rater)), shape=(_size(unit), used.n_raters)).tocsr()
    laplacian = _laplacian(met)
    n_groups, group = sparse.csgraph.connected_components(sparse.coo_array(laplacian != 0), directed=False)
    inverse = _pseudo_inverse(laplacian, group, n_groups)
    below = _mean_of_unit(score, unit)[unit] - score
    severity = inverse @ np.bincount(rater, weights=below, minlength=used.n_raters)
    residual = below - severity[rater] + _mean_of_unit(severity[rater], unit)[unit]
    error = _robust_error(inverse, residual, target, rater, used, group)
    n_ratings = np.bincount(rater, minlength=used.n_raters)
    n_targets = distinct_partners(rater, target, used.n_raters) if len(rater) else n_ratings
    found = [
        LinkedSeverity(label, _estimate(float(severity[code]), float(error[code]), confidence, int(n), int(m)))
        for code, (label, n, m) in enumerate(zip(used.raters, n_targets, n_ratings, strict=True))
    ]
    members = [tuple(used.raters[code] for code in np.flatnonzero(group == number)) for number in range(n_groups)]
    return LinkedSeverities(tuple(found), tuple(sorted(members, key=lambda each: -len(each))))


def _shared(known: Ratings) -> tuple[Codes, Codes, Codes, Floats]:
    """(unit, rater, target, score) of every score whose unit another rater scored too; units counted from 0."""
    _, unit, n_raters = np.unique(known.unit, return_inverse=True, return_counts=True)
    kept = n_raters[unit] > 1
    _, unit = np.unique(unit[kept], return_inverse=True)
    return unit, known.rater[kept], known.target[kept], known.score[kept]


def _size(codes: Codes) -> int:
    return int(codes.max()) + 1 if len(codes) else 0


def _mean_of_unit(values: Floats, unit: Codes) -> Floats:
    return np.bincount(unit, weights=values) / np.maximum(np.bincount(unit), 1)


def _laplacian(met: sparse.csr_array) -> Floats:
    """(R, R): sum over units of diag(x) - x x' / m."""
    m = np.asarray(met.sum(axis=1)).ravel()
    together = (met.T @ sparse.diags_array(1 / m) @ met).toarray() if len(m) else np.zeros((met.shape[1],) * 2)
    counts = np.asarray(met.sum(axis=0)).ravel()
    found: Floats = np.diag(counts) - together
    return np.where(np.abs(found) < 1e-12, 0.0, found)


def _pseudo_inverse(laplacian: Floats, group: Codes, n_groups: int) -> Floats:
    """Inverse within every connected group on what sums to 0: (A + J / n)^-1 - J / n, J of ones."""
    inverse = np.zeros_like(laplacian)
    for number in range(n_groups):
        members = np.flatnonzero(group == number)
        n = len(members)
        if n > 1:
            block = np.ix_(members, members)
            inverse[block] = np.linalg.inv(laplacian[block] + 1 / n) - 1 / n
    return inverse


def _robust_error(
    inverse: Floats, residual: Floats, target: Codes, rater: Codes, known: Ratings, group: Codes
) -> Floats:
    """(R,) standard errors: A^+ (sum over targets of g g') A^+, g (R,) being a target's sums of residuals by rater.

    Widened by T / (T - 1) * T / (T - p), T targets and p free severities of the group, since residuals are smaller than
    errors.
    """
    if not len(residual):
        return np.full(known.n_raters, np.nan)
    by_target = sparse.coo_array((residual, (target, rater)), shape=(known.n_targets, known.n_raters)).tocsr()
    middle = (by_target.T @ by_target).toarray()
    variance = ((inverse @ middle) * inverse).sum(axis=1)
    n_raters = np.bincount(group)
    n_targets = np.bincount(group[rater[np.unique(target, return_index=True)[1]]], minlength=len(n_raters))
    t, p = n_targets[group].astype(np.float64), n_raters[group] - 1.0
    with np.errstate(divide="ignore", invalid="ignore"):
        widened = np.where((t > 1) & (t > p), t / (t - 1) * t / (t - p), np.nan)
    error: Floats = np.sqrt(np.maximum(variance, 0.0) * widened)  # rounding can leave a nought below 0
    return error


def _estimate(severity: float, error: float, confidence: float, n_targets: int, n_ratings: int) -> Estimate:
    if not n_targets:
        return Estimate(None, None, None, confidence, 0, 0, NOTHING_SHARED)
    if n_targets < FEWEST_FOR_INTERVAL:
        note = f"There is no interval on fewer than {FEWEST_FOR_INTERVAL} targets."
        return Estimate(severity, None, None, confidence, n_targets, n_ratings, note=note)
    if not error > 1e-9:
        note = "There is no interval because no target changes the number."
        if np.isnan(error):
            note = "There is no interval because there are hardly more targets than raters."
        return Estimate(severity, None, None, confidence, n_targets, n_ratings, note=note)
    reach = float(stats.t.ppf((1 + confidence) / 2, n_targets - 1)) * error
    return Estimate(severity, severity - reach, severity + reach, confidence, n_targets, n_ratings)
