"""Where a team's scores come from: the mixed model of each kind of sitting, and what more interviewers would add.

Telling what was good about an answer from everything else takes time that grows with the cube of the candidates. So
where there are many, a panel's shares of variance come from candidates drawn at random, the same ones every time; in
separate sittings, where there are very many, from a tenth of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from panel.actions.calibration_parts import RATED, Sitting, of_sittings, on_one_scale
from panel.actions.tidy_ratings import TidyRatings
from panel.stats.generalizability import Design, DStudy, d_study, typical_items
from panel.stats.mixed_model import DEFAULT_TERMS, MixedModel, crossed_mixed_model
from panel.stats.progress import Report, silent
from panel.stats.rating_design import rating_design
from panel.stats.ratings import Ratings, read_ratings

# In a panel several interviewers rate the same answer, so what is good or bad about the answer can be told apart.
TERMS: Mapping[Sitting, tuple[str, ...]] = {
    "panel": ("target", "rater", "item", "target:rater", "target:item"),
    "separate": DEFAULT_TERMS,
}
DESIGNS: Mapping[Sitting, Design] = {"panel": "same items", "separate": "own items"}
MOST_PAIRS = 1_000  # of a candidate and an interviewer, up to which a panel is fitted whole
VERY_MANY = 200_000  # ratings from which variances come from a tenth of the candidates
RATERS_STUDIED = range(1, 13)


@dataclass(frozen=True)
class Sources:
    """`model` has the shares of variance; of `drawn` candidates where it is not None. `study`: reliability by number of
    interviewers with `questions` each. `groups`: sizes of the groups within which the design can compare candidates,
    largest first; None where that could not be found out."""

    model: MixedModel
    drawn: int | None
    study: DStudy
    questions: int
    groups: tuple[int, ...] | None


def score_sources(tidy: TidyRatings, report: Report = silent) -> dict[Sitting, Sources]:
    used, _ = on_one_scale(tidy.rows)
    return {sitting: sources_of(sitting, rows[RATED], report) for sitting, rows in of_sittings(used)}


def sources_of(sitting: Sitting, rows: pd.DataFrame, report: Report = silent) -> Sources:
    report("Looking at who rated whom on what", None)
    known = read_ratings(rows)
    design = rating_design(known)
    part = _drawn(known) if sitting == "panel" else None
    two_stage = sitting == "separate" and known.n_ratings >= VERY_MANY
    model = crossed_mixed_model(part or known, TERMS[sitting], two_stage=two_stage, report=report)
    asked = typical_items(known)
    groups = design.comparable_targets
    return Sources(
        model=replace(model, targets=(), raters=(), items=()),
        drawn=part.n_targets if part else None,
        study=d_study(model, RATERS_STUDIED, (asked,), DESIGNS[sitting]),
        questions=asked,
        groups=None if groups is None else tuple(len(group) for group in groups),
    )


def _drawn(known: Ratings) -> Ratings | None:
    """The ratings of as many candidates, drawn at random, as are fitted in seconds; None where that is all of them."""
    pairs_of = np.bincount(np.unique(known.target * known.n_raters + known.rater) // known.n_raters)
    order = np.random.default_rng(1).permutation(known.n_targets)
    taken = order[np.cumsum(pairs_of[order]) <= MOST_PAIRS]
    if len(taken) == known.n_targets:
        return None
    chosen = np.zeros(known.n_targets, dtype=bool)
    chosen[taken] = True
    return _only(known, chosen[known.target])


def _only(known: Ratings, keep: np.ndarray) -> Ratings:  # type: ignore[type-arg]
    """Some of the ratings, with only the labels that they have."""

    def part(codes: np.ndarray, labels: tuple[object, ...]) -> tuple[np.ndarray, tuple[object, ...]]:  # type: ignore[type-arg]
        kept, code = np.unique(codes[keep], return_inverse=True)
        return code, tuple(labels[each] for each in kept.tolist())

    (target, targets), (rater, raters), (item, items) = (
        part(known.target, known.targets), part(known.rater, known.raters), part(known.item, known.items),
    )  # fmt: skip
    return Ratings(targets, raters, items, target, rater, item, known.score[keep], known.note)
