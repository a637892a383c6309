"""Every rating that a reader may see, as numbers: made for a million of them.

Text is read once for each scorecard, question or person; a rating is only the places of those, its level and outcome.
"""

from dataclasses import dataclass

import pandas as pd

from panel.store.database import Row, Transaction
from panel.store.reports import COUNTED, OWED, READABLE, WAITING

OUTCOMES = ("rated", "not_asked", "could_not_assess", "open")  # a rating's `outcome` is the place here

# Whoever does not manage hiring sees the candidates and rounds for which they have submitted themselves.
# Parameter: the reader's id.
OWN_PANELS = (
    "EXISTS (SELECT 1 FROM scorecard own JOIN interview sat ON sat.id = own.interview_id "
    "WHERE own.person_id = ? AND own.state <> 'draft' AND NOT own.shadow AND sat.state <> 'cancelled' "
    "AND own.candidate_id = s.candidate_id AND own.round_id = s.round_id)"
)
# Nobody at all still owes a scorecard there: what may be handed to people of whom nothing is known.
SETTLED = (
    "NOT EXISTS (SELECT 1 FROM scorecard open JOIN interview at_stake ON at_stake.id = open.interview_id "
    "WHERE open.state = 'draft' AND at_stake.state <> 'cancelled' "
    "AND open.candidate_id = s.candidate_id AND open.round_id = s.round_id)"
)
CARDS = "FROM scorecard s JOIN interview i ON i.id = s.interview_id JOIN candidate c ON c.id = s.candidate_id "


@dataclass(frozen=True)
class Reader:
    """Whose view it is: a person who manages hiring or not, or nobody in particular (`id` empty)."""

    id: str
    manages: bool = True

    def condition(self) -> tuple[str, tuple[str, ...]]:
        """SQL over `s` and `i`, with its values."""
        if not self.id:
            return f"s.state <> 'draft' AND i.state <> 'cancelled' AND {SETTLED}", ()
        own = "" if self.manages else f" AND {OWN_PANELS}"
        return f"{READABLE}{own}", (self.id,) * (2 if self.manages else 3)


@dataclass(frozen=True)
class Rows:
    """`cards`: id, person_id, candidate_id, interview_id, plan_id, plan_version_id, round_id, role_id, shadow,
    starts_at, submitted_at. `asked`: the columns of the table, with approved_at and published_at.
    `ratings`: card and asked (places in those), level (NaN when missing), outcome (place in OUTCOMES)."""

    cards: pd.DataFrame
    asked: pd.DataFrame
    ratings: pd.DataFrame


def rows(transaction: Transaction, reader: Reader) -> Rows:
    condition, values = reader.condition()
    cards = transaction.typed_frame(
        "SELECT s.id, s.person_id, s.candidate_id, s.interview_id, i.plan_id, i.plan_version_id, s.round_id, "
        f"c.role_id, s.shadow, i.starts_at, s.submitted_at {CARDS} WHERE {condition} ORDER BY s.id",
        *values,
    )
    asked = transaction.typed_frame(
        "SELECT a.plan_version_id, a.assignment_id, a.question_key, a.round_id, a.round_name, a.sitting, a.prompt, "
        "a.competency, a.levels, a.weight, a.pilot, q.approved_at, v.published_at, v.number "
        "FROM asked_item a JOIN plan_version v ON v.id = a.plan_version_id "
        "LEFT JOIN question q ON q.key = a.question_key "
        "ORDER BY a.plan_version_id, a.assignment_id, a.question_key"
    )
    outcomes = " ".join(f"WHEN '{name}' THEN {place}" for place, name in enumerate(OUTCOMES))
    ratings = transaction.typed_frame(
        "WITH card AS (SELECT s.id, s.assignment_id, i.plan_version_id, "
        f"CAST(row_number() OVER (ORDER BY s.id) - 1 AS INTEGER) AS place {CARDS} WHERE {condition}), "
        "asked AS (SELECT a.plan_version_id, a.assignment_id, a.question_key, CAST(row_number() OVER "
        "(ORDER BY a.plan_version_id, a.assignment_id, a.question_key) - 1 AS INTEGER) AS place "
        "FROM asked_item a JOIN plan_version v ON v.id = a.plan_version_id) "
        "SELECT card.place AS card, asked.place AS asked, CAST(r.level AS DOUBLE PRECISION) AS level, "
        f"CAST(CASE r.outcome {outcomes} END AS INTEGER) AS outcome "
        "FROM rating r JOIN card ON card.id = r.scorecard_id "
        "JOIN asked ON asked.plan_version_id = card.plan_version_id AND asked.assignment_id = card.assignment_id "
        "AND asked.question_key = r.question_key ORDER BY card.place, asked.place",
        *values,
    )
    return Rows(cards, asked, ratings)


def withheld_pairs(transaction: Transaction, reader: Reader) -> list[Row]:
    """Candidates and rounds, of all roles, whose submitted ratings are withheld from a person. In a stable order.

    Rows: candidate_id, round_id, owed (1 where the person owes a scorecard of their own, 0 where theirs waits for
    those of others).
    """
    return transaction.rows(
        f"SELECT DISTINCT s.candidate_id, s.round_id, CASE WHEN {OWED} THEN 1 ELSE 0 END AS owed {CARDS} "
        f"WHERE i.state <> 'cancelled' AND s.state <> 'draft' AND {COUNTED} AND ({OWED} OR {WAITING}) "
        "ORDER BY s.candidate_id, s.round_id",
        reader.id, reader.id, reader.id,
    )  # fmt: skip


def submitted_pairs(transaction: Transaction, reader: Reader) -> list[Row]:
    """Candidates and rounds for which a person has submitted. In a stable order."""
    return transaction.rows(
        f"SELECT DISTINCT s.candidate_id, s.round_id {CARDS} WHERE i.state <> 'cancelled' AND s.state <> 'draft' "
        "AND NOT s.shadow AND s.person_id = ? ORDER BY s.candidate_id, s.round_id",
        reader.id,
    )


def names(transaction: Transaction) -> dict[str, dict[str, str]]:
    """Names by id of candidates and people."""
    return {
        kind: {row["id"]: row["name"] for row in transaction.rows(f"SELECT id, name FROM {table}")}
        for kind, table in (("candidates", "candidate"), ("people", "person"))
    }
