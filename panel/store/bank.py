"""The question bank and the rubrics: every version is kept, and one of each is current."""

from datetime import datetime
from functools import lru_cache, partial

from panel.domain.questions import BankQuestion, Category, Question
from panel.domain.rubrics import Rubric
from panel.store.database import Row, Transaction

# Bodies never change once written, so their text is a safe key for what was read from it. A field that a later
# version of the program no longer knows is passed over: only hand-written files are read strictly.
_question = lru_cache(maxsize=20_000)(partial(Question.model_validate_json, extra="ignore"))
_category = lru_cache(maxsize=1_000)(partial(Category.model_validate_json, extra="ignore"))
_rubric = lru_cache(maxsize=1_000)(partial(Rubric.model_validate_json, extra="ignore"))


def _bank_question(row: Row) -> BankQuestion:
    return BankQuestion(
        question=_question(row["body"]), category=_category(row["category_body"]), version=int(row["version"])
    )


def revision(transaction: Transaction) -> int:
    """A number that rises with every change of questions, categories and rubrics."""
    row = transaction.row("SELECT revision FROM bank_revision WHERE id = 'bank'")
    return int(row["revision"]) if row else 0


def current_questions(transaction: Transaction) -> list[BankQuestion]:
    """The bank as it stands, by category and place."""
    rows = transaction.rows(
        "SELECT v.body, v.version, c.body AS category_body FROM question q "
        "JOIN question_version v ON v.key = q.key AND v.version = q.version "
        "JOIN category c ON c.key = q.category_key ORDER BY c.place, c.key, q.place, q.key"
    )
    return [_bank_question(row) for row in rows]


def question_versions(transaction: Transaction, keys: set[tuple[str, int]]) -> dict[tuple[str, int], BankQuestion]:
    """The named versions of the named questions, in today's categories."""
    found: dict[tuple[str, int], BankQuestion] = {}
    for key, version in sorted(keys):
        row = transaction.row(
            "SELECT v.body, v.version, c.body AS category_body FROM question q "
            "JOIN question_version v ON v.key = q.key JOIN category c ON c.key = q.category_key "
            "WHERE v.key = ? AND v.version = ?",
            key, version,
        )  # fmt: skip
        if row:
            found[key, version] = _bank_question(row)
    return found


def current_rubrics(transaction: Transaction) -> dict[str, tuple[Rubric, int]]:
    """Every rubric with its version, by key."""
    rows = transaction.rows(
        "SELECT v.key, v.body, v.version FROM rubric r "
        "JOIN rubric_version v ON v.key = r.key AND v.version = r.version ORDER BY v.key"
    )
    return {row["key"]: (_rubric(row["body"]), int(row["version"])) for row in rows}


def save_category(transaction: Transaction, category: Category) -> None:
    transaction.run(
        "INSERT INTO category (key, body, place) VALUES (?, ?, ?) "
        "ON CONFLICT (key) DO UPDATE SET body = excluded.body, place = excluded.place",
        category.key, category.model_dump_json(), category.order,
    )  # fmt: skip


def save_question(
    transaction: Transaction,
    question: Question,
    *,
    category_key: str,
    place: int,
    version: int,
    author_id: str,
    reason: str,
    created_at: datetime,
) -> None:
    """Add a version and make it current."""
    transaction.run(
        "INSERT INTO question_version (key, version, body, author_id, reason, created_at) VALUES (?, ?, ?, ?, ?, ?)",
        question.key, version, question.model_dump_json(), author_id, reason, created_at,
    )  # fmt: skip
    transaction.run(
        "INSERT INTO question (key, version, category_key, place) VALUES (?, ?, ?, ?) ON CONFLICT (key) "
        "DO UPDATE SET version = excluded.version, category_key = excluded.category_key, place = excluded.place",
        question.key, version, category_key, place,
    )  # fmt: skip


def place_question(transaction: Transaction, *, key: str, category_key: str, place: int) -> None:
    """Where a question stands, without a new version of its text."""
    transaction.run("UPDATE question SET category_key = ?, place = ? WHERE key = ?", category_key, place, key)


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
