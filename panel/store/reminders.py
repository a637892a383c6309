"""Open scorecards that somebody is reminded of, the reminders given, and where they were stopped."""

from collections.abc import Iterable
from datetime import datetime

from panel.domain.reminders import OpenScorecard, Reminder
from panel.store.database import Row, Transaction, insert_many

OPEN = (
    "SELECT s.id AS scorecard_id, s.person_id, p.name AS person_name, p.email, c.name AS candidate_name, "
    "i.starts_at, i.minutes, i.plan_version_id, s.round_id, s.assignment_id, x.stopped_by, x.stopped_at, x.resumed_at "
    "FROM scorecard s JOIN interview i ON i.id = s.interview_id JOIN candidate c ON c.id = s.candidate_id "
    "JOIN person p ON p.id = s.person_id LEFT JOIN reminder_stop x ON x.scorecard_id = s.id "
    "WHERE s.state = 'draft' AND NOT s.shadow AND i.state <> 'cancelled' AND p.active"
)


def open_scorecards(transaction: Transaction, *, after: datetime, before: datetime) -> list[OpenScorecard]:
    """Drafts of active people, shadows' left out, whose interview began between two moments; oldest first."""
    rows = transaction.rows(f"{OPEN} AND i.starts_at > ? AND i.starts_at < ? ORDER BY i.starts_at, s.id", after, before)
    return [OpenScorecard.model_validate(row) for row in rows]


def open_scorecard(transaction: Transaction, scorecard_id: str) -> OpenScorecard | None:
    row = transaction.row(f"{OPEN} AND s.id = ?", scorecard_id)
    return OpenScorecard.model_validate(row) if row else None


def open_scorecards_of(transaction: Transaction, person_id: str, *, before: datetime) -> list[OpenScorecard]:
    """A person's own whose interview began before a moment; oldest first.

    Asked on every run of every page, so the small question comes first: most people have none.
    """
    drafts = transaction.rows(
        "SELECT s.id FROM scorecard s JOIN interview i ON i.id = s.interview_id "
        "WHERE s.person_id = ? AND s.state = 'draft' AND i.starts_at < ? LIMIT 1",
        person_id, before,
    )  # fmt: skip
    if not drafts:
        return []
    rows = transaction.rows(
        f"{OPEN} AND s.person_id = ? AND i.starts_at < ? ORDER BY i.starts_at, s.id", person_id, before
    )
    return [OpenScorecard.model_validate(row) for row in rows]


def reminders_of(transaction: Transaction, scorecard_ids: Iterable[str]) -> dict[str, list[Reminder]]:
    """The reminders of each scorecard, oldest first."""
    wanted = list(dict.fromkeys(scorecard_ids))
    found: dict[str, list[Reminder]] = {each: [] for each in wanted}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        for row in transaction.rows(
            "SELECT scorecard_id, number, due_at, claimed_at, state, tries FROM reminder "
            f"WHERE scorecard_id IN ({', '.join('?' * len(part))}) ORDER BY due_at",
            *part,
        ):
            found[row["scorecard_id"]].append(Reminder.model_validate(row))
    return found


def keep_reminder(transaction: Transaction, scorecard_id: str, reminder: Reminder) -> None:
    """Write a new reminder, or the next state of the one that was due at the same moment."""
    if transaction.run(
        "UPDATE reminder SET claimed_at = ?, state = ?, tries = ? WHERE scorecard_id = ? AND due_at = ?",
        reminder.claimed_at, reminder.state, reminder.tries, scorecard_id, reminder.due_at,
    ):  # fmt: skip
        return
    insert_many(
        transaction,
        "reminder",
        "scorecard_id, due_at, number, claimed_at, state, tries",
        [(scorecard_id, reminder.due_at, reminder.number, reminder.claimed_at, reminder.state, reminder.tries)],
    )


def settle_reminder(transaction: Transaction, scorecard_id: str, reminder: Reminder) -> bool:
    """Write how a try ended. False when another process has taken the reminder up meanwhile."""
    return bool(
        transaction.run(
            "UPDATE reminder SET state = ? WHERE scorecard_id = ? AND due_at = ? AND state = 'sending' AND tries = ?",
            reminder.state, scorecard_id, reminder.due_at, reminder.tries,
        )
    )  # fmt: skip


def stop_of(transaction: Transaction, scorecard_id: str) -> Row | None:
    return transaction.row(
        "SELECT stopped_by, stopped_at, resumed_at FROM reminder_stop WHERE scorecard_id = ?", scorecard_id
    )


def stop_reminders(transaction: Transaction, scorecard_id: str, *, by: str, at: datetime) -> None:
    transaction.run(
        "INSERT INTO reminder_stop (scorecard_id, stopped_by, stopped_at, resumed_at) VALUES (?, ?, ?, NULL) "
        "ON CONFLICT (scorecard_id) DO UPDATE SET stopped_by = excluded.stopped_by, "
        "stopped_at = excluded.stopped_at, resumed_at = excluded.resumed_at",
        scorecard_id, by, at,
    )  # fmt: skip


def resume_reminders(transaction: Transaction, scorecard_id: str, *, at: datetime) -> None:
    transaction.run("UPDATE reminder_stop SET resumed_at = ? WHERE scorecard_id = ?", at, scorecard_id)
