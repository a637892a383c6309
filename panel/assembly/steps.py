"""A large model solved in steps, each of which may prove enough to stop.

1. The linear relaxation bounds every solution, and its reduced costs say what each column at least costs.
2. A kernel, the columns with the least reduced costs, holds a solution that is not far from that bound.
3. Choosing anew for two seats at a time brings it within the gap of the bound, mostly.
4. Else every column whose reduced cost alone is more than what separates that solution from the bound is fixed: it can
   be in no better solution. What is left is solved with the bound of HiGHS.

The kernel is after Angelelli, Mansini & Speranza (2010), Computers & Operations Research 37:2017-2026.
"""

from math import inf

import numpy as np

from panel.assembly.clock import Clock
from panel.assembly.improving import SeatColumns, improve
from panel.assembly.solving import Flags, Linear, Model, Solved, Vector

SLICE = 0.3  # of the time that is left, for the kernel and for the pairs
KERNEL = 120  # columns; more took longer and found nothing better, on 300 to 10,000 questions for six
PROMISING = 1200  # columns of all seats
FAR = 0.06  # the kernel's gap where pairs of seats make its solution better
NEAR = 0.002  # the kernel's gap where they do not, and the least gap at which they do
TOLERANCE = 1e-6


def solve_in_steps(model: Model, cost: Vector, *, gap: float, clock: Clock, seats: SeatColumns = ()) -> Solved:
    """The least cost; `bound` holds for the whole model. `seats` are the columns of each seat."""
    relaxed = model.relaxed(cost, seconds=clock.left)
    if relaxed is None:
        return model.solve(cost, gap=gap, seconds=clock.left)
    if relaxed.infeasible:
        return Solved(True, None, inf)
    by_pairs = len(seats) > 2 and gap > NEAR
    if not by_pairs and model.size <= KERNEL:
        return model.solve(cost, gap=gap, seconds=clock.left)
    first = near_solution(model, cost, relaxed, FAR if by_pairs else max(gap / 2, NEAR), clock)
    if first is None and by_pairs:
        first = model.solve(cost, gap=FAR, seconds=clock.left * SLICE).x
    if first is None:
        return model.solve(cost, gap=gap, seconds=clock.left)

    def enough(x: Vector) -> bool:
        return bool(cost @ x - relaxed.bound <= gap * abs(cost @ x))

    if by_pairs:
        first = improve(model, cost, first, seats, promising(relaxed), Clock(clock.left * SLICE), enough)
    if enough(first) or clock.left <= 0:
        return Solved(False, first, relaxed.bound)
    return _among_the_rest(model, cost, relaxed, first, gap, clock)


def near_solution(model: Model, cost: Vector, relaxed: Linear, gap: float, clock: Clock) -> Vector | None:
    """A solution of the kernel, within this gap of the kernel's best; None where a slice of the time has none."""
    outside = np.abs(relaxed.at_lower) > _threshold(relaxed, KERNEL)
    return model.solve(cost, gap=gap, seconds=clock.left * SLICE, fixed_low=outside).x


def promising(relaxed: Linear) -> Flags:
    """The columns that pairs of seats choose among."""
    return np.asarray(np.abs(relaxed.at_lower) <= _threshold(relaxed, PROMISING))


def _threshold(relaxed: Linear, kernel: int) -> float:
    """The reduced cost up to which a column is in the kernel."""
    ranked = np.sort(np.abs(relaxed.at_lower))
    return float(ranked[min(kernel, ranked.size - 1)])


def _among_the_rest(model: Model, cost: Vector, relaxed: Linear, known: Vector, gap: float, clock: Clock) -> Solved:
    """Whatever has a column that is fixed here costs more than the solution that is known."""
    reached = float(cost @ known)
    apart = reached - relaxed.bound + TOLERANCE
    second = model.solve(
        cost, gap=gap, seconds=clock.left,
        fixed_low=relaxed.at_lower > apart, fixed_high=-relaxed.at_upper > apart,
    )  # fmt: skip
    bound = max(relaxed.bound, min(second.bound, reached))
    if second.x is None or float(cost @ second.x) > reached:
        return Solved(False, known, bound)
    return Solved(False, second.x, bound)
