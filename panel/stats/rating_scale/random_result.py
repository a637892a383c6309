"""From the Laplace approximation to measures, their standard errors, fit, and fair averages."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from panel.stats.rating_scale.fit_statistics import Residuals
from panel.stats.rating_scale.joint_result import labels, number, observed_averages, thresholds
from panel.stats.rating_scale.laplace import Laplace
from panel.stats.rating_scale.levels import FACETS, SIGN, Facet, Usable
from panel.stats.rating_scale.posterior import Posterior, posterior
from panel.stats.rating_scale.probabilities import response
from panel.stats.rating_scale.results import FacetVariances, Measure, RatingScaleFit
from panel.stats.ratings import Codes, Floats

NODES = 15
"""Points of the Gauss-Hermite rule over the halo."""


@dataclass(frozen=True)
class Roles:
    """Which facet is the carrier of `equations`, which others have effects, and which forms pairs with the carrier."""

    carrier: Facet
    others: tuple[Facet, ...]
    second: Facet | None


@dataclass(frozen=True, eq=False)
class _Estimates:
    """Effects of one facet (n,), their variances, and their covariances with the thresholds (n, K)."""

    effect: Floats
    variance: Floats
    with_thresholds: Floats


def random_result(data: Usable, roles: Roles, top: Laplace, empty: RatingScaleFit) -> RatingScaleFit:
    """Everything that follows from the fitted variances. Errors count in that the thresholds are estimated too."""
    layout = top.layout
    f = top.mode.dense[: layout.k]
    given = posterior(top.equations, top.equations.with_free_thresholds().dense_covariance())
    cov_f = given.dense[: layout.k, : layout.k]
    estimates = _estimates(data, roles, top, given)
    centring = np.eye(layout.k) - 1 / layout.k
    step_errors = np.sqrt(np.maximum(np.diag(centring @ cov_f @ centring), 0.0))
    residuals = Residuals(layout.category, top.found, used_up=top.found.variance * given.predictor)
    scale = _Scale(data.levels, f, cov_f, float(np.sqrt(top.variances.halo)))
    tables = {
        facet: _table(data, facet, estimates[facet], scale, residuals, data.code(facet)[layout.order])
        for facet in FACETS
    }
    return replace(
        empty,
        targets=tables["target"],
        raters=tables["rater"],
        items=tables["item"],
        thresholds=thresholds(data.levels, f - f.mean(), step_errors if layout.k > 1 else None),
        log_likelihood=top.log_likelihood,
        variances=_variances(roles, top),
        notes=(*empty.notes, *_pinned(roles, top)),
    )


def _estimates(data: Usable, roles: Roles, top: Laplace, given: Posterior) -> dict[Facet, _Estimates]:
    k, own, mean = top.layout.k, np.diag(given.dense), top.mean
    found = {
        facet: _Estimates(np.zeros(data.size(facet)), np.zeros(data.size(facet)), np.zeros((data.size(facet), k)))
        for facet in FACETS
    }
    found[roles.carrier] = _Estimates(mean.carrier, given.carrier, given.carrier_thresholds)
    for facet, block in zip(roles.others, top.layout.blocks, strict=True):
        found[facet] = _Estimates(mean.dense[block], own[block], given.dense[block, :k])
    return found


def _variances(roles: Roles, top: Laplace) -> FacetVariances:
    found = dict(zip((roles.carrier, *roles.others), (top.variances.carrier, *top.variances.others), strict=True))
    return FacetVariances(
        found.get("target"), found.get("rater"), found.get("item"), top.variances.halo if roles.second else None
    )


def _pinned(roles: Roles, top: Laplace) -> list[str]:
    found = dict(zip((roles.carrier, *roles.others), (top.variances.carrier, *top.variances.others), strict=True))
    notes = [
        f"The variance of {facet}s is 0: they differ no more than by chance, and standard errors are not given."
        for facet, variance in found.items()
        if variance == 0
    ]
    if roles.second and top.variances.halo == 0:
        notes.append(
            "The variance of the halo is 0: ratings of one target by one rater move together no more than by chance."
        )
    return notes


@dataclass(frozen=True, eq=False)
class _Scale:
    """From logits back to scores, averaged over the halo; ``cov_f`` (K, K) is the covariance of the thresholds."""

    levels: Floats
    thresholds: Floats
    cov_f: Floats
    halo_sd: float

    def scores(self, eta: Floats, variance: Floats, with_thresholds: Floats) -> tuple[Floats, Floats]:
        """Expected scores (n,) at ``eta``, and their standard errors by the delta method."""
        nodes, weights = np.polynomial.hermite_e.hermegauss(NODES)
        score, by_eta = np.zeros(len(eta)), np.zeros(len(eta))
        by_f = np.zeros((len(eta), len(self.thresholds)))
        passed = np.tril(np.ones((len(self.levels), len(self.thresholds))), -1)
        for node, weight in zip(nodes, weights / weights.sum(), strict=True):
            at = response(eta + self.halo_sd * node, self.thresholds)
            weighted = at.p * self.levels
            score += weight * weighted.sum(axis=1)
            by_eta += weight * (weighted * at.centred).sum(axis=1)
            by_f -= weight * (weighted @ passed - weighted.sum(axis=1)[:, None] * at.at_or_above)
        squared = (
            by_eta**2 * variance
            + 2 * by_eta * (by_f * with_thresholds).sum(axis=1)
            + np.einsum("nk,kl,nl->n", by_f, self.cov_f, by_f)
        )
        return score, np.sqrt(np.maximum(squared, 0.0))


def _table(
    data: Usable, facet: Facet, found: _Estimates, scale: _Scale, residuals: Residuals, code: Codes
) -> tuple[Measure, ...]:
    k = len(scale.thresholds)
    fit = residuals.by(code, data.size(facet))
    n, average = observed_averages(data, facet)
    fair, fair_error = scale.scores(found.effect, found.variance, found.with_thresholds)
    measure, variance = SIGN[facet] * found.effect + 0.0, found.variance  # + 0.0: no minus zero
    if facet == "target":
        # thresholds are centred in the result, and what they lose is the mean of the targets
        measure = measure - scale.thresholds.mean()
        variance = variance - 2 * found.with_thresholds.mean(axis=1) + scale.cov_f.sum() / k**2
    errors = np.where(found.variance > 0, np.sqrt(np.maximum(variance, 0.0)), np.nan)
    names = labels(data, facet)
    return tuple(
        Measure(
            label=names[e],
            measure=float(measure[e]),
            se=number(errors[e]),
            infit=number(fit.infit[e]),
            infit_z=number(fit.infit_z[e]),
            outfit=number(fit.outfit[e]),
            outfit_z=number(fit.outfit_z[e]),
            n_ratings=int(n[e]),
            observed_average=float(average[e]),
            fair_average=float(fair[e]),
            fair_average_se=float(fair_error[e]),
        )
        for e in range(data.size(facet))
    )
