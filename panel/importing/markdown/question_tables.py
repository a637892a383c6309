"""Tables within Markdown whose rows are questions."""

from collections.abc import Sequence

from panel.importing.found import FoundQuestion, Problem
from panel.importing.ledger import Ledger
from panel.importing.markdown.blocks import Document
from panel.importing.markdown.marks import Mark


def questions_in_tables(
    document: Document, ledger: Ledger, marks: Sequence[Mark], contents: set[int]
) -> tuple[list[FoundQuestion], list[Problem]]:
    return [], []
