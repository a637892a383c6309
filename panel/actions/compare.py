"""Candidates of a role side by side, from the ratings their reader may see."""

from collections import Counter
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Recommended:
    """One submitted recommendation the reader may see."""

    person_name: str
    round_name: str
    recommendation: str
    summary: str


@dataclass(frozen=True)
class Compared:
    """One candidate: score, what stands behind it, and what is withheld from this reader."""

    candidate: Candidate
    score: CandidateScore
    observed: tuple[Observed, ...]
    recommendations: tuple[Recommended, ...]
    scorecards: int
    submitted: int
    withheld_rounds: int


@dataclass(frozen=True)
class Comparison:
    role_name: str
    role_competencies: tuple[str, ...]
    competencies: tuple[str, ...]
    candidates: tuple[Compared, ...]


def compare(workspace: Workspace, *, by: Person, role_id: str) -> Comparison:
    """Every candidate of the role. What the reader may not see yet enters no number and no order."""
    with workspace.database.read() as transaction:
        reader = allowed(transaction, by, may_compare, "Only hiring managers and administrators compare candidates.")
        role = plans.role_by_id(transaction, role_id)
        if role is None:
            raise NotFound("This role does not exist. Choose one from the list.")
        ratings = reports.readable_ratings(transaction, reader_id=reader.id, role_id=role_id)
        recommendations = reports.readable_recommendations(transaction, reader_id=reader.id, role_id=role_id)
        progress = reports.scorecard_progress(transaction, reader_id=reader.id, role_id=role_id)
        withheld = reports.withheld_from(transaction, reader_id=reader.id, role_id=role_id)
        everyone = candidates.candidates_of_role(transaction, role_id)
        observed = observations(transaction, ratings)
        weights = _frozen_weights(transaction, ratings)
        rounds = _round_names(transaction, role_id)
    recommended = _recommended(recommendations, rounds)
    withheld_rounds = Counter(candidate_id for candidate_id, _ in withheld)
    done = {row.candidate_id: row for row in progress.itertuples(index=False)}
    compared = []
    for each in everyone:
        seen = observed.get(each.id, [])
        line = done.get(each.id)
        compared.append(
            Compared(
                candidate=each,
                score=score_candidate(seen, weights.get(each.id, role.role.weights)),
                observed=tuple(seen),
                recommendations=tuple(recommended.get(each.id, ())),
                scorecards=int(line.scorecards) if line else 0,
                submitted=int(line.submitted) if line else 0,
                withheld_rounds=withheld_rounds[each.id],
            )
        )
    measured = dict.fromkeys([*role.role.measured, *(name for one in compared for name in one.score.competencies)])
    return Comparison(role.role.name, role.role.measured, tuple(measured), tuple(compared))


def _frozen_weights(transaction: Transaction, ratings: pd.DataFrame) -> dict[str, dict[str, float]]:
    """The competencies that count for each candidate, with their weights as the newest plan version behind the ratings
    has them: a role that is changed afterwards changes no score."""
    versions = plans.plan_versions_by_id(transaction, ratings["plan_version_id"])
    newest: dict[str, PlanVersion] = {}
    for candidate_id, version_id in (
        ratings[["candidate_id", "plan_version_id"]].drop_duplicates().itertuples(index=False)
    ):
        version = versions[version_id]
        if candidate_id not in newest or version.published_at > newest[candidate_id].published_at:
            newest[candidate_id] = version
    return {candidate_id: version.published.role.weights for candidate_id, version in newest.items()}


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
