"""Sittings while they happen."""

from datetime import datetime

from panel.domain.live import LiveSitting
from panel.store.database import Transaction


def live_sitting(transaction: Transaction, interview_id: str) -> LiveSitting:
    row = transaction.row(
        "SELECT interview_id, started_at, lead_id, question_key, version FROM live_sitting WHERE interview_id = ?",
        interview_id,
    )
    return LiveSitting.model_validate(row) if row else LiveSitting(interview_id=interview_id)


def keep_live_sitting(transaction: Transaction, sitting: LiveSitting, *, at: datetime) -> None:
    """Write the next state of a sitting; `sitting.version` is the new version."""
    transaction.run(
        "INSERT INTO live_sitting (interview_id, started_at, lead_id, question_key, moved_at, version) "
        "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (interview_id) DO UPDATE SET started_at = excluded.started_at, "
        "lead_id = excluded.lead_id, question_key = excluded.question_key, moved_at = excluded.moved_at, "
        "version = excluded.version",
        sitting.interview_id, sitting.started_at, sitting.lead_id, sitting.question_key, at, sitting.version,
    )  # fmt: skip
