"""What every action does first: read the person anew, and refuse with a sentence."""

from collections.abc import Callable

from panel.domain.people import Person
from panel.errors import NotAllowed, Stale
from panel.store import people
from panel.store.database import Transaction


def present(transaction: Transaction, by: Person) -> Person:
    """The person as the database knows them now, so that a page left open gives nothing after a demotion."""
    return still_active(people.person_by_id(transaction, by.id))


def still_active(person: Person | None) -> Person:
    """A person as just read from the database."""
    if person is None or not person.active:
        raise NotAllowed("This account has been deactivated. Ask an administrator.")
    return person


def allowed(transaction: Transaction, by: Person, predicate: Callable[[Person], bool], sentence: str) -> Person:
    """The person, if the predicate permits them this; otherwise NotAllowed with the sentence."""
    person = present(transaction, by)
    if not predicate(person):
        raise NotAllowed(sentence)
    return person


def unless_stale(saved: bool, what: str) -> None:
    """Raise Stale when a write named an older version."""
    if not saved:
        raise Stale(f"{what} was changed in the meantime. The newer state is shown now; make your change again.")
