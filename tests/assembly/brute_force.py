"""Every assignment of a small bank, one after another: what `assemble` must agree with. Knows nothing of its model."""

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from math import isfinite

from panel.assembly import Item, Range, Spec
from panel.assembly.spec import Objective

Assignment = dict[str, tuple[str, ...]]
Cost = tuple[
    int, int, float
]  # constraints relaxed, wishes given up among them, and the sum of the moves as shares of their bounds


def groups_of(spec: Spec) -> list[list[str]]:
    groups = [{each.id} for each in spec.interviewers]
    for together in spec.same:
        touched = [group for group in groups if group & set(together)]
        groups = [group for group in groups if not group & set(together)] + [set().union(*touched)]
    return [sorted(group) for group in groups]


def every_assignment(items: Sequence[Item], spec: Spec) -> Iterator[Assignment]:
    """Each question goes to one group of interviewers or to none."""
    groups = groups_of(spec)
    for places in product(range(len(groups) + 1), repeat=len(items)):
        chosen: Assignment = {}
        for n, group in enumerate(groups):
            ids = tuple(item.id for item, place in zip(items, places, strict=True) if place == n)
            chosen |= dict.fromkeys(group, ids)
        yield chosen


def cost_of(assignment: Assignment, items: Sequence[Item], spec: Spec) -> Cost:
    """What the assignment breaks; (0, 0, 0) for one that fits."""
    by_id = {each.id: each for each in items}
    asked = {each for ids in assignment.values() for each in ids}
    wishes = sum(each not in asked for each in set(spec.must)) + len(asked & set(spec.exclude))
    pairs = {frozenset(pair) for group in spec.enemies for pair in combinations(group, 2)}
    wishes += sum(pair <= asked for pair in pairs)
    moves: list[float] = []
    for person in spec.interviewers:
        mine = [by_id[each] for each in assignment[person.id]]
        wishes += sum(each not in assignment[person.id] for each in set(person.keep))
        if person.competencies is not None:
            wishes += len({each.competency for each in mine} - set(person.competencies))
        moves += moved(person.minutes, [sum(each.minutes for each in mine)])
        moves += moved(person.questions, [len(mine)])
        for level, wanted in person.difficulty.items():
            moves += moved(wanted, [sum(each.difficulty == level for each in mine)])
    for name, competency in spec.competencies.items():
        counts = [sum(by_id[each].competency == name for each in ids) for ids in assignment.values()]
        asking = [count for count in counts if count]
        moves += moved(competency.interviewers, [len(asking)])
        moves += moved(competency.questions, [sum(by_id[each].competency == name for each in asked)])
        moves += moved(competency.per_interviewer, asking)
    for level, wanted in spec.difficulty.items():
        moves += moved(wanted, [sum(by_id[each].difficulty == level for each in asked)])
    return wishes + len(moves), wishes, sum(moves)


def moved(wanted: Range, amounts: Sequence[float]) -> list[float]:
    """By which share each end of the range has to move for all amounts to lie within it."""
    below = max((wanted.low - each for each in amounts), default=0)
    above = max((each - wanted.high for each in amounts), default=0) if isfinite(wanted.high) else 0
    moves = [below / max(wanted.low, 1)] if below > 1e-9 else []
    return moves + ([above / max(wanted.high, 1)] if above > 1e-9 else [])


def values_of(assignment: Assignment, items: Sequence[Item], spec: Spec) -> tuple[float, float]:
    """The worst-off interviewer's sum, and the sum of all questions once."""
    value = {each.id: each.information - spec.exposure_penalty * each.exposure for each in items}
    asked = {each for ids in assignment.values() for each in ids}
    return min(sum(value[each] for each in ids) for ids in assignment.values()), sum(value[each] for each in asked)


def least_cost(items: Sequence[Item], spec: Spec) -> Cost:
    return min(_rounded(cost_of(each, items, spec)) for each in every_assignment(items, spec))


def fitting(items: Sequence[Item], spec: Spec) -> list[tuple[float, float]]:
    """What every assignment that fits is worth; the objective has no part in it."""
    return [
        values_of(each, items, spec)
        for each in every_assignment(items, spec)
        if cost_of(each, items, spec) == (0, 0, 0)
    ]


def best(fitting: Sequence[tuple[float, float]], objective: Objective) -> tuple[float, float] | None:
    """The greatest (worst-off, all) by the objective over all assignments that fit; None where none does."""
    if not fitting:
        return None
    if objective == "information":
        return max(fitting, key=lambda each: each[1])
    return max((round(each[0], 9), each[1]) for each in fitting)


def _rounded(cost: Cost) -> Cost:
    return cost[0], cost[1], round(cost[2], 6)
