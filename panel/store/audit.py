"""The audit trail: who did what to what, with the state before and after. Rows are only ever added."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from panel.domain.basics import new_id
from panel.store.database import Row, Transaction, insert_many


def record(
    transaction: Transaction,
    *,
    at: datetime,
    actor_id: str,
    action: str,
    subject: str,
    subject_id: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """`before` and `after` hold what changed, never a password or a token."""
    transaction.run(
        "INSERT INTO audit_event (id, happened_at, actor_id, action, subject, subject_id, before_text, after_text) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        new_id(), at, actor_id, action, subject, subject_id, _text(before), _text(after),
    )  # fmt: skip


def record_many(
    transaction: Transaction,
    *,
    at: datetime,
    actor_id: str,
    subject: str,
    events: Iterable[tuple[str, str, Mapping[str, Any] | None, Mapping[str, Any] | None]],
) -> None:
    """Events of one moment and actor on things of one kind: (action, the thing's id, before, after)."""
    insert_many(
        transaction,
        "audit_event",
        "id, happened_at, actor_id, action, subject, subject_id, before_text, after_text",
        (
            (new_id(), at, actor_id, action, subject, subject_id, _text(before), _text(after))
            for action, subject_id, before, after in events
        ),
    )


def events_of(transaction: Transaction, *, subject: str, subject_id: str) -> list[Row]:
    return transaction.rows(
        "SELECT happened_at, actor_id, action, before_text, after_text FROM audit_event "
        "WHERE subject = ? AND subject_id = ? ORDER BY happened_at, id",
        subject, subject_id,
    )  # fmt: skip


def _text(value: Mapping[str, Any] | None) -> str | None:
    return None if value is None else json.dumps(value, default=str, ensure_ascii=False)
