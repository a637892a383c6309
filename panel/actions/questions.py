"""Writing questions and taking them through their life: draft, in review, approved, pilot, retired.

Every edit is a version with author, time and reason. A change names the version and state that its writer saw;
whoever comes second is told, and nothing is overwritten.
"""

from collections.abc import Container, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError

from panel.actions.checks import allowed, present
from panel.actions.drafts import note
from panel.actions.told import tidy_reason
from panel.domain.basics import now
from panel.domain.keys import new_key
from panel.domain.people import Person, may_review_questions, may_write_questions
from panel.domain.plans import assignments_of
from panel.domain.questions import (
    IN_PLANS,
    MOVES,
    MOVES_OF_EVERYBODY,
    STATE_NAMES,
    UNDER_WAY,
    BankQuestion,
    Category,
    Leak,
    Question,
    QuestionState,
    lacking,
)
from panel.domain.text import listed
from panel.errors import InputError, NotAllowed, NotFound, Stale
from panel.house import Workspace
from panel.store import audit, bank, plans
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
        return _existing(transaction, question.key)

    return workspace.database.write(work)


def change_question(
    workspace: Workspace, *, by: Person, key: str, seen: Seen, text: QuestionText, reason: str
) -> BankQuestion:
    """A new version of a question. Its state stays; one that is asked in plans must stay whole, and is changed only
    by those who approve questions."""
    why = tidy_reason(reason, "Say in a few words why you change it; the history keeps the reason.")

    def work(transaction: Transaction) -> BankQuestion:
        person = present(transaction, by)
        stored = _existing(transaction, key)
        _may_write_on(person, stored)
        _same(stored, seen)
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
        return _existing(transaction, key)

    return workspace.database.write(work)


class Moved(NamedTuple):
    """What moving many questions did: how many were moved, a sentence for each that was not, and the plan drafts that
    still hold one that was retired."""

    moved: int
    refused: tuple[str, ...]
    planned: tuple[str, ...]


def move_question(
    workspace: Workspace, *, by: Person, key: str, seen: Seen, to: QuestionState, reason: str = ""
) -> tuple[BankQuestion, tuple[str, ...]]:
    """Take a question to another state. Everybody may hand a draft in for review and take it back; the rest is for
    those who approve questions. The answer names the plan drafts that still hold a question that was retired."""
    why = tidy_reason(reason) if reason.strip() else ""

    def work(transaction: Transaction) -> tuple[BankQuestion, tuple[str, ...]]:
        person = present(transaction, by)
        stored = _existing(transaction, key)
        _same(stored, seen)
        _check_move(person, stored, to)
        planned = _move(transaction, person, [stored], to, why)
        return _existing(transaction, key), planned

    return workspace.database.write(work)


def move_many(
    workspace: Workspace, *, by: Person, seen: Mapping[str, Seen], to: QuestionState, reason: str = ""
) -> Moved:
    """Take many questions, by key as they were seen, to a state. One that changed since stays and is named."""
    why = tidy_reason(reason) if reason.strip() else ""

    def work(transaction: Transaction) -> Moved:
        person = present(transaction, by)
        current = {each.key: each for each in bank.current_questions(transaction)}
        moved: list[BankQuestion] = []
        refused: list[str] = []
        for key, had in seen.items():
            stored = current.get(key)
            if stored is None:
                refused.append("One question has left the bank in the meantime.")
                continue
            try:
                _may_move(person, stored, to)
                if (stored.version, stored.state) != had:
                    raise InputError("It was changed since you chose it. Read it once more.")
                _check_move(person, stored, to)
            except InputError as error:
                refused.append(f"“{stored.question.prompt}”: {error}")
                continue
            moved.append(stored)
        return Moved(len(moved), tuple(refused), _move(transaction, person, moved, to, why))

    return workspace.database.write(work)


def mark_leaked(workspace: Workspace, *, by: Person, key: str, seen: Leak | None, on: date, reason: str) -> None:
    """Mark that candidates may know a question; plans that ask it are warned. `seen` is the mark that it had."""
    if on > now().date():
        raise InputError("A leak cannot lie in the future. Choose the day on which it was noticed.")
    why = tidy_reason(reason, "Say how you know that it leaked; whoever plans with it reads this.")
    _set_leak(workspace, by=by, key=key, seen=seen, leak=Leak(on=on, reason=why))


def clear_leak(workspace: Workspace, *, by: Person, key: str, seen: Leak | None) -> None:
    """Take the mark away again; the history keeps both."""
    _set_leak(workspace, by=by, key=key, seen=seen, leak=None)


def _set_leak(workspace: Workspace, *, by: Person, key: str, seen: Leak | None, leak: Leak | None) -> None:
    def work(transaction: Transaction) -> None:
        person = allowed(
            transaction, by, may_review_questions, "Only hiring managers and administrators mark a question as leaked."
        )
        stored = _existing(transaction, key)
        if stored.leak != seen:
            raise Stale("Somebody changed this mark in the meantime. The newer state is shown now.")
        bank.set_leak(transaction, key, leak)
        note_leak(transaction, person.id, stored, leak)

    workspace.database.write(work)


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


def _existing(transaction: Transaction, key: str) -> BankQuestion:
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


def _same(stored: BankQuestion, seen: Seen) -> None:
    if (stored.version, stored.state) != seen:
        raise _stale()


def _stale() -> Stale:
    return Stale(
        "This question was changed in the meantime. What you wrote is still in the fields; what differs from the newer "
        "state is shown at the top of the page."
    )


def _check_move(person: Person, stored: BankQuestion, to: QuestionState) -> None:
    _may_move(person, stored, to)
    if to not in MOVES[stored.state]:
        raise InputError(f"A question cannot go from {_named(stored.state)} to {_named(to)}.")
    if to in IN_PLANS and lacking(stored.question):
        raise InputError(f"It still needs {listed(lacking(stored.question))}. Edit it first.")


def _may_move(person: Person, stored: BankQuestion, to: QuestionState) -> None:
    if (stored.state, to) not in MOVES_OF_EVERYBODY and not may_review_questions(person):
        raise NotAllowed("Only hiring managers and administrators approve, pilot or retire a question.")


def _named(state: QuestionState) -> str:
    return STATE_NAMES[state].lower()


def _move(
    transaction: Transaction, person: Person, many: list[BankQuestion], to: QuestionState, reason: str
) -> tuple[str, ...]:
    """Move them all; the answer is the titles of the plan drafts that hold one, where they are retired."""
    keys = [each.key for each in many]
    bank.set_states(transaction, keys, to, at=now())
    note_moves(transaction, person.id, many, to, reason)
    return drafts_asking(transaction, set(keys)) if to == "retired" and keys else ()


def note_moves(
    transaction: Transaction, actor_id: str, many: Iterable[BankQuestion], to: QuestionState, reason: str
) -> None:
    """Put changes of state on record, as the history of each question shows them."""
    audit.record_many(
        transaction,
        at=now(),
        actor_id=actor_id,
        subject="question",
        events=[
            ("move_question", each.key, {"state": each.state}, {"state": to, "version": each.version, "reason": reason})
            for each in many
        ],
    )


def note_leak(transaction: Transaction, actor_id: str, stored: BankQuestion, leak: Leak | None) -> None:
    """Put a changed mark on record, as the history of the question shows it."""
    before, after = (each.model_dump(mode="json") if each else None for each in (stored.leak, leak))
    action = "mark_leaked" if leak else "clear_leak"
    events = [(action, stored.key, before, after)]
    audit.record_many(transaction, at=now(), actor_id=actor_id, subject="question", events=events)


def drafts_asking(transaction: Transaction, keys: Container[str]) -> tuple[str, ...]:
    """The plan drafts that hold one of these questions, each by its title and role."""
    roles = {each.id: each.role.name for each in plans.all_roles(transaction)}
    return tuple(
        f"{each.plan.title} ({roles.get(each.role_id, '')})"
        for each in plans.all_plans(transaction)
        if any(asked.question_key in keys for _, part in assignments_of(each.plan) for asked in part.questions)
    )


def _record(stored: BankQuestion) -> dict[str, Any]:
    return _record_of(stored.question, stored.category)


def _record_of(question: Question, category: Category) -> dict[str, Any]:
    return question.model_dump(mode="json") | {"category": category.name}
