"""Where nothing fits: the fewest constraints to relax, and by how much (an elastic model).

In this order: as few constraints as possible are relaxed, a wish given up (must, exclude, enemies, keep, competencies)
counting one like a bound moved; among these as few wishes as possible are given up; then the sum of the moves is least,
each as a share of its bound. Every stage keeps what the earlier ones found. What questions are worth does not matter
here, so questions alike in all else are one lot.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import ceil, inf

import numpy as np

from panel.assembly.answer import Path, Relaxation
from panel.assembly.clock import Clock
from panel.assembly.columns import Columns, add_columns, taken, tie_presence
from panel.assembly.lots import Seat, lots_to_fit
from panel.assembly.rows import add_structure, enemy_pairs, rows_of, wishes_of
from panel.assembly.rules import Assignment, amount, rules_of
from panel.assembly.solving import Model, Vector
from panel.assembly.spec import Item, Spec
from panel.assembly.wording import Words

LEAST_SECONDS = 5.0  # an answer that says what to relax is worth waiting for
FIRST_SHARE = 0.4  # of the time, for bounds alone
WHOLE = 1e-6  # how far a count of HiGHS is from a whole number


@dataclass(frozen=True)
class Relaxed:
    """`fewest` is whether every stage was proven."""

    relaxations: tuple[Relaxation, ...]
    fewest: bool


@dataclass(frozen=True)
class Elastic:
    """A model in which every bound can move. Costs are by column: constraints relaxed of any kind, wishes given up,
    shares moved.
    """

    model: Model
    columns: Columns
    all: Vector
    wishes: Vector
    shares: Vector

    def at_most(self, stage: str, limit: int) -> None:
        """From here on only solutions that cost no more than this."""
        cost: Vector = getattr(self, stage)
        counted = np.flatnonzero(cost)
        if counted.size:
            self.model.add_row(counted, cost[counted], high=limit)


def relax(items: Sequence[Item], spec: Spec, seats: Sequence[Seat], clock: Clock) -> Relaxed:
    """Bounds alone are tried first, in a smaller model; with wishes only what relaxes fewer still is looked for."""
    clock = Clock(max(clock.left, LEAST_SECONDS))
    firm = elastic_model(items, spec, seats, give_up_wishes=False)
    first = _least(firm, ("all",), Clock(clock.left * FIRST_SHARE))
    fewer = first
    if first.x is None or first.count > 1:
        elastic = elastic_model(items, spec, seats, give_up_wishes=True)
        if first.x is not None:
            elastic.at_most("all", first.count - 1)
        needed = int(first.impossible or first.proven)  # a wish, where bounds alone relax more
        fewer = _least(elastic, ("all", "wishes", "shares"), clock, wishes=needed)
        if fewer.x is not None:
            return _relaxed(fewer.x, elastic, fewer.proven, items, spec)
    if first.x is None:
        return Relaxed((), False)
    last = _least(firm, ("shares",), clock)
    proven = last.proven and (first.count <= 1 or fewer.impossible)
    return _relaxed(first.x if last.x is None else last.x, firm, proven, items, spec)


def _relaxed(x: Vector, elastic: Elastic, proven: bool, items: Sequence[Item], spec: Spec) -> Relaxed:
    return Relaxed(tuple(relaxations(taken(elastic.columns, x), items, spec)), proven)


@dataclass(frozen=True)
class Least:
    """The solution of the last stage that found one, `count` its cost there, and whether all stages were proven;
    `impossible` is whether there is none at all.
    """

    x: Vector | None
    count: int
    proven: bool
    impossible: bool


def _least(elastic: Elastic, stages: Sequence[str], clock: Clock, *, wishes: int = 0) -> Least:
    """`wishes` is how many are known to be given up at least; a stage that has reached its least needs no solving."""
    best, count, proven = None, 0, True
    for stage in stages:
        cost: Vector = getattr(elastic, stage)
        if best is not None and cost @ best <= (wishes if stage == "wishes" else 0) + WHOLE:
            elastic.at_most(stage, round(float(cost @ best)))
            continue
        found = elastic.model.solve(cost, gap=0.0, seconds=clock.left)
        if found.x is None:
            return Least(best, count, False, found.infeasible and best is None)
        best = found.x
        reached = float(cost @ best)
        count = round(reached)
        proven = proven and reached - found.bound <= WHOLE
        if stage != "shares":
            elastic.at_most(stage, count)
    return Least(best, count, proven, False)


def elastic_model(items: Sequence[Item], spec: Spec, seats: Sequence[Seat], *, give_up_wishes: bool) -> Elastic:
    most = needed_at_most(items, spec)
    model = Model()
    lots = lots_to_fit(items, spec, most=most, with_excluded=give_up_wishes)
    columns = add_columns(model, lots, spec, seats, anybody=give_up_wishes)
    add_structure(model, columns)
    tie_presence(model, columns, spec, most)
    moved, shares = _soft_rules(model, columns, spec, most)
    given_up = _soft_wishes(model, columns, spec, most) if give_up_wishes else {}
    if not give_up_wishes:
        for wish in wishes_of(spec, columns):
            model.add_row(wish.columns, 1.0, wish.low, wish.high)
    wishes = _cost(model, given_up)
    return Elastic(model, columns, wishes + _cost(model, dict.fromkeys(moved, 1.0)), wishes, _cost(model, shares))


def needed_at_most(items: Sequence[Item], spec: Spec) -> int:
    """How many questions a set can need: each that no lower bound, must or keep needs can be taken out of it.

    A set from which none can be taken out breaks no upper bound more than the set before, so it is enough to look at
    those.
    """
    shortest = min((each.minutes for each in items if each.minutes > 0), default=inf)
    needed = len(set(spec.must)) + sum(len(set(each.keep)) for each in spec.interviewers)
    for rule in rules_of(spec):
        if rule.side == "max":
            continue
        if rule.measure == "minutes":
            needed += ceil(rule.bound / shortest)
        else:
            needed += int(rule.bound) * (len(spec.interviewers) if rule.measure == "each" else 1)
    return max(1, min(needed, len(items)))


def _soft_rules(model: Model, columns: Columns, spec: Spec, most: int) -> tuple[list[int], dict[int, float]]:
    """For each bound a switch that it moves, and by how much; the latter costs its share of the bound."""
    switches, shares = [], {}
    longest = float(columns.minutes.max(initial=0.0))
    for rule in rules_of(spec):
        reach = rule.bound if rule.side == "min" else most * (longest if rule.measure == "minutes" else 1)
        reach = max(reach, len(columns.seats) + len(spec.interviewers)) if rule.measure == "interviewers" else reach
        switch = int(model.add_columns(1)[0])
        move = int(model.add_columns(1, upper=reach, whole=False)[0])
        model.add_row([move, switch], [1.0, -reach], high=0)
        switches.append(switch)
        shares[move] = 1 / max(rule.bound, 1.0)
        for row in rows_of(rule, columns):
            sign = 1.0 if rule.side == "min" else -1.0
            model.add_row(np.append(row.columns, move), np.append(row.coefficients, sign), row.low, row.high)
    return switches, shares


def _soft_wishes(model: Model, columns: Columns, spec: Spec, most: int) -> dict[int, float]:
    """What giving up wishes costs, by column."""
    costs: dict[int, float] = {}
    for wish in wishes_of(spec, columns):
        lacking = wish.low > -inf
        given_up = int(model.add_columns(1)[0])
        model.add_row(np.append(wish.columns, given_up), [1.0] * len(wish.columns) + [1.0 if lacking else -1.0],
                      wish.low, wish.high)  # fmt: skip
        costs[given_up] = 1.0
    for n, lot in enumerate(columns.lots):
        costs |= dict.fromkeys(columns.x[n].tolist(), 1.0) if lot.excluded else {}
    for s, seat in enumerate(columns.seats):
        for competency in dict.fromkeys(columns.competency.tolist()):
            for _ in (member for member in seat.members if not member.may_ask(competency)):
                asked, of_lot = columns.of(columns.competency == competency, [s])
                given_up = int(model.add_columns(1)[0])
                limit = min(most, sum(columns.lots[n].size for n in of_lot))
                model.add_row([*asked, given_up], [1.0] * len(asked) + [-float(limit)], high=0)
                costs[given_up] = 1.0
    return costs


def _cost(model: Model, by_column: Mapping[int, float]) -> Vector:
    cost = np.zeros(model.size)
    cost[list(by_column)] = list(by_column.values())
    return cost


def relaxations(assignment: Assignment, items: Sequence[Item], spec: Spec) -> Iterator[Relaxation]:
    """Every constraint that this assignment breaks, wishes first, with the bound that would let it pass."""
    words, by_id = Words(items, spec), {each.id: each for each in items}
    for path in wishes_broken(assignment, by_id, spec):
        yield Relaxation(path, "wish", 1, 0, words.give_up(path))
    for rule in rules_of(spec):
        reached = amount(rule, by_id, assignment)
        if reached is not None and rule.broken_by(reached):
            reached = round(reached, 6)
            yield Relaxation(rule.path, rule.side, rule.bound, reached, words.move(rule, reached))


def wishes_broken(assignment: Assignment, items: Mapping[str, Item], spec: Spec) -> list[Path]:
    """The wishes that this assignment gives up, by their place in the spec."""
    asked = set(chain.from_iterable(assignment.values()))
    broken: list[Path] = [("must", each) for each in dict.fromkeys(spec.must) if each not in asked]
    broken += [("exclude", each) for each in dict.fromkeys(spec.exclude) if each in asked]
    broken += [("enemies", *pair) for pair in enemy_pairs(spec) if asked.issuperset(pair)]
    for member in spec.interviewers:
        chosen = assignment[member.id]
        broken += [
            ("interviewers", member.id, "keep", each) for each in dict.fromkeys(member.keep) if each not in chosen
        ]
        strange = Counter(items[each].competency for each in chosen if not member.may_ask(items[each].competency))
        broken += [("interviewers", member.id, "competencies", each) for each in strange]
    return broken
