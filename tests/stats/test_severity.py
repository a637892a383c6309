import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from panel.stats.errors import BadOption, NoRatings, ScoreOffScale
from panel.stats.severity import (
    LevelDistribution,
    RaterOffset,
    RaterSpread,
    level_distribution,
    offset_on_shared_targets,
    spread,
)

LEVELS = range(1, 10)


def test_offsets_of_guilford_rank_raters_as_facets_does(published):
    """Guilford (1954) p. 282: FACETS severities Brahe .2454 > Avogadro .0397 > Cavendish -.0960 (logits)."""
    found = offset_on_shared_targets(published("guilford_creativity")).to_frame().set_index("rater")
    assert found["estimate"].sort_values(ascending=False).index.tolist() == ["Brahe", "Avogadro", "Cavendish"]
    # complete data: (others' total - own total) by hand from 171, 156 and 181 points on 35 ratings each
    expected = {"Avogadro": (337 / 2 - 171) / 35, "Brahe": (352 / 2 - 156) / 35, "Cavendish": (327 / 2 - 181) / 35}
    assert found["estimate"].to_dict() == pytest.approx(expected)
    assert found[["n_targets", "n_ratings"]].to_numpy().tolist() == [[7, 35]] * 3


def test_interval_is_that_of_a_one_sample_t_test_over_targets(published):
    frame = published("guilford_creativity")
    by_target = frame.pivot_table(index="target", columns="rater", values="score")
    d = by_target[["Avogadro", "Cavendish"]].mean(axis=1) - by_target["Brahe"]
    interval = stats.ttest_1samp(d, 0).confidence_interval(0.9)
    brahe = offset_on_shared_targets(frame, confidence=0.9).of("Brahe")
    assert (brahe.low, brahe.high) == pytest.approx((interval.low, interval.high))
    assert brahe.se == pytest.approx(stats.sem(d))


def test_severity_is_positive_for_harsh(table):
    found = offset_on_shared_targets(table([1, 3], [2, 5], [3, 4]))
    assert (found.of("A").estimate, found.of("B").estimate) == (2.0, -2.0)
    assert found.of("A").summary(target="candidate", rater="interviewer") == (
        "Interviewer A scores 2.00 lower than fellow interviewers "
        "(severity +2.00, 95 % interval -0.48 to +4.48, 3 candidates; the interval includes no difference)."
    )


def test_targets_count_once_however_many_items_they_have():
    rows = [("t", rater, item, score) for item in range(9) for rater, score in (("A", 1), ("B", 5))]
    rows += [("u", "A", 0, 3), ("u", "B", 0, 3)]
    found = offset_on_shared_targets(pd.DataFrame(rows, columns=["target", "rater", "item", "score"])).of("A")
    assert (found.estimate, found.n_targets, found.n_ratings) == (2.0, 2, 10)


def test_only_shared_cells_count():
    rows = [("t", "A", 1, 1), ("t", "B", 1, 2), ("t", "A", 2, 5), ("u", "A", 1, 1), ("u", "B", 1, 4), ("v", "A", 1, 5)]
    frame = pd.DataFrame(rows, columns=["target", "rater", "item", "score"])
    found = offset_on_shared_targets(frame).of("A")
    assert (found.estimate, found.n_targets, found.n_ratings) == (2.0, 2, 2)


def test_raters_of_different_items_can_be_compared_by_their_means_on_request():
    rows = [("t", "A", 1, 1), ("t", "A", 2, 2), ("t", "B", 3, 3), ("u", "A", 1, 4), ("u", "B", 2, 5)]
    frame = pd.DataFrame(rows, columns=["target", "rater", "item", "score"])
    reason = "not estimable because it takes 2 targets shared with other raters, and there are 0"
    assert offset_on_shared_targets(frame).of("A") == RaterOffset("A", None, None, None, None, 0.95, 0, 0, reason)
    by_target = offset_on_shared_targets(frame, by_item=False).of("A")
    assert (by_target.estimate, by_target.n_targets, by_target.n_ratings) == (1.25, 2, 3)


def test_says_why_there_is_no_offset_or_no_interval(table):
    found = offset_on_shared_targets(table([1, 2, None], [1, 2, 3], [1, 2, None]))
    assert found.of("C").not_estimable == (
        "not estimable because it takes 2 targets shared with other raters, and there are 1"
    )
    assert found.of("C").summary() == f"The severity of rater C is {found.of('C').not_estimable}."
    steady = offset_on_shared_targets(table([1, 2], [2, 3])).of("A")
    assert (steady.estimate, steady.low, steady.high) == (1.0, None, None)
    assert steady.summary() == (
        "Rater A scores 1.00 lower than fellow raters on 2 targets. "
        "There is no interval because the difference is the same on every shared target."
    )


def test_a_single_rater_has_no_offset(table):
    found = offset_on_shared_targets(table([1], [2])).to_frame()
    assert found["estimate"].tolist() == [None]


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    scores=st.lists(st.tuples(*[st.one_of(st.none(), st.integers(1, 5))] * 3), min_size=2, max_size=8),
    by=st.integers(1, 9),
)
def test_offset_follows_the_scores(scores, by):
    rows = [(t, r, s) for t, row in enumerate(scores) for r, s in enumerate(row) if s is not None]
    if not rows:
        return
    frame = pd.DataFrame(rows, columns=["target", "rater", "score"])
    plain = offset_on_shared_targets(frame)
    for rater in frame["rater"].unique():
        lower = frame.assign(score=frame["score"] - by * (frame["rater"] == rater))
        reverse = frame.assign(score=6 - frame["score"])
        estimates = [offset_on_shared_targets(x).of(rater).estimate for x in (lower, reverse)]
        if plain.of(rater).estimate is None:
            assert estimates == [None, None]
        else:
            estimate = plain.of(rater).estimate
            assert estimates == pytest.approx([estimate + by, -estimate])


def test_level_distribution_counts_every_level_of_the_scale(published):
    found = level_distribution(published("guilford_creativity"), LEVELS)
    assert found == LevelDistribution(
        raters=("Avogadro", "Brahe", "Cavendish"),
        levels=(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0),
        counts=((3, 0, 10, 0, 11, 0, 7, 2, 2), (0, 4, 6, 8, 8, 6, 2, 1, 0), (1, 0, 9, 0, 12, 0, 12, 0, 1)),
    )
    frame = found.to_frame()
    assert (frame.loc["Brahe", 4.0], frame.shape) == (8, (3, 9))
    assert found.summary() == "3 raters used 9 of 9 levels."


def test_level_distribution_names_unused_levels_and_refuses_others(table):
    assert level_distribution(table([1, 4], [4, 4]), [1, 2, 3, 4]).summary() == (
        "2 raters used 2 of 4 levels; nobody used 2, 3."
    )
    with pytest.raises(ScoreOffScale, match="The score 5 is not one of the levels 1, 2, 3, 4"):
        level_distribution(table([1, 5]), [1, 2, 3, 4])
    with pytest.raises(ScoreOffScale):
        level_distribution(table([1, 2.5]), [1, 2, 3, 4])
    for scale in ([3], [], [1, np.nan], [1, np.inf]):
        with pytest.raises(BadOption):
            level_distribution(table([1, 1]), scale)


def test_spread_shows_range_restriction(published):
    found = spread(published("guilford_creativity"), LEVELS)
    assert found.of("Brahe") == RaterSpread(
        rater="Brahe",
        n_ratings=35,
        mean=pytest.approx(156 / 35),
        standard_deviation=pytest.approx(1.5404899637),
        lowest=2.0,
        highest=8.0,
        n_levels_used=7,
        range_used=0.75,
        extremes=0.0,
    )
    assert found.of("Avogadro").extremes == pytest.approx(5 / 35)
    assert found.to_frame()["rater"].tolist() == ["Avogadro", "Brahe", "Cavendish"]
    assert found.summary() == "The median standard deviation of 3 raters is 1.84."


def test_spread_of_one_rating_is_not_zero(table):
    found = spread(table([3]))
    assert (found.of("A").standard_deviation, found.of("A").range_used, found.typical) == (None, 0.0, None)
    assert found.summary() == "Spread is not estimable because no rater gave two ratings."


def test_spread_refuses_scores_off_the_scale(table):
    with pytest.raises(ScoreOffScale):
        spread(table([1, 7]), [1, 2, 3])


def test_no_ratings_is_an_error_everywhere():
    nothing = pd.DataFrame({"target": [], "rater": [], "score": []}, dtype=float)
    for question in (offset_on_shared_targets, spread, lambda x: level_distribution(x, [1, 2])):
        with pytest.raises(NoRatings):
            question(nothing)
