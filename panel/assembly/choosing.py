"""The best assignment by either objective, with a bound that no assignment can pass."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

from panel.assembly.clock import Clock
from panel.assembly.columns import Columns, add_columns, taken, tie_presence
from panel.assembly.lifting import lift
from panel.assembly.lots import Lot, Seat, lots_to_choose_from, lots_to_fit
from panel.assembly.rows import add_structure, rows_of, wishes_of
from panel.assembly.rules import Assignment, rules_of
from panel.assembly.solving import Model, Solved, Vector
from panel.assembly.spec import Item, Spec
from panel.assembly.steps import solve_in_steps

SCALE = 100.0  # of the greatest value, so that HiGHS's absolute tolerances are small beside it


@dataclass(frozen=True)
class Choice:
    """`assignment` is None where none was found; `bound` is inf where nothing is known."""

    infeasible: bool
    assignment: Assignment | None
    bound: float


def first_fit(items: Sequence[Item], spec: Spec, seats: Sequence[Seat], clock: Clock) -> Choice:
    """Any assignment that keeps every rule; questions alike in all but value are one lot here, so this is quick."""
    model, columns = strict_model(lots_to_fit(items, spec), spec, seats)
    found = model.solve(np.zeros(model.size), gap=1.0, seconds=clock.left)
    return Choice(found.infeasible, None if found.x is None else taken(columns, found.x), inf)


def choose(items: Sequence[Item], spec: Spec, seats: Sequence[Seat], clock: Clock) -> Choice:
    model, columns = strict_model(lots_to_choose_from(items, spec, seats), spec, seats)
    worth, unit = _worth(columns, spec, model.size)
    if spec.objective == "maximin" and items:
        return _best_worst_off(model, columns, worth, unit, spec, clock)
    found = solve_in_steps(model, -worth, gap=spec.gap, clock=clock, seats=columns.of_seats())
    return _choice(found, columns, unit)


def strict_model(lots: Sequence[Lot], spec: Spec, seats: Sequence[Seat]) -> tuple[Model, Columns]:
    """Every rule and wish holds."""
    model = Model()
    columns = add_columns(model, lots, spec, seats)
    add_structure(model, columns)
    tie_presence(model, columns, spec, None)
    for rule in rules_of(spec):
        for row in rows_of(rule, columns):
            model.add_row(row.columns, row.coefficients, row.low, row.high)
    for wish in wishes_of(spec, columns):
        model.add_row(wish.columns, 1.0, wish.low, wish.high)
    return model, columns


def _worth(columns: Columns, spec: Spec, size: int) -> tuple[Vector, float]:
    """What each column adds, in units of a hundredth of the greatest value."""
    values = np.array([spec.value(lot.kind) for lot in columns.lots], float)
    greatest = float(np.abs(values).max(initial=0.0))
    unit = greatest / SCALE if greatest > 0 else 1.0
    worth = np.zeros(size)
    asked, of_lot = columns.of(columns.all_lots(), range(len(columns.seats)))
    worth[asked] = values[of_lot] / unit
    return worth, unit


def _choice(found: Solved, columns: Columns, unit: float) -> Choice:
    assignment = None if found.x is None else taken(columns, found.x)
    return Choice(found.infeasible, assignment, -found.bound * unit)


def _best_worst_off(model: Model, columns: Columns, worth: Vector, unit: float, spec: Spec, clock: Clock) -> Choice:
    """First the greatest least sum of a seat; then, that being kept, the greatest sum of all."""
    least = int(model.add_columns(1, lower=-inf, upper=inf, whole=False)[0])
    for s in range(len(columns.seats)):
        asked, _ = columns.of(columns.all_lots(), [s])
        model.add_row([*asked, least], [*worth[asked], -1.0], low=0)
    cost = np.zeros(model.size)
    cost[least] = -1
    if spec.gap > 0:
        near = _near_the_bound(model, columns, cost, worth, unit, spec, clock)
        if near is not None:
            return near
    found = solve_in_steps(model, cost, gap=spec.gap, clock=clock)
    first = _choice(found, columns, unit)
    if first.assignment is None or clock.left <= 0:
        return first
    floor = worst_off(first.assignment, columns, spec)
    second = _richest(model, columns, worth, unit, floor, spec.gap, clock)
    kept = second is not None and worst_off(second, columns, spec) >= floor - 1e-9 * unit
    return Choice(False, second if kept else first.assignment, first.bound)


def _near_the_bound(
    model: Model, columns: Columns, cost: Vector, worth: Vector, unit: float, spec: Spec, clock: Clock
) -> Choice | None:
    """The richest set whose worst-off seat is within the gap of the linear relaxation, which proves it; None if none
    is found in a third of the time. Much quicker than to raise the worst-off as such.
    """
    relaxed = model.relaxed(cost, seconds=clock.left)
    if relaxed is None or relaxed.infeasible or relaxed.bound >= 0:
        return None
    bound = -relaxed.bound * unit
    floor = -relaxed.bound / (1 + spec.gap) * (1 + 1e-9)
    fresh, _ = strict_model(columns.lots, spec, columns.seats)
    lifted = lift(fresh, columns, worth, floor, spec.gap, Clock(clock.left / 3))
    if lifted is None:
        return None
    found = taken(columns, lifted)
    return Choice(False, found, bound) if worst_off(found, columns, spec) * (1 + spec.gap) >= bound else None


def _richest(
    model: Model, columns: Columns, worth: Vector, unit: float, floor: float, gap: float, clock: Clock
) -> Assignment | None:
    """The greatest sum of all where no seat has less than the floor; the last column is the least sum of a seat."""
    model.lower[-1] = np.array([floor / unit])
    found = solve_in_steps(model, -np.append(worth, 0.0), gap=gap, clock=clock)
    return None if found.x is None else taken(columns, found.x)


def worst_off(assignment: Assignment, columns: Columns, spec: Spec) -> float:
    values = {each.id: spec.value(each) for lot in columns.lots for each in lot.items}
    return min(sum(values[each] for each in ids) for ids in assignment.values())
