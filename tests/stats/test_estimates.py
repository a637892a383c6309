import numpy as np
import pytest
from scipy import stats

from panel.stats.errors import BadOption
from panel.stats.estimates import Estimate, Sums, added_up, estimates, quotient, require_confidence

VALUES = np.array([1.0, 4.0, 2.0, 7.0, 5.0, 3.0])


def mean_sums(values, group):
    """Sums [value, 1] of each target, one value a target."""
    n_groups = max(group) + 1
    return added_up(
        np.stack([values, np.ones(len(values))], axis=1), np.array(group), np.bincount(group, minlength=n_groups)
    )


def mean(sums):
    return quotient(sums[..., 0], sums[..., 1])


def test_the_jackknife_of_a_mean_is_the_t_interval():
    found = estimates(mean_sums(VALUES, [0] * 6), mean, undefined="of nothing", confidence=0.9)
    interval = stats.ttest_1samp(VALUES, 0).confidence_interval(0.9)
    ends = (pytest.approx(interval.low), pytest.approx(interval.high))
    assert found == [Estimate(pytest.approx(VALUES.mean()), *ends, 0.9, 6, 6)]


def test_the_interval_of_a_ratio_is_symmetric_on_its_logarithm():
    [found] = estimates(mean_sums(VALUES, [0] * 6), mean, undefined="of nothing", confidence=0.95, scale="log")
    without = np.log([(VALUES.sum() - value) / 5 for value in VALUES])
    error = np.sqrt(5 / 6 * ((without - without.mean()) ** 2).sum())
    reach = np.exp(stats.t.ppf(0.975, 5) * error)
    assert (found.low, found.high) == pytest.approx((VALUES.mean() / reach, VALUES.mean() * reach))


def test_says_why_a_number_or_its_interval_is_missing():
    values, group = np.array([3.0, 1.0, 2.0, 4.0, 4.0, 4.0, 4.0, 4.0]), [0, 1, 1, 2, 2, 2, 2, 2]
    one, few, steady = estimates(mean_sums(values, group), mean, undefined="of nothing", confidence=0.95)
    assert one.not_estimable == "not estimable because it takes 2 targets shared with other raters, and there is 1"
    assert (few.estimate, few.note) == (1.5, "There is no interval on fewer than 5 targets.")
    assert (steady.estimate, steady.note) == (4.0, "There is no interval because no target changes the number.")


def test_a_number_that_hangs_on_one_target_has_no_interval():
    parts = np.array([[1.0, 1.0]] + [[1.0, 0.0]] * 5)
    [found] = estimates(added_up(parts, np.zeros(6, int), np.array([6])), mean, undefined="x", confidence=0.95)
    assert (found.estimate, found.low) == (6.0, None)
    assert found.note == "There is no interval because without one of the targets nothing is left to compare."


def test_a_group_without_targets_is_not_estimable():
    sums = Sums(np.zeros((1, 2)), np.zeros((0, 2)), np.zeros(0, int), np.array([0]))
    [found] = estimates(sums, mean, undefined="x", confidence=0.95)
    assert found.not_estimable == "not estimable because it takes 2 targets shared with other raters, and there are 0"


def test_excludes_only_what_an_interval_leaves_out():
    found = Estimate(0.5, 0.2, 0.8, 0.95, 9, 9)
    assert (found.excludes(0), found.excludes(0.5), found.excludes(0.9)) == (True, False, True)
    assert not Estimate(0.5, None, None, 0.95, 3, 3).excludes(0)


def test_in_words_speaks_the_readers_words():
    assert Estimate(0.5, 0.2, 0.8, 0.95, 9, 9).in_words() == "0.50 (95 % interval 0.20 to 0.80)"
    assert Estimate(0.5, None, None, 0.95, 3, 3).in_words("+.1f") == "+0.5 (without an interval)"
    missing = Estimate(None, None, None, 0.95, 1, 1, "not estimable because it takes 2 targets, and there is 1")
    assert missing.in_words(target="candidate") == "not estimable because it takes 2 candidates, and there is 1"


@pytest.mark.parametrize("confidence", [0, 1, -1, 95, float("nan")])
def test_confidence_is_a_share(confidence):
    with pytest.raises(BadOption):
        require_confidence(confidence)
