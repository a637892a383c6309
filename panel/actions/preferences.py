"""How a person likes their scoring screen. Only they read and change it."""

from panel.actions.checks import present
from panel.domain.basics import now
from panel.domain.people import Person
from panel.domain.preferences import Preferences
from panel.house import Workspace
from panel.store import audit, preferences
from panel.store.database import Transaction


def my_preferences(workspace: Workspace, *, by: Person) -> Preferences:
    with workspace.database.read() as transaction:
        return preferences.preferences_of(transaction, present(transaction, by).id)


def prefer(workspace: Workspace, *, by: Person, wanted: Preferences) -> Preferences:
    """Keep what the person wants from now on."""

    def work(transaction: Transaction) -> Preferences:
        person = present(transaction, by)
        before = preferences.preferences_of(transaction, person.id)
        if before != wanted:
            preferences.keep_preferences(transaction, person.id, wanted)
            audit.record(
                transaction,
                at=now(),
                actor_id=person.id,
                action="prefer",
                subject="person",
                subject_id=person.id,
                before=before.model_dump(),
                after=wanted.model_dump(),
            )
        return wanted

    return workspace.database.write(work)
