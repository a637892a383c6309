"""What candidates with interviews ahead were to be asked in earlier ones, so that nobody repeats it.

Read from the frozen plans and the calendar only: never from what was rated, noted or left out.
"""

from dataclasses import dataclass
from datetime import datetime

from panel.actions.checks import present
from panel.actions.drafts import existing_draft
from panel.domain import plans as rules
from panel.domain.basics import now
from panel.domain.candidates import short_name
from panel.domain.people import Person, may_manage_hiring
from panel.errors import NotFound
from panel.house import Workspace
from panel.store import plans, scorecards
from panel.store.database import Row
from panel.store.plans import PlanVersion
from panel.store.sittings import sittings_before

SOMEBODY = "A candidate"


@dataclass(frozen=True)
class AskedBefore:
    """A candidate was to be asked a question in a round; `on` is the start of the interview, naive UTC."""

    candidate_name: str
    round_name: str
    on: datetime


def asked_before(
    workspace: Workspace, *, by: Person, plan_id: str, assignment_id: str
) -> dict[str, tuple[AskedBefore, ...]]:
    """By question key, the latest first; for those who manage hiring and for the plan's own interviewers.

    An interviewer reads the names of those only whom they meet; of others, that somebody was to be asked.
    Candidates of the plan's role count who have an interview ahead and have not sat in this seat's round yet.
    """
    with workspace.database.read() as transaction:
        person = present(transaction, by)
        stored = existing_draft(transaction, plan_id)
        part = any(seat.interviewer_id == person.id for _, seat in rules.assignments_of(stored.plan))
        if not (part or may_manage_hiring(person)):
            raise NotFound("This plan does not exist, or you have no part in it.")
        where, _ = rules.find_assignment(stored.plan, assignment_id)
        sittings = sittings_before(transaction, role_id=stored.role_id, at=now())
        versions = plans.plan_versions_by_id(transaction, (row["plan_version_id"] for row in sittings))
        met = {row["candidate_id"] for row in scorecards.scorecards_of_person(transaction, person.id)}
    everybody = may_manage_hiring(person)
    through = {row["candidate_id"] for row in sittings if row["round_id"] == where.id}
    waiting = [row for row in sittings if row["candidate_id"] not in through]
    named = {row["candidate_id"] for row in waiting if everybody or row["candidate_id"] in met}
    return _by_question(waiting, versions, named)


def _by_question(
    sittings: list[Row], versions: dict[str, PlanVersion], named: set[str]
) -> dict[str, tuple[AskedBefore, ...]]:
    """A panel's interviewers hold the same questions: a candidate was asked each of them once in a round."""
    found: dict[str, dict[tuple[str, str], AskedBefore]] = {}
    for row in sittings:
        published = versions[row["plan_version_id"]].published
        who = short_name(row["candidate_name"]) if row["candidate_id"] in named else SOMEBODY
        said = AskedBefore(who, published.round(row["round_id"]).name, row["starts_at"])
        for item in published.guide(row["round_id"], row["assignment_id"]).items:
            found.setdefault(item.question.key, {}).setdefault((row["candidate_id"], row["round_id"]), said)
    return {key: tuple(each.values()) for key, each in found.items()}
