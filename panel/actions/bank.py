"""The question bank: read it, and bring in what the files of questions and rubrics hold."""

from dataclasses import dataclass

from panel.actions.checks import allowed
from panel.content import Content, read_content
from panel.domain.basics import now
from panel.domain.people import Person, may_bring_in_content, may_read_bank
from panel.domain.questions import BankQuestion, Category, Question
from panel.domain.rubrics import FiledRubric
from panel.house import Workspace
from panel.store import audit, bank, rubrics
from panel.store.database import Transaction

FILES = "files"  # the author of versions that came from question_bank/ and rubrics/


@dataclass(frozen=True)
class Differences:
    """What the files hold that the bank does not, and what could not be read."""

    new_questions: tuple[Question, ...]
    changed_questions: tuple[Question, ...]
    new_rubrics: tuple[FiledRubric, ...]
    changed_rubrics: tuple[FiledRubric, ...]
    errors: tuple[str, ...]
    moved_questions: tuple[str, ...] = ()
    changed_categories: tuple[str, ...] = ()

    @property
    def any_change(self) -> bool:
        return bool(self.new_questions or self.changed_questions or self.new_rubrics or self.changed_rubrics)


def questions(workspace: Workspace, *, by: Person) -> list[BankQuestion]:
    """The bank as it stands, by category."""
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_read_bank, "Sign in to read the question bank.")
        return bank.current_questions(transaction)


def differences(workspace: Workspace, *, by: Person) -> Differences:
    """Compare the files with the bank; nothing is written."""
    content = read_content(workspace.settings.content)
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_bring_in_content, "Only hiring managers and administrators compare the files.")
        return _differences(transaction, content)


def bring_in_files(workspace: Workspace, *, by: Person) -> Differences:
    """Make what the files hold the current version. Published plans keep the text they were published with."""
    content = read_content(workspace.settings.content)

    def work(transaction: Transaction) -> Differences:
        person = allowed(
            transaction, by, may_bring_in_content, "Only hiring managers and administrators bring in the files."
        )
        found = _differences(transaction, content)
        _write(transaction, content, author_id=person.id, reason="Brought in from the files")
        return found

    return workspace.database.write(work)


def seed_when_empty(workspace: Workspace) -> None:
    """Fill a new database with what the files hold; files that cannot be read are left for later."""
    with workspace.database.read() as transaction:
        if bank.current_questions(transaction) or rubrics.current_rubrics(transaction):
            return
    content = read_content(workspace.settings.content)
    workspace.database.write(
        lambda transaction: _write(transaction, content, author_id=FILES, reason="First reading of the files")
    )


def _differences(transaction: Transaction, content: Content) -> Differences:
    stored = {each.key: each for each in bank.current_questions(transaction)}
    current = {key: each.question for key, each in stored.items()}
    categories = {each.category.key: each.category for each in stored.values()}
    rubrics_now = {each.key: each.filed() for each in rubrics.bank_rubrics(transaction)}
    in_files = [question for file in content.question_files for question in file.questions]
    return Differences(
        new_questions=tuple(each for each in in_files if each.key not in current),
        changed_questions=tuple(each for each in in_files if each.key in current and current[each.key] != each),
        moved_questions=tuple(
            question.key
            for file in content.question_files
            for question in file.questions
            if question.key in stored and stored[question.key].category.key != file.category.key
        ),
        changed_categories=tuple(
            file.category.key
            for file in content.question_files
            if categories.get(file.category.key, file.category) != file.category
        ),
        new_rubrics=tuple(each for each in content.rubrics if each.key not in rubrics_now),
        changed_rubrics=tuple(
            each for each in content.rubrics if each.key in rubrics_now and rubrics_now[each.key] != each
        ),
        errors=content.errors,
    )


def _write(transaction: Transaction, content: Content, *, author_id: str, reason: str) -> None:
    found = _differences(transaction, content)
    wanted = {each.key for each in (*found.new_questions, *found.changed_questions)}
    versions = {each.key: each.version for each in bank.current_questions(transaction)}
    homes: dict[str, Category] = {}
    for file in content.question_files:
        bank.save_category(transaction, file.category)
        for place, question in enumerate(file.questions):
            if question.key in wanted and question.key not in homes:
                homes[question.key] = file.category
                bank.save_question(
                    transaction,
                    question,
                    category_key=file.category.key,
                    place=place,
                    version=versions.get(question.key, 0) + 1,
                    author_id=author_id,
                    reason=reason,
                    created_at=now(),
                )
            else:
                bank.place_question(transaction, key=question.key, category_key=file.category.key, place=place)
    rubrics_now = rubrics.current_rubrics(transaction)
    for rubric in (*found.new_rubrics, *found.changed_rubrics):
        version = rubrics_now[rubric.key][1] if rubric.key in rubrics_now else 0
        rubrics.save_rubric(
            transaction,
            rubric.rubric(),
            version=version + 1,
            author_id=author_id,
            reason=reason,
            created_at=now(),
            state=rubric.state,
        )
    audit.record(
        transaction,
        at=now(),
        actor_id=author_id,
        action="bring_in_files",
        subject="bank",
        subject_id="bank",
        before={"questions": len(versions), "rubrics": len(rubrics_now)},
        after={"written_questions": sorted(homes), "rubrics": [each.key for each in content.rubrics]},
    )
