"""What `python -m panel bank` does to the team's bank. Whoever may run it on this machine needs no account."""

from dataclasses import dataclass

from panel.actions import start
from panel.actions.file_writing import take_database
from panel.actions.files import BROUGHT_IN, FROM_DATABASE, FROM_FILES, Difference, apply_files, compare
from panel.actions.import_preview import Row, proposed_way, rows_of
from panel.actions.imports import Choice, Defaults, store_import, tidy_name
from panel.actions.told import COMMAND_LINE
from panel.content import read_content
from panel.domain.questions import QuestionState
from panel.errors import InputError
from panel.exporting.questions import Format, as_bytes
from panel.finding.twins import TwinIndex
from panel.house import House
from panel.importing.found import FoundQuestion, Reading
from panel.store import bank
from panel.store.database import Transaction


@dataclass(frozen=True)
class Synced:
    """What a sync applied, what still differs, and which files could not be read."""

    applied: tuple[Difference, ...]
    left: tuple[Difference, ...]
    errors: tuple[str, ...]


def import_reading(house: House, reading: Reading, *, import_id: str, name: str, state: QuestionState) -> list[str]:
    """Bring in what the page would propose: new questions, and the text of those whose key the bank has. What the bank
    has word for word stays out. The answer is what was done, a sentence a line; those that ask nearly the same as
    another are brought in and named."""
    start.prepare(house)

    def work(transaction: Transaction) -> list[str]:
        current = bank.current_questions(transaction)
        rows = rows_of(reading.questions, current, TwinIndex([each.question.prompt for each in current]))
        ways = [proposed_way(each, rows) for each in rows]
        taken = [(row, way) for row, way in zip(rows, ways, strict=True) if way != "leave"]
        left_out = len(rows) - len(taken)
        if not rows:
            return [f"Nothing was brought in: no question was found in {name}."]
        if not taken:
            what = "its question" if left_out == 1 else f"all {left_out:,}"
            return [f"Nothing was brought in: the bank has {what} already."]
        new = [row.found for row, way in taken if way == "add"]
        done = store_import(
            transaction, [_choice(row, way) for row, way in taken], _defaults(new, name), import_id=import_id,
            name=name, author_id=COMMAND_LINE, state=state,
        )  # fmt: skip
        parts = [f"{done.added} brought in"]
        parts += [f"{done.merged} given a new version"] if done.merged else []
        parts += [f"{left_out} left out because the bank or an earlier line has them already"] if left_out else []
        parts += [f"{done.left_as_draft} kept as drafts because they lack something"] if done.left_as_draft else []
        near = [
            f"Asks nearly the same as another question, line {row.found.line}: {row.found.prompt}"
            for row, way in taken
            if way == "add" and (row.twins or row.like_row is not None)
        ]
        return [*near, ", ".join(parts) + ". The import can be undone on the Import page."]

    return house.team.database.write(work)


def _choice(row: Row, way: str) -> Choice:
    if way == "add":
        return Choice(row.found)
    twin = row.twins[0].stored
    return Choice(row.found, "replace", twin.key, twin.version)


def export_all(house: House, form: Format) -> bytes:
    start.prepare(house)
    with house.team.database.read() as transaction:
        return as_bytes(bank.current_questions(transaction), form)


def sync(house: House, *, take: str | None, also: tuple[str, ...]) -> Synced:
    """Compare, and apply one side where `take` names it. Raises InputError for a key in `also` that does not differ."""
    start.prepare(house)
    workspace = house.team
    content = read_content(workspace.settings.content)
    with workspace.database.read() as transaction:
        before = compare(transaction, content)
    unknown = set(also) - {each.key for each in before.entries}
    if unknown:
        names = ", ".join(sorted(unknown))
        raise InputError(f"Nothing named {names} differs. Run sync without --also to see what does.")
    easy = FROM_FILES if take == "files" else FROM_DATABASE
    marks = [each.mark for each in before.entries if take and (each.standing in easy or each.key in also)]
    if take == "files":
        taken = workspace.database.write(
            lambda transaction: apply_files(transaction, content, marks, author_id=COMMAND_LINE, reason=BROUGHT_IN)
        )
        applied = taken.applied
    else:
        applied = take_database(workspace, marks=marks).applied if marks else ()
    again = read_content(workspace.settings.content)
    with workspace.database.read() as transaction:
        after = compare(transaction, again)
    return Synced(applied, after.entries, after.errors)


def _defaults(found: list[FoundQuestion], name: str) -> Defaults:
    """A question that names no source comes from the file, unless that is a bank of this program, which says all."""
    return Defaults() if any(each.home for each in found) else Defaults(source=tidy_name(name))
