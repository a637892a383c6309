"""Question sets to start from: a person's favourites, and what was put together before in this plan and others."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from panel.actions.assignments import ONLY_OWN, set_questions
from panel.actions.checks import present
from panel.actions.drafts import existing_draft, existing_role
from panel.domain import plans as rules
from panel.domain.people import Person, may_assemble, may_manage_hiring
from panel.domain.plans import Assignment
from panel.domain.starting import Start, start
from panel.errors import InputError, NotAllowed
from panel.house import Workspace
from panel.store import bank, people, plans, rubrics
from panel.store.database import Transaction
from panel.store.plans import PlanVersion

MOST_SETS = 100


@dataclass(frozen=True)
class EarlierSet:
    """A question set by its keys, in its order. `published_at` is None for one that stands in a draft."""

    who_id: str
    who: str
    plan_title: str
    round_name: str
    published_at: datetime | None
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Started:
    """What was added, and in words what stayed out."""

    assignment: Assignment
    start: Start


def earlier_sets(workspace: Workspace, *, by: Person, plan_id: str, assignment_id: str) -> list[EarlierSet]:
    """The sets of this seat's interviewer in other seats and published versions, the newest first.

    For those who manage hiring, everybody else's follow. A set that came again unchanged is named once, as it was
    published last.
    """
    with workspace.database.read() as transaction:
        person = present(transaction, by)
        _, seat = rules.find_assignment(existing_draft(transaction, plan_id).plan, assignment_id)
        if not may_assemble(person, interviewer_id=seat.interviewer_id):
            raise NotAllowed(ONLY_OWN)
        names = {each.id: each.name for each in people.all_people(transaction)}
        found = [each for each in _all_sets(transaction, names, without=assignment_id) if each.keys]
    if not may_manage_hiring(person):
        found = [each for each in found if each.who_id == person.id]
    once: dict[tuple[str, str, tuple[str, ...]], EarlierSet] = {}
    for each in sorted(found, key=lambda one: (one.published_at is None, _age(one))):
        once.setdefault((each.who_id, each.round_name, each.keys), each)
    newest_first = sorted(once.values(), key=_age)
    return sorted(newest_first, key=lambda each: each.who_id != seat.interviewer_id)[:MOST_SETS]


def start_from(
    workspace: Workspace,
    *,
    by: Person,
    plan_id: str,
    assignment_id: str,
    seen_revision: int,
    keys: tuple[str, ...],
) -> Started:
    """Add as many of these questions as can be asked in this seat. Raises InputError where none can."""
    begun: list[Start] = []

    def change(transaction: Transaction, assignment: Assignment) -> tuple[rules.PlannedQuestion, ...]:
        stored = existing_draft(transaction, plan_id)
        found = start(
            stored.plan,
            existing_role(transaction, stored.role_id).role,
            assignment_id,
            keys,
            bank={each.key: each for each in bank.current_questions(transaction)},
            rubrics={each.key: each for each in rubrics.bank_rubrics(transaction)},
        )
        if not found.added:
            why = found.left_out_in_words()
            raise InputError(f"No question can be added: {why}." if why else "You ask all of these questions already.")
        begun[:] = [found]
        return (*assignment.questions, *found.added)

    assignment = set_questions(
        workspace,
        by=by,
        plan_id=plan_id,
        assignment_id=assignment_id,
        seen_revision=seen_revision,
        action="start_from_questions",
        make=change,
    )
    return Started(assignment, begun[-1])


def _all_sets(transaction: Transaction, names: dict[str, str], *, without: str) -> Iterator[EarlierSet]:
    for stored in plans.all_plans(transaction):
        for where, seat in rules.assignments_of(stored.plan):
            if seat.id != without:
                keys = tuple(each.question_key for each in seat.questions)
                yield _set(names, seat.interviewer_id, stored.plan.title, where.name, None, keys)
        for version in plans.versions_of(transaction, stored.id):
            yield from _published_sets(version, names)


def _published_sets(version: PlanVersion, names: dict[str, str]) -> Iterator[EarlierSet]:
    """What each interviewer asked; in a panel, without what the others did."""
    for where in version.published.rounds:
        for guide in where.guides:
            keys = tuple(each.question.key for each in guide.items if each.asked_by == guide.interviewer_name)
            title = version.published.title
            yield _set(names, guide.interviewer_id, title, where.name, version.published_at, keys)


def _set(
    names: dict[str, str], who: str, title: str, round_name: str, at: datetime | None, keys: tuple[str, ...]
) -> EarlierSet:
    return EarlierSet(who, names.get(who, "An open seat"), title, round_name, at, keys)


def _age(each: EarlierSet) -> float:
    """Drafts are the newest."""
    return -each.published_at.timestamp() if each.published_at else float("-inf")
