"""What the demo team rated in calibration exercises: everybody as severe as in their interviews."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.random import Generator

from panel.demo.people import DemoPerson, Manner
from panel.demo.simulation import THRESHOLDS
from panel.demo.waiting import TRAINEE
from panel.domain.exercises import Attempt, Exercise, Gold, StoredExercise

HEARD = (-2.1, -1.05, 0.0, 1.0, 2.1)  # an answer at each gold level, on the latent scale of simulation.py
OF_MANAGERS, OF_TRAINEE = 7, 5  # exercises rated
FEWEST, MOST = 9, 18  # by an interviewer
CONFIRMED = 2  # exercises whose gold both managers stand behind
EVEN = Manner(severity=0.0, spread=1.0, halo=0.0, style="plain", delay=0)
NOTES = {
    "low": ("Asked what it means, they only said it again.", "Nothing of what the anchor above asks for was said."),
    "high": ("Names the cost of the alternative unasked.", "Says when it fails and how one would notice."),
    "between": ("Close to the level above, but it came only after asking.", "", "", "The example carried it.", ""),
}


@dataclass(frozen=True)
class DemoPractice:
    """Exercises that somebody rated, with every version of their gold."""

    exercises: tuple[StoredExercise, ...]
    golds: tuple[Gold, ...]
    attempts: tuple[Attempt, ...]


def practise(
    people: Sequence[tuple[str, DemoPerson]], shipped: Sequence[tuple[StoredExercise, Gold]], *, at: datetime, seed: int
) -> DemoPractice:
    """`people` are ids with who they are; `shipped` every exercise with its authors' gold, in the order they are met.

    Five levels are assumed of every rubric; others are left out. The administrator has rated nothing yet.
    """
    rng = np.random.default_rng([seed, 8])
    usual = [each for each in shipped if len(each[0].exercise.rubric.anchors) == len(HEARD)]
    attempts: list[Attempt] = []
    for person_id, person in people:
        number = _how_many(rng, person)
        manner = person.manner or EVEN
        for place, (stored, gold) in enumerate(usual[:number]):
            level = _level(rng, manner, gold.level)
            rated_at = at - timedelta(days=float(number - place) * 1.5 + rng.random(), hours=1)
            note = _note(rng, stored.exercise, level)
            attempts.append(
                Attempt(exercise_id=stored.id, person_id=person_id, level=level, note=note, rated_at=rated_at)
            )
    rated = {each.exercise_id for each in attempts}
    kept = [(stored.model_copy(update={"version": 1}), gold) for stored, gold in usual if stored.id in rated]
    managers = [person_id for person_id, person in people if person.access == "manager"]
    confirmed = [_confirmed(gold, managers, at) for _, gold in kept[:CONFIRMED]] if len(managers) > 1 else []
    return DemoPractice(tuple(stored for stored, _ in kept), (*(gold for _, gold in kept), *confirmed), tuple(attempts))


def _how_many(rng: Generator, person: DemoPerson) -> int:
    if person.access == "administrator":
        return 0
    if person.access == "manager":
        return OF_MANAGERS
    return OF_TRAINEE if person.local == TRAINEE else int(rng.integers(FEWEST, MOST + 1))


def _level(rng: Generator, manner: Manner, gold: int) -> int:
    judged = manner.spread * (HEARD[gold - 1] + rng.normal(0, 0.8)) - manner.severity
    return int(1 + (judged > np.array(THRESHOLDS)).sum())


def _note(rng: Generator, exercise: Exercise, level: int) -> str:
    levels = len(exercise.rubric.anchors)
    notes = NOTES["low" if level == 1 else "high" if level == levels else "between"]
    return notes[int(rng.integers(len(notes)))]


def _confirmed(gold: Gold, managers: Sequence[str], at: datetime) -> Gold:
    """The authors' gold, confirmed by two managers after their own ratings."""
    first, second = managers[:2]
    return gold.model_copy(
        update={
            "number": gold.number + 1, "proposed_by": first, "proposed_at": at - timedelta(hours=30),
            "agreed_by": second, "agreed_at": at - timedelta(hours=26),
        }
    )  # fmt: skip
