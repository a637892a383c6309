"""How the team wants to work. Everybody sees it; those who manage hiring change it."""

from pydantic import ValidationError

from panel.actions.checks import allowed, present, unless_stale
from panel.domain.basics import now
from panel.domain.people import Person, may_manage_hiring
from panel.domain.team_settings import TeamSettings
from panel.errors import InputError
from panel.house import Workspace
from panel.store import audit
from panel.store import team_settings as stored
from panel.store.database import Transaction


def settings(workspace: Workspace, *, by: Person) -> TeamSettings:
    with workspace.database.read() as transaction:
        present(transaction, by)
        return stored.team_settings(transaction)


def change_settings(workspace: Workspace, *, by: Person, wanted: TeamSettings) -> TeamSettings:
    """`wanted.version` is the one that was seen. Raises Stale, or InputError for a number out of bounds."""
    try:
        checked = TeamSettings.model_validate(wanted.model_dump())
    except ValidationError as error:
        raise InputError("Ask for 1 to 50 exercises within one level, and choose one of the two displays.") from error

    def work(transaction: Transaction) -> TeamSettings:
        person = allowed(
            transaction, by, may_manage_hiring, "Only hiring managers and administrators change how the team works."
        )
        before = stored.team_settings(transaction)
        if before.model_dump(exclude={"version"}) == checked.model_dump(exclude={"version"}):
            return before
        unless_stale(stored.keep_team_settings(transaction, checked), "How the team works")
        audit.record(
            transaction, at=now(), actor_id=person.id, action="change_settings", subject="team", subject_id="team",
            before=before.model_dump(), after=checked.model_dump(),
        )  # fmt: skip
        return stored.team_settings(transaction)

    return workspace.database.write(work)
