"""Planned minutes against the slot of a round."""

from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

from panel.domain.plans import Assignment, Plan, Round
from panel.domain.questions import BankQuestion


class Timing(BaseModel):
    """How a slot is spent. `who` is the interviewer's seat, empty for a sitting of the whole panel.

    `minutes` are those of the questions; `slot` holds them, the opening and the candidate's own questions.
    """

    model_config = ConfigDict(frozen=True)

    round_id: str
    round_name: str
    who: str
    seat_id: str
    minutes: int
    slot: int
    opening: int = 0
    candidate: int = 0

    @property
    def room(self) -> int:
        return self.slot - self.opening - self.candidate

    @property
    def over(self) -> int:
        return max(self.minutes - self.room, 0)


def minutes_of(assignment: Assignment, bank: dict[str, BankQuestion]) -> int:
    """Minutes of an assignment's questions; a question that left the bank counts nothing."""
    return sum(bank[each.question_key].question.minutes for each in assignment.questions if each.question_key in bank)


def minutes_together(assignments: Iterable[Assignment], bank: dict[str, BankQuestion]) -> int:
    """Minutes of one sitting; what two of a panel chose is asked once."""
    keys = {planned.question_key for each in assignments for planned in each.questions}
    return sum(bank[key].question.minutes for key in keys if key in bank)


def timings_of(each: Round, bank: dict[str, BankQuestion]) -> list[Timing]:
    """One line for a sitting of the whole panel, one for each interviewer otherwise."""

    def line(who: str, seat_id: str, minutes: int) -> Timing:
        return Timing(
            round_id=each.id,
            round_name=each.name,
            who=who,
            seat_id=seat_id,
            minutes=minutes,
            slot=each.minutes,
            opening=each.opening_minutes,
            candidate=each.candidate_minutes,
        )

    if each.together:
        return [line("", "", minutes_together(each.assignments, bank))]
    return [
        line(assignment.interviewer_id, assignment.id, minutes_of(assignment, bank)) for assignment in each.assignments
    ]


def timings(plan: Plan, bank: dict[str, BankQuestion]) -> list[Timing]:
    return [line for each in plan.rounds for line in timings_of(each, bank)]
