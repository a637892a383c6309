"""Debriefs with what is added to them: reconciliations, confirmations, decisions. Nothing here is ever changed.

What a reader may see of ratings is asked of `reports`; these are the rows by themselves, for actions that have checked.
"""

from panel.domain.debriefs import Confirmation, Debrief, Decision, Reconciliation
from panel.store.database import Row, Transaction

DEBRIEF = "id, candidate_id, number, opened_by, opened_at"
RECONCILIATION = "scorecard_id, question_key, number, debrief_id, level, reason, made_by, made_at"
CONFIRMATION = "debrief_id, person_id, number, scorecard_ids, reconciliations, confirmed_at"


def debriefs_of(transaction: Transaction, candidate_id: str) -> list[Debrief]:
    """Oldest first; the last is the one that may be open."""
    rows = transaction.rows(f"SELECT {DEBRIEF} FROM debrief WHERE candidate_id = ? ORDER BY number", candidate_id)
    return [Debrief.model_validate(row) for row in rows]


def insert_debrief(transaction: Transaction, debrief: Debrief) -> bool:
    """False when another one of this number was opened first."""
    return bool(
        transaction.run(
            f"INSERT INTO debrief ({DEBRIEF}) VALUES (?, ?, ?, ?, ?) ON CONFLICT (candidate_id, number) DO NOTHING",
            debrief.id, debrief.candidate_id, debrief.number, debrief.opened_by, debrief.opened_at,
        )
    )  # fmt: skip


def reconciliations_of(transaction: Transaction, *, scorecard_id: str, question_key: str) -> list[Reconciliation]:
    """Every event of one rating, oldest first."""
    rows = transaction.rows(
        f"SELECT {RECONCILIATION} FROM reconciliation WHERE scorecard_id = ? AND question_key = ? ORDER BY number",
        scorecard_id, question_key,
    )  # fmt: skip
    return [Reconciliation.model_validate(row) for row in rows]


def insert_reconciliation(transaction: Transaction, made: Reconciliation) -> bool:
    """False when another one of this number came first."""
    return bool(
        transaction.run(
            f"INSERT INTO reconciliation ({RECONCILIATION}) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (scorecard_id, question_key, number) DO NOTHING",
            made.scorecard_id, made.question_key, made.number, made.debrief_id, made.level, made.reason, made.made_by,
            made.made_at,
        )
    )  # fmt: skip


def reconciled_of_raters(transaction: Transaction, candidate_id: str) -> dict[str, int]:
    """How many reconciliations were made of each rater's ratings of a candidate, by person id."""
    rows = transaction.rows(
        "SELECT s.person_id, CAST(count(*) AS BIGINT) AS made FROM reconciliation e "
        "JOIN scorecard s ON s.id = e.scorecard_id WHERE s.candidate_id = ? GROUP BY s.person_id",
        candidate_id,
    )
    return {row["person_id"]: int(row["made"]) for row in rows}


def confirmations_of(transaction: Transaction, debrief_id: str) -> list[Confirmation]:
    rows = transaction.rows(
        f"SELECT {CONFIRMATION} FROM debrief_confirmation WHERE debrief_id = ? "
        "ORDER BY confirmed_at, person_id, number",
        debrief_id,
    )
    return [Confirmation.model_validate(row | {"scorecards": row["scorecard_ids"].split()}) for row in rows]


def insert_confirmation(transaction: Transaction, made: Confirmation) -> bool:
    """False when another tab confirmed first."""
    return bool(
        transaction.run(
            f"INSERT INTO debrief_confirmation ({CONFIRMATION}, scorecards) VALUES (?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (debrief_id, person_id, number) DO NOTHING",
            made.debrief_id, made.person_id, made.number, " ".join(made.scorecards), made.reconciliations,
            made.confirmed_at, len(made.scorecards),
        )
    )  # fmt: skip


def decisions_of(transaction: Transaction, debrief_id: str) -> list[Decision]:
    """Oldest first; the last one holds."""
    rows = transaction.rows("SELECT body FROM decision WHERE debrief_id = ? ORDER BY number", debrief_id)
    return [Decision.model_validate_json(row["body"], extra="ignore") for row in rows]


def insert_decision(transaction: Transaction, made: Decision) -> bool:
    """False when another one of this number was made first."""
    return bool(
        transaction.run(
            "INSERT INTO decision (debrief_id, number, outcome, body, decided_by, decided_at) "
            "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (debrief_id, number) DO NOTHING",
            made.debrief_id, made.number, made.outcome, made.model_dump_json(), made.decided_by, made.decided_at,
        )
    )  # fmt: skip


def rounds_owed(transaction: Transaction, *, person_id: str, candidate_id: str) -> set[tuple[str, str]]:
    """(plan version id, round id) of what a person has not submitted for a candidate, as a shadow too."""
    rows = transaction.rows(
        "SELECT DISTINCT i.plan_version_id, s.round_id FROM scorecard s JOIN interview i ON i.id = s.interview_id "
        "WHERE s.person_id = ? AND s.candidate_id = ? AND s.state = 'draft' AND i.state <> 'cancelled'",
        person_id, candidate_id,
    )  # fmt: skip
    return {(row["plan_version_id"], row["round_id"]) for row in rows}


def cards_of_candidate(transaction: Transaction, candidate_id: str) -> list[Row]:
    """Who rates a candidate in standing interviews, and how far they are: progress only, shadows left out.

    Rows: id, person_id, person_name, active, state, round_id, interview_id, plan_version_id, starts_at, submitted_at.
    """
    return transaction.rows(
        "SELECT s.id, s.person_id, p.name AS person_name, p.active, s.state, s.round_id, s.interview_id, "
        "i.plan_version_id, i.starts_at, s.submitted_at FROM scorecard s JOIN interview i ON i.id = s.interview_id "
        "JOIN person p ON p.id = s.person_id "
        "WHERE s.candidate_id = ? AND NOT s.shadow AND i.state <> 'cancelled' "
        "ORDER BY i.starts_at, i.id, lower(p.name), s.id",
        candidate_id,
    )


def reconciled_in_later(transaction: Transaction, candidate_id: str, *, after: int) -> list[Row]:
    """Which ratings were reconciled in debriefs after the one of that number. Rows: scorecard_id, question_key."""
    return transaction.rows(
        "SELECT DISTINCT e.scorecard_id, e.question_key FROM reconciliation e "
        "JOIN debrief d ON d.id = e.debrief_id WHERE d.candidate_id = ? AND d.number > ? "
        "ORDER BY e.scorecard_id, e.question_key",
        candidate_id, after,
    )  # fmt: skip
