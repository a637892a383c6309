"""Templates of plans."""

from dataclasses import dataclass
from datetime import datetime

from panel.domain.plans import Plan
from panel.store.database import Row, Transaction


@dataclass(frozen=True)
class Template:
    """A plan without people; its title is the template's name."""

    id: str
    plan: Plan

    @property
    def name(self) -> str:
        return self.plan.title


def _template(row: Row) -> Template:
    return Template(row["id"], Plan.model_validate_json(row["body"], extra="ignore"))


def all_templates(transaction: Transaction) -> list[Template]:
    return [_template(row) for row in transaction.rows("SELECT id, body FROM plan_template ORDER BY created_at, id")]


def template_by_id(transaction: Transaction, template_id: str) -> Template | None:
    row = transaction.row("SELECT id, body FROM plan_template WHERE id = ?", template_id)
    return _template(row) if row else None


def insert_template(
    transaction: Transaction, *, template_id: str, plan: Plan, created_by: str, created_at: datetime
) -> None:
    transaction.run(
        "INSERT INTO plan_template (id, body, created_by, created_at) VALUES (?, ?, ?, ?)",
        template_id, plan.model_dump_json(), created_by, created_at,
    )  # fmt: skip


def delete_template(transaction: Transaction, template_id: str) -> bool:
    """False when it was gone already."""
    return bool(transaction.run("DELETE FROM plan_template WHERE id = ?", template_id))
