"""Candidates and interviews."""

from collections.abc import Iterable
from datetime import datetime

from panel.domain.candidates import Candidate, Interview
from panel.store.database import Row, Transaction, insert_many

CANDIDATE = "id, name, email, role_id, about, version"
INTERVIEW = "id, candidate_id, plan_id, plan_version_id, round_id, starts_at, minutes, state, version, opens"


def candidates_of_role(transaction: Transaction, role_id: str) -> list[Candidate]:
    rows = transaction.rows(f"SELECT {CANDIDATE} FROM candidate WHERE role_id = ? ORDER BY lower(name), id", role_id)
    return [Candidate.model_validate(row) for row in rows]


def candidate_by_id(transaction: Transaction, candidate_id: str) -> Candidate | None:
    row = transaction.row(f"SELECT {CANDIDATE} FROM candidate WHERE id = ?", candidate_id)
    return Candidate.model_validate(row) if row else None


def candidate_with_email(transaction: Transaction, *, role_id: str, email: str) -> Candidate | None:
    row = transaction.row(f"SELECT {CANDIDATE} FROM candidate WHERE role_id = ? AND email = ?", role_id, email)
    return Candidate.model_validate(row) if row else None


def candidates_called(transaction: Transaction, name: str) -> list[Candidate]:
    """By email address or by name, whatever the case."""
    rows = transaction.rows(
        f"SELECT {CANDIDATE} FROM candidate WHERE email = ? OR lower(name) = ? ORDER BY id", name.lower(), name.lower()
    )
    return [Candidate.model_validate(row) for row in rows]


def insert_candidate(transaction: Transaction, candidate: Candidate, *, created_at: datetime) -> None:
    transaction.run(
        "INSERT INTO candidate (id, name, email, role_id, about, version, created_at) VALUES (?, ?, ?, ?, ?, 1, ?)",
        candidate.id, candidate.name, candidate.email, candidate.role_id, candidate.about, created_at,
    )  # fmt: skip


def update_candidate(transaction: Transaction, candidate: Candidate, *, seen_version: int) -> bool:
    """False when somebody else changed the candidate first."""
    return bool(
        transaction.run(
            "UPDATE candidate SET name = ?, email = ?, about = ?, version = version + 1 WHERE id = ? AND version = ?",
            candidate.name, candidate.email, candidate.about, candidate.id, seen_version,
        )
    )  # fmt: skip


def insert_interview(transaction: Transaction, interview: Interview, *, created_at: datetime) -> None:
    transaction.run(
        f"INSERT INTO interview ({INTERVIEW}, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        interview.id, interview.candidate_id, interview.plan_id, interview.plan_version_id, interview.round_id,
        interview.starts_at, interview.minutes, interview.state, interview.version, interview.opens, created_at,
    )  # fmt: skip


def insert_interviews(transaction: Transaction, interviews: Iterable[tuple[Interview, datetime]]) -> None:
    """Many at once, each with when it was made."""
    insert_many(
        transaction,
        "interview",
        f"{INTERVIEW}, created_at",
        (
            (each.id, each.candidate_id, each.plan_id, each.plan_version_id, each.round_id, each.starts_at,
             each.minutes, each.state, each.version, each.opens, created_at)
            for each, created_at in interviews
        ),
    )  # fmt: skip


def interview_by_id(transaction: Transaction, interview_id: str) -> Interview | None:
    row = transaction.row(f"SELECT {INTERVIEW} FROM interview WHERE id = ?", interview_id)
    return Interview.model_validate(row) if row else None


def interviews_of_candidate(transaction: Transaction, candidate_id: str) -> list[Interview]:
    rows = transaction.rows(
        f"SELECT {INTERVIEW} FROM interview WHERE candidate_id = ? ORDER BY starts_at, id", candidate_id
    )
    return [Interview.model_validate(row) for row in rows]


def interviews_ahead(transaction: Transaction, *, plan_id: str, at: datetime) -> dict[str, int]:
    """How many standing interviews of a plan begin after `at`, by plan version id."""
    rows = transaction.rows(
        "SELECT plan_version_id, CAST(count(*) AS BIGINT) AS interviews FROM interview "
        "WHERE plan_id = ? AND starts_at > ? AND state <> 'cancelled' GROUP BY plan_version_id",
        plan_id, at,
    )  # fmt: skip
    return {row["plan_version_id"]: int(row["interviews"]) for row in rows}


def update_interview(transaction: Transaction, interview: Interview, *, seen_version: int) -> bool:
    """False when somebody else changed the interview first."""
    return bool(
        transaction.run(
            "UPDATE interview SET starts_at = ?, state = ?, version = version + 1 WHERE id = ? AND version = ?",
            interview.starts_at, interview.state, interview.id, seen_version,
        )
    )  # fmt: skip


def interviews_of_role(transaction: Transaction, role_id: str) -> list[Row]:
    """Every interview of a role's candidates with progress only: how many scorecards, how many submitted.

    Shadows are not counted.
    """
    return transaction.rows(
        "SELECT i.id, i.candidate_id, i.plan_id, i.plan_version_id, i.round_id, i.starts_at, i.minutes, i.state, "
        "i.version, i.opens, "
        "CAST(sum(CASE WHEN NOT s.shadow THEN 1 ELSE 0 END) AS BIGINT) AS scorecards, "
        "CAST(sum(CASE WHEN s.state <> 'draft' AND NOT s.shadow THEN 1 ELSE 0 END) AS BIGINT) AS submitted "
        "FROM interview i JOIN candidate c ON c.id = i.candidate_id LEFT JOIN scorecard s ON s.interview_id = i.id "
        "WHERE c.role_id = ? "
        "GROUP BY i.id, i.candidate_id, i.plan_id, i.plan_version_id, i.round_id, i.starts_at, i.minutes, i.state, "
        "i.version, i.opens "
        "ORDER BY i.starts_at, i.id",
        role_id,
    )
