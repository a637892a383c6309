"""Progress in practice: exercises beside their gold, interviews as a shadow, and what makes somebody trained.

Exercises and shadows are also linking data: ratings that tie interviewers together who never meet the same candidate.
"""

from dataclasses import dataclass

import pandas as pd

from panel.actions.checks import allowed, unless_stale
from panel.actions.exercise_bank import Known, everything, files_of
from panel.actions.long_table import long_table
from panel.domain.basics import now
from panel.domain.exercises import Attempt, knows_gold
from panel.domain.people import Person, may_manage_hiring, may_practise, may_see_team_calibration, may_speak_for
from panel.domain.training import Training, same_subject, tidy_subject
from panel.domain.training_progress import MOST_NEEDED, TrainingNeed, TrainingProgress, shadowed_within, within_one
from panel.errors import InputError, NotAllowed, Stale
from panel.exercise_files import ExerciseFiles
from panel.house import Workspace
from panel.stats.gold import AgainstGold, against_gold
from panel.store import audit, people, reports, team_settings, training, training_needs
from panel.store import exercises as stored
from panel.store.database import Transaction

ONLY_MANAGERS = "Only hiring managers and administrators say who is trained for what."
LINKING = ("target", "rater", "item", "score", "name", "levels", "source")


@dataclass(frozen=True)
class OwnProgress:
    """A person's exercises beside gold (`against`), and each training they are in with how far they are.

    `gaps` are their levels less gold, one for each exercise; `middle_within` is on how many of these somebody who
    always chose the middle level would have been within one level.

    Exercises whose gold they set themselves are in `set_by_self` and count nowhere else.
    """

    rated: int
    to_rate: int
    set_by_self: int
    against: AgainstGold
    gaps: tuple[int, ...]
    middle_within: int
    trainings: tuple[tuple[Training, TrainingProgress], ...]


@dataclass(frozen=True)
class Trainee:
    """Somebody in training, for those who manage hiring."""

    name: str
    training: Training
    progress: TrainingProgress


# ---- progress ---------------------------------------------------------------------------------------------------


def own_progress(workspace: Workspace, *, by: Person) -> OwnProgress:
    """The reader's own; nobody else is given it."""
    files = files_of(workspace)
    with workspace.database.read() as transaction:
        reader = allowed(transaction, by, may_practise, "Sign in to practise.")
        known = _open(transaction, files)
        own = stored.attempts_of_person(transaction, reader.id)
        beside = _beside_gold(known, _counted(reader.id, known, own))
        trainings = [each for each in training.all_training(transaction) if each.person_id == reader.id]
        return OwnProgress(
            rated=sum(each in known for each in own),
            to_rate=sum(each not in own and not knows_gold(reader.id, one.golds) for each, one in known.items()),
            set_by_self=sum(knows_gold(reader.id, each.golds) for each in known.values()),
            against=against_gold(beside),
            gaps=tuple(int(each) for each in beside["score"] - beside["gold"]),
            middle_within=sum(
                within_one(middle, gold) for middle, gold in zip(beside["middle"], beside["gold"], strict=True)
            ),
            trainings=tuple(
                (each, _progress(transaction, reader, reader.id, known, each.subject)) for each in trainings
            ),
        )


def own_training(workspace: Workspace, *, by: Person) -> list[tuple[Training, TrainingProgress]]:
    """What the reader is a trainee of, with how far they are; nothing for everybody else, at no cost."""
    files = files_of(workspace)
    with workspace.database.read() as transaction:
        reader = allowed(transaction, by, may_practise, "Sign in to practise.")
        own = [each for each in training.all_training(transaction) if each.person_id == reader.id]
        trainee_of = [each for each in own if each.state == "trainee"]
        known = _open(transaction, files) if trainee_of else {}
        return [(each, _progress(transaction, reader, reader.id, known, each.subject)) for each in trainee_of]


def trainees(workspace: Workspace, *, by: Person) -> list[Trainee]:
    """Everybody who is a trainee of something, alphabetically, with how far they are as far as the reader may know it.

    Exercises count that the reader has rated too or set the gold of, and interviews as a shadow where the reader may
    see what the raters of them rated.
    """
    files = files_of(workspace)
    with workspace.database.read() as transaction:
        reader = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        names = {each.id: each.name for each in people.all_people(transaction) if each.active}
        in_training = [
            each for each in training.all_training(transaction) if each.state == "trainee" and each.person_id in names
        ]
        known = _open(transaction, files) if in_training else {}
        found = [
            Trainee(names[each.person_id], each, _progress(transaction, reader, each.person_id, known, each.subject))
            for each in in_training
        ]
    return sorted(found, key=lambda each: (each.name.casefold(), each.training.subject.casefold()))


def declare_trained(workspace: Workspace, *, by: Person, person_id: str, subject: str) -> None:
    """Put a trainee down as trained who has reached what the training asks for, counted as in `trainees`.

    Raises InputError before that.
    """
    files = files_of(workspace)
    name = tidy_subject(subject)

    def work(transaction: Transaction) -> None:
        manager = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        old = next(
            (
                each
                for each in training.all_training(transaction)
                if each.person_id == person_id and same_subject(each.subject, name)
            ),
            None,
        )
        if old is None or old.state != "trainee":
            raise Stale("This training was changed in the meantime. Look again, then change it.")
        progress = _progress(transaction, manager, person_id, _open(transaction, files), old.subject)
        if not progress.reached:
            raise InputError(
                f"This training asks for more: {progress.sentence}, of the exercises that you have rated too. Rate "
                "more of them yourself, let them practise on, or change what the training asks for."
            )
        new = old.model_copy(update={"state": "trained", "changed_by": manager.id, "changed_at": now()})
        training.save_training(transaction, new)
        audit.record(
            transaction, at=new.changed_at, actor_id=manager.id, action="declare_trained", subject="person",
            subject_id=person_id, before=old.model_dump(), after=new.model_dump() | progress.model_dump(),
        )  # fmt: skip

    workspace.database.write(work)


# ---- what a training asks for -----------------------------------------------------------------------------------


def needs(workspace: Workspace, *, by: Person) -> tuple[int, dict[str, TrainingNeed]]:
    """The team's usual number of answers within one level, and the trainings that ask for another, by subject."""
    with workspace.database.read() as transaction:
        allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        return team_settings.team_settings(transaction).exercises_within_one, training_needs.training_needs(transaction)


def set_need(workspace: Workspace, *, by: Person, subject: str, answers: int, seen_version: int) -> None:
    """What one training asks for. `seen_version` is 0 where it asked for the usual number. Raises Stale."""
    name = tidy_subject(subject)
    if not 1 <= answers <= MOST_NEEDED:
        raise InputError(f"Ask for 1 to {MOST_NEEDED} answers within one level.")

    def work(transaction: Transaction) -> None:
        manager = allowed(transaction, by, may_manage_hiring, ONLY_MANAGERS)
        old = training_needs.training_needs(transaction).get(name.casefold())
        unless_stale((old.version if old else 0) == seen_version, "What this training asks for")
        new = TrainingNeed(subject=name.casefold(), answers=answers, version=seen_version + 1)
        training_needs.keep_training_need(transaction, new)
        audit.record(
            transaction, at=now(), actor_id=manager.id, action="set_training_need", subject="training",
            subject_id=new.subject, before=old.model_dump() if old else None, after=new.model_dump(),
        )  # fmt: skip

    workspace.database.write(work)


# ---- linking data -----------------------------------------------------------------------------------------------


def linking_ratings(workspace: Workspace, *, by: Person) -> pd.DataFrame:
    """Ratings of exercises, and of shadows, as the long table of `stats`, marked by `source`: exercise or shadow.

    They tie interviewers together for severity; they are ratings of no candidate's interview that counts, and enter
    no score. One row a rating, with the columns target, rater, item, score, name, levels, source. An
    exercise is the target `exercise:id` and has its question as the item `exercise:question`. Of exercises that the
    reader has neither rated nor set the gold of, and of candidates whose ratings are withheld from them, there are
    no rows.
    """
    files = files_of(workspace)
    with workspace.database.read() as transaction:
        reader = allowed(
            transaction, by, may_see_team_calibration, "Only hiring managers and administrators see linking data."
        )
        known = _open(transaction, files)
        rated = stored.readable_attempts(transaction, reader_id=reader.id)
        shadows = long_table(transaction, reports.readable_shadow_ratings(transaction, reader_id=reader.id))
    rows = [
        (
            f"exercise:{each.exercise_id}", each.person_id, f"exercise:{one.stored.exercise.question.key}",
            each.level, each.person_name, len(one.stored.exercise.rubric.anchors), "exercise",
        )
        for each in rated.itertuples(index=False)
        if (one := known.get(each.exercise_id))
    ]  # fmt: skip
    of_exercises = pd.DataFrame(rows, columns=[*LINKING]).astype({"score": float, "levels": int})
    marked = shadows.assign(source="shadow")[[*LINKING]]
    return pd.concat([part for part in (of_exercises, marked) if not part.empty] or [of_exercises], ignore_index=True)


# ---- shared steps -----------------------------------------------------------------------------------------------


def _open(transaction: Transaction, files: ExerciseFiles) -> dict[str, Known]:
    return {key: each for key, each in everything(transaction, files).items() if each.stored.state == "open"}


def _counted(person_id: str, known: dict[str, Known], own: dict[str, Attempt]) -> list[Attempt]:
    """Ratings that say something of the person: of open exercises whose gold they did not set."""
    return [each for key, each in own.items() if key in known and not knows_gold(person_id, known[key].golds)]


def _beside_gold(known: dict[str, Known], counted: list[Attempt]) -> pd.DataFrame:
    """One row an exercise: target, score, gold, and the middle of its scale."""
    rows = [
        (each.exercise_id, each.level, one.gold.level, (1 + len(one.stored.exercise.rubric.anchors)) / 2)
        for each in counted
        if (one := known[each.exercise_id]).gold
    ]
    return pd.DataFrame(rows, columns=["target", "score", "gold", "middle"])


def _progress(
    transaction: Transaction, reader: Person, person_id: str, known: dict[str, Known], subject: str
) -> TrainingProgress:
    if not may_speak_for(reader, person_id=person_id):
        raise NotAllowed("You see your own practice. Ask a hiring manager about that of others.")
    met = stored.readable_attempts_of_person(transaction, reader_id=reader.id, person_id=person_id)
    counted = _beside_gold(known, _counted(person_id, known, met))
    pairs = reports.shadowed(transaction, reader_id=reader.id, person_id=person_id)
    columns = ("interview_id", "question_key", "own", "other")
    shadowed, near = shadowed_within(zip(*(pairs[each] for each in columns), strict=True))
    need = training_needs.training_needs(transaction).get(subject.strip().casefold())
    return TrainingProgress(
        exercises=len(counted),
        exercises_within=sum(
            within_one(score, gold) for score, gold in zip(counted["score"], counted["gold"], strict=True)
        ),
        shadowed=shadowed,
        shadowed_within=near,
        needed=need.answers if need else team_settings.team_settings(transaction).exercises_within_one,
    )
