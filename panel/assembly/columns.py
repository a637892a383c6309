"""The variables: x[lot, seat], how many questions of a lot a seat asks; asks[competency][seat], whether it asks any."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from panel.assembly.lots import Lot, Seat
from panel.assembly.solving import Model
from panel.assembly.spec import CompetencySpec, Spec

NONE = -1  # in place of the number of a column that there is not


@dataclass(frozen=True)
class Columns:
    """Where the variables stand in the model: `x` has a row for each lot and a column for each seat."""

    lots: Sequence[Lot]
    seats: Sequence[Seat]
    x: NDArray[np.int_]
    asks: Mapping[str, NDArray[np.int_]]
    competency: NDArray[np.str_]
    difficulty: NDArray[np.int_]
    minutes: NDArray[np.float64]

    def of(self, where: NDArray[np.bool_], seats: Sequence[int]) -> tuple[NDArray[np.int_], NDArray[np.int_]]:
        """The columns of these lots at these seats, and which lot each is of."""
        lots = np.flatnonzero(where)
        block = self.x[np.ix_(lots, np.asarray(seats, int))]
        there = block != NONE
        return block[there], np.broadcast_to(lots[:, None], block.shape)[there]

    def of_seats(self) -> list[NDArray[np.int_]]:
        """The columns of each seat: what it asks, and whether it asks a competency."""
        asked = (self.of(self.all_lots(), [s])[0] for s in range(len(self.seats)))
        return [np.append(x, [each[s] for each in self.asks.values()]).astype(int) for s, x in enumerate(asked)]

    def all_lots(self) -> NDArray[np.bool_]:
        return np.ones(len(self.lots), bool)


def add_columns(
    model: Model, lots: Sequence[Lot], spec: Spec, seats: Sequence[Seat], *, anybody: bool = False
) -> Columns:
    """Columns where a seat may ask a lot; `anybody` adds those where it may not, for wishes that may be given up."""
    x = np.full((len(lots), len(seats)), NONE, int)
    for s, seat in enumerate(seats):
        may_ask = {each.kind.competency: anybody or seat.may_ask(each.kind.competency) for each in lots}
        open_lots = [n for n, lot in enumerate(lots) if may_ask[lot.kind.competency]]
        x[open_lots, s] = model.add_columns(len(open_lots), upper=[lots[n].size for n in open_lots])
    asks = {name: model.add_columns(len(seats)) for name, wanted in spec.competencies.items() if needs_presence(wanted)}
    return Columns(
        lots, seats, x, asks,
        np.array([each.kind.competency for each in lots], dtype=str),
        np.array([each.kind.difficulty for each in lots], dtype=int),
        np.array([each.kind.minutes for each in lots], dtype=float),
    )  # fmt: skip


def needs_presence(wanted: CompetencySpec) -> bool:
    """Whether a rule counts who asks the competency at all."""
    people = wanted.interviewers
    return people.low > 0 or isfinite(people.high) or wanted.per_interviewer.low > 1


def tie_presence(model: Model, columns: Columns, spec: Spec, most: int | None) -> None:
    """asks <= number asked <= asks * the most that can be: by the spec, or `most` where its limits may move."""
    for name, present in columns.asks.items():
        wanted = spec.competencies[name]
        of_competency = columns.competency == name
        for s, seat in enumerate(columns.seats):
            asked, lots = columns.of(of_competency, [s])
            there = sum(columns.lots[n].size for n in lots)
            if most is None:
                limit = min([there, wanted.per_interviewer.high, *(each.questions.high for each in seat.members)])
            else:
                limit = min(there, most)
            if wanted.interviewers.low > 0:
                model.add_row([*asked, present[s]], [1.0] * len(asked) + [-1.0], low=0)
            if isfinite(wanted.interviewers.high) or wanted.per_interviewer.low > 1:
                model.add_row([*asked, present[s]], [1.0] * len(asked) + [-float(limit)], high=0)


def taken(columns: Columns, x: NDArray[np.float64]) -> dict[str, tuple[str, ...]]:
    """The assignment that a solution means: of each lot the first questions to the first seats."""
    chosen: list[set[str]] = [set() for _ in columns.seats]
    for n, lot in enumerate(columns.lots):
        left = iter(lot.items)
        for s in range(len(columns.seats)):
            if columns.x[n, s] == NONE:
                continue
            chosen[s] |= {next(left).id for _ in range(round(x[columns.x[n, s]]))}
    return {
        member.id: tuple(sorted(ids))
        for seat, ids in zip(columns.seats, chosen, strict=True)
        for member in seat.members
    }
