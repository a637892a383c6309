"""A table of seats, and chains of exchanges in it.

Seats are a flow from candidates through (person, week) and person. A chain is a path in its residual network: someone
joins a panel, leaves another, someone else joins that one, and so on. While a chain to a person with room exists, one
more seat can be filled; when none does, no table fills more (Ford & Fulkerson 1956). While a chain leads from a person
to one with two interviews fewer, the loads become evener; when none does, no table with as many seats has a smaller sum
of squared loads, and its largest load is as small and its smallest as large as in any
(Harvey, Ladner, Lovasz & Tamir 2006, Semi-matchings for bipartite graphs and load balancing, J. Algorithms 59:53-78;
Frank & Murota 2022, Decreasing minimization on M-convex sets, Math. Program. 195:1027-1068).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np

from panel.seating.problem import NO_LIMIT, Bools, Coming, Ints, Sitter


@dataclass(eq=False)
class Seats:
    """Who sits where. Rows are candidates, columns people.

    `allowed`, `fixed`, `taken`: (C, P). `week_of`: (C,). `most`: (P,) and `most_in_week`: (P, W) limits of new seats.
    `load`: (P,) before. `least` and `size`: (C,) bounds of a panel.
    """

    allowed: Bools
    fixed: Bools
    taken: Bools
    week_of: Ints
    load: Ints
    most: Ints
    most_in_week: Ints
    least: Ints
    size: Ints

    @property
    def new(self) -> Ints:
        found: Ints = self.taken.sum(axis=0)
        return found

    @property
    def total(self) -> Ints:
        return self.load + self.new

    def panel(self, row: int) -> list[int]:
        found: list[int] = np.flatnonzero(self.taken[row]).tolist()
        return found

    def has_room_in_week(self, person: int, week: int) -> bool:
        return int(self.taken[self.week_of == week, person].sum()) < int(self.most_in_week[person, week])

    def has_room(self, person: int) -> bool:
        return int(self.taken[:, person].sum()) < int(self.most[person])


def empty_seats(
    candidates: tuple[Coming, ...], people: tuple[Sitter, ...], allowed: Bools, *, least: int, size: int
) -> Seats:
    weeks = {week: place for place, week in enumerate(dict.fromkeys(each.week for each in candidates))}
    return Seats(
        allowed=allowed,
        fixed=np.zeros_like(allowed),
        taken=np.zeros_like(allowed),
        week_of=np.array([weeks[each.week] for each in candidates], dtype=np.int64),
        load=np.array([each.load for each in people], dtype=np.int64),
        most=np.array([NO_LIMIT if each.most is None else each.most for each in people], dtype=np.int64),
        most_in_week=np.array(
            [[each.left_in_week.get(week, NO_LIMIT) for week in weeks] for each in people], dtype=np.int64
        ).reshape(len(people), len(weeks)),
        least=np.full(len(candidates), least, dtype=np.int64),
        size=np.full(len(candidates), size, dtype=np.int64),
    )


def fill(seats: Seats, upto: Ints) -> bool:
    """Seat people until every candidate has `upto` (C,) seats, or no more can be seated. Whether all are."""
    complete = True
    for wanted in range(1, int(upto.max(initial=0)) + 1):
        for row in np.flatnonzero(upto >= wanted).tolist():
            while int(seats.taken[row].sum()) < wanted:
                if not _one_more(seats, row):
                    complete = False
                    break
    return complete


def balance(seats: Seats) -> None:
    """Exchange seats until no sum of squared loads is smaller."""
    moved = True
    while moved:
        total = seats.total
        heaviest = np.argsort(-total, kind="stable").tolist()
        moved = any(_relieve(seats, person, int(total[person])) for person in heaviest)


@dataclass(frozen=True, eq=False)
class _Step:
    """A candidate who lacks a seat: `leaves` gave theirs up, which the step before (`after`) took them for."""

    row: int
    leaves: int | None
    after: _Step | None


@dataclass(eq=False)
class _Search:
    waiting: deque[_Step] = field(default_factory=deque)
    rows: set[int] = field(default_factory=set)
    arrivals: set[tuple[int, int]] = field(default_factory=set)  # (person, week)
    freed: set[int] = field(default_factory=set)  # people all of whose seats were given up in turn
    reached_all: bool = False

    def give_up(self, rows: Iterable[int], leaves: int | None, after: _Step | None) -> None:
        for row in rows:
            if row not in self.rows:
                self.rows.add(row)
                self.waiting.append(_Step(row, leaves, after))


def _one_more(seats: Seats, row: int) -> bool:
    search = _Search()
    search.give_up([row], None, None)
    return _follow(seats, search, seats.has_room)


def _relieve(seats: Seats, person: int, total: int) -> bool:
    """Take one seat from a person by a chain that ends at someone with at least two fewer."""
    after = seats.total
    search = _Search(freed={person})
    search.give_up(_movable(seats, person), person, None)
    return _follow(seats, search, lambda other: int(after[other]) <= total - 2 and seats.has_room(other))


def _movable(seats: Seats, person: int) -> list[int]:
    found: list[int] = np.flatnonzero(seats.taken[:, person] & ~seats.fixed[:, person]).tolist()
    return found


def _follow(seats: Seats, search: _Search, may_end: Callable[[int], bool]) -> bool:
    """Breadth first, so that no place is passed twice; the lightest join first."""
    total = seats.total
    while search.waiting:
        step = search.waiting.popleft()
        week = int(seats.week_of[step.row])
        joining = np.flatnonzero(seats.allowed[step.row] & ~seats.taken[step.row])
        for person in joining[np.lexsort((_tie(step.row, joining), total[joining]))].tolist():
            if (person, week) in search.arrivals:
                continue
            search.arrivals.add((person, week))
            if not seats.has_room_in_week(person, week):
                same_week = [row for row in _movable(seats, person) if seats.week_of[row] == week]
                search.give_up(same_week, person, step)
            elif may_end(person):
                _carry_out(seats, step, person)
                return True
            elif person not in search.freed:
                search.freed.add(person)
                search.give_up(_movable(seats, person), person, step)
        _shrink_another(seats, search, step)
    return False


def _tie(row: int, people: Ints) -> Ints:
    """An order of equally loaded people that differs from candidate to candidate, so that the same ones do not always
    sit together."""
    return (people + 1) * (2 * row + 1) * 40_503 % 65_537


def _shrink_another(seats: Seats, search: _Search, step: _Step) -> None:
    """A panel above its least size may stay one short, while another one grows."""
    if step.leaves is None or search.reached_all or seats.taken[step.row].sum() <= seats.least[step.row]:
        return
    search.reached_all = True
    growing = np.flatnonzero(seats.taken.sum(axis=1) < seats.size).tolist()
    search.give_up(growing, None, step)


def _carry_out(seats: Seats, last: _Step, person: int) -> None:
    step: _Step | None = last
    joins: int | None = person
    while step is not None:
        if step.leaves is not None:
            seats.taken[step.row, step.leaves] = False
        if joins is not None:
            seats.taken[step.row, joins] = True
        joins = step.leaves
        step = step.after
