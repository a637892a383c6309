"""The team's own exercises: an anonymised answer to a question of its bank, from draft to open to withdrawn."""

from pydantic import ValidationError

from panel.actions.checks import allowed, unless_stale
from panel.actions.exercise_bank import existing, files_of, keep_texts
from panel.domain.anonymity import tells_who
from panel.domain.basics import new_id, now
from panel.domain.exercises import Exercise, ExerciseState, StoredExercise
from panel.domain.people import Person, may_set_gold
from panel.domain.rubrics import for_question, obstacle
from panel.errors import InputError, NotAllowed, NotFound
from panel.house import Workspace
from panel.store import audit, bank, candidates, people, plans, rubrics
from panel.store import exercises as stored
from panel.store.database import Transaction

ONLY_LEADS = "Only hiring managers and administrators write exercises."
NO_TEXT = "Give the exercise a title of at most 120 characters and an answer of at most 20,000, as plain text."


def name_warnings(workspace: Workspace, *, by: Person, text: str) -> tuple[str, ...]:
    """What in an answer may tell who gave it: names of candidates and of the team, addresses, telephone numbers."""
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_set_gold, ONLY_LEADS)
        known = [each.name for each in people.all_people(transaction)]
        for role in plans.all_roles(transaction):
            known += [each.name for each in candidates.candidates_of_role(transaction, role.id)]
    return tells_who(text, known)


def add_exercise(
    workspace: Workspace, *, by: Person, title: str, question_key: str, rubric_key: str, text: str
) -> StoredExercise:
    """A draft. Its question and rubric are frozen as they stand in the bank now. Raises InputError, NotFound."""

    def work(transaction: Transaction) -> StoredExercise:
        lead = allowed(transaction, by, may_set_gold, ONLY_LEADS)
        new = StoredExercise(
            id=new_id(), exercise=_exercise(transaction, title, question_key, rubric_key, text), state="draft",
            version=1, from_file=False, created_by=lead.id,
        )  # fmt: skip
        stored.insert_exercise(transaction, new, at=now())
        audit.record(
            transaction, at=now(), actor_id=lead.id, action="add_exercise", subject="exercise", subject_id=new.id,
            after={"title": new.exercise.title, "question": question_key, "rubric": rubric_key},
        )  # fmt: skip
        return new

    return workspace.database.write(work)


def change_exercise(
    workspace: Workspace, *, by: Person, exercise_id: str, seen_version: int, title: str, text: str
) -> None:
    """Of a draft that nobody has rated and no gold was proposed for: what was rated never changes."""
    files = files_of(workspace)

    def work(transaction: Transaction) -> None:
        lead = allowed(transaction, by, may_set_gold, ONLY_LEADS)
        known = existing(transaction, files, exercise_id)
        if known.stored.state != "draft" or known.golds:
            raise NotAllowed("This exercise has a gold, so its text stays as it is. Withdraw it and write another one.")
        new = known.stored.model_copy(update={"exercise": _with_text(known.stored.exercise, title, text)})
        unless_stale(stored.change_exercise(transaction, new, seen_version=seen_version), "This exercise")
        audit.record(
            transaction, at=now(), actor_id=lead.id, action="change_exercise", subject="exercise",
            subject_id=exercise_id, before={"title": known.stored.exercise.title, "text": known.stored.exercise.text},
            after={"title": new.exercise.title, "text": new.exercise.text},
        )  # fmt: skip

    workspace.database.write(work)


def withdraw(workspace: Workspace, *, by: Person, exercise_id: str, seen_version: int) -> None:
    """Take an exercise out of practice. Ratings of it stay, but count in no progress."""
    _move(workspace, by, exercise_id, seen_version, ("open", "draft"), "withdrawn")


def bring_back(workspace: Workspace, *, by: Person, exercise_id: str, seen_version: int) -> None:
    """A withdrawn exercise as it was: open where its gold is agreed, else a draft."""
    _move(workspace, by, exercise_id, seen_version, ("withdrawn",), "open")


def _move(
    workspace: Workspace, by: Person, exercise_id: str, seen_version: int, before: tuple[str, ...], after: ExerciseState
) -> None:
    files = files_of(workspace)

    def work(transaction: Transaction) -> None:
        lead = allowed(transaction, by, may_set_gold, ONLY_LEADS)
        known = existing(transaction, files, exercise_id)
        unless_stale(known.stored.version == seen_version and known.stored.state in before, "This exercise")
        keep_texts(transaction, known)
        state: ExerciseState = "draft" if after == "open" and known.gold is None else after
        stored.move_exercise(transaction, exercise_id=exercise_id, state=state)
        audit.record(
            transaction, at=now(), actor_id=lead.id, action="move_exercise", subject="exercise",
            subject_id=exercise_id, before={"state": known.stored.state}, after={"state": state},
        )  # fmt: skip

    workspace.database.write(work)


def _exercise(transaction: Transaction, title: str, question_key: str, rubric_key: str, text: str) -> Exercise:
    question = bank.current_question(transaction, question_key)
    rubric = rubrics.bank_rubric(transaction, rubric_key)
    if question is None:
        raise NotFound("This question is no longer in the bank. Choose another one.")
    if rubric is None:
        raise NotFound("This rubric does not exist. Choose one from the list.")
    why_not = obstacle(rubric)
    if why_not:
        raise InputError(why_not)
    try:
        return Exercise(
            title=title, category=question.category.name, question=question.question,
            rubric=for_question(rubric.rubric, question.question), text=text,
        )  # fmt: skip
    except ValidationError as error:
        raise InputError(NO_TEXT) from error


def _with_text(exercise: Exercise, title: str, text: str) -> Exercise:
    try:
        return Exercise.model_validate(dict(exercise) | {"title": title, "text": text})
    except ValidationError as error:
        raise InputError(NO_TEXT) from error
