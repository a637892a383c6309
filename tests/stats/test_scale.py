import numpy as np
import pytest

from panel.stats.errors import BadOption, ScoreOffScale
from panel.stats.scale import agreement_weights, distinct_scores, levels_and_codes

ONE_TO_FOUR = np.array([1.0, 2.0, 3.0, 4.0])


@pytest.mark.parametrize(
    ("weights", "first_row"),
    [
        ("unweighted", [1, 0, 0, 0]),
        ("linear", [1, 2 / 3, 1 / 3, 0]),
        ("quadratic", [1, 8 / 9, 5 / 9, 0]),
        ("ordinal", [1, 5 / 6, 3 / 6, 0]),
        ("radical", [1, 1 - np.sqrt(1 / 3), 1 - np.sqrt(2 / 3), 0]),
        ("ratio", [1, 1 - (1 / 9) / (9 / 25), 1 - (1 / 4) / (9 / 25), 0]),
        ("circular", [1, 0.5, 0, 0.5]),
        ("bipolar", [1, 1 - 1 / 5, 1 - 4 / 8, 0]),
    ],
)
def test_weights_are_those_of_gwet_2014(weights, first_row):
    """By hand from the formulas of Gwet (2014), ch. 3, and irrCAC; bipolar: 1/5, 4/8 and 9/9 from the first level."""
    table = agreement_weights(ONE_TO_FOUR, weights)
    np.testing.assert_allclose(table[0], first_row, atol=1e-12)
    np.testing.assert_allclose(table, table.T)
    np.testing.assert_allclose(np.diag(table), 1)


def test_distances_are_those_of_scores_and_ordinal_counts_levels():
    uneven = np.array([0.0, 1.0, 10.0])
    np.testing.assert_allclose(agreement_weights(uneven, "linear")[0], [1, 0.9, 0])
    np.testing.assert_allclose(agreement_weights(uneven, "ordinal")[0], [1, 2 / 3, 0])


def test_unknown_weights_and_negative_ratios_are_refused():
    with pytest.raises(BadOption, match="one of unweighted, linear"):
        agreement_weights(ONE_TO_FOUR, "cubic")
    with pytest.raises(ScoreOffScale, match="no negative scores"):
        agreement_weights(np.array([-1.0, 2.0]), "ratio")


def test_scores_that_differ_by_rounding_are_one():
    values, code = distinct_scores(np.array([0.1 + 0.2, 0.3, 0.7, 0.1 * 7]))
    assert len(values) == 2 and code.tolist() == [0, 0, 1, 1]


@pytest.mark.parametrize(
    "scores", [[0.5, 1.0, 2.0, 1e13], [-1e13, 0.5, 1.0], [0.0, 1e-17, 3e-17], [1e-30, 2e-30, 0.5e-30]]
)
def test_scores_of_very_different_size_stay_apart(scores):
    values, code = distinct_scores(np.array(scores))
    assert (values.tolist(), values[code].tolist()) == (sorted(scores), scores)


def test_what_rounding_leaves_of_zero_is_zero():
    values, code = distinct_scores(np.array([0.0, 0.3 - 3 * 0.1, 0.5, 1.0, 2.5]))
    assert (len(values), code.tolist()) == (4, [0, 0, 1, 2, 3])
    assert levels_and_codes(np.array([0.3 - 3 * 0.1, 0.5]), [0, 0.5, 1])[1].tolist() == [0, 1]


def test_a_score_off_the_scale_is_refused_however_large_the_highest_level_is():
    with pytest.raises(ScoreOffScale, match=r"The score 5 is not one of the levels 1, 1e\+13\."):
        levels_and_codes(np.array([1.0, 5.0]), [1, 1e13])


def test_a_named_scale_keeps_levels_that_nobody_used():
    levels, code = levels_and_codes(np.array([2.0, 4.0]), [4, 3, 2, 1])
    assert (levels.tolist(), code.tolist()) == ([1, 2, 3, 4], [1, 3])


@pytest.mark.parametrize("levels", [[1], [1, np.nan], [2, np.inf]])
def test_levels_that_are_no_scale_are_refused(levels):
    with pytest.raises(BadOption, match="at least two levels"):
        levels_and_codes(np.array([1.0, 2.0]), levels)


def test_a_score_off_the_scale_is_named():
    with pytest.raises(ScoreOffScale, match=r"The score 2\.5 is not one of the levels 1, 2, 3\."):
        levels_and_codes(np.array([1.0, 2.5]), [1, 2, 3])
