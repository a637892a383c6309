import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panel.stats.errors import BadOption, NoRatings, ScoreOffScale
from panel.stats.estimates import Estimate
from panel.stats.item_levels import ItemLevels, level_use
from panel.stats.items import item_analysis


def long(*rows):
    return pd.DataFrame(list(rows), columns=["target", "rater", "item", "score"])


def interval(found):
    return found.estimate, found.low, found.high


def six(*figures):
    return pytest.approx(figures, abs=5e-7)


def test_guilford_items_are_those_of_r(published):
    """Base R 4.2.2: cor() of an item with the rest, its jackknife over targets on Fisher's z; t.test() over targets."""
    found = item_analysis(published("guilford_creativity"))
    assert interval(found.of("Attack").discrimination) == six(0.686075, -0.528755, 0.978854)
    assert interval(found.of("Basis").discrimination) == six(0.845396, 0.737965, 0.911036)
    assert interval(found.of("Clarity").discrimination) == six(0.678006, 0.158121, 0.903576)
    assert interval(found.of("Daring").discrimination) == six(0.582506, -0.230795, 0.916631)
    assert interval(found.of("Enthusiasm").discrimination) == six(0.581843, 0.139483, 0.830607)
    assert interval(found.of("Basis").difficulty) == six(-0.380952, -0.632101, -0.129804)
    assert interval(found.of("Enthusiasm").difficulty) == six(1.345238, 0.432863, 2.257613)
    basis = found.of("Basis")
    assert (basis.n_ratings, basis.n_targets, basis.n_raters) == (21, 7, 3)
    assert found.to_frame()["item"].tolist() == ["Attack", "Basis", "Clarity", "Daring", "Enthusiasm"]


def test_the_rest_across_raters_leaves_out_the_rater_and_the_item():
    """For item 1 by A the rest is item 2 by B, and for item 1 by B it is item 2 by A."""
    scores = {("A", 1): [1, 2, 4, 3], ("A", 2): [2, 2, 5, 4], ("B", 1): [1, 3, 3, 5], ("B", 2): [2, 1, 4, 4]}
    frame = long(*[(t, r, i, s) for (r, i), column in scores.items() for t, s in enumerate(column)])
    own, rest = scores["A", 1] + scores["B", 1], scores["B", 2] + scores["A", 2]
    found = item_analysis(frame).of(1).discrimination_across
    assert found.estimate == pytest.approx(np.corrcoef(own, rest)[0, 1])
    assert (found.n_targets, found.n_ratings) == (4, 8)


def test_difficulty_counts_a_target_once_and_is_positive_for_hard():
    """Target t: 4 - 2 by A and 4 - 1 by B, mean 2.5; target u: 3 - 2. Mean of 2.5 and 1."""
    frame = long(
        ("t", "A", 1, 2), ("t", "A", 2, 4), ("t", "B", 1, 1), ("t", "B", 2, 4), ("u", "A", 1, 2), ("u", "A", 2, 3),
        ("v", "A", 1, 5),
    )  # fmt: skip
    found = item_analysis(frame)
    reach = 12.706 * 0.75
    assert found.of(1).difficulty == Estimate(
        1.75, pytest.approx(1.75 - reach, abs=1e-3), pytest.approx(1.75 + reach, abs=1e-3), 0.95, 2, 3
    )
    assert found.of(2).difficulty.estimate == -1.75
    assert (found.of(1).n_ratings, found.of(1).n_targets, found.of(1).mean) == (4, 3, 2.5)


def test_an_item_that_does_not_discriminate_is_told_from_those_that_do():
    random = np.random.default_rng(11)
    ability = random.normal(0, 1, 120)
    rows = [
        (t, r, i, 3 + (0 if i == 3 else ability[t]) + random.normal(0, 0.7))
        for t in range(120)
        for r in "AB"
        for i in range(4)
    ]
    found = item_analysis(long(*rows))
    dead = found.of(3)
    assert not dead.discrimination.excludes(0) and not dead.discrimination_across.excludes(0)
    assert all(found.of(i).discrimination.low > 0.5 for i in range(3))
    assert all(found.of(i).discrimination_across.low > 0.5 for i in range(3))


def test_one_item_has_no_others_to_be_compared_with(table):
    found = item_analysis(table([1, 2], [3, 4], [2, 5])).of(1)
    assert found.difficulty.not_estimable == (
        "not estimable because it takes 2 targets with ratings of other items by the same rater, and there are 0"
    )
    assert found.discrimination_across.not_estimable == (
        "not estimable because it takes 3 targets with ratings of other items by another rater, and there are 0"
    )
    assert found.summary(target="candidate", rater="interviewer", item="question") == (
        "Question 1 (6 ratings of 3 candidates by 2 interviewers): difficulty not estimable because it takes 2 "
        "candidates with ratings of other questions by the same interviewer, and there are 0. "
        "No reliability claim: 3 candidates rated, 27 more needed to reach the minimum of 30."
    )


def test_an_item_without_variance_is_not_estimable():
    frame = long(*[(t, "A", i, 3 if i == 1 else t % 4) for t in range(8) for i in (1, 2)])
    assert item_analysis(frame).of(1).discrimination.not_estimable == (
        "not estimable because its scores, or those of the other items, do not differ"
    )


def test_a_summary_reads_as_sentences():
    rows = [(t, r, i, (t * 7 + i + (r == "B")) % 5 - i) for t in range(40) for r in "AB" for i in (1, 2)]
    text = item_analysis(long(*rows)).of(2).summary(target="candidate", rater="interviewer", item="question")
    assert text.startswith("Question 2 (80 ratings of 40 candidates by 2 interviewers): difficulty +")
    assert ", harder than the others. Provisional: Item-rest correlation " in text
    assert text.endswith(" across interviewers.")


@settings(max_examples=40, deadline=None, derandomize=True)
@given(data=st.data())
def test_items_do_not_depend_on_labels_row_order_or_level(data):
    cell = st.tuples(st.integers(0, 6), st.integers(0, 2), st.integers(0, 2))
    cells = data.draw(st.lists(cell, min_size=2, max_size=40, unique=True))
    scores = data.draw(st.lists(st.integers(1, 5), min_size=len(cells), max_size=len(cells)))
    frame = long(*[(*each, float(score)) for each, score in zip(cells, scores, strict=True)])

    def numbers(ratings, back=lambda item: item, sign=1):
        return {
            back(each.item): [
                None if n is None else pytest.approx(n, abs=1e-7)
                for n in (
                    None if each.difficulty.estimate is None else sign * each.difficulty.estimate,
                    *interval(each.discrimination),
                    *interval(each.discrimination_across),
                )
            ]
            for each in item_analysis(ratings).items
        }

    def exact(approximate):
        return {item: [None if n is None else n.expected for n in row] for item, row in approximate.items()}

    plain = exact(numbers(frame))
    assert plain == numbers(frame.sample(frac=1, random_state=1))
    assert plain == numbers(frame.assign(item=9 - frame["item"], target=-frame["target"]), back=lambda item: 9 - item)
    assert plain == numbers(frame.assign(score=frame["score"] + 1000))
    assert plain == numbers(frame.assign(score=6 - frame["score"]), sign=-1)


def test_levels_splits_and_gaps_are_counted_pair_by_pair():
    """Item 1: t has 2, 3, 3 (one pair on 3, two pairs split 2 | 3); u has 1, 4 (a gap); v has one rating."""
    frame = long(
        ("t", "A", 1, 2), ("t", "B", 1, 3), ("t", "C", 1, 3), ("u", "A", 1, 1), ("u", "B", 1, 4), ("v", "A", 1, 5),
        ("t", "A", 2, 5),
    )  # fmt: skip
    found = level_use(frame, range(1, 6))
    first = ItemLevels(1, (1, 1, 2, 1, 1), (0, 0, 1, 0, 0), (0, 2, 0, 0), gaps=1, units_with_gap=1, n_units=2)
    assert found.items == (first, ItemLevels(2, (0, 0, 0, 0, 1), (0,) * 5, (0,) * 4, 0, 0, 0))
    assert (first.n_pairs, first.most_split) == (4, 1)
    assert found.summary(target="candidate", rater="interviewer", item="question") == (
        "Question 1: every level was given; interviewers split most between 2 and 3 (2 of 4 pairs); "
        "1 of 2 candidates with a gap of two levels or more. "
        "Question 2: levels never given: 1, 2, 3, 4; no candidate was scored by two interviewers."
    )
    assert found.to_frame().query("item == 1")["split_with_next"].tolist() == [0, 2, 0, 0, pd.NA]
    assert found.pairs_to_frame().to_numpy().tolist() == [[1, 2, 4, 1, 2, 1, 1], [2, 0, 0, 0, 0, 0, 0]]


@settings(max_examples=40, deadline=None, derandomize=True)
@given(scores=st.lists(st.lists(st.integers(1, 5), min_size=1, max_size=4), min_size=1, max_size=6))
def test_pairs_are_those_of_counting_one_by_one(scores):
    frame = long(*[(t, r, 1, score) for t, row in enumerate(scores) for r, score in enumerate(row)])
    apart = [abs(a - b) for row in scores for n, a in enumerate(row) for b in row[:n]]
    found = level_use(frame, range(1, 6)).of(1)
    assert (sum(found.same), sum(found.splits), found.gaps) == (
        apart.count(0), apart.count(1), sum(each > 1 for each in apart),
    )  # fmt: skip


def test_a_level_that_nobody_gives_still_makes_a_gap():
    frame = long(("t", "A", 1, 1), ("t", "B", 1, 3))
    assert level_use(frame, [1, 2, 3]).of(1).gaps == 1
    assert level_use(frame).of(1).gaps == 0  # without the scale named, 1 and 3 are neighbours


def test_bad_input_is_named():
    frame = long(*[(t, "A", 1, t / 7) for t in range(30)])
    with pytest.raises(ScoreOffScale, match="There are 30 distinct scores"):
        level_use(frame)
    with pytest.raises(ScoreOffScale):
        level_use(frame, range(5))
    with pytest.raises(BadOption):
        item_analysis(frame, confidence=0)
    for question in (item_analysis, level_use):
        with pytest.raises(NoRatings):
            question(frame.assign(score=np.nan))
