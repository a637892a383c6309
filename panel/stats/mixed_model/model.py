"""From a long table of ratings to a fitted crossed mixed model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np
import pandas as pd

from panel.stats.connectivity import connected_subsets
from panel.stats.estimability import estimability
from panel.stats.mixed_model import reml
from panel.stats.mixed_model.equations import MEAN, System
from panel.stats.mixed_model.moments import first_guess
from panel.stats.mixed_model.reml import Restricted
from panel.stats.mixed_model.result import RESIDUAL, Component, FairAverage, ItemDifficulty, MixedModel, RaterSeverity
from panel.stats.mixed_model.terms import DEFAULT_TERMS, Term, are_steady_offsets, checked_terms, usable_terms
from panel.stats.progress import Report, silent
from panel.stats.ratings import Codes, Flags, Floats, Label, Ratings, distinct_partners, read_ratings

Row: TypeAlias = tuple[Label, float, float | None, int, int]

LARGE = 200_000
"""Ratings from which steps may end earlier, since the variances are known to fewer digits than they are computed to."""
TOLERANCE, TOLERANCE_OF_LARGE, TOLERANCE_OF_FIRST_STAGE = 1e-8, 1e-6, 1e-4
MOST_DENSE = 8_000
"""Most effects that stay in the dense matrix: its memory grows with their square, the time of a step with the cube."""
FIRST_STAGE = 0.1
"""Share of targets that the first of two stages fits."""


def crossed_mixed_model(
    ratings: pd.DataFrame | Ratings,
    terms: Sequence[str] = DEFAULT_TERMS,
    *,
    two_stage: bool = False,
    report: Report = silent,
) -> MixedModel:
    """Fit the crossed mixed model of a long table of ratings.

    ``terms`` are some of TERMS, "target" among them. ``two_stage`` takes the variances from a tenth of the targets and
    solves the equations once for everybody: half the time on very large data, standard errors still exact.
    ``report`` is told what is being done and may raise to stop it. Raises RatingsError for ratings or terms that
    cannot be used; what the ratings cannot tell is stated in the result.
    """
    names = checked_terms(terms)
    known = read_ratings(ratings)
    usable, left_out = usable_terms(known, names)
    nothing = _nothing(known, left_out)
    reason = _why_not(known, left_out)
    if reason:
        return replace(nothing, not_estimable=f"not estimable because {reason}")
    system = System(usable, known.n_ratings)
    if system.m > MOST_DENSE:
        reason = f"{system.m:,} effects would have to be solved for at once, and the most is {MOST_DENSE:,}"
        return replace(nothing, not_estimable=f"not estimable here because {reason}; leave out an interaction")
    center = float(known.score.mean())
    if known.n_ratings < LARGE and are_steady_offsets(usable, known.score - center):
        return replace(nothing, not_estimable="not estimable because the terms leave no residual")
    fit = _in_two_stages(system, known, known.score - center, report) if two_stage else None
    two_stage = fit is not None
    fit = fit or fitted(system, known, known.score - center, report)
    if fit.variances[RESIDUAL] <= reml.NO_RESIDUAL * float(known.score.var()):
        return replace(nothing, not_estimable="not estimable because the terms leave no residual")
    report("Fair averages and standard errors", None)
    return _result(nothing, known, system, fit, center=center, two_stage=two_stage)


def _why_not(known: Ratings, left_out: dict[str, str]) -> str | None:
    if known.score.min() == known.score.max():
        return "every score is the same"
    return left_out.get("target")


def fitted(system: System, known: Ratings, y: Floats, report: Report) -> Restricted:
    """REML of a system of usable terms; ``y`` (N,) are the centred scores."""
    report("Setting up the equations", None)
    guess = first_guess(tuple(system.terms.values()), y, RESIDUAL)
    tolerance = TOLERANCE_OF_LARGE if known.n_ratings >= LARGE else TOLERANCE
    return reml.fit(system, y, guess, tolerance=tolerance, report=report)


def _in_two_stages(system: System, known: Ratings, y: Floats, report: Report) -> Restricted | None:
    """The variances and their errors by REML on a tenth of the targets, the equations solved once for everybody.

    None where a tenth cannot stand for all: a term would have one level, or one for each rating, or no variance.
    """
    report("Choosing a tenth of the targets", None)
    chosen = np.random.default_rng(1).random(known.n_targets) < FIRST_STAGE
    used = chosen[known.target]
    terms = tuple(restricted(term, used) for term in system.terms.values())
    n_used = int(used.sum())
    if any(not 1 < term.n_levels < n_used for term in terms):
        return None
    part = y[used] - y[used].mean()
    guess = first_guess(tuple(system.terms.values()), y, RESIDUAL)
    first = reml.fit(System(terms, n_used), part, guess, tolerance=TOLERANCE_OF_FIRST_STAGE, report=report)
    if not all(first.variances.values()):
        return None
    report("Solving for everybody", None)
    second = reml.at(system, y, first.variances)
    return replace(second, information=first.information, of_effects=first.of_effects, converged=first.converged)


def restricted(term: Term, used: Flags) -> Term:
    """The term on some of the ratings, its levels numbered anew."""
    levels, level = np.unique(term.level[used], return_inverse=True)
    return Term(term.name, level, len(levels))


def _nothing(known: Ratings, left_out: dict[str, str]) -> MixedModel:
    return MixedModel(
        components=(),
        mean=None,
        mean_se=None,
        log_likelihood=None,
        raters=(),
        targets=(),
        items=(),
        left_out=left_out,
        n_targets=known.n_targets,
        n_raters=known.n_raters,
        n_items=known.n_items,
        n_ratings=known.n_ratings,
        n_groups=0,
    )


def _result(
    nothing: MixedModel, known: Ratings, system: System, fit: Restricted, *, center: float, two_stage: bool
) -> MixedModel:
    effects = _Effects(known, system, fit)
    group, n_groups = comparable_groups(known)
    mean = center + float(fit.effects[MEAN][0])
    return replace(
        nothing,
        components=_components(fit),
        mean=mean,
        mean_se=effects.mean_error,
        log_likelihood=fit.log_likelihood,
        raters=tuple(RaterSeverity(*row) for row in effects.rows("rater", known.raters, known.rater)),
        items=tuple(ItemDifficulty(*row) for row in effects.rows("item", known.items, known.item)),
        targets=_fair_averages(known, effects, mean, group),
        n_groups=n_groups,
        steps=fit.steps,
        notes=_notes(fit, two_stage),
    )


def _components(fit: Restricted) -> tuple[Component, ...]:
    errors, total = fit.standard_errors(), sum(fit.variances.values())
    return tuple(Component(name, v, errors.get(name), v / total) for name, v in fit.variances.items())


def _notes(fit: Restricted, two_stage: bool) -> tuple[str, ...]:
    notes = []
    if two_stage:
        notes.append("The variance components come from a tenth of the targets.")
    if not fit.converged:
        notes.append("The variance components had not settled when the steps ended; take them with care.")
    zero = [name for name, v in fit.variances.items() if v == 0]
    if zero:
        notes.append(f"The variance of {' and of '.join(zero)} is estimated as zero.")
    return tuple(notes)


class _Effects:
    """Effects of a term with the standard errors of their prediction."""

    def __init__(self, known: Ratings, system: System, fit: Restricted) -> None:
        self.known, self.system, self.fit = known, system, fit
        self.v_e = fit.variances[RESIDUAL]
        self.mean_error = float(np.sqrt(self.v_e * fit.factored.inverse[0, 0]))

    def of(self, name: str) -> Floats:
        return self.fit.effects[name]

    def errors(self, name: str, *, with_mean: bool = False) -> list[float] | list[None]:
        """Standard errors of the prediction of u, or of mean + u. A variance of zero leaves none: that the levels do
        not differ is then a statement about the model, not about any of them."""
        if not self.fit.variances[name]:
            return [None] * len(self.of(name))
        factored = self.fit.factored
        c = factored.diagonal(name)
        if with_mean:
            c = c + factored.inverse[0, 0] + 2 * factored.with_mean(name)
        errors: list[float] = np.sqrt(self.v_e * c).tolist()
        return errors

    def rows(self, name: str, labels: Sequence[Label], level: Codes) -> list[Row]:
        """(label, minus the effect, its error, ratings, targets) of every level; none when the term was not fitted."""
        if name not in self.system.terms:
            return []
        n_targets = distinct_partners(level, self.known.target, len(labels))
        against = (-self.of(name) + 0.0).tolist()
        n_ratings = np.bincount(level, minlength=len(labels))
        columns = (against, self.errors(name), n_ratings.tolist(), n_targets.tolist())
        return list(zip(labels, *columns, strict=True))


def _fair_averages(known: Ratings, effects: _Effects, mean: float, group: Codes) -> tuple[FairAverage, ...]:
    n = np.bincount(known.target)
    columns = (
        (np.bincount(known.target, known.score) / n).tolist(),
        (mean + effects.of("target")).tolist(),
        effects.errors("target", with_mean=True),
        n.tolist(),
        distinct_partners(known.target, known.rater, known.n_targets).tolist(),
        (group + 1).tolist(),
    )
    rows = zip(known.targets, *columns, strict=True)
    return tuple(FairAverage(*row) for row in rows)


def comparable_groups(known: Ratings) -> tuple[Codes, int]:
    """The group of comparable targets that each target belongs to (T,), and how many there are.

    Targets compare where the design determines their difference; where that is too large to find out, where they are
    linked through raters.
    """
    group = estimability(known).target
    if group is None:
        subsets = connected_subsets(known).subsets
        place = {label: number for number, each in enumerate(subsets) for label in each.targets}
        group = np.array([place[label] for label in known.targets])
    return group, int(group.max()) + 1
