"""The rubrics: every version is kept, and one of each is current."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial

from panel.domain.rubrics import BankRubric, Rubric, RubricState
from panel.store import revision
from panel.store.database import Row, Transaction

# Bodies never change once written, so their text is a safe key for what was read from it. A field that a later
# version of the program no longer knows is passed over: only hand-written files are read strictly.
_rubric = lru_cache(maxsize=1_000)(partial(Rubric.model_validate_json, extra="ignore"))
BODY = set(Rubric.model_fields)  # a filed rubric has its state besides, which stands in a column of its own
CURRENT = (
    "SELECT v.key, v.body, v.version, r.state FROM rubric r "
    "JOIN rubric_version v ON v.key = r.key AND v.version = r.version"
)


@dataclass(frozen=True)
class StoredVersion:
    """One version of a rubric. `author_id` is a person's id, or a word for what no person did."""

    number: int
    rubric: Rubric
    author_id: str
    reason: str
    at: datetime


def _bank_rubric(row: Row) -> BankRubric:
    return BankRubric(rubric=_rubric(row["body"]), version=int(row["version"]), state=row["state"])


def bank_rubrics(transaction: Transaction) -> list[BankRubric]:
    """Every rubric as it stands, by key."""
    return [_bank_rubric(row) for row in transaction.rows(f"{CURRENT} ORDER BY v.key")]


def bank_rubric(transaction: Transaction, key: str) -> BankRubric | None:
    row = transaction.row(f"{CURRENT} WHERE v.key = ?", key)
    return _bank_rubric(row) if row else None


def current_rubrics(transaction: Transaction) -> dict[str, tuple[Rubric, int]]:
    """Every rubric with its version, by key, whatever its state."""
    return {each.key: (each.rubric, each.version) for each in bank_rubrics(transaction)}


def heads(transaction: Transaction) -> dict[str, tuple[str, str, datetime]]:
    """Author, reason and time of each rubric's current version, by key."""
    rows = transaction.rows(
        "SELECT r.key, v.author_id, v.reason, v.created_at FROM rubric r "
        "JOIN rubric_version v ON v.key = r.key AND v.version = r.version"
    )
    return {row["key"]: (row["author_id"], row["reason"], row["created_at"]) for row in rows}


def versions_of(transaction: Transaction, key: str) -> list[StoredVersion]:
    """Every version of a rubric, newest first."""
    rows = transaction.rows(
        "SELECT version, body, author_id, reason, created_at FROM rubric_version WHERE key = ? ORDER BY version DESC",
        key,
    )
    return [
        StoredVersion(int(row["version"]), _rubric(row["body"]), row["author_id"], row["reason"], row["created_at"])
        for row in rows
    ]


def save_rubric(
    transaction: Transaction,
    rubric: Rubric,
    *,
    version: int,
    author_id: str,
    reason: str,
    created_at: datetime,
    state: RubricState,
) -> None:
    """Add a version and make it current, whatever stood there."""
    _insert_version(transaction, rubric, version, author_id, reason, created_at)
    transaction.run(
        "INSERT INTO rubric (key, version, state) VALUES (?, ?, ?) "
        "ON CONFLICT (key) DO UPDATE SET version = excluded.version, state = excluded.state",
        rubric.key, version, state,
    )  # fmt: skip
    revision.touch(transaction)


def save_next_version(
    transaction: Transaction, rubric: Rubric, *, seen: BankRubric, author_id: str, reason: str, created_at: datetime
) -> bool:
    """Add a version after the one seen; the state stays. False when somebody else changed text or state first."""
    saved = transaction.run(
        "UPDATE rubric SET version = version + 1 WHERE key = ? AND version = ? AND state = ?",
        rubric.key, seen.version, seen.state,
    )  # fmt: skip
    if saved:
        _insert_version(transaction, rubric, seen.version + 1, author_id, reason, created_at)
        revision.touch(transaction)
    return bool(saved)


def set_state(transaction: Transaction, *, seen: BankRubric, state: RubricState) -> bool:
    """False when somebody else changed text or state first."""
    saved = transaction.run(
        "UPDATE rubric SET state = ? WHERE key = ? AND version = ? AND state = ?",
        state, seen.key, seen.version, seen.state,
    )  # fmt: skip
    if saved:
        revision.touch(transaction)
    return bool(saved)


def _insert_version(
    transaction: Transaction, rubric: Rubric, version: int, author_id: str, reason: str, created_at: datetime
) -> None:
    transaction.run(
        "INSERT INTO rubric_version (key, version, body, author_id, reason, created_at) VALUES (?, ?, ?, ?, ?, ?)",
        rubric.key, version, rubric.model_dump_json(include=BODY), author_id, reason, created_at,
    )  # fmt: skip
