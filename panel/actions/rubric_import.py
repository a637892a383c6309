"""Bringing rubrics from a file: a preview that writes nothing, then what the person confirms; and taking them out."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from panel.actions.checks import allowed
from panel.actions.drafts import note
from panel.actions.rubric_edits import ONLY_MANAGERS, insert_rubric
from panel.actions.rubrics import SIGN_IN
from panel.domain.basics import now
from panel.domain.people import Person, may_read_bank, may_write_rubrics
from panel.domain.rubrics import BankRubric, FiledRubric
from panel.exporting.rubrics import Format, exported
from panel.house import Workspace
from panel.importing.rubrics import read_rubrics
from panel.store import rubrics as stored
from panel.store.database import Transaction

Standing = Literal["new", "changed", "same"]


@dataclass(frozen=True)
class Entry:
    """One rubric of the file beside the one of that key in the bank, as it stood when the file was read."""

    standing: Standing
    filed: FiledRubric
    stored: BankRubric | None


@dataclass(frozen=True)
class Preview:
    """What a file would change, and what in it cannot be read."""

    entries: tuple[Entry, ...]
    errors: tuple[str, ...]

    def of(self, standing: Standing) -> tuple[Entry, ...]:
        return tuple(each for each in self.entries if each.standing == standing)


@dataclass(frozen=True)
class Imported:
    """Names of the rubrics that were written, and of those left alone because they changed since the preview."""

    written: tuple[str, ...]
    changed_since: tuple[str, ...]


def preview_import(workspace: Workspace, *, by: Person, name: str, data: bytes) -> Preview:
    """Read a file of rubrics and compare it with the bank; nothing is written."""
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_write_rubrics, ONLY_MANAGERS)
        bank = {each.key: each for each in stored.bank_rubrics(transaction)}
    reading = read_rubrics(name, data)
    entries = tuple(Entry(_standing(each, bank.get(each.key)), each, bank.get(each.key)) for each in reading.rubrics)
    return Preview(entries, reading.errors)


def import_rubrics(workspace: Workspace, *, by: Person, name: str, entries: Collection[Entry]) -> Imported:
    """Write the confirmed entries: new rubrics, and new versions of changed ones. What changed since the preview is
    left alone and told."""
    reason = f"Imported from {''.join(each for each in name if each.isprintable())[:200]}"

    def work(transaction: Transaction) -> Imported:
        person = allowed(transaction, by, may_write_rubrics, ONLY_MANAGERS)
        written, changed_since = [], []
        for entry in entries:
            if stored.bank_rubric(transaction, entry.filed.key) != entry.stored:
                changed_since.append(entry.filed.name)
            elif entry.standing != "same":
                _write(transaction, person, entry, reason)
                written.append(entry.filed.name)
        return Imported(tuple(written), tuple(changed_since))

    return workspace.database.write(work)


def export_rubrics(workspace: Workspace, *, by: Person, keys: Collection[str], form: Format) -> str:
    """The named rubrics as the text of one file."""
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_read_bank, SIGN_IN)
        return exported([each.filed() for each in stored.bank_rubrics(transaction) if each.key in keys], form)


def _standing(filed: FiledRubric, before: BankRubric | None) -> Standing:
    if before is None:
        return "new"
    return "same" if before.filed() == filed else "changed"


def _write(transaction: Transaction, person: Person, entry: Entry, reason: str) -> None:
    before, filed = entry.stored, entry.filed
    text = filed.rubric()
    if before is None:
        insert_rubric(transaction, person, text, state=filed.state, reason=reason)
        return
    if text != before.rubric:
        stored.save_rubric(
            transaction, text, version=before.version + 1, author_id=person.id, reason=reason, created_at=now(),
            state=filed.state,
        )  # fmt: skip
        was, becomes = (each.model_dump(mode="json") for each in (before.rubric, text))
        note(transaction, person, "change_rubric", "rubric", before.key, was, becomes)
    if filed.state != before.state:
        if text == before.rubric:
            stored.set_state(transaction, seen=before, state=filed.state)
        after = {"state": filed.state, "reason": reason}
        note(transaction, person, "move_rubric", "rubric", before.key, {"state": before.state}, after)
