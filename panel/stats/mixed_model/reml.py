"""Variance components of a crossed model by restricted maximum likelihood, with average information.

With P = V^-1 - V^-1 X (X'V^-1 X)^-1 X'V^-1 and V = sum over f of v_f Z_f Z_f' + v_e I:

    -2 log L   = (N - 1) log 2 pi + log det V + log det X'V^-1 X + y'Py
    score_f    = -(tr(P V_f) - y'P V_f P y) / 2,     V_f = Z_f Z_f'
    AI_fg      = y'P V_f P V_g P y / 2               (average of observed and expected information)

all of it from the mixed-model equations: with T_f the trace of the block of C^-1 of term f,

    tr(P V_f) = q_f / v_f - v_e T_f / v_f^2,         y'P V_f P y = u_f'u_f / v_f^2.

Patterson & Thompson (1971), Biometrika 58:545-554; Gilmour, Thompson & Cullis (1995), Biometrics 51:1440-1450;
Johnson & Thompson (1995), J Dairy Sci 78:449-456.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from panel.stats.mixed_model.equations import Coefficients, Effects, Factored, System
from panel.stats.progress import Report, silent
from panel.stats.ratings import Floats

RESIDUAL = "residual"
FLOOR = 1e-8
"""A variance this small a share of that of the scores is at the boundary, zero."""
NO_RESIDUAL = 1e-6
"""A residual this small a share of the variance of the scores is none."""
SLOWEST_FALL = 0.1
"""A step leaves at least this share of a variance, so that a bad first step does not end at the boundary."""
MOST_STEPS = 100
MOST_HALVINGS = 12
ROUNDING = 1e-10
"""A rise of the deviance, as a share of it, that is no rise."""


@dataclass(frozen=True, eq=False)
class Restricted:
    """A fit. ``variances`` has every term and "residual"; ``information`` is the average information of ``free``,
    the variances that are above zero, in this order. ``factored`` and ``effects`` hold the equations at the fit."""

    variances: dict[str, float]
    free: tuple[str, ...]
    information: Floats
    log_likelihood: float
    factored: Factored
    effects: Effects
    steps: int
    converged: bool

    def standard_errors(self) -> dict[str, float]:
        """Of the variances that are above zero, from the inverse of the average information."""
        try:
            covariance = np.linalg.inv(self.information)
        except np.linalg.LinAlgError:
            return {}
        spread = np.diag(covariance)
        return {name: float(np.sqrt(v)) for name, v in zip(self.free, spread, strict=True) if v > 0}


def fit(
    system: System,
    y: Floats,
    start: Mapping[str, float],
    *,
    tolerance: float = 1e-8,
    report: Report = silent,
) -> Restricted:
    """The variances with the greatest restricted likelihood of ``y`` (N,), each 0 or more.

    Steps end when none changes a variance by more than ``tolerance`` of their sum. A variance that reaches the
    boundary is left out of the equations, and the others are fitted again without it. Where the residual itself
    vanishes the steps end at once, with a residual of no more than NO_RESIDUAL of the variance of ``y``.
    """
    climb = _Climb(system, y, dict(start))
    converged = False
    while climb.steps < MOST_STEPS and not converged and climb.has_residual():
        report(f"Fitting variance components, step {climb.steps + 1}", None)
        converged = climb.step(tolerance)
    gone = [name for name, value in climb.variances.items() if name in system.terms and value <= climb.floor * 1.001]
    if gone and climb.has_residual():
        left = [term for name, term in system.terms.items() if name not in gone]
        again = fit(
            System(left, system.n_ratings),
            y,
            {name: value for name, value in climb.variances.items() if name not in gone},
            tolerance=tolerance,
            report=report,
        )
        return _with_zeros(again, system, gone)
    return climb.result(converged)


def at(system: System, y: Floats, variances: Mapping[str, float]) -> Restricted:
    """The equations solved at given variances above zero, none of them fitted."""
    return _Climb(system, y, dict(variances)).result(True)


def _with_zeros(fit_without: Restricted, system: System, gone: list[str]) -> Restricted:
    zeros = {name: np.zeros(system.terms[name].n_levels) for name in gone}
    variances = {name: fit_without.variances.get(name, 0.0) for name in (*system.terms, RESIDUAL)}
    return Restricted(
        variances,
        fit_without.free,
        fit_without.information,
        fit_without.log_likelihood,
        fit_without.factored,
        {**fit_without.effects, **zeros},
        fit_without.steps,
        fit_without.converged,
    )


class _Climb:
    """The variances as they are improved step by step."""

    def __init__(self, system: System, y: Floats, variances: dict[str, float]) -> None:
        self.system, self.y, self.variances = system, y, variances
        self.parts: Coefficients = system.coefficients()
        self.total = float(y.var())
        self.floor = FLOOR * self.total
        self.steps = 0
        self.look()

    def step(self, tolerance: float) -> bool:
        """One step uphill. Whether it changed no variance by more than ``tolerance`` of their sum."""
        before, deviance = self.variances, self.deviance
        move = self._newton(self._score(), self._average_information())
        self.steps += 1
        for halving in range(MOST_HALVINGS):
            self.variances = self._moved(before, move / 2**halving)
            change = max(abs(self.variances[name] - before[name]) for name in before) / sum(before.values())
            if change < tolerance:
                break  # the equations as they were solved last hold to this tolerance
            if not self.has_residual():
                break
            self.look()
            if self.deviance <= deviance + ROUNDING * abs(deviance):
                break
        return change < tolerance

    def has_residual(self) -> bool:
        return self.variances[RESIDUAL] > NO_RESIDUAL * self.total

    def look(self) -> None:
        """Solve the equations at the present variances."""
        v = self.variances
        self.factored = self.parts.factored({name: v[RESIDUAL] / v[name] for name in self.system.terms})
        self.effects = self.factored.solve(self.y)
        self.residual = self.y - self.system.fitted(self.effects)
        self.deviance = self._deviance()

    def _deviance(self) -> float:
        v, system = self.variances, self.system
        n_free = system.n_ratings - 1
        levels = {name: term.n_levels for name, term in system.terms.items()}
        y_p_y = float(self.y @ self.residual) / v[RESIDUAL]
        return float(
            n_free * np.log(2 * np.pi)
            + (n_free - sum(levels.values())) * np.log(v[RESIDUAL])
            + sum(q * np.log(v[name]) for name, q in levels.items())
            + self.factored.log_determinant()
            + y_p_y
        )

    def _names(self) -> list[str]:
        return [*self.system.terms, RESIDUAL]

    def _score(self) -> Floats:
        v, v_e = self.variances, self.variances[RESIDUAL]
        score, kept = [], 0.0
        for name, term in self.system.terms.items():
            u, q, trace = self.effects[name], term.n_levels, self.factored.trace(name)
            kept += q - v_e / v[name] * trace
            score.append(-(q / v[name] - v_e * trace / v[name] ** 2 - float(u @ u) / v[name] ** 2) / 2)
        trace_p = (self.system.n_ratings - 1 - kept) / v_e
        score.append(-(trace_p - float(self.residual @ self.residual) / v_e**2) / 2)
        return np.array(score)

    def _average_information(self) -> Floats:
        """From the working variates V_f P y = Z_f u_f / v_f, and e / v_e for the residual."""
        v, v_e = self.variances, self.variances[RESIDUAL]
        variates = [self.effects[name][term.level] / v[name] for name, term in self.system.terms.items()]
        variates.append(self.residual / v_e)
        size = len(variates)
        information = np.empty((size, size))
        for g, variate in enumerate(variates):
            p_variate = (variate - self.system.fitted(self.factored.solve(variate))) / v_e
            for f in range(g + 1):
                information[f, g] = information[g, f] = variates[f] @ p_variate / 2
        return information

    def _newton(self, score: Floats, information: Floats) -> Floats:
        """The step of all variances, those held at the boundary left where they are."""
        now = np.array([self.variances[name] for name in self._names()])
        free = ~((now <= self.floor * 1.001) & (score < 0))
        move = np.zeros(len(now))
        while free.any():
            held = information[np.ix_(free, ~free)] @ move[~free]
            move[free] = _solved(information[np.ix_(free, free)], score[free] - held)
            below = free & (now + move < self.floor) & (now * SLOWEST_FALL <= self.floor)
            if not below.any():
                break
            move[below] = self.floor - now[below]
            free &= ~below
        return move

    def _moved(self, before: dict[str, float], move: Floats) -> dict[str, float]:
        least = {name: max(SLOWEST_FALL * value, self.floor) for name, value in before.items()}
        return {
            name: max(before[name] + float(step), least[name]) for name, step in zip(self._names(), move, strict=True)
        }

    def result(self, converged: bool) -> Restricted:
        return Restricted(
            dict(self.variances),
            tuple(self._names()),
            self._average_information(),
            -self.deviance / 2,
            self.factored,
            self.effects,
            self.steps,
            converged,
        )


def _solved(matrix: Floats, right: Floats) -> Floats:
    try:
        return np.asarray(np.linalg.solve(matrix, right), dtype=np.float64)
    except np.linalg.LinAlgError:
        return np.asarray(np.linalg.lstsq(matrix, right, rcond=None)[0])
