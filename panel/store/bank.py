"""The question bank: every version of a question is kept, one is current, and each question has a state."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial

from panel.domain.questions import BankQuestion, Category, Leak, Question, QuestionState
from panel.store.database import Row, Transaction, insert_many
from panel.store.revision import touch

# Bodies never change once written, so their text is a safe key for what was read from it. A field that a later
# version of the program no longer knows is passed over: only hand-written files are read strictly.
_question = lru_cache(maxsize=20_000)(partial(Question.model_validate_json, extra="ignore"))
_category = lru_cache(maxsize=1_000)(partial(Category.model_validate_json, extra="ignore"))

AT_ONCE = 500  # keys in one statement

CURRENT = (
    "SELECT v.body, v.version, q.state, q.leaked_on, q.leaked_reason, c.body AS category_body FROM question q "
    "JOIN question_version v ON v.key = q.key AND v.version = q.version JOIN category c ON c.key = q.category_key "
)


@dataclass(frozen=True)
class QuestionVersion:
    """One version of a question with who wrote it, when and why. `category` is None where it was not kept."""

    question: Question
    category: Category | None
    version: int
    author_id: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class NewVersion:
    """A version to be stored and made current."""

    question: Question
    category_key: str
    place: int
    version: int
    state: QuestionState
    leak: Leak | None = None


def _bank_question(row: Row) -> BankQuestion:
    leak = Leak(on=row["leaked_on"], reason=row["leaked_reason"]) if row["leaked_on"] else None
    return BankQuestion.model_construct(
        question=_question(row["body"]),
        category=_category(row["category_body"]),
        version=int(row["version"]),
        state=row["state"],
        leak=leak,
    )


def current_questions(transaction: Transaction) -> list[BankQuestion]:
    """The bank as it stands, by category and place."""
    return [_bank_question(row) for row in transaction.rows(f"{CURRENT} ORDER BY c.place, c.key, q.place, q.key")]


def current_question(transaction: Transaction, key: str) -> BankQuestion | None:
    row = transaction.row(f"{CURRENT} WHERE q.key = ?", key)
    return _bank_question(row) if row else None


def question_versions(transaction: Transaction, keys: set[tuple[str, int]]) -> dict[tuple[str, int], BankQuestion]:
    """The named versions of the named questions, in today's categories and states."""
    found: dict[tuple[str, int], BankQuestion] = {}
    for key, version in sorted(keys):
        row = transaction.row(
            "SELECT v.body, v.version, q.state, q.leaked_on, q.leaked_reason, c.body AS category_body FROM question q "
            "JOIN question_version v ON v.key = q.key JOIN category c ON c.key = q.category_key "
            "WHERE v.key = ? AND v.version = ?",
            key, version,
        )  # fmt: skip
        if row:
            found[key, version] = _bank_question(row)
    return found


def history(transaction: Transaction, key: str) -> list[QuestionVersion]:
    """Every version of a question, newest first."""
    rows = transaction.rows(
        "SELECT v.body, v.version, v.author_id, v.reason, v.created_at, c.body AS category_body "
        "FROM question_version v LEFT JOIN category c ON c.key = v.category_key "
        "WHERE v.key = ? ORDER BY v.version DESC",
        key,
    )
    return [
        QuestionVersion(
            _question(row["body"]),
            _category(row["category_body"]) if row["category_body"] else None,
            int(row["version"]),
            row["author_id"],
            row["reason"],
            row["created_at"],
        )
        for row in rows
    ]


def heads(transaction: Transaction) -> dict[str, tuple[str, str, datetime]]:
    """Author, reason and time of each question's current version, by key."""
    rows = transaction.rows(
        "SELECT q.key, v.author_id, v.reason, v.created_at FROM question q "
        "JOIN question_version v ON v.key = q.key AND v.version = q.version"
    )
    return {row["key"]: (row["author_id"], row["reason"], row["created_at"]) for row in rows}


def newest_versions(transaction: Transaction) -> dict[str, int]:
    """The highest version number that each key ever had, also of questions that an undone import took out again."""
    rows = transaction.rows("SELECT key, CAST(max(version) AS BIGINT) AS version FROM question_version GROUP BY key")
    return {row["key"]: int(row["version"]) for row in rows}


def states(transaction: Transaction) -> dict[str, QuestionState]:
    return {row["key"]: row["state"] for row in transaction.rows("SELECT key, state FROM question")}


def approvals(transaction: Transaction) -> dict[str, datetime]:
    """When each question was last approved, by key, whatever its state is now."""
    rows = transaction.rows("SELECT key, approved_at FROM question WHERE approved_at IS NOT NULL")
    return {row["key"]: row["approved_at"] for row in rows}


def categories(transaction: Transaction) -> list[Category]:
    """Every category, also one without questions, in order."""
    return [_category(row["body"]) for row in transaction.rows("SELECT body FROM category ORDER BY place, key")]


def save_category(transaction: Transaction, category: Category) -> None:
    transaction.run(
        "INSERT INTO category (key, body, place) VALUES (?, ?, ?) "
        "ON CONFLICT (key) DO UPDATE SET body = excluded.body, place = excluded.place",
        category.key, category.model_dump_json(), category.order,
    )  # fmt: skip
    touch(transaction)


def insert_questions(
    transaction: Transaction, many: Iterable[NewVersion], *, author_id: str, reason: str, created_at: datetime
) -> None:
    """New questions, whose keys the bank does not have."""
    new = list(many)
    _insert_versions(transaction, new, author_id=author_id, reason=reason, created_at=created_at)
    insert_many(
        transaction,
        "question",
        "key, version, category_key, place, state, leaked_on, leaked_reason, approved_at",
        (
            (each.question.key, each.version, each.category_key, each.place, each.state,
             each.leak.on if each.leak else None, each.leak.reason if each.leak else None,
             created_at if each.state == "approved" else None)
            for each in new
        ),
    )  # fmt: skip
    touch(transaction)


def put_versions(
    transaction: Transaction, many: Iterable[NewVersion], *, author_id: str, reason: str, created_at: datetime
) -> None:
    """Add versions of questions, old or new, and make them current with their states and leak marks."""
    news = list(many)
    if not news:
        return
    known = states(transaction)
    insert_questions(
        transaction, [each for each in news if each.question.key not in known], author_id=author_id, reason=reason,
        created_at=created_at,
    )  # fmt: skip
    old = [each for each in news if each.question.key in known]
    _insert_versions(transaction, old, author_id=author_id, reason=reason, created_at=created_at)
    for each in old:
        transaction.run(
            "UPDATE question SET version = ?, category_key = ?, place = ?, state = ?, leaked_on = ?, "
            "leaked_reason = ? WHERE key = ?",
            each.version, each.category_key, each.place, each.state, each.leak.on if each.leak else None,
            each.leak.reason if each.leak else None, each.question.key,
        )  # fmt: skip
    _approve(transaction, [each.question.key for each in old if each.state == "approved"], created_at)
    touch(transaction)


def _approve(transaction: Transaction, keys: list[str], at: datetime) -> None:
    for part in _parts(keys):
        transaction.run(f"UPDATE question SET approved_at = ? WHERE key IN ({_marks(part)})", at, *part)


def _parts(keys: list[str]) -> Iterator[list[str]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))


def _marks(part: list[str]) -> str:
    return ", ".join("?" * len(part))


def save_version(
    transaction: Transaction,
    new: NewVersion,
    *,
    author_id: str,
    reason: str,
    created_at: datetime,
    seen_version: int,
    seen_state: QuestionState,
) -> bool:
    """Add a version of a question and make it current. False when its text or state changed since it was seen."""
    saved = transaction.run(
        "UPDATE question SET version = ?, category_key = ?, place = ?, state = ? "
        "WHERE key = ? AND version = ? AND state = ?",
        new.version, new.category_key, new.place, new.state, new.question.key, seen_version, seen_state,
    )  # fmt: skip
    if not saved:
        return False
    _insert_versions(transaction, [new], author_id=author_id, reason=reason, created_at=created_at)
    touch(transaction)
    return True


def _insert_versions(
    transaction: Transaction, new: list[NewVersion], *, author_id: str, reason: str, created_at: datetime
) -> None:
    insert_many(
        transaction,
        "question_version",
        "key, version, body, author_id, reason, created_at, category_key",
        (
            (each.question.key, each.version, each.question.model_dump_json(), author_id, reason, created_at,
             each.category_key)
            for each in new
        ),
    )  # fmt: skip


def set_states(transaction: Transaction, keys: Iterable[str], state: QuestionState, *, at: datetime) -> None:
    """Take questions to a state; an approval is remembered with its time."""
    named = list(keys)
    for part in _parts(named):
        transaction.run(f"UPDATE question SET state = ? WHERE key IN ({_marks(part)})", state, *part)
    if state == "approved":
        _approve(transaction, named, at)
    if named:
        touch(transaction)


def set_leak(transaction: Transaction, key: str, leak: Leak | None) -> None:
    touch(transaction)
    transaction.run(
        "UPDATE question SET leaked_on = ?, leaked_reason = ? WHERE key = ?",
        leak.on if leak else None, leak.reason if leak else None, key,
    )  # fmt: skip


def place_questions(transaction: Transaction, category_key: str, keys: list[str]) -> None:
    """Put questions of a category in this order, at its top."""
    rows = transaction.rows("SELECT key, place FROM question WHERE category_key = ?", category_key)
    places = {row["key"]: int(row["place"]) for row in rows}
    for place, key in enumerate(keys):
        if places.get(key) != place:
            transaction.run("UPDATE question SET place = ? WHERE key = ?", place, key)
            touch(transaction)


def remove_questions(transaction: Transaction, keys: Iterable[str]) -> None:
    """Take questions out of the bank; their versions stay on record."""
    named = list(keys)
    for part in _parts(named):
        transaction.run(f"DELETE FROM question WHERE key IN ({_marks(part)})", *part)
    if named:
        touch(transaction)


def remove_category(transaction: Transaction, key: str) -> None:
    """Only a category without questions goes."""
    transaction.run(
        "DELETE FROM category WHERE key = ? AND NOT EXISTS (SELECT 1 FROM question WHERE category_key = ?)", key, key
    )
    touch(transaction)


def last_place(transaction: Transaction, category_key: str) -> int:
    """The place of the last question of a category; -1 for an empty one."""
    row = transaction.row(
        "SELECT CAST(max(place) AS BIGINT) AS place FROM question WHERE category_key = ?", category_key
    )
    return int(row["place"]) if row and row["place"] is not None else -1


def places(transaction: Transaction) -> dict[str, int]:
    """Where each question stands in its category, by key."""
    return {row["key"]: int(row["place"]) for row in transaction.rows("SELECT key, place FROM question")}


def place_of(transaction: Transaction, key: str) -> int:
    row = transaction.row("SELECT place FROM question WHERE key = ?", key)
    return int(row["place"]) if row else 0
