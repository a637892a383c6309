"""The bank as a file, for those who may take it out of the program."""

from panel.actions.checks import allowed
from panel.domain.basics import now
from panel.domain.people import Person, may_review_questions
from panel.exporting.questions import Format, as_bytes
from panel.house import Workspace
from panel.store import audit, bank
from panel.store.database import Transaction

ONLY_MANAGERS = "Only hiring managers and administrators export the question bank."


def how_many(workspace: Workspace, *, by: Person) -> int:
    """The number of questions that an export holds."""
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_review_questions, ONLY_MANAGERS)
        return len(bank.states(transaction))


def exported_bank(workspace: Workspace, *, by: Person, form: Format) -> bytes:
    """Every question in every state. That somebody took the bank along is on record.

    The text is made outside the writing, which would hold up everybody's ratings meanwhile.
    """
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_review_questions, ONLY_MANAGERS)
        found = bank.current_questions(transaction)
    text = as_bytes(found, form)

    def work(transaction: Transaction) -> None:
        person = allowed(transaction, by, may_review_questions, ONLY_MANAGERS)
        audit.record(
            transaction, at=now(), actor_id=person.id, action="export_bank", subject="bank", subject_id="bank",
            after={"format": form, "questions": len(found)},
        )  # fmt: skip

    workspace.database.write(work)
    return text
