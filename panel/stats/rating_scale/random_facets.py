"""The rating scale model with random facets and halo, the honest version: effects are draws around a mean.

    log(P_k / P_{k-1}) = B_target - C_rater - D_item + H_target,rater - F_k,
    B ~ N(mean, s2),  C, D, H ~ N(0, s2 each),  thresholds F fixed.

Variances and thresholds are those of the highest Laplace-approximated likelihood; measures are means given the ratings.
Linacre's model of 1989 with the random effects of a generalized linear mixed model; Tuerlinckx et al. (2006), BJMSP
59:225-255, for the approximation and how it fares.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from panel.stats.progress import Report, silent
from panel.stats.rating_scale.design import missing_rank, why_disconnected, why_too_large
from panel.stats.rating_scale.equations import Layout
from panel.stats.rating_scale.levels import Facet, Usable, usable
from panel.stats.rating_scale.newton import NoMaximum
from panel.stats.rating_scale.random_result import Roles, random_result
from panel.stats.rating_scale.results import RatingScaleFit
from panel.stats.rating_scale.variances import fit_variances
from panel.stats.ratings import Ratings, read_ratings

USUAL_EXPANSIONS = 20

UNBOUNDED = (
    "not estimable because a variance grows without bound: the ratings of some targets, raters or items are all lower "
    "or all higher than those of others"
)


def random_facets(
    ratings: pd.DataFrame | Ratings,
    scale: tuple[float, float] | None = None,
    halo: bool = True,
    report: Report = silent,
) -> RatingScaleFit:
    """Measures with honest standard errors, all shrunken towards their mean by how little is known of them.

    ``scale`` is (lowest, highest) level, or the observed range. The halo is left out, and a note says so, where the
    design cannot tell it from something else. Time grows with pairs of target and rater x elements of the smaller
    facets. Raises RatingsError.
    """
    known = read_ratings(ratings)
    data = usable(known, scale, keep_extremes=True)
    empty = RatingScaleFit("random facets", known.n_targets, known.n_raters, known.n_items, known.n_ratings)
    no_halo = _why_no_halo(known) if halo else None
    roles = _roles(data, halo and no_halo is None)
    reason = _why_not(data, roles)
    if reason:
        return replace(empty, not_estimable=reason)
    layout = Layout(
        data.category,
        data.code(roles.carrier),
        [data.code(facet) for facet in roles.others],
        [data.size(facet) for facet in roles.others],
        len(data.levels),
        data.code(roles.second) if roles.second else None,
    )
    has = np.array([True] * (1 + len(roles.others)) + [layout.has_halo])
    try:
        top = fit_variances(layout, has, _ticker(report))
    except NoMaximum:
        return replace(empty, not_estimable=UNBOUNDED)
    notes = [*data.notes, *filter(None, (no_halo, _weak_design(data)))]
    return random_result(data, roles, top, replace(empty, notes=tuple(notes)))


def _ticker(report: Report) -> Callable[[], None]:
    done = 0

    def tick() -> None:
        nonlocal done
        report("Fitting the rating scale model with random facets", min(done / USUAL_EXPANSIONS, 0.95))
        done += 1

    return tick


def _why_no_halo(known: Ratings) -> str | None:
    """The halo needs pairs with several ratings, and targets and raters in several pairs."""
    n_pairs = len(np.unique(known.target * known.n_raters + known.rater))
    if n_pairs == known.n_ratings:
        return (
            "Halo is not estimated because no rater scored two items of the same target; where there is one, standard "
            "errors are too small."
        )
    if n_pairs == known.n_targets:
        return "Halo is not estimated because no target was scored by two raters."
    if n_pairs == known.n_raters:
        return "Halo is not estimated because no rater scored two targets."
    return None


def _roles(data: Usable, halo: bool) -> Roles:
    """Who is eliminated: the largest facet, or with a halo the larger one of targets and raters."""
    by_size = sorted(data.facets, key=data.size, reverse=True)
    if not by_size:
        return Roles("target", (), None)
    if halo:
        carrier: Facet = "target" if data.size("target") >= data.size("rater") else "rater"
        second: Facet | None = "rater" if carrier == "target" else "target"
    else:
        carrier, second = by_size[0], None
    return Roles(carrier, tuple(facet for facet in by_size if facet != carrier), second)


def _why_not(data: Usable, roles: Roles) -> str | None:
    if len(data.levels) < 2:
        return "not estimable because every score is the same"
    if not data.facets:
        return "not estimable because there is only one target, one rater and one item"
    if (np.bincount(data.code(roles.carrier)) < 2).all():
        return f"not estimable because no {roles.carrier} has two ratings"
    return why_too_large(data, roles.others) or why_disconnected(data.ratings)


def _weak_design(data: Usable) -> str | None:
    missing = missing_rank(data, np.ones_like(data.kept))
    if not missing:
        return None
    return (
        f"The design leaves {missing} difference{'s' if missing > 1 else ''} between targets, raters and items open; "
        "how they are shared out rests on the assumption that raters and items were assigned at random."
    )
