"""Integer programs (HiGHS, by scipy) for what exchanges cannot prove.

Which candidates to seat when not all can be; and seats with loads as even as they are in which every two sides of
interviewers share at least so many candidates. There are too many sides to name them all, so those that a solution
violates are added until none is (lazy cuts).
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from panel.seating.links import Panel, crossing, groups, weakest_cut
from panel.seating.problem import NO_LIMIT, Bools, Ints
from panel.seating.seats import Seats
from panel.seating.spreading import panels_of

LONGEST = 2.0  # seconds for one program
MOST_ROUNDS = 25
INFEASIBLE = 2  # scipy's status


@dataclass(eq=False)
class _Program:
    """Rows `low <= coefficients @ x <= high` over variables that are added one after another."""

    rows: list[dict[int, float]]
    low: list[float]
    high: list[float]
    lowest: list[float]
    highest: list[float]
    whole: list[int]

    def variable(self, lowest: float, highest: float, *, whole: bool = True) -> int:
        self.lowest.append(lowest)
        self.highest.append(highest)
        self.whole.append(int(whole))
        return len(self.lowest) - 1

    def row(self, coefficients: dict[int, float], low: float, high: float) -> None:
        self.rows.append(coefficients)
        self.low.append(low)
        self.high.append(high)

    def solve(self, cost: dict[int, float], gap: float) -> tuple[np.ndarray | None, bool]:
        """The solution, and whether there is provably none."""
        entries = [(row, column, value) for row, each in enumerate(self.rows) for column, value in each.items()]
        at, columns, values = zip(*entries, strict=True) if entries else ((), (), ())
        matrix = coo_array((values, (at, columns)), shape=(len(self.rows), len(self.lowest)))
        objective = np.zeros(len(self.lowest))
        for column, value in cost.items():
            objective[column] = value
        found = milp(
            objective,
            integrality=np.array(self.whole),
            bounds=Bounds(self.lowest, self.highest),
            constraints=LinearConstraint(matrix.tocsr(), self.low, self.high),
            options={"time_limit": LONGEST, "mip_rel_gap": gap},
        )
        return found.x, found.status == INFEASIBLE


def _seat_program(seats: Seats) -> tuple[_Program, dict[tuple[int, int], int]]:
    """A variable for every seat that may be taken, within the limits of everybody."""
    program = _Program([], [], [], [], [], [])
    seat = {
        (row, person): program.variable(float(seats.fixed[row, person]), 1)
        for row, person in map(tuple, np.argwhere(seats.allowed).tolist())
    }
    for person in range(seats.allowed.shape[1]):
        own = {column: 1.0 for (_, each), column in seat.items() if each == person}
        if seats.most[person] < NO_LIMIT:
            program.row(own, 0, max(int(seats.most[person]), int(seats.fixed[:, person].sum())))
        for week in range(seats.most_in_week.shape[1]):
            limit = int(seats.most_in_week[person, week])
            if limit < NO_LIMIT:
                kept = int(seats.fixed[seats.week_of == week, person].sum())
                of_week = {
                    column: 1.0 for (row, each), column in seat.items() if each == person and seats.week_of[row] == week
                }
                program.row(of_week, 0, max(limit, kept))
    return program, seat


def who_can_be_seated(seats: Seats) -> Bools:
    """(C,) as many candidates as can have their least seats all at once; proven when the program ends in time."""
    program, seat = _seat_program(seats)
    chosen = [program.variable(0, 1) for _ in range(len(seats.taken))]
    for row, column in enumerate(chosen):
        own = {each: 1.0 for (at, _), each in seat.items() if at == row}
        program.row(own | {column: -float(seats.least[row])}, 0, np.inf)
    found, _ = program.solve(dict.fromkeys(chosen, -1.0), 0.0)
    return np.zeros(len(chosen), dtype=bool) if found is None else np.round(found[chosen]).astype(bool)


@dataclass(frozen=True, eq=False)
class Linked:
    """`taken` (C, P) is None when none was found; `impossible` when it is proven that there is none."""

    taken: Bools | None
    impossible: bool = False


def linked(seats: Seats, earlier: list[Panel], people: frozenset[int], strength: int) -> Linked:
    """Seats in which any two sides of `people` share at least `strength` candidates, with loads as even as now."""
    program, seat = _seat_program(seats)
    _as_even_as_now(program, seat, seats)
    stays = {column: -1.0 for place, column in seat.items() if seats.taken[place]}
    trial = Seats(**vars(seats) | {"taken": seats.taken.copy()})
    for side in _weak_sides(trial, earlier, people, strength):
        _at_least(program, seat, earlier, side, strength)
    for _ in range(MOST_ROUNDS):
        found, none = program.solve(stays, 1.0)
        if found is None:
            return Linked(None, none)
        trial.taken[:] = False
        for place, column in seat.items():
            trial.taken[place] = found[column] > 0.5
        violated = _weak_sides(trial, earlier, people, strength)
        if not violated:
            return Linked(trial.taken)
        for side in violated:
            _at_least(program, seat, earlier, side, strength)
    return Linked(None)


def cannot_link_all(sizes: Ints, earlier: list[Panel], people: frozenset[int]) -> bool:
    """Whether there are too few seats by count: a panel of n joins at most n groups into one."""
    apart = sum(1 for each in groups(earlier, max(people, default=-1) + 1) if each & people)
    return int(np.maximum(sizes - 1, 0).sum()) < apart - 1


def _weak_sides(seats: Seats, earlier: list[Panel], people: frozenset[int], strength: int) -> list[frozenset[int]]:
    panels = [*earlier, *panels_of(seats)]
    parted = [each & people for each in groups(panels, seats.allowed.shape[1]) if each & people]
    if len(parted) > 1:
        return parted
    cut = weakest_cut(panels, people)
    return [cut.one] if cut and cut.shared < strength else []


def _as_even_as_now(program: _Program, seat: dict[tuple[int, int], int], seats: Seats) -> None:
    """As many seats, panels within their sizes, and no greater sum of squared loads."""
    for row in range(len(seats.taken)):
        own = {column: 1.0 for (at, _), column in seat.items() if at == row}
        if own:
            program.row(own, float(seats.least[row]), float(seats.size[row]))
    program.row(dict.fromkeys(seat.values(), 1.0), float(seats.taken.sum()), float(seats.taken.sum()))
    squares: dict[int, float] = {}
    for person in range(seats.allowed.shape[1]):
        own = {column: -1.0 for (_, each), column in seat.items() if each == person}
        steps = [program.variable(0, 1, whole=False) for _ in own]
        squares |= {column: 2.0 * (int(seats.load[person]) + place) + 1 for place, column in enumerate(steps)}
        program.row(own | dict.fromkeys(steps, 1.0), 0, 0)
    program.row(squares, 0, float((seats.total**2).sum() - (seats.load**2).sum()) + 0.1)


def _at_least(
    program: _Program, seat: dict[tuple[int, int], int], earlier: list[Panel], side: frozenset[int], strength: int
) -> None:
    """The side and the others share `strength` candidates: those who have somebody of both."""
    needed = strength - crossing(earlier, side)
    by_row: dict[int, tuple[dict[int, float], dict[int, float]]] = {}
    for (row, person), column in seat.items():
        by_row.setdefault(row, ({}, {}))[person not in side][column] = -1.0
    crosses = {}
    for ones, others in by_row.values():
        if ones and others:
            both = program.variable(0, 1, whole=False)
            program.row(ones | {both: 1.0}, -np.inf, 0)
            program.row(others | {both: 1.0}, -np.inf, 0)
            crosses[both] = 1.0
    program.row(crosses, needed, np.inf)
