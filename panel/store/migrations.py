"""Ordered steps that bring any older database to the present one. A step is never edited after release."""

from collections.abc import Callable
from datetime import UTC, datetime

from panel.errors import StorageError
from panel.store.database import Database, Transaction
from panel.store.m006_asked_items import m006_asked_items
from panel.store.m007_debriefs import m007_debriefs
from panel.store.m008_practice import m008_practice
from panel.store.m009_views import m009_views
from panel.store.m010_outcomes import m010_outcomes

Step = Callable[[Transaction], None]


def m001_first_tables(transaction: Transaction) -> None:
    for statement in (PEOPLE + CONTENT + PLANNING + SCORING).split(";"):
        if statement.strip():
            transaction.run(statement)


PEOPLE = """
CREATE TABLE person (
    id VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, email VARCHAR NOT NULL, access VARCHAR NOT NULL,
    active BOOLEAN NOT NULL, password_hash VARCHAR, version BIGINT NOT NULL, created_at TIMESTAMP NOT NULL);
CREATE TABLE invitation (
    token_hash VARCHAR PRIMARY KEY, person_id VARCHAR NOT NULL, created_by VARCHAR NOT NULL,
    created_at TIMESTAMP NOT NULL, expires_at TIMESTAMP NOT NULL, used_at TIMESTAMP);
CREATE TABLE web_session (
    token_hash VARCHAR PRIMARY KEY, person_id VARCHAR NOT NULL, created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL, ended_at TIMESTAMP);
CREATE TABLE sign_in_failure (
    subject VARCHAR PRIMARY KEY, failures BIGINT NOT NULL, last_at TIMESTAMP NOT NULL);
CREATE TABLE audit_event (
    id VARCHAR PRIMARY KEY, happened_at TIMESTAMP NOT NULL, actor_id VARCHAR NOT NULL, action VARCHAR NOT NULL,
    subject VARCHAR NOT NULL, subject_id VARCHAR NOT NULL, before_text VARCHAR, after_text VARCHAR);
"""

CONTENT = """
CREATE TABLE category (
    key VARCHAR PRIMARY KEY, body VARCHAR NOT NULL, place BIGINT NOT NULL);
CREATE TABLE question (
    key VARCHAR PRIMARY KEY, version BIGINT NOT NULL, category_key VARCHAR NOT NULL, place BIGINT NOT NULL);
CREATE TABLE question_version (
    key VARCHAR NOT NULL, version BIGINT NOT NULL, body VARCHAR NOT NULL, author_id VARCHAR NOT NULL,
    reason VARCHAR NOT NULL, created_at TIMESTAMP NOT NULL, PRIMARY KEY (key, version));
CREATE TABLE rubric (
    key VARCHAR PRIMARY KEY, version BIGINT NOT NULL);
CREATE TABLE rubric_version (
    key VARCHAR NOT NULL, version BIGINT NOT NULL, body VARCHAR NOT NULL, author_id VARCHAR NOT NULL,
    reason VARCHAR NOT NULL, created_at TIMESTAMP NOT NULL, PRIMARY KEY (key, version));
"""

PLANNING = """
CREATE TABLE role (
    id VARCHAR PRIMARY KEY, body VARCHAR NOT NULL, version BIGINT NOT NULL, created_at TIMESTAMP NOT NULL);
CREATE TABLE plan (
    id VARCHAR PRIMARY KEY, role_id VARCHAR NOT NULL, body VARCHAR NOT NULL, version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL);
CREATE TABLE plan_version (
    id VARCHAR PRIMARY KEY, plan_id VARCHAR NOT NULL, number BIGINT NOT NULL, body VARCHAR NOT NULL,
    published_by VARCHAR NOT NULL, published_at TIMESTAMP NOT NULL);
CREATE TABLE candidate (
    id VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, email VARCHAR NOT NULL, role_id VARCHAR NOT NULL,
    about VARCHAR NOT NULL, version BIGINT NOT NULL, created_at TIMESTAMP NOT NULL);
CREATE TABLE interview (
    id VARCHAR PRIMARY KEY, candidate_id VARCHAR NOT NULL, plan_id VARCHAR NOT NULL,
    plan_version_id VARCHAR NOT NULL, round_id VARCHAR NOT NULL, starts_at TIMESTAMP NOT NULL,
    minutes BIGINT NOT NULL, state VARCHAR NOT NULL, version BIGINT NOT NULL, created_at TIMESTAMP NOT NULL);
"""

SCORING = """
CREATE TABLE scorecard (
    id VARCHAR PRIMARY KEY, interview_id VARCHAR NOT NULL, person_id VARCHAR NOT NULL,
    assignment_id VARCHAR NOT NULL, candidate_id VARCHAR NOT NULL, round_id VARCHAR NOT NULL,
    state VARCHAR NOT NULL, recommendation VARCHAR, summary VARCHAR NOT NULL, version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL, submitted_at TIMESTAMP);
CREATE TABLE rating (
    scorecard_id VARCHAR NOT NULL, question_key VARCHAR NOT NULL, outcome VARCHAR NOT NULL, level BIGINT,
    note VARCHAR NOT NULL, probes_asked VARCHAR NOT NULL, version BIGINT NOT NULL, updated_at TIMESTAMP NOT NULL,
    PRIMARY KEY (scorecard_id, question_key));
CREATE TABLE rating_event (
    id VARCHAR PRIMARY KEY, scorecard_id VARCHAR NOT NULL, question_key VARCHAR NOT NULL,
    happened_at TIMESTAMP NOT NULL, actor_id VARCHAR NOT NULL, outcome VARCHAR NOT NULL, level BIGINT,
    note VARCHAR NOT NULL,
    probes_asked VARCHAR NOT NULL, version BIGINT NOT NULL);
CREATE INDEX scorecard_by_interview ON scorecard (interview_id);
CREATE INDEX rating_event_by_scorecard ON rating_event (scorecard_id)
"""


def m002_life_of_the_bank(transaction: Transaction) -> None:
    """States of questions and rubrics, leaks, imports that can be undone, and what files and database last shared."""
    for statement in LIFE_OF_THE_BANK.split(";"):
        if statement.strip():
            transaction.run(statement)


LIFE_OF_THE_BANK = """
ALTER TABLE question ADD COLUMN state VARCHAR DEFAULT 'approved';
ALTER TABLE question ADD COLUMN leaked_on DATE;
ALTER TABLE question ADD COLUMN leaked_reason VARCHAR;
ALTER TABLE question ADD COLUMN approved_at TIMESTAMP;
ALTER TABLE question_version ADD COLUMN category_key VARCHAR;
ALTER TABLE rubric ADD COLUMN state VARCHAR DEFAULT 'active';
CREATE TABLE bank_revision (
    id VARCHAR PRIMARY KEY, revision BIGINT NOT NULL);
INSERT INTO bank_revision (id, revision) VALUES ('bank', 1);
CREATE TABLE bank_import (
    id VARCHAR PRIMARY KEY, name VARCHAR NOT NULL, imported_by VARCHAR NOT NULL, imported_at TIMESTAMP NOT NULL,
    body VARCHAR NOT NULL, undone_by VARCHAR, undone_at TIMESTAMP);
CREATE TABLE file_sync (
    kind VARCHAR NOT NULL, key VARCHAR NOT NULL, version BIGINT NOT NULL, digest VARCHAR NOT NULL,
    PRIMARY KEY (kind, key))
"""


def m003_planning_aids(transaction: Transaction) -> None:
    """Templates of plans, and the questions a person keeps at hand."""
    for statement in PLANNING_AIDS.split(";"):
        if statement.strip():
            transaction.run(statement)


PLANNING_AIDS = """
CREATE TABLE plan_template (
    id VARCHAR PRIMARY KEY, body VARCHAR NOT NULL, created_by VARCHAR NOT NULL, created_at TIMESTAMP NOT NULL);
CREATE TABLE favourite (
    person_id VARCHAR NOT NULL, question_key VARCHAR NOT NULL, added_at TIMESTAMP NOT NULL,
    PRIMARY KEY (person_id, question_key))
"""


def m004_fair_panels(transaction: Transaction) -> None:
    """Conflicts of interest, training, availability, and scorecards of shadows."""
    for statement in FAIR_PANELS.split(";"):
        if statement.strip():
            transaction.run(statement)


FAIR_PANELS = """
CREATE TABLE conflict_of_interest (
    id VARCHAR PRIMARY KEY, person_id VARCHAR NOT NULL, candidate_id VARCHAR NOT NULL, kind VARCHAR NOT NULL,
    remark VARCHAR NOT NULL, declared_by VARCHAR NOT NULL, declared_at TIMESTAMP NOT NULL, withdrawn_by VARCHAR,
    withdrawn_at TIMESTAMP);
CREATE TABLE training (
    person_id VARCHAR NOT NULL, subject VARCHAR NOT NULL, state VARCHAR NOT NULL, changed_by VARCHAR NOT NULL,
    changed_at TIMESTAMP NOT NULL, PRIMARY KEY (person_id, subject));
CREATE TABLE availability (
    person_id VARCHAR PRIMARY KEY, most_a_week BIGINT, version BIGINT NOT NULL);
CREATE TABLE absence (
    id VARCHAR PRIMARY KEY, person_id VARCHAR NOT NULL, first_day DATE NOT NULL, last_day DATE NOT NULL,
    remark VARCHAR NOT NULL, declared_by VARCHAR NOT NULL, declared_at TIMESTAMP NOT NULL);
ALTER TABLE scorecard ADD COLUMN shadow BOOLEAN DEFAULT FALSE
"""


def m005_live_scoring(transaction: Transaction) -> None:
    """Why a question was not asked, how sure a recommendation is, who leads a sitting, handovers, and reminders."""
    for statement in LIVE_SCORING.split(";"):
        if statement.strip():
            transaction.run(statement)


LIVE_SCORING = """
ALTER TABLE rating ADD COLUMN reason VARCHAR DEFAULT '';
ALTER TABLE rating ADD COLUMN reworded BOOLEAN DEFAULT FALSE;
ALTER TABLE rating_event ADD COLUMN reason VARCHAR DEFAULT '';
ALTER TABLE rating_event ADD COLUMN reworded BOOLEAN DEFAULT FALSE;
ALTER TABLE scorecard ADD COLUMN confidence VARCHAR;
ALTER TABLE interview ADD COLUMN opens VARCHAR DEFAULT 'own';
CREATE TABLE live_sitting (
    interview_id VARCHAR PRIMARY KEY, started_at TIMESTAMP, lead_id VARCHAR, question_key VARCHAR NOT NULL,
    moved_at TIMESTAMP NOT NULL, version BIGINT NOT NULL);
CREATE TABLE handover (
    scorecard_id VARCHAR PRIMARY KEY, candidate_id VARCHAR NOT NULL, text VARCHAR NOT NULL, version BIGINT NOT NULL,
    sent_at TIMESTAMP NOT NULL);
CREATE TABLE preference (
    person_id VARCHAR PRIMARY KEY, body VARCHAR NOT NULL);
CREATE TABLE reminder (
    scorecard_id VARCHAR NOT NULL, due_at TIMESTAMP NOT NULL, number BIGINT NOT NULL, claimed_at TIMESTAMP NOT NULL,
    state VARCHAR NOT NULL, tries BIGINT NOT NULL, PRIMARY KEY (scorecard_id, due_at));
CREATE TABLE reminder_stop (
    scorecard_id VARCHAR PRIMARY KEY, stopped_by VARCHAR NOT NULL, stopped_at TIMESTAMP NOT NULL,
    resumed_at TIMESTAMP)
"""

STEPS: tuple[Step, ...] = (
    m001_first_tables,
    m002_life_of_the_bank,
    m003_planning_aids,
    m004_fair_panels,
    m005_live_scoring,
    m006_asked_items,
    m007_debriefs,
    m008_practice,
    m009_views,
    m010_outcomes,
)


def applied_steps(database: Database) -> int:
    """How many steps this database has behind it; 0 for a new one."""

    def count(transaction: Transaction) -> int:
        transaction.run(
            "CREATE TABLE IF NOT EXISTS migration "
            "(number BIGINT PRIMARY KEY, name VARCHAR NOT NULL, applied_at TIMESTAMP NOT NULL)"
        )
        row = transaction.row("SELECT CAST(count(*) AS BIGINT) AS steps FROM migration")
        return int(row["steps"]) if row else 0

    return database.write(count)


def migrate(database: Database, before_change: Callable[[int], None] | None = None) -> None:
    """Apply every step the database lacks, each in one transaction with its record.

    `before_change` is called once, with the number of steps applied so far, when an existing database is about
    to change. Raises StorageError when the database is newer than this program.
    """
    done = applied_steps(database)
    if done > len(STEPS):
        raise StorageError(
            f"The database {database.place} was made by a newer version of this program "
            f"(step {done}; this one knows {len(STEPS)}). Start the newer version; nothing was changed."
        )
    if before_change and 0 < done < len(STEPS):
        before_change(done)
    for number in range(done + 1, len(STEPS) + 1):
        database.write(lambda transaction, number=number: _apply(transaction, number))  # type: ignore[misc]


def _apply(transaction: Transaction, number: int) -> None:
    if transaction.row("SELECT number FROM migration WHERE number = ?", number):
        return  # another process on the same PostgreSQL was first
    step = STEPS[number - 1]
    step(transaction)
    now = datetime.now(UTC).replace(tzinfo=None)
    transaction.run("INSERT INTO migration (number, name, applied_at) VALUES (?, ?, ?)", number, step.__name__, now)
