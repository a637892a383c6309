"""One person's own card: how their levels sit beside those of people who rated the same candidates, and the one thing
that matters most.

Five things are looked at, so each is taken for found only where its 99 % interval leaves no doubt, and where it is
large enough to be worth doing something about; the intervals shown are 95 % ones.
"""

import hashlib
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from panel.actions.calibration_parts import RATED, Beside, Sitting, of_one_sitting, of_sittings, on_one_scale
from panel.actions.checks import present
from panel.actions.tidy_ratings import TidyRatings, data_key, own_ratings
from panel.domain.people import Person
from panel.house import Workspace
from panel.stats.drift import RaterDrift
from panel.stats.estimates import Estimate
from panel.stats.halo import RaterHalo
from panel.stats.paired_agreement import RaterAgreement, paired_agreement
from panel.stats.ratings import mean_over_items
from panel.stats.scale_use import ScaleUse
from panel.stats.severity import LevelDistribution, RaterOffset, level_distribution

Finding = Literal["erratic", "narrow", "halo", "severity", "drift", "nothing", "too little"]
JUDGED = 0.99
FEWEST_SHARED = 5  # candidates below which nothing is taken for found
MORE_ERRATIC, NARROWER = 1.25, 0.8  # ratios to the others
HARSHER = 0.2  # levels
DRIFTED = 0.3  # levels over the whole time
YOU, OTHERS = "you", "others"


@dataclass(frozen=True)
class OwnFigures:
    """One kind of sitting, on the candidates shared with others; intervals of 95 %.

    `offset` is beside those who rated the same; `linked` beside the average of all who are linked, which takes into
    account how harsh each of them is. `others_erratic`: the erratic part of the others' differences among themselves,
    None where no two of them rated the same. `differences`: own mean minus the others' for each shared candidate.
    `levels`: of you and of the others on the same answers; None in separate sittings.
    """

    sitting: Sitting
    shared: int
    offset: RaterOffset
    linked: Estimate
    agreement: RaterAgreement
    others_erratic: float | None
    scale_use: ScaleUse | None
    halo: RaterHalo
    drift: RaterDrift | None
    differences: tuple[float, ...]
    levels: LevelDistribution | None


@dataclass(frozen=True)
class OwnCalibration:
    """`figures` is None where nothing was rated beside others; `own_levels` where nothing was rated at all."""

    ratings: int = 0
    candidates: int = 0
    finding: Finding = "too little"
    figures: OwnFigures | None = None
    own_levels: LevelDistribution | None = None


def own_calibration(workspace: Workspace, *, by: Person) -> OwnCalibration:
    """The reader's own card, over all roles, on candidates and rounds for which they have submitted."""
    _, known = own_calibration_so_far(workspace, by=by)
    if known is not None:
        return known
    tidy = own_ratings(workspace, by=by)
    found: OwnCalibration = workspace.results.take((tidy.key, by.id, "own"), lambda: card_of(tidy.counted(), by.id))
    return found


def own_calibration_so_far(workspace: Workspace, *, by: Person) -> tuple[str, OwnCalibration | None]:
    """What names the ratings behind the card, and the card if it was made already; reads no rating."""
    with workspace.database.read() as transaction:
        reader = present(transaction, by)
        key = data_key(transaction, reader, own=True)
    known: OwnCalibration | None = workspace.results.look((key, reader.id, "own"))
    return hashlib.sha256(repr((key, reader.id)).encode()).hexdigest(), known


def card_of(tidy: TidyRatings, reader_id: str) -> OwnCalibration:
    """The card of one person, from the ratings of their own panels."""
    everything = tidy.rows
    own = everything[everything["rater"] == reader_id]
    if own.empty:
        return OwnCalibration()
    _, levels = on_one_scale(own)
    used = everything[everything["levels"] == levels]
    mine = used[used["rater"] == reader_id]
    figures = [_figures(sitting, rows, levels, reader_id) for sitting, rows in of_sittings(used)]
    best = next((each for each in figures if each and each[0].shared), None)
    return OwnCalibration(
        ratings=len(mine),
        candidates=int(mine["target"].nunique()),
        finding=_finding(*best) if best else "too little",
        figures=best[0] if best else None,
        own_levels=level_distribution(mine[RATED], range(1, levels + 1)),
    )


def _figures(sitting: Sitting, rows: pd.DataFrame, levels: int, me: str) -> tuple[OwnFigures, Beside] | None:
    """The figures, and beside them the same ones with the intervals that findings are judged by."""
    if me not in set(rows["rater"].unique()):
        return None
    shown, judged = (of_one_sitting(sitting, rows, levels, confidence=each) for each in (0.95, JUDGED))
    own, others = _same_answers(sitting, rows, me)
    by_candidate = own["score"].groupby(level="target", observed=True).mean()
    by_candidate -= others.groupby(level="target", observed=True).mean()
    drift = shown.drift
    return (
        OwnFigures(
            sitting=sitting,
            shared=len(by_candidate),
            offset=shown.offsets.of(me),
            linked=shown.severity.of(me).severity,
            agreement=shown.agreement.of(me),
            others_erratic=_among_others(sitting, rows[rows["rater"] != me]),
            scale_use=shown.scale_use.of(me) if shown.scale_use else None,
            halo=shown.halo.of(me),
            drift=drift.of(me) if drift else None,
            differences=tuple(sorted(by_candidate.round(6).tolist())),
            levels=_levels(rows, own, levels, me) if sitting == "panel" and len(own) else None,
        ),
        judged,
    )


def _same_answers(sitting: Sitting, rows: pd.DataFrame, me: str) -> tuple[pd.DataFrame, pd.Series]:
    """Own mean and the others' mean (mean over each one's) on what both rated: an answer, or in separate sittings a
    candidate. Indexed by target first."""
    unit = ["target", "item"] if sitting == "panel" else ["target"]
    means = rows.groupby([*unit, "rater"], observed=True)["score"].mean().reset_index()
    own = means[means["rater"] == me].set_index(unit)[["score"]]
    others = means[means["rater"] != me].groupby(unit, observed=True)["score"].mean()
    both = own.index.intersection(others.index)
    return own.loc[both], others.loc[both]


def _among_others(sitting: Sitting, rows: pd.DataFrame) -> float | None:
    if rows["rater"].nunique() < 2:
        return None
    known = rows[RATED] if sitting == "panel" else mean_over_items(rows[RATED], require_same_items=False)
    return paired_agreement(known).typical_erratic


def _levels(rows: pd.DataFrame, own: pd.DataFrame, levels: int, me: str) -> LevelDistribution:
    """The levels of you and of all others together, on the answers that both rated."""
    both = rows.set_index(["target", "item"]).loc[own.index].reset_index()
    who = both["rater"].astype(str).where(both["rater"].astype(str) == me, OTHERS).replace({me: YOU})
    # an answer that several others rated stands once for each of them
    told_apart = both["target"].astype(str) + " " + both["rater"].astype(str)
    table = pd.DataFrame({"target": told_apart, "rater": who, "item": both["item"], "score": both["score"]})
    return level_distribution(table, range(1, levels + 1))


# ---- the one finding --------------------------------------------------------------------------------------------


def _finding(shown: OwnFigures, judged: Beside) -> Finding:
    """What matters most: erratic disagreement, which nothing can adjust for, before narrow use or halo, which hides
    differences between candidates, before steady severity, which can be adjusted for, before drift.

    Whoever keeps to a few levels differs from others erratically because of that, so it is called by its name.
    """
    me = shown.offset.rater
    if shown.shared < FEWEST_SHARED:
        return "too little"
    narrow = judged.scale_use is not None and _is_narrow(judged.scale_use.of(me))
    others, erratic = shown.others_erratic, judged.agreement.of(me).erratic
    if not narrow and others is not None and _is_above(erratic, others, MORE_ERRATIC):
        return "erratic"
    if narrow:
        return "narrow"
    if _is_below(judged.halo.of(me).within_ratio):
        return "halo"
    linked = judged.severity.of(me).severity
    if _is_steady(linked if linked.low is not None else judged.offsets.of(me)):
        return "severity"
    moved = judged.drift.of(me) if judged.drift else None
    return "drift" if moved and _has_drifted(moved) else "nothing"


def _is_above(found: Estimate, others: float, ratio: float) -> bool:
    return found.estimate is not None and found.low is not None and found.low > others < found.estimate / ratio


def _is_below(found: Estimate) -> bool:
    """A ratio to the others that is clearly below 1; 0 is the ratio of somebody who never differs, without interval."""
    if found.estimate is None or found.estimate > NARROWER:
        return False
    return found.estimate == 0 or (found.high is not None and found.high < 1)


def _is_narrow(found: ScaleUse) -> bool:
    return found.spread_ratio.n_targets >= FEWEST_SHARED and _is_below(found.spread_ratio)


def _is_steady(found: RaterOffset | Estimate) -> bool:
    if found.estimate is None or abs(found.estimate) < HARSHER:
        return False
    return found.low is None or found.high is None or not found.low <= 0 <= found.high


def _has_drifted(found: RaterDrift) -> bool:
    slope = found.slope
    return slope.estimate is not None and slope.excludes(0) and abs(slope.estimate) * found.days / 30 >= DRIFTED
