"""Handovers between interviewers of a candidate."""

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


def handovers_before(transaction: Transaction, *, interview_id: str, reader_id: str) -> list[Row]:
    """What was handed over by interviewers who met the same candidate earlier, oldest interview first.

    Of a sitting for which the reader still owes their own scorecard, only what they wrote themselves.
    Columns: text, sent_at, person_name, plan_version_id, round_id.
    """
    return transaction.rows(
        "SELECT h.text, h.sent_at, p.name AS person_name, i.plan_version_id, i.round_id FROM interview here "
        "JOIN interview i ON i.candidate_id = here.candidate_id AND i.starts_at < here.starts_at "
        "AND i.state <> 'cancelled' AND i.id <> here.id "
        "JOIN scorecard s ON s.interview_id = i.id JOIN handover h ON h.scorecard_id = s.id "
        "JOIN person p ON p.id = s.person_id WHERE here.id = ? AND h.text <> '' AND NOT EXISTS ("
        "SELECT 1 FROM scorecard own WHERE own.interview_id = i.id AND own.person_id = ? AND own.state = 'draft' "
        "AND own.id <> s.id) ORDER BY i.starts_at, h.sent_at",
        interview_id, reader_id,
    )  # fmt: skip
