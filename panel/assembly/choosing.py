"""The best assignment by either objective, with a bound that no assignment can pass."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from panel.assembly.columns import Columns, add_columns, taken, tie_presence
from panel.assembly.lots import Lot, Seat, lots_to_choose_from, lots_to_fit
from panel.assembly.rows import add_structure, rows_of, wishes_of
from panel.assembly.rules import Assignment, rules_of
from panel.assembly.solving import Model, Solved
from panel.assembly.spec import Item, Spec

SCALE = 100.0  # of the greatest value, so that HiGHS's absolute tolerances are small beside it


@dataclass(frozen=True)
class Choice:
    """`assignment` is None where none was found; `bound` is inf where nothing is known."""

    infeasible: bool
    assignment: Assignment | None
    bound: float


class Clock:
    """What is left of the time."""

    def __init__(self, seconds: float) -> None:
        self.start = perf_counter()
        self.limit = seconds

    @property
    def spent(self) -> float:
        return perf_counter() - self.start

    @property
    def left(self) -> float:
        return self.limit - self.spent


def first_fit(items: Sequence[Item], spec: Spec, seats: Sequence[Seat], clock: Clock) -> Choice:
    """Any assignment that keeps every rule; questions alike in all but value are one lot here, so this is quick."""
    model, columns = strict_model(lots_to_fit(items, spec), spec, seats)
    found = model.solve(np.zeros(model.size), gap=1.0, seconds=clock.left)
    return Choice(found.infeasible, None if found.x is None else taken(columns, found.x), inf)


def choose(items: Sequence[Item], spec: Spec, seats: Sequence[Seat], clock: Clock) -> Choice:
    model, columns = strict_model(lots_to_choose_from(items, spec, seats), spec, seats)
    worth, unit = _worth(columns, spec, model.size)
    if spec.objective == "maximin":
        return _best_worst_off(model, columns, worth, unit, spec, clock)
    found = model.solve(-worth, gap=spec.gap, seconds=clock.left)
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


def _worth(columns: Columns, spec: Spec, size: int) -> tuple[NDArray[np.float64], float]:
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


def _best_worst_off(
    model: Model, columns: Columns, worth: NDArray[np.float64], unit: float, spec: Spec, clock: Clock
) -> Choice:
    """First the greatest least sum of a seat; then, that being kept, the greatest sum of all."""
    least = int(model.add_columns(1, lower=-inf, upper=inf, whole=False)[0])
    for s in range(len(columns.seats)):
        asked, _ = columns.of(columns.all_lots(), [s])
        model.add_row([*asked, least], [*worth[asked], -1.0], low=0)
    cost = np.zeros(model.size)
    cost[least] = -1
    found = model.solve(cost, gap=spec.gap, seconds=clock.left)
    first = _choice(found, columns, unit)
    if found.x is None or clock.left <= 0:
        return first
    model.lower[-1] = np.array([worst_off(first.assignment or {}, columns, spec) / unit])
    seconds = clock.left if spec.gap == 0 else min(clock.left, max(1.0, clock.spent))
    richer = model.solve(-np.append(worth, 0.0), gap=spec.gap, seconds=seconds)
    second = _choice(richer, columns, unit)
    if second.assignment is None:
        return first
    kept = worst_off(second.assignment, columns, spec) >= worst_off(first.assignment or {}, columns, spec) - 1e-9 * unit
    return Choice(False, second.assignment if kept else first.assignment, first.bound)


def worst_off(assignment: Assignment, columns: Columns, spec: Spec) -> float:
    values = {each.id: spec.value(each) for lot in columns.lots for each in lot.items}
    return min(sum(values[each] for each in ids) for ids in assignment.values())
