"""The step that puts what published plans ask into rows, and keeps how the team wants to work."""

import json
from typing import Any

from panel.store.database import Transaction, insert_many

TABLES = """
CREATE TABLE asked_item (
    plan_version_id VARCHAR NOT NULL, assignment_id VARCHAR NOT NULL, question_key VARCHAR NOT NULL,
    round_id VARCHAR NOT NULL, round_name VARCHAR NOT NULL, sitting VARCHAR NOT NULL, place BIGINT NOT NULL,
    prompt VARCHAR NOT NULL, competency VARCHAR NOT NULL, rubric_key VARCHAR NOT NULL, levels BIGINT NOT NULL,
    weight DOUBLE PRECISION NOT NULL, pilot BOOLEAN NOT NULL,
    PRIMARY KEY (plan_version_id, assignment_id, question_key));
CREATE TABLE team_setting (
    id VARCHAR PRIMARY KEY, body VARCHAR NOT NULL, version BIGINT NOT NULL)
"""
COLUMNS = (
    "plan_version_id, assignment_id, question_key, round_id, round_name, sitting, place, prompt, competency, "
    "rubric_key, levels, weight, pilot"
)


def m006_asked_items(transaction: Transaction) -> None:
    """What published plans ask, in rows beside their documents, and how the team wants to work."""
    for statement in TABLES.split(";"):
        transaction.run(statement)
    for row in transaction.rows("SELECT id, body FROM plan_version ORDER BY id"):
        keep_asked_items(transaction, row["id"], json.loads(row["body"]))


def keep_asked_items(transaction: Transaction, plan_version_id: str, published: dict[str, Any]) -> None:
    """The rows of one published plan, given as its JSON document, which stays the truth: they are only quick to join.

    A later step that changes the document must change this too.
    """
    rows = {
        (guide["assignment_id"], item["question"]["key"]): (
            plan_version_id, guide["assignment_id"], item["question"]["key"], each["id"], each["name"],
            each["sitting"], place, item["question"]["prompt"], item["rubric"]["competency"], item["rubric"]["key"],
            len(item["rubric"]["anchors"]), float(item["weight"]), bool(item.get("pilot", False)),
        )
        for each in published["rounds"]
        for guide in each["guides"]
        for place, item in enumerate(guide["items"], start=1)
    }  # fmt: skip
    insert_many(transaction, "asked_item", COLUMNS, rows.values())
