"""Whose work is to be done: a person's own interviews, and for managers the scorecards they wait for."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from panel.actions.checks import allowed, present
from panel.actions.sittings import sitters_of
from panel.domain.people import Person, may_manage_hiring
from panel.domain.seats import colleagues
from panel.house import Workspace
from panel.store import plans, scorecards


@dataclass(frozen=True)
class Agenda:
    """One line of a person's own work: an interview of theirs and how far its scorecard is."""

    scorecard_id: str
    candidate_name: str
    candidate_about: str
    round_name: str
    sitting: str
    plan_title: str
    role_name: str
    starts_at: datetime
    minutes: int
    answered: int
    questions: int
    submitted: bool
    with_whom: tuple[str, ...]
    shadow: bool = False
    submitted_at: datetime | None = None

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class Missing:
    """A scorecard that a manager waits for: progress, never a rating."""

    person_id: str
    person_name: str
    candidate_name: str
    round_name: str
    starts_at: datetime
    scorecard_id: str


def my_agenda(workspace: Workspace, *, by: Person) -> list[Agenda]:
    """Every scorecard of the person, newest interview first."""
    with workspace.database.read() as transaction:
        person = present(transaction, by)
        rows = scorecards.scorecards_of_person(transaction, person.id)
        versions = plans.plan_versions_by_id(transaction, (row["plan_version_id"] for row in rows))
        sitters = sitters_of(transaction, (row["interview_id"] for row in rows))
        lines = []
        for row in rows:
            version = versions[row["plan_version_id"]]
            each = version.published.round(row["round_id"])
            guide = version.published.guide(row["round_id"], row["assignment_id"])
            lines.append(
                Agenda(
                    scorecard_id=row["id"],
                    candidate_name=row["candidate_name"],
                    candidate_about=row["candidate_about"],
                    round_name=each.name,
                    sitting=each.sitting,
                    plan_title=version.published.title,
                    role_name=version.published.role.name,
                    starts_at=row["starts_at"],
                    minutes=int(row["minutes"]),
                    answered=int(row["answered"]),
                    questions=len(guide.items),
                    submitted=row["state"] == "submitted",
                    with_whom=colleagues(each, sitters[row["interview_id"]], person.id),
                    shadow=bool(row["shadow"]),
                    submitted_at=row["submitted_at"],
                )
            )
        return lines


def missing_scorecards(workspace: Workspace, *, by: Person, before: datetime) -> list[Missing]:
    """Scorecards of others that are not submitted although the interview began before `before`; oldest first."""
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_manage_hiring, "Only hiring managers and administrators see who is late.")
        rows = scorecards.overdue_scorecards(transaction, at=before)
        versions = plans.plan_versions_by_id(transaction, (row["plan_version_id"] for row in rows))
    return [
        Missing(
            row["person_id"],
            row["person_name"],
            row["candidate_name"],
            versions[row["plan_version_id"]].published.round(row["round_id"]).name,
            row["starts_at"],
            row["id"],
        )
        for row in rows
    ]
