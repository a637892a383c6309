"""Reads for screens that show more than one person's ratings. The rule of blindness stands in the SQL itself."""

from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from panel.store.database import Row, Transaction

# What keeps a scorecard `s` of the interview `i` from the reader: they owe one of their own for the same candidate and
# round, or they sit on a panel whose plan opens scorecards after all, and a rater has not submitted yet.
# Parameter of each: the reader's id.
OWED = (
    "EXISTS (SELECT 1 FROM scorecard owed JOIN interview at_stake ON at_stake.id = owed.interview_id "
    "WHERE owed.person_id = ? AND owed.state = 'draft' AND at_stake.state <> 'cancelled' "
    "AND owed.candidate_id = s.candidate_id AND owed.round_id = s.round_id)"
)
WAITING = (
    "(i.opens = 'all' AND EXISTS ("
    "SELECT 1 FROM scorecard mine JOIN interview sat_in ON sat_in.id = mine.interview_id "
    "WHERE mine.person_id = ? AND mine.person_id <> s.person_id AND sat_in.state <> 'cancelled' "
    "AND mine.candidate_id = s.candidate_id AND mine.round_id = s.round_id) AND EXISTS ("
    "SELECT 1 FROM scorecard late JOIN interview waited_for ON waited_for.id = late.interview_id "
    "WHERE late.state = 'draft' AND NOT late.shadow AND waited_for.state <> 'cancelled' "
    "AND late.candidate_id = s.candidate_id AND late.round_id = s.round_id))"
)

# Parameters: the reader's id, twice.
READABLE = f"s.state <> 'draft' AND i.state <> 'cancelled' AND NOT {OWED} AND NOT {WAITING}"

# A shadow's ratings are for their own training and count nowhere else.
COUNTED = "NOT s.shadow"

RATINGS = (
    "SELECT s.id AS scorecard_id, s.person_id, p.name AS person_name, s.candidate_id, c.name AS candidate_name, "
    "i.id AS interview_id, i.plan_id, i.plan_version_id, s.round_id, s.assignment_id, r.question_key, r.outcome, "
    "CAST(r.level AS DOUBLE PRECISION) AS level, r.note, s.submitted_at, i.starts_at "
    "FROM scorecard s JOIN interview i ON i.id = s.interview_id JOIN rating r ON r.scorecard_id = s.id "
    "JOIN candidate c ON c.id = s.candidate_id JOIN person p ON p.id = s.person_id "
)


def _named(candidate_ids: Sequence[str] | None) -> str:
    """The condition that a candidate is one of so many; everybody where none are named."""
    if candidate_ids is None:
        return "1 = 1"
    return f"c.id IN ({', '.join('?' * len(candidate_ids))})" if candidate_ids else "1 = 0"


def readable_ratings(
    transaction: Transaction, *, reader_id: str, role_id: str, candidate_ids: Sequence[str] | None = None
) -> pd.DataFrame:
    """Every rating of a role's candidates, or of the named ones, that the reader may see, one row each.

    Columns: scorecard_id, person_id, person_name, candidate_id, candidate_name, interview_id, plan_id,
    plan_version_id, round_id, assignment_id, question_key, outcome, level (NaN when missing), note, submitted_at,
    starts_at.
    """
    return transaction.frame(
        f"{RATINGS} WHERE c.role_id = ? AND {_named(candidate_ids)} AND {COUNTED} AND {READABLE} "
        "ORDER BY c.name, c.id, s.id, r.question_key",
        role_id, *(candidate_ids or ()), reader_id, reader_id,
    )  # fmt: skip


def readable_levels(transaction: Transaction, *, reader_id: str) -> pd.DataFrame:
    """Every rated level of all roles that the reader may see and that counts, without notes and dates.

    Columns: candidate_id, person_id, person_name, plan_version_id, round_id, assignment_id, question_key, level.
    """
    return transaction.frame(
        "SELECT s.candidate_id, s.person_id, p.name AS person_name, i.plan_version_id, s.round_id, s.assignment_id, "
        "r.question_key, CAST(r.level AS DOUBLE PRECISION) AS level "
        "FROM scorecard s JOIN interview i ON i.id = s.interview_id JOIN rating r ON r.scorecard_id = s.id "
        f"JOIN person p ON p.id = s.person_id WHERE r.level IS NOT NULL AND {COUNTED} AND {READABLE} "
        "ORDER BY s.id, r.question_key",
        reader_id, reader_id,
    )  # fmt: skip


def readable_shadow_ratings(transaction: Transaction, *, reader_id: str) -> pd.DataFrame:
    """The ratings of shadows of all roles that the reader may see, with the columns of `readable_levels`.

    They are linking data and enter no score of a candidate: whoever uses them marks them.
    """
    return transaction.frame(
        "SELECT s.candidate_id, s.person_id, p.name AS person_name, i.plan_version_id, s.round_id, s.assignment_id, "
        "r.question_key, CAST(r.level AS DOUBLE PRECISION) AS level "
        "FROM scorecard s JOIN interview i ON i.id = s.interview_id JOIN rating r ON r.scorecard_id = s.id "
        f"JOIN person p ON p.id = s.person_id WHERE r.level IS NOT NULL AND s.shadow AND {READABLE} "
        "ORDER BY s.id, r.question_key",
        reader_id, reader_id,
    )  # fmt: skip


def readable_recommendations(
    transaction: Transaction, *, reader_id: str, role_id: str, candidate_ids: Sequence[str] | None = None
) -> pd.DataFrame:
    """Recommendation and summary of every scorecard the reader may see.

    Columns: scorecard_id, person_id, person_name, candidate_id, round_id, recommendation, summary, submitted_at.
    """
    return transaction.frame(
        "SELECT s.id AS scorecard_id, s.person_id, p.name AS person_name, s.candidate_id, s.round_id, "
        "s.recommendation, s.summary, s.submitted_at "
        "FROM scorecard s JOIN interview i ON i.id = s.interview_id JOIN candidate c ON c.id = s.candidate_id "
        f"JOIN person p ON p.id = s.person_id WHERE c.role_id = ? AND {_named(candidate_ids)} AND {COUNTED} "
        f"AND {READABLE} ORDER BY s.submitted_at, s.id",
        role_id, *(candidate_ids or ()), reader_id, reader_id,
    )  # fmt: skip


def scorecard_progress(transaction: Transaction, *, reader_id: str, role_id: str) -> pd.DataFrame:
    """How many scorecards each candidate of a role has, how many are submitted, and how many the reader owes.

    Progress is not a rating and is shown to everybody who manages the role. Shadows are not counted, but one who
    still owes theirs owes it.
    Columns: candidate_id, scorecards, submitted, owed_by_reader, latest (start of an interview).
    """
    return transaction.frame(
        "SELECT s.candidate_id, CAST(sum(CASE WHEN NOT s.shadow THEN 1 ELSE 0 END) AS BIGINT) AS scorecards, "
        "CAST(sum(CASE WHEN s.state <> 'draft' AND NOT s.shadow THEN 1 ELSE 0 END) AS BIGINT) AS submitted, "
        "CAST(sum(CASE WHEN s.state = 'draft' AND s.person_id = ? THEN 1 ELSE 0 END) AS BIGINT) AS owed_by_reader, "
        "max(i.starts_at) AS latest "
        "FROM scorecard s JOIN interview i ON i.id = s.interview_id JOIN candidate c ON c.id = s.candidate_id "
        "WHERE c.role_id = ? AND i.state <> 'cancelled' GROUP BY s.candidate_id",
        reader_id, role_id,
    )  # fmt: skip


def withheld_from(transaction: Transaction, *, reader_id: str, role_id: str) -> set[tuple[str, str]]:
    """(candidate, round) pairs whose ratings are withheld: the reader owes a scorecard there, or what a rater has
    submitted waits for the others."""
    rows = transaction.rows(
        "SELECT DISTINCT s.candidate_id, s.round_id FROM scorecard s JOIN interview i ON i.id = s.interview_id "
        "JOIN candidate c ON c.id = s.candidate_id WHERE c.role_id = ? AND i.state <> 'cancelled' "
        f"AND ({OWED} OR (s.state <> 'draft' AND {COUNTED} AND {WAITING}))",
        role_id, reader_id, reader_id,
    )  # fmt: skip
    return {(row["candidate_id"], row["round_id"]) for row in rows}


def owed_by(transaction: Transaction, *, reader_id: str, role_id: str) -> set[tuple[str, str]]:
    """(candidate, round) pairs for which the reader owes a scorecard, of a shadow's too."""
    rows = transaction.rows(
        "SELECT DISTINCT s.candidate_id, s.round_id FROM scorecard s JOIN interview i ON i.id = s.interview_id "
        "JOIN candidate c ON c.id = s.candidate_id "
        "WHERE c.role_id = ? AND i.state <> 'cancelled' AND s.state = 'draft' AND s.person_id = ?",
        role_id, reader_id,
    )  # fmt: skip
    return {(row["candidate_id"], row["round_id"]) for row in rows}


def exposure(transaction: Transaction, *, reader_id: str, since: datetime, question_key: str = "") -> list[Row]:
    """How many candidates were asked each question, by role: in all, and in interviews from `since` on.

    Counted from submitted scorecards, without those of a candidate and round for which the reader still owes their
    own, so that a count never tells what is withheld. A
    question counts as asked when it was rated or could not be assessed. Rows: question_key, role_id, asked, lately.
    """
    one = "AND r.question_key = ? " if question_key else ""
    return transaction.rows(
        "SELECT r.question_key, c.role_id, CAST(count(DISTINCT s.candidate_id) AS BIGINT) AS asked, "
        "CAST(count(DISTINCT CASE WHEN i.starts_at >= ? THEN s.candidate_id END) AS BIGINT) AS lately "
        "FROM scorecard s JOIN interview i ON i.id = s.interview_id JOIN rating r ON r.scorecard_id = s.id "
        "JOIN candidate c ON c.id = s.candidate_id "
        f"WHERE r.outcome IN ('rated', 'could_not_assess') {one}AND {COUNTED} AND {READABLE} "
        "GROUP BY r.question_key, c.role_id",
        since, *([question_key] if question_key else []), reader_id, reader_id,
    )  # fmt: skip


def shadowed(transaction: Transaction, *, reader_id: str, person_id: str) -> pd.DataFrame:
    """What a shadow rated beside what the raters of the same interview did, where the reader may see both.

    One row a question and rater of a shadow's submitted scorecard. Columns: interview_id, question_key,
    plan_version_id, assignment_id, own, other (levels).
    """
    return transaction.frame(
        "SELECT i.id AS interview_id, r.question_key, i.plan_version_id, s.assignment_id, "
        "CAST(mine.level AS DOUBLE PRECISION) AS own, CAST(r.level AS DOUBLE PRECISION) AS other "
        "FROM scorecard s JOIN interview i ON i.id = s.interview_id JOIN rating r ON r.scorecard_id = s.id "
        "JOIN scorecard shade ON shade.interview_id = s.interview_id AND shade.shadow AND shade.state <> 'draft' "
        "JOIN rating mine ON mine.scorecard_id = shade.id AND mine.question_key = r.question_key "
        f"WHERE shade.person_id = ? AND mine.level IS NOT NULL AND r.level IS NOT NULL AND {COUNTED} AND {READABLE} "
        "ORDER BY i.starts_at, s.id, r.question_key",
        person_id, reader_id, reader_id,
    )  # fmt: skip


def readable_ratings_of_candidate(transaction: Transaction, *, reader_id: str, candidate_id: str) -> pd.DataFrame:
    """Every rating of one candidate that the reader may see, with why a question was not asked.

    The columns of `readable_ratings`, and: reason, reworded.
    """
    return transaction.frame(
        f"{RATINGS.replace('r.note,', 'r.note, r.reason, r.reworded,')} "
        f"WHERE s.candidate_id = ? AND {COUNTED} AND {READABLE} ORDER BY i.starts_at, i.id, s.id, r.question_key",
        candidate_id, reader_id, reader_id,
    )  # fmt: skip


def readable_closings_of_candidate(transaction: Transaction, *, reader_id: str, candidate_id: str) -> list[Row]:
    """How every scorecard of one candidate that the reader may see was closed, in the order of the interviews.

    Rows: scorecard_id, person_id, person_name, round_id, plan_version_id, assignment_id, recommendation, confidence,
    summary, submitted_at, starts_at.
    """
    return transaction.rows(
        "SELECT s.id AS scorecard_id, s.person_id, p.name AS person_name, s.round_id, i.plan_version_id, "
        "s.assignment_id, s.recommendation, s.confidence, s.summary, s.submitted_at, i.starts_at "
        "FROM scorecard s JOIN interview i ON i.id = s.interview_id JOIN person p ON p.id = s.person_id "
        f"WHERE s.candidate_id = ? AND {COUNTED} AND {READABLE} ORDER BY i.starts_at, i.id, lower(p.name), s.id",
        candidate_id, reader_id, reader_id,
    )  # fmt: skip


def readable_reconciliations(transaction: Transaction, *, reader_id: str, candidate_id: str) -> list[Row]:
    """What was reconciled of the ratings that the reader may see, oldest first.

    Rows: the fields of a Reconciliation, and rater_id, rater_name, made_by_name, debrief_number.
    """
    return transaction.rows(
        "SELECT e.scorecard_id, e.question_key, e.number, e.debrief_id, e.level, e.reason, e.made_by, e.made_at, "
        "s.person_id AS rater_id, p.name AS rater_name, m.name AS made_by_name, d.number AS debrief_number "
        "FROM reconciliation e JOIN scorecard s ON s.id = e.scorecard_id JOIN interview i ON i.id = s.interview_id "
        "JOIN person p ON p.id = s.person_id JOIN person m ON m.id = e.made_by "
        "JOIN debrief d ON d.id = e.debrief_id AND d.candidate_id = s.candidate_id "
        f"WHERE s.candidate_id = ? AND {COUNTED} AND {READABLE} "
        "ORDER BY e.made_at, e.scorecard_id, e.question_key, e.number",
        candidate_id, reader_id, reader_id,
    )  # fmt: skip


def withheld_rounds(transaction: Transaction, *, reader_id: str, candidate_id: str) -> set[str]:
    """The rounds of one candidate of which something is withheld from the reader, as in `withheld_from`."""
    rows = transaction.rows(
        "SELECT DISTINCT s.round_id FROM scorecard s JOIN interview i ON i.id = s.interview_id "
        "WHERE s.candidate_id = ? AND i.state <> 'cancelled' "
        f"AND ({OWED} OR (s.state <> 'draft' AND {COUNTED} AND {WAITING}))",
        candidate_id, reader_id, reader_id,
    )  # fmt: skip
    return {row["round_id"] for row in rows}


def unconfirmed_debriefs(transaction: Transaction, *, reader_id: str) -> list[Row]:
    """Open debriefs of candidates whom the reader rated, where nothing of the candidate is withheld from them and they
    have not confirmed what stands now. Rows: candidate_id, candidate_name, opened_at, anew (they confirmed before).
    """
    own = (
        "SELECT 1 FROM scorecard own JOIN interview sat ON sat.id = own.interview_id WHERE own.person_id = ? "
        "AND own.candidate_id = c.id AND own.state <> 'draft' AND NOT own.shadow AND sat.state <> 'cancelled'"
    )
    withheld = (
        "SELECT 1 FROM scorecard s JOIN interview i ON i.id = s.interview_id WHERE s.candidate_id = c.id "
        f"AND i.state <> 'cancelled' AND ({OWED} OR (s.state <> 'draft' AND {COUNTED} AND {WAITING}))"
    )
    submitted = (
        "FROM scorecard s JOIN interview i ON i.id = s.interview_id "
        f"WHERE s.candidate_id = c.id AND s.state <> 'draft' AND i.state <> 'cancelled' AND {COUNTED}"
    )
    of_own = (
        "SELECT CAST(count(*) AS BIGINT) FROM reconciliation e JOIN scorecard s ON s.id = e.scorecard_id "
        "WHERE s.candidate_id = c.id AND s.person_id = ?"
    )
    return transaction.rows(
        "SELECT c.id AS candidate_id, c.name AS candidate_name, d.opened_at, "
        "EXISTS (SELECT 1 FROM debrief_confirmation b WHERE b.debrief_id = d.id AND b.person_id = ?) AS anew "
        "FROM debrief d JOIN candidate c ON c.id = d.candidate_id "
        "WHERE NOT EXISTS (SELECT 1 FROM decision x WHERE x.debrief_id = d.id) "
        f"AND EXISTS ({own}) AND NOT EXISTS ({withheld}) AND NOT EXISTS ("
        "SELECT 1 FROM debrief_confirmation k WHERE k.debrief_id = d.id AND k.person_id = ? "
        "AND NOT EXISTS (SELECT 1 FROM debrief_confirmation n WHERE n.debrief_id = d.id AND n.person_id = k.person_id "
        "AND n.number > k.number) "
        # as many as were confirmed, and each of them among those: the very same
        f"AND k.scorecards = (SELECT CAST(count(*) AS BIGINT) {submitted}) "
        f"AND NOT EXISTS (SELECT 1 {submitted} AND position(s.id IN k.scorecard_ids) = 0) "
        f"AND k.reconciliations = ({of_own})) ORDER BY d.opened_at, c.id",
        reader_id, reader_id, reader_id, reader_id, reader_id, reader_id,
    )  # fmt: skip


def hired(transaction: Transaction, *, reader_id: str) -> set[str]:
    """Ids of candidates whose last decision is to hire, where nothing of them is withheld from the reader."""
    withheld = (
        "SELECT 1 FROM scorecard s JOIN interview i ON i.id = s.interview_id WHERE s.candidate_id = d.candidate_id "
        f"AND i.state <> 'cancelled' AND ({OWED} OR (s.state <> 'draft' AND {COUNTED} AND {WAITING}))"
    )
    later = (
        "SELECT 1 FROM debrief e JOIN decision y ON y.debrief_id = e.id WHERE e.candidate_id = d.candidate_id "
        "AND (e.number > d.number OR (e.number = d.number AND y.number > x.number))"
    )
    rows = transaction.rows(
        "SELECT d.candidate_id FROM debrief d JOIN decision x ON x.debrief_id = d.id "
        f"WHERE x.outcome = 'hire' AND NOT EXISTS ({later}) AND NOT EXISTS ({withheld})",
        reader_id, reader_id,
    )  # fmt: skip
    return {row["candidate_id"] for row in rows}
