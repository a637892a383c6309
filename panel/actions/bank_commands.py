"""What `python -m panel bank` does to the team's bank. Whoever may run it on this machine needs no account."""

from dataclasses import dataclass

from panel.actions import start
from panel.actions.file_writing import take_database
from panel.actions.files import BROUGHT_IN, FROM_DATABASE, FROM_FILES, Difference, apply_files, compare
from panel.actions.imports import Choice, Defaults, store_import, tidy_name
from panel.actions.told import COMMAND_LINE
from panel.content import read_content
from panel.domain.questions import QuestionState
from panel.errors import InputError
from panel.exporting.questions import Format, as_bytes
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


def import_reading(house: House, reading: Reading, *, import_id: str, name: str, state: QuestionState) -> str:
    """Bring in what a document holds, except prompts that the bank has already; what was done, as a sentence."""
    start.prepare(house)

    def work(transaction: Transaction) -> str:
        known = {_words(each.question.prompt) for each in bank.current_questions(transaction)}
        new, left_out = _new_prompts(reading.questions, known)
        if not left_out and not new:
            return f"Nothing was brought in: no question was found in {name}."
        if not new:
            what = "its question" if left_out == 1 else f"all {left_out:,}"
            return f"Nothing was brought in: the bank has {what} already."
        done = store_import(
            transaction, [Choice(each) for each in new], _defaults(new, name), import_id=import_id, name=name,
            author_id=COMMAND_LINE, state=state,
        )  # fmt: skip
        parts = [f"{done.added} brought in"]
        parts += [f"{left_out} left out because the bank has them already"] if left_out else []
        parts += [f"{done.left_as_draft} kept as drafts because they lack something"] if done.left_as_draft else []
        return ", ".join(parts) + ". The import can be undone on the Import page."

    return house.team.database.write(work)


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


def _new_prompts(found: tuple[FoundQuestion, ...], known: set[str]) -> tuple[list[FoundQuestion], int]:
    """Those whose prompt is not known yet, each once, and how many that leaves out."""
    new = []
    for each in found:
        words = _words(each.prompt)
        if words not in known:
            known.add(words)
            new.append(each)
    return new, len(found) - len(new)


def _words(prompt: str) -> str:
    return " ".join(prompt.casefold().split()).rstrip("?.! ")
