"""The long table behind fair scores of a role: every level its reader may see that counts, on the scale 1 to 5."""

from collections.abc import Hashable
from dataclasses import dataclass

import pandas as pd

from panel.actions.checks import allowed
from panel.actions.compare import ONLY_MANAGERS
from panel.actions.tidy_ratings import Chosen, tidy_ratings
from panel.domain.people import Person, may_compare
from panel.domain.scores import on_five
from panel.errors import NotFound
from panel.house import Workspace
from panel.store import plans


@dataclass(frozen=True, eq=False)
class FairTable:
    """`long` has the columns of `stats` (target, rater, item, part, score): candidate, interviewer, a question in a
    round, the competency it measures, and the level on the scale 1 to 5. `names` gives its interviewers by id, in the
    order of their names. `key` names exactly this table."""

    long: pd.DataFrame
    names: dict[str, str]
    key: Hashable


def fair_table(workspace: Workspace, *, by: Person, role_id: str) -> FairTable:
    """Every rating of the role that its reader may see: shadows never, pilots once they count."""
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_compare, ONLY_MANAGERS)
        if plans.role_by_id(transaction, role_id) is None:
            raise NotFound("This role does not exist. Choose one from the list.")
    found = tidy_ratings(workspace, by=by).where(Chosen(role_id=role_id)).counted()
    long = workspace.tables.take(("fair", found.key), lambda: _long(found.rows))
    people = {each: found.people[each] for each in long["rater"].unique()}
    return FairTable(long, dict(sorted(people.items(), key=lambda each: each[1].casefold())), found.key)


def _long(rows: pd.DataFrame) -> pd.DataFrame:
    """A question that was judged with rubrics of two competencies is an item of each, so that an item measures one."""
    part, item = rows["competency"].astype(object), rows["item"].astype(object)
    return pd.DataFrame(
        {
            "target": rows["target"].astype(object),
            "rater": rows["rater"].astype(object),
            "item": item + ":" + part,
            "part": part,
            "score": on_five(rows["score"], rows["levels"]),
        }
    )
