"""Reading the rubrics: all of them, and one with its history and the plan drafts that use it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from panel.actions.checks import allowed
from panel.actions.told import author_name
from panel.domain.people import Person, may_manage_hiring, may_read_bank
from panel.domain.plans import assignments_of
from panel.domain.rubrics import BankRubric, Rubric, RubricState
from panel.errors import NotFound
from panel.house import Workspace
from panel.store import audit, people, plans
from panel.store import rubrics as stored
from panel.store.database import Transaction
from panel.store.rubrics import StoredVersion

SIGN_IN = "Sign in to read the rubrics."


@dataclass(frozen=True)
class Version:
    """One version of a rubric. `author` is a name, or words for what no person did."""

    number: int
    rubric: Rubric
    author: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class Step:
    """A change of a rubric's state."""

    state: RubricState
    who: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class RubricView:
    """One rubric with its history, newest first. `in_drafts` are the titles of the plan drafts that use it, for those
    who manage hiring; empty for everybody else."""

    stored: BankRubric
    versions: tuple[Version, ...]
    steps: tuple[Step, ...]
    in_drafts: tuple[str, ...]


def rubrics(workspace: Workspace, *, by: Person) -> dict[str, tuple[Rubric, int]]:
    """Every rubric with its version, by key, whatever its state."""
    return {each.key: (each.rubric, each.version) for each in bank_rubrics(workspace, by=by)}


def bank_rubrics(workspace: Workspace, *, by: Person) -> list[BankRubric]:
    """Every rubric as it stands, by key."""
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_read_bank, SIGN_IN)
        return stored.bank_rubrics(transaction)


def rubric(workspace: Workspace, *, by: Person, key: str) -> RubricView:
    """One rubric with its history. Raises NotFound."""
    with workspace.database.read() as transaction:
        reader = allowed(transaction, by, may_read_bank, SIGN_IN)
        found = existing_rubric(transaction, key)
        names = {each.id: each.name for each in people.all_people(transaction)}
        return RubricView(
            stored=found,
            versions=tuple(_version(each, names) for each in stored.versions_of(transaction, key)),
            steps=_steps(transaction, key, names),
            in_drafts=drafts_using(transaction, key) if may_manage_hiring(reader) else (),
        )


def existing_rubric(transaction: Transaction, key: str) -> BankRubric:
    found = stored.bank_rubric(transaction, key)
    if found is None:
        raise NotFound("This rubric does not exist. Choose one from the list.")
    return found


def drafts_using(transaction: Transaction, key: str) -> tuple[str, ...]:
    """Titles of the plan drafts that judge a question with this rubric."""
    return tuple(
        each.plan.title
        for each in plans.all_plans(transaction)
        if any(
            planned.rubric_key == key for _, assignment in assignments_of(each.plan) for planned in assignment.questions
        )
    )


def _version(each: StoredVersion, names: Mapping[str, str]) -> Version:
    return Version(each.number, each.rubric, author_name(each.author_id, names), each.reason, each.at)


def _steps(transaction: Transaction, key: str, names: Mapping[str, str]) -> tuple[Step, ...]:
    steps = []
    for event in audit.events_of(transaction, subject="rubric", subject_id=key):
        if event["action"] == "move_rubric":
            after = json.loads(event["after_text"])
            who = author_name(event["actor_id"], names)
            steps.append(Step(after["state"], who, after.get("reason", ""), event["happened_at"]))
    return tuple(reversed(steps))
