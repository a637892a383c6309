"""Roles, plan drafts and published plan versions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial

from panel.domain.plans import Plan, PublishedPlan
from panel.domain.roles import Role
from panel.store.database import Row, Transaction
from panel.store.m006_asked_items import keep_asked_items

# Stored documents may have fields that a later version of the program no longer knows.
_published = lru_cache(maxsize=500)(partial(PublishedPlan.model_validate_json, extra="ignore"))
MOST_KEPT = 200
_kept: dict[str, PublishedPlan] = {}  # by the id of the version, which is never given twice


@dataclass(frozen=True)
class StoredRole:
    id: str
    role: Role
    version: int


@dataclass(frozen=True)
class StoredPlan:
    """A plan draft with its role's id; `version` rises with every change of the draft."""

    id: str
    role_id: str
    plan: Plan
    version: int


@dataclass(frozen=True)
class PlanVersion:
    """A published plan; `number` counts 1, 2, 3 … within the plan."""

    id: str
    plan_id: str
    number: int
    published: PublishedPlan
    published_by: str
    published_at: datetime


def _role(row: Row) -> StoredRole:
    return StoredRole(row["id"], Role.model_validate_json(row["body"], extra="ignore"), int(row["version"]))


def _plan(row: Row) -> StoredPlan:
    return StoredPlan(
        row["id"], row["role_id"], Plan.model_validate_json(row["body"], extra="ignore"), int(row["version"])
    )


def _version(row: Row) -> PlanVersion:
    return PlanVersion(
        row["id"], row["plan_id"], int(row["number"]), _published(row["body"]), row["published_by"], row["published_at"]
    )


def all_roles(transaction: Transaction) -> list[StoredRole]:
    return [_role(row) for row in transaction.rows("SELECT id, body, version FROM role ORDER BY created_at, id")]


def role_by_id(transaction: Transaction, role_id: str) -> StoredRole | None:
    row = transaction.row("SELECT id, body, version FROM role WHERE id = ?", role_id)
    return _role(row) if row else None


def insert_role(transaction: Transaction, *, role_id: str, role: Role, created_at: datetime) -> None:
    transaction.run(
        "INSERT INTO role (id, body, version, created_at) VALUES (?, ?, 1, ?)",
        role_id, role.model_dump_json(), created_at,
    )  # fmt: skip


def update_role(transaction: Transaction, *, role_id: str, role: Role, seen_version: int) -> bool:
    """False when somebody else changed the role first."""
    return bool(
        transaction.run(
            "UPDATE role SET body = ?, version = version + 1 WHERE id = ? AND version = ?",
            role.model_dump_json(), role_id, seen_version,
        )
    )  # fmt: skip


def all_plans(transaction: Transaction) -> list[StoredPlan]:
    rows = transaction.rows("SELECT id, role_id, body, version FROM plan ORDER BY created_at, id")
    return [_plan(row) for row in rows]


def plan_by_id(transaction: Transaction, plan_id: str) -> StoredPlan | None:
    row = transaction.row("SELECT id, role_id, body, version FROM plan WHERE id = ?", plan_id)
    return _plan(row) if row else None


def insert_plan(transaction: Transaction, *, plan_id: str, role_id: str, plan: Plan, created_at: datetime) -> None:
    transaction.run(
        "INSERT INTO plan (id, role_id, body, version, created_at) VALUES (?, ?, ?, 1, ?)",
        plan_id, role_id, plan.model_dump_json(), created_at,
    )  # fmt: skip


def update_plan(transaction: Transaction, *, plan_id: str, plan: Plan, seen_version: int) -> bool:
    """False when somebody else changed the draft first."""
    return bool(
        transaction.run(
            "UPDATE plan SET body = ?, version = version + 1 WHERE id = ? AND version = ?",
            plan.model_dump_json(), plan_id, seen_version,
        )
    )  # fmt: skip


def delete_plan(transaction: Transaction, plan_id: str) -> None:
    transaction.run("DELETE FROM plan WHERE id = ?", plan_id)


def versions_of(transaction: Transaction, plan_id: str) -> list[PlanVersion]:
    """Published versions of a plan, newest first."""
    rows = transaction.rows(
        "SELECT id, plan_id, number, body, published_by, published_at FROM plan_version "
        "WHERE plan_id = ? ORDER BY number DESC",
        plan_id,
    )
    return [_version(row) for row in rows]


def plan_version_by_id(transaction: Transaction, plan_version_id: str) -> PlanVersion | None:
    """Its text, which never changes and is long, is read once and then kept."""
    row = transaction.row(
        "SELECT id, plan_id, number, published_by, published_at FROM plan_version WHERE id = ?", plan_version_id
    )
    if row is None:
        return None
    published = _kept.get(plan_version_id)
    if published is None:
        (long,) = transaction.rows("SELECT body FROM plan_version WHERE id = ?", plan_version_id)
        published = _published(long["body"])
        while len(_kept) >= MOST_KEPT:
            _kept.pop(next(iter(_kept), ""), None)
        _kept[plan_version_id] = published
    return PlanVersion(
        row["id"], row["plan_id"], int(row["number"]), published, row["published_by"], row["published_at"]
    )


def published_by_id(transaction: Transaction, plan_version_id: str) -> PublishedPlan | None:
    """The plan alone, which costs nothing where it has been read before."""
    version = None if plan_version_id in _kept else plan_version_by_id(transaction, plan_version_id)
    return version.published if version else _kept.get(plan_version_id)


def plan_versions_by_id(transaction: Transaction, ids: Iterable[str]) -> dict[str, PlanVersion]:
    """The named plan versions, each read once."""
    found = {each: plan_version_by_id(transaction, each) for each in dict.fromkeys(ids)}
    return {each: version for each, version in found.items() if version}


def insert_plan_version(transaction: Transaction, version: PlanVersion) -> None:
    """The document, and what it asks in rows for queries over many ratings."""
    transaction.run(
        "INSERT INTO plan_version (id, plan_id, number, body, published_by, published_at) VALUES (?, ?, ?, ?, ?, ?)",
        version.id, version.plan_id, version.number, version.published.model_dump_json(), version.published_by,
        version.published_at,
    )  # fmt: skip
    keep_asked_items(transaction, version.id, version.published.model_dump(mode="json"))
