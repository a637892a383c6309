"""How long the best question set takes: six interviewers and banks of 300 to 10,000 questions, both objectives; one
interviewer and 100 questions; and what to relax where nothing fits. CP-SAT beside it where ortools is installed.

Run: .venv/bin/python benchmarks/assembly.py [instances of each size; usually 5]
"""

import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from benchmarks.assembly_peer import by_cp_sat
from panel.assembly import Answer, CompetencySpec, InterviewerSpec, Item, Range, Spec, assemble

INTERVIEWERS = 6
COMPETENCIES = tuple(f"competency {n}" for n in range(8))
Timed = tuple[float, Answer]
CASES = (
    ("information", 0.01, (300, 2_000, 10_000)),
    ("maximin", 0.05, (300, 2_000, 10_000)),
)


def bank(size: int, chance: np.random.Generator) -> list[Item]:
    """Believable numbers: information and exposure are skewed, most questions take 4 to 12 minutes."""
    information, exposure = chance.gamma(4, 0.12, size), chance.beta(1, 6, size)
    return [
        Item(
            f"q{n}", str(chance.choice(COMPETENCIES)), int(chance.choice((1, 2, 3), p=(0.3, 0.45, 0.25))),
            float(chance.integers(4, 13)), round(float(information[n]), 3), round(float(exposure[n]), 3),
        )
        for n in range(size)
    ]  # fmt: skip


def plan(items: list[Item], chance: np.random.Generator) -> Spec:
    """45 minutes each, two interviewers for every competency, a mix of difficulties, and wishes of every kind."""
    ids = [each.id for each in items]
    must = [str(each) for each in chance.choice(ids, 3, replace=False)]
    excluded = chance.choice(ids, max(5, len(ids) // 50), replace=False)
    enemies = (chance.choice(ids, 2, replace=False) for _ in range(len(ids) // 15))
    people = (
        InterviewerSpec(
            f"p{n}", Range(38, 45), Range(4, 7), tuple(each for each in COMPETENCIES if chance.random() < 0.75),
            {1: Range(1, 3), 3: Range(1, 2)},
        )
        for n in range(INTERVIEWERS)
    )  # fmt: skip
    return Spec(
        tuple(people),
        {each: CompetencySpec(Range(2), Range(3, 6), Range(0, 2)) for each in COMPETENCIES},
        {1: Range(7, 12), 2: Range(10, 18), 3: Range(6, 10)},
        tuple(must),
        tuple(str(each) for each in excluded if each not in must),
        tuple((str(one), str(other)) for one, other in enemies),
    )


def ordinary(size: int, chance: np.random.Generator, minutes: str) -> tuple[list[Item], Spec]:
    """Six competencies, 4 to 6 questions each in 40 to 45 minutes, which are decimals, coarse, or tell the value."""
    names = COMPETENCIES[:6]
    if minutes == "decimals":
        lengths, information = np.round(chance.uniform(3, 15, size), 1), chance.gamma(4, 0.12, size)
    elif minutes == "coarse":
        lengths, information = chance.choice([5.0, 8.0, 10.0, 12.0], size), np.round(chance.gamma(4, 0.12, size), 1)
    else:
        lengths = chance.integers(3, 16, size).astype(float)
        information = 0.08 * lengths + chance.normal(0, 0.05, size)
    items = [
        Item(
            f"q{n}", str(chance.choice(names)), int(chance.integers(1, 4)), float(lengths[n]),
            float(information[n]), float(chance.beta(1, 6)),
        )
        for n in range(size)
    ]  # fmt: skip
    people = tuple(
        InterviewerSpec(
            f"p{n}", Range(40, 45), Range(4, 6), tuple(chance.choice(names, 4, replace=False).tolist()),
            {1: Range(1, 2), 2: Range(1, 3), 3: Range(1, 2)},
        )
        for n in range(INTERVIEWERS)
    )  # fmt: skip
    pairs = chance.integers(0, size, (size // 20, 2))
    return items, Spec(
        people,
        {each: CompetencySpec(Range(2, 4), Range(4, 6), Range(1, 2)) for each in names},
        {1: Range(6, 10), 2: Range(8, 14), 3: Range(6, 10)},
        tuple(f"q{n}" for n in chance.choice(size, 2, replace=False)),
        enemies=tuple((f"q{one}", f"q{other}") for one, other in pairs if one != other),
    )


def by_minutes(instances: int) -> None:
    """Tighter than `together`: what an interviewer asks nearly fills the time, and a day's competencies are capped."""
    for objective, gap, sizes in CASES:
        for minutes in ("decimals", "coarse", "telling"):
            print(f"{INTERVIEWERS} interviewers, {objective}, gap {gap:.0%}, minutes {minutes}")
            for size in sizes:
                answers: list[Timed] = []
                for seed in range(1, instances + 1):
                    items, spec = ordinary(size, np.random.default_rng(seed), minutes)
                    answers += timed(assemble, items, replace(spec, objective=objective, gap=gap))
                shown(f"{size:,} questions", answers)


def timed(solve: Callable[[list[Item], Spec], Answer | None], items: list[Item], spec: Spec) -> list[Timed]:
    """The answer with its seconds of processor time, which others on the machine do not lengthen; [] for none."""
    start = time.process_time()
    answer = solve(items, spec)
    return [(time.process_time() - start, answer)] if answer else []


def shown(name: str, runs: list[Timed]) -> None:
    seconds, answers = zip(*runs, strict=True)
    wall = max(each.seconds for each in answers)
    gaps = [each.gap for each in answers if each.gap is not None]
    proven = f", largest gap {max(gaps):.2%}" if gaps else ""
    statuses = ", ".join(sorted({each.status for each in answers}))
    took = f"median {statistics.median(seconds):6.2f} s   most {max(seconds):6.2f} s   wall {wall:6.2f} s"
    print(f"  {name:44} {took}   {statuses}{proven}", flush=True)


def together(instances: int) -> None:
    for objective, gap, sizes in CASES:
        print(f"{INTERVIEWERS} interviewers, {objective}, gap {gap:.0%}")
        for size in sizes:
            answers: list[Timed] = []
            peers: list[Timed] = []
            for seed in range(instances):
                chance = np.random.default_rng(seed)
                items = bank(size, chance)
                spec = replace(plan(items, chance), objective=objective, gap=gap)
                answers += timed(assemble, items, spec)
                peers += timed(by_cp_sat, items, spec) if objective == "information" else []
            shown(f"{size:,} questions", answers)
            if peers:
                shown("  peer: CP-SAT, 2 workers, the same filter", peers)


def alone(instances: int) -> None:
    print("One interviewer, 100 questions, proven best")
    answers: list[Timed] = []
    for seed in range(4 * instances):
        chance = np.random.default_rng(seed)
        items = bank(100, chance)
        person = InterviewerSpec("p", Range(38, 45), Range(4, 7), None, {1: Range(1, 3), 3: Range(1, 2)})
        spec = Spec((person,), {COMPETENCIES[0]: CompetencySpec(Range(), Range(1, 3))})
        answers += timed(assemble, items, spec)
    shown("100 questions", answers)


def impossible(instances: int) -> None:
    print("Nothing fits: every interviewer has 20 minutes for what takes 38")
    for size in (300, 10_000):
        answers: list[Timed] = []
        for seed in range(instances):
            chance = np.random.default_rng(seed)
            items = bank(size, chance)
            spec = plan(items, chance)
            people = tuple(replace(each, minutes=Range(0, 20), questions=Range(6, 7)) for each in spec.interviewers)
            answers += timed(assemble, items, replace(spec, interviewers=people))
        proven = sum(each.fewest for _, each in answers)
        shown(f"{size:,} questions, fewest proven {proven} of {instances}", answers)


if __name__ == "__main__":
    often = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    alone(often)
    together(often)
    by_minutes(often)
    impossible(often)
