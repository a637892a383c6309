"""Handovers between interviewers of a candidate."""

from panel.domain.candidates import Interview
from panel.domain.handover import Handover
from panel.store.database import Row, Transaction


def handover_of(transaction: Transaction, scorecard_id: str) -> Handover | None:
    row = transaction.row(
        "SELECT scorecard_id, candidate_id, text, version, sent_at FROM handover WHERE scorecard_id = ?", scorecard_id
    )
    return Handover.model_validate(row) if row else None


def keep_handover(transaction: Transaction, handover: Handover) -> None:
    """`handover.version` is the new version."""
    transaction.run(
        "INSERT INTO handover (scorecard_id, candidate_id, text, version, sent_at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (scorecard_id) DO UPDATE SET text = excluded.text, version = excluded.version, "
        "sent_at = excluded.sent_at",
        handover.scorecard_id, handover.candidate_id, handover.text, handover.version, handover.sent_at,
    )  # fmt: skip


def handovers_before(transaction: Transaction, interview: Interview, *, reader_id: str) -> list[Row]:
    """What was handed over by interviewers who met the same candidate earlier, oldest interview first.

    Of a sitting for which the reader still owes their own scorecard, only what they wrote themselves.
    Columns: text, sent_at, person_name, plan_version_id, round_id.
    """
    any_sent = "SELECT scorecard_id FROM handover WHERE candidate_id = ? AND text <> '' LIMIT 1"
    if not transaction.row(any_sent, interview.candidate_id):
        return []  # nearly always, and ten times as fast as finding it out below
    return transaction.rows(
        "SELECT h.text, h.sent_at, p.name AS person_name, i.plan_version_id, i.round_id FROM interview i "
        "JOIN scorecard s ON s.interview_id = i.id JOIN handover h ON h.scorecard_id = s.id "
        "JOIN person p ON p.id = s.person_id "
        "WHERE i.candidate_id = ? AND i.starts_at < ? AND i.state <> 'cancelled' AND h.text <> '' AND NOT EXISTS ("
        "SELECT 1 FROM scorecard own WHERE own.interview_id = i.id AND own.person_id = ? AND own.state = 'draft' "
        "AND own.id <> s.id) ORDER BY i.starts_at, h.sent_at",
        interview.candidate_id, interview.starts_at, reader_id,
    )  # fmt: skip
