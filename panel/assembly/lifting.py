"""A set in which no seat has less than a floor: what seats lack of it is made less, two seats at a time.

The sum of what they lack says more than the worst-off seat alone: every pair with a seat below the floor can gain.
"""

from math import inf

import numpy as np

from panel.assembly.clock import Clock
from panel.assembly.columns import Columns
from panel.assembly.improving import improve
from panel.assembly.solving import Model, Vector
from panel.assembly.steps import FAR, near_solution, promising

LACK_GAP = 0.05  # of what all lack; a pair chosen more closely is chosen anew all the same
LEAST_LACK = 1e-7


def lift(model: Model, columns: Columns, worth: Vector, floor: float, gap: float, clock: Clock) -> Vector | None:
    """A solution with the floor everywhere, made rich to within the gap where pairs can; None where none is found.

    `model` is every rule and wish; here it gets columns and rows more. `worth` is by its columns.
    """
    rich = model.relaxed(-worth, seconds=clock.left)
    start = None if rich is None or rich.infeasible else near_solution(model, -worth, rich, FAR, clock)
    if rich is None or start is None:
        return None
    seats = columns.of_seats()
    lacks = model.add_columns(len(seats), upper=inf, whole=False)
    for seat, lack in zip(seats, lacks, strict=True):
        model.add_row([*seat, lack], [*worth[seat], 1.0], low=floor)
    lacking = [max(0.0, floor - float(worth[seat] @ start[seat])) for seat in seats]
    cost = np.append(np.zeros(start.size), np.ones(len(seats)))
    near = np.append(promising(rich), np.zeros(len(seats), bool))
    lifted = improve(
        model, cost, np.append(start, lacking), seats, near, clock, gap=LACK_GAP,
        enough=lambda x: bool(x[lacks].max() <= LEAST_LACK), first=lambda x: int(np.argmax(x[lacks])),
    )  # fmt: skip
    if lifted[lacks].max() > LEAST_LACK:
        return None
    model.upper[-1] = np.zeros(len(seats))
    value = np.append(worth, np.zeros(len(seats)))
    most = -rich.bound
    richest = improve(
        model, -value, lifted, seats, near, clock, enough=lambda x: bool(most - value @ x <= gap * abs(value @ x))
    )  # fmt: skip
    found: Vector = richest[: start.size]
    return found
