"""What is computed of a team's ratings, part by part; each part is a result that can be kept and shared.

Panel sittings and separate sittings are never mixed: interviewers who watched the same answer agree about that
answer, which says nothing of how two separate interviews agree about a candidate.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd
from scipy import sparse

from panel.actions.tidy_ratings import TidyRatings
from panel.stats.agreement import Alpha, PercentAgreement, krippendorff_alpha, percent_agreement
from panel.stats.drift import Drift, drift
from panel.stats.halo import Halo, halo
from panel.stats.icc import Icc, icc
from panel.stats.linked_severity import LinkedSeverities, linked_severity
from panel.stats.paired_agreement import PairedAgreement, paired_agreement
from panel.stats.progress import Report, silent
from panel.stats.rating_design import rating_design
from panel.stats.ratings import Ratings, distinct_partners, mean_over_items, read_ratings
from panel.stats.scale_use import ScaleUses, scale_use
from panel.stats.severity import (
    LevelDistribution,
    RaterOffsets,
    RaterSpreads,
    level_distribution,
    offset_on_shared_targets,
    spread,
)
from panel.stats.weak_links import WeakLink

Sitting = Literal["panel", "separate"]
SITTINGS: tuple[Sitting, ...] = get_args(Sitting)
RATED = ["target", "rater", "item", "score"]
MOST_WEAK_LINKS = 5


@dataclass(frozen=True)
class Basis:
    """What stands behind the figures. `names` are the interviewers' by id, in alphabetical order; `left_out` ratings
    are on a scale with another number of levels than most."""

    names: dict[str, str]
    rounds: dict[str, str]
    levels: int
    ratings: int
    candidates: int
    left_out: int
    sittings: tuple[Sitting, ...]


@dataclass(frozen=True)
class LevelUse:
    distribution: LevelDistribution
    spreads: RaterSpreads


@dataclass(frozen=True)
class Beside:
    """Each interviewer beside those who rated the same candidates, in one kind of sitting: `severity` beside all who
    are linked, `offsets` beside those they sat with.

    In panels on the same answers. In separate sittings on means over each one's own questions, so that what differs
    between questions counts as disagreement; levels and drift are not compared there.
    """

    severity: LinkedSeverities
    offsets: RaterOffsets
    agreement: PairedAgreement
    scale_use: ScaleUses | None
    halo: Halo
    drift: Drift | None


@dataclass(frozen=True)
class Agreement:
    """Of panels: on single answers over all panel sittings, and by panel round (its id) on each interviewer's mean of a
    candidate. Of separate sittings: on those means."""

    alpha: Alpha | None
    exact: PercentAgreement | None
    rounds: dict[str, Icc]
    separate: Icc | None


@dataclass(frozen=True)
class Links:
    """Who shares candidates with whom, over all sittings.

    `pairs` has first, second (places among `people`, first < second) and shared (candidates). `groups` are people who
    are linked with each other and nobody else, largest first. `weak`: by few candidates or one person; `names` has
    those of the candidates that weak links speak of.
    """

    people: tuple[str, ...]
    candidates_of: tuple[int, ...]
    pairs: pd.DataFrame
    groups: tuple[tuple[str, ...], ...]
    weak: tuple[WeakLink, ...]
    n_weak: int
    names: dict[str, str]


# ---- the ratings that are looked at -----------------------------------------------------------------------------


def on_one_scale(found: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """The ratings whose scale has as many levels as most, and that number of levels."""
    levels = int(np.bincount(found["levels"].to_numpy()).argmax())
    keep = (found["levels"] == levels).to_numpy()
    return (found if keep.all() else found[keep]), levels


def of_sittings(used: pd.DataFrame) -> Iterator[tuple[Sitting, pd.DataFrame]]:
    for sitting in SITTINGS:
        rows = used[(used["sitting"] == sitting).to_numpy()]
        if not rows.empty:
            yield sitting, rows


# ---- the parts --------------------------------------------------------------------------------------------------


def basis(tidy: TidyRatings, report: Report = silent) -> Basis:
    if tidy.rows.empty:
        return Basis({}, {}, 0, 0, 0, 0, ())
    used, levels = on_one_scale(tidy.rows)
    names = {str(each): tidy.people[str(each)] for each in used["rater"].unique()}
    return Basis(
        names=dict(sorted(names.items(), key=lambda each: (each[1].casefold(), each[0]))),
        rounds={str(each): tidy.rounds[str(each)] for each in used["round"].unique()},
        levels=levels,
        ratings=len(used),
        candidates=int(used["target"].nunique()),
        left_out=len(tidy.rows) - len(used),
        sittings=tuple(sitting for sitting, _ in of_sittings(used)),
    )


def level_use(tidy: TidyRatings, report: Report = silent) -> LevelUse:
    used, levels = on_one_scale(tidy.rows)
    known, scale = read_ratings(used[RATED]), range(1, levels + 1)
    return LevelUse(level_distribution(known, scale), spread(known, scale))


def beside_others(tidy: TidyRatings, report: Report = silent) -> dict[Sitting, Beside]:
    used, levels = on_one_scale(tidy.rows)
    return {sitting: of_one_sitting(sitting, rows, levels, report) for sitting, rows in of_sittings(used)}


def of_one_sitting(
    sitting: Sitting, rows: pd.DataFrame, levels: int, report: Report = silent, confidence: float = 0.95
) -> Beside:
    report("Comparing interviewers on the candidates they share", None)
    known = read_ratings(rows[RATED])
    severity = linked_severity(known, confidence, by_item=sitting == "panel")
    offsets = offset_on_shared_targets(known, confidence, by_item=sitting == "panel")
    if sitting == "separate":
        means = mean_over_items(known, require_same_items=False)
        apart = halo(known, confidence, same_items=False)
        return Beside(severity, offsets, paired_agreement(means, confidence=confidence), None, apart, None)
    agreement = paired_agreement(known, confidence=confidence)
    report("Comparing how interviewers use the scale", None)
    used = scale_use(known, range(1, levels + 1), confidence)
    moved = halo(known, confidence)
    report("Following severity over the months", None)
    timed = rows[[*RATED, "started"]].rename(columns={"started": "time"})
    return Beside(severity, offsets, agreement, used, moved, drift(timed, confidence))


def agreement(tidy: TidyRatings, report: Report = silent) -> Agreement:
    used, _ = on_one_scale(tidy.rows)
    by_sitting = dict(of_sittings(used))
    panel, separate = by_sitting.get("panel"), by_sitting.get("separate")
    alpha = exact = None
    rounds: dict[str, Icc] = {}
    if panel is not None:
        known = read_ratings(panel[RATED])
        report("Resampling candidates for the interval of alpha", None)
        alpha, exact = krippendorff_alpha(known, "ordinal"), percent_agreement(known)
        for key, part in panel.groupby("round", sort=False, observed=True):
            report(f"Intraclass correlation, {tidy.rounds[str(key)]}", None)
            rounds[str(key)] = _of_means(part)
    if separate is not None:
        report("Intraclass correlation, separate sittings", None)
    return Agreement(alpha, exact, rounds, None if separate is None else _of_means(separate))


def _of_means(rows: pd.DataFrame) -> Icc:
    """The intraclass correlation of each interviewer's mean for a candidate."""
    return icc(mean_over_items(rows[RATED], require_same_items=False))


def links(tidy: TidyRatings, report: Report = silent) -> Links:
    used, _ = on_one_scale(tidy.rows)
    known = read_ratings(used[["target", "rater", "score", "item"]])
    found = rating_design(mean_over_items(known, require_same_items=False))
    weak = found.weak_links.links[:MOST_WEAK_LINKS]
    named = {str(each) for link in weak if link.kind == "target" for each in link.by}
    return Links(
        people=tuple(str(each) for each in known.raters),
        candidates_of=tuple(distinct_partners(known.rater, known.target, known.n_raters).tolist()),
        pairs=_shared(known),
        groups=tuple(tuple(str(each) for each in subset.raters) for subset in found.subsets),
        weak=weak,
        n_weak=found.weak_links.n_found,
        names={each: tidy.candidates[each] for each in named},
    )


def _shared(known: Ratings) -> pd.DataFrame:
    """Candidates in common of every two interviewers who have any."""
    met = np.unique(known.target * known.n_raters + known.rater)
    shape = (known.n_targets, known.n_raters)
    by_target = sparse.coo_array((np.ones(len(met), np.int64), np.divmod(met, known.n_raters)), shape=shape).tocsr()
    common = sparse.triu(by_target.T @ by_target, k=1).tocoo()
    first, second = common.coords
    found = pd.DataFrame({"first": first, "second": second, "shared": common.data})
    return found.sort_values(["first", "second"], ignore_index=True)
