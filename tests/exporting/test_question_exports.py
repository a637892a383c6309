"""The bank as a file: nothing is lost on the way out and back in, and no spreadsheet runs what people wrote."""

import pytest
from hypothesis import HealthCheck, given, settings

from panel.actions.imports import Choice, Defaults, store_import
from panel.domain.basics import new_id
from panel.domain.questions import BankQuestion
from panel.exporting.questions import ENDINGS, Format, as_bytes
from panel.house import Workspace
from panel.importing.found import Reading
from panel.importing.reading import read_document
from panel.store import bank
from panel.store.database import Transaction
from tests.banks import banks

SLOW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


class TakenBack(Exception):
    """Ends a transaction without keeping it."""


def brought_in(workspace: Workspace, reading: Reading) -> list[BankQuestion]:
    """What a bank without questions holds after an import of everything that was read."""
    held: list[BankQuestion] = []

    def work(transaction: Transaction) -> None:
        choices = [Choice(each) for each in reading.questions]
        store_import(
            transaction, choices, Defaults(), import_id=new_id(), name="a test", author_id="nobody", state="draft"
        )
        held[:] = bank.current_questions(transaction)
        raise TakenBack

    with pytest.raises(TakenBack):
        workspace.database.write(work)
    return held


@pytest.mark.parametrize("form", ["toml", "json"])
@SLOW
@given(questions=banks())
def test_everything_of_a_bank_comes_back(workspace: Workspace, form: Format, questions: list[BankQuestion]) -> None:
    reading = read_document(f"bank.{ENDINGS[form]}", as_bytes(questions, form))
    assert reading.problems == ()
    assert brought_in(workspace, reading) == questions
