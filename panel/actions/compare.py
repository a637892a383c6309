"""Candidates of a role side by side, from the ratings their reader may see."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import pandas as pd

from panel.actions.checks import allowed
from panel.domain.candidates import Candidate
from panel.domain.people import Person, may_compare
from panel.domain.scores import CandidateScore, Observed, score_candidate
from panel.errors import NotFound
from panel.house import Workspace
from panel.store import bank, candidates, plans, reports
from panel.store.database import Transaction
from panel.store.plans import PlanVersion

ONLY_MANAGERS = "Only hiring managers and administrators compare candidates."
ASKED = ("rated", "could_not_assess")


@dataclass(frozen=True)
class Recommended:
    """One submitted recommendation the reader may see."""

    person_name: str
    round_name: str
    recommendation: str
    summary: str


@dataclass(frozen=True)
class Profile:
    """What the newest plan version behind a candidate's ratings asks for, frozen with it.

    `plans` names every version behind them; `planned` counts the questions of all of them, `asked` those that a rating
    the reader may see says were asked. `question_weights` is true where a question weighs more than another.
    """

    weights: dict[str, float] = field(default_factory=dict)
    must_haves: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    planned: int = 0
    asked: int = 0
    question_weights: bool = False


@dataclass(frozen=True)
class Compared:
    """One candidate: score, what stands behind it, and what is withheld from this reader.

    `owed_rounds` are those of the withheld rounds for which the reader owes a scorecard of their own; the others wait
    for somebody else's.
    """

    candidate: Candidate
    score: CandidateScore
    observed: tuple[Observed, ...]
    recommendations: tuple[Recommended, ...]
    scorecards: int
    submitted: int
    withheld_rounds: int
    owed_rounds: int = 0
    profile: Profile = Profile()


@dataclass(frozen=True)
class Choosable:
    """A candidate who can be compared, how many of their scorecards are submitted, and when their last interview is;
    that is progress, no rating. `latest` is naive UTC."""

    id: str
    name: str
    scorecards: int = 0
    submitted: int = 0
    latest: datetime | None = None


@dataclass(frozen=True)
class Comparison:
    role_name: str
    role_competencies: tuple[str, ...]
    competencies: tuple[str, ...]
    candidates: tuple[Compared, ...]


def choosable(workspace: Workspace, *, by: Person, role_id: str) -> list[Choosable]:
    """Every candidate of the role, by name."""
    with workspace.database.read() as transaction:
        reader = allowed(transaction, by, may_compare, ONLY_MANAGERS)
        progress = reports.scorecard_progress(transaction, reader_id=reader.id, role_id=role_id)
        everyone = candidates.candidates_of_role(transaction, role_id)
    done = {
        row.candidate_id: (int(row.scorecards), int(row.submitted), row.latest)
        for row in progress.itertuples(index=False)
    }
    return [Choosable(each.id, each.name, *done.get(each.id, ())) for each in everyone]


def compare(
    workspace: Workspace, *, by: Person, role_id: str, candidate_ids: Sequence[str] | None = None
) -> Comparison:
    """The candidates of the role, or those named. What the reader may not see yet enters no number and no order."""
    with workspace.database.read() as transaction:
        reader = allowed(transaction, by, may_compare, ONLY_MANAGERS)
        role = plans.role_by_id(transaction, role_id)
        if role is None:
            raise NotFound("This role does not exist. Choose one from the list.")
        ratings = reports.readable_ratings(
            transaction, reader_id=reader.id, role_id=role_id, candidate_ids=candidate_ids
        )
        recommendations = reports.readable_recommendations(
            transaction, reader_id=reader.id, role_id=role_id, candidate_ids=candidate_ids
        )
        progress = reports.scorecard_progress(transaction, reader_id=reader.id, role_id=role_id)
        withheld = reports.withheld_from(transaction, reader_id=reader.id, role_id=role_id)
        owed = reports.owed_by(transaction, reader_id=reader.id, role_id=role_id)
        everyone = candidates.candidates_of_role(transaction, role_id)
        observed = observations(transaction, ratings)
        profiles = _profiles(transaction, ratings, observed)
        rounds = _round_names(transaction, role_id)
    recommended = _recommended(recommendations, rounds)
    withheld_rounds = Counter(candidate_id for candidate_id, _ in withheld)
    owed_rounds = Counter(candidate_id for candidate_id, _ in owed)
    done = {row.candidate_id: row for row in progress.itertuples(index=False)}
    unplanned = Profile(role.role.weights, role.role.must_haves)
    compared = []
    for each in everyone:
        if candidate_ids is not None and each.id not in candidate_ids:
            continue
        seen = observed.get(each.id, [])
        line = done.get(each.id)
        profile = profiles.get(each.id, unplanned)
        compared.append(
            Compared(
                candidate=each,
                score=score_candidate(seen, profile.weights),
                observed=tuple(seen),
                recommendations=tuple(recommended.get(each.id, ())),
                scorecards=int(line.scorecards) if line else 0,
                submitted=int(line.submitted) if line else 0,
                withheld_rounds=withheld_rounds[each.id],
                owed_rounds=owed_rounds[each.id],
                profile=profile,
            )
        )
    measured = dict.fromkeys([*role.role.measured, *(name for one in compared for name in one.score.competencies)])
    return Comparison(role.role.name, role.role.measured, tuple(measured), tuple(compared))


def _profiles(
    transaction: Transaction, ratings: pd.DataFrame, observed: dict[str, list[Observed]]
) -> dict[str, Profile]:
    """What counts for each candidate, as the newest plan version behind the ratings has it: a role that is changed
    afterwards changes no score."""
    versions = plans.plan_versions_by_id(transaction, ratings["plan_version_id"])
    behind: dict[str, list[PlanVersion]] = {}
    for candidate_id, version_id in (
        ratings[["candidate_id", "plan_version_id"]].drop_duplicates().itertuples(index=False)
    ):
        behind.setdefault(candidate_id, []).append(versions[version_id])
    found = {}
    for candidate_id, some in behind.items():
        in_order = sorted(some, key=lambda version: version.published_at, reverse=True)
        newest = in_order[0].published
        seen = observed[candidate_id]
        found[candidate_id] = Profile(
            weights=newest.role.weights,
            must_haves=newest.role.must_haves,
            plans=tuple(f"{each.published.title}, version {each.number}" for each in in_order),
            planned=len(
                {
                    (where.name, item.question.key)
                    for version in in_order
                    for where in version.published.rounds
                    for item in where.items()
                }
            ),
            asked=len({(one.round_name, one.question_key) for one in seen if one.outcome in ASKED}),
            question_weights=len({one.weight for one in seen}) > 1,
        )
    return found


def observations(transaction: Transaction, ratings: pd.DataFrame) -> dict[str, list[Observed]]:
    """Ratings with the frozen question and rubric they were made with, by candidate id."""
    versions = plans.plan_versions_by_id(transaction, ratings["plan_version_id"])
    approvals = bank.approvals(transaction)
    items = {each: version.published.items() for each, version in versions.items()}
    rounds = {(each, one.id): one.name for each, version in versions.items() for one in version.published.rounds}
    found: dict[str, list[Observed]] = {}
    for row in ratings.itertuples(index=False):
        item = items[row.plan_version_id][row.assignment_id, row.question_key]
        level = None if pd.isna(row.level) else int(row.level)
        found.setdefault(row.candidate_id, []).append(
            Observed(
                person_id=row.person_id,
                person_name=row.person_name,
                question_key=row.question_key,
                prompt=item.question.prompt,
                competency=item.rubric.competency,
                interview_id=row.interview_id,
                round_name=rounds[row.plan_version_id, row.round_id],
                weight=item.weight,
                levels=len(item.rubric.anchors),
                level=level,
                outcome=row.outcome,
                note=row.note,
                label=item.rubric.anchor(level).label if level else "",
                anchor=item.rubric.anchor(level).text if level else "",
                counts=item.counts(
                    approved_at=approvals.get(row.question_key),
                    published_at=versions[row.plan_version_id].published_at,
                ),
            )
        )
    return found


def _round_names(transaction: Transaction, role_id: str) -> dict[str, str]:
    names: dict[str, str] = {}
    for stored in plans.all_plans(transaction):
        if stored.role_id == role_id:
            for version in plans.versions_of(transaction, stored.id):
                for each in version.published.rounds:
                    names.setdefault(each.id, each.name)
    return names


def _recommended(frame: pd.DataFrame, rounds: dict[str, str]) -> dict[str, list[Recommended]]:
    """Recommendations by candidate id, in the order they were submitted."""
    found: dict[str, list[Recommended]] = {}
    for row in frame.itertuples(index=False):
        one = Recommended(row.person_name, rounds.get(row.round_id, ""), row.recommendation, row.summary)
        found.setdefault(row.candidate_id, []).append(one)
    return found
