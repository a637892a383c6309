"""How long fair panels take and how fair they are: 40 candidates, 12 interviewers, 3 conflicts of interest, panels of
three, beside random seating of the same problem, and larger and tighter problems.

Run: .venv/bin/python benchmarks/fair_panels.py [random seatings; usually 200]
"""

import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from panel.seating.links import groups, weakest_cut
from panel.seating.problem import Coming, Problem, Sitter
from panel.seating.proposing import propose

Panels = dict[str, tuple[str, ...]]  # candidate -> who rates


@dataclass(frozen=True)
class Fairness:
    """`spread`: largest less smallest number of interviews. `pairs`: fewest and most candidates that two share."""

    seated: int
    spread: int
    groups: int
    weakest: int
    pairs: tuple[int, int]


def a_problem(candidates: int, people: int, size: int, conflicts: int) -> Problem:
    chance = Random(f"{candidates} {people}")
    coming = tuple(Coming(f"c{each:03}") for each in range(candidates))
    sitters = tuple(Sitter(f"p{each:02}") for each in range(people))
    pairs = [(who.id, one.id) for who in sitters for one in coming]
    return Problem(coming, sitters, size, size, conflicts=frozenset(chance.sample(pairs, conflicts)))


def at_random(problem: Problem, chance: Random) -> Panels:
    """The peer: every candidate gets `size` of those without a conflict, drawn anew."""
    return {
        each.id: tuple(chance.sample([who.id for who in problem.raters if problem.may_meet(who.id, each.id)],
                                     problem.size))
        for each in problem.candidates
    }  # fmt: skip


def least_busy(problem: Problem, chance: Random) -> Panels:
    """The other peer, as people do it by hand: whoever has the fewest so far, drawn among equals."""
    loads = dict.fromkeys((each.id for each in problem.raters), 0)
    panels = {}
    for each in problem.candidates:
        able = sorted((who for who in loads if problem.may_meet(who, each.id)), key=lambda who: chance.random())
        panels[each.id] = tuple(sorted(able, key=lambda who: loads[who])[: problem.size])
        for who in panels[each.id]:
            loads[who] += 1
    return panels


def fairness(problem: Problem, panels: Panels) -> Fairness:
    place = {each.id: number for number, each in enumerate(problem.raters)}
    seated = [frozenset(place[who] for who in panel) for panel in panels.values()]
    loads = [sum(each in panel for panel in seated) for each in place.values()]
    shared = [
        sum(one in panel and other in panel for panel in seated)
        for one in place.values()
        for other in range(one + 1, len(place))
    ]
    cut = weakest_cut(seated, range(len(place)))
    return Fairness(
        len(seated), max(loads) - min(loads), len(groups(seated, len(place))), cut.shared if cut else 0,
        (min(shared), max(shared)),
    )  # fmt: skip


def shown(name: str, found: list[Fairness], seconds: list[float]) -> None:
    linked = sum(each.groups == 1 for each in found)
    spread = statistics.median(each.spread for each in found)
    weakest = statistics.median(each.weakest for each in found)
    low, high = min(each.pairs[0] for each in found), max(each.pairs[1] for each in found)
    print(
        f"  {name:34} {statistics.median(seconds):7.3f} s   load spread {spread:4.1f} (most "
        f"{max(each.spread for each in found)})   linked {linked} of {len(found)}   weakest link {weakest:4.1f} "
        f"(least {min(each.weakest for each in found)})   pairs share {low} to {high}",
        flush=True,
    )


def beside_peers(problem: Problem, often: int) -> None:
    start = time.process_time()
    proposal = propose(problem)
    seconds = time.process_time() - start
    panels = {each.candidate: each.raters for each in proposal.panels}
    shown("proposed", [fairness(problem, panels)], [seconds])
    weakest = proposal.links.weakest
    print(f"    {len(panels)} seated, full rank {proposal.links.full_rank}, "
          f"as strong as these loads allow {bool(weakest and weakest.unbeatable)}")  # fmt: skip
    for name, seat in (("peer: at random", at_random), ("peer: whoever has the fewest", least_busy)):
        found, took = [], []
        for seed in range(often):
            start = time.process_time()
            made = seat(problem, Random(seed))
            took.append(time.process_time() - start)
            found.append(fairness(problem, made))
        shown(name, found, took)


if __name__ == "__main__":
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    for shape in ((40, 12, 3, 3), (6, 12, 3, 3), (11, 12, 2, 3), (12, 12, 2, 3), (200, 40, 3, 40)):
        print("{} candidates, {} interviewers, panels of {}, {} conflicts".format(*shape))
        beside_peers(a_problem(*shape), times)
