"""The rubrics: every version is kept, and one of each is current."""

from datetime import datetime
from functools import lru_cache, partial

from panel.domain.rubrics import Rubric
from panel.store.database import Transaction

# Bodies never change once written, so their text is a safe key for what was read from it. A field that a later
# version of the program no longer knows is passed over: only hand-written files are read strictly.
_rubric = lru_cache(maxsize=1_000)(partial(Rubric.model_validate_json, extra="ignore"))


def current_rubrics(transaction: Transaction) -> dict[str, tuple[Rubric, int]]:
    """Every rubric with its version, by key."""
    rows = transaction.rows(
        "SELECT v.key, v.body, v.version FROM rubric r "
        "JOIN rubric_version v ON v.key = r.key AND v.version = r.version ORDER BY v.key"
    )
    return {row["key"]: (_rubric(row["body"]), int(row["version"])) for row in rows}


def save_rubric(
    transaction: Transaction, rubric: Rubric, *, version: int, author_id: str, reason: str, created_at: datetime
) -> None:
    """Add a version and make it current."""
    transaction.run(
        "INSERT INTO rubric_version (key, version, body, author_id, reason, created_at) VALUES (?, ?, ?, ?, ?, ?)",
        rubric.key, version, rubric.model_dump_json(), author_id, reason, created_at,
    )  # fmt: skip
    transaction.run(
        "INSERT INTO rubric (key, version) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET version = excluded.version",
        rubric.key, version,
    )  # fmt: skip
