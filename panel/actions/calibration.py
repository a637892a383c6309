"""How the panel scores: agreement, offsets and spread, from the ratings their reader may see.

Panel sittings and separate sittings are never mixed: interviewers who watched the same answer agree about that
answer, which says nothing of how two separate interviews agree about a candidate.
"""

from dataclasses import dataclass

import pandas as pd

from panel.actions.checks import allowed, present
from panel.domain.people import Person, may_see_team_calibration
from panel.errors import NotFound
from panel.house import Workspace
from panel.stats.agreement import Alpha, PercentAgreement, krippendorff_alpha, percent_agreement
from panel.stats.connectivity import Connectivity, connected_subsets
from panel.stats.icc import Icc, icc
from panel.stats.ratings import mean_over_items
from panel.stats.severity import (
    LevelDistribution,
    RaterOffset,
    RaterOffsets,
    RaterSpread,
    RaterSpreads,
    level_distribution,
    offset_on_shared_targets,
    spread,
)
from panel.store import bank, plans, reports
from panel.store.database import Transaction


@dataclass(frozen=True)
class PanelAgreement:
    """Agreement of interviewers who watched the same answers: on single answers over all panel sittings of the plan,
    and for each panel round (by id) on the interviewers' means of a candidate."""

    alpha: Alpha
    exact: PercentAgreement
    rounds: dict[str, Icc]


@dataclass(frozen=True)
class TeamCalibration:
    """One plan's ratings. Interviewers are labelled by id; `names` gives their names, in alphabetical order.

    `tables` are the long tables of ratings by kind of sitting, "panel" and "separate", for models that take longer.
    """

    names: dict[str, str]
    round_names: dict[str, str]
    levels: int
    ratings: int
    candidates: int
    left_out: int
    withheld: int
    panel: PanelAgreement | None
    separate: Icc | None
    panel_offsets: RaterOffsets | None  # same candidate, same question, same sitting
    separate_offsets: RaterOffsets | None  # same candidate, each their own questions
    distribution: LevelDistribution
    spreads: RaterSpreads
    connectivity: Connectivity
    tables: dict[str, pd.DataFrame]


@dataclass(frozen=True)
class OwnCalibration:
    """One person's own card: their offset on shared candidates, their levels, their spread."""

    ratings: int
    offset: RaterOffset | None
    same_questions: bool
    distribution: LevelDistribution | None
    spread: RaterSpread | None
    typical_spread: float | None


def team_calibration(workspace: Workspace, *, by: Person, role_id: str, plan_id: str) -> TeamCalibration | None:
    """The calibration of one plan; None while nothing submitted may be shown to the reader."""
    with workspace.database.read() as transaction:
        reader = allowed(
            transaction,
            by,
            may_see_team_calibration,
            "Only hiring managers and administrators see the team's calibration. Your own card is on this page.",
        )
        if plans.role_by_id(transaction, role_id) is None:
            raise NotFound("This role does not exist. Choose one from the list.")
        found = reports.readable_ratings(transaction, reader_id=reader.id, role_id=role_id)
        withheld = len(reports.withheld_from(transaction, reader_id=reader.id, role_id=role_id))
        long = long_table(transaction, found[found["plan_id"] == plan_id])
    if long.empty:
        return None
    levels = int(long["levels"].mode().iloc[0])
    used = long[long["levels"] == levels]
    return TeamCalibration(
        names=dict(sorted(set(zip(used["rater"], used["name"], strict=True)), key=lambda each: each[1].casefold())),
        round_names=dict(zip(used["round"], used["round_name"], strict=True)),
        levels=levels,
        ratings=len(used),
        candidates=used["target"].nunique(),
        left_out=len(long) - len(used),
        withheld=withheld,
        panel=_panel_agreement(used[used["sitting"] == "panel"]),
        separate=_means_agreement(used[used["sitting"] == "separate"]),
        panel_offsets=_offsets(used, "panel"),
        separate_offsets=_offsets(used, "separate"),
        distribution=level_distribution(used, range(1, levels + 1)),
        spreads=spread(used, range(1, levels + 1)),
        connectivity=connected_subsets(used),
        tables={str(sitting): rows[["target", "rater", "item", "score"]] for sitting, rows in used.groupby("sitting")},
    )


def own_calibration(workspace: Workspace, *, by: Person) -> OwnCalibration:
    """The reader's own card, over all roles, on candidates and rounds for which they have submitted."""
    with workspace.database.read() as transaction:
        reader = present(transaction, by)
        found = reports.readable_ratings_of_own_panels(transaction, reader_id=reader.id)
        long = long_table(transaction, found)
    own = long[long["rater"] == reader.id]
    if own.empty:
        return OwnCalibration(0, None, True, None, None, None)
    levels = int(own["levels"].mode().iloc[0])
    used = long[long["levels"] == levels]
    panel, separate = (_own_offset(_offsets(used, sitting), reader.id) for sitting in ("panel", "separate"))
    same_questions = panel is not None and (panel.estimate is not None or separate is None)
    spreads = spread(used, range(1, levels + 1))
    mine = used[used["rater"] == reader.id]
    return OwnCalibration(
        ratings=len(mine),
        offset=panel if same_questions else separate,
        same_questions=same_questions,
        distribution=level_distribution(mine, range(1, levels + 1)),
        spread=spreads.of(reader.id),
        typical_spread=spreads.typical,
    )


# What a row of the long table is made of; reading more, dates above all, takes as long as all the rest.
RATED = (
    "candidate_id", "person_id", "person_name", "plan_version_id", "round_id", "assignment_id", "question_key", "level",
)  # fmt: skip


def long_table(transaction: Transaction, found: pd.DataFrame) -> pd.DataFrame:
    """The long table of `stats` (target, rater, item, score) with sitting, levels, round and names beside it.

    An item is a question in a round, so that one asked in two rounds is two items. Pilot questions are left out.
    """
    rated = found.loc[found["level"].notna(), list(RATED)]
    versions = plans.plan_versions_by_id(transaction, rated["plan_version_id"])
    items = {each: version.published.items() for each, version in versions.items()}
    rounds = {(each, one.id): one for each, version in versions.items() for one in version.published.rounds}
    approvals = bank.approvals(transaction)
    rows = []
    for row in rated.itertuples(index=False):
        item = items[row.plan_version_id][row.assignment_id, row.question_key]
        published_at = versions[row.plan_version_id].published_at
        if not item.counts(approved_at=approvals.get(row.question_key), published_at=published_at):
            continue
        rows.append(
            (
                row.candidate_id,
                row.person_id,
                f"{row.round_id}:{row.question_key}",
                row.level,
                row.person_name,
                "panel" if rounds[row.plan_version_id, row.round_id].sitting == "panel" else "separate",
                len(item.rubric.anchors),
                row.round_id,
                rounds[row.plan_version_id, row.round_id].name,
            )
        )
    columns = ["target", "rater", "item", "score", "name", "sitting", "levels", "round", "round_name"]
    return pd.DataFrame(rows, columns=columns).astype({"score": float, "levels": int})


def _offsets(used: pd.DataFrame, sitting: str) -> RaterOffsets | None:
    """Within panel sittings on the same question, within separate sittings on the same candidate; never across."""
    of_sitting = used[used["sitting"] == sitting]
    return None if of_sitting.empty else offset_on_shared_targets(of_sitting, by_item=sitting == "panel")


def _own_offset(found: RaterOffsets | None, reader_id: str) -> RaterOffset | None:
    own = [each for each in found.offsets if each.rater == reader_id] if found else []
    return own[0] if own else None


def _panel_agreement(used: pd.DataFrame) -> PanelAgreement | None:
    if used.empty:
        return None
    rounds = {str(key): one for key, part in used.groupby("round", sort=False) if (one := _means_agreement(part))}
    return PanelAgreement(krippendorff_alpha(used, "ordinal"), percent_agreement(used), rounds)


def _means_agreement(used: pd.DataFrame) -> Icc | None:
    """The intraclass correlation of each interviewer's mean for a candidate."""
    return None if used.empty else icc(mean_over_items(used, require_same_items=False))
