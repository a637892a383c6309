"""How well a plan measures each competency, and through whose eyes: the matrix of competencies and interviewers."""

from collections.abc import Mapping
from dataclasses import dataclass

from panel.domain.plans import Assignment, Plan, PlannedQuestion, Round, assignments_of
from panel.domain.questions import BankQuestion
from panel.domain.roles import Role
from panel.domain.rubrics import Rubric

MUCH = 2.0  # a competency that takes this many times the minutes of an average one is asked more than needed


@dataclass(frozen=True)
class Cell:
    """One interviewer's part in measuring one competency: how many questions they ask, and how many they rate."""

    asks: int
    rates: int
    minutes: int
    asked_to_cover: bool


@dataclass(frozen=True)
class Seat:
    """A column: one interviewer in one round."""

    assignment_id: str
    interviewer_id: str
    round_id: str
    round_name: str


@dataclass(frozen=True)
class Coverage:
    """A row: one competency over the candidate's day. `interviewers` counts the different people who rate it."""

    competency: str
    in_role: bool
    must_have: bool
    questions: int
    minutes: int
    interviewers: int
    cells: tuple[Cell, ...]
    repeated: int = 0
    over_asked: bool = False

    @property
    def uncovered(self) -> bool:
        return self.in_role and not self.questions

    @property
    def seen_by_one(self) -> bool:
        return self.in_role and self.questions > 0 and self.interviewers == 1


@dataclass(frozen=True)
class Matrix:
    """Competencies (rows, those of the role first) by seats (columns, in the order of the rounds)."""

    seats: tuple[Seat, ...]
    rows: tuple[Coverage, ...]


@dataclass(frozen=True)
class _Asked:
    where: Round
    by: Assignment
    question: BankQuestion

    @property
    def occasion(self) -> tuple[str, str]:
        """Where a candidate hears it: what two of a panel chose is asked once."""
        return (self.where.id if self.where.together else self.by.id), self.question.key


def measures(planned: PlannedQuestion, bank: Mapping[str, BankQuestion], rubrics: Mapping[str, Rubric]) -> str:
    """The competency a planned question measures: that of the rubric it is judged with, failing that its own."""
    rubric = rubrics.get(planned.rubric_key)
    return rubric.competency if rubric else bank[planned.question_key].question.competency


def coverage_matrix(role: Role, plan: Plan, bank: Mapping[str, BankQuestion], rubrics: Mapping[str, Rubric]) -> Matrix:
    """Every competency of the role, covered or not, then those the plan measures besides."""
    asked: dict[str, list[_Asked]] = {name: [] for name in role.measured}
    for where, assignment in assignments_of(plan):
        for planned in assignment.questions:
            if planned.question_key in bank:
                found = _Asked(where, assignment, bank[planned.question_key])
                asked.setdefault(measures(planned, bank, rubrics), []).append(found)
    minutes = [
        sum({each.occasion: each.question.question.minutes for each in asked[name]}.values()) for name in role.measured
    ]
    much = MUCH * sum(minutes) / len(minutes)
    most = plan.rules.per_competency.most
    seats = tuple(
        Seat(assignment.id, assignment.interviewer_id, where.id, where.name)
        for where, assignment in assignments_of(plan)
    )
    places = [(where, assignment) for where, assignment in assignments_of(plan)]
    rows = tuple(_row(name, role, found, places, much=much, most=most) for name, found in asked.items())
    return Matrix(seats, rows)


def _row(
    name: str,
    role: Role,
    asked: list[_Asked],
    places: list[tuple[Round, Assignment]],
    *,
    much: float,
    most: int | None,
) -> Coverage:
    cells = tuple(_cell(name, where, assignment, asked) for where, assignment in places)
    raters = {
        assignment.interviewer_id or assignment.id
        for (_, assignment), cell in zip(places, cells, strict=True)
        if cell.rates
    }
    keys = {each.question.key for each in asked}
    heard = {each.occasion: each.question.question.minutes for each in asked}
    minutes = sum(heard.values())
    too_many = len(keys) > most if most is not None else len(keys) > 2 and minutes > much
    return Coverage(
        competency=name,
        in_role=name in role.measured,
        must_have=name in role.must_haves,
        questions=len(keys),
        minutes=minutes,
        interviewers=len(raters),
        cells=cells,
        repeated=len(heard) - len(keys),
        over_asked=name in role.measured and too_many,
    )


def _cell(name: str, where: Round, assignment: Assignment, asked: list[_Asked]) -> Cell:
    own = [each for each in asked if each.by.id == assignment.id]
    heard = {each.question.key for each in asked if each.where.id == where.id} if where.together else set()
    return Cell(
        asks=len(own),
        rates=len(heard) if where.together else len(own),
        minutes=sum(each.question.question.minutes for each in own),
        asked_to_cover=name in assignment.covers,
    )
