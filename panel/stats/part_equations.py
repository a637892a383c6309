"""The mixed-model equations of fair averages by part, solved for some targets and parts without effects of the others.

    y = mean + target + target:part + rater + item + target:rater + target:item + residual

Ratings of different targets share only the mean, raters and items. So with D the covariance of one target's ratings
apart from those, G their design, and c the covariance of its ratings with target + target:part,

    g = S^-1 sum of G'D^-1 y,         S = sum of G'D^-1 G + diag(0, 1 / v_f)       (mean, raters, items)
    fair average = mean + c'D^-1 (y - G g)
    covariance   = prior - c'D^-1 c   (within a target)   + L S^-1 L',   L = (1, 0) - c'D^-1 G

which is k'b and v_e k'M^-1 k of Henderson's equations M b = W'y: a small system for each target, and one for what all
share. Henderson (1973), J Anim Sci 1973:10-41; Searle, Casella & McCulloch (1992), Variance Components, ch. 7.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import linalg

from panel.stats.mixed_model.result import RESIDUAL
from panel.stats.mixed_model.terms import Term
from panel.stats.ratings import Codes, Floats, Ratings

PART = "target:part"


def solved(
    known: Ratings,
    part: Codes,
    terms: Sequence[Term],
    variances: Mapping[str, float],
    y: Floats,
    keys: Sequence[tuple[int, int]],
) -> tuple[Floats, Floats, float]:
    """The fair average of each key with their covariance, and the mean, all relative to the centre of ``y``."""
    nested = [term for term in terms if term.name.startswith("target") and variances.get(term.name)]
    shared = _Shared([term for term in terms if not term.name.startswith("target") and variances.get(term.name)])
    parts_of: dict[int, list[int]] = {}
    for target, one in keys:
        parts_of.setdefault(target, []).append(one)
    system, right = shared.prior(variances), np.zeros(shared.size)
    own: dict[int, _Own] = {}
    order = np.argsort(known.target, kind="stable")
    for rows in np.split(order, np.cumsum(np.bincount(known.target))[:-1]):
        target = int(known.target[rows[0]])
        design = shared.design(rows)
        covariance = variances[RESIDUAL] * np.eye(len(rows))
        for term in nested:
            covariance += variances[term.name] * (term.level[rows][:, None] == term.level[rows])
        factor = linalg.cho_factor(covariance, lower=True, check_finite=False)
        weighted = linalg.cho_solve(factor, design, check_finite=False)
        system += design.T @ weighted
        right += weighted.T @ y[rows]
        if target in parts_of:
            wanted = np.array(parts_of[target])
            link = _prior(variances, part[rows], wanted)
            pulled = linalg.cho_solve(factor, link, check_finite=False)
            own[target] = _Own(
                pulled.T @ y[rows], pulled.T @ design, _prior(variances, wanted, wanted) - link.T @ pulled
            )
    return _together(own, system, right)


@dataclass(frozen=True, eq=False)
class _Own:
    """Of one target's wanted parts (p): c'D^-1 y (p,), c'D^-1 G (p, g), and prior - c'D^-1 c (p, p)."""

    pull: Floats
    reach: Floats
    left: Floats


class _Shared:
    """The mean, raters and items, which all targets share: where each stands among the ``size`` columns of G."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self.terms = terms
        self.starts = np.cumsum([1, *(term.n_levels for term in terms)])
        self.size = int(self.starts[-1])

    def prior(self, variances: Mapping[str, float]) -> Floats:
        ones = [np.zeros(1), *(np.full(term.n_levels, 1 / variances[term.name]) for term in self.terms)]
        return np.diag(np.concatenate(ones))

    def design(self, rows: Codes) -> Floats:
        design = np.zeros((len(rows), self.size))
        design[:, 0] = 1.0
        for term, start in zip(self.terms, self.starts, strict=False):
            design[np.arange(len(rows)), start + term.level[rows]] = 1.0
        return design


def _prior(variances: Mapping[str, float], one: Codes, other: Codes) -> Floats:
    """The covariance of target + target:part between parts of one target, before any rating."""
    same = one[:, None] == other
    return np.asarray(variances.get("target", 0.0) + variances.get(PART, 0.0) * same)


def _together(own: Mapping[int, _Own], system: Floats, right: Floats) -> tuple[Floats, Floats, float]:
    """The estimates of all targets in ``own``, one after the other, their covariance, and the mean."""
    factor = linalg.cho_factor(system, lower=True, check_finite=False)
    shared = linalg.cho_solve(factor, right, check_finite=False)
    reach = np.vstack([np.zeros((0, len(right))), *(each.reach for each in own.values())])
    open_ = -reach
    open_[:, 0] += 1.0
    pull = np.concatenate([np.empty(0), *(each.pull for each in own.values())])
    covariance = linalg.block_diag(*(each.left for each in own.values())) if own else np.empty((0, 0))
    covariance = covariance + open_ @ linalg.cho_solve(factor, open_.T, check_finite=False)
    return shared[0] + pull - reach @ shared, (covariance + covariance.T) / 2, float(shared[0])
