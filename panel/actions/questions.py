"""Writing questions of the bank. What state they are in is moved in `question_life`.

Every edit is a version with author, time and reason. A change names the version and state that its writer saw;
whoever comes second is told, and nothing is overwritten.
"""

from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from panel.actions.checks import allowed, present
from panel.actions.drafts import note
from panel.actions.told import tidy_reason
from panel.domain.basics import now
from panel.domain.keys import new_key
from panel.domain.people import Person, may_review_questions, may_write_questions
from panel.domain.questions import (
    IN_PLANS,
    STATE_NAMES,
    UNDER_WAY,
    BankQuestion,
    Category,
    Question,
    QuestionState,
    lacking,
)
from panel.domain.text import listed
from panel.errors import InputError, NotAllowed, NotFound, Stale
from panel.house import Workspace
from panel.store import bank
from panel.store.bank import NewVersion
from panel.store.database import Transaction


class Seen(NamedTuple):
    """What a writer had before them."""

    version: int
    state: QuestionState


class QuestionText(BaseModel):
    """What a person writes of a question: its fields without the key, and the name of its category."""

    model_config = ConfigDict(frozen=True)

    category: str
    prompt: str
    answer: str = ""
    probes: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    competency: str = ""
    difficulty: str | None = None
    minutes: int
    tags: tuple[str, ...] = ()
    anchors: tuple[str, ...] = ()
    source: str = ""


def add_question(workspace: Workspace, *, by: Person, text: QuestionText) -> BankQuestion:
    """A new draft."""

    def work(transaction: Transaction) -> BankQuestion:
        person = allowed(transaction, by, may_write_questions, "Sign in to write questions.")
        versions = bank.newest_versions(transaction)
        question = whole_question(new_key(text.prompt, versions), text)
        category = category_named(transaction, text.category)
        new = NewVersion(question, category.key, bank.last_place(transaction, category.key) + 1, 1, "draft")
        bank.insert_questions(transaction, [new], author_id=person.id, reason="Written", created_at=now())
        note(transaction, person, "add_question", "question", question.key, None, question.model_dump(mode="json"))
        return existing_question(transaction, question.key)

    return workspace.database.write(work)


def change_question(
    workspace: Workspace, *, by: Person, key: str, seen: Seen, text: QuestionText, reason: str
) -> BankQuestion:
    """A new version of a question. Its state stays; one that is asked in plans must stay whole, and is changed only
    by those who approve questions."""
    why = tidy_reason(reason, "Say in a few words why you change it; the history keeps the reason.")

    def work(transaction: Transaction) -> BankQuestion:
        person = present(transaction, by)
        stored = existing_question(transaction, key)
        _may_write_on(person, stored)
        require_same(stored, seen)
        question = whole_question(key, text)
        category = category_named(transaction, text.category)
        if (question, category) == (stored.question, stored.category):
            raise InputError("Nothing was changed, so there is nothing to save.")
        if stored.state in IN_PLANS and lacking(question):
            raise InputError(
                f"{STATE_NAMES[stored.state]} questions need {listed(lacking(question))}. "
                "Add what is missing, or take the question back to draft first."
            )
        new = _next(transaction, stored, question, category)
        saved = bank.save_version(
            transaction, new, author_id=person.id, reason=why, created_at=now(), seen_version=seen.version,
            seen_state=seen.state,
        )  # fmt: skip
        if not saved:
            raise _stale()
        note(transaction, person, "change_question", "question", key, _record(stored), _record_of(question, category))
        return existing_question(transaction, key)

    return workspace.database.write(work)


# ---- steps shared with the import ----------------------------------------------------------------------------------


def whole_question(key: str, text: QuestionText) -> Question:
    """The question a person wrote. Raises InputError with a sentence that names the field."""
    fields = text.model_dump(exclude={"category"}) | {"key": key}
    for name in ("probes", "strong", "weak", "tags"):
        fields[name] = tuple(each for each in fields[name] if each.strip())
    if not any(each.strip() for each in fields["anchors"]):
        fields["anchors"] = ()
    try:
        return Question.model_validate(fields | {"difficulty": text.difficulty or None})
    except ValidationError as error:
        raise InputError(_sentence(error.errors()[0])) from error


FIELD_NAMES = {
    "prompt": "The question", "answer": "The reference answer", "probes": "A probe", "strong": "A strong sign",
    "weak": "A weak sign", "competency": "The competency", "difficulty": "The difficulty", "minutes": "The minutes",
    "tags": "A tag", "anchors": "An anchor", "source": "The source",
}  # fmt: skip


def _sentence(problem: Any) -> str:
    place = problem["loc"]
    name = FIELD_NAMES.get(str(place[0]), "A field") if place else "The question"
    kind, context = problem["type"], problem.get("ctx", {})
    if kind == "too_long":
        return f"There are too many entries: {name.lower()} list holds at most {context['max_length']}."
    if kind == "string_too_long":
        return f"{name} is too long: at most {context['max_length']:,} characters."
    if kind == "string_too_short":
        return f"{name} is empty. Write it, then save."
    if str(place[0] if place else "") == "minutes":
        return "The minutes must be a whole number from 1 to 60."
    reason = str(problem["msg"]).removeprefix("Value error, ")
    return f"{name}: {reason}."


def category_named(transaction: Transaction, name: str) -> Category:
    """The category of that name, made new when there is none. Raises InputError."""
    existing = bank.categories(transaction)
    wanted = " ".join(name.split())
    for each in existing:
        if each.name.casefold() == wanted.casefold():
            return each
    order = min(max((each.order for each in existing), default=0) + 1, 1000)
    key = new_key(wanted, {each.key for each in existing}, otherwise="category")
    try:
        made = Category(key=key, name=wanted, order=order)
    except ValidationError as error:
        raise InputError("Choose a category, or name a new one with at most 120 characters.") from error
    bank.save_category(transaction, made)
    return made


def existing_question(transaction: Transaction, key: str) -> BankQuestion:
    stored = bank.current_question(transaction, key)
    if stored is None:
        raise NotFound("This question is not in the bank any more. Choose another from the list.")
    return stored


def _next(transaction: Transaction, stored: BankQuestion, question: Question, category: Category) -> NewVersion:
    moved = category.key != stored.category.key
    place = bank.last_place(transaction, category.key) + 1 if moved else bank.place_of(transaction, stored.key)
    return NewVersion(question, category.key, place, stored.version + 1, stored.state, stored.leak)


def _may_write_on(person: Person, stored: BankQuestion) -> None:
    if stored.state not in UNDER_WAY and not may_review_questions(person):
        raise NotAllowed(
            "Only hiring managers and administrators change a question that has been approved. "
            "Write your version as a new question and hand it in for review."
        )


def require_same(stored: BankQuestion, seen: Seen) -> None:
    if (stored.version, stored.state) != seen:
        raise _stale()


def _stale() -> Stale:
    return Stale(
        "This question was changed in the meantime. What you wrote is still in the fields; what differs from the newer "
        "state is shown at the top of the page."
    )


def _record(stored: BankQuestion) -> dict[str, Any]:
    return _record_of(stored.question, stored.category)


def _record_of(question: Question, category: Category) -> dict[str, Any]:
    return question.model_dump(mode="json") | {"category": category.name}
