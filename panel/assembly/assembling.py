"""The way in: a spec and a bank -> who asks what."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import isfinite

from panel.assembly.answer import Answer, Status
from panel.assembly.checks import check
from panel.assembly.choosing import Choice, choose, first_fit
from panel.assembly.clock import Clock
from panel.assembly.lots import seats_of
from panel.assembly.relaxing import relax
from panel.assembly.rules import Assignment
from panel.assembly.spec import Item, Spec
from panel.assembly.wording import Words, bindings, remarks

EXACT_GAP = 1e-6
WITHIN_TOLERANCE = 2e-8  # of the greatest value: what the solver cannot tell apart


def assemble(items: Sequence[Item], spec: Spec, *, report: Callable[[str], None] | None = None) -> Answer:
    """Choose the questions of all interviewers at once, within `spec.time_limit` seconds.

    Raises SpecError for a spec that cannot be meant. `report` is told in a few words what is being done.
    """
    clock = Clock(spec.time_limit)
    check(items, spec)
    tell = report or (lambda doing: None)
    seats = seats_of(spec)
    tell(f"Looking for any set that fits, among {len(items):,} questions")
    fit = first_fit(items, spec, seats, clock)
    if not fit.infeasible:
        tell("Choosing the best set")
        best = choose(items, spec, seats, clock)
        fit = _better(fit, best, items, spec)
    if fit.infeasible:
        tell("Nothing fits; finding the fewest constraints to relax")
        found = relax(items, spec, seats, clock)
        answer = Answer("infeasible", None, None, None, 0.0, {}, (), found.relaxations, found.fewest)
    else:
        answer = _answer(fit, items, spec)
    return replace(answer, seconds=clock.spent, remarks=remarks(items, spec))


def _better(fit: Choice, best: Choice, items: Sequence[Item], spec: Spec) -> Choice:
    """The best set, or the first that fitted where time ran out before a better one; always the best's bound."""
    if best.infeasible or fit.assignment is None:
        return best
    if best.assignment is None or objective(fit.assignment, items, spec) > objective(best.assignment, items, spec):
        return Choice(False, fit.assignment, best.bound)
    return best


def _answer(choice: Choice, items: Sequence[Item], spec: Spec) -> Answer:
    bound = choice.bound if isfinite(choice.bound) else None
    if choice.assignment is None:
        return Answer("time_limit", None, bound, None, 0.0, {})
    value = objective(choice.assignment, items, spec)
    greatest = max((abs(spec.value(each)) for each in items), default=0.0)
    if bound is not None and bound - value <= WITHIN_TOLERANCE * greatest:
        bound = value
    gap = None if bound is None else abs(bound - value) / max(abs(value), 1e-9)
    words = Words(items, spec)
    assignment = _in_order(choice.assignment, items)
    return Answer(_status(gap, spec.gap), value, bound, gap, 0.0, assignment, bindings(words, assignment, items, spec))


def _status(gap: float | None, asked: float) -> Status:
    if gap is None:
        return "time_limit"
    if gap <= EXACT_GAP:
        return "optimal"
    return "within_gap" if gap <= asked + 1e-9 else "time_limit"


def objective(assignment: Assignment, items: Sequence[Item], spec: Spec) -> float:
    """The sum over all chosen questions, each once; or the sum of the worst-off interviewer."""
    values = {each.id: spec.value(each) for each in items}
    if spec.objective == "maximin":
        return min(sum(values[each] for each in ids) for ids in assignment.values())
    return sum(values[each] for each in dict.fromkeys(each for ids in assignment.values() for each in ids))


def _in_order(assignment: Assignment, items: Sequence[Item]) -> Mapping[str, tuple[str, ...]]:
    place = {each.id: n for n, each in enumerate(items)}
    return {who: tuple(sorted(ids, key=place.__getitem__)) for who, ids in assignment.items()}
