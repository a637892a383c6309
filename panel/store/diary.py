"""When who sits with whom: interviews with their people, cancelled ones too, as a calendar needs them."""

from datetime import datetime

from panel.store.database import Row, Transaction

LINE = (
    "i.id AS interview_id, i.candidate_id, i.plan_version_id, i.round_id, i.starts_at, i.minutes, i.state, i.version, "
    "c.name AS candidate_name, s.id AS scorecard_id, s.person_id, s.assignment_id "
    "FROM interview i JOIN candidate c ON c.id = i.candidate_id JOIN scorecard s ON s.interview_id = i.id"
)


def sittings_of_person(transaction: Transaction, person_id: str, *, since: datetime) -> list[Row]:
    """A person's interviews that begin after `since`, soonest first."""
    return transaction.rows(
        f"SELECT {LINE} WHERE s.person_id = ? AND i.starts_at > ? ORDER BY i.starts_at, i.id", person_id, since
    )


def sittings_of_candidate(transaction: Transaction, candidate_id: str, *, since: datetime) -> list[Row]:
    """A candidate's interviews that begin after `since`, soonest first: a row for each of their interviewers."""
    return transaction.rows(
        f"SELECT {LINE} WHERE i.candidate_id = ? AND i.starts_at > ? ORDER BY i.starts_at, i.id, s.id",
        candidate_id, since,
    )  # fmt: skip
