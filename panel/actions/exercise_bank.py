"""Every exercise there is: those of the files, and what the team has stored.

An exercise of a file is stored, text and gold, when it is first rated; from then on the stored text counts.
"""

from dataclasses import dataclass

from panel.domain.basics import now
from panel.domain.exercises import Gold, StoredExercise, in_force
from panel.errors import NotFound
from panel.exercise_files import PLACE, ExerciseFiles, read_exercises
from panel.house import Workspace
from panel.settings import ROOT
from panel.store import exercises as stored
from panel.store.database import Transaction

NO_EXERCISE = "This exercise does not exist. Choose one from the list."


@dataclass(frozen=True)
class Known:
    """An exercise with every version of its gold, oldest first. For actions only: it is not blind."""

    stored: StoredExercise
    golds: tuple[Gold, ...]

    @property
    def id(self) -> str:
        return self.stored.id

    @property
    def gold(self) -> Gold | None:
        return in_force(self.golds)


def files_of(workspace: Workspace) -> ExerciseFiles:
    """The team's own files where its content folder has some, else those that come with the program."""
    own = workspace.settings.content
    return read_exercises(own if (own / PLACE).is_dir() else ROOT)


def everything(transaction: Transaction, files: ExerciseFiles) -> dict[str, Known]:
    """By id: those of the files in their order, then the team's own, the oldest first."""
    golds = stored.all_golds(transaction)
    kept = {each.id: each for each in stored.all_exercises(transaction)}
    found = {key: Known(each.stored, (each.gold,)) for key, each in files.exercises.items()}
    return found | {key: Known(each, tuple(golds.get(key, ()))) for key, each in kept.items()}


def existing(transaction: Transaction, files: ExerciseFiles, exercise_id: str) -> Known:
    found = stored.exercise_by_id(transaction, exercise_id)
    if found:
        return Known(found, tuple(stored.golds_of(transaction, exercise_id)))
    if exercise_id in files.exercises:
        shipped = files.exercises[exercise_id]
        return Known(shipped.stored, (shipped.gold,))
    raise NotFound(NO_EXERCISE)


def keep_texts(transaction: Transaction, known: Known) -> StoredExercise:
    """Store an exercise of a file with its authors' gold, unless it is stored already."""
    if known.stored.version:
        return known.stored
    kept = known.stored.model_copy(update={"version": 1})
    stored.insert_exercise(transaction, kept, at=now())
    stored.insert_golds(transaction, known.golds)
    return kept
