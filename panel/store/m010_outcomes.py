"""The step that brings how hired people did later, and the imports that this came by."""

from panel.store.database import Transaction


def m010_outcomes(transaction: Transaction) -> None:
    for statement in OUTCOMES.split(";"):
        if statement.strip():
            transaction.run(statement)


OUTCOMES = """
CREATE TABLE outcome (
    id VARCHAR PRIMARY KEY, candidate_id VARCHAR NOT NULL, observed_on DATE NOT NULL, criterion VARCHAR NOT NULL,
    value DOUBLE PRECISION NOT NULL, low DOUBLE PRECISION NOT NULL, high DOUBLE PRECISION NOT NULL,
    import_id VARCHAR NOT NULL, entered_by VARCHAR NOT NULL, entered_at TIMESTAMP NOT NULL,
    removed_by VARCHAR, removed_at TIMESTAMP);
CREATE TABLE outcome_import (
    id VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, imported_by VARCHAR NOT NULL, imported_at TIMESTAMP NOT NULL,
    outcomes BIGINT NOT NULL, undone_by VARCHAR, undone_at TIMESTAMP)
"""
