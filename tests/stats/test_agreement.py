from dataclasses import asdict

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.stats.agreement import Alpha, PercentAgreement, krippendorff_alpha, percent_agreement
from panel.stats.coincidences import resampled_targets
from panel.stats.errors import BadOption, NotANumber, ScoreOffScale
from tests.stats.drawn import quick, ratings, renamed

LEVELS = ["nominal", "ordinal", "interval", "ratio"]


def same_number(first, second):
    return (first is None) == (second is None) and (first is None or first == pytest.approx(second, abs=1e-9))


def test_reproduces_krippendorff_2011(published):
    """Krippendorff (2011), sections C and E: .743, .815, .849, .797; five decimals from R's irr::kripp.alpha."""
    alphas = [krippendorff_alpha(published("krippendorff_canonical"), level).estimate for level in LEVELS]
    assert alphas == pytest.approx([0.74342, 0.81539, 0.84911, 0.79740], abs=5e-6)


@pytest.mark.parametrize(
    ("case", "level", "alpha"),
    [
        ("shrout_fleiss_1979", "nominal", -0.0648148148148151),
        ("shrout_fleiss_1979", "ordinal", 0.10905941323897961),
        ("shrout_fleiss_1979", "interval", 0.14730785039046446),
        ("irr_diagnoses", "nominal", 0.4334098282820289),
    ],
)
def test_complete_data_with_many_raters_weigh_units_by_m_less_1(published, case, level, alpha):
    """Python's krippendorff package; R's irr::kripp.alpha is wrong here (-.09568, .08324, .12259, .43088)."""
    assert krippendorff_alpha(published(case), level, bootstrap=0).estimate == pytest.approx(alpha, abs=1e-12)


def test_counts_only_what_can_be_paired(published):
    assert krippendorff_alpha(published("krippendorff_canonical"), "nominal", bootstrap=0) == Alpha(
        estimate=pytest.approx(0.743421052631579),
        low=None,
        high=None,
        level="nominal",
        confidence=0.95,
        n_units=11,
        n_raters=4,
        n_values=40,
        n_targets=11,
    )


def plain_alpha(frame, delta):
    """Alpha by loops over pairs of values, straight from the definition."""
    units = [unit["score"].tolist() for _, unit in frame.dropna().groupby(["target", "item"]) if len(unit) > 1]
    values = [value for unit in units for value in unit]
    if len(set(values)) < 2:
        return None
    d_o = sum(delta(a, b, values) / (len(unit) - 1) for unit in units for a in unit for b in unit) / len(values)
    d_e = sum(delta(a, b, values) for a in values for b in values) / (len(values) * (len(values) - 1))
    return 1 - d_o / d_e


def ordinal_delta(a, b, values):
    between = sum(min(a, b) <= value <= max(a, b) for value in values)
    return 0 if a == b else (between - (values.count(a) + values.count(b)) / 2) ** 2


DELTAS = {
    "nominal": lambda a, b, _: a != b,
    "ordinal": ordinal_delta,
    "interval": lambda a, b, _: (a - b) ** 2,
    "ratio": lambda a, b, _: 0 if a == b else ((a - b) / (a + b)) ** 2,
}


@pytest.mark.parametrize("level", LEVELS)
@quick
@given(frame=ratings(fewest=0))
def test_equals_the_definition(level, frame):
    assert same_number(krippendorff_alpha(frame, level, bootstrap=0).estimate, plain_alpha(frame, DELTAS[level]))


@pytest.mark.parametrize("level", LEVELS)
@quick
@given(frame=ratings(), seed=st.integers(0, 99))
def test_order_of_rows_changes_nothing(level, frame, seed):
    shuffled = frame.sample(frac=1, random_state=seed)
    assert krippendorff_alpha(shuffled, level, bootstrap=20) == krippendorff_alpha(frame, level, bootstrap=20)


@pytest.mark.parametrize("level", LEVELS)
@quick
@given(frame=ratings())
def test_names_of_targets_raters_and_items_change_nothing(level, frame):
    named = frame.assign(target="t" + (9 - frame["target"]).astype(str), rater=-frame["rater"], item=5 - frame["item"])
    plain, renamed = (krippendorff_alpha(x, level, bootstrap=0).estimate for x in (frame, named))
    assert same_number(plain, renamed)


@pytest.mark.parametrize(
    ("level", "change"),
    [
        ("interval", lambda s: s + 10),
        ("interval", lambda s: 6 - s),
        ("ordinal", lambda s: 6 - s),
        ("ordinal", lambda s: s**3 - 7),
        ("nominal", lambda s: (s * 2) % 7),
        ("ratio", lambda s: s * 2.5),
    ],
    ids=["interval shifted", "interval reversed", "ordinal reversed", "ordinal stretched", "nominal", "ratio scaled"],
)
@quick
@given(frame=ratings())
def test_alpha_does_not_depend_on_what_its_level_leaves_free(level, change, frame):
    changed = frame.assign(score=change(frame["score"]))
    estimates = [krippendorff_alpha(x, level, bootstrap=0).estimate for x in (frame, changed)]
    assert same_number(*estimates)


def test_interval_alpha_does_depend_on_distances(published):
    frame = published("krippendorff_canonical")
    cubed = frame.assign(score=frame["score"] ** 3)
    assert krippendorff_alpha(cubed, "interval").estimate != pytest.approx(
        krippendorff_alpha(frame, "interval").estimate
    )


@pytest.mark.parametrize("level", LEVELS)
def test_bootstrap_resamples_whole_targets(published, level):
    """Against copying the rows of every drawn target, and starting anew, in each of 100 resamples."""
    frame = published("guilford_creativity")
    by_target = [rows for _, rows in frame.groupby("target")]
    plain = []
    for times in np.vstack(list(resampled_targets(len(by_target), 1, 100, seed=5))).astype(int):
        drawn = np.repeat(np.arange(len(by_target)), times)
        copies = pd.concat([by_target[t].assign(target=n) for n, t in enumerate(drawn)])
        plain.append(krippendorff_alpha(copies, level, bootstrap=0).estimate)
    found = krippendorff_alpha(frame, level, bootstrap=100, seed=5, confidence=0.9)
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(plain, [0.05, 0.95])), abs=1e-12)


def test_targets_are_drawn_with_replacement_and_equally_often():
    drawn = np.vstack(list(resampled_targets(20, 1, 5000, seed=1)))
    assert drawn.shape == (5000, 20) and (drawn.sum(axis=1) == 20).all()
    assert drawn.mean(axis=0) == pytest.approx(np.ones(20), abs=0.07)
    assert drawn.var() == pytest.approx(19 / 20, abs=0.03)


def test_interval_covers_the_truth_and_narrows_with_more_targets():
    def width_and_cover(n_targets):
        random = np.random.default_rng(n_targets)
        level = random.normal(size=n_targets)
        scores = level[:, None] + random.normal(size=(n_targets, 2))
        frame = (
            pd.DataFrame(scores)
            .rename_axis("target")
            .reset_index()
            .melt("target", var_name="rater", value_name="score")
        )
        alpha = krippendorff_alpha(frame, "interval", bootstrap=300)
        return alpha.high - alpha.low, alpha.low < 0.5 < alpha.high

    narrow, wide = width_and_cover(1600), width_and_cover(100)
    assert (narrow[1], wide[1]) == (True, True)
    assert wide[0] / narrow[0] == pytest.approx(4, rel=0.35)


def test_same_seed_gives_the_same_interval_and_another_seed_another(published):
    frame = published("irr_diagnoses")
    assert krippendorff_alpha(frame, seed=7) == krippendorff_alpha(frame, seed=7)
    assert krippendorff_alpha(frame, seed=7).low != krippendorff_alpha(frame, seed=8).low


def test_large_tables_are_multiplied_sparsely_with_the_same_result(published, monkeypatch):
    dense = krippendorff_alpha(published("irr_diagnoses"), "ordinal")
    monkeypatch.setattr("panel.stats.coincidences.DENSE", 0)
    monkeypatch.setattr("panel.stats.coincidences.BLOCK", 100)
    sparse = krippendorff_alpha(published("irr_diagnoses"), "ordinal")
    assert (sparse.estimate, sparse.low, sparse.high) == pytest.approx(
        (dense.estimate, dense.low, dense.high), abs=1e-12
    )


def test_scores_that_differ_by_rounding_only_are_one_score(table):
    exact, rounded = table([0.3, 0.3], [0.7, 0.7], [0.3, 0.7]), table([0.1 + 0.2, 0.3], [0.7, 0.1 * 7], [0.3, 0.7])
    assert krippendorff_alpha(rounded, "nominal") == krippendorff_alpha(exact, "nominal")


def test_large_whole_numbers_are_never_taken_for_rounding(table):
    small, large = table([1, 2], [4, 4], [6, 8]), table([1e15 + 1, 1e15 + 2], [1e15 + 4] * 2, [1e15 + 6, 1e15 + 8])
    estimates = [krippendorff_alpha(frame, "nominal").estimate for frame in (small, large)]
    assert estimates[0] == estimates[1] == pytest.approx(1 - (4 / 6) / (28 / 30))


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[4, 4], [4, 4]], "not estimable because every score that can be compared is the same"),
        (
            [[4, 4, None], [4, 4, None], [None, None, 5]],
            "not estimable because every score that can be compared is the same",
        ),
        ([[1], [2]], "not estimable because there is only one rater"),
        (
            [[1, None], [None, 2]],
            "not estimable because no unit (one item of one target) was scored by two raters",
        ),
    ],
)
@pytest.mark.parametrize("level", LEVELS)
def test_says_why_there_is_no_alpha(table, rows, reason, level):
    alpha = krippendorff_alpha(table(*rows), level)
    assert (alpha.estimate, alpha.low, alpha.high, alpha.not_estimable) == (None, None, None, reason)
    assert alpha.summary() == f"Krippendorff's alpha ({level}) is {reason}."
    assert alpha.to_frame()["not_estimable"].tolist() == [reason]


@pytest.mark.parametrize(
    ("rows", "estimate", "note"),
    [
        ([[1, 1], [3, 3]], 1.0, "the raters never differ"),
        ([[1, 3, None], [None, None, 5]], 0.0, "only one target can be compared"),
        ([[2, 2]] * 4 + [[2, 3]], 0.0, "the scores differ on too few targets"),
    ],
)
def test_says_why_there_is_no_interval(table, rows, estimate, note):
    alpha = krippendorff_alpha(table(*rows), "interval")
    assert (alpha.estimate, alpha.low, alpha.high) == (pytest.approx(estimate), None, None)
    assert note in alpha.note


def test_unusable_arguments_are_refused(table):
    frame = table([1, -2], [2, 2])
    for wrong in ({"level": "median"}, {"bootstrap": -1}, {"confidence": 1.0}):
        with pytest.raises(BadOption):
            krippendorff_alpha(frame, **wrong)
    with pytest.raises(ScoreOffScale, match="no negative scores"):
        krippendorff_alpha(frame, "ratio")
    with pytest.raises(NotANumber):
        krippendorff_alpha(frame.assign(score=["yes", "no", "no", "yes"]), "nominal")


def test_summary_claims_nothing_on_few_targets_and_little_on_some(published):
    few = krippendorff_alpha(published("krippendorff_canonical")).summary(target="candidate")
    assert few == "No reliability claim: 11 candidates rated, 19 more needed to reach the minimum of 30."
    some = krippendorff_alpha(published("irr_diagnoses"), "nominal")
    assert some.summary(target="patient", rater="psychiatrist") == (
        "Provisional: Agreement of psychiatrists, Krippendorff's alpha (nominal) = 0.43, 95 % interval "
        f"{some.low:.2f} to {some.high:.2f} (30 patients, 6 psychiatrists, 180 ratings): not to be relied on."
    )


def test_percent_agreement_counts_pairs_and_units(published):
    """Per unit .81818 is Gwet's p_a (irrCAC pa.coeff.raw, Handbook 4th ed. p. 120); by hand 43 and 52 of 55 pairs."""
    assert percent_agreement(published("gwet_raw4raters")) == PercentAgreement(
        exact=pytest.approx(43 / 55),
        within_one=pytest.approx(52 / 55),
        exact_by_unit=pytest.approx(0.81818181818),
        within_one_by_unit=pytest.approx(0.9545454545),
        step=1.0,
        n_pairs=55,
        n_units=11,
        n_raters=4,
        n_targets=11,
    )


def test_percent_agreement_of_a_pair_equals_irr_agree(published):
    """irr::agree on Fleiss (1971): raters 1 and 2 agree on 73.3 %, raters 4 and 5 on 90 %."""
    frame = published("irr_diagnoses")
    first, second = (frame[frame["rater"].isin(pair)] for pair in (["rater1", "rater2"], ["rater4", "rater5"]))
    assert (percent_agreement(first).exact, percent_agreement(second).exact) == pytest.approx((22 / 30, 0.9))


@quick
@given(frame=ratings())
def test_percent_agreement_equals_loops_over_pairs(frame):
    units = [unit["score"].tolist() for _, unit in frame.dropna().groupby(["target", "item"])]
    gaps = [abs(a - b) for unit in units for n, a in enumerate(unit) for b in unit[:n]]
    found = percent_agreement(frame)
    if gaps:
        exact, near = sum(gap == 0 for gap in gaps) / len(gaps), sum(gap <= 1 for gap in gaps) / len(gaps)
        assert (found.exact, found.within_one, found.n_pairs) == (pytest.approx(exact), pytest.approx(near), len(gaps))
    else:
        assert found.exact is None and found.not_estimable


@pytest.mark.parametrize("change", [lambda s: s + 100, lambda s: 6 - s], ids=["+ 100", "6 -"])
@quick
@given(frame=ratings(), seed=st.integers(0, 99))
def test_percent_agreement_knows_neither_names_nor_order_nor_where_the_scale_starts(change, frame, seed):
    other = renamed(frame, seed)
    changed = asdict(percent_agreement(other.assign(score=change(other["score"]))))
    assert changed == {
        name: pytest.approx(value) if isinstance(value, float) else value
        for name, value in asdict(percent_agreement(frame)).items()
    }


def test_percent_agreement_knows_the_step_of_the_scale(table):
    halves = table([1, 1.5], [2, 3])
    assert percent_agreement(halves, step=0.5).within_one == 0.5
    assert percent_agreement(halves).within_one == 1.0
    assert percent_agreement(table([0.1, 0.4], [0.4, 0.7]), step=0.3).within_one == 1.0
    with pytest.raises(BadOption):
        percent_agreement(halves, step=0)


def test_percent_agreement_says_why_it_is_missing_and_that_chance_is_in_it(table):
    assert percent_agreement(table([1], [2])).summary() == (
        "Percent agreement is not estimable because there is only one rater."
    )
    assert percent_agreement(table([1, 1], [2, 4])).summary() == (
        "Of 2 pairs of raters on 2 targets, 50% gave the same score and 50% were within 1; chance is not taken out."
    )
