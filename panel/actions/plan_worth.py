"""What a plan's scores will be worth before its first interview, and what one more interviewer or question would add.

The variance components come from the role's earlier ratings where there are enough, else from a published study.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from panel.actions.checks import allowed
from panel.actions.drafts import ONLY_MANAGERS, existing_draft, existing_role
from panel.actions.long_table import long_table
from panel.domain.coverage import measures
from panel.domain.people import Person, may_manage_hiring
from panel.domain.plans import Plan, Round
from panel.domain.questions import BankQuestion
from panel.domain.roles import Role
from panel.domain.rubrics import Rubric
from panel.house import Workspace
from panel.stats.design_worth import DesignWorth, design_worth
from panel.stats.mixed_model import MixedModel
from panel.stats.wording import TARGETS_FOR_A_CLAIM
from panel.store import bank, reports
from panel.store import rubrics as stored_rubrics

# Shares of the variance of one rating. What the study leaves, 4 %, is put to the residual.
PUBLISHED: Mapping[str, float] = {
    "target": 0.28,
    "target:rater": 0.40,
    "target:item": 0.18,
    "rater": 0.09,
    "item": 0.01,
    "residual": 0.04,
}
SOURCE = "BMC Med Educ 2014;14:169"


@dataclass(frozen=True)
class Step:
    """One change of the plan, in words, and what the scores would then be worth."""

    words: str
    worth: DesignWorth


@dataclass(frozen=True)
class PlanWorth:
    """What the plan as it stands is worth, and after each of the next steps, the most useful first."""

    now: DesignWorth
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class PlannedRatings:
    """What one candidate's ratings will be under a draft, and under each draft one step further; in words.

    `earlier` is the long table of the role's ratings that the reader may see. Empty `now`: nothing is planned yet.
    """

    now: pd.DataFrame
    further: tuple[tuple[str, pd.DataFrame], ...]
    earlier: pd.DataFrame

    @property
    def candidates(self) -> int:
        return int(self.earlier["target"].nunique())

    @property
    def enough(self) -> bool:
        return self.candidates >= TARGETS_FOR_A_CLAIM


def planned_ratings(workspace: Workspace, *, by: Person, plan_id: str) -> PlannedRatings:
    """For those who manage hiring; ratings that are withheld from the reader are not among the earlier ones."""
    with workspace.database.read() as transaction:
        reader = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        stored = existing_draft(transaction, plan_id)
        role = existing_role(transaction, stored.role_id).role
        questions = {each.key: each for each in bank.current_questions(transaction)}
        rubrics = {each.key: each.rubric for each in stored_rubrics.bank_rubrics(transaction)}
        found = reports.readable_ratings(transaction, reader_id=reader.id, role_id=stored.role_id)
        earlier = long_table(transaction, found)
    rows = _rows(stored.plan, questions, rubrics)
    return PlannedRatings(
        now=_weighted(rows, role),
        further=tuple((words, _weighted(more, role)) for words, more in _further(stored.plan, role, rows)),
        earlier=earlier[["target", "rater", "item", "score"]],
    )


def worth_of(planned: PlannedRatings, components: Mapping[str, float]) -> PlanWorth:
    """Raises RatingsError while no question is planned."""
    steps = [Step(words, design_worth(more, components)) for words, more in planned.further]
    return PlanWorth(
        design_worth(planned.now, components),
        tuple(sorted(steps, key=lambda each: -each.worth.adjusted)),
    )


def components_of(model: MixedModel) -> Mapping[str, float] | None:
    """The components of a fitted model; None where it could not tell candidates apart."""
    found = {each.term: each.variance for each in model.components}
    return None if model.not_estimable or not found.get("target") else found


# ---- the ratings of one candidate -------------------------------------------------------------------------------

COLUMNS = ["round", "rater", "item", "competency", "question_weight"]


def _rows(plan: Plan, questions: Mapping[str, BankQuestion], rubrics: Mapping[str, Rubric]) -> pd.DataFrame:
    """One row per rating that one candidate will get. Questions that left the bank are left out."""
    rows = []
    for where in plan.rounds:
        for seat in where.assignments:
            asked = where.assignments if where.together else (seat,)
            planned = {each.question_key: each for part in asked for each in part.questions}
            rater = seat.interviewer_id or seat.id
            rows += [
                (where.id, rater, f"{where.id}:{key}", measures(each, questions, rubrics), each.weight)
                for key, each in planned.items()
                if key in questions and questions[key].state != "pilot"
            ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _weighted(rows: pd.DataFrame, role: Role) -> pd.DataFrame:
    """With `weight`, as scores weigh: by competency, and within it by question. Others of the role's do not count."""
    counted = rows[rows["competency"].isin(role.measured)].copy()
    within = counted.groupby("competency")["question_weight"].transform("sum")
    counted["weight"] = counted["question_weight"] / within * counted["competency"].map(role.weights).astype(float)
    return counted[["rater", "item", "weight"]].reset_index(drop=True)


def _further(plan: Plan, role: Role, rows: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    found = []
    for where in plan.rounds:
        of_round = rows[rows["round"] == where.id]
        if of_round.empty:
            continue
        more = "A second interviewer after" if where.sitting == "single" else "One more interviewer in"
        found.append((f"{more} {where.name}", _one_more_rater(rows, of_round, where)))
        found.append((_question_words(where), _one_more_question(rows, of_round, where, role)))
    return found


def _question_words(where: Round) -> str:
    each = " for each interviewer" if where.sitting == "separate" and len(where.assignments) > 1 else ""
    return f"One more question{each} in {where.name}"


def _one_more_rater(rows: pd.DataFrame, of_round: pd.DataFrame, where: Round) -> pd.DataFrame:
    """In a panel they rate what is asked; in a sequence they ask as many questions as the others, on the same."""
    if where.together:
        more = of_round.drop_duplicates("item").assign(rater="one more", question_weight=1.0)
    else:
        longest = of_round["rater"].value_counts().index[0]
        more = of_round[of_round["rater"] == longest].assign(rater="one more", question_weight=1.0)
        more = more.assign(item=[f"more {number}" for number in range(len(more))])
    return pd.concat([rows, more], ignore_index=True)


def _one_more_question(rows: pd.DataFrame, of_round: pd.DataFrame, where: Round, role: Role) -> pd.DataFrame:
    """On the competency of the role that has the fewest ratings so far."""
    counts = rows["competency"].value_counts()
    scarce = min(role.measured, key=lambda each: int(counts.get(each, 0)))
    raters = list(dict.fromkeys(of_round["rater"]))
    items = ["more"] * len(raters) if where.together else [f"more {number}" for number in range(len(raters))]
    more = pd.DataFrame(
        {"round": where.id, "rater": raters, "item": items, "competency": scarce, "question_weight": 1.0}
    )
    return pd.concat([rows, more], ignore_index=True)
