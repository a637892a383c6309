"""The step that brings debriefs: reconciled ratings, confirmations and decisions. Rows are only ever added."""

from panel.store.database import Transaction


def m007_debriefs(transaction: Transaction) -> None:
    for statement in DEBRIEFS.split(";"):
        if statement.strip():
            transaction.run(statement)


DEBRIEFS = """
CREATE TABLE debrief (
    candidate_id VARCHAR NOT NULL, number BIGINT NOT NULL, id VARCHAR NOT NULL, opened_by VARCHAR NOT NULL,
    opened_at TIMESTAMP NOT NULL, PRIMARY KEY (candidate_id, number));
CREATE TABLE reconciliation (
    scorecard_id VARCHAR NOT NULL, question_key VARCHAR NOT NULL, number BIGINT NOT NULL, debrief_id VARCHAR NOT NULL,
    level BIGINT, reason VARCHAR NOT NULL, made_by VARCHAR NOT NULL, made_at TIMESTAMP NOT NULL,
    PRIMARY KEY (scorecard_id, question_key, number));
CREATE TABLE debrief_confirmation (
    debrief_id VARCHAR NOT NULL, person_id VARCHAR NOT NULL, number BIGINT NOT NULL, scorecards BIGINT NOT NULL,
    scorecard_ids VARCHAR NOT NULL, reconciliations BIGINT NOT NULL, confirmed_at TIMESTAMP NOT NULL,
    PRIMARY KEY (debrief_id, person_id, number));
CREATE TABLE decision (
    debrief_id VARCHAR NOT NULL, number BIGINT NOT NULL, outcome VARCHAR NOT NULL, body VARCHAR NOT NULL,
    decided_by VARCHAR NOT NULL, decided_at TIMESTAMP NOT NULL, PRIMARY KEY (debrief_id, number))
"""
