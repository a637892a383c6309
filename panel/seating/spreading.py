"""Exchanges that leave the loads as even as they are and spread who meets whom.

Loads and sizes being given, the sum of squares of how many candidates each pair shares is made as small as exchanges of
two seats make it. Among such designs the smallest sum is the (M, S)-optimal one, which favours connected and efficient
comparisons: Eccleston & Hedayat (1974), On the theory of connected designs, Ann. Statist. 2:1238-1255. Pairs that met
earlier count, so new pairs come first. The search ends where no exchange helps: a local optimum, not proved the best.
"""

from collections.abc import Callable, Iterator

import numpy as np

from panel.seating.links import Panel, groups, shared_candidates
from panel.seating.seats import Seats

MOST_TRIES = 60_000  # exchanges looked at; 40 candidates with panels of 3 have about 7,000
Exchange = list[tuple[int, int, int]]  # (row, who leaves, who joins), carried out together


class _Sharing:
    """How many candidates each pair shares, and the panels, as plain lists: they are looked at thousands of times."""

    def __init__(self, seats: Seats, earlier: list[Panel]) -> None:
        people = seats.allowed.shape[1]
        self.panels = [set(seats.panel(row)) for row in range(len(seats.taken))]
        self.allowed: list[list[bool]] = seats.allowed.tolist()
        self.shared = [[0] * people for _ in range(people)]
        for (one, other), count in shared_candidates([*earlier, *panels_of(seats)]).items():
            self.shared[one][other] = self.shared[other][one] = count

    def fits(self, exchange: Exchange) -> bool:
        return all(
            leaves in self.panels[row] and joins not in self.panels[row] and self.allowed[row][joins]
            for row, leaves, joins in exchange
        )

    def carry_out(self, exchange: Exchange) -> int:
        """By how much the sum of squared shared candidates changes."""
        change = 0
        for row, leaves, joins in exchange:
            panel = self.panels[row]
            panel.remove(leaves)
            left, joined = self.shared[leaves], self.shared[joins]
            for other in panel:
                change += 2 * (joined[other] - left[other]) + 2
                left[other] -= 1
                joined[other] += 1
                self.shared[other][leaves] -= 1
                self.shared[other][joins] += 1
            panel.add(joins)
        return change


def spread(seats: Seats, earlier: list[Panel], keeps: Callable[[], bool] | None = None) -> None:
    """Carry out exchanges that lower the sum of squared shared candidates, while `keeps` holds after each."""
    sharing = _Sharing(seats, earlier)
    tries, improved = 0, True
    while improved and tries < MOST_TRIES:
        improved = False
        for exchange in exchanges(seats):
            tries += 1
            if tries >= MOST_TRIES:
                break
            if not sharing.fits(exchange):
                continue
            if sharing.carry_out(exchange) < 0 and still_stands(seats, exchange):
                apply(seats, exchange)
                if keeps is None or keeps():
                    improved = True
                    continue
                apply(seats, undone(exchange))
            sharing.carry_out(undone(exchange))


def join_groups(seats: Seats, earlier: list[Panel]) -> None:
    """Carry out exchanges that leave fewer groups of interviewers without a link between them."""
    people = seats.allowed.shape[1]

    def apart() -> int:
        return len(groups([*earlier, *panels_of(seats)], people))

    best, tries = apart(), 0
    for exchange in exchanges(seats):
        tries += 1
        if best == 1 or tries > MOST_TRIES // 10:
            return
        if not still_stands(seats, exchange):
            continue
        apply(seats, exchange)
        if (now := apart()) < best:
            best = now
        else:
            apply(seats, undone(exchange))


def panels_of(seats: Seats) -> list[Panel]:
    return [frozenset(seats.panel(row)) for row in range(len(seats.taken))]


def exchanges(seats: Seats) -> Iterator[Exchange]:
    """Exchanges that keep the loads: two people swap panels, or one takes the seat of somebody with one more."""
    movable = [tuple(each) for each in np.argwhere(seats.taken & ~seats.fixed).tolist()]
    for place, (row, person) in enumerate(movable):
        for other in np.flatnonzero(seats.allowed[row]).tolist():
            yield [(row, person, other)]
        for other_row, other in movable[place + 1 :]:
            if other_row != row and other != person:
                yield [(row, person, other), (other_row, other, person)]


def still_stands(seats: Seats, exchange: Exchange) -> bool:
    """Whether it can be carried out in the table as it is now, within every limit and without changing the loads."""
    for row, leaves, joins in exchange:
        if not seats.taken[row, leaves] or seats.taken[row, joins] or not seats.allowed[row, joins]:
            return False
    if len(exchange) == 1:
        row, leaves, joins = exchange[0]
        total = seats.total
        return bool(
            total[leaves] == total[joins] + 1
            and seats.has_room(joins)
            and seats.has_room_in_week(joins, int(seats.week_of[row]))
        )
    (row, one, other), (other_row, _, _) = exchange
    week, other_week = int(seats.week_of[row]), int(seats.week_of[other_row])
    return week == other_week or (seats.has_room_in_week(other, week) and seats.has_room_in_week(one, other_week))


def undone(exchange: Exchange) -> Exchange:
    return [(row, joins, leaves) for row, leaves, joins in reversed(exchange)]


def apply(seats: Seats, exchange: Exchange) -> None:
    for row, leaves, joins in exchange:
        seats.taken[row, leaves], seats.taken[row, joins] = False, True
