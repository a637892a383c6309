"""Scores computed from ratings. Missing is missing: weights renormalise over what was assessed.

Levels of rubrics with different numbers of levels are put on the scale 1 to 5 before they are averaged.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

TOP = 5.0
SPLIT = 2  # levels between two interviewers on one question that make a split (docs/measurement.md)


def on_five(level: Any, levels: Any) -> Any:
    """A level of a scale with so many levels, on the scale 1 to 5; or a column of levels."""
    return 1 + (level - 1) * (TOP - 1) / (levels - 1)


@dataclass(frozen=True)
class Observed:
    """One rating as a reader may see it. `level` is None for "not asked" and "could not assess".

    `counts` is false for a question on trial (a pilot), whose ratings are shown but enter no score.
    """

    person_id: str
    person_name: str
    question_key: str
    prompt: str
    competency: str
    interview_id: str
    round_name: str
    weight: float
    levels: int
    level: int | None
    outcome: str
    note: str
    label: str
    anchor: str
    counts: bool = True

    @property
    def on_five(self) -> float | None:
        """The level on the scale 1 to 5, whatever the rubric's number of levels."""
        return None if self.level is None else on_five(self.level, self.levels)


@dataclass(frozen=True)
class CompetencyScore:
    """A weighted mean of ratings (1 to 5) with what stands behind it."""

    competency: str
    score: float
    ratings: int
    interviewers: int


@dataclass(frozen=True)
class Split:
    """A question on which interviewers of one sitting are two levels or more apart."""

    question_key: str
    prompt: str
    competency: str
    low: Observed
    high: Observed
    gap: int


@dataclass(frozen=True)
class CandidateScore:
    """`score` is the mean of the scores of the role's competencies, weighted as the role says; None without any.

    `competencies` may hold others besides, which a question's rubric measured; they are shown but enter no mean.
    """

    score: float | None
    competencies: dict[str, CompetencyScore] = field(default_factory=dict)
    ratings: int = 0
    interviewers: int = 0
    not_assessed: int = 0
    on_trial: int = 0  # ratings of pilot questions, which do not count yet
    splits: tuple[Split, ...] = ()


def score_candidate(observed: Iterable[Observed], role: Mapping[str, float] | None = None) -> CandidateScore:
    """Everything Compare says of one candidate, from the ratings its reader may see. `role` gives the weight of each
    competency that counts; without it every competency counts the same."""
    shown = list(observed)
    seen = [each for each in shown if each.counts]
    rated = [each for each in seen if each.level is not None]
    competencies = {
        name: _competency_score(name, [each for each in rated if each.competency == name])
        for name in dict.fromkeys(each.competency for each in rated)
    }
    weights = role if role is not None else dict.fromkeys(competencies, 1.0)
    counted = [(weights[name], each.score) for name, each in competencies.items() if name in weights]
    weight = sum(each for each, _ in counted)
    score = sum(each * value for each, value in counted) / weight if counted else None
    return CandidateScore(
        score=score,
        competencies=competencies,
        ratings=len(rated),
        interviewers=len({each.person_id for each in rated}),
        not_assessed=len(seen) - len(rated),
        on_trial=sum(1 for each in shown if not each.counts and each.level is not None),
        splits=tuple(find_splits(rated)),
    )


def _competency_score(name: str, rated: list[Observed]) -> CompetencyScore:
    weight = sum(each.weight for each in rated)
    total = sum(each.weight * (each.on_five or 0.0) for each in rated)
    return CompetencyScore(name, total / weight, len(rated), len({each.person_id for each in rated}))


def find_splits(rated: Iterable[Observed]) -> list[Split]:
    """Questions of one sitting on which two interviewers differ by two levels or more, widest first."""
    by_question: dict[tuple[str, str], list[Observed]] = {}
    for each in rated:
        if each.level is not None:
            by_question.setdefault((each.interview_id, each.question_key), []).append(each)
    splits = []
    for group in by_question.values():
        low, high = min(group, key=lambda each: each.level or 0), max(group, key=lambda each: each.level or 0)
        gap = (high.level or 0) - (low.level or 0)
        if gap >= SPLIT:
            splits.append(Split(low.question_key, low.prompt, low.competency, low, high, gap))
    return sorted(splits, key=lambda each: (-each.gap, each.prompt))
