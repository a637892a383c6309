"""What an import would do, before anything is written: every question with its near duplicates beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

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
        """Whether the bank has this very question, by key or word for word (case, spaces and the last mark aside)."""
        words = _words(self.found.prompt)
        return any(
            each.stored.key == self.found.key or _words(each.stored.question.prompt) == words for each in self.twins
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


def proposed_way(row: Row, rows: Sequence[Row]) -> Literal["add", "replace", "leave"]:
    """What is proposed for a row: new questions come in; what the bank has word for word stays out; a question that
    names the key of one in the bank and says something else replaces its text."""
    if row.in_bank:
        return "replace" if row.twins[0].stored.key == row.found.key and _differs(row) else "leave"
    if row.like_row is not None and rows and _says_the_same(rows[row.like_row].found, row.found):
        return "leave"
    return "add"


def _says_the_same(one: FoundQuestion, other: FoundQuestion) -> bool:
    return _words(one.prompt) == _words(other.prompt) and (one.answer, one.follow_ups) == (
        other.answer, other.follow_ups,
    )  # fmt: skip


def _words(prompt: str) -> str:
    return " ".join(prompt.casefold().split()).rstrip("?.! ")


def _differs(row: Row) -> bool:
    """Whether the document says anything of the question that the bank says otherwise."""
    ours, found = row.twins[0].stored.question, row.found
    said = {
        "prompt": found.prompt, "answer": found.answer, "probes": found.follow_ups, "strong": found.strong,
        "weak": found.weak, "competency": found.competency, "difficulty": found.difficulty,
        "minutes": found.minutes, "tags": found.tags, "anchors": found.anchors, "source": found.source,
    }  # fmt: skip
    return any(value and value != getattr(ours, name) for name, value in said.items())


def _preview(workspace: Workspace, by: Person, name: str, reading: Reading) -> Preview:
    everything = library(workspace, by=by)
    rows = rows_of(reading.questions, everything.questions, everything.twins)
    return Preview(new_id(), name, reading.kind, rows, reading.problems, reading.columns)


def rows_of(found: Sequence[FoundQuestion], bank: Sequence[BankQuestion], twins: TwinIndex) -> tuple[Row, ...]:
    """Every question with its near duplicates: `twins` is the index of the prompts in `bank`."""
    by_key = {each.key: each for each in bank}
    prompts = [each.prompt for each in found]
    in_bank, alike = twins.nearest_of_many(prompts), TwinIndex(prompts).among_themselves()
    rows = []
    for place, each in enumerate(found):
        near = [Twin(bank[one.place], one.likeness) for one in in_bank[place]]
        same_key = by_key.get(each.key) if each.key else None
        if same_key:
            near = [Twin(same_key, 100.0), *(one for one in near if one.stored.key != each.key)]
        earlier = [one.place for one in alike[place] if one.place < place]
        rows.append(Row(each, tuple(near), earlier[0] if earlier else None))
    return tuple(rows)
