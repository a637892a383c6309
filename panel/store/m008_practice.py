"""Calibration exercises with their gold and ratings, what a training asks for, and rehearsals.

Rehearsals stand in tables of their own, so that no query of interviews and scorecards can ever meet one.
"""

from panel.store.database import Transaction


def m008_practice(transaction: Transaction) -> None:
    for statement in PRACTICE.split(";"):
        if statement.strip():
            transaction.run(statement)


PRACTICE = """
CREATE TABLE exercise (
    id VARCHAR PRIMARY KEY, body VARCHAR NOT NULL, from_file BOOLEAN NOT NULL, state VARCHAR NOT NULL,
    version BIGINT NOT NULL, created_by VARCHAR NOT NULL, created_at TIMESTAMP NOT NULL);
CREATE TABLE exercise_gold (
    exercise_id VARCHAR NOT NULL, number BIGINT NOT NULL, level BIGINT NOT NULL, neighbour BIGINT,
    reasoning VARCHAR NOT NULL, decides VARCHAR NOT NULL, proposed_by VARCHAR NOT NULL, proposed_at TIMESTAMP,
    agreed_by VARCHAR NOT NULL, agreed_at TIMESTAMP, PRIMARY KEY (exercise_id, number));
CREATE TABLE exercise_rating (
    exercise_id VARCHAR NOT NULL, person_id VARCHAR NOT NULL, level BIGINT NOT NULL, note VARCHAR NOT NULL,
    rated_at TIMESTAMP NOT NULL, PRIMARY KEY (exercise_id, person_id));
CREATE TABLE training_need (
    subject VARCHAR PRIMARY KEY, answers BIGINT NOT NULL, version BIGINT NOT NULL);
CREATE TABLE rehearsal (
    id VARCHAR PRIMARY KEY, interviewer_id VARCHAR NOT NULL, colleague_id VARCHAR NOT NULL, body VARCHAR NOT NULL,
    question_key VARCHAR NOT NULL, moved_at TIMESTAMP NOT NULL, started_at TIMESTAMP NOT NULL, ended_at TIMESTAMP,
    version BIGINT NOT NULL);
CREATE TABLE rehearsal_rating (
    rehearsal_id VARCHAR NOT NULL, question_key VARCHAR NOT NULL, level BIGINT, note VARCHAR NOT NULL,
    seconds BIGINT NOT NULL, version BIGINT NOT NULL, PRIMARY KEY (rehearsal_id, question_key))
"""
