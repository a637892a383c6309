"""What the scores said of how hired people did later. Over people, never of an interviewer.

A person's score is the plain mean of what the reader may see of their ratings: levels on the scale 1 to 5, weighed
within a competency as the plan says, and every competency the same. Only interviews before the observation count.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from panel.actions.outcomes import KnownOutcomes, known_outcomes
from panel.actions.tidy_ratings import TidyRatings, tidy_ratings
from panel.domain.outcomes import Outcome
from panel.domain.people import Person
from panel.domain.scores import on_five
from panel.house import Workspace
from panel.stats.association import Association, association

FEWEST_PEOPLE = 10
WHOLE = ""  # what no competency is called


@dataclass(frozen=True)
class ScoreLine:
    """What one score said. `competency` is empty for the whole; `found` is None below FEWEST_PEOPLE people."""

    competency: str
    people: int
    found: Association | None

    @property
    def missing(self) -> int:
        return max(0, FEWEST_PEOPLE - self.people)


@dataclass(frozen=True)
class CriterionLines:
    """`people` have a value on the criterion; `pairs` are (name, score, place on the scale 0 to 1) of those who were
    rated before, none below FEWEST_PEOPLE. `candidates` of the same roles were rated in all.
    """

    criterion: str
    people: int
    whole: ScoreLine
    competencies: tuple[ScoreLine, ...]
    pairs: tuple[tuple[str, float, float], ...]
    candidates: int


def what_scores_said(workspace: Workspace, *, by: Person) -> tuple[CriterionLines, ...]:
    """For each criterion, by name. What is withheld from the reader is in no number."""
    known = known_outcomes(workspace, by=by)
    if not known.outcomes:
        return ()
    ratings = tidy_ratings(workspace, by=by).counted()
    rows = _plain(ratings)
    return tuple(_lines(each, known, rows) for each in known.criteria)


def _plain(ratings: TidyRatings) -> pd.DataFrame:
    rows = ratings.rows
    return pd.DataFrame(
        {
            "target": rows["target"].astype(object), "role": rows["role"].astype(object),
            "competency": rows["competency"].astype(object), "started": rows["started"], "weight": rows["weight"],
            "on_five": on_five(rows["score"], rows["levels"]),
        }
    )  # fmt: skip


def _lines(criterion: str, known: KnownOutcomes, rows: pd.DataFrame) -> CriterionLines:
    of_criterion = [each for each in known.outcomes if each.criterion == criterion]
    value, first = _values(of_criterion)
    hired = rows["target"].isin(value.index)
    before = rows[hired & (rows["started"] < rows["target"].map(first))]
    scores = _scores(before)
    everybody = _scores(rows[rows["role"].isin(set(before["role"]))])
    spread = float(everybody[WHOLE].std(ddof=1)) if len(everybody) > 1 else None
    whole = _line(WHOLE, scores[WHOLE], value, spread)
    parts = [_line(name, scores[name].dropna(), value, None) for name in scores.columns if name != WHOLE]
    pairs = [
        (known.people[each].candidate.name, float(scores.loc[each, WHOLE]), float(value[each]))
        for each in scores.index
        if whole.found and each in known.people
    ]
    return CriterionLines(criterion, len(value), whole, tuple(parts), tuple(sorted(pairs)), len(everybody))


def _values(of_criterion: list[Outcome]) -> tuple[pd.Series, pd.Series]:
    """By candidate: the mean place on the scale over all observations, and the first day of them."""
    table = pd.DataFrame([(each.candidate_id, each.share, pd.Timestamp(each.on)) for each in of_criterion])
    grouped = table.groupby(0)
    return grouped[1].mean(), grouped[2].min()


def _scores(rows: pd.DataFrame) -> pd.DataFrame:
    """One row a candidate, a column a competency (NaN where nothing was rated) by name, and their mean as WHOLE."""
    if rows.empty:
        return pd.DataFrame({WHOLE: pd.Series(dtype=np.float64)})
    weighed = rows.assign(total=rows["on_five"] * rows["weight"])
    sums = weighed.groupby(["target", "competency"])[["total", "weight"]].sum()
    table = (sums["total"] / sums["weight"]).unstack("competency")
    table = table.reindex(columns=sorted(table.columns, key=str.casefold))
    table[WHOLE] = table.mean(axis="columns")
    return table


def _line(competency: str, scores: pd.Series, value: pd.Series, spread: float | None) -> ScoreLine:
    people = len(scores)
    if people < FEWEST_PEOPLE:
        return ScoreLine(competency, people, None)
    outcome = value.reindex(scores.index).to_numpy(dtype=np.float64)
    return ScoreLine(competency, people, association(scores.to_numpy(), outcome, spread_of_all=spread))
