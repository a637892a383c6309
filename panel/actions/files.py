"""The bank in files: what question_bank/ and rubrics/ hold against the database, and applying one to the other.

Nothing is overwritten in silence: whoever applies names the differences they saw, and a difference that has changed
since then is left alone and told.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from panel.actions.checks import allowed
from panel.actions.filed import Filed, as_first_read, filed_in_content, filed_in_database, write_documents
from panel.actions.question_life import note_leak, note_moves
from panel.actions.told import FILES, author_name
from panel.content import Content, read_content
from panel.domain.basics import now
from panel.domain.filing import Kind, Standing, standing
from panel.domain.people import Person, may_bring_in_content
from panel.domain.questions import FiledQuestion
from panel.domain.rubrics import FiledRubric
from panel.house import Workspace
from panel.store import audit, bank, filing, people
from panel.store import revision as revisions
from panel.store.database import Transaction

FIRST_READING = "First reading of the files"
BROUGHT_IN = "Brought in from the files"
FROM_FILES: tuple[Standing, ...] = ("only in files", "files newer")  # what the files may give without being asked twice
FROM_DATABASE: tuple[Standing, ...] = ("only in database", "database newer")
ONLY_MANAGERS = "Only hiring managers and administrators compare the files with the bank."

Mark = tuple[Kind, str, str, str]  # kind, key, digest in the files, digest in the database


@dataclass(frozen=True)
class Difference:
    """One document that files and database do not hold alike. `version`, `author`, `at` and `reason` tell of the
    database's version; they are empty when only the files have it."""

    kind: Kind
    key: str
    title: str
    standing: Standing
    in_files: Filed | None
    stored: Filed | None
    author: str = ""
    at: datetime | None = None
    reason: str = ""

    @property
    def mark(self) -> Mark:
        return (
            self.kind,
            self.key,
            self.in_files.digest if self.in_files else "",
            self.stored.digest if self.stored else "",
        )


@dataclass(frozen=True)
class Differences:
    """What differs, and which files could not be read."""

    entries: tuple[Difference, ...]
    errors: tuple[str, ...]

    def standing(self, *wanted: Standing) -> tuple[Difference, ...]:
        return tuple(each for each in self.entries if each.standing in wanted)


@dataclass(frozen=True)
class Taken:
    """What was applied, and what was left because it had changed since it was shown."""

    applied: tuple[Difference, ...]
    changed_since: tuple[Mark, ...]


def differences(workspace: Workspace, *, by: Person) -> Differences:
    """Compare the files with the bank; nothing is written."""
    content = read_content(workspace.settings.content)
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_bring_in_content, ONLY_MANAGERS)
        return compare(transaction, content)


@dataclass(frozen=True)
class FileNotice:
    """How many entries differ between files and bank, and which files could not be read."""

    differing: int
    errors: tuple[str, ...]


def file_notice(workspace: Workspace, *, by: Person) -> FileNotice:
    """The same in short, made anew only when the files or the bank have changed."""
    content = read_content(workspace.settings.content)
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_bring_in_content, ONLY_MANAGERS)
        revision = revisions.revision(transaction)

        def make(_: FileNotice | None) -> FileNotice:
            found = compare(transaction, content)
            return FileNotice(len(found.entries), found.errors)

        return workspace.shelf.take("files", (content.stamp, revision), make)


def take_files(workspace: Workspace, *, by: Person, marks: Collection[Mark]) -> Taken:
    """Make what the files hold the current version of the marked documents. Published plans keep their text."""
    content = read_content(workspace.settings.content)

    def work(transaction: Transaction) -> Taken:
        person = allowed(transaction, by, may_bring_in_content, ONLY_MANAGERS)
        return apply_files(transaction, content, marks, author_id=person.id, reason=BROUGHT_IN)

    return workspace.database.write(work)


def bring_in_files(workspace: Workspace, *, by: Person) -> Differences:
    """Take everything that is new or newer in the files. What changed on both sides, or only in the database, stays
    as it is. The answer is what differed before."""
    content = read_content(workspace.settings.content)

    def work(transaction: Transaction) -> Differences:
        person = allowed(transaction, by, may_bring_in_content, ONLY_MANAGERS)
        found = compare(transaction, content)
        marks = [each.mark for each in found.standing(*FROM_FILES)]
        apply_files(transaction, content, marks, author_id=person.id, reason=BROUGHT_IN)
        return found

    return workspace.database.write(work)


def seed_when_empty(workspace: Workspace) -> None:
    """Fill a new database with what the files hold; files that cannot be read are left for later."""
    with workspace.database.read() as transaction:
        if filed_in_database(transaction):
            return
    content = read_content(workspace.settings.content)

    def work(transaction: Transaction) -> None:
        marks = [each.mark for each in compare(transaction, content).standing("only in files")]
        apply_files(transaction, content, marks, author_id=FILES, reason=FIRST_READING)

    workspace.database.write(work)


def compare(transaction: Transaction, content: Content) -> Differences:
    """Every document that differs: categories, then questions, then rubrics, each in the order of its files."""
    in_files, stored, agreed = filed_in_content(content), filed_in_database(transaction), filing.agreed(transaction)
    names = {each.id: each.name for each in people.all_people(transaction)}
    found = []
    for name in dict.fromkeys([*in_files, *stored]):
        file, row = in_files.get(name), stored.get(name)
        base = agreed.get(name) or (as_first_read(row) if row and row.reason in {FIRST_READING, BROUGHT_IN} else None)
        how = standing(file.digest if file else None, row.digest if row else None, base)
        if how == "same":
            continue
        title = (file or row).title  # type: ignore[union-attr]
        author = author_name(row.author_id, names) if row and row.author_id else ""
        at, reason = (row.at, row.reason) if row else (None, "")
        found.append(Difference(*name, title, how, file, row, author, at, reason))
    return Differences(tuple(sorted(found, key=lambda each: KINDS.index(each.kind))), content.errors)


KINDS: tuple[Kind, ...] = ("category", "question", "rubric")


def apply_files(
    transaction: Transaction, content: Content, marks: Collection[Mark], *, author_id: str, reason: str
) -> Taken:
    """Write the marked documents of the files as new versions, and record that both sides now agree."""
    found = {each.mark: each for each in compare(transaction, content).entries if each.in_files}
    wanted = list(dict.fromkeys(marks))
    applied = [found[mark] for mark in wanted if mark in found]
    applied.sort(key=lambda each: KINDS.index(each.kind))
    _note_standing(transaction, applied, author_id=author_id, reason=reason)
    changes = [(each.in_files, each.stored) for each in applied if each.in_files]
    write_documents(transaction, changes, author_id=author_id, reason=reason, at=now())
    _place_as_in_files(transaction, content)
    agree(transaction, content)
    if applied:
        audit.record(
            transaction, at=now(), actor_id=author_id, action="bring_in_files", subject="bank", subject_id="bank",
            after={kind: [each.key for each in applied if each.kind == kind] for kind in KINDS},
        )  # fmt: skip
    return Taken(tuple(applied), tuple(mark for mark in wanted if mark not in found))


def _note_standing(transaction: Transaction, applied: Collection[Difference], *, author_id: str, reason: str) -> None:
    """Put on record what the files change of states and leak marks, which no version of a text tells."""
    current = {each.key: each for each in bank.current_questions(transaction)}
    for each in applied:
        new, old = each.in_files and each.in_files.document, each.stored and each.stored.document
        if isinstance(new, FiledQuestion) and isinstance(old, FiledQuestion):
            if new.state != old.state:
                note_moves(transaction, author_id, [current[each.key]], new.state, reason)
            if new.leaked != old.leaked:
                note_leak(transaction, author_id, current[each.key], new.leaked)
        if isinstance(new, FiledRubric) and isinstance(old, FiledRubric) and new.state != old.state:
            audit.record(
                transaction, at=now(), actor_id=author_id, action="move_rubric", subject="rubric",
                subject_id=each.key, before={"state": old.state}, after={"state": new.state, "reason": reason},
            )  # fmt: skip


def _place_as_in_files(transaction: Transaction, content: Content) -> None:
    """Questions stand in the order of their file."""
    stored = {each.key: each.category.key for each in bank.current_questions(transaction)}
    for file in content.question_files:
        here = [each.key for each in file.questions if stored.get(each.key) == file.category.key]
        bank.place_questions(transaction, file.category.key, here)


def agree(transaction: Transaction, content: Content) -> None:
    """Record every document that files and database hold alike."""
    stored, known = filed_in_database(transaction), filing.agreed(transaction)
    filing.agree(
        transaction,
        [
            (*name, stored[name].version, file.digest)
            for name, file in filed_in_content(content).items()
            if name in stored and stored[name].digest == file.digest != known.get(name)
        ],
    )
