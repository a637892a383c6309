"""What is asked for: items to choose from, and the constraints and wishes that the choice must meet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Literal

Objective = Literal["information", "maximin"]
DIFFICULTIES = (1, 2, 3)
EXPOSURE_PENALTY = 0.3  # information that one unit of exposure costs
TIME_LIMIT = 60.0  # seconds


@dataclass(frozen=True)
class Range:
    """From `low` to `high`, both included; without a limit 0 and infinity."""

    low: float = 0
    high: float = inf


ANY = Range()


@dataclass(frozen=True)
class Item:
    """A question to choose from: difficulty 1 to 3, minutes from 0, information any number, exposure from 0.

    `label` is what sentences call it; its id where there is none.
    """

    id: str
    competency: str
    difficulty: int
    minutes: float
    information: float
    exposure: float = 0.0
    label: str = ""


@dataclass(frozen=True)
class InterviewerSpec:
    """One interviewer. `competencies` are those they may ask; None is all, an empty tuple none.

    `keep` names the questions they keep; `name` is what sentences call them, their id where there is none.
    """

    id: str
    minutes: Range = ANY
    questions: Range = ANY
    competencies: tuple[str, ...] | None = None
    difficulty: Mapping[int, Range] = field(default_factory=dict)
    keep: tuple[str, ...] = ()
    name: str = ""

    def may_ask(self, competency: str) -> bool:
        return self.competencies is None or competency in self.competencies


@dataclass(frozen=True)
class CompetencySpec:
    """How many interviewers ask it, how many questions it gets in all, and how many of each interviewer who asks it.

    The upper end of `per_interviewer` holds for everybody, the lower end for those who ask the competency at all.
    """

    interviewers: Range = ANY
    questions: Range = ANY
    per_interviewer: Range = ANY


@dataclass(frozen=True)
class Spec:
    """All constraints, and the objective.

    `must` are asked by somebody and `exclude` by nobody; of `enemies` that stand together at most one is asked in the
    whole day. Interviewers in one group of `same` sit together and have one set of questions. `gap` is the relative
    gap with which to be content, `time_limit` is in seconds. `difficulty_names` are for sentences.
    """

    interviewers: tuple[InterviewerSpec, ...]
    competencies: Mapping[str, CompetencySpec] = field(default_factory=dict)
    difficulty: Mapping[int, Range] = field(default_factory=dict)
    must: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    enemies: tuple[tuple[str, ...], ...] = ()
    same: tuple[tuple[str, ...], ...] = ()
    objective: Objective = "information"
    exposure_penalty: float = EXPOSURE_PENALTY
    gap: float = 0.0
    time_limit: float = TIME_LIMIT
    difficulty_names: Mapping[int, str] = field(default_factory=dict)

    def value(self, item: Item) -> float:
        """What a question adds to the objective."""
        return item.information - self.exposure_penalty * item.exposure
