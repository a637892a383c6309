"""The questions that a person keeps at hand: their own, for nobody else to see."""

from panel.actions.checks import allowed
from panel.actions.drafts import note
from panel.domain.basics import now
from panel.domain.people import Person, may_read_bank
from panel.errors import NotFound
from panel.house import Workspace
from panel.store import bank
from panel.store import favourites as stored
from panel.store.database import Transaction

SIGN_IN = "Sign in to keep questions at hand."


def favourites(workspace: Workspace, *, by: Person) -> list[str]:
    """Keys of the person's own favourites, the newest first; some may have left the bank."""
    with workspace.database.read() as transaction:
        person = allowed(transaction, by, may_read_bank, SIGN_IN)
        return stored.favourites_of(transaction, person.id)


def keep_at_hand(workspace: Workspace, *, by: Person, question_key: str) -> None:
    """Doing it twice changes nothing."""

    def work(transaction: Transaction) -> None:
        person = allowed(transaction, by, may_read_bank, SIGN_IN)
        if bank.current_question(transaction, question_key) is None:
            raise NotFound("This question is not in the bank any more. Choose another from the list.")
        if stored.add_favourite(transaction, person_id=person.id, question_key=question_key, added_at=now()):
            note(transaction, person, "keep_at_hand", "person", person.id, None, {"question": question_key})

    workspace.database.write(work)


def let_go(workspace: Workspace, *, by: Person, question_key: str) -> None:
    """Doing it twice changes nothing; a question that left the bank can be let go as well."""

    def work(transaction: Transaction) -> None:
        person = allowed(transaction, by, may_read_bank, SIGN_IN)
        if stored.remove_favourite(transaction, person_id=person.id, question_key=question_key):
            note(transaction, person, "let_go", "person", person.id, {"question": question_key}, None)

    workspace.database.write(work)
