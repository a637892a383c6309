"""Proposed panels, against every way there is on small problems and against the promises on larger ones."""

from itertools import combinations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from panel.seating.links import crossing, weakest_cut
from panel.seating.problem import Coming, Problem, Sitter
from panel.seating.proposing import propose
from panel.seating.report import Apart, Load, Proposal, Proposed, Short, WeakestLink
from panel.seating.sentences import links_in_words, loads_in_words, short_in_words
from tests.seating.brute import best, measured, within_limits

QUIETLY = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def a_problem(n_candidates: int, n_people: int, **changes: Any) -> Problem:
    facts: dict[str, Any] = {
        "candidates": tuple(Coming(f"c{each:02}") for each in range(n_candidates)),
        "people": tuple(Sitter(f"p{each:02}") for each in range(n_people)),
        "size": 2,
        "least": 2,
    }
    return Problem(**(facts | changes))


@st.composite
def small(draw: st.DrawFn, *, limits: bool = True) -> Problem:
    n_candidates, n_people = draw(st.integers(1, 4)), draw(st.integers(2, 4))
    candidates = tuple(Coming(f"c{each}", draw(st.sampled_from(["one", "two"]))) for each in range(n_candidates))
    few = st.none() | st.integers(0, 3) if limits else st.none()
    people = tuple(
        Sitter(
            f"p{each}",
            load=draw(st.integers(0, 3)),
            most=draw(few),
            left_in_week={"one": draw(st.integers(0, 2))} if limits and draw(st.booleans()) else {},
        )
        for each in range(n_people)
    )
    pair = st.tuples(st.sampled_from([each.id for each in people]), st.sampled_from([each.id for each in candidates]))
    size = draw(st.integers(1, 3))
    return Problem(
        candidates,
        people,
        size=size,
        least=draw(st.integers(1, size)),
        conflicts=draw(st.frozensets(pair, max_size=5)),
        away=draw(st.frozensets(pair, max_size=2)),
        earlier=tuple(draw(st.lists(st.frozensets(st.sampled_from([each.id for each in people])), max_size=2))),
    )


def way_of(problem: Problem, proposal: Proposal) -> tuple[tuple[str, ...], ...]:
    panels = {each.candidate: each.raters for each in proposal.panels}
    return tuple(panels.get(each.id, ()) for each in problem.candidates)


@QUIETLY
@given(small())
def test_no_way_seats_more_candidates(problem: Problem) -> None:
    way = way_of(problem, propose(problem))
    assert within_limits(problem, way)
    assert all(problem.least <= len(panel) <= problem.size for panel in way if panel)
    assert all(problem.may_meet(who, each.id) for each, panel in zip(problem.candidates, way, strict=True)
               for who in panel)  # fmt: skip
    assert measured(problem, way)[0] == best(problem).seated


@QUIETLY
@given(small())
def test_where_all_are_seated_no_way_is_more_even_and_links_everybody_where_this_does_not(problem: Problem) -> None:
    proposal = propose(problem)
    way = way_of(problem, proposal)
    if not all(way):
        assert {each.candidate for each in proposal.short if each.got == 0} == {
            each.id for each, panel in zip(problem.candidates, way, strict=True) if not panel
        }
        return
    seated, seats, squares, linked = measured(problem, way)
    wanted = best(problem)
    assert (seated, seats, -squares, linked) == (wanted.seated, wanted.seats, wanted.squares, wanted.connected)
    assert proposal.links.connected == linked == proposal.links.full_rank


@QUIETLY
@given(small(limits=False), st.data())
def test_fixed_seats_stay(problem: Problem, data: st.DataObject) -> None:
    candidate = data.draw(st.sampled_from([each.id for each in problem.candidates]))
    free = [each.id for each in problem.people if (each.id, candidate) not in problem.conflicts]
    if not free:
        return
    person = data.draw(st.sampled_from(free))
    fixed = Problem(**vars(problem) | {"fixed": {candidate: (person,)}})
    proposal = propose(fixed)
    if way := [each.raters for each in proposal.panels if each.candidate == candidate]:
        assert person in way[0]
    seated, seats, squares, _ = measured(fixed, way_of(fixed, proposal))
    if seated == len(fixed.candidates):
        assert (seats, -squares) == (best(fixed).seats, best(fixed).squares)


@QUIETLY
@given(st.integers(2, 30), st.integers(3, 9), st.integers(1, 3), st.randoms(use_true_random=False), st.integers(0, 12))
def test_larger_teams_keep_every_promise(n_candidates: int, n_people: int, size: int, random: Any, n: int) -> None:
    conflicts = frozenset(
        (f"p{random.randrange(n_people):02}", f"c{random.randrange(n_candidates):02}") for _ in range(n)
    )
    problem = a_problem(n_candidates, n_people, size=size, least=1, conflicts=conflicts)
    proposal = propose(problem)
    assert all((who, each.candidate) not in conflicts for each in proposal.panels for who in each.raters)
    assert sum(each.new for each in proposal.loads) == sum(len(each.raters) for each in proposal.panels)
    if not conflicts:
        totals = [each.new for each in proposal.loads]
        assert max(totals) - min(totals) <= 1
    assert proposal == propose(problem)


@QUIETLY
@given(st.lists(st.frozensets(st.integers(0, 5), min_size=1), max_size=9))
def test_the_weakest_link_is_the_smallest_of_all_cuts(panels: list[frozenset[int]]) -> None:
    everyone = frozenset(range(6))
    sides = [frozenset(side) for size in range(1, 6) for side in combinations(range(6), size)]
    cut = weakest_cut(panels, everyone)
    assert cut and cut.shared == min(crossing(panels, side) for side in sides) == crossing(panels, cut.one)


def test_forty_candidates_and_twelve_people_are_even_and_firmly_linked() -> None:
    conflicts = frozenset({("p00", "c00"), ("p05", "c20"), ("p11", "c39")})
    proposal = propose(a_problem(40, 12, size=3, least=3, conflicts=conflicts))
    assert {each.new for each in proposal.loads} == {10}
    assert proposal.short == ()
    assert proposal.links.full_rank and proposal.links.holding == ()
    assert proposal.links.weakest and (proposal.links.weakest.shared, proposal.links.weakest.unbeatable) == (10, True)
    pairs = {(one, other): shared for one, other, shared in proposal.links.shared}
    assert len(pairs) == 66 and set(pairs.values()) <= {1, 2, 3}


def test_pairs_who_met_before_give_way_to_new_ones() -> None:
    earlier = (frozenset({"p00", "p01"}), frozenset({"p02", "p03"}))
    proposal = propose(a_problem(4, 4, earlier=earlier))
    assert {each.raters for each in proposal.panels}.isdisjoint({("p00", "p01"), ("p02", "p03")})


def test_trainees_only_shadow_one_a_panel_and_never_in_a_conflict() -> None:
    people = (*(Sitter(f"p{each:02}") for each in range(3)), Sitter("learner", rates=False, shadowing=2),
              Sitter("second", rates=False, shadowing=3, most=1))  # fmt: skip
    proposal = propose(a_problem(4, 0, people=people, conflicts=frozenset({("learner", "c00")})))
    seats = {each.candidate: each.shadows for each in proposal.panels}
    assert all("learner" not in each.raters and "second" not in each.raters for each in proposal.panels)
    assert [sum(who in shadows for shadows in seats.values()) for who in ("learner", "second")] == [2, 1]
    assert "learner" not in seats["c00"] and max(map(len, seats.values())) == 1
    assert [each.person for each in proposal.loads] == ["p00", "p01", "p02"]


def test_limits_by_week_are_kept_and_named_when_they_leave_a_candidate_out() -> None:
    candidates = (Coming("c00", "first"), Coming("c01", "first"), Coming("c02", "second"))
    people = tuple(Sitter(each, left_in_week={"first": 1}) for each in ("p00", "p01"))
    proposal = propose(a_problem(0, 0, candidates=candidates, people=people))
    assert len(proposal.panels) == 2 and proposal.panels[1].candidate == "c02"
    (short,) = proposal.short
    assert (short.got, short.able) == (0, 2)
    names = {short.candidate: "Priya N."}
    assert short_in_words(short, names, least=2) == (
        "Priya N. cannot be seated: only 2 people can take a seat; everybody else has as many interviews as they may "
        "get; raise a limit or choose more people."
    )


def test_a_candidate_in_conflict_with_almost_everybody_is_named_with_what_is_needed() -> None:
    conflicts = frozenset((f"p{each:02}", "c00") for each in range(11))
    proposal = propose(a_problem(3, 12, conflicts=conflicts))
    assert proposal.short == (Short("c00", got=0, wanted=2, people=12, conflicts=11, away=0, able=1),)
    assert short_in_words(proposal.short[0], {"c00": "Priya N."}, least=2) == (
        "Priya N. cannot be seated: 11 of 12 people have a conflict of interest; a panel of 2 needs one more person "
        "without a conflict who is there."
    )


def test_who_cannot_be_compared_is_told_which_one_panel_mends_it() -> None:
    proposal = propose(a_problem(1, 3))
    (apart,) = proposal.links.apart
    (panel,) = proposal.panels
    assert apart.people == (apart.person,) and apart.partner in panel.raters and not proposal.links.full_rank
    names = {apart.person: "Rafael", **dict.fromkeys(panel.raters, "Ana")}
    assert links_in_words(proposal.links, names, chosen=3) == [
        "Rafael can’t be compared yet; one panel with Ana mends it.",
        "No panels with loads as even link everybody: choose larger panels, more candidates or fewer people.",
    ]


def test_who_may_meet_nobody_together_with_another_is_told_so() -> None:
    conflicts = frozenset({("p00", "c00"), ("p01", "c01")})
    proposal = propose(a_problem(2, 2, size=1, least=1, conflicts=conflicts))
    assert proposal.links.apart == (Apart(("p01",), "p01", None),)
    assert links_in_words(proposal.links, {"p01": "Bo"}, chosen=2)[0] == (
        "Bo can’t be compared: there is no candidate whom they and one of the others may both meet."
    )


def test_the_weakest_link_and_the_loads_are_put_into_words() -> None:
    proposal = propose(a_problem(3, 3))
    assert proposal.links.weakest == WeakestLink(("p02",), ("p00", "p01"), 2, True)
    names = {"p00": "Ana", "p01": "Bo", "p02": "Cy"}
    assert links_in_words(proposal.links, names, chosen=3) == [
        "Everybody can be compared with everybody, directly or through others.",
        "The weakest link: Cy and Ana and Bo share 2 candidates, as many as loads like these allow.",
    ]
    assert loads_in_words(proposal) == "Everybody has 2 interviews."


def test_nothing_to_seat_is_no_error() -> None:
    assert propose(a_problem(0, 2)).panels == ()
    assert propose(a_problem(2, 0)).short == tuple(Short(each, 0, 2, 0, 0, 0, 0) for each in ("c00", "c01"))
    alone = propose(a_problem(2, 1, size=1, least=1))
    assert alone.panels == (Proposed("c00", ("p00",)), Proposed("c01", ("p00",)))
    assert alone.loads == (Load("p00", 0, 2),) and alone.links.weakest is None


@pytest.mark.parametrize(
    "changes",
    [
        {"size": 0, "least": 0},
        {"least": 3},
        {"people": (Sitter("same"), Sitter("same"))},
        {"people": (Sitter("p00"), Sitter("c00"))},
        {"fixed": {"c00": ("stranger",)}},
        {"fixed": {"stranger": ("p00",)}},
        {"fixed": {"c00": ("p00", "p00")}},
        {"fixed": {"c00": ("p00", "p01", "p02")}},
        {"fixed": {"c00": ("p00",)}, "conflicts": frozenset({("p00", "c00")})},
    ],
)
def test_a_problem_that_contradicts_itself_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"panel|twice|fixed"):
        a_problem(2, 3, **changes)
