"""Documents as files and database hold them, under one face: categories, questions and rubrics."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel

from panel.actions.places import Places
from panel.content import Content
from panel.domain.filing import Kind, digest
from panel.domain.questions import Category, FiledQuestion
from panel.domain.rubrics import FiledRubric
from panel.store import bank, rubrics
from panel.store.bank import NewVersion
from panel.store.database import Transaction

Name = tuple[Kind, str]


@dataclass(frozen=True)
class Filed:
    """One document on one side. `place` is a question's category; the last fields tell of the database's version."""

    document: BaseModel
    title: str
    digest: str
    place: str = ""
    version: int = 0
    author_id: str = ""
    reason: str = ""
    at: datetime | None = None


def filed_in_content(content: Content) -> dict[Name, Filed]:
    """Everything the files hold, by kind and key."""
    found: dict[Name, Filed] = {}
    for file in content.question_files:
        category = file.category
        found.setdefault(("category", category.key), Filed(category, category.name, digest(category)))
        for each in file.questions:
            found["question", each.key] = Filed(each, each.prompt, digest(each, category.key), category.key)
    for rubric in content.rubrics:
        found["rubric", rubric.key] = Filed(rubric, rubric.name, digest(rubric))
    return found


def filed_in_database(transaction: Transaction) -> dict[Name, Filed]:
    """Everything the database holds, by kind and key."""
    found: dict[Name, Filed] = {}
    for category in bank.categories(transaction):
        found["category", category.key] = Filed(category, category.name, digest(category))
    heads = bank.heads(transaction)
    for each in bank.current_questions(transaction):
        document, head, home = each.filed(), heads[each.key], each.category.key
        found["question", each.key] = Filed(
            document, document.prompt, digest(document, home), home, each.version, *head
        )
    rubric_heads = rubrics.heads(transaction)
    for stored in rubrics.bank_rubrics(transaction):
        filed = stored.filed()
        found["rubric", stored.key] = Filed(
            filed, filed.name, digest(filed), "", stored.version, *rubric_heads[stored.key]
        )
    return found


def as_first_read(side: Filed) -> str:
    """The digest of a document as files without a word of its state or leak hold it: approved, active, not leaked."""
    document = side.document
    if isinstance(document, FiledQuestion):
        return digest(document.model_copy(update={"state": "approved", "leaked": None}), side.place)
    if isinstance(document, FiledRubric):
        return digest(document.model_copy(update={"state": "active"}))
    return side.digest


def write_documents(
    transaction: Transaction, changes: list[tuple[Filed, Filed | None]], *, author_id: str, reason: str, at: datetime
) -> None:
    """Store documents of the files as the newest versions; each stands beside what the database holds."""
    for new, _ in changes:
        if isinstance(new.document, Category):
            bank.save_category(transaction, new.document)
    _write_questions(transaction, [each for each, _ in changes], author_id=author_id, reason=reason, at=at)
    for new, stored in changes:
        if isinstance(new.document, FiledRubric):
            rubrics.save_rubric(
                transaction,
                new.document,
                version=stored.version + 1 if stored else 1,
                author_id=author_id,
                reason=reason,
                created_at=at,
                state=new.document.state,
            )


def _write_questions(transaction: Transaction, news: list[Filed], *, author_id: str, reason: str, at: datetime) -> None:
    newest = bank.newest_versions(transaction)
    places = Places(transaction)
    rows = [
        NewVersion(
            each.document.question(),
            each.place,
            places.next_in(each.place),
            newest.get(each.document.key, 0) + 1,
            each.document.state,
            each.document.leaked,
        )
        for each in news
        if isinstance(each.document, FiledQuestion)
    ]
    bank.put_versions(transaction, rows, author_id=author_id, reason=reason, created_at=at)
