"""Scorecards, current ratings, and the append-only events behind them."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from panel.domain.basics import new_id
from panel.domain.scorecards import Closing, Rating, Scorecard
from panel.store.database import Row, Transaction, insert_many

SCORECARD = (
    "id, interview_id, person_id, assignment_id, candidate_id, round_id, state, recommendation, summary, version, "
    "submitted_at, shadow, confidence"
)
RATING = "question_key, outcome, level, note, probes_asked, reason, reworded, version"


def insert_scorecard(transaction: Transaction, scorecard: Scorecard, *, created_at: datetime) -> None:
    transaction.run(
        "INSERT INTO scorecard (id, interview_id, person_id, assignment_id, candidate_id, round_id, state, "
        "recommendation, summary, version, created_at, shadow) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        scorecard.id, scorecard.interview_id, scorecard.person_id, scorecard.assignment_id, scorecard.candidate_id,
        scorecard.round_id, scorecard.state, scorecard.recommendation, scorecard.summary, scorecard.version, created_at,
        scorecard.shadow,
    )  # fmt: skip


def insert_scorecards(transaction: Transaction, many: Iterable[tuple[Scorecard, datetime]]) -> None:
    """Many at once in whatever state they are, each with when it was made."""
    insert_many(
        transaction,
        "scorecard",
        f"{SCORECARD}, created_at",
        (
            (each.id, each.interview_id, each.person_id, each.assignment_id, each.candidate_id, each.round_id,
             each.state, each.recommendation, each.summary, each.version, each.submitted_at, each.shadow,
             each.confidence, created_at)
            for each, created_at in many
        ),
    )  # fmt: skip


def insert_histories(transaction: Transaction, many: Iterable[tuple[str, str, Sequence[Rating]]]) -> None:
    """Ratings with every state they went through, oldest first: (scorecard id, who rated, states)."""
    histories = list(many)
    insert_many(
        transaction,
        "rating",
        f"scorecard_id, {RATING}, updated_at",
        (
            (scorecard_id, *values_of(last), last.updated_at)
            for scorecard_id, _, states in histories
            for last in states[-1:]
        ),
    )  # fmt: skip
    insert_many(
        transaction,
        "rating_event",
        f"id, scorecard_id, happened_at, actor_id, {RATING}",
        (
            (new_id(), scorecard_id, each.updated_at, actor_id, *values_of(each))
            for scorecard_id, actor_id, states in histories
            for each in states
        ),
    )  # fmt: skip


def scorecard_by_id(transaction: Transaction, scorecard_id: str) -> Scorecard | None:
    row = transaction.row(f"SELECT {SCORECARD} FROM scorecard WHERE id = ?", scorecard_id)
    return Scorecard.model_validate(row) if row else None


def scorecards_of_interview(transaction: Transaction, interview_id: str) -> list[Scorecard]:
    rows = transaction.rows(f"SELECT {SCORECARD} FROM scorecard WHERE interview_id = ? ORDER BY id", interview_id)
    return [Scorecard.model_validate(row) for row in rows]


def scorecards_of_round(transaction: Transaction, *, candidate_id: str, round_id: str) -> list[Scorecard]:
    """Every scorecard of a candidate and round whose interview stands."""
    rows = transaction.rows(
        "SELECT s.id, s.interview_id, s.person_id, s.assignment_id, s.candidate_id, s.round_id, s.state, "
        "s.recommendation, s.summary, s.version, s.submitted_at, s.shadow, s.confidence FROM scorecard s "
        "JOIN interview i ON i.id = s.interview_id "
        "WHERE s.candidate_id = ? AND s.round_id = ? AND i.state <> 'cancelled' ORDER BY s.id",
        candidate_id, round_id,
    )  # fmt: skip
    return [Scorecard.model_validate(row) for row in rows]


def scorecards_of_person(transaction: Transaction, person_id: str) -> list[Row]:
    """A person's own scorecards with when, whom and how far they are; newest interview first."""
    return transaction.rows(
        "SELECT s.id, s.state, s.shadow, s.round_id, s.assignment_id, s.candidate_id, s.submitted_at, "
        "i.id AS interview_id, i.starts_at, i.minutes, i.plan_version_id, c.name AS candidate_name, "
        "c.about AS candidate_about, "
        "(SELECT CAST(count(*) AS BIGINT) FROM rating r "
        "WHERE r.scorecard_id = s.id AND r.outcome <> 'open') AS answered "
        "FROM scorecard s JOIN interview i ON i.id = s.interview_id JOIN candidate c ON c.id = s.candidate_id "
        "WHERE s.person_id = ? AND i.state <> 'cancelled' ORDER BY i.starts_at DESC, s.id",
        person_id,
    )


def overdue_scorecards(transaction: Transaction, *, at: datetime) -> list[Row]:
    """Drafts of interviews that were to begin before `at`: whose and for whom. Progress only; oldest first.

    Nobody waits for a shadow's.
    """
    return transaction.rows(
        "SELECT s.id, s.person_id, p.name AS person_name, s.candidate_id, c.name AS candidate_name, c.role_id, "
        "i.id AS interview_id, i.starts_at, i.minutes, i.plan_version_id, s.round_id, s.assignment_id "
        "FROM scorecard s JOIN interview i ON i.id = s.interview_id JOIN candidate c ON c.id = s.candidate_id "
        "JOIN person p ON p.id = s.person_id "
        "WHERE s.state = 'draft' AND NOT s.shadow AND i.state <> 'cancelled' AND i.starts_at < ? "
        "ORDER BY i.starts_at, p.name, s.id",
        at,
    )


def seats_of_interviews(transaction: Transaction, interview_ids: Iterable[str]) -> dict[str, list[Row]]:
    """Who sits where, by interview id; raters first, in seat order.

    Columns: person_id, person_name, assignment_id, shadow, state (of the scorecard).
    """
    wanted = list(dict.fromkeys(interview_ids))
    found: dict[str, list[Row]] = {each: [] for each in wanted}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        for row in transaction.rows(
            "SELECT s.interview_id, s.person_id, p.name AS person_name, s.assignment_id, s.shadow, s.state "
            "FROM scorecard s "
            f"JOIN person p ON p.id = s.person_id WHERE s.interview_id IN ({', '.join('?' * len(part))}) "
            "ORDER BY s.shadow, s.id",
            *part,
        ):
            found[row["interview_id"]].append(row)
    return found


def submit_scorecard(transaction: Transaction, scorecard_id: str, *, submitted_at: datetime, seen_version: int) -> bool:
    """Seal a draft. False when it changed or was sealed before."""
    return bool(
        transaction.run(
            "UPDATE scorecard SET state = 'submitted', submitted_at = ?, version = version + 1 "
            "WHERE id = ? AND version = ? AND state = 'draft'",
            submitted_at, scorecard_id, seen_version,
        )
    )  # fmt: skip


def save_closing(transaction: Transaction, scorecard_id: str, closing: Closing, *, seen_version: int) -> bool:
    """Keep the end of a draft. False when it changed or was sealed before."""
    return bool(
        transaction.run(
            "UPDATE scorecard SET recommendation = ?, confidence = ?, summary = ?, version = version + 1 "
            "WHERE id = ? AND version = ? AND state = 'draft'",
            closing.recommendation, closing.confidence, closing.summary, scorecard_id, seen_version,
        )
    )  # fmt: skip


def rating_of_row(row: Row) -> Rating:
    return Rating.model_validate({**row, "probes_asked": tuple(json.loads(row["probes_asked"]))})


def values_of(rating: Rating) -> tuple[object, ...]:
    """In the order of RATING."""
    probes = json.dumps(list(rating.probes_asked))
    return (
        rating.question_key, rating.outcome, rating.level, rating.note, probes, rating.reason, rating.reworded,
        rating.version,
    )  # fmt: skip


def ratings_of(transaction: Transaction, scorecard_id: str) -> dict[str, Rating]:
    """The current ratings of a scorecard by question key."""
    rows = transaction.rows(f"SELECT {RATING}, updated_at FROM rating WHERE scorecard_id = ?", scorecard_id)
    return {row["question_key"]: rating_of_row(row) for row in rows}


def ratings_since(transaction: Transaction, *, scorecard_id: str, question_key: str, version: int) -> list[Rating]:
    """Every state of a rating from a version on, that one first; an empty rating stands for a version there is not."""
    rows = transaction.rows(
        f"SELECT {RATING}, happened_at AS updated_at FROM rating_event "
        "WHERE scorecard_id = ? AND question_key = ? AND version >= ? ORDER BY version",
        scorecard_id, question_key, version,
    )  # fmt: skip
    known = [rating_of_row(row) for row in rows]
    return known if known and known[0].version == version else [Rating(question_key=question_key), *known]


def save_rating(
    transaction: Transaction, rating: Rating, *, scorecard_id: str, actor_id: str, seen_version: int
) -> bool:
    """Write the value and its event. `rating.version` is the new version. False when another write came first."""
    if seen_version == 0:
        written = transaction.run(
            f"INSERT INTO rating (scorecard_id, {RATING}, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (scorecard_id, question_key) DO NOTHING",
            scorecard_id, *values_of(rating), rating.updated_at,
        )  # fmt: skip
    else:
        written = transaction.run(
            "UPDATE rating SET outcome = ?, level = ?, note = ?, probes_asked = ?, reason = ?, "
            "reworded = ?, version = ?, updated_at = ? WHERE scorecard_id = ? AND question_key = ? AND version = ?",
            *values_of(rating)[1:], rating.updated_at, scorecard_id, rating.question_key, seen_version,
        )  # fmt: skip
    if not written:
        return False
    transaction.run(
        f"INSERT INTO rating_event (id, scorecard_id, happened_at, actor_id, {RATING}) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        new_id(), scorecard_id, rating.updated_at, actor_id, *values_of(rating),
    )  # fmt: skip
    return True
