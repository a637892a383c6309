"""Reading the question bank: all of it, one question with its history, how often each was asked."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from panel.actions.checks import allowed, present
from panel.actions.told import author_name
from panel.domain.basics import now
from panel.domain.people import Person, may_manage_hiring, may_read_bank
from panel.domain.plans import PublishedPlan, assignments_of
from panel.domain.questions import BankQuestion, Category, Leak, Question, QuestionState
from panel.errors import NotFound
from panel.house import Workspace
from panel.store import audit, bank, candidates, people, plans, reports
from panel.store.database import Transaction

LATELY = timedelta(days=90)
SIGN_IN = "Sign in to read the question bank."


@dataclass(frozen=True)
class Exposure:
    """How many candidates were asked a question: in all, within the last 90 days, and by role (name, candidates)."""

    asked: int = 0
    lately: int = 0
    by_role: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Version:
    """One version of a question. `category` is empty where it was not kept."""

    number: int
    question: Question
    category: str
    author: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class Step:
    """A change of a question's state (`state`) or of its leak mark (`leak`, None when it was taken away)."""

    at: datetime
    who: str
    state: QuestionState | None
    leak: Leak | None
    reason: str


@dataclass(frozen=True)
class Use:
    """A plan that asks a question. `published` is the newest version that does, 0 for none."""

    plan_title: str
    role_name: str
    in_draft: bool
    published: int
    interviews_ahead: int


@dataclass(frozen=True)
class QuestionView:
    """One question with everything that is known of it. Versions and steps come newest first."""

    stored: BankQuestion
    versions: tuple[Version, ...]
    steps: tuple[Step, ...]
    exposure: Exposure
    uses: tuple[Use, ...]


def questions(workspace: Workspace, *, by: Person) -> list[BankQuestion]:
    """The bank as it stands, by category."""
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_read_bank, SIGN_IN)
        return bank.current_questions(transaction)


def categories(workspace: Workspace, *, by: Person) -> list[Category]:
    """Every category in order, also one without questions."""
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_read_bank, SIGN_IN)
        return bank.categories(transaction)


def question(workspace: Workspace, *, by: Person, key: str) -> QuestionView:
    """One question with its history, its exposure and the plans that use it. Raises NotFound."""
    with workspace.database.read() as transaction:
        reader = allowed(transaction, by, may_read_bank, SIGN_IN)
        stored = bank.current_question(transaction, key)
        if stored is None:
            raise NotFound("This question is not in the bank any more. Choose another from the list.")
        names = {each.id: each.name for each in people.all_people(transaction)}
        return QuestionView(
            stored,
            _versions(transaction, key, names),
            _steps(transaction, key, names),
            _exposures(transaction, reader, key).get(key, Exposure()),
            uses(transaction, key, reader=reader),
        )


def exposures(workspace: Workspace, *, by: Person) -> dict[str, Exposure]:
    """By question key; a question that is not in it was never asked, as far as the reader may know."""
    with workspace.database.read() as transaction:
        return _exposures(transaction, present(transaction, by))


def uses(transaction: Transaction, key: str, *, reader: Person) -> tuple[Use, ...]:
    """The plans that ask a question in their draft or in the newest published version, as far as the reader may see
    the plan."""
    found = []
    for stored in plans.all_plans(transaction):
        seats = [assignment for _, assignment in assignments_of(stored.plan)]
        if not (may_manage_hiring(reader) or any(each.interviewer_id == reader.id for each in seats)):
            continue
        in_draft = any(each.has(key) for each in seats)
        asking = [each for each in plans.versions_of(transaction, stored.id) if _asks(each.published, key)]
        if not in_draft and not asking:
            continue
        role = plans.role_by_id(transaction, stored.role_id)
        ahead = candidates.interviews_ahead(transaction, plan_id=stored.id, at=now())
        found.append(
            Use(
                plan_title=stored.plan.title,
                role_name=role.role.name if role else "",
                in_draft=in_draft,
                published=max((each.number for each in asking), default=0),
                interviews_ahead=sum(ahead.get(each.id, 0) for each in asking),
            )
        )
    return tuple(found)


def _asks(published: PublishedPlan, key: str) -> bool:
    return any(asked == key for _, asked in published.items())


def _versions(transaction: Transaction, key: str, names: dict[str, str]) -> tuple[Version, ...]:
    return tuple(
        Version(
            each.version,
            each.question,
            each.category.name if each.category else "",
            author_name(each.author_id, names),
            each.reason,
            each.at,
        )
        for each in bank.history(transaction, key)
    )


def _steps(transaction: Transaction, key: str, names: dict[str, str]) -> tuple[Step, ...]:
    steps = []
    for event in audit.events_of(transaction, subject="question", subject_id=key):
        after = json.loads(event["after_text"] or "null") or {}
        who = author_name(event["actor_id"], names)
        if event["action"] == "move_question":
            steps.append(Step(event["happened_at"], who, after["state"], None, after.get("reason", "")))
        if event["action"] in {"mark_leaked", "clear_leak"}:
            leak = Leak.model_validate(after) if after else None
            steps.append(Step(event["happened_at"], who, None, leak, leak.reason if leak else ""))
    return tuple(reversed(steps))


def _exposures(transaction: Transaction, reader: Person, key: str = "") -> dict[str, Exposure]:
    roles = {each.id: each.role.name for each in plans.all_roles(transaction)}
    counted: dict[str, list[tuple[str, int, int]]] = {}
    for row in reports.exposure(transaction, reader_id=reader.id, since=now() - LATELY, question_key=key):
        line = (roles.get(row["role_id"], ""), int(row["asked"]), int(row["lately"]))
        counted.setdefault(row["question_key"], []).append(line)
    return {
        each: Exposure(
            asked=sum(asked for _, asked, _ in lines),
            lately=sum(lately for _, _, lately in lines),
            by_role=tuple(sorted((name, asked) for name, asked, _ in lines)),
        )
        for each, lines in counted.items()
    }
