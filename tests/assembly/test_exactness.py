"""The best set and the fewest constraints to relax, against every assignment of small random banks."""

from dataclasses import replace
from functools import cache
from math import inf

import pytest

from panel.assembly import Answer, CompetencySpec, InterviewerSpec, Item, Range, Relaxation, Spec, assemble
from panel.assembly.spec import Objective
from tests.assembly.brute_force import Cost, best, cost_of, fitting, least_cost, values_of
from tests.assembly.instances import instance

pytestmark = pytest.mark.long

SEEDS = range(120)


@cache
def fitting_of(seed: int) -> list[tuple[float, float]]:
    return fitting(*instance(seed))


@pytest.mark.parametrize("objective", ["information", "maximin"])
def test_no_assignment_is_better_and_nothing_is_called_infeasible_that_fits(objective: Objective) -> None:
    outcomes = set()
    for seed in SEEDS:
        items, spec = instance(seed, objective)
        assert (items, replace(spec, objective="information")) == instance(seed), seed
        expected, answer = best(fitting_of(seed), objective), assemble(items, spec)
        outcomes.add(answer.status)
        if expected is None:
            assert (answer.status, answer.assignment, answer.objective) == ("infeasible", {}, None), seed
            continue
        found = dict(answer.assignment)
        assert answer.status == "optimal", seed
        assert cost_of(found, items, spec) == (0, 0, 0), seed
        assert values_of(found, items, spec) == pytest.approx(
            expected if objective == "maximin" else (values_of(found, items, spec)[0], expected[1]), abs=1e-6
        ), seed
        assert answer.objective == pytest.approx(expected[0 if objective == "maximin" else 1], abs=1e-6), seed
        assert answer.bound == pytest.approx(answer.objective, abs=1e-6), seed
    assert outcomes == {"optimal", "infeasible"}


def test_the_fewest_constraints_are_relaxed_and_by_the_least() -> None:
    wishes_given_up = 0
    for seed in SEEDS:
        items, spec = instance(seed, questions=6)
        answer = assemble(items, spec)
        if answer.status != "infeasible":
            assert answer.relaxations == ()
            continue
        assert told(answer) == least_cost(items, spec), seed
        assert answer.fewest, seed
        wishes_given_up += told(answer)[1]
    assert wishes_given_up > 0


def test_of_150_specs_that_nothing_fits_none_can_be_mended_with_fewer_changes() -> None:
    """One to three interviewers; wishes and bounds count alike, then wishes, then how far the bounds move."""
    seen, seed, wishes_beside_bounds = 0, 5_000, 0
    while seen < 150:
        seed += 1
        items, spec = instance(seed, questions=5)
        answer = assemble(items, spec)
        if answer.status != "infeasible":
            continue
        seen += 1
        assert answer.fewest, seed
        assert told(answer) == least_cost(items, spec), seed
        wishes_beside_bounds += 0 < told(answer)[1] < told(answer)[0]
    assert wishes_beside_bounds > 5


def told(answer: Answer) -> Cost:
    """What the answer relaxes: constraints, wishes among them, and the sum of the moves."""
    moves = [abs(each.to - each.bound) / max(each.bound, 1) for each in answer.relaxations if each.side != "wish"]
    return len(answer.relaxations), len(answer.relaxations) - len(moves), round(sum(moves), 6)


def test_one_wish_given_up_is_fewer_than_five_bounds_moved() -> None:
    """A long hard question that must be asked, in a day that has no room for it by five bounds."""
    items = [Item("q1", "a", 3, 60, 1.0), *(Item(f"b{n}", "b", 1, 5, 0.5) for n in range(9))]
    nothing = Range(0, 0)
    ana = InterviewerSpec("ana", Range(10, 45), Range(1, 5), None, {3: nothing})
    spec = Spec((ana,), {"a": CompetencySpec(nothing, nothing)}, {3: nothing}, must=("q1",))
    answer = assemble(items, spec)
    assert (answer.relax, answer.fewest) == (("Do without “q1”, which must be asked.",), True)


def test_among_equally_few_a_bound_moves_before_a_wish_is_given_up() -> None:
    items = [Item("q1", "a", 1, 50, 1.0)]
    spec = Spec((InterviewerSpec("ana", Range(0, 45)),), must=("q1",))
    assert assemble(items, spec).relax == ("ana: allow 50 minutes instead of 45.",)


def test_what_is_relaxed_as_it_says_then_fits() -> None:
    relaxed_specs = 0
    for seed in SEEDS:
        items, spec = instance(seed)
        answer = assemble(items, spec)
        if answer.status == "infeasible":
            relaxed_specs += 1
            assert assemble(items, relaxed(spec, answer.relaxations)).status == "optimal", seed
    assert relaxed_specs > 10


def relaxed(spec: Spec, changes: tuple[Relaxation, ...]) -> Spec:
    """The spec with every change made."""
    gone = {each.path for each in changes if each.side == "wish"}
    ends = {(each.path, each.side): each.to for each in changes}

    def moved(wanted: Range, *path: str) -> Range:
        return Range(ends.get((path, "min"), wanted.low), ends.get((path, "max"), wanted.high))

    def person(each: InterviewerSpec) -> InterviewerSpec:
        place = ("interviewers", each.id)
        extra = tuple(path[3] for path in gone if path[:3] == (*place, "competencies"))
        return InterviewerSpec(
            each.id,
            moved(each.minutes, *place, "minutes"),
            moved(each.questions, *place, "questions"),
            None if each.competencies is None else each.competencies + extra,
            {level: moved(wanted, *place, "difficulty", str(level)) for level, wanted in each.difficulty.items()},
            tuple(id for id in each.keep if (*place, "keep", id) not in gone),
        )

    pairs = [
        (one, other)
        for group in spec.enemies
        for n, one in enumerate(group)
        for other in group[n + 1 :]
        if not {("enemies", one, other), ("enemies", other, one)} & gone
    ]
    return Spec(
        tuple(person(each) for each in spec.interviewers),
        {
            name: CompetencySpec(
                moved(wanted.interviewers, "competencies", name, "interviewers"),
                moved(wanted.questions, "competencies", name, "questions"),
                moved(wanted.per_interviewer, "competencies", name, "per_interviewer"),
            )
            for name, wanted in spec.competencies.items()
        },
        {level: moved(wanted, "difficulty", str(level)) for level, wanted in spec.difficulty.items()},
        tuple(each for each in spec.must if ("must", each) not in gone),
        tuple(each for each in spec.exclude if ("exclude", each) not in gone),
        tuple(pairs),
        spec.same,
        spec.objective,
    )


def test_the_answer_of_a_large_bank_does_not_depend_on_what_was_left_out() -> None:
    """300 questions, of which the filter keeps a part: a bank of only the kept ones gives the same best."""
    items = [
        Item(f"q{n}", ("A", "B")[n % 2], 1 + n % 3, 4 + n % 2, (n * 37 % 101) / 100, (n * 13 % 7) / 10)
        for n in range(300)
    ]
    people = tuple(InterviewerSpec(each, Range(15, 26), Range(3, 5)) for each in ("ana", "bo"))
    spec = Spec(people, {"A": CompetencySpec(Range(2), Range(3, 5), Range(1, 3))}, {3: Range(2, inf)})
    by_value = sorted(items, key=lambda each: -spec.value(each))
    answer = assemble(items, spec)
    assert answer.status == "optimal"
    assert answer.objective == pytest.approx(assemble(by_value[:150], spec).objective)
    assert cost_of(dict(answer.assignment), items, spec) == (0, 0, 0)
