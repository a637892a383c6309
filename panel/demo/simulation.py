"""Levels as a panel might give them: ability, difficulty, severity, spread, halo and chance, on one latent scale.

judgement = spread * (quality of the answer + halo + chance) - severity, cut into levels at `THRESHOLDS`;
quality of the answer = ability in the competency - difficulty + luck of the day, shared by everybody who heard it.
"""

from collections.abc import Sequence
from random import Random

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from panel.demo.people import Manner
from panel.domain.questions import Difficulty, Question
from panel.domain.scorecards import Confidence, Outcome, Reason, Recommendation

THRESHOLDS = (-1.55, -0.55, 0.5, 1.5)
DIFFICULTY: dict[Difficulty, float] = {"introductory": -0.35, "intermediate": -0.1, "advanced": 0.25}
YES_AND_NO_MEET = 3.05
LEFT_OUT_FOR: dict[Reason, float] = {"time": 0.65, "covered": 0.25, "not_fitting": 0.1}
IN_OTHER_WORDS = 0.04  # how often a question is
WIDEST_NATURAL_GAP = 2  # wider ones are kept for the one split that the demo team shows on purpose


def difficulties(questions: Sequence[Question], *, seed: int) -> dict[str, float]:
    """How hard each question is, by key; higher is harder."""
    rng = np.random.default_rng([seed, 1])
    return {each.key: DIFFICULTY[each.difficulty or "intermediate"] + float(rng.normal(0, 0.2)) for each in questions}


def abilities(rng: Generator, competencies: Sequence[str]) -> dict[str, float]:
    """One candidate: a general level, and strengths and weaknesses around it."""
    general = rng.normal(0.15, 0.65)
    return {name: float(general + rng.normal(0, 0.4)) for name in competencies}


def qualities(
    rng: Generator, questions: Sequence[Question], ability: dict[str, float], hard: dict[str, float]
) -> NDArray[np.float64]:
    """The quality of each answer, as everybody in the room could hear it."""
    known = float(np.mean(list(ability.values())))
    aims = [ability.get(each.competency, known) - hard[each.key] for each in questions]
    return np.array(aims) + rng.normal(0, 0.45, len(questions))


def levels(rng: Generator, heard: NDArray[np.float64], manners: Sequence[Manner]) -> NDArray[np.int64]:
    """Levels 1 to 5 given by each interviewer (rows) to each answer (columns)."""
    rows = []
    for manner in manners:
        halo = rng.normal(0, manner.halo)
        judged = manner.spread * (heard + halo + rng.normal(0, 0.33, len(heard))) - manner.severity
        rows.append(1 + (judged[:, None] > np.array(THRESHOLDS)).sum(axis=1))
    given = np.array(rows, dtype=np.int64)
    middle = np.median(given, axis=0)
    low = np.ceil(middle - WIDEST_NATURAL_GAP / 2)
    high = np.floor(middle + WIDEST_NATURAL_GAP / 2)
    wide = given.max(axis=0) - given.min(axis=0) > WIDEST_NATURAL_GAP
    return np.where(wide, np.clip(given, low, high), given).astype(np.int64)


def outcomes(rng: Generator, questions: int, interviewers: int) -> list[list[Outcome]]:
    """For each interviewer and question: mostly rated; a question left out is left out for the whole room."""
    left_out = rng.random(questions) < 0.022
    left_out[0] = False
    unclear = rng.random((interviewers, questions)) < 0.012
    return [
        ["not_asked" if left_out[q] else "could_not_assess" if unclear[i, q] else "rated" for q in range(questions)]
        for i in range(interviewers)
    ]


def left_out_for(chance: Random) -> Reason:
    """Why a room left a question out: mostly the clock."""
    return chance.choices(tuple(LEFT_OUT_FOR), tuple(LEFT_OUT_FOR.values()))[0]


def confidence(chance: Random, given: Sequence[int]) -> Confidence:
    """Surer, the further the mean of the levels given is from where yes and no meet."""
    distance = abs(float(np.mean(given)) - YES_AND_NO_MEET) + chance.gauss(0, 0.2) if given else 0.0
    if distance < 0.35:
        return "low"
    return "medium" if distance < 0.85 else "high"


def recommend(rng: Generator, given: Sequence[int]) -> Recommendation:
    """A recommendation in line with the mean of the levels given, with a little judgement besides."""
    leaning = float(np.mean(given)) + rng.normal(0, 0.15) if given else 3.0
    if leaning < 2.2:
        return "strong_no"
    if leaning < YES_AND_NO_MEET:
        return "no"
    return "yes" if leaning < 4.0 else "strong_yes"
