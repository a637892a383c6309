"""A day's interviews with progress only: no query here reads a level, a recommendation or what a note says."""

from datetime import datetime

from panel.store.database import Row, Transaction


def sittings_between(transaction: Transaction, first: datetime, last: datetime) -> list[Row]:
    """The standing interviews that begin from `first` until before `last`, in their order, with their clock and lead.

    `question_key` is None until somebody starts the clock or leads.
    """
    return transaction.rows(
        "SELECT i.id, i.candidate_id, c.name AS candidate_name, c.role_id, i.plan_version_id, i.round_id, i.starts_at, "
        "i.minutes, l.started_at, l.lead_id, l.question_key "
        "FROM interview i JOIN candidate c ON c.id = i.candidate_id LEFT JOIN live_sitting l ON l.interview_id = i.id "
        "WHERE i.state <> 'cancelled' AND i.starts_at >= ? AND i.starts_at < ? "
        "ORDER BY i.starts_at, lower(c.name), i.id",
        first, last,
    )  # fmt: skip


def seats_between(transaction: Transaction, first: datetime, last: datetime) -> list[Row]:
    """Who sits in those interviews and how far they are; raters first, in seat order.

    `answered` counts answers of every kind alike, `noted` the questions with a note.
    """
    return transaction.rows(
        "SELECT s.interview_id, s.person_id, p.name AS person_name, s.assignment_id, s.shadow, s.submitted_at, "
        "CAST(count(CASE WHEN r.outcome <> 'open' THEN 1 END) AS BIGINT) AS answered, "
        "CAST(count(CASE WHEN r.note <> '' THEN 1 END) AS BIGINT) AS noted "
        "FROM scorecard s JOIN interview i ON i.id = s.interview_id JOIN person p ON p.id = s.person_id "
        "LEFT JOIN rating r ON r.scorecard_id = s.id "
        "WHERE i.state <> 'cancelled' AND i.starts_at >= ? AND i.starts_at < ? "
        "GROUP BY s.id, s.interview_id, s.person_id, p.name, s.assignment_id, s.shadow, s.submitted_at "
        "ORDER BY s.shadow, s.id",
        first, last,
    )  # fmt: skip
