"""How one number goes with another: against scipy, a worked example, and people who were selected."""

import numpy as np
import pytest
from scipy import stats

from panel.stats.association import Association, association

X = [2.1, 3.4, 3.9, 2.8, 4.4, 3.1, 4.8, 2.5, 3.6, 4.1, 3.3, 2.9]
Y = [0.3, 0.5, 0.4, 0.5, 0.9, 0.2, 0.8, 0.4, 0.4, 0.9, 0.6, 0.5]


def test_pearson_and_its_interval_are_scipys() -> None:
    found = association(X, Y).pearson
    peer = stats.pearsonr(X, Y)
    interval = peer.confidence_interval(0.95)
    assert found
    assert (found.estimate, found.low, found.high) == pytest.approx((peer.statistic, interval.low, interval.high))
    assert found.excludes(0)
    assert not found.excludes(0.5)


def test_spearman_is_scipys_and_its_interval_bonett_and_wrights() -> None:
    """For rho = .5 and n = 28, the standard error on Fisher's scale is sqrt((1 + .125) / 25) = .2121."""
    found = association(X, Y).spearman
    rho = float(stats.spearmanr(X, Y).statistic)
    reach = 1.959964 * ((1 + rho**2 / 2) / (len(X) - 3)) ** 0.5
    assert found
    assert (found.estimate, found.low, found.high) == pytest.approx(
        (rho, np.tanh(np.arctanh(rho) - reach), np.tanh(np.arctanh(rho) + reach)), abs=1e-6
    )


def test_case_2_is_thorndikes_formula() -> None:
    """r = .25 with twice the spread: 2 x .25 / sqrt(1 - .0625 + 4 x .0625) = .4588."""
    rng = np.random.default_rng(0)
    x = rng.normal(size=40)
    noise = rng.normal(size=40)
    noise -= noise.mean() + (noise @ (x - x.mean())) / ((x - x.mean()) @ (x - x.mean())) * (x - x.mean())
    y = 0.25 * (x - x.mean()) / x.std() + (1 - 0.25**2) ** 0.5 * noise / noise.std()
    found = association(x, y, spread_of_all=2 * float(x.std(ddof=1)))
    assert found.pearson
    assert found.corrected
    assert found.spread_ratio == pytest.approx(2)
    assert found.pearson.estimate == pytest.approx(0.25)
    assert found.corrected.estimate == pytest.approx(0.5 / (1 - 0.0625 + 0.25) ** 0.5)
    assert found.corrected.low is not None
    assert found.corrected.high is not None
    assert found.corrected.low < found.corrected.estimate < found.corrected.high


def test_case_2_finds_the_relation_among_all_again_where_they_were_chosen_on_x_alone() -> None:
    rng = np.random.default_rng(7)
    x = rng.normal(size=200_000)
    y = 0.5 * x + (1 - 0.25) ** 0.5 * rng.normal(size=len(x))
    chosen = x > 1
    found = association(x[chosen], y[chosen], spread_of_all=float(x.std(ddof=1)))
    assert found.pearson
    assert found.corrected
    assert found.pearson.estimate < 0.3
    assert found.corrected.estimate == pytest.approx(0.5, abs=0.02)


def test_nothing_is_corrected_where_the_chosen_differ_as_much_as_all() -> None:
    assert association(X, Y, spread_of_all=0.1).corrected is None
    assert association(X, Y).spread_ratio is None


def test_what_cannot_be_said_has_a_reason() -> None:
    assert association([1, 2, 3], [1, 2, 3]) == Association(3, not_estimable="4 people are the least that it takes")
    assert association([1, 1, 1, 1], [1, 2, 3, 4]).not_estimable == "the scores are all the same"
    assert association([1, 2, 3, 4], [2, 2, 2, 2]).not_estimable == "the outcomes are all the same"
    line = association([1, 2, 3, 4], [8, 6, 4, 2]).pearson
    assert line
    assert (line.estimate, line.low, line.high, line.excludes(0)) == (-1.0, None, None, False)


def test_says_it_in_words_and_as_a_table() -> None:
    found = association(X, Y, spread_of_all=2 * float(np.std(X, ddof=1)))
    assert found.summary() == (
        "On 12 pairs: Pearson's r 0.73, 95 % interval 0.28 to 0.92; Spearman's rho 0.64, 95 % interval 0.04 to 0.90. "
        "For all, whose scores spread 2.00 times as widely: r 0.91, 95 % interval 0.50 to 0.98."
    )
    table = found.to_frame()
    assert table["coefficient"].tolist() == ["pearson", "spearman", "corrected"]
    assert found.pearson
    assert table.iloc[0].tolist() == ["pearson", found.pearson.estimate, found.pearson.low, found.pearson.high, 12]
    few = association([1, 2], [1, 2])
    assert (few.summary(), few.to_frame().empty) == ("Not estimable: 4 people are the least that it takes.", True)
