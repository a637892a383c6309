"""Sealed, reconciled and composite ratings, kept apart, and the scores of each.

The composite of a rating is its reconciled level where there is one, and the sealed level otherwise. Only the debrief
uses it: comparison, calibration and exports go on with what was sealed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from statistics import fmean, median

from panel.domain.debriefs import LINE, CompetencySheet, Reconciliation, ScoreSheet, current
from panel.domain.plans import GuideItem
from panel.domain.roles import Role
from panel.domain.scorecards import Reason
from panel.domain.scores import Observed, find_splits, score_candidate

DIGITS = 6  # kept of a frozen number, so that it is the same text on every machine


@dataclass(frozen=True)
class Beside:
    """A sealed rating with every reconciliation made of it, oldest first, and the question it answers."""

    scorecard_id: str
    round_id: str
    sealed: Observed
    item: GuideItem
    events: tuple[Reconciliation, ...] = ()
    reason: Reason = ""  # why it was not asked
    reworded: bool = False

    @property
    def reconciled(self) -> Reconciliation | None:
        return current(self.events)

    @property
    def composite(self) -> Observed:
        """What holds now. A sealed rating without a level has no other."""
        made = self.reconciled
        if made is None or made.level is None or self.sealed.level is None:
            return self.sealed
        anchor = self.item.rubric.anchor(made.level)
        return replace(self.sealed, level=made.level, label=anchor.label, anchor=anchor.text)


def score_sheet(ratings: Iterable[Beside], role: Role) -> ScoreSheet:
    """All scores of one candidate, from the ratings their reader may see."""
    every = list(ratings)
    counted = [each for each in every if each.sealed.counts]
    rated = [each for each in counted if each.sealed.level is not None]
    sealed_score = score_candidate([each.sealed for each in counted], role.weights)
    composite_score = score_candidate([each.composite for each in counted], role.weights)
    names = [*(name for name in role.measured if name in sealed_score.competencies)]
    names += [name for name in sealed_score.competencies if name not in names]
    sheets = []
    for name in names:
        means = (sealed_score.competencies[name].score, composite_score.competencies[name].score)
        sheets.append(_competency([each for each in rated if each.sealed.competency == name], name, role, means))
    on_five = [each.composite.on_five or 0.0 for each in rated]
    return ScoreSheet(
        ratings=len(rated),
        interviewers=len({each.sealed.person_id for each in rated}),
        reconciled=sum(each.reconciled is not None for each in rated),
        not_assessed=len(counted) - len(rated),
        on_trial=tuple(sorted({each.sealed.question_key for each in every if not each.sealed.counts})),
        splits=len(find_splits(each.sealed for each in rated)),
        sealed_mean=_kept(sealed_score.score),
        sealed_median=_kept(median(each.sealed.on_five or 0.0 for each in rated)) if rated else None,
        composite_mean=_kept(composite_score.score),
        composite_median=_kept(median(on_five)) if on_five else None,
        competencies=tuple(sheets),
        must_haves_missing=tuple(name for name in role.must_haves if name not in composite_score.competencies),
        line=LINE,
    )


def _competency(rated: list[Beside], name: str, role: Role, means: tuple[float, float]) -> CompetencySheet:
    """`means` are the weighted ones of the sealed and the composite ratings."""
    needs: Mapping[str, str] = {each.name: each.need for each in role.competencies}
    reconciled = [each.composite.on_five or 0.0 for each in rated if each.reconciled]
    return CompetencySheet(
        competency=name,
        need=needs.get(name, ""),  # type: ignore[arg-type]
        weight=role.weights.get(name),
        ratings=len(rated),
        interviewers=len({each.sealed.person_id for each in rated}),
        reconciled=len(reconciled),
        sealed_mean=round(means[0], DIGITS),
        sealed_median=round(median(each.sealed.on_five or 0.0 for each in rated), DIGITS),
        reconciled_mean=_kept(fmean(reconciled)) if reconciled else None,
        composite_mean=round(means[1], DIGITS),
        composite_median=round(median(each.composite.on_five or 0.0 for each in rated), DIGITS),
    )


def _kept(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)
