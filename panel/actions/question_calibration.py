"""How the questions do: difficulty, discrimination, where panels split, how often they were asked, and what to mend.

A question is looked at over all rounds and plans that asked it, its levels on the scale 1 to 5.
"""

from dataclasses import dataclass

import pandas as pd

from panel.actions.bank import exposures
from panel.actions.checks import allowed
from panel.actions.question_advice import Advice, advice_on
from panel.actions.tidy_ratings import Chosen, TidyRatings, tidy_ratings
from panel.domain.people import Person, may_see_team_calibration
from panel.domain.questions import BankQuestion
from panel.domain.scores import on_five
from panel.house import Workspace
from panel.stats.item_levels import ItemLevels
from panel.stats.items import ItemStatistics, item_analysis
from panel.stats.linked_severity import linked_severity
from panel.stats.steady_splits import level_use_beside_severity
from panel.store import bank, rubrics

ONLY_MANAGERS = "Only hiring managers and administrators see how the questions do."


@dataclass(frozen=True)
class QuestionLine:
    """One question with what is known of it. `stored` is None where it has left the bank; `levels` None where no two
    interviewers heard the same answer; `asked` and `lately` are candidates, in all and in 90 days, over all roles."""

    key: str
    prompt: str
    stored: BankQuestion | None
    found: ItemStatistics
    levels: ItemLevels | None
    scale: tuple[float, ...]
    advice: tuple[Advice, ...]
    rubric_key: str
    asked: int
    lately: int


@dataclass(frozen=True)
class _Counted:
    found: ItemStatistics
    levels: ItemLevels | None
    scale: tuple[float, ...]


def question_calibration(workspace: Workspace, *, by: Person, chosen: Chosen) -> tuple[QuestionLine, ...]:
    """Every question that was rated, by its text. What the reader may not see yet is in no number."""
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_see_team_calibration, ONLY_MANAGERS)
        stored = {each.key: each for each in bank.current_questions(transaction)}
        of_competency = {
            each.rubric.competency: each.rubric.key
            for each in reversed(rubrics.bank_rubrics(transaction))
            if each.state == "active"
        }
    ratings = tidy_ratings(workspace, by=by).where(chosen)
    counted = workspace.results.take(("questions", ratings.key), lambda: _counted(ratings))
    asked = exposures(workspace, by=by)
    prompts = {key.partition(":")[2]: prompt for key, prompt in ratings.prompts.items()}
    lines = []
    for key, each in counted.items():
        question = stored.get(key)
        times = asked.get(key)
        lines.append(
            QuestionLine(
                key=key,
                prompt=question.question.prompt if question else prompts.get(key, ""),
                stored=question,
                found=each.found,
                levels=each.levels,
                scale=each.scale,
                advice=advice_on(each.found, each.levels, each.scale),
                rubric_key=of_competency.get(question.question.competency, "") if question else "",
                asked=times.asked if times else 0,
                lately=times.lately if times else 0,
            )
        )
    return tuple(sorted(lines, key=lambda line: (line.prompt.casefold(), line.key)))


def _counted(ratings: TidyRatings) -> dict[str, _Counted]:
    """By question key. Pilots are counted too: what they are tried for is these numbers."""
    rows = ratings.rows
    rows = rows[rows["score"].notna() & ~rows["shadow"]]
    if rows.empty:
        return {}
    places, keys = pd.factorize(
        pd.Index([each.partition(":")[2] for each in rows["item"].cat.categories], dtype=object)
    )
    table = pd.DataFrame(
        {
            "target": rows["target"].cat.codes, "rater": rows["rater"].cat.codes,
            "item": places[rows["item"].cat.codes.to_numpy()],  # a question may stand in several rounds
            "score": on_five(rows["score"], rows["levels"]), "levels": rows["levels"],
            "level": rows["score"], "interview": rows["interview"].cat.codes, "panel": rows["sitting"] == "panel",
        }
    )  # fmt: skip
    analysed = item_analysis(table.groupby(["target", "rater", "item"], as_index=False)["score"].mean())
    pairs = _levels(table)
    found = {}
    for each in analysed.items:
        key = str(keys[int(str(each.item))])
        found[key] = _Counted(each, *pairs.get(int(str(each.item)), (None, ())))
    return found


def _levels(table: pd.DataFrame) -> dict[int, tuple[ItemLevels, tuple[float, ...]]]:
    """Use of levels where several interviewers watched the same answer; of a question whose rubric was given another
    number of levels, by the number it was rated with most. Steady severity, over all questions, is taken out of splits
    and gaps: it is no fault of a question."""
    watched = table[table["panel"]].drop(columns=["target", "score"])
    watched = watched.rename(columns={"interview": "target", "level": "score"})
    most = watched.groupby(["item", "levels"]).size().sort_values().reset_index().drop_duplicates("item", keep="last")
    found: dict[int, tuple[ItemLevels, tuple[float, ...]]] = {}
    for levels, items in most.groupby("levels")["item"]:
        part = watched[(watched["levels"] == levels) & watched["item"].isin(set(items))]
        rated = part[["target", "rater", "item", "score"]]
        scale = [float(each) for each in range(1, int(levels) + 1)]
        use = level_use_beside_severity(rated, scale, linked_severity(rated))
        found |= {int(str(each.item)): (each, use.levels) for each in use.items}
    return found
