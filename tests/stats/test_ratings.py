from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from panel.stats.errors import (
    DifferentItems,
    DuplicateRatings,
    InfiniteScore,
    MissingColumns,
    MissingLabels,
    NoRatings,
    NotANumber,
    RatingsError,
    SeveralItems,
)
from panel.stats.ratings import mean_over_items, read_ratings, targets_by_raters, units_by_raters


def long(rows, columns=("target", "rater", "item", "score")):
    return pd.DataFrame(rows, columns=list(columns))


def test_missing_scores_are_dropped_and_never_zero():
    known = read_ratings(long([("t", "A", 1, 3), ("t", "B", 1, np.nan), ("u", "A", 1, None)]))
    assert (known.targets, known.raters, known.items) == (("t",), ("A",), (1,))
    assert known.score.tolist() == [3.0]


def test_labels_are_sorted_whatever_the_order_of_rows():
    known = read_ratings(long([("u", "B", 2, 1), ("t", "A", 1, 2), ("t", "B", 2, 3)]))
    assert (known.targets, known.raters, known.items) == (("t", "u"), ("A", "B"), (1, 2))
    assert (known.target.tolist(), known.rater.tolist(), known.item.tolist()) == ([1, 0, 0], [1, 0, 1], [1, 0, 1])


def test_labels_of_mixed_kinds_are_accepted():
    assert read_ratings(long([("t", "A", 1, 1), (7, "A", 1, 2)])).targets == (7, "t")


@pytest.mark.parametrize(
    "scores",
    [
        pd.Series([1, 2, None], dtype="Int64"),
        pd.Series([1, 2, None], dtype="Float64"),
        pd.Series([Decimal(1), Decimal(2), None], dtype=object),
        pd.Series([1, 2, None], dtype="category"),
        pd.Series([1, 2, np.nan], dtype="float32"),
    ],
    ids=["Int64", "Float64", "Decimal", "category", "float32"],
)
def test_every_kind_of_number_is_read(scores):
    frame = pd.DataFrame({"target": ["t", "u", "v"], "rater": "A", "score": scores})
    assert read_ratings(frame).score.tolist() == [1.0, 2.0]


@pytest.mark.parametrize(
    ("frame", "error", "text"),
    [
        (long([("t", 3)], ["target", "score"]), MissingColumns, "lack the column(s) rater"),
        (long([("t", "A", 1, 2)], ["target", "rater", "score", "score"]), MissingColumns, "more than one column"),
        (long([]), NoRatings, "There are no ratings."),
        (long([("t", "A", 1, np.nan)]), NoRatings, "every score is missing"),
        (long([("t", "A", 1, "4"), ("t", "B", 1, "5")]), NotANumber, "'4' is not a number"),
        (long([("t", "A", 1, 3), ("t", "B", 1, "strong hire")]), NotANumber, "'strong hire' is not a number"),
        (long([("t", "A", 1, [3]), ("t", "B", 1, 3)]), NotANumber, "[3] is not a number"),
        (long([("t", "A", 1, 1 + 2j)]), NotANumber, "(1+2j) is not a number"),
        (long([("t", "A", 1, np.inf)]), InfiniteScore, "infinite"),
        (long([("t", "A", 1, -np.inf), ("t", "B", 1, 2)]), InfiniteScore, "infinite"),
        (long([(None, "A", 1, 3)]), MissingLabels, "no target"),
        (long([("t", np.nan, 1, 3)]), MissingLabels, "no rater"),
        (long([("t", "A", None, 3)]), MissingLabels, "no item"),
        (
            long([("t", "A", 9, 3), ("t", "B", 9, 3), ("t", "A", 9, 4)]),
            DuplicateRatings,
            "Rater A scored item 9 of target t more than once (1 repeated rating(s) in all).",
        ),
        (long([("t", "A", 3), ("t", "A", 3)], ["target", "rater", "score"]), DuplicateRatings, "Rater A scored item 1"),
    ],
)
def test_unusable_tables_are_refused_in_plain_words(frame, error, text):
    with pytest.raises(error) as refused:
        read_ratings(frame)
    assert text in str(refused.value)
    assert isinstance(refused.value, RatingsError) and isinstance(refused.value, ValueError)


def test_a_duplicate_whose_other_score_is_missing_is_no_duplicate():
    assert read_ratings(long([("t", "A", 1, 3), ("t", "A", 1, np.nan)])).n_ratings == 1


def test_units_by_raters_shows_gaps():
    matrix = units_by_raters(long([("t", "A", 1, 3), ("t", "B", 2, 4), ("u", "A", 1, 5)]))
    assert matrix.index.tolist() == [("t", 1), ("t", 2), ("u", 1)]
    assert matrix.columns.tolist() == ["A", "B"]
    np.testing.assert_equal(matrix.to_numpy(), [[3, np.nan], [np.nan, 4], [5, np.nan]])


def test_targets_by_raters_needs_one_score_each():
    frame = long([("t", "A", 1, 3), ("t", "A", 2, 4)])
    with pytest.raises(SeveralItems, match="mean_over_items"):
        targets_by_raters(frame)
    np.testing.assert_equal(targets_by_raters(mean_over_items(frame)).to_numpy(), [[3.5]])


def test_mean_over_items_averages_and_says_so():
    means = mean_over_items(long([("t", "A", 1, 3), ("t", "A", 2, 4), ("t", "B", 1, 1), ("t", "B", 2, 2)]))
    assert means.score.tolist() == [3.5, 1.5]
    assert means.note == "Scores are means over 2 items."


def test_mean_over_items_refuses_different_items_of_one_target():
    frame = long([("t", "A", 1, 3), ("t", "A", 2, 4), ("t", "B", 1, 1), ("u", "A", 1, 1)])
    with pytest.raises(DifferentItems, match=r"On 1 of 2 targets \(for one, t\)"):
        mean_over_items(frame)
    means = mean_over_items(frame, require_same_items=False)
    assert means.score.tolist() == [3.5, 1.0, 1.0]
    assert means.note == (
        "Scores are means over 2 items. On 1 of 2 targets the raters scored different items. "
        "Not every target was scored on every item."
    )


@pytest.mark.parametrize(("largest", "kind"), [(5e200, "large"), (4e-200, "small")])
def test_scores_whose_squares_would_be_lost_are_refused(largest, kind):
    frame = long([("t", "A", 1, largest), ("t", "B", 1, largest / 2)])
    with pytest.raises(
        InfiniteScore, match=f"The largest score is {largest:g}, too {kind} to be squared".replace("+", r"\+")
    ):
        read_ratings(frame)
