"""A large model solved in steps, each of which may prove enough to stop.

1. The linear relaxation bounds every solution, and its reduced costs say what each column at least costs.
2. A kernel, the columns with the least reduced costs, usually holds a solution that is within the gap of that bound.
3. Else every column whose reduced cost alone is more than what separates that solution from the bound is fixed: it can
   be in no better solution. What is left is solved with the bound of HiGHS.

The kernel is after Angelelli, Mansini & Speranza (2010), Computers & Operations Research 37:2017-2026.
"""

from math import inf

import numpy as np
from numpy.typing import NDArray

from panel.assembly.clock import Clock
from panel.assembly.solving import Linear, Model, Solved

KERNEL = 120  # columns; more took longer and found nothing better, on 300 to 10,000 questions for six
KERNEL_GAP = 0.5  # share of the gap, since the kernel's own bound is below the whole model's
LEAST_KERNEL_GAP = 0.002
TOLERANCE = 1e-6


def solve_in_steps(
    model: Model, cost: NDArray[np.float64], *, gap: float, clock: Clock,
    kernel: int = KERNEL, kernel_gap: float | None = None,
) -> Solved:  # fmt: skip
    """The least cost; `bound` holds for the whole model. `kernel` is a number of columns, solved to `kernel_gap`."""
    relaxed = model.relaxed(cost, seconds=clock.left)
    if relaxed is None:
        return model.solve(cost, gap=gap, seconds=clock.left)
    if relaxed.infeasible:
        return Solved(True, None, inf)
    outside = np.abs(relaxed.at_lower) > _threshold(relaxed, kernel)
    if not outside.any():
        return model.solve(cost, gap=gap, seconds=clock.left)
    first_gap = max(KERNEL_GAP * gap, LEAST_KERNEL_GAP) if kernel_gap is None else kernel_gap
    first = model.solve(cost, gap=first_gap, seconds=clock.left, fixed_low=outside)
    if first.x is None:
        return model.solve(cost, gap=gap, seconds=clock.left)
    reached = float(cost @ first.x)
    if reached - relaxed.bound <= gap * abs(reached) or clock.left <= 0:
        return Solved(False, first.x, relaxed.bound)
    return _among_the_rest(model, cost, relaxed, first.x, gap, clock)


def _threshold(relaxed: Linear, kernel: int) -> float:
    """The reduced cost up to which a column is in the kernel."""
    ranked = np.sort(np.abs(relaxed.at_lower))
    return float(ranked[min(kernel, ranked.size - 1)])


def _among_the_rest(
    model: Model, cost: NDArray[np.float64], relaxed: Linear, known: NDArray[np.float64], gap: float, clock: Clock
) -> Solved:
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
