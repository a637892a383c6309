import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panel.stats.rating_scale.design import missing_rank
from panel.stats.rating_scale.levels import usable
from panel.stats.ratings import read_ratings


def missing(frame):
    data = usable(read_ratings(frame), None, keep_extremes=True)
    return missing_rank(data, data.kept)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10_000), share=st.floats(0.1, 0.9))
def test_missing_rank_is_that_of_the_design_matrix(seed, share):
    random = np.random.default_rng(seed)
    cells = np.argwhere(random.random((6, 4, 3)) < share)
    if not len(cells):
        return
    frame = pd.DataFrame(cells, columns=["target", "rater", "item"]).assign(score=1)
    dummies = [pd.get_dummies(frame[name]).to_numpy(dtype=float) for name in ("target", "rater", "item")]
    facets = [columns for columns in dummies if columns.shape[1] > 1]
    full = sum(columns.shape[1] for columns in facets) - max(len(facets) - 1, 0)
    rank = np.linalg.matrix_rank(np.hstack(facets)) if facets else 0
    assert missing(frame) == full - rank


def test_raters_who_always_ask_one_item_of_their_own_leave_links_missing():
    """Five of eight raters ask an item that nobody else asks: every one of these items is its rater."""
    rows = [(t, r, i) for t in range(20) for r in range(8) for i in (range(3) if r < 3 else [10 + r])]
    assert missing(pd.DataFrame(rows, columns=["target", "rater", "item"]).assign(score=1)) == 5


@pytest.mark.parametrize("length", [2, 400])
def test_a_long_chain_of_raters_holds(length):
    """Rater n shares one target with rater n + 1, and no other."""
    rows = [(n, rater) for n in range(length) for rater in (n, n + 1)]
    assert missing(pd.DataFrame(rows, columns=["target", "rater"]).assign(score=1)) == 0
