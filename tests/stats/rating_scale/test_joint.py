import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize

from panel.stats.errors import BadOption, DuplicateRatings, NoRatings, NotANumber, RatingsError, ScoreOffScale
from panel.stats.rating_scale import Measure, joint_maximum_likelihood

quick = settings(max_examples=15, deadline=None, derandomize=True)


def measures(found):
    return {measure.label: measure.measure for measure in found}


def steps(found):
    return [step.measure for step in found.thresholds]


def test_reproduces_facets_on_guilford_1954(published):
    """Guilford (1954) p. 282, FACETS' example Creativity; digits from R's immer::immer_jml."""
    found = joint_maximum_likelihood(published("guilford_creativity"))
    assert measures(found.raters) == pytest.approx(
        {"Avogadro": 0.0396713, "Brahe": 0.2453967, "Cavendish": -0.0959943}, abs=2e-6
    )
    assert measures(found.items) == pytest.approx(
        {"Attack": -0.2799968, "Basis": -0.1470096, "Clarity": 0.2108557, "Daring": -0.3022513, "Enthusiasm": 0.518402},
        abs=2e-6,
    )
    assert measures(found.targets) == pytest.approx(
        {
            "Anne": -0.0714689,
            "Betty": 0.6638325,
            "Chris": -0.2554328,
            "David": -0.481519,
            "Edward": 0.440697,
            "Fred": -0.5841313,
            "George": 0.2880225,
        },
        abs=2e-6,
    )
    assert steps(found) == pytest.approx(
        [-0.690496, -2.351989, 0.80932, -1.483743, 1.718593, -0.978891, 2.392615, 0.584591], abs=1e-5
    )
    assert found.log_likelihood == pytest.approx(-165.6849840, abs=1e-6)


def test_prints_one_rater_as_facets_does(published):
    """Standard error, fit and fair average by a separate program written for this case."""
    brahe = joint_maximum_likelihood(published("guilford_creativity")).rater("Brahe")
    assert brahe == Measure(
        label="Brahe",
        measure=pytest.approx(0.245397, abs=1e-6),
        se=pytest.approx(0.117828, abs=1e-6),
        infit=pytest.approx(1.475214, abs=1e-5),
        infit_z=pytest.approx(1.895622, abs=1e-5),
        outfit=pytest.approx(1.524411, abs=1e-5),
        outfit_z=pytest.approx(2.054238, abs=1e-5),
        n_ratings=35,
        observed_average=pytest.approx(156 / 35),
        fair_average=pytest.approx(4.384194, abs=1e-5),
    )


def test_does_not_carry_standard_errors_of_targets(published):
    found = joint_maximum_likelihood(published("guilford_creativity"))
    assert [measure.se for measure in found.targets] == [None] * 7
    assert "too small (95 % intervals cover 80 to 85 %)" in found.notes[-1]


def test_another_facet_may_float(published):
    frame = published("guilford_creativity")
    by_rater, by_target = (joint_maximum_likelihood(frame, noncenter=facet) for facet in ("rater", "target"))
    mean = np.mean([m.measure for m in by_rater.raters])
    assert np.mean([m.measure for m in by_target.raters]) == pytest.approx(0, abs=1e-12)
    shifted = {label: value - mean for label, value in measures(by_rater.targets).items()}
    assert measures(by_target.targets) == pytest.approx(shifted, abs=1e-9)
    assert by_target.log_likelihood == pytest.approx(by_rater.log_likelihood)


def test_two_dichotomous_items_differ_by_twice_the_log_of_the_odds():
    """Rasch: with two items the joint estimate is 2 log(n10 / n01). Andersen (1973), Conditional Inference."""
    rows = [(f"t{n}", "A", item, int((n < 12) == (item == "easy"))) for n in range(16) for item in ("easy", "hard")]
    found = joint_maximum_likelihood(pd.DataFrame(rows, columns=["target", "rater", "item", "score"]))
    hard = measures(found.items)["hard"]
    assert 2 * hard == pytest.approx(2 * math.log(12 / 4))
    assert (measures(found.raters), steps(found)) == ({"A": 0.0}, [0.0])
    assert found.rater("A").se is None and found.thresholds[0].se is None


def long_likelihood(frame):
    """Minus the log-likelihood written out, all elements and thresholds free but for their sums."""
    codes = [pd.factorize(frame[name], sort=True)[0] for name in ("target", "rater", "item")]
    levels = np.unique(frame["score"])
    x = np.searchsorted(levels, frame["score"])
    sizes = [code.max() + 1 for code in codes]

    def parts(values):
        b, c, d, f = np.split(values, np.cumsum(sizes))
        return b - b.mean(), c, d - d.mean(), f - f.mean()

    def minus(values):
        b, c, d, f = parts(values)
        eta = b[codes[0]] - c[codes[1]] - d[codes[2]]
        logits = np.arange(len(levels)) * eta[:, None] - np.concatenate([[0], np.cumsum(f)])
        return float((np.log(np.exp(logits).sum(axis=1)) - logits[np.arange(len(x)), x]).sum())

    best = optimize.minimize(minus, np.zeros(sum(sizes) + len(levels) - 1), method="BFGS", options={"gtol": 1e-6})
    return best.fun, parts(best.x)


def test_finds_the_maximum_of_the_likelihood_on_incomplete_ratings(simulated):
    frame = simulated(14, 4, 5, panel=2, asked=3, seed=5).ratings
    found = joint_maximum_likelihood(frame)
    least, (b, c, d, f) = long_likelihood(frame)
    assert all(measure.extreme is None for measure in found.targets)
    assert -found.log_likelihood == pytest.approx(least, abs=1e-7)
    for facet, values in ((found.targets, b), (found.raters, c), (found.items, d)):
        assert [measure.measure for measure in facet] == pytest.approx(values, abs=1e-3)
    assert steps(found) == pytest.approx(f, abs=1e-3)


@pytest.fixture(scope="module")
def some(simulated):
    frame = simulated(12, 4, 4, panel=3, asked=3, seed=3).ratings
    return frame, joint_maximum_likelihood(frame)


@quick
@given(seed=st.integers(0, 99))
def test_names_and_order_of_rows_change_nothing(some, seed):
    frame, found = some
    renamed = frame.assign(target=-frame["target"], rater="r" + (9 - frame["rater"]).astype(str))
    other = joint_maximum_likelihood(renamed.sample(frac=1, random_state=seed))
    assert measures(other.raters) == pytest.approx({f"r{9 - r}": m for r, m in measures(found.raters).items()})
    assert measures(other.targets) == pytest.approx({-t: m for t, m in measures(found.targets).items()})
    assert other.log_likelihood == pytest.approx(found.log_likelihood)


@quick
@given(shift=st.integers(-20, 20))
def test_shifting_the_levels_changes_averages_only(some, shift):
    frame, found = some
    other = joint_maximum_likelihood(frame.assign(score=frame["score"] + shift))
    assert measures(other.raters) == pytest.approx(measures(found.raters))
    assert steps(other) == pytest.approx(steps(found))
    for one, moved in zip(found.targets, other.targets, strict=True):
        assert moved.fair_average == pytest.approx(one.fair_average + shift)
        assert moved.observed_average == pytest.approx(one.observed_average + shift)


def test_reversing_the_scale_turns_every_sign(some):
    frame, found = some
    other = joint_maximum_likelihood(frame.assign(score=6 - frame["score"]))
    for facet in ("targets", "raters", "items"):
        turned = {label: -value for label, value in measures(getattr(found, facet)).items()}
        assert measures(getattr(other, facet)) == pytest.approx(turned, abs=1e-9)
    assert steps(other) == pytest.approx([-step for step in reversed(steps(found))], abs=1e-9)
    assert [m.infit for m in other.raters] == pytest.approx([m.infit for m in found.raters])


def test_the_largest_facet_may_be_any(some):
    """Targets, raters and items change places: the largest facet is eliminated first, whichever it is."""
    frame, found = some
    as_rater = joint_maximum_likelihood(frame.rename(columns={"target": "rater", "rater": "target"}), noncenter="item")
    plain = joint_maximum_likelihood(frame, noncenter="item")
    turned = {label: -value for label, value in measures(plain.targets).items()}
    assert measures(as_rater.raters) == pytest.approx(turned, abs=1e-9)
    assert as_rater.log_likelihood == pytest.approx(found.log_likelihood)


def test_expected_scores_equal_observed_scores(some):
    """The mark of the joint maximum: every element's fair share of points is what it got."""
    frame, found = some
    b, c, d = (measures(facet) for facet in (found.targets, found.raters, found.items))
    eta = frame["target"].map(b) - frame["rater"].map(c) - frame["item"].map(d)
    k = np.arange(5)
    p = np.exp(k * eta.to_numpy()[:, None] - np.concatenate([[0], np.cumsum(steps(found))]))
    expected = 1 + (p / p.sum(axis=1, keepdims=True)) @ k
    for name in ("target", "rater", "item"):
        totals = frame.assign(expected=expected).groupby(name)[["score", "expected"]].sum()
        assert totals["expected"].to_numpy() == pytest.approx(totals["score"].to_numpy(), abs=1e-7)


def with_extreme_targets(frame):
    best = frame[frame["target"] == 0].assign(target="best", score=5)
    worst = frame[frame["target"] == 1].assign(target="worst", score=1)
    return pd.concat([frame.assign(target="t" + frame["target"].astype(str)), best, worst])


def test_extreme_elements_are_set_aside_and_measured_by_an_adjustment(some):
    frame, found = some
    other = joint_maximum_likelihood(with_extreme_targets(frame))
    assert measures(other.raters) == pytest.approx(measures(found.raters))
    assert other.log_likelihood == pytest.approx(found.log_likelihood)
    targets = {measure.label: measure for measure in other.targets}
    best, worst = targets["best"], targets["worst"]
    assert (best.extreme, worst.extreme, targets["t0"].extreme) == ("maximum", "minimum", None)
    assert (best.infit, best.observed_average, best.n_ratings) == (None, 5.0, 9)
    rows = frame[frame["target"] == 0]
    eta = best.measure - rows["rater"].map(measures(other.raters)) - rows["item"].map(measures(other.items))
    k = np.arange(5)
    p = np.exp(k * eta.to_numpy()[:, None] - np.concatenate([[0], np.cumsum(steps(other))]))
    assert (p / p.sum(axis=1, keepdims=True) @ k).sum() == pytest.approx(9 * 4 - 0.3)
    assert "Set aside for extreme scores (all lowest or all highest): 2 targets." in other.notes[0]


def test_setting_aside_repeats_until_nobody_is_extreme(table):
    """Without t1, rater C has only 1s; without C, t2 has only 3s."""
    found = joint_maximum_likelihood(
        table([5, 5, 5], [3, 3, 1], [2, 3, 1], [3, 2, 1], [2, 1, None], [1, 2, None], [3, 1, None])
    )
    extremes = {measure.label: measure.extreme for measure in (*found.targets, *found.raters) if measure.extreme}
    assert extremes == {"t1": "maximum", "C": "minimum", "t2": "maximum"}
    assert [step.level for step in found.thresholds] == [2.0, 3.0]
    assert all(math.isfinite(measure.measure) for measure in (*found.targets, *found.raters))


def test_unused_levels_have_no_threshold_and_averages_keep_their_units(some):
    frame, found = some
    gap = frame.assign(score=frame["score"] + 2 * (frame["score"] > 2))
    other = joint_maximum_likelihood(gap, scale=(1, 8))
    assert measures(other.raters) == pytest.approx(measures(found.raters))
    assert [(step.below, step.level) for step in other.thresholds] == [(1, 2), (2, 5), (5, 6), (6, 7)]
    assert other.notes[0] == (
        "Not used by the ratings that the model rests on: levels 3, 4, 8. "
        "There is no threshold for an unused level; the levels in use are numbered without it."
    )
    assert max(m.fair_average for m in other.targets) > 5


@pytest.mark.parametrize("missing", ["rater", "item"])
def test_a_facet_of_one_element_is_fixed_at_zero(simulated, missing):
    sizes = {"n_raters": 4, "n_items": 4, "panel": 3, "asked": 3} | (
        {"n_raters": 1, "panel": 1} if missing == "rater" else {"n_items": 1, "asked": 1}
    )
    frame = simulated(20, **sizes, seed=2).ratings
    found = joint_maximum_likelihood(frame if missing == "rater" else frame.drop(columns="item"))
    alone = found.raters if missing == "rater" else found.items
    assert (alone[0].measure, alone[0].se, found.not_estimable) == (0.0, None, None)
    assert np.mean([m.measure for m in found.targets if not m.extreme]) == pytest.approx(
        0 if missing == "item" else measures_mean(found.targets), abs=1e-9
    )


def measures_mean(facet):
    return np.mean([m.measure for m in facet if not m.extreme])


def test_separation_of_raters_is_that_of_their_measures_and_errors(published):
    """By hand from measures .0397 .2454 -.0960 and errors .1166 .1178 .1164."""
    spread = joint_maximum_likelihood(published("guilford_creativity")).rater_spread
    values, errors = np.array([0.039671, 0.245397, -0.095994]), np.array([0.116596, 0.117828, 0.116444])
    w = 1 / errors**2
    assert spread.chi_square == pytest.approx((w * (values - (w @ values) / w.sum()) ** 2).sum(), abs=1e-3)
    assert (spread.n, spread.df, spread.p) == (3, 2, pytest.approx(math.exp(-spread.chi_square / 2)))
    assert spread.reliability == pytest.approx(1 - (errors**2).mean() / values.var(ddof=1), abs=1e-4)
    assert spread.separation**2 == pytest.approx(spread.reliability / (1 - spread.reliability))


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[4, 4], [4, 4]], "every score is the same"),
        ([[1, 5], [1, 5]], "all lowest or all highest"),
        ([[1, 2, None, None], [2, 1, None, None], [None, None, 1, 2], [None, None, 2, 1]], "2 disconnected subsets"),
        ([[1, 2, None], [2, 1, None], [None, None, 3], [None, None, 4]], "2 disconnected subsets"),
        ([[1, 2, None], [2, 1, None], [4, 5, 3], [5, 4, 3], [None, None, 4]], "run off to infinity"),
        ([[1, 2, 1], [2, 1, 1], [2, 1, 2], [4, 5, 5], [5, 4, 5], [4, 5, 4]], "run off to infinity"),
        ([[3]], "every score is the same"),
    ],
)
def test_says_why_there_are_no_measures(table, rows, reason):
    found = joint_maximum_likelihood(table(*rows))
    assert found.not_estimable.startswith("not estimable because") and reason in found.not_estimable
    assert (found.targets, found.thresholds, found.log_likelihood) == ((), (), None)
    assert found.summary(target="candidate").startswith("The rating scale model is not estimable because")
    assert found.to_frame().empty


def test_raters_who_each_ask_an_item_of_their_own_are_not_told_from_their_items():
    rows = [(t, r, f"of {r}", 1 + (t * 3 + 2 * ord(r)) % 5) for t in range(9) for r in "ABC"]
    found = joint_maximum_likelihood(pd.DataFrame(rows, columns=["target", "rater", "item", "score"]))
    assert found.not_estimable == (
        "not estimable because the design does not tell targets, raters and items apart: 2 more links are needed, "
        "such as a rater who scores the items and the targets of another"
    )


@pytest.mark.parametrize(
    ("change", "options", "error", "text"),
    [
        ({"score": 2.5}, {}, ScoreOffScale, "2.5 is not a whole level"),
        ({"score": 7}, {"scale": (1, 5)}, ScoreOffScale, "7 is not on the scale from 1 to 5"),
        ({"score": "high"}, {}, NotANumber, "'high' is not a number"),
        ({"score": np.nan}, {}, NoRatings, "every score is missing"),
        ({"rater": "A", "item": 1, "target": 1}, {}, DuplicateRatings, "more than once"),
        ({}, {"scale": (5, 1)}, BadOption, "whole lowest level to a whole highest level"),
        ({}, {"scale": (1, 4.5)}, BadOption, "whole lowest level to a whole highest level"),
        ({}, {"scale": (1, np.nan)}, BadOption, "whole lowest level to a whole highest level"),
        ({}, {"scale": 5}, BadOption, "its lowest and its highest level"),
        ({}, {"noncenter": "judge"}, BadOption, "one of rater, target, item"),
    ],
)
def test_unusable_ratings_and_arguments_are_refused_in_plain_words(some, change, options, error, text):
    frame, _ = some
    with pytest.raises(error, match=text) as refused:
        joint_maximum_likelihood(frame.assign(**change), **options)
    assert isinstance(refused.value, RatingsError)


def test_too_many_levels_are_refused():
    rows = [(t, r, 10 * t + r) for t in range(15) for r in range(9)]
    with pytest.raises(ScoreOffScale, match="135 different levels, and the rating scale model takes at most 100"):
        joint_maximum_likelihood(pd.DataFrame(rows, columns=["target", "rater", "score"]))


def test_progress_is_reported_and_can_cancel(some):
    frame, _ = some
    shares = []
    joint_maximum_likelihood(frame, report=lambda what, share: shares.append((what, share)))
    assert {what for what, _ in shares} == {"Fitting measures by joint maximum likelihood"}
    assert shares[0][1] == 0 and shares[-1][1] == 1 and len(shares) > 3

    class Cancelled(Exception):
        pass

    def cancel(what, share):
        raise Cancelled

    with pytest.raises(Cancelled):
        joint_maximum_likelihood(frame, report=cancel)


def test_frame_has_a_row_for_every_element_and_threshold(published):
    frame = joint_maximum_likelihood(published("guilford_creativity")).to_frame()
    assert frame["facet"].value_counts().to_dict() == {"target": 7, "rater": 3, "item": 5, "threshold": 8}
    assert frame.loc[frame["facet"] == "threshold", "label"].tolist() == [2, 3, 4, 5, 6, 7, 8, 9]


def test_summary_claims_nothing_on_few_targets(published, simulated):
    few = joint_maximum_likelihood(published("guilford_creativity")).summary(target="candidate", rater="interviewer")
    assert few.startswith(
        "Provisional: Rating scale model by joint maximum likelihood (7 candidates, 3 interviewers, 5 items, "
        "105 ratings). No reliability claim: 7 candidates rated, 23 more needed to reach the minimum of 30."
    )
    some = joint_maximum_likelihood(simulated(40).ratings).summary()
    assert "Severity of raters ranges from" in some and some.startswith("Provisional")
