"""A mixed-integer model, column by column and row by row, and HiGHS through scipy.optimize.milp."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isfinite
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_matrix

OPTIMAL, LIMIT, INFEASIBLE = 0, 1, 2  # scipy's numbers
SHORTEST = 0.05  # seconds; HiGHS takes a limit of 0 for none


@dataclass(frozen=True)
class Solved:
    """`x` is None where no solution was found; `bound` is below the least cost there is, -inf where unknown."""

    infeasible: bool
    x: NDArray[np.float64] | None
    bound: float


class Model:
    """Minimise cost @ x where low <= A @ x <= high, between the columns' own bounds."""

    def __init__(self) -> None:
        self.lower: list[NDArray[np.float64]] = []
        self.upper: list[NDArray[np.float64]] = []
        self.integral: list[NDArray[np.int_]] = []
        self.size = 0
        self._columns: list[NDArray[np.int_]] = []
        self._coefficients: list[NDArray[np.float64]] = []
        self._ends: list[tuple[float, float]] = []

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

    def solve(self, cost: NDArray[np.float64], *, gap: float, seconds: float) -> Solved:
        if self.size == 0:
            return Solved(not all(low <= 0 <= high for low, high in self._ends), np.zeros(0), 0.0)
        found = milp(
            cost,
            constraints=self._rows(),
            bounds=Bounds(np.concatenate(self.lower), np.concatenate(self.upper)),
            integrality=np.concatenate(self.integral),
            options={"mip_rel_gap": gap, "time_limit": max(seconds, SHORTEST)},
        )
        bound = found.mip_dual_bound
        known = bound is not None and isfinite(bound)
        return Solved(found.status == INFEASIBLE, found.x, float(bound) if known else -inf)

    def _rows(self) -> Sequence[LinearConstraint]:
        if not self._ends:
            return []
        rows = np.repeat(np.arange(len(self._columns)), [len(each) for each in self._columns])
        matrix = csr_matrix(
            (np.concatenate(self._coefficients), (rows, np.concatenate(self._columns))),
            shape=(len(self._ends), self.size),
        )
        low, high = np.array(self._ends, float).T
        return [LinearConstraint(matrix, low, high)]
