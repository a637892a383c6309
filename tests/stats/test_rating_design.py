import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panel.stats.connectivity import Subset
from panel.stats.estimability import estimability
from panel.stats.rating_design import Confounding, rating_design
from panel.stats.ratings import read_ratings


def design(*cells):
    """A long table of (target, rater, item) cells, every score 1."""
    return pd.DataFrame(list(cells), columns=["target", "rater", "item"]).assign(score=1.0)


def columns(known):
    """The system with every facet fixed: an indicator column for each target, rater and item."""
    row = np.arange(known.n_ratings)
    x = np.zeros((known.n_ratings, known.n_targets + known.n_raters + known.n_items))
    x[row, known.target] = 1
    x[row, known.n_targets + known.rater] = 1
    x[row, known.n_targets + known.n_raters + known.item] = 1
    return x


def same_coordinates(null, group):
    """Whether levels have equal coordinates in the null space exactly when they are in the same group."""
    apart = np.abs(null[:, None] - null[None]).max(axis=2, initial=0)
    return bool(((apart < 1e-8) == (group[:, None] == group[None])).all())


def test_raters_who_always_score_an_own_item_leave_rank_67_of_74():
    """60 targets, 8 raters, each with an item of their own: 60 + 8 + 8 - 2 = 74, less 7 raters told from 7 items."""
    raters = "ABCDEFGH"
    found = rating_design(design(*[(t, r, f"Q{n}") for t in range(60) for n, r in enumerate(raters, start=1)]))
    assert (found.expected_rank, found.rank, found.rank_deficiency, found.unexplained) == (74, 67, 7, 0)
    assert found.is_connected and found.all_targets_comparable
    assert found.comparable_raters == tuple((r,) for r in raters)
    assert found.comparable_items == tuple((f"Q{n}",) for n in range(1, 9))
    own = tuple(((r,), (f"Q{n}",)) for n, r in enumerate(raters, start=1))
    assert found.confounded == (Confounding(("rater", "item"), own),)
    assert found.summary(target="candidate", rater="interviewer", item="question") == (
        "60 candidates and 8 interviewers are linked. "
        "7 differences cannot be determined (rank 67 of 74): the design parts the interviewers into 8 groups and the "
        "questions into 8 groups that cannot be compared. All candidates can be compared with each other. "
        "The interviewers and questions fall into 8 groups that never meet (A only with Q1; B only with Q2; "
        "C only with Q3; D only with Q4; and 4 more), so between groups the severity of an interviewer cannot be told "
        "from the difficulty of a question. "
        "No group of interviewers hangs on fewer than 3 candidates or on one interviewer."
    )


def test_one_shared_item_restores_the_rank():
    cells = [(t, r, r) for t in range(5) for r in "ABC"]
    assert rating_design(design(*cells)).rank_deficiency == 2
    mended = rating_design(design(*cells, (0, "A", "B"), (0, "B", "C")))
    assert (mended.rank_deficiency, mended.confounded) == (0, ())


def test_complete_ratings_have_full_rank(published):
    found = rating_design(published("guilford_creativity"))
    assert (found.expected_rank, found.rank) == (7 + 3 + 5 - 2, 13)
    assert found.summary() == (
        "7 targets and 3 raters are linked. Every difference is determined (rank 13 of 13). "
        "No group of raters hangs on fewer than 3 targets or on one rater."
    )


def test_irrna_has_two_subsets_and_one_missing_difference(published):
    """One item: 6 targets + 6 raters - 1 = 11, less the difference between the blocks."""
    found = rating_design(published("irrNA_ConsistNA"))
    assert found.subsets == (Subset((1, 2, 3), (1, 2, 3)), Subset((4, 5, 6), (4, 5, 6)))
    assert (found.expected_rank, found.rank, found.unexplained) == (11, 10, 0)
    assert found.comparable_targets == ((1, 2, 3), (4, 5, 6))
    assert found.summary(target="candidate").startswith(
        "The ratings fall into 2 disconnected subsets (3 candidates with 3 raters; 3 candidates with 3 raters); "
        "candidates of different subsets cannot be compared. "
        "To link the first two, let 4, 5 or 6 also rate 3 of the candidates of 1, 2 or 3."
    )


def test_shared_items_join_the_graph_but_make_no_targets_comparable():
    """Two blocks of targets and raters score the same two items: a subset of one, and still no comparison."""
    blocks = [(t, r, q) for ts, rs in (("ab", "AB"), ("cd", "CD")) for t in ts for r in rs for q in (1, 2)]
    found = rating_design(design(*blocks))
    assert found.is_connected and not found.all_targets_comparable
    assert (found.expected_rank, found.rank) == (4 + 4 + 2 - 2, 7)
    assert found.comparable_targets == (("a", "b"), ("c", "d"))
    assert found.comparable_items == ((1, 2),)
    assert found.confounded == (Confounding(("target", "rater"), ((("a", "b"), ("A", "B")), (("c", "d"), ("C", "D")))),)
    assert "the level of a target cannot be told from the severity of a rater" in found.summary()


def test_a_deficiency_that_no_pair_of_facets_shows_is_still_counted():
    """Four cells of a 2 x 2 x 2 table, no two in one row: rank 2 + 2 + 2 - 2. Without one of them every pair of facets
    still meets, and three rows cannot have rank 4."""
    half = [(0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 0)]
    assert rating_design(design(*half)).rank_deficiency == 0
    found = rating_design(design(*half[:3]))
    assert (found.rank, found.rank_deficiency, found.unexplained, found.confounded) == (3, 1, 1, ())


def test_the_table_names_subset_and_comparable_group_of_every_level():
    found = rating_design(design(("t", "A", 1), ("t", "B", 2), ("u", "A", 1), ("u", "B", 2)))
    assert found.to_frame().to_numpy().tolist() == [
        ["target", "t", 1, 1],
        ["target", "u", 1, 1],
        ["rater", "A", 1, 1],
        ["rater", "B", 1, 2],
        ["item", 1, 1, 1],
        ["item", 2, 1, 2],
    ]


@pytest.mark.parametrize(
    ("cells", "rank"),
    [([("t", "A", 1)], 1), ([("t", "A", 1), ("t", "B", 1)], 2), ([("t", "A", 1), ("u", "A", 1), ("u", "A", 2)], 3)],
)
def test_one_target_rater_or_item_is_no_obstacle(cells, rank):
    found = rating_design(design(*cells))
    assert (found.rank, found.rank_deficiency, found.is_connected) == (rank, 0, True)


@settings(max_examples=120, deadline=None, derandomize=True)
@given(cells=st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=30))
def test_rank_and_groups_are_those_of_the_full_matrix(cells):
    known = read_ratings(design(*cells))
    found, x = estimability(known), columns(known)
    _, singular, directions = np.linalg.svd(x)
    rank = int((singular > 1e-9).sum())
    null = directions[rank:].T
    of_facet = np.split(null, np.cumsum([known.n_targets, known.n_raters]))
    assert found.rank == rank
    assert all(map(same_coordinates, of_facet, (found.target, found.rater, found.item)))
    assert rating_design(known).unexplained >= 0


def test_a_large_design_without_shared_cells_is_ranked_by_factorisation():
    """Each rater asks each target other items, so nothing merges; the rank is that of the matrix."""
    random = np.random.default_rng(3)
    cells = {(t, int(r), int(i)) for t in range(60) for r, i in zip(*random.integers(40, size=(2, 4)), strict=True)}
    known = read_ratings(design(*cells))
    assert estimability(known).rank == np.linalg.matrix_rank(columns(known))


def test_what_is_too_large_and_sparse_to_rank_is_said_and_nothing_is_guessed():
    random = np.random.default_rng(4)
    n = 60_000
    frame = pd.DataFrame(
        {
            "target": random.integers(20_000, size=n),
            "rater": random.integers(9_000, size=n),
            "item": random.integers(9_000, size=n),
            "score": np.ones(n),
        }
    )
    found = rating_design(frame)
    assert (found.rank, found.rank_deficiency, found.unexplained, found.comparable_targets) == (None,) * 4
    assert not found.all_targets_comparable
    assert found.to_frame()["comparable"].isna().all()
    reason = "not estimable because the ratings are too many and too sparse for their rank to be found"
    assert found.not_estimable == reason
    assert f"Which differences are determined is {reason}." in found.summary()
