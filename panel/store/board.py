"""A day's interviews with progress only: no query here reads a level, a recommendation or what a note says."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

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
    """Who sits in those interviews; raters first, in seat order."""
    return transaction.rows(
        "SELECT s.id, s.interview_id, s.person_id, p.name AS person_name, s.assignment_id, s.shadow, s.submitted_at "
        "FROM scorecard s JOIN interview i ON i.id = s.interview_id JOIN person p ON p.id = s.person_id "
        "WHERE i.state <> 'cancelled' AND i.starts_at >= ? AND i.starts_at < ? ORDER BY s.shadow, s.id",
        first, last,
    )  # fmt: skip


class Progress(NamedTuple):
    """How many questions of a scorecard are answered, in whichever way, and how many have a note."""

    answered: int
    noted: int


def progress_of(transaction: Transaction, scorecard_ids: Iterable[str]) -> dict[str, Progress]:
    """By scorecard id."""
    wanted = list(dict.fromkeys(scorecard_ids))
    found = dict.fromkeys(wanted, Progress(0, 0))
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        for row in transaction.rows(
            "SELECT scorecard_id, CAST(count(CASE WHEN outcome <> 'open' THEN 1 END) AS BIGINT) AS answered, "
            "CAST(count(CASE WHEN note <> '' THEN 1 END) AS BIGINT) AS noted "
            f"FROM rating WHERE scorecard_id IN ({', '.join('?' * len(part))}) GROUP BY scorecard_id",
            *part,
        ):
            found[row["scorecard_id"]] = Progress(int(row["answered"]), int(row["noted"]))
    return found
