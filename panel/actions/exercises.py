"""Calibration exercises: the list, rating one blind, and what is seen after one's own rating.

Blind means here: no gold, no reasoning, no count and no other person's level of an exercise reaches anybody who has
neither rated it nor set its gold, whatever their access.
"""

from dataclasses import dataclass

from panel.actions.checks import allowed
from panel.actions.exercise_bank import NO_EXERCISE, Known, everything, existing, files_of, keep_texts
from panel.domain.basics import now
from panel.domain.exercises import (
    LONGEST_NOTE,
    Attempt,
    Exercise,
    ExerciseState,
    Gold,
    knows_gold,
    proposed,
)
from panel.domain.people import Person, may_manage_hiring, may_practise
from panel.domain.scorecards import Rating, lacks_evidence
from panel.errors import InputError, NotAllowed, NotFound, Sealed
from panel.house import Workspace
from panel.store import audit, people
from panel.store import exercises as stored
from panel.store.database import Transaction

SIGN_IN = "Sign in to practise."
RATED_ALREADY = "You have rated this exercise already, perhaps in another tab. A rating is sealed; yours is shown now."
KNOWS = "You set the gold of this exercise, so a rating of yours could not be blind. Choose another exercise."
NEEDS_NOTE = "The lowest or highest level needs evidence. Note what in the answer earns it, then seal your rating."
FEWEST_FOR_SPREAD = 3  # ratings; of fewer, everybody would know who gave which


@dataclass(frozen=True)
class Line:
    """An exercise as its reader may know it. `own` is their level, `gold` is None until they have rated."""

    id: str
    title: str
    category: str
    competency: str
    levels: int
    state: ExerciseState
    own: int | None
    gold: int | None
    set_by_reader: bool
    unwritten: bool  # no gold was proposed yet

    @property
    def may_rate(self) -> bool:
        return self.own is None and not self.set_by_reader and not self.unwritten and self.state != "withdrawn"


@dataclass(frozen=True)
class GoldStep:
    """A version of the gold with the names of who stands behind it; `authors` where no person of the team does."""

    gold: Gold
    proposed_by: str
    agreed_by: str


@dataclass(frozen=True)
class After:
    """What is shown once somebody has rated, or set the gold.

    `spread` counts people by level, None while fewer than FEWEST_FOR_SPREAD rated. `waiting` is a gold that a second
    lead has not agreed to yet; `history` is every version, newest first; both are for those who manage hiring.
    """

    gold: GoldStep | None
    spread: dict[int, int] | None
    waiting: GoldStep | None
    history: tuple[GoldStep, ...]


@dataclass(frozen=True)
class ExerciseView:
    """`after` is None until the reader has rated the exercise or set its gold."""

    id: str
    exercise: Exercise
    state: ExerciseState
    version: int
    from_file: bool
    own: Attempt | None
    set_by_reader: bool
    unwritten: bool  # no gold was proposed yet
    after: After | None

    @property
    def may_rate(self) -> bool:
        return self.after is None and self.state != "withdrawn" and not self.unwritten


def exercises(workspace: Workspace, *, by: Person) -> list[Line]:
    """Every exercise that is open, and for those who manage hiring the drafts and what was withdrawn."""
    files = files_of(workspace)
    with workspace.database.read() as transaction:
        reader = allowed(transaction, by, may_practise, SIGN_IN)
        own = stored.attempts_of_person(transaction, reader.id)
        return [
            _line(reader, each, own.get(each.id))
            for each in everything(transaction, files).values()
            if _may_see(reader, each)
        ]


def exercise(workspace: Workspace, *, by: Person, exercise_id: str) -> ExerciseView:
    """One exercise; what others rated and the gold only after one's own rating. Raises NotFound."""
    files = files_of(workspace)
    with workspace.database.read() as transaction:
        reader = allowed(transaction, by, may_practise, SIGN_IN)
        known = seen_by(reader, existing(transaction, files, exercise_id))
        own = stored.attempt_of(transaction, exercise_id=exercise_id, person_id=reader.id)
        knows = knows_gold(reader.id, known.golds)
        return ExerciseView(
            id=known.id,
            exercise=known.stored.exercise,
            state=known.stored.state,
            version=known.stored.version,
            from_file=known.stored.from_file,
            own=own,
            set_by_reader=knows,
            unwritten=not known.golds,
            after=_after(transaction, reader, known) if own or knows else None,
        )


def rate(workspace: Workspace, *, by: Person, exercise_id: str, level: int, note: str) -> Attempt:
    """Seal one's only rating of an exercise. Raises Sealed on a second one, InputError, NotAllowed, NotFound."""
    files = files_of(workspace)
    said = note.strip()
    if len(said) > LONGEST_NOTE:
        raise InputError(f"Keep the note below {LONGEST_NOTE:,} characters. Nothing was sealed.")

    def work(transaction: Transaction) -> Attempt:
        person = allowed(transaction, by, may_practise, SIGN_IN)
        known = seen_by(person, existing(transaction, files, exercise_id))
        _refuse_unless_blind(transaction, person, known)
        rubric = known.stored.exercise.rubric
        if level not in rubric.levels:
            raise InputError(f"Choose a level from 1 to {len(rubric.anchors)}.")
        if lacks_evidence(rubric, Rating(question_key=known.id, outcome="rated", level=level, note=said)):
            raise InputError(NEEDS_NOTE)
        keep_texts(transaction, known)
        attempt = Attempt(exercise_id=exercise_id, person_id=person.id, level=level, note=said, rated_at=now())
        stored.insert_attempts(transaction, [attempt])
        audit.record(
            transaction, at=attempt.rated_at, actor_id=person.id, action="rate_exercise", subject="exercise",
            subject_id=exercise_id, after={"level": level, "note": said},
        )  # fmt: skip
        return attempt

    return workspace.database.write(work)


def file_problems(workspace: Workspace, *, by: Person) -> tuple[str, ...]:
    """Sentences about exercise files that cannot be read, for those who manage hiring; nobody else mends them."""
    with workspace.database.read() as transaction:
        reader = allowed(transaction, by, may_practise, SIGN_IN)
    return files_of(workspace).errors if may_manage_hiring(reader) else ()


# ---- shared steps -----------------------------------------------------------------------------------------------


def seen_by(reader: Person, known: Known) -> Known:
    """Drafts and withdrawn exercises are for those who manage hiring. Raises NotFound."""
    if not _may_see(reader, known):
        raise NotFound(NO_EXERCISE)
    return known


def _may_see(reader: Person, known: Known) -> bool:
    return known.stored.state == "open" or may_manage_hiring(reader)


def _refuse_unless_blind(transaction: Transaction, person: Person, known: Known) -> None:
    if known.stored.state == "withdrawn":
        raise NotAllowed("This exercise was taken out of practice. Choose another one.")
    if not known.golds:
        raise NotAllowed("This exercise is still being written. It can be rated once its gold is proposed.")
    if stored.attempt_of(transaction, exercise_id=known.id, person_id=person.id):
        raise Sealed(RATED_ALREADY)
    if knows_gold(person.id, known.golds):
        raise NotAllowed(KNOWS)


def _line(reader: Person, known: Known, own: Attempt | None) -> Line:
    knows = knows_gold(reader.id, known.golds)
    exercise = known.stored.exercise
    return Line(
        id=known.id, title=exercise.title, category=exercise.category, competency=exercise.competency,
        levels=len(exercise.rubric.anchors), state=known.stored.state, own=own.level if own else None,
        gold=known.gold.level if known.gold and (own or knows) else None, set_by_reader=knows,
        unwritten=not known.golds,
    )  # fmt: skip


def _after(transaction: Transaction, reader: Person, known: Known) -> After:
    names = {each.id: each.name for each in people.all_people(transaction)}
    counts = stored.readable_counts(transaction, reader_id=reader.id, exercise_id=known.id)
    waiting = proposed(known.golds) if may_manage_hiring(reader) else None
    return After(
        gold=_step(known.gold, names) if known.gold else None,
        spread=counts if sum(counts.values()) >= FEWEST_FOR_SPREAD else None,
        waiting=_step(waiting, names) if waiting else None,
        history=tuple(_step(each, names) for each in reversed(known.golds)) if may_manage_hiring(reader) else (),
    )


def _step(gold: Gold, names: dict[str, str]) -> GoldStep:
    return GoldStep(gold, names.get(gold.proposed_by, ""), names.get(gold.agreed_by, ""))
