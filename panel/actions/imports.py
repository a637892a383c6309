"""Bringing questions from outside into the bank, all at once or not at all, and undoing a whole import."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from panel.actions.checks import allowed
from panel.actions.import_homes import Homes
from panel.actions.import_undo import Undone, following, take_back
from panel.actions.questions import QuestionText, whole_question
from panel.actions.told import author_name
from panel.domain.basics import now
from panel.domain.keys import new_key
from panel.domain.merging import KeepAnswer, merged, replaced
from panel.domain.people import Person, may_review_questions
from panel.domain.questions import IN_PLANS, USUAL_MINUTES, Question, QuestionState, lacking
from panel.domain.text import CONTROL, LONGEST_PROSE
from panel.errors import InputError, NotFound, Stale
from panel.house import Workspace
from panel.importing.found import FoundQuestion
from panel.store import audit, bank, imports, people
from panel.store.bank import NewVersion
from panel.store.database import Transaction
from panel.store.imports import ChangedByImport, ImportBody

ONLY_MANAGERS = "Only hiring managers and administrators import questions and undo an import."
WITHOUT_HEADING = "Imported"  # the category of questions that stand under no heading
How = Literal["add", "merge", "replace"]
LONGEST_NAME = 200  # of a document, in the history of questions
LANDING: tuple[QuestionState, ...] = ("draft", "in_review", "approved")  # the states an import may give


@dataclass(frozen=True)
class Choice:
    """One question of an import as the person confirmed it. `merge` and `replace` name the twin in the bank and the
    version of it that the person saw."""

    found: FoundQuestion
    how: How = "add"
    twin_key: str = ""
    twin_version: int = 0
    answer: KeepAnswer = "ours"


@dataclass(frozen=True)
class Defaults:
    """What holds for questions whose document does not say."""

    category: str = WITHOUT_HEADING
    competency: str = ""
    difficulty: str = ""
    minutes: int = USUAL_MINUTES
    source: str = ""


@dataclass(frozen=True)
class Imported:
    """What an import did. `left_as_draft` counts those that lack something and so could not be approved."""

    added: int
    merged: int
    left_as_draft: int


@dataclass(frozen=True)
class ImportRecord:
    """One import of the past, for the list of them."""

    id: str
    name: str
    who: str
    at: datetime
    added: int
    changed: int
    undone_at: datetime | None
    undone_by: str


def bring_in(
    workspace: Workspace,
    *,
    by: Person,
    import_id: str,
    name: str,
    choices: Sequence[Choice],
    defaults: Defaults,
    state: QuestionState = "draft",
) -> Imported:
    """Write what was confirmed. `import_id` is the preview's: a second confirmation of the same one is refused."""

    def work(transaction: Transaction) -> Imported:
        person = allowed(transaction, by, may_review_questions, ONLY_MANAGERS)
        return store_import(
            transaction, choices, defaults, import_id=import_id, name=name, author_id=person.id, state=state
        )

    return workspace.database.write(work)


def undo(workspace: Workspace, *, by: Person, import_id: str) -> Undone:
    """Take out what an import added and bring back what it changed, except what was edited, planned with or marked as
    leaked since."""

    def work(transaction: Transaction) -> Undone:
        person = allowed(transaction, by, may_review_questions, ONLY_MANAGERS)
        stored = imports.import_by_id(transaction, import_id)
        if stored is None:
            raise NotFound("This import is not on record. Choose one from the list.")
        if not imports.mark_undone(transaction, import_id, by=person.id, at=now()):
            raise InputError("This import has been undone already.")
        done = take_back(transaction, stored.body, author_id=person.id, reason=f"Import of {stored.name} undone")
        audit.record(
            transaction, at=now(), actor_id=person.id, action="undo_import", subject="bank", subject_id="bank",
            before={"import": stored.name, **stored.body.model_dump()},
            after={"removed": done.removed, "restored": done.restored, "kept": list(done.kept)},
        )  # fmt: skip
        return done

    return workspace.database.write(work)


def past_imports(workspace: Workspace, *, by: Person) -> list[ImportRecord]:
    """Newest first."""
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_review_questions, ONLY_MANAGERS)
        names = {each.id: each.name for each in people.all_people(transaction)}
        return [
            ImportRecord(
                id=each.id,
                name=each.name,
                who=author_name(each.imported_by, names),
                at=each.imported_at,
                added=len(each.body.added),
                changed=len(each.body.changed),
                undone_at=each.undone_at,
                undone_by=author_name(each.undone_by, names) if each.undone_by else "",
            )
            for each in imports.all_imports(transaction)
        ]


def store_import(
    transaction: Transaction,
    choices: Sequence[Choice],
    defaults: Defaults,
    *,
    import_id: str,
    name: str,
    author_id: str,
    state: QuestionState,
) -> Imported:
    """The steps of an import inside a transaction, whoever does it."""
    if not choices:
        raise InputError("No question is chosen. Choose at least one, then bring it in.")
    if state not in LANDING:
        raise InputError("Questions come in as drafts, for review, or approved.")
    if imports.import_by_id(transaction, import_id):
        raise InputError("These questions are in the bank already; they were confirmed a moment ago.")
    known_categories = {each.key for each in bank.categories(transaction)}
    name = tidy_name(name)
    reason = f"Imported from {name}"
    new = _new_versions(transaction, [each for each in choices if each.how == "add"], defaults, state)
    at = now()
    bank.insert_questions(transaction, new, author_id=author_id, reason=reason, created_at=at)
    changed = _changed_twins(transaction, choices, defaults)
    bank.put_versions(transaction, changed, author_id=author_id, reason=reason, created_at=at)
    body = ImportBody(
        added={each.question.key: each.version for each in new},
        changed=tuple(
            ChangedByImport(key=each.question.key, before=each.version - 1, after=each.version) for each in changed
        ),
        leaked=tuple(each.question.key for each in new if each.leak),
        categories=tuple(each.key for each in bank.categories(transaction) if each.key not in known_categories),
    )
    imports.insert_import(transaction, import_id=import_id, name=name, imported_by=author_id, imported_at=at, body=body)
    audit.record(
        transaction, at=at, actor_id=author_id, action="import_questions", subject="bank", subject_id="bank",
        after={"import": name, **body.model_dump()},
    )  # fmt: skip
    left = sum(1 for each in new if state in IN_PLANS and each.state == "draft")
    return Imported(len(new), len(body.changed), left)


def question_of(found: FoundQuestion, defaults: Defaults, key: str) -> Question:
    """The question that a row of an import becomes. Raises InputError naming the line."""
    try:
        return whole_question(key, text_of(found, defaults))
    except InputError as error:
        raise InputError(f"Line {found.line}, “{found.prompt[:60]}”: {error}") from error


def text_of(found: FoundQuestion, defaults: Defaults) -> QuestionText:
    return QuestionText(
        category=found.category or defaults.category,
        prompt=found.prompt,
        answer=found.answer,
        probes=found.follow_ups,
        strong=found.strong,
        weak=found.weak,
        competency=found.competency or defaults.competency,
        difficulty=found.difficulty or defaults.difficulty,
        minutes=found.minutes or defaults.minutes,
        tags=found.tags,
        anchors=found.anchors,
        source=found.source or defaults.source,
    )


def _new_versions(
    transaction: Transaction, choices: Sequence[Choice], defaults: Defaults, state: QuestionState
) -> list[NewVersion]:
    versions = bank.newest_versions(transaction)
    current = set(bank.states(transaction))
    taken = set(versions)
    homes = Homes(transaction)
    new = []
    for each in choices:
        own_key = each.found.key if each.found.key and each.found.key not in current else ""
        key = own_key or new_key(each.found.prompt, taken)
        taken.add(key)
        current.add(key)
        question = question_of(each.found, defaults, key)
        home = homes.of(each.found.described_home, each.found.category or defaults.category)
        lands = each.found.state or state
        lands = "draft" if lands in IN_PLANS and lacking(question) else lands
        place = homes.next_place(home)
        new.append(NewVersion(question, home, place, versions.get(key, 0) + 1, lands, each.found.leaked))
    return new


def _changed_twins(transaction: Transaction, choices: Sequence[Choice], defaults: Defaults) -> list[NewVersion]:
    """The next version of each twin after everything that is to change it; none where that says nothing new."""
    together = _by_twin(choices)
    if not together:
        return []
    current = {each.key: each for each in bank.current_questions(transaction)}
    places = bank.places(transaction)
    changed = []
    for each in together:
        twin = current.get(each[0].twin_key)
        if twin is None or any(one.twin_version != twin.version for one in each):
            raise Stale(
                f"“{each[0].found.prompt[:60]}”: its twin in the bank was changed in the meantime. "
                "Read the document again to see the newer text; nothing was brought in."
            )
        question = twin.question
        for one in each:
            question = _with(question, one, defaults)
        if question != twin.question:
            changed.append(following(twin, question, places[twin.key]))
    return changed


def _with(ours: Question, choice: Choice, defaults: Defaults) -> Question:
    """The bank's question after one choice. Raises InputError naming the line when the two do not fit into one."""
    theirs = question_of(choice.found, defaults, ours.key)
    if choice.how == "replace":
        return replaced(ours, theirs, _says(choice.found))
    question = merged(ours, theirs, choice.answer)
    if len(question.answer) > LONGEST_PROSE:
        raise InputError(
            f"Line {choice.found.line}, “{choice.found.prompt[:60]}”: both answers together are "
            f"{len(question.answer):,} characters long and {LONGEST_PROSE:,} fit. Keep one of them."
        )
    return question


def _says(found: FoundQuestion) -> frozenset[str]:
    """Which fields of a question the document fills."""
    filled = {name for name in ("prompt", "answer", "strong", "weak", "competency", "difficulty", "minutes", "tags",
                                "anchors", "source") if getattr(found, name)}  # fmt: skip
    return frozenset(filled | ({"probes"} if found.follow_ups else set()))


def _by_twin(choices: Sequence[Choice]) -> list[list[Choice]]:
    """What changes a question of the bank, together for each question."""
    twins: dict[str, list[Choice]] = {}
    for each in choices:
        if each.how != "add":
            twins.setdefault(each.twin_key, []).append(each)
    return list(twins.values())


def tidy_name(name: str) -> str:
    """A document's name as one line of plain text; file systems and browsers allow more in it."""
    return " ".join(CONTROL.sub(" ", name).split())[:LONGEST_NAME] or "a document"
