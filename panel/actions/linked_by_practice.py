"""Severity with exercises and shadow interviews as links: interviewers compare who share no candidate but an exercise.

Only severity is computed so, and only when somebody asks for it: shares of variance, fair averages and every other
figure stay those of interviews.
"""

from dataclasses import dataclass

import pandas as pd

from panel.actions.calibration_parts import RATED, Sitting, on_one_scale
from panel.actions.practice import linking_ratings
from panel.actions.tidy_ratings import Chosen, tidy_ratings
from panel.domain.people import Person
from panel.house import Workspace
from panel.stats.linked_severity import LinkedSeverities, linked_severity


@dataclass(frozen=True)
class LinkedByPractice:
    """`names` are those of everybody in it, in alphabetical order; `exercises` and `shadowed` count the ratings that
    were added to those of interviews."""

    severity: LinkedSeverities
    names: dict[str, str]
    exercises: int
    shadowed: int


def linked_by_practice(workspace: Workspace, *, by: Person, chosen: Chosen, sitting: Sitting) -> LinkedByPractice:
    """Of one kind of sitting of what is chosen, with every exercise that the reader may see the ratings of."""
    extra = linking_ratings(workspace, by=by)
    tidy = tidy_ratings(workspace, by=by).where(chosen).counted()
    key = ("linked", tidy.key, sitting, int(pd.util.hash_pandas_object(extra, index=False).sum()))
    return workspace.results.take(key, lambda: _linked(tidy.rows, tidy.people, extra, sitting))


def _linked(rows: pd.DataFrame, people: dict[str, str], extra: pd.DataFrame, sitting: Sitting) -> LinkedByPractice:
    used, levels = on_one_scale(rows) if len(rows) else (rows, 0)
    used = used.loc[(used["sitting"] == sitting).to_numpy(), RATED].astype(dict.fromkeys(RATED[:3], object))
    if used.empty:  # nothing of interviews to be linked
        return LinkedByPractice(LinkedSeverities((), ()), {}, 0, 0)
    extra = extra[extra["levels"] == levels]
    asked = pd.MultiIndex.from_frame(used[["target", "item"]].drop_duplicates())
    same = pd.MultiIndex.from_frame(extra[["target", "item"]]).isin(asked)
    exercises = extra[extra["source"] == "exercise"]
    shadowed = extra[(extra["source"] == "shadow").to_numpy() & same]
    every = pd.concat([used, exercises[RATED], shadowed[RATED]], ignore_index=True)
    names = {**dict(zip(extra["rater"], extra["name"], strict=True)), **people}
    there = sorted(every["rater"].unique(), key=lambda each: names[each].casefold())
    return LinkedByPractice(
        severity=linked_severity(every, by_item=sitting == "panel"),
        names={each: names[each] for each in there},
        exercises=len(exercises),
        shadowed=len(shadowed),
    )
