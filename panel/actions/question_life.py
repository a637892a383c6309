"""The life of a question in the bank: draft, in review, approved, pilot, retired, and the mark of a leak.

A move names the version and state that its mover saw; whoever comes second is told.
"""

from collections.abc import Container, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from panel.actions.checks import allowed, present
from panel.actions.questions import Seen, existing_question, require_same
from panel.actions.told import tidy_reason
from panel.domain.basics import now
from panel.domain.people import Person, may_review_questions
from panel.domain.plans import assignments_of
from panel.domain.questions import (
    IN_PLANS,
    MOVES,
    MOVES_OF_EVERYBODY,
    STATE_NAMES,
    BankQuestion,
    Leak,
    QuestionState,
    lacking,
)
from panel.domain.text import listed
from panel.errors import InputError, NotAllowed, Stale
from panel.house import Workspace
from panel.store import audit, bank, plans
from panel.store.database import Transaction


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
        stored = existing_question(transaction, key)
        require_same(stored, seen)
        _check_move(person, stored, to)
        planned = _move(transaction, person, [stored], to, why)
        return existing_question(transaction, key), planned

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
        stored = existing_question(transaction, key)
        if stored.leak != seen:
            raise Stale("Somebody changed this mark in the meantime. The newer state is shown now.")
        bank.set_leak(transaction, key, leak)
        note_leak(transaction, person.id, stored, leak)

    workspace.database.write(work)


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
