"""Ratings as they were read for a page, as the long table of `stats`."""

import pandas as pd

from panel.store import bank, plans
from panel.store.database import Transaction

# What a row of the long table is made of; reading more, dates above all, takes as long as all the rest.
RATED = (
    "candidate_id", "person_id", "person_name", "plan_version_id", "round_id", "assignment_id", "question_key", "level",
)  # fmt: skip

ASKED = ("plan_version_id", "round_id", "assignment_id", "question_key")


def long_table(transaction: Transaction, found: pd.DataFrame) -> pd.DataFrame:
    """The long table of `stats` (target, rater, item, score) with sitting, levels, round and names beside it.

    An item is a question in a round, so that one asked in two rounds is two items. Pilot questions are left out.
    """
    rated = found.loc[found["level"].notna(), list(RATED)]
    versions = plans.plan_versions_by_id(transaction, rated["plan_version_id"].unique())
    approvals = bank.approvals(transaction)
    items = {each: version.published.items() for each, version in versions.items()}
    rows = []
    # A team has thousands of ratings of a few hundred planned questions, so each of those is looked up once.
    for asked in rated[list(ASKED)].drop_duplicates().itertuples(index=False):
        version, item = (
            versions[asked.plan_version_id],
            items[asked.plan_version_id][asked.assignment_id, asked.question_key],
        )
        if item.counts(approved_at=approvals.get(asked.question_key), published_at=version.published_at):
            where = version.published.round(asked.round_id)
            sitting = "panel" if where.sitting == "panel" else "separate"
            one = f"{where.id}:{asked.question_key}"
            rows.append((*asked, one, sitting, len(item.rubric.anchors), where.id, where.name))
    facts_of_asked = pd.DataFrame(rows, columns=[*ASKED, "item", "sitting", "levels", "round", "round_name"])
    names = {"candidate_id": "target", "person_id": "rater", "level": "score", "person_name": "name"}
    table = rated.merge(facts_of_asked, on=list(ASKED), how="inner").rename(columns=names)
    columns = ["target", "rater", "item", "score", "name", "sitting", "levels", "round", "round_name"]
    return table[columns].astype({"score": float, "levels": int})
