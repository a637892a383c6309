"""The same question set by another solver, CP-SAT, in a model of its own; for benchmarks/assembly.py.

For specs of whole minutes without `same`, `keep` and a lower end of `per_interviewer`; the objective is information.
"""

import time
from collections.abc import Iterable
from math import inf
from typing import Any

from panel.assembly import Answer, Item, Range, Spec
from panel.assembly.lots import lots_to_choose_from, seats_of

SCALE = 10_000  # CP-SAT reckons in whole numbers


def by_cp_sat(items: list[Item], spec: Spec) -> Answer | None:
    """None where ortools is not installed."""
    try:
        from ortools.sat.python import cp_model
    except ImportError:
        return None
    start = time.perf_counter()
    model = cp_model.CpModel()
    kept = [item for lot in lots_to_choose_from(items, spec, seats_of(spec)) for item in lot.items]
    x = {(item.id, person.id): model.new_bool_var("") for item in kept for person in spec.interviewers}
    _each_interviewer(model, x, kept, spec)
    _whole_day(model, x, kept, spec)
    model.maximize(sum(round(spec.value(item) * SCALE) * _asked(x, [item], spec) for item in kept))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.max_time_in_seconds = spec.time_limit
    solver.parameters.relative_gap_limit = spec.gap
    status = solver.solve(model)
    took = time.perf_counter() - start
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Answer("infeasible" if status == cp_model.INFEASIBLE else "time_limit", None, None, None, took, {})
    value, bound = solver.objective_value / SCALE, solver.best_objective_bound / SCALE
    gap = abs(bound - value) / max(abs(value), 1e-9)
    return Answer("within_gap" if gap <= spec.gap else "time_limit", value, bound, gap, took, {})


def _asked(x: Any, items: Iterable[Item], spec: Spec, who: str | None = None) -> Any:
    people = [each.id for each in spec.interviewers if who in (None, each.id)]
    return sum(x[item.id, person] for item in items for person in people)


def _within(model: Any, total: Any, wanted: Range) -> None:
    model.add(total >= int(wanted.low))
    if wanted.high < inf:
        model.add(total <= int(wanted.high))


def _each_interviewer(model: Any, x: Any, kept: list[Item], spec: Spec) -> None:
    for person in spec.interviewers:
        _within(model, sum(int(item.minutes) * x[item.id, person.id] for item in kept), person.minutes)
        _within(model, _asked(x, kept, spec, person.id), person.questions)
        for level, wanted in person.difficulty.items():
            of_level = [each for each in kept if each.difficulty == level]
            _within(model, _asked(x, of_level, spec, person.id), wanted)
        for item in kept:
            if not person.may_ask(item.competency):
                model.add(x[item.id, person.id] == 0)


def _whole_day(model: Any, x: Any, kept: list[Item], spec: Spec) -> None:
    for name, wanted in spec.competencies.items():
        of_it = [each for each in kept if each.competency == name]
        _within(model, _asked(x, of_it, spec), wanted.questions)
        present = {each.id: model.new_bool_var("") for each in spec.interviewers}
        for who, asks in present.items():
            _within(model, _asked(x, of_it, spec, who), wanted.per_interviewer)
            model.add(_asked(x, of_it, spec, who) >= asks)
        model.add(sum(present.values()) >= int(wanted.interviewers.low))
    for level, mix in spec.difficulty.items():
        _within(model, _asked(x, [each for each in kept if each.difficulty == level], spec), mix)
    by_id = {item.id: item for item in kept}
    for item in kept:
        model.add(_asked(x, [item], spec) <= 1)
    for each in spec.must:
        model.add(_asked(x, [by_id[each]], spec) == 1)
    for pair in spec.enemies:
        if all(each in by_id for each in pair):
            model.add(_asked(x, [by_id[each] for each in pair], spec) <= 1)
