"""A mixed-integer model, column by column and row by row, and HiGHS through scipy.optimize.milp."""

from dataclasses import dataclass
from math import inf, isfinite
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_matrix, vstack

OPTIMAL, INFEASIBLE = 0, 2  # scipy's numbers
SHORTEST = 0.05  # seconds; HiGHS takes a limit of 0 for none
NOTHING = np.zeros(0, int)

Vector = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Solved:
    """`x` is None where no solution was found; `bound` is below the least cost there is, -inf where unknown."""

    infeasible: bool
    x: Vector | None
    bound: float


@dataclass(frozen=True)
class Linear:
    """Without whole numbers: nothing costs less than `bound`; what one more of each column adds to it, at its ends."""

    infeasible: bool
    bound: float
    at_lower: Vector
    at_upper: Vector


class Model:
    """Minimise cost @ x where low <= A @ x <= high, between the columns' own bounds."""

    def __init__(self) -> None:
        self.lower: list[Vector] = []
        self.upper: list[Vector] = []
        self.integral: list[NDArray[np.int_]] = []
        self.size = 0
        self._columns: list[NDArray[np.int_]] = []
        self._coefficients: list[Vector] = []
        self._ends: list[tuple[float, float]] = []

    @property
    def whole(self) -> Flags:
        """Which columns are whole numbers."""
        return np.concatenate([NOTHING, *self.integral]).astype(bool)

    def add_columns(self, count: int, *, lower: ArrayLike = 0.0, upper: ArrayLike = 1.0, whole: bool = True) -> Any:
        """The numbers of the new columns, an array."""
        self.lower.append(np.broadcast_to(np.asarray(lower, float), (count,)))
        self.upper.append(np.broadcast_to(np.asarray(upper, float), (count,)))
        self.integral.append(np.full(count, int(whole)))
        self.size += count
        return np.arange(self.size - count, self.size)

    def add_row(self, columns: ArrayLike, coefficients: ArrayLike, low: float = -inf, high: float = inf) -> None:
        """One coefficient for all columns, or one for each."""
        placed = np.asarray(columns, int).ravel()
        self._columns.append(placed)
        self._coefficients.append(np.broadcast_to(np.asarray(coefficients, float), placed.shape))
        self._ends.append((low, high))

    def solve(
        self,
        cost: Vector,
        *,
        gap: float,
        seconds: float,
        fixed_low: Flags | None = None,
        fixed_high: Flags | None = None,
        kept: Vector | None = None,
    ) -> Solved:
        """With some columns fixed at their lower or upper end, where these are named, or at a value that is kept
        (nan is free). The x found has whole numbers where it should.
        """
        if self.size == 0:
            return Solved(not all(low <= 0 <= high for low, high in self._ends), np.zeros(0), 0.0)
        lower, upper = np.concatenate(self.lower), np.concatenate(self.upper)
        ends = (
            lower if fixed_high is None else np.where(fixed_high, upper, lower),
            upper if fixed_low is None else np.where(fixed_low, lower, upper),
        )
        if kept is not None:
            ends = (np.where(np.isnan(kept), ends[0], kept), np.where(np.isnan(kept), ends[1], kept))
        found = milp(
            cost,
            constraints=[LinearConstraint(*self._rows())],
            bounds=Bounds(*ends),
            integrality=np.concatenate(self.integral),
            options={"mip_rel_gap": gap, "time_limit": max(seconds, SHORTEST)},
        )
        bound = found.mip_dual_bound
        known = bound is not None and isfinite(bound)
        x = None if found.x is None else np.where(self.whole, np.round(found.x), found.x)
        return Solved(found.status == INFEASIBLE, x, float(bound) if known else -inf)

    def relaxed(self, cost: Vector, *, seconds: float) -> Linear | None:
        """Without whole numbers; None where that is not solved in time."""
        if self.size == 0:
            return None
        matrix, low, high = self._rows()
        has_low, has_high = np.isfinite(low), np.isfinite(high)
        found = linprog(
            cost,
            A_ub=vstack([matrix[has_high], -matrix[has_low]]).tocsr(),
            b_ub=np.concatenate([high[has_high], -low[has_low]]),
            bounds=np.column_stack([np.concatenate(self.lower), np.concatenate(self.upper)]),
            method="highs-ds",
            options={"time_limit": max(seconds, SHORTEST)},
        )
        if found.status == INFEASIBLE:
            return Linear(True, inf, np.zeros(0), np.zeros(0))
        if found.status != OPTIMAL:
            return None
        return Linear(False, float(found.fun), found.lower.marginals, found.upper.marginals)

    def _rows(self) -> tuple[csr_matrix, Vector, Vector]:
        rows = np.repeat(np.arange(len(self._columns)), [len(each) for each in self._columns])
        matrix = csr_matrix(
            (np.concatenate([np.zeros(0), *self._coefficients]), (rows, np.concatenate([NOTHING, *self._columns]))),
            shape=(len(self._ends), self.size),
        )
        low, high = np.array(self._ends, float).reshape(-1, 2).T
        return matrix, low, high
