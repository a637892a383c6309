"""Every way to seat a small problem, tried one after another."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, combinations, product

from panel.seating.problem import Problem


@dataclass(frozen=True)
class Best:
    """What no way of seating betters, each given those before it."""

    seated: int
    seats: int
    squares: int
    connected: bool


def every_way(problem: Problem) -> Iterator[tuple[tuple[str, ...], ...]]:
    raters = [each.id for each in problem.raters]
    choices = []
    for each in problem.candidates:
        fixed = set(problem.fixed.get(each.id, ()))
        able = [who for who in raters if who in fixed or problem.may_meet(who, each.id)]
        sizes = range(problem.least, problem.size + 1)
        panels = chain.from_iterable(combinations(able, size) for size in sizes)
        choices.append([(), *(panel for panel in panels if fixed <= set(panel))])
    for way in product(*choices):
        if within_limits(problem, way):
            yield way


def within_limits(problem: Problem, way: tuple[tuple[str, ...], ...]) -> bool:
    for who in problem.raters:
        weeks = [each.week for each, panel in zip(problem.candidates, way, strict=True) if who.id in panel]
        if who.most is not None and len(weeks) > who.most:
            return False
        if any(weeks.count(week) > limit for week, limit in who.left_in_week.items()):
            return False
    return True


def measured(problem: Problem, way: tuple[tuple[str, ...], ...]) -> tuple[int, int, int, bool]:
    """(candidates seated, seats, minus the sum of squared loads, connected); greater is better."""
    loads = {who.id: who.load + sum(who.id in panel for panel in way) for who in problem.raters}
    return (
        sum(bool(panel) for panel in way),
        sum(map(len, way)),
        -sum(load**2 for load in loads.values()),
        connected(problem, way),
    )


def connected(problem: Problem, way: tuple[tuple[str, ...], ...]) -> bool:
    panels = [*map(set, way), *map(set, problem.earlier)]
    raters = {each.id for each in problem.raters}
    reached = {min(raters)}
    while grown := set().union(*(panel for panel in panels if panel & reached)) & raters - reached:
        reached |= grown
    return reached == raters


def best(problem: Problem) -> Best:
    seated, seats, squares, linked = max(measured(problem, way) for way in every_way(problem))
    return Best(seated, seats, -squares, linked)
