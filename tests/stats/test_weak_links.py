import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from panel.stats.ratings import read_ratings
from panel.stats.weak_links import MOST_LISTED, WeakLink, WeakLinks, weak_links


def links_of(pairs):
    return weak_links(read_ratings(pd.DataFrame(sorted(pairs), columns=["target", "rater"]).assign(score=1.0)))


def all_of(targets, raters):
    return {(target, rater) for target in targets for rater in raters}


def parts(pairs, raters):
    """Sets of raters that share a chain of targets."""
    groups = [{rater} for rater in raters]
    for target in {target for target, _ in pairs}:
        linked = {rater for each, rater in pairs if each == target}
        touching = [group for group in groups if group & linked]
        groups = [group for group in groups if group not in touching] + [set().union(*touching)]
    return {frozenset(group) for group in groups}


def test_one_target_that_alone_joins_two_groups_is_named_with_the_overlap_that_mends_it():
    found = links_of(all_of("abc", "AB") | all_of("def", "CDE") | all_of("t", "AC"))
    by_target = WeakLink("target", ("t",), (("A", "B"), ("C", "D", "E")), 2)
    assert found.links == (
        by_target,
        WeakLink("rater", ("A",), (("B",), ("C", "D", "E")), 3),
        WeakLink("rater", ("C",), (("A", "B"), ("D", "E")), 3),
    )
    assert by_target.summary(target="candidate", rater="interviewer") == (
        "Only candidate t links A and B with C, D and E; to mend it, let A or B also rate 2 more of the candidates of "
        "C, D or E."
    )
    assert found.links[1].summary() == (
        "Only rater A links B with C, D and E; to mend it, let B also rate 3 of the targets of C, D or E."
    )


def test_two_targets_are_still_weak_and_three_are_not():
    sides = all_of("abc", "AB") | all_of("def", "CD")
    two = links_of(sides | all_of("tu", "ABCD"))
    assert two.links == (WeakLink("target", ("t", "u"), (("A", "B"), ("C", "D")), 1),)
    assert two.summary() == (
        "Only the targets t and u link A and B with C and D; to mend it, let A or B also rate 1 more of the targets "
        "of C or D."
    )
    three = links_of(sides | all_of("tuv", "ABCD"))
    assert three == WeakLinks((), 0)
    assert three.summary(target="candidate") == ("No group of raters hangs on fewer than 3 candidates or on one rater.")


def test_two_targets_that_join_a_rater_to_different_groups_are_found():
    firm = all_of("abcd", "AB") | all_of("efgh", "CD") | all_of("ijk", "ABCD")
    found = links_of(firm | {("a", "Z"), ("e", "Z")})
    assert found.links == (WeakLink("target", ("a", "e"), (("Z",), ("A", "B", "C", "D")), 1),)


def test_a_target_that_joins_three_groups_has_three_sides():
    found = links_of(all_of("abc", "AB") | all_of("def", "CD") | all_of("ghi", "EF") | all_of("t", "ABCDEF"))
    link = WeakLink("target", ("t",), (("A", "B"), ("C", "D"), ("E", "F")), 2)
    assert found.links == (link,)
    assert link.summary().endswith("of the targets of E or F, and likewise for the other groups.")


def test_a_leaf_is_no_weak_link():
    assert links_of({("a", "A")}) == WeakLinks((), 0)
    assert links_of(all_of("abc", "AB") | {("z", "A")}) == WeakLinks((), 0)


def test_subsets_without_a_link_have_no_weak_one():
    assert links_of(all_of("abc", "AB") | all_of("def", "CD")) == WeakLinks((), 0)


def test_the_list_is_capped_and_says_so():
    raters = [f"R{n:02}" for n in range(30)]
    chain = set().union(*(all_of([f"t{n:02}"], raters[n : n + 2]) for n in range(29)))
    found = links_of(chain)
    # 29 targets and the 28 raters between two others
    assert (len(found.links), found.n_found) == (MOST_LISTED, 57)
    assert found.links[0] == WeakLink("target", ("t14",), (tuple(raters[:15]), tuple(raters[15:])), 2)
    assert found.summary().count("to mend it") == 3
    assert found.summary().endswith("There are 54 more weak links.")
    assert len(found.to_frame()) == MOST_LISTED


@settings(max_examples=150, deadline=None, derandomize=True)
@given(pairs=st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=16))
def test_finds_exactly_the_targets_and_raters_whose_removal_parts_others(pairs):
    raters, targets = {r for _, r in pairs}, {t for t, _ in pairs}
    whole = parts(pairs, raters)
    expected = {}
    for target in targets:
        apart = parts({p for p in pairs if p[0] != target}, raters) - whole
        expected |= {("target", target): apart} if apart else {}
    for rater in raters:
        left = {group - {rater} for group in whole}
        apart = parts({p for p in pairs if p[1] != rater}, raters - {rater}) - left
        expected |= {("rater", rater): apart} if apart else {}
    found = links_of(pairs)
    single = {(link.kind, link.by[0]): set(map(frozenset, link.sides)) for link in found.links if len(link.by) == 1}
    assert found.n_found == len(found.links)
    assert single == expected
