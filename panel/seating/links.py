"""How interviewers are linked: by the candidates they share, coming and earlier.

A panel is an edge among all its interviewers (a hypergraph): a candidate links two sides once, however many of each
side sat there.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

Panel = frozenset[int]


@dataclass(frozen=True)
class Cut:
    """Two sides of interviewers that share the fewest candidates: `one` (the smaller side), and how many."""

    one: frozenset[int]
    shared: int


def shared_candidates(panels: Iterable[Panel]) -> Counter[tuple[int, int]]:
    """How many candidates each pair (smaller number first) shares."""
    pairs: Counter[tuple[int, int]] = Counter()
    for panel in panels:
        people = sorted(panel)
        pairs.update((one, other) for place, one in enumerate(people) for other in people[place + 1 :])
    return pairs


def groups(panels: Iterable[Panel], people: int) -> list[frozenset[int]]:
    """The connected groups of people 0 to `people` - 1, largest first."""
    leader = list(range(people))

    def of(person: int) -> int:
        while leader[person] != person:
            leader[person] = leader[leader[person]]
            person = leader[person]
        return person

    for panel in panels:
        first, *others = panel or {0}
        for other in others:
            leader[of(other)] = of(first)
    members: dict[int, list[int]] = {}
    for person in range(people):
        members.setdefault(of(person), []).append(person)
    return sorted((frozenset(each) for each in members.values()), key=lambda each: (-len(each), min(each)))


def crossing(panels: Iterable[Panel], side: frozenset[int]) -> int:
    """How many panels have someone of the side and someone else."""
    return sum(1 for panel in panels if panel & side and panel - side)


def weakest_cut(panels: Iterable[Panel], people: Iterable[int]) -> Cut | None:
    """The two sides of these people that share the fewest candidates; None for fewer than two people.

    Exact: Klimmek & Wagner (1996), A simple hypergraph min cut algorithm. Each phase orders the people so that the
    next is the one most linked with those before; the last one's own cut is the smallest that parts the last two, who
    are then merged.
    """
    names = [frozenset([each]) for each in sorted(set(people))]
    if len(names) < 2:
        return None
    everyone = frozenset[int]().union(*names)
    weights = Counter(panel & everyone for panel in panels)
    best: Cut | None = None
    while len(names) > 1:
        before_last, last = _last_two(names, weights)
        shared = sum(weight for panel, weight in weights.items() if panel & last and panel - last)
        smaller = min(last, everyone - last, key=lambda side: (len(side), min(side)))
        if best is None or shared < best.shared:
            best = Cut(smaller, shared)
        names = [each for each in names if each not in (before_last, last)]
        names.append(before_last | last)
    return best


def _last_two(names: list[frozenset[int]], weights: Counter[Panel]) -> tuple[frozenset[int], frozenset[int]]:
    """The last two of the order of one phase."""
    rest = list(names)
    order = [rest.pop(0)]
    tight = dict.fromkeys(rest, 0)
    untouched = dict(weights)
    while rest:
        for panel in [each for each in untouched if each & order[-1]]:
            weight = untouched.pop(panel)
            for each in rest:
                if panel & each:
                    tight[each] += weight
        nearest = max(rest, key=lambda each: tight[each])
        rest.remove(nearest)
        order.append(nearest)
    return order[-2], order[-1]
