import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from panel.stats.connectivity import Connectivity, Subset, connected_subsets


def test_finds_the_two_blocks_of_irrna(published):
    """irrNA ConsistNA: objects 1-3 by raters 1-3, objects 4-6 by raters 4-6."""
    found = connected_subsets(published("irrNA_ConsistNA"))
    assert found == Connectivity((Subset((1, 2, 3), (1, 2, 3)), Subset((4, 5, 6), (4, 5, 6))))
    assert not found.is_connected
    assert found.summary(target="candidate") == (
        "The ratings fall into 2 disconnected subsets (3 candidates with 3 raters; 3 candidates with 3 raters); "
        "candidates of different subsets cannot be compared."
    )


def test_a_chain_of_shared_raters_connects(table):
    found = connected_subsets(table([1, 2, None], [None, 3, 4], [None, None, 5]))
    assert found == Connectivity((Subset(("t1", "t2", "t3"), ("A", "B", "C")),))
    assert found.is_connected
    assert found.summary() == "All targets and raters are linked."


def test_one_link_joins_and_a_missing_score_is_no_link(published):
    frame = published("irrNA_ConsistNA")
    link = pd.DataFrame({"target": [1], "rater": [4], "item": [1], "score": [3.0]})
    assert connected_subsets(pd.concat([frame, link])).is_connected
    assert not connected_subsets(pd.concat([frame, link.assign(score=float("nan"))])).is_connected


def test_the_largest_subset_comes_first_in_the_table(table):
    frame = connected_subsets(table([1, None, None], [None, 2, 3], [None, 4, None])).to_frame()
    assert frame.to_numpy().tolist() == [
        [1, "target", "t2"],
        [1, "target", "t3"],
        [1, "rater", "B"],
        [1, "rater", "C"],
        [2, "target", "t1"],
        [2, "rater", "A"],
    ]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(pairs=st.sets(st.tuples(st.integers(0, 7), st.integers(0, 7)), min_size=1))
def test_equals_merging_group_by_group(pairs):
    groups = []
    for target, rater in pairs:
        touching = [g for g in groups if ("t", target) in g or ("r", rater) in g]
        groups = [g for g in groups if g not in touching] + [{("t", target), ("r", rater)}.union(*touching)]
    found = connected_subsets(pd.DataFrame([(*pair, 1) for pair in pairs], columns=["target", "rater", "score"]))
    as_sets = [{("t", t) for t in s.targets} | {("r", r) for r in s.raters} for s in found.subsets]
    assert sorted(map(sorted, as_sets)) == sorted(map(sorted, groups))
