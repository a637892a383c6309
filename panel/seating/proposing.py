"""Panels for a problem: seats, then even loads, then links, then shadows."""

import numpy as np
import pandas as pd

from panel.seating import seats as table
from panel.seating.links import Panel, groups, shared_candidates, weakest_cut
from panel.seating.problem import NO_LIMIT, Coming, Problem, Sitter
from panel.seating.proof import cannot_link_all, linked, who_can_be_seated
from panel.seating.report import Apart, Links, Load, Proposal, Proposed, Short, WeakestLink
from panel.seating.seats import Seats
from panel.seating.spreading import join_groups, panels_of, spread
from panel.stats.rating_design import RatingDesign, rating_design

MOST_PROVABLE = 900  # seats that may be taken; beyond it no integer program is tried for links


def propose(problem: Problem) -> Proposal:
    """The same problem always gets the same panels, unless an integer program runs out of its seconds."""
    raters = problem.raters
    seats = _seated(problem, raters)
    earlier = _earlier(problem, raters)
    impossible = _link(seats, earlier)
    shadows = _shadows(problem, seats)
    panels = tuple(
        Proposed(each.id, tuple(raters[person].id for person in seats.panel(row)), shadows.get(each.id, ()))
        for row, each in enumerate(problem.candidates)
        if seats.taken[row].any()
    )
    new = seats.new.tolist()
    return Proposal(
        panels=panels,
        short=tuple(_short(problem, seats)),
        loads=tuple(Load(each.id, each.load, new[place]) for place, each in enumerate(raters)),
        links=_links(problem, seats, earlier, impossible),
    )


def _seated(problem: Problem, raters: tuple[Sitter, ...]) -> Seats:
    """As many candidates as can be, then as many seats as can be, then loads as even as can be."""
    seats = _empty(problem, raters)
    if not table.fill(seats, seats.least):
        chosen = who_can_be_seated(seats)
        seats = _empty(problem, raters)
        seats.allowed[~chosen], seats.fixed[~chosen], seats.taken[~chosen] = False, False, False
        seats.least[~chosen] = seats.size[~chosen] = 0
        table.fill(seats, seats.least)
    table.fill(seats, seats.size)
    table.balance(seats)
    return seats


def _empty(problem: Problem, raters: tuple[Sitter, ...]) -> Seats:
    seats = table.empty_seats(
        problem.candidates, raters, problem.allowed(raters), least=problem.least, size=problem.size
    )
    for row, each in enumerate(problem.candidates):
        for column, who in enumerate(raters):
            seats.fixed[row, column] = seats.taken[row, column] = who.id in problem.fixed.get(each.id, ())
    return seats


def _earlier(problem: Problem, raters: tuple[Sitter, ...]) -> list[Panel]:
    place = {each.id: number for number, each in enumerate(raters)}
    panels = (frozenset(place[each] for each in panel if each in place) for panel in problem.earlier)
    return [each for each in panels if each]


def _link(seats: Seats, earlier: list[Panel]) -> bool:
    """Exchange seats until pairs are spread and, if it can be, everybody linked. Whether that is proven impossible."""
    people = frozenset(range(seats.allowed.shape[1]))
    if len(people) < 2 or not seats.taken.any():
        return False
    spread(seats, earlier)
    join_groups(seats, earlier)
    if cannot_link_all(seats.taken.sum(axis=1), earlier, people):
        return True
    cut = weakest_cut([*earlier, *panels_of(seats)], people)
    if cut is None or int(seats.allowed.sum()) > MOST_PROVABLE:
        return False
    if cut.shared == 0:
        return _strengthened(seats, earlier, people, 1)
    if cut.shared < _strongest(seats, earlier):
        _strengthened(seats, earlier, people, cut.shared + 1)
    return False


def _strengthened(seats: Seats, earlier: list[Panel], people: frozenset[int], strength: int) -> bool:
    """Take seats in which any two sides share so many, if the program finds some. Whether there provably are none."""
    found = linked(seats, earlier, people, strength)
    if found.taken is None:
        return found.impossible
    seats.taken[:] = found.taken

    def keeps() -> bool:
        cut = weakest_cut([*earlier, *panels_of(seats)], people)
        return cut is not None and cut.shared >= strength

    spread(seats, earlier, keeps)
    return False


def _strongest(seats: Seats, earlier: list[Panel]) -> int:
    """No link is stronger than the fewest candidates that one person shares with anybody."""
    panels = [each for each in (*earlier, *panels_of(seats)) if len(each) > 1]
    return min(sum(1 for panel in panels if person in panel) for person in range(seats.allowed.shape[1]))


def _shadows(problem: Problem, seats: Seats) -> dict[str, tuple[str, ...]]:
    """At most one shadow in a panel; the trainees' panels as even as their limits allow."""
    people = problem.shadows
    with_panel = tuple(each for row, each in enumerate(problem.candidates) if seats.taken[row].any())
    if not people or not with_panel:
        return {}
    limited = tuple(
        Sitter(each.id, each.load, min(each.shadowing, NO_LIMIT if each.most is None else each.most),
               each.left_in_week)
        for each in people
    )  # fmt: skip
    of_panels = Problem(with_panel, limited, size=1, least=1, conflicts=problem.conflicts, away=problem.away)
    rows = table.empty_seats(with_panel, limited, of_panels.allowed(limited), least=0, size=1)
    table.fill(rows, rows.size)
    table.balance(rows)
    return {each.id: tuple(people[person].id for person in rows.panel(row)) for row, each in enumerate(with_panel)}


def _short(problem: Problem, seats: Seats) -> list[Short]:
    found = []
    for row, each in enumerate(problem.candidates):
        got = int(seats.taken[row].sum())
        if got < problem.size:
            raters = [who.id for who in problem.raters]
            conflicts = sum((who, each.id) in problem.conflicts for who in raters)
            able = sum(problem.may_meet(who, each.id) for who in raters)
            away = len(raters) - conflicts - able
            found.append(Short(each.id, got, problem.size, len(raters), conflicts, away, able))
    return found


def _links(problem: Problem, seats: Seats, earlier: list[Panel], impossible: bool) -> Links:
    ids = [each.id for each in problem.raters]
    panels = [each for each in (*earlier, *panels_of(seats)) if each]
    design = _design(panels) if panels else None
    parted = groups(panels, len(ids))
    return Links(
        shared=tuple((ids[a], ids[b], count) for (a, b), count in sorted(shared_candidates(panels).items())),
        weakest=_weakest(seats, earlier, ids) if len(parted) == 1 else None,
        apart=tuple(_apart(problem, each, parted[0], seats) for each in parted[1:]),
        full_rank=len(parted) == 1 and design is not None and design.rank_deficiency == 0,
        holding=tuple(sorted(ids[int(str(each.by[0]))] for each in design.weak_links.links if each.kind == "rater"))
        if design
        else (),
        impossible=impossible,
    )


def _design(panels: list[Panel]) -> RatingDesign:
    rows = [(number, person, 1.0) for number, panel in enumerate(panels) for person in sorted(panel)]
    return rating_design(pd.DataFrame(rows, columns=["target", "rater", "score"]))


def _weakest(seats: Seats, earlier: list[Panel], ids: list[str]) -> WeakestLink | None:
    cut = weakest_cut([*earlier, *panels_of(seats)], range(len(ids)))
    if cut is None:
        return None
    one = tuple(ids[each] for each in sorted(cut.one))
    other = tuple(each for each in ids if each not in one)
    return WeakestLink(one, other, cut.shared, cut.shared >= _strongest(seats, earlier))


def _apart(problem: Problem, group: frozenset[int], main: frozenset[int], seats: Seats) -> Apart:
    """The pair across the gap with a candidate whom both may meet and the least to do."""
    total = np.asarray(seats.total).tolist()
    raters = problem.raters
    allowed = problem.allowed(raters)
    pairs = [
        (total[one] + total[other], one, other)
        for one in sorted(group)
        for other in sorted(main)
        if (allowed[:, one] & allowed[:, other]).any()
    ]
    people = tuple(raters[each].id for each in sorted(group))
    if not pairs:
        return Apart(people, people[0], None)
    _, one, other = min(pairs)
    return Apart(people, raters[one].id, raters[other].id)


__all__ = ["Coming", "Problem", "Sitter", "propose"]
