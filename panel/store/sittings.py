"""Who sits, or sat, before whom: interviews with the seats of their scorecards, and nothing of what was rated."""

from datetime import datetime

from panel.store.database import Row, Transaction


def sittings_before(transaction: Transaction, *, role_id: str, at: datetime) -> list[Row]:
    """The standing interviews before `at` of a role's candidates who have another one after it.

    Rows: candidate_id, candidate_name, plan_version_id, round_id, assignment_id, starts_at, the latest first; one for
    each interviewer.
    """
    return transaction.rows(
        "SELECT c.id AS candidate_id, c.name AS candidate_name, i.plan_version_id, i.round_id, s.assignment_id, "
        "i.starts_at FROM candidate c JOIN interview i ON i.candidate_id = c.id "
        "JOIN scorecard s ON s.interview_id = i.id "
        "WHERE c.role_id = ? AND i.state <> 'cancelled' AND i.starts_at <= ? AND EXISTS ("
        "SELECT 1 FROM interview ahead WHERE ahead.candidate_id = c.id AND ahead.state <> 'cancelled' "
        "AND ahead.starts_at > ?) "
        "ORDER BY i.starts_at DESC, c.name, c.id, s.assignment_id",
        role_id, at, at,
    )  # fmt: skip
