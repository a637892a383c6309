"""Fair averages of targets on the parts that items measure, and of any weighted composite, with their covariance.

    score = mean + target + target:part + rater + item + target:rater (halo) + target:item + residual

All terms but the mean are random and independent; each item belongs to one part. ``target:item`` is what several
raters heard in one answer. The variances come from REML (`mixed_model`); `part_equations` then solves the mixed-model
equations for the wanted sums alone, with their joint covariance, so that the difference of any two composites has its
own standard error. What could be chance is taken as chance: where a target's strength on a part cannot be told from
one rater's impression or from one answer, ``target:part`` is left out, and the reason is given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from panel.stats.errors import BadOption, MissingColumns, MissingLabels
from panel.stats.fair_parts import FairParts
from panel.stats.mixed_model import reml
from panel.stats.mixed_model.equations import System
from panel.stats.mixed_model.model import TOLERANCE_OF_FIRST_STAGE, comparable_groups, fitted, restricted
from panel.stats.mixed_model.moments import first_guess
from panel.stats.mixed_model.reml import Restricted
from panel.stats.mixed_model.result import RESIDUAL, Component
from panel.stats.mixed_model.terms import Term, are_steady_offsets, usable_terms, why_not
from panel.stats.part_equations import PART, solved
from panel.stats.progress import Report, silent
from panel.stats.ratings import Codes, Floats, Label, Ratings, read_ratings
from panel.stats.wording import count

TERMS = ("target", "rater", "item", "target:rater", "target:item")
FEWEST_TARGETS = 8
"""Targets from which a variance between them is estimated at all."""
MOST_TOGETHER = 1_500
"""Effects that REML keeps in its dense matrix; where there are more, the variances come from a sample of targets."""


def fair_parts(
    ratings: pd.DataFrame, targets: Sequence[Label], *, fewest: int = FEWEST_TARGETS, report: Report = silent
) -> FairParts:
    """Fair averages of ``targets`` by part, from the long table of everybody (target, rater, item, part, score).

    Targets without a rating are passed over. ``report`` is told what is being done and may raise to stop it. Raises
    RatingsError for ratings that cannot be used, such as an item of two parts.
    """
    part, parts = _parts(ratings)
    known = read_ratings(ratings)
    report("Looking at who can be compared", None)
    nothing = _nothing(known)
    usable, left_out = usable_terms(known, TERMS)
    of_part = _part_term(known, part, len(parts))
    reason = why_not(of_part, usable, known.n_ratings)
    if reason:
        left_out[PART] = reason
    terms = usable if reason else (*usable, of_part)
    center = float(known.score.mean())
    y = known.score - center
    why = _why_nothing(known, terms, left_out, y, fewest)
    if why:
        return replace(nothing, left_out=left_out, not_estimable=f"not estimable because {why}")
    fit, fitted_targets = _variances(known, terms, y, report)
    why = _why_no_differences(fit, known)
    if why:
        return replace(nothing, left_out=left_out, not_estimable=f"not estimable because {why}")
    report("Solving for the chosen", None)
    keys = _keys(known, part, parts, targets)
    estimate, covariance, mean = solved(known, part, terms, fit.variances, y, keys)
    total, errors = sum(fit.variances.values()), fit.standard_errors()
    return replace(
        nothing,
        components=tuple(Component(name, v, errors.get(name), v / total) for name, v in fit.variances.items()),
        left_out=left_out,
        mean=center + mean,
        keys=tuple((known.targets[t], parts[p]) for t, p in keys),
        estimate=center + estimate,
        covariance=covariance,
        fitted_targets=fitted_targets,
        parts_differ=fit.variances.get(PART, 0.0) > 0,
    )


def _parts(ratings: pd.DataFrame) -> tuple[Codes, tuple[Label, ...]]:
    """The part of each rating that has a score (N,), as codes, and the parts."""
    absent = [name for name in ("item", "part", "score") if name not in ratings.columns]
    if absent:
        raise MissingColumns(f"The ratings lack the column(s) {', '.join(absent)}.")
    rows = ratings.loc[ratings["score"].notna(), ["item", "part"]]
    codes, distinct = pd.factorize(rows["part"], sort=True)
    if (codes < 0).any():
        raise MissingLabels("A rating has a score but no part.")
    several = rows.drop_duplicates().groupby("item", sort=True)["part"].size()
    if (several > 1).any():
        raise BadOption(f"Item {several[several > 1].index[0]} belongs to more than one part.")
    return np.asarray(codes, dtype=np.int64), tuple(distinct)


def _part_term(known: Ratings, part: Codes, n_parts: int) -> Term:
    pairs, level = np.unique(known.target * n_parts + part, return_inverse=True)
    return Term(PART, level, len(pairs))


def _nothing(known: Ratings) -> FairParts:
    group, _ = comparable_groups(known)
    return FairParts(
        components=(),
        left_out={},
        mean=None,
        keys=(),
        estimate=np.empty(0),
        covariance=np.empty((0, 0)),
        group=dict(zip(known.targets, (group + 1).tolist(), strict=True)),
        n_targets=known.n_targets,
        n_raters=known.n_raters,
        n_items=known.n_items,
        n_ratings=known.n_ratings,
        fitted_targets=0,
    )


def _why_nothing(
    known: Ratings, terms: Sequence[Term], left_out: Mapping[str, str], y: Floats, fewest: int
) -> str | None:
    if known.n_targets < fewest:
        are = "is" if known.n_targets == 1 else "are"
        return f"{count(known.n_targets, 'target')} {are} too few to tell how much targets differ; {fewest} are needed"
    if known.score.min() == known.score.max():
        return "every score is the same"
    if "target" in left_out:
        return left_out["target"]
    return "the terms leave no residual" if are_steady_offsets(terms, y) else None


def _why_no_differences(fit: Restricted, known: Ratings) -> str | None:
    if fit.variances[RESIDUAL] <= reml.NO_RESIDUAL * float(known.score.var()):
        return "the terms leave no residual"
    if not fit.variances["target"] and not fit.variances.get(PART):
        return "the targets differ by no more than chance would have them"
    return None


def _variances(known: Ratings, terms: Sequence[Term], y: Floats, report: Report) -> tuple[Restricted, int]:
    """REML on everybody, or on a sample of the targets where the dense matrix would be too large; and of how many."""
    system = System(terms, known.n_ratings)
    crossed = sum(term.n_levels for term in system.rest if term.name.startswith("target"))
    if system.m <= MOST_TOGETHER or not crossed:
        return fitted(system, known, y, report), known.n_targets
    room = max(MOST_TOGETHER - (system.m - crossed), MOST_TOGETHER // 2)
    n_chosen = max(int(known.n_targets * room / crossed), FEWEST_TARGETS)
    chosen = np.zeros(known.n_targets, dtype=bool)
    chosen[np.random.default_rng(1).permutation(known.n_targets)[:n_chosen]] = True
    used = chosen[known.target]
    some = tuple(restricted(term, used) for term in terms)
    n_used = int(used.sum())
    kept = [term for term in some if 1 < term.n_levels < n_used]
    part = y[used] - y[used].mean()
    report("Setting up the equations", None)
    guess = first_guess(kept, part, RESIDUAL)
    return reml.fit(System(kept, n_used), part, guess, tolerance=TOLERANCE_OF_FIRST_STAGE, report=report), n_chosen


def _keys(known: Ratings, part: Codes, parts: tuple[Label, ...], targets: Sequence[Label]) -> list[tuple[int, int]]:
    """The codes of each chosen target with each part it was scored on, in the order of both."""
    code = {label: number for number, label in enumerate(known.targets)}
    scored = np.unique(known.target * len(parts) + part)
    parts_of: dict[int, list[int]] = {}
    for pair in scored.tolist():
        parts_of.setdefault(pair // len(parts), []).append(pair % len(parts))
    chosen = sorted({code[target] for target in targets if target in code})
    return [(target, each) for target in chosen for each in parts_of[target]]
