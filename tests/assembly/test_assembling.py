"""What an answer says: names in sentences, kept questions, shared sets, gaps, time, and input that cannot be meant."""

import random
from collections.abc import Callable
from dataclasses import replace
from math import nan

import numpy as np
import pytest

from panel.assembly import Answer, CompetencySpec, InterviewerSpec, Item, Range, Spec, SpecError, assemble
from panel.assembly.choosing import strict_model
from panel.assembly.clock import Clock
from panel.assembly.lots import Lot, lots_to_choose_from, seats_of
from panel.assembly.spec import Objective
from panel.assembly.steps import solve_in_steps
from tests.assembly.brute_force import cost_of, values_of

ITEMS = [
    Item("q1", "Statistics", 1, 10, 1.0),
    Item("q2", "Statistics", 2, 10, 0.9),
    Item("q3", "Communication", 1, 10, 0.5, label="Tell me of a disagreement"),
    Item("q4", "Communication", 3, 10, 0.4),
]
ANA = InterviewerSpec("ana", questions=Range(1, 2), name="Ana")
BO = InterviewerSpec("bo", questions=Range(1, 2), name="Bo")


def medium(seed: int, size: int = 150) -> tuple[list[Item], Spec]:
    """Two interviewers and enough questions that the kernel is smaller than the model."""
    chance = random.Random(seed)
    items = [
        Item(
            f"q{n}", chance.choice("ABCD"), chance.randint(1, 3), chance.randint(4, 12),
            round(chance.gammavariate(4, 0.12), 3), round(chance.betavariate(1, 6), 3),
        )
        for n in range(size)
    ]  # fmt: skip
    people = tuple(InterviewerSpec(f"p{n}", Range(30, 36), Range(3, 5), None, {3: Range(1, 2)}) for n in range(2))
    wishes = chance.sample([each.id for each in items], 12)
    return items, Spec(
        people, {each: CompetencySpec(Range(1), Range(2, 4), Range(0, 2)) for each in "ABCD"}, {1: Range(2, 5)},
        tuple(wishes[:2]), tuple(wishes[2:4]), tuple(zip(wishes[4::2], wishes[5::2], strict=True)),
    )  # fmt: skip


def test_the_rest_is_chosen_again_around_what_is_kept() -> None:
    answer = assemble(ITEMS, Spec((replace(ANA, keep=("q4",)), BO)))
    assert "q4" in answer.assignment["ana"]
    assert sorted([*answer.assignment["ana"], *answer.assignment["bo"]]) == ["q1", "q2", "q3", "q4"]
    again = Spec((replace(ANA, keep=answer.assignment["ana"]), replace(BO, keep=answer.assignment["bo"])))
    assert assemble(ITEMS, again).assignment == answer.assignment


def test_interviewers_who_sit_together_have_one_set_that_counts_once() -> None:
    rules = {"Statistics": CompetencySpec(Range(2, 2), Range(0, 2))}
    answer = assemble(ITEMS, Spec((ANA, BO), rules, same=(("ana", "bo"),)))
    assert answer.assignment == {"ana": ("q1", "q2"), "bo": ("q1", "q2")}
    assert answer.objective == pytest.approx(1.9)
    assert answer.binding == (
        "Ana: at most 2 questions.",
        "Bo: at most 2 questions.",
        "Competency Statistics: at least 2 interviewers.",
        "Competency Statistics: at most 2 interviewers.",
        "Competency Statistics: at most 2 questions.",
    )


def test_groups_that_share_a_member_are_one_seat() -> None:
    people = tuple(InterviewerSpec(each) for each in ("a", "b", "c", "d"))
    seats = seats_of(Spec(people, same=(("a", "b"), ("c", "d"), ("b", "c"))))
    assert [[each.id for each in seat.members] for seat in seats] == [["a", "b", "c", "d"]]


def test_the_worst_off_interviewer_is_lifted() -> None:
    answer = assemble(ITEMS, Spec((ANA, BO), objective="maximin"))
    assert (answer.status, answer.objective) == ("optimal", pytest.approx(1.4))
    assert {frozenset(each) for each in answer.assignment.values()} == {
        frozenset(("q1", "q4")),
        frozenset(("q2", "q3")),
    }


@pytest.mark.parametrize(
    ("spec", "sentences"),
    [
        (
            Spec((InterviewerSpec("ana", minutes=Range(0, 35), name="Ana"),), must=("q1", "q2", "q3", "q4")),
            ("Ana: allow 40 minutes instead of 35.",),
        ),
        (
            Spec((ANA,), {"Communication": CompetencySpec(Range(2))}),
            ("Competency Communication: be content with 1 interviewer instead of 2.",),
        ),
        (
            Spec((ANA,), {"Statistics": CompetencySpec(per_interviewer=Range(0, 1))}, must=("q1", "q2")),
            ("Competency Statistics: allow 2 questions from each interviewer instead of 1.",),
        ),
        (
            Spec((ANA,), difficulty={3: Range(2, 3)}, difficulty_names={3: "advanced"}),
            ("The whole day: be content with 1 question of difficulty advanced instead of 2.",),
        ),
    ],
)
def test_what_to_relax_is_a_sentence(spec: Spec, sentences: tuple[str, ...]) -> None:
    answer = assemble(ITEMS, spec)
    assert (answer.status, answer.assignment) == ("infeasible", {})
    assert answer.relax == sentences


@pytest.mark.parametrize(
    ("spec", "sentences"),
    [
        (
            Spec((replace(ANA, competencies=("Statistics",), keep=("q3",)),)),
            {"Ana: give up “Tell me of a disagreement”.", "Ana: allow questions of Communication."},
        ),
        (
            Spec((replace(ANA, competencies=("Statistics",)),), must=("q3", "q4")),
            {"Ana: allow questions of Communication."},
        ),
        (
            Spec((ANA,), must=("q1", "q2"), enemies=(("q1", "q2"),)),
            {"Allow “q1” and “q2” on one day.", "Do without “q1”, which must be asked.",
             "Do without “q2”, which must be asked."},
        ),
        (
            Spec((replace(ANA, keep=("q1",)),), exclude=("q1",)),
            {"Ana: give up “q1”.", "Allow “q1”, which is excluded."},
        ),
    ],
)  # fmt: skip
def test_a_wish_is_given_up_where_no_bound_would_help(spec: Spec, sentences: set[str]) -> None:
    """Where several single wishes would do as well, it is one of them."""
    answer = assemble(ITEMS, spec)
    assert [each.side for each in answer.relaxations] == ["wish"]
    assert set(answer.relax) <= sentences


@pytest.mark.parametrize(
    ("items", "spec", "relax"),
    [
        ([], Spec((ANA,)), ("Ana: be content with 0 questions instead of 1.",)),
        (ITEMS, Spec((replace(ANA, competencies=()),)), ("Ana: be content with 0 questions instead of 1.",)),
        (ITEMS, Spec((replace(ANA, questions=Range(5, 6)),)), ("Ana: be content with 4 questions instead of 5.",)),
    ],
)
def test_too_little_to_choose_from_is_said(items: list[Item], spec: Spec, relax: tuple[str, ...]) -> None:
    assert assemble(items, spec).relax == relax


@pytest.mark.parametrize("objective", ["information", "maximin"])
def test_nothing_to_choose_from_and_nothing_asked_for_is_an_empty_set(objective: Objective) -> None:
    answer = assemble([], Spec((InterviewerSpec("ana"),), objective=objective))
    assert (answer.status, answer.assignment, answer.objective, answer.gap) == ("optimal", {"ana": ()}, 0, 0)


def test_questions_that_cost_more_than_they_tell_are_asked_only_where_they_must() -> None:
    items = [Item(f"q{n}", "A", 1, 5, 0.1, 1.0) for n in range(4)]
    assert assemble(items, Spec((InterviewerSpec("ana"),))).assignment == {"ana": ()}
    answer = assemble(items, Spec((InterviewerSpec("ana", questions=Range(2, 3)),)))
    assert (len(answer.assignment["ana"]), answer.objective) == (2, pytest.approx(-0.4))


@pytest.mark.parametrize("seed", range(3))
def test_a_model_solved_in_steps_has_the_best_of_the_whole_model(seed: int) -> None:
    items, spec = medium(seed, 90)
    seats = seats_of(spec)
    whole, columns = strict_model([Lot((each,)) for each in items if each.id not in spec.exclude], spec, seats)
    value = {each.id: spec.value(each) for each in items}
    cost = np.zeros(whole.size)
    for row, lot in zip(columns.x, columns.lots, strict=True):
        cost[row[row >= 0]] = -value[lot.kind.id]
    expected = whole.solve(cost, gap=0.0, seconds=60)
    steps = solve_in_steps(whole, cost, gap=0.0, clock=Clock(60))
    assert expected.x is not None and steps.x is not None
    assert cost @ steps.x == pytest.approx(cost @ expected.x, abs=1e-5)
    assert steps.bound <= cost @ expected.x + 1e-6
    assert assemble(items, spec).objective == pytest.approx(-(cost @ expected.x), abs=1e-5)


@pytest.mark.parametrize("objective", ["information", "maximin"])
def test_within_the_gap_means_that_the_best_is_no_further_away(objective: Objective) -> None:
    items, spec = medium(1, 60)
    best = assemble(items, replace(spec, objective=objective))
    near = assemble(items, replace(spec, objective=objective, gap=0.05))
    assert best.status == "optimal" and best.objective is not None
    assert near.status in ("optimal", "within_gap") and near.objective is not None and near.bound is not None
    assert near.objective <= best.objective + 1e-6 <= near.bound + 2e-6
    assert near.gap == pytest.approx((near.bound - near.objective) / near.objective)
    assert near.gap <= 0.05
    for each in (best, near):
        found = dict(each.assignment)
        assert cost_of(found, items, spec) == (0, 0, 0)
        assert values_of(found, items, spec)[objective == "information"] == pytest.approx(each.objective)


@pytest.mark.parametrize("objective", ["information", "maximin"])
def test_a_set_made_better_two_seats_at_a_time_keeps_every_rule_and_a_true_bound(objective: Objective) -> None:
    """Three interviewers, one pair of whom is chosen anew at a time."""
    items, two = medium(5, 36)
    people = tuple(InterviewerSpec(f"p{n}", Range(24, 36), Range(3, 4), None, {3: Range(1, 2)}) for n in range(3))
    spec = replace(two, interviewers=people, objective=objective)
    best, near = assemble(items, spec), assemble(items, replace(spec, gap=0.05))
    assert best.status == "optimal" and best.objective is not None
    assert near.status in ("optimal", "within_gap") and near.objective is not None and near.bound is not None
    assert near.objective - 1e-6 <= best.objective <= near.bound + 1e-6
    assert near.bound - near.objective <= 0.05 * near.objective + 1e-9
    found = dict(near.assignment)
    assert cost_of(found, items, spec) == (0, 0, 0)
    assert values_of(found, items, spec)[objective == "information"] == pytest.approx(near.objective)


def test_with_hardly_any_time_the_answer_claims_nothing_that_is_not_proven() -> None:
    items, spec = medium(3)
    answer: Answer = assemble(items, replace(spec, time_limit=0.001))
    if answer.assignment:
        assert cost_of(dict(answer.assignment), items, spec) == (0, 0, 0)
    assert answer.status == "time_limit" or (answer.gap is not None and answer.gap <= 1e-6)


def test_only_what_cannot_be_needed_is_left_out() -> None:
    items = [Item(f"q{n}", "A", 1, 5, n / 100) for n in range(50)]
    people = (InterviewerSpec("ana", questions=Range(0, 2)), InterviewerSpec("bo", Range(0, 9)))
    spec = Spec(people, must=("q0",), enemies=(("q1", "q49"), ("q2", "q48")))
    kept = {each.id for lot in lots_to_choose_from(items, spec, seats_of(spec)) for each in lot.items}
    assert kept == {"q0", "q47", "q46", "q45", "q48", "q49"}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda spec: replace(spec, interviewers=()), "There are no interviewers. Name at least one."),
        (lambda spec: replace(spec, interviewers=(ANA, ANA)), "The interviewer “ana” stands in the spec twice."),
        (lambda spec: replace(spec, must=("q9",)), "must: the bank has no question “q9”."),
        (lambda spec: replace(spec, must=("q1",), exclude=("q1",)), "“q1” stands under must and under exclude. Take"),
        (lambda spec: replace(spec, difficulty={4: Range()}), "difficulty: there is no difficulty 4; they are 1, 2"),
        (lambda spec: replace(spec, gap=nan), "gap must be a number from 0 to below 1, such as 0.01 for 1 %."),
        (lambda spec: replace(spec, same=(("ana", "ana"),)), "same: each entry names two different interviewers or"),
    ],
)
def test_a_spec_that_cannot_be_meant_is_refused(change: Callable[[Spec], Spec], sentence: str) -> None:
    with pytest.raises(SpecError) as refused:
        assemble(ITEMS, change(Spec((ANA, BO))))
    assert str(refused.value).startswith(sentence)


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        (Item("q1", "A", 1, 5, 1.0), "The question “q1” stands in the bank twice."),
        (Item("q9", "A", 1, nan, 1.0), "Question “q9”: minutes must be an ordinary number."),
        (Item("q9", "A", 1, -1, 1.0), "Question “q9”: minutes must not be below 0."),
        (Item("q9", "A", 4, 5, 1.0), "Question “q9”: the difficulty must be 1, 2 or 3."),
        (Item("q9\n" + "x" * 100, "A", 1, 5, nan), "Question “q9 " + "x" * 56 + "…”: information must be an ordin"),
    ],
)
def test_an_item_that_cannot_be_used_is_refused(item: Item, sentence: str) -> None:
    with pytest.raises(SpecError) as refused:
        assemble([*ITEMS, item], Spec((ANA,)))
    assert str(refused.value).startswith(sentence)
