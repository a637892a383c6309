"""Raters beside fellow raters: use of the scale, halo, paired agreement. Figures on Guilford's ratings (1954, p. 282)
are those of base R 4.2.2: var, cov, and a jackknife over targets written out there."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panel.stats.errors import BadOption, ScoreOffScale
from panel.stats.halo import halo
from panel.stats.paired_agreement import paired_agreement
from panel.stats.paired_ratings import MOST_PAIRS, paired_ratings
from panel.stats.ratings import mean_over_items, read_ratings
from panel.stats.scale_use import scale_use

SIX = pytest.approx


def six(*figures):
    return pytest.approx(figures, abs=5e-7)


def interval(found):
    return found.estimate, found.low, found.high


@pytest.fixture(scope="module")
def panel():
    """60 targets, each scored on 5 items by 3 of 5 raters: A gives 3 only, B hardly tells items apart."""
    random = np.random.default_rng(7)
    ability, difficulty = random.normal(0, 0.9, 60), random.normal(0, 0.4, 5)
    rows = []
    for target in range(60):
        for rater in random.choice(list("ABCDE"), 3, replace=False):
            impression = 3 + ability[target] + random.normal(0, 0.3)
            for item in range(5):
                noise = random.normal(0, 0.7)
                seen = impression + 0.1 * noise if rater == "B" else impression - difficulty[item] + noise
                rows.append((target, rater, item, 3.0 if rater == "A" else float(np.clip(np.round(seen), 1, 5))))
    return pd.DataFrame(rows, columns=["target", "rater", "item", "score"])


def test_a_rater_who_gives_only_threes_has_no_spread_and_stays_in_the_middle(panel):
    found = scale_use(panel, range(1, 6)).of("A")
    assert (found.spread_ratio.estimate, found.spread_ratio.low) == (0.0, None)
    assert found.middle.low > 0.3
    assert found.extremes.high < 0
    text = found.summary(target="candidate", rater="interviewer")
    assert "All these ratings of interviewer A are one and the same score." in text
    assert text.endswith("Provisional: Uses the middle more; uses the extremes less.")


def test_a_rater_with_halo_is_found_and_the_others_are_not(panel):
    found = halo(panel[panel["rater"] != "A"])
    assert found.of("B").within_ratio.high < 1
    assert all(found.of(rater).within_ratio.high > 1 for rater in "CDE")
    # fellow raters of B are C, D and E alone, so B's own halo makes theirs look wide
    alone = halo(panel[panel["rater"].isin(list("CDE"))])
    assert not any(each.within_ratio.excludes(1) for each in alone.raters)


def test_halo_reads_as_one(panel):
    text = halo(panel).of("B").summary(target="candidate", rater="interviewer")
    assert text.startswith("Interviewer B: the items of one candidate differ 0.")
    assert text.endswith("Provisional: A sign of halo.")


def test_guilford_spread_is_that_of_r(published):
    found = scale_use(published("guilford_creativity"), range(1, 10))
    assert interval(found.of("Avogadro").spread_ratio) == six(1.300835, 1.078170, 1.569486)
    assert interval(found.of("Brahe").spread_ratio) == six(0.758465, 0.464042, 1.239694)
    assert interval(found.of("Cavendish").spread_ratio) == six(0.966364, 0.649801, 1.437147)


def test_guilford_use_of_levels_is_counted_by_hand(published):
    """Of 35 ratings each, 11, 8 and 12 are on the middle level 5, and 5, 0 and 2 on level 1 or 9."""
    found = scale_use(published("guilford_creativity"), range(1, 10))
    assert [each.middle.estimate for each in found.raters] == SIX([(11 - 10) / 35, (8 - 11.5) / 35, (12 - 9.5) / 35])
    assert [each.extremes.estimate for each in found.raters] == SIX([(5 - 1) / 35, (0 - 3.5) / 35, (2 - 2.5) / 35])


def test_guilford_halo_is_that_of_r(published):
    found = halo(published("guilford_creativity"))
    assert interval(found.of("Avogadro").within_ratio) == six(1.364460, 0.941989, 1.976405)
    assert interval(found.of("Brahe").within_ratio) == six(0.964401, 0.567832, 1.637931)
    assert interval(found.of("Cavendish").within_ratio) == six(0.708161, 0.509757, 0.983788)
    # on complete data, own items and shared items are the same
    own = [interval(each.within_ratio) for each in halo(published("guilford_creativity"), same_items=False).raters]
    assert own == [pytest.approx(interval(each.within_ratio)) for each in found.raters]


def test_guilford_paired_agreement_is_that_of_r(published):
    found = paired_agreement(published("guilford_creativity"))
    numbers = ("correlation", "erratic", "distance", "exact", "within_one")
    of = {each.rater: tuple(getattr(each, number).estimate for number in numbers) for each in found.raters}
    assert of["Avogadro"] == six(0.445998, 2.099420, 1.442857, 0.357143, 0.557143)
    assert of["Brahe"] == six(0.019203, 2.525500, 1.885714, 0.214286, 0.557143)
    assert of["Cavendish"] == six(0.420023, 2.015695, 1.414286, 0.371429, 0.571429)
    assert found.typical_erratic == of["Avogadro"][1]


def test_steady_severity_is_neither_erratic_nor_disagreement_in_order(table):
    """B scores one lower throughout: never the same, always within one, correlation 1, scatter 0."""
    found = paired_agreement(table(*([n % 4 + 2, n % 4 + 1] for n in range(30)))).of("B")
    numbers = (found.exact, found.within_one, found.distance, found.correlation, found.erratic)
    assert [each.estimate for each in numbers] == SIX([0, 1, 1, 1, 0])
    assert all(each.low is None for each in numbers)
    assert found.summary(target="candidate", rater="interviewer") == (
        "Interviewer B and fellow interviewers gave the same score in 0% of pairs (30 candidates, 30 ratings; chance "
        "is not taken out), and differ by 1.00 (without an interval) on average. Provisional: Correlation of scores "
        "with fellow interviewers 1.00 (without an interval); differences scatter by 0.00 (without an interval) apart "
        "from steady severity."
    )


def test_no_claim_is_made_on_few_targets(table):
    few = table(*([n % 5 + 1, (n * 2) % 5 + 1, (n * 3) % 5 + 1] for n in range(8)))
    ending = "No reliability claim: 8 targets rated, 22 more needed to reach the minimum of 30."
    assert paired_agreement(few).of("A").summary().endswith(ending)
    assert scale_use(few, range(1, 6)).of("A").summary().endswith(ending)


def test_raters_of_different_items_are_compared_by_means_or_within_their_own_items():
    rows = [(t, r, f"{r}{i}", (t * 3 + i * 2 + ord(r)) % 5 + 1) for t in range(9) for r in "AB" for i in range(3)]
    frame = pd.DataFrame(rows, columns=["target", "rater", "item", "score"])
    reason = "not estimable because it takes 2 targets shared with other raters, and there are 0"
    assert paired_agreement(frame).of("A").exact.not_estimable == reason
    means = mean_over_items(frame, require_same_items=False)
    assert paired_agreement(means).of("A").exact.n_targets == 9
    own = halo(frame, same_items=False).of("A").within_ratio
    by_target = frame.groupby(["rater", "target"])["score"].var(ddof=1).groupby("rater").mean()
    assert (own.estimate, own.n_targets, own.n_ratings) == (SIX(np.sqrt(by_target["A"] / by_target["B"])), 9, 27)


def test_what_nobody_shares_is_not_estimable(table):
    shared = "not estimable because it takes 2 targets shared with other raters, and there are 0"
    two_items = "not estimable because it takes 2 targets with two items shared with another rater, and there are 0"
    for frame in (table([1], [3], [2]), table([1, None], [None, 3])):
        use, agreement = scale_use(frame, range(1, 6)).of("A"), paired_agreement(frame).of("A")
        numbers = (use.spread_ratio, use.middle, use.extremes, agreement.exact, agreement.erratic)
        assert [each.not_estimable for each in numbers] == [shared] * 5
        assert halo(frame).of("A").within_ratio.not_estimable == two_items
        assert agreement.summary() == f"Rater A: agreement with fellow raters is {shared}."


def test_raters_without_variance_are_not_estimable_and_not_nan(table):
    flat = table(*([3, 3] for _ in range(6)))
    use, agreement = scale_use(flat, range(1, 6)).of("A"), paired_agreement(flat)
    assert use.spread_ratio.not_estimable == (
        "not estimable because fellow raters' scores of the shared ratings do not differ"
    )
    assert agreement.of("A").correlation.not_estimable == "not estimable because the scores of one side do not differ"
    assert (agreement.of("A").exact.estimate, agreement.of("A").erratic.estimate) == (1.0, 0.0)


def test_middle_and_extremes_depend_on_the_scale_that_is_named(table):
    frame = table(*([2, 3], [3, 3], [2, 2], [3, 2]))
    assert scale_use(frame, range(1, 5)).of("A").middle.estimate == 0.0  # 2 and 3 are both in the middle of four
    assert scale_use(frame, [2, 3]).of("A").middle.not_estimable == (
        "not estimable because the scale has no middle level"
    )
    measured = pd.DataFrame({"target": np.arange(60) // 2, "rater": list("AB") * 30, "score": np.arange(60) / 7})
    assert scale_use(measured).of("A").extremes.not_estimable == (
        "not estimable because there are more than 25 distinct scores and the scale is not named"
    )
    with pytest.raises(ScoreOffScale):
        scale_use(frame, range(3, 6))


def test_bad_arguments_are_named(table):
    frame = table([1, 2], [2, 3])
    for question in (scale_use, halo, paired_agreement):
        with pytest.raises(BadOption):
            question(frame, confidence=95)
    for step in (0, -1, float("nan"), float("inf")):
        with pytest.raises(BadOption):
            paired_agreement(frame, step=step)


def test_frames_have_a_row_for_every_rater_and_no_score_over_all(panel):
    frames = [question(panel).to_frame() for question in (scale_use, halo, paired_agreement)]
    assert [frame["rater"].tolist() for frame in frames] == [list("ABCDE")] * 3
    assert not any("overall" in column or "rank" in column for frame in frames for column in frame)


def all_numbers(ratings):
    """Every estimate of every rater, by rater, as numbers with their interval."""
    uses, halos, agreements = scale_use(ratings), halo(ratings), paired_agreement(ratings)
    found = {}
    for use, within, agreement in zip(uses.raters, halos.raters, agreements.raters, strict=True):
        numbers = (use.spread_ratio, use.middle, use.extremes, within.within_ratio, agreement.exact)
        numbers += (agreement.within_one, agreement.distance, agreement.correlation, agreement.erratic)
        found[use.rater] = [number for each in numbers for number in interval(each)]
    return found


@settings(max_examples=40, deadline=None, derandomize=True)
@given(data=st.data())
def test_numbers_do_not_depend_on_labels_row_order_level_or_direction(data):
    cell = st.tuples(st.integers(0, 6), st.integers(0, 2), st.integers(0, 2))
    cells = data.draw(st.lists(cell, min_size=2, max_size=40, unique=True))
    scores = data.draw(st.lists(st.integers(1, 5), min_size=len(cells), max_size=len(cells)))
    frame = pd.DataFrame(cells, columns=["target", "rater", "item"]).assign(score=np.array(scores, float))
    plain = all_numbers(frame)
    relabelled = frame.assign(
        target=-frame["target"], rater=9 - frame["rater"], item=frame["item"].map("cab".__getitem__)
    )
    changed = [
        all_numbers(frame.sample(frac=1, random_state=1)),
        {9 - rater: numbers for rater, numbers in all_numbers(relabelled).items()},
        all_numbers(frame.assign(score=frame["score"] + 1000)),
        all_numbers(frame.assign(score=6 - frame["score"])),
    ]
    for other in changed:
        assert other.keys() == plain.keys()
        for rater, numbers in plain.items():
            assert other[rater] == [None if n is None else pytest.approx(n, abs=1e-7) for n in numbers]


def test_very_many_raters_of_a_unit_are_paired_with_their_neighbours():
    """3,000 raters of each of two units would be 9 million pairs; those of so many neighbours stand for them."""
    n = 3000
    frame = pd.DataFrame({"target": np.repeat([1, 2], n), "rater": np.tile(np.arange(n), 2), "score": np.ones(2 * n)})
    pairs = paired_ratings(read_ratings(frame))
    assert pairs.note is not None and pairs.note.startswith("There are 8,997,000 pairs of ratings")
    assert n * 100 < len(pairs.row) <= 2 * MOST_PAIRS
    assert pairs.n_ratings.tolist() == [2] * n
    assert (pairs.rater != pairs.fellow).all()


def test_which_pairs_are_left_out_does_not_depend_on_labels_row_order_level_or_direction(monkeypatch):
    random = np.random.default_rng(4)
    score = np.clip(np.round(3 + random.normal(0, 0.8, (30, 1)) + random.normal(0, 0.9, (30, 12))), 1, 5)
    target, rater = np.indices(score.shape)
    frame = pd.DataFrame({"target": target.ravel(), "rater": rater.ravel(), "score": score.ravel()})
    whole = all_numbers(frame)
    monkeypatch.setattr("panel.stats.paired_ratings.MOST_PAIRS", 700)
    plain, new_name = all_numbers(frame), random.permutation(12)
    assert plain != whole
    renamed = frame.assign(target=-frame["target"], rater=new_name[frame["rater"]]).sample(frac=1, random_state=1)
    back = {int(rater): numbers for rater, numbers in enumerate(map(all_numbers(renamed).get, new_name))}
    changed = [
        back,
        all_numbers(frame.assign(score=frame["score"] + 1000)),
        all_numbers(frame.assign(score=6 - frame["score"])),
    ]
    for other in changed:
        for rater, numbers in plain.items():
            assert other[rater] == [None if n is None else pytest.approx(n, abs=1e-7) for n in numbers]


def test_results_say_when_pairs_were_left_out(monkeypatch, panel):
    assert [question(panel).note for question in (scale_use, halo, paired_agreement)] == [None] * 3
    monkeypatch.setattr("panel.stats.paired_ratings.MOST_PAIRS", 700)
    said = (
        "There are 900 pairs of ratings by two interviewers, too many to compare them all: these numbers rest on 600 "
        "of them, each interviewer beside a part of the fellow interviewers."
    )
    for question in (scale_use, halo, paired_agreement):
        assert question(panel).summary(target="candidate", rater="interviewer").endswith(said)
