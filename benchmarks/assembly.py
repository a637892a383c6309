"""How long the best question set takes: six interviewers and banks of 300 to 10,000 questions, both objectives; one
interviewer and 100 questions; and what to relax where nothing fits. CP-SAT beside it where ortools is installed.

Run: .venv/bin/python benchmarks/assembly.py [instances of each size; usually 5]
"""

import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

from panel.assembly import Answer, CompetencySpec, InterviewerSpec, Item, Range, Spec, assemble
from panel.assembly.lots import lots_to_choose_from, seats_of

INTERVIEWERS = 6
COMPETENCIES = tuple(f"competency {n}" for n in range(8))
CASES = (
    ("information", 0.01, (300, 2_000, 10_000)),
    ("maximin", 0.05, (300, 2_000, 10_000)),
)
SCALE = 10_000  # CP-SAT reckons in whole numbers


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


def shown(name: str, answers: list[Answer]) -> None:
    seconds = [each.seconds for each in answers]
    gaps = [each.gap for each in answers if each.gap is not None]
    proven = f", largest gap {max(gaps):.2%}" if gaps else ""
    statuses = ", ".join(sorted({each.status for each in answers}))
    print(
        f"  {name:48} median {statistics.median(seconds):6.2f} s   most {max(seconds):6.2f} s   {statuses}{proven}",
        flush=True,
    )


def together(instances: int) -> None:
    for objective, gap, sizes in CASES:
        print(f"{INTERVIEWERS} interviewers, {objective}, gap {gap:.0%}")
        for size in sizes:
            answers, peers = [], []
            for seed in range(instances):
                chance = np.random.default_rng(seed)
                items = bank(size, chance)
                spec = replace(plan(items, chance), objective=objective, gap=gap)
                answers.append(assemble(items, spec))
                if objective == "information" and (peer := by_cp_sat(items, spec)):
                    peers.append(peer)
            shown(f"{size:,} questions", answers)
            if peers:
                shown("  peer: CP-SAT, 2 workers, the same filter", peers)


def alone(instances: int) -> None:
    print("One interviewer, 100 questions, proven best")
    answers = []
    for seed in range(4 * instances):
        chance = np.random.default_rng(seed)
        items = bank(100, chance)
        person = InterviewerSpec("p", Range(38, 45), Range(4, 7), None, {1: Range(1, 3), 3: Range(1, 2)})
        answers.append(assemble(items, Spec((person,), {COMPETENCIES[0]: CompetencySpec(Range(), Range(1, 3))})))
    shown("100 questions", answers)


def impossible(instances: int) -> None:
    print("Nothing fits: every interviewer has 20 minutes for what takes 38")
    for size in (300, 10_000):
        answers = []
        for seed in range(instances):
            chance = np.random.default_rng(seed)
            items = bank(size, chance)
            spec = plan(items, chance)
            people = tuple(replace(each, minutes=Range(0, 20), questions=Range(6, 7)) for each in spec.interviewers)
            answers.append(assemble(items, replace(spec, interviewers=people)))
        proven = sum(each.fewest for each in answers)
        shown(f"{size:,} questions, fewest proven {proven} of {instances}", answers)


def by_cp_sat(items: list[Item], spec: Spec) -> Answer | None:
    """The same model for another solver; None where it is not installed."""
    try:
        from ortools.sat.python import cp_model
    except ImportError:
        return None
    start = time.perf_counter()
    model = cp_model.CpModel()
    kept = [item for lot in lots_to_choose_from(items, spec, seats_of(spec)) for item in lot.items]
    people = range(len(spec.interviewers))
    x = {(item.id, p): model.new_bool_var("") for item in kept for p in people}

    def asked(wanted: list[Item], who: object = people) -> object:
        return sum(x[item.id, p] for item in wanted for p in who)  # type: ignore[attr-defined]

    def within(total: object, wanted: Range) -> None:
        model.add(total >= int(wanted.low))  # type: ignore[operator]
        if wanted.high < float("inf"):
            model.add(total <= int(wanted.high))  # type: ignore[operator]

    levels = {level: [each for each in kept if each.difficulty == level] for level in (1, 2, 3)}
    by_name = {name: [each for each in kept if each.competency == name] for name in COMPETENCIES}
    for item in kept:
        model.add(asked([item]) <= 1)  # type: ignore[operator]
    for p, person in enumerate(spec.interviewers):
        within(sum(int(item.minutes) * x[item.id, p] for item in kept), person.minutes)
        within(asked(kept, [p]), person.questions)
        for level, wanted in person.difficulty.items():
            within(asked(levels[level], [p]), wanted)
        for name, of_it in by_name.items():
            if not person.may_ask(name):
                model.add(asked(of_it, [p]) == 0)
    for name, wanted_of_it in spec.competencies.items():
        within(asked(by_name[name]), wanted_of_it.questions)
        present = [model.new_bool_var("") for _ in people]
        for p in people:
            within(asked(by_name[name], [p]), wanted_of_it.per_interviewer)
            model.add(asked(by_name[name], [p]) >= present[p])  # type: ignore[operator]
        model.add(sum(present) >= int(wanted_of_it.interviewers.low))
    for level, wanted in spec.difficulty.items():
        within(asked(levels[level]), wanted)
    for item in kept:
        if item.id in spec.must:
            model.add(asked([item]) == 1)
    by_id = {item.id: item for item in kept}
    for pair in spec.enemies:
        if all(each in by_id for each in pair):
            model.add(asked([by_id[each] for each in pair]) <= 1)  # type: ignore[operator]
    model.maximize(sum(round(spec.value(item) * SCALE) * x[item.id, p] for item in kept for p in people))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.max_time_in_seconds = spec.time_limit
    solver.parameters.relative_gap_limit = spec.gap
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Answer("time_limit", None, None, None, time.perf_counter() - start, {})
    value, bound = solver.objective_value / SCALE, solver.best_objective_bound / SCALE
    gap = abs(bound - value) / max(abs(value), 1e-9)
    done = "within_gap" if gap <= spec.gap else "time_limit"
    return Answer(done, value, bound, gap, time.perf_counter() - start, {})


if __name__ == "__main__":
    often = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    alone(often)
    together(often)
    impossible(often)
