"""Starting a question set from questions somebody has asked before: which of them can be asked here, and why not."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from panel.domain.plans import Assignment, Plan, PlannedQuestion, Round, assignments_of, find_assignment
from panel.domain.questions import IN_PLANS, BankQuestion
from panel.domain.roles import Role
from panel.domain.rubrics import BankRubric, fitting
from panel.domain.text import listed
from panel.domain.timing import minutes_of

# Why a question stays out, in the order in which it is looked at: of one question, of several.
REASONS = {
    "gone": ("has left the bank", "have left the bank"),
    "state": ("may not be asked any more", "may not be asked any more"),
    "leaked": ("may be known to candidates", "may be known to candidates"),
    "others": ("is asked by others in this plan", "are asked by others in this plan"),
    "excluded": ("is excluded by the plan's rules", "are excluded by the plan's rules"),
    "rubric": ("has no active rubric", "have no active rubric"),
    "competency": ("measures what is not asked for here", "measure what is not asked for here"),
    "minutes": ("does not fit in the minutes that are left", "do not fit in the minutes that are left"),
}


@dataclass(frozen=True)
class Start:
    """The questions to add, in their newest version, and how many stay out for which of `REASONS`."""

    added: tuple[PlannedQuestion, ...]
    left_out: Mapping[str, int]

    def left_out_in_words(self) -> str:
        """`2 are asked by others in this plan and 1 has no active rubric`; empty where all come along."""
        return listed([f"{many} {REASONS[why][many > 1]}" for why, many in self.left_out.items() if why in REASONS])


def start(
    plan: Plan,
    role: Role,
    seat_id: str,
    keys: Iterable[str],
    *,
    bank: Mapping[str, BankQuestion],
    rubrics: Mapping[str, BankRubric],
) -> Start:
    """As many of the questions as can be asked in this seat besides those it holds, in the order given.

    What the seat holds already is passed over without a word.
    """
    where, seat = find_assignment(plan, seat_id)
    others = {each.question_key for _, part in assignments_of(plan) if part.id != seat.id for each in part.questions}
    wanted = seat.covers or role.measured
    left = minutes_left(where, seat, bank)
    added: list[PlannedQuestion] = []
    left_out: Counter[str] = Counter()
    for key in dict.fromkeys(each for each in keys if not seat.has(each)):
        found = bank.get(key)
        rubric_key = fitting(found.question, rubrics) if found else None
        why = _obstacle(found, rubric_key, plan, others, wanted, left)
        if why or found is None or rubric_key is None:
            left_out[why] += 1
            continue
        left -= found.question.minutes
        added.append(PlannedQuestion(question_key=key, question_version=found.version, rubric_key=rubric_key))
    return Start(tuple(added), {why: left_out[why] for why in REASONS if left_out[why]})


def minutes_left(where: Round, seat: Assignment, bank: Mapping[str, BankQuestion]) -> int:
    """What the slot still has for questions; a panel's other seats use it too. Below 0 where it is overfull."""
    using = where.assignments if where.together else (seat,)
    return where.question_minutes - sum(minutes_of(each, dict(bank)) for each in using)


def _obstacle(
    found: BankQuestion | None,
    rubric_key: str | None,
    plan: Plan,
    others: set[str],
    wanted: tuple[str, ...],
    left: int,
) -> str:
    """One of REASONS, or nothing where the question can be asked."""
    if found is None:
        return "gone"
    tests = {
        "state": found.state not in IN_PLANS,
        "leaked": found.leak is not None,
        "others": found.key in others,
        "excluded": found.key in plan.rules.exclude,
        "rubric": rubric_key is None,
        "competency": found.question.competency not in wanted,
        "minutes": found.question.minutes > left,
    }
    return next((why for why, holds in tests.items() if holds), "")
