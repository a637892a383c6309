"""The rules and wishes of a spec as rows of the model."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from math import inf

import numpy as np
from numpy.typing import NDArray

from panel.assembly.columns import Columns
from panel.assembly.rules import Rule
from panel.assembly.solving import Model
from panel.assembly.spec import Spec


@dataclass(frozen=True)
class Row:
    columns: NDArray[np.int_]
    coefficients: NDArray[np.float64]
    low: float = -inf
    high: float = inf


def add_structure(model: Model, columns: Columns) -> None:
    """Every question is asked at one seat at most."""
    everywhere = range(len(columns.seats))
    for n, lot in enumerate(columns.lots):
        asked = columns.x[n, everywhere]
        model.add_row(asked[asked >= 0], 1.0, high=lot.size)


def rows_of(rule: Rule, columns: Columns) -> Iterator[Row]:
    """A rule is one row, or one for each seat where it holds for each."""
    low, high = (rule.bound, inf) if rule.side == "min" else (-inf, rule.bound)
    lots = _lots_of(rule, columns)
    if rule.measure == "interviewers":
        present = columns.asks[rule.competency or ""]
        yield Row(present, np.array([len(seat.members) for seat in columns.seats], float), low, high)
    elif rule.measure == "each":
        for s in range(len(columns.seats)):
            asked, _ = columns.of(lots, [s])
            if rule.side == "max":
                yield Row(asked, np.ones(len(asked)), high=rule.bound)
            else:
                present = columns.asks[rule.competency or ""][s]
                yield Row(np.append(asked, present), np.append(np.ones(len(asked)), -rule.bound), low=0.0)
    else:
        seats = [s for s, seat in enumerate(columns.seats) if rule.interviewer in (None, *seat.ids)]
        asked, of_lot = columns.of(lots, seats)
        weights = columns.minutes[of_lot] if rule.measure == "minutes" else np.ones(len(asked))
        yield Row(asked, weights, low, high)


def _lots_of(rule: Rule, columns: Columns) -> NDArray[np.bool_]:
    where = columns.all_lots()
    if rule.competency is not None:
        where &= columns.competency == rule.competency
    if rule.difficulty is not None:
        where &= columns.difficulty == rule.difficulty
    return where


@dataclass(frozen=True)
class Wish:
    """A constraint that names questions: the sum of `columns` is at least `low`, or at most `high`.

    Each unit that lacks, or that is too much, gives up one wish; `path` is its place in the spec.
    """

    path: tuple[str, ...]
    columns: NDArray[np.int_]
    low: float = -inf
    high: float = inf


def wishes_of(spec: Spec, columns: Columns) -> Iterator[Wish]:
    """must, enemies and keep. exclude and competencies are columns that there are not."""
    lot_of = {lot.kind.id: n for n, lot in enumerate(columns.lots) if lot.size == 1}
    everywhere = list(range(len(columns.seats)))

    def asked(ids: tuple[str, ...], seats: list[int]) -> NDArray[np.int_]:
        rows = [lot_of[each] for each in ids if each in lot_of]
        found: NDArray[np.int_] = columns.x[np.ix_(np.array(rows, int), np.array(seats, int))].ravel()
        there: NDArray[np.int_] = found[found >= 0]
        return there

    for each in dict.fromkeys(spec.must):
        yield Wish(("must", each), asked((each,), everywhere), low=1)
    for pair in enemy_pairs(spec):
        yield Wish(("enemies", *pair), asked(pair, everywhere), high=1)
    for member in spec.interviewers:
        seat = next(s for s, each in enumerate(columns.seats) if member.id in each.ids)
        for each in dict.fromkeys(member.keep):
            yield Wish(("interviewers", member.id, "keep", each), asked((each,), [seat]), low=1)


def enemy_pairs(spec: Spec) -> list[tuple[str, str]]:
    """Every pair that stands together, once."""
    pairs = (pair for group in spec.enemies for pair in combinations(group, 2))
    return list({frozenset(pair): pair for pair in pairs}.values())
