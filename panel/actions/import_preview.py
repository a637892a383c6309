"""What an import would do, before anything is written: every question with its near duplicates beside it."""

from collections.abc import Mapping
from dataclasses import dataclass

from panel.actions.checks import allowed
from panel.actions.imports import ONLY_MANAGERS
from panel.actions.library import library
from panel.domain.basics import new_id
from panel.domain.people import Person, may_review_questions
from panel.domain.questions import BankQuestion
from panel.finding.twins import TwinIndex
from panel.house import Workspace
from panel.importing.found import Columns, FoundQuestion, Problem, Reading
from panel.importing.reading import read_document, read_pasted


@dataclass(frozen=True)
class Twin:
    """A question of the bank that asks nearly the same. `likeness` runs to 100."""

    stored: BankQuestion
    likeness: float


@dataclass(frozen=True)
class Row:
    """One question found. `like_row` is the place of an earlier row of the same document that asks nearly the same."""

    found: FoundQuestion
    twins: tuple[Twin, ...]
    like_row: int | None = None

    @property
    def in_bank(self) -> bool:
        """Whether the bank has this very question, by key or word for word."""
        return any(
            each.stored.key == self.found.key or each.stored.question.prompt == self.found.prompt for each in self.twins
        )


@dataclass(frozen=True)
class Preview:
    """A document as it was read. `id` names the import that confirming it makes."""

    id: str
    name: str
    kind: str
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    columns: Columns | None


def preview_document(
    workspace: Workspace, *, by: Person, name: str, data: bytes, columns: Mapping[str, str] | None = None
) -> Preview:
    """Read an uploaded document. Raises InputError with a sentence for what cannot be read."""
    _may(workspace, by)
    return _preview(workspace, by, name, read_document(name, data, columns=columns))


def preview_pasted(workspace: Workspace, *, by: Person, text: str, columns: Mapping[str, str] | None = None) -> Preview:
    """Read a pasted text. Raises InputError with a sentence for what cannot be read."""
    _may(workspace, by)
    return _preview(workspace, by, "pasted text", read_pasted(text, columns=columns))


def row_of(workspace: Workspace, *, by: Person, found: FoundQuestion) -> Row:
    """A question that a person took out of an unplaced passage, with its twins in the bank."""
    _may(workspace, by)
    everything = library(workspace, by=by)
    near = everything.twins.nearest(found.prompt)
    return Row(found, tuple(Twin(everything.questions[each.place], each.likeness) for each in near))


def _may(workspace: Workspace, by: Person) -> None:
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_review_questions, ONLY_MANAGERS)


def _preview(workspace: Workspace, by: Person, name: str, reading: Reading) -> Preview:
    everything = library(workspace, by=by)
    prompts = [each.prompt for each in reading.questions]
    in_bank = everything.twins.nearest_of_many(prompts)
    alike = TwinIndex(prompts).among_themselves()
    rows = []
    for place, found in enumerate(reading.questions):
        twins = [Twin(everything.questions[each.place], each.likeness) for each in in_bank[place]]
        same_key = everything.by_key.get(found.key) if found.key else None
        if same_key:
            twins = [Twin(same_key, 100.0), *(each for each in twins if each.stored.key != found.key)]
        earlier = [each.place for each in alike[place] if each.place < place]
        rows.append(Row(found, tuple(twins), earlier[0] if earlier else None))
    return Preview(new_id(), name, reading.kind, tuple(rows), reading.problems, reading.columns)
