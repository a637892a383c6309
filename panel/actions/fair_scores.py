"""The long table behind fair scores of a role: every level its reader may see that counts, on the scale 1 to 5."""

from dataclasses import dataclass

import pandas as pd

from panel.actions.calibration import RATED
from panel.actions.checks import allowed
from panel.actions.compare import ONLY_MANAGERS
from panel.domain.people import Person, may_compare
from panel.domain.scores import on_five
from panel.errors import NotFound
from panel.house import Workspace
from panel.store import bank, plans, reports
from panel.store.database import Transaction

ASKED = ("plan_version_id", "round_id", "assignment_id", "question_key")


@dataclass(frozen=True, eq=False)
class FairTable:
    """`long` has the columns of `stats` (target, rater, item, part, score): candidate, interviewer, a question in a
    round, the competency it measures, and the level on the scale 1 to 5. `names` gives interviewers by id, in the
    order of their names."""

    long: pd.DataFrame
    names: dict[str, str]


def fair_table(workspace: Workspace, *, by: Person, role_id: str) -> FairTable:
    """Every rating of the role that its reader may see: shadows never, pilots once they count."""
    with workspace.database.read() as transaction:
        reader = allowed(transaction, by, may_compare, ONLY_MANAGERS)
        if plans.role_by_id(transaction, role_id) is None:
            raise NotFound("This role does not exist. Choose one from the list.")
        found = reports.readable_levels(transaction, reader_id=reader.id, role_id=role_id)
        long = _long(transaction, found[list(RATED)])
    pairs = sorted(set(zip(found["person_id"], found["person_name"], strict=True)), key=lambda each: each[1].casefold())
    return FairTable(long, dict(pairs))


def _long(transaction: Transaction, found: pd.DataFrame) -> pd.DataFrame:
    """An item is a question in a round judged with one rubric, so that it measures one thing."""
    versions = plans.plan_versions_by_id(transaction, found["plan_version_id"].unique())
    approvals = bank.approvals(transaction)
    items = {each: version.published.items() for each, version in versions.items()}
    rows = []
    # Thousands of ratings are of a few hundred planned questions, so each of those is looked up once.
    for asked in found[list(ASKED)].drop_duplicates().itertuples(index=False):
        version = versions[asked.plan_version_id]
        item = items[asked.plan_version_id][asked.assignment_id, asked.question_key]
        if item.counts(approved_at=approvals.get(asked.question_key), published_at=version.published_at):
            part, levels = item.rubric.competency, len(item.rubric.anchors)
            rows.append((*asked, f"{asked.round_id}:{asked.question_key}:{part}", part, levels))
    facts = pd.DataFrame(rows, columns=[*ASKED, "item", "part", "levels"])
    table = found.merge(facts, on=list(ASKED), how="inner")
    return pd.DataFrame(
        {
            "target": table["candidate_id"],
            "rater": table["person_id"],
            "item": table["item"],
            "part": table["part"],
            "score": on_five(table["level"], table["levels"].astype(float)),
        }
    ).astype({"score": float})
