"""Variance components of a crossed model by restricted maximum likelihood, with average information.

With P = V^-1 - V^-1 X (X'V^-1 X)^-1 X'V^-1 and V = sum over f of v_f Z_f Z_f' + v_e I:

    -2 log L   = (N - 1) log 2 pi + log det V + log det X'V^-1 X + y'Py
    score_f    = -(tr(P V_f) - y'P V_f P y) / 2,     V_f = Z_f Z_f'
    AI_fg      = y'P V_f P V_g P y / 2               (average of observed and expected information)

all of it from the mixed-model equations: with T_f the trace of the block of C^-1 of term f,

    tr(P V_f) = q_f / v_f - v_e T_f / v_f^2,         y'P V_f P y = u_f'u_f / v_f^2.

Patterson & Thompson (1971), Biometrika 58:545-554; Gilmour, Thompson & Cullis (1995), Biometrics 51:1440-1450;
Johnson & Thompson (1995), J Dairy Sci 78:449-456. Steps that would go downhill are damped, as by Levenberg and
Marquardt.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from panel.stats.mixed_model.equations import Coefficients, Effects, Factored, System
from panel.stats.progress import Report, silent
from panel.stats.ratings import Floats

RESIDUAL = "residual"
FLOOR = 1e-8
"""A variance this small a share of that of the scores is at the boundary, zero."""
NO_RESIDUAL = 1e-6
"""A residual this small a share of the variance of the scores is none."""
MOST_FALL, MOST_RISE = 0.1, 10.0
"""A step leaves at least and at most these multiples of a variance, so that a bad first step does no harm."""
MOST_STEPS = 100
NO_GAIN = 1e-12
"""An expected rise of the log likelihood that is not worth a step."""
LEAST_DAMPING, MOST_DAMPING = 1e-3, 1e9
UNINFORMED = 1e-8
"""Least information on a variance, as a share of that of its effects themselves. Where all effects of a term happen to
be zero, as with equal totals, the average information on it is rounding error and would make any step."""
NEARLY_ZERO = 1e-3
"""A share of all variances from which on a falling variance is tried at zero at once."""
SINGULAR = 1e-9
"""Information on a variance, as a share of that of its effects, below which it has no standard error."""
ROUNDING = 1e-11
"""A rise of the deviance, as a share of it, that is no rise."""


@dataclass(frozen=True, eq=False)
class Restricted:
    """A fit. ``variances`` has every term and "residual"; ``information`` is the average information of ``free``,
    the variances that are above zero, in this order, and ``of_effects`` what it would be were the effects observed.
    ``factored`` and ``effects`` hold the equations at the fit."""

    variances: dict[str, float]
    free: tuple[str, ...]
    information: Floats
    of_effects: Floats
    log_likelihood: float
    factored: Factored
    effects: Effects
    steps: int
    converged: bool

    def standard_errors(self) -> dict[str, float]:
        """Of the variances that are above zero, from the inverse of the average information."""
        known = np.diag(self.information) > SINGULAR * self.of_effects
        if not known.any():
            return {}
        scale = np.sqrt(self.of_effects[known])
        scaled = self.information[np.ix_(known, known)] / np.outer(scale, scale)
        if np.linalg.eigvalsh(scaled)[0] <= SINGULAR:
            return {}
        errors = np.sqrt(np.diag(np.linalg.inv(scaled))) / scale
        names = [name for name, is_known in zip(self.free, known, strict=True) if is_known]
        return dict(zip(names, errors.tolist(), strict=True))


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
    climb = _Climb(system, y, start)
    while climb.steps < MOST_STEPS and not (climb.has_settled or climb.is_stuck):
        report(f"Fitting variance components, step {climb.steps + 1}", None)
        climb.step(tolerance)
    found = climb.found
    gone = [name for name in system.terms if found.variances[name] <= climb.floor * 1.001]
    if not gone or not climb.has_residual(found.variances):
        return found.result(climb.steps, converged=climb.has_settled)
    left = System([term for name, term in system.terms.items() if name not in gone], system.n_ratings)
    start = {name: value for name, value in found.variances.items() if name not in gone}
    return _with_zeros(fit(left, y, start, tolerance=tolerance, report=report), system, gone)


def at(system: System, y: Floats, variances: Mapping[str, float]) -> Restricted:
    """The equations solved at given variances above zero, none of them fitted."""
    return _Point(system.coefficients(), y, dict(variances)).result(0, converged=True)


def _with_zeros(without: Restricted, system: System, gone: list[str]) -> Restricted:
    zeros = {name: np.zeros(system.terms[name].n_levels) for name in gone}
    variances = {name: without.variances.get(name, 0.0) for name in (*system.terms, RESIDUAL)}
    return replace(without, variances=variances, effects={**without.effects, **zeros})


class _Climb:
    """The way uphill: the best variances found, and how carefully the next step is taken."""

    def __init__(self, system: System, y: Floats, start: Mapping[str, float]) -> None:
        self.total = float(y.var())
        self.floor = FLOOR * self.total
        self.parts, self.y = system.coefficients(), y
        self.found = _Point(self.parts, y, dict(start))
        self.steps, self.damping = 0, 0.0
        self.has_settled = self.is_stuck = False

    def has_residual(self, variances: Mapping[str, float]) -> bool:
        return variances[RESIDUAL] > NO_RESIDUAL * self.total

    def step(self, tolerance: float) -> None:
        """The next better variances, or the end."""
        self.steps += 1
        before, score, information = self.found, self.found.score(), self.found.average_information()
        if self._is_better_at_zero(before, score):
            return
        of_effects = before.information_of_effects()
        information = information + np.diag(np.maximum(UNINFORMED * of_effects - np.diag(information), 0))
        while self.damping < MOST_DAMPING:
            move = self._move(score, information + self.damping * np.diag(of_effects))
            variances = self._moved(before.variances, move)
            change = max(abs(variances[name] - v) for name, v in before.variances.items())
            if change < tolerance * sum(before.variances.values()) or score @ move < NO_GAIN:
                # The equations as they were solved last hold to this tolerance.
                self.found.variances, self.has_settled = variances, True
                return
            if not self.has_residual(variances):
                self.found.variances, self.has_settled = variances, True
                return
            tried = _Point(self.parts, self.y, variances)
            if tried.deviance <= before.deviance + ROUNDING * abs(before.deviance):
                self.found = tried
                self.damping = self.damping / 10 if self.damping > LEAST_DAMPING else 0.0
                return
            self.damping = max(10 * self.damping, LEAST_DAMPING)
        self.is_stuck = True

    def _is_better_at_zero(self, before: _Point, score: Floats) -> bool:
        """Try the small variances that fall at the boundary, which steps near it would only creep to."""
        small = NEARLY_ZERO * sum(before.variances.values())
        falling = {
            name: self.floor
            for (name, v), slope in zip(before.variances.items(), score, strict=True)
            if name != RESIDUAL and self.floor * 1.001 < v < small and slope < 0
        }
        if not falling:
            return False
        tried = _Point(self.parts, self.y, {**before.variances, **falling})
        if tried.deviance > before.deviance:
            return False
        self.found, self.damping = tried, 0.0
        return True

    def _move(self, score: Floats, information: Floats) -> Floats:
        """The step of all variances, those held at the boundary left where they are."""
        now = np.array(list(self.found.variances.values()))
        free = ~((now <= self.floor * 1.001) & (score < 0))
        move = np.zeros(len(now))
        while free.any():
            held = information[np.ix_(free, ~free)] @ move[~free]
            move[free] = _solved(information[np.ix_(free, free)], score[free] - held)
            below = free & (now + move < self.floor) & (now * MOST_FALL <= self.floor)
            if not below.any():
                break
            move[below] = self.floor - now[below]
            free &= ~below
        return move

    def _moved(self, before: dict[str, float], move: Floats) -> dict[str, float]:
        moved = {}
        for (name, now), step in zip(before.items(), move, strict=True):
            moved[name] = min(max(now + float(step), MOST_FALL * now, self.floor), MOST_RISE * now)
        return moved


class _Point:
    """The equations solved at some variances, with the derivatives of the likelihood there."""

    def __init__(self, parts: Coefficients, y: Floats, variances: dict[str, float]) -> None:
        self.system, self.y = parts.system, y
        self.variances = {name: variances[name] for name in (*self.system.terms, RESIDUAL)}
        self.v_e = variances[RESIDUAL]
        self.factored = parts.factored({name: self.v_e / variances[name] for name in self.system.terms})
        self.effects = self.factored.solve(y)
        self.residual = y - self.system.fitted(self.effects)
        self.deviance = self._deviance()

    def _deviance(self) -> float:
        n_free = self.system.n_ratings - 1
        levels = {name: term.n_levels for name, term in self.system.terms.items()}
        return float(
            n_free * np.log(2 * np.pi)
            + (n_free - sum(levels.values())) * np.log(self.v_e)
            + sum(q * np.log(self.variances[name]) for name, q in levels.items())
            + self.factored.log_determinant()
            + self.y @ self.residual / self.v_e
        )

    def score(self) -> Floats:
        """The slope of the log likelihood for every variance, the residual's last."""
        score, kept = [], 0.0
        for name, term in self.system.terms.items():
            v, u, q, trace = self.variances[name], self.effects[name], term.n_levels, self.factored.trace(name)
            kept += q - self.v_e / v * trace
            score.append(-(q / v - self.v_e * trace / v**2 - float(u @ u) / v**2) / 2)
        trace_p = (self.system.n_ratings - 1 - kept) / self.v_e
        score.append(-(trace_p - float(self.residual @ self.residual) / self.v_e**2) / 2)
        return np.array(score)

    def average_information(self) -> Floats:
        """From the working variates V_f P y = Z_f u_f / v_f, and e / v_e for the residual."""
        terms = self.system.terms.items()
        variates = [self.effects[name][term.level] / self.variances[name] for name, term in terms]
        variates.append(self.residual / self.v_e)
        information = np.empty((len(variates), len(variates)))
        for g, variate in enumerate(variates):
            p_variate = (variate - self.system.fitted(self.factored.solve(variate))) / self.v_e
            for f in range(g + 1):
                information[f, g] = information[g, f] = variates[f] @ p_variate / 2
        return information

    def information_of_effects(self) -> Floats:
        """The information on each variance if its effects were observed, q / (2 v^2), on which the steps of EM stand.

        It grows without bound near zero, where the data do not, so a variance counts as NEARLY_ZERO of all at least.
        """
        q = np.array([*(term.n_levels for term in self.system.terms.values()), self.system.n_ratings])
        v = np.array(list(self.variances.values()))
        return np.asarray(q / (2 * np.maximum(v, NEARLY_ZERO * v.sum()) ** 2))

    def result(self, steps: int, *, converged: bool) -> Restricted:
        return Restricted(
            dict(self.variances),
            tuple(self.variances),
            self.average_information(),
            self.information_of_effects(),
            -self.deviance / 2,
            self.factored,
            self.effects,
            steps,
            converged,
        )


def _solved(matrix: Floats, right: Floats) -> Floats:
    """The solution, or the shortest one where the matrix says too little."""
    scale = np.sqrt(np.maximum(np.diag(matrix), np.finfo(float).tiny))
    x = np.linalg.lstsq(matrix / np.outer(scale, scale), right / scale, rcond=1e-12)[0]
    return np.asarray(x / scale)
