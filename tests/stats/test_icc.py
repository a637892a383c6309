import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from panel.stats.errors import BadOption, SeveralItems
from panel.stats.icc import icc, icc_from_components
from panel.stats.mean_squares import mean_squares, spearman_brown
from panel.stats.ratings import mean_over_items, targets_by_raters

quick = settings(max_examples=40, deadline=None, derandomize=True)
NAMES = ["ICC(1,1)", "ICC(1,k)", "ICC(A,1)", "ICC(A,k)", "ICC(C,1)", "ICC(C,k)"]


def long(matrix):
    frame = pd.DataFrame(matrix).rename_axis("target").reset_index()
    return frame.melt("target", var_name="rater", value_name="score").dropna()


def simulated(n_targets, n_raters, per_target, seed, *, target=0.6, rater=0.2, residual=0.6, whole=False):
    """Scores of ``per_target`` random raters for each target, from the two-way random model."""
    random = np.random.default_rng(seed)
    scores = (
        3
        + np.sqrt(target) * random.normal(size=n_targets)[:, None]
        + np.sqrt(rater) * random.normal(size=n_raters)
        + np.sqrt(residual) * random.normal(size=(n_targets, n_raters))
    )
    seen = random.random((n_targets, n_raters)).argsort(axis=1) < per_target
    return long(np.where(seen, np.clip(np.round(scores), 1, 5) if whole else scores, np.nan))


@st.composite
def matrices(draw):
    shape = draw(st.integers(3, 7)), draw(st.integers(2, 4))
    scores = draw(st.lists(st.integers(1, 5), min_size=shape[0] * shape[1], max_size=shape[0] * shape[1]))
    matrix = np.array(scores, dtype=float).reshape(shape)
    rows, columns = matrix - matrix.mean(axis=1, keepdims=True), matrix - matrix.mean(axis=0)
    assume(np.ptp(matrix.mean(axis=1)) > 1e-9 and np.ptp(rows) > 1e-9 and np.ptp(columns) > 1e-9)
    return matrix


def test_reproduces_shrout_and_fleiss_1979(published):
    """Shrout & Fleiss (1979) Table 4: .17 .44 .29 .62 .71 .91. Decimals, F, df: psych::ICC. Limits: irr::icc."""
    found = icc(published("shrout_fleiss_1979")).to_frame()
    assert found[["name", "shrout_fleiss", "k"]].to_numpy().tolist() == [
        ["ICC(1,1)", "ICC(1,1)", 1],
        ["ICC(1,k)", "ICC(1,k)", 4],
        ["ICC(A,1)", "ICC(2,1)", 1],
        ["ICC(A,k)", "ICC(2,k)", 4],
        ["ICC(C,1)", "ICC(3,1)", 1],
        ["ICC(C,k)", "ICC(3,k)", 4],
    ]
    expected = [
        [0.16574176841, -0.13293232487, 0.72256006233, 1.7946784922, 5, 18],
        [0.44279713368, -0.88444215524, 0.91241542034, 1.7946784922, 5, 18],
        [0.28976377953, 0.018786513375, 0.76108436965, 11.0272479564, 5, 15],
        [0.6200505476, 0.071136815303, 0.92723204017, 11.0272479564, 5, 15],
        [0.71484071484, 0.34246476503, 0.94585825996, 11.0272479564, 5, 15],
        [0.90931554238, 0.67567471382, 0.98589167817, 11.0272479564, 5, 15],
    ]
    numbers = found[["estimate", "low", "high", "F", "df1", "df2"]].to_numpy(dtype=float)
    np.testing.assert_allclose(numbers, expected, rtol=0, atol=1e-9)
    assert set(found["method"]) == {"mean squares"}


def test_reproduces_the_mean_squares_of_shrout_and_fleiss(published):
    """Shrout & Fleiss (1979) Table 3: BMS 11.24, JMS 32.49, EMS 1.02, WMS 6.26."""
    ms = mean_squares(targets_by_raters(published("shrout_fleiss_1979")).to_numpy())
    assert (ms.n, ms.k) == (6, 4)
    table_3 = [11.2416666667, 32.4861111111, 1.0194444444, 6.2638888889]
    assert table_3 == pytest.approx([ms.MSR, ms.MSC, ms.MSE, ms.MSW])


def test_components_of_complete_data_equate_mean_squares(published):
    found = icc(published("shrout_fleiss_1979"))
    components = (found.target_variance, found.rater_variance, found.residual_variance)
    assert components == pytest.approx((2.5555555556, 5.2444444444, 1.0194444444))


def test_other_confidence_gives_a_nested_interval(published):
    narrow, wide = (icc(published("shrout_fleiss_1979"), confidence=c) for c in (0.9, 0.99))
    for name in NAMES:
        inner, outer = narrow.form(name), wide.form(name)
        assert outer.low < inner.low < inner.estimate < inner.high < outer.high


def test_forms_have_two_names(published):
    found = icc(published("shrout_fleiss_1979"))
    assert found.form("ICC(2,k)") is found.form("ICC(A,k)")
    with pytest.raises(BadOption, match=r"no form 'ICC\(4,1\)'"):
        found.form("ICC(4,1)")


@quick
@given(matrix=matrices(), shift=st.integers(-50, 50), scale=st.sampled_from([-1.0, 0.5, 3.0]))
def test_moving_stretching_or_reversing_the_scale_changes_nothing(matrix, shift, scale):
    plain, moved = (icc(long(m)).to_frame() for m in (matrix, shift + scale * matrix))
    columns = ["estimate", "low", "high", "F", "df1", "df2"]
    np.testing.assert_allclose(plain[columns].to_numpy(float), moved[columns].to_numpy(float), rtol=1e-6, atol=1e-8)


@quick
@given(matrix=matrices(), seed=st.integers(0, 99))
def test_names_and_order_of_rows_change_nothing(matrix, seed):
    frame = long(matrix)
    renamed = frame.assign(target="t" + (9 - frame["target"]).astype(str), rater=-frame["rater"].astype(int))
    columns = ["estimate", "low", "high", "F"]
    plain, other = (
        icc(x).to_frame()[columns].to_numpy(float) for x in (frame, renamed.sample(frac=1, random_state=seed))
    )
    np.testing.assert_allclose(plain, other, rtol=1e-7, atol=1e-9)


@quick
@given(matrix=matrices(), offset=st.integers(1, 9))
def test_a_steady_offset_of_a_rater_leaves_consistency_alone(matrix, offset):
    plain, offset_one = icc(long(matrix)), icc(long(matrix + offset * (np.arange(matrix.shape[1]) == 0)))
    assert offset_one.form("ICC(C,1)").estimate == pytest.approx(plain.form("ICC(C,1)").estimate, abs=1e-8)
    assert offset_one.rater_variance != pytest.approx(plain.rater_variance, abs=1e-3)


@quick
@given(matrix=matrices())
def test_no_form_is_above_1_or_outside_its_interval(matrix):
    for form in icc(long(matrix)).forms:
        assert (form.estimate is None) == (form.not_estimable is not None)
        if form.low is not None:
            assert form.low <= form.estimate <= form.high <= 1


def test_perfect_agreement_is_1_without_an_interval(table):
    found = icc(table([1, 1], [3, 3], [5, 5]))
    assert [(form.estimate, form.low, form.high, form.F) for form in found.forms] == [(1.0, None, None, None)] * 6
    assert found.form("ICC(A,1)").note == "There is no interval for ICC(A,1) because raters leave no residual variance."


def test_rounding_error_is_no_residual(table):
    found = icc(table([0.1, 0.3], [0.4, 0.6], [0.8, 1.0])).form("ICC(C,1)")
    assert (found.estimate, found.low, found.high, found.F) == (1.0, None, None, None)


def test_offsets_without_residual_are_perfectly_consistent_but_not_in_agreement(table):
    found = icc(table([1, 2], [3, 4], [5, 6], [2, 3]))
    assert found.form("ICC(C,1)").estimate == 1.0
    assert 0 < found.form("ICC(A,1)").low < found.form("ICC(A,1)").estimate < 1


def test_raters_who_give_everybody_the_same_score_have_no_consistency(table):
    found = icc(table([1, 3], [1, 3], [1, 3]))
    assert (found.form("ICC(A,1)").estimate, found.form("ICC(C,1)").estimate) == (0.0, None)
    assert found.form("ICC(C,1)").not_estimable == "not estimable because raters' means do not tell targets apart"


def test_interval_that_breaks_down_is_not_shown(table):
    """Below -1 / (k - 1) the limit of a single rater cannot be stepped up."""
    found = icc(table([4, 2, 5], [1, 3, 4], [5, 3, 2], [2, 3, 3]))
    single, form = found.form("ICC(A,1)"), found.form("ICC(A,k)")
    assert single.low < -1 / 2 < single.high
    assert form.estimate < 0
    assert (form.low, form.high) == (None, None)
    assert form.note == "The interval of ICC(A,k) breaks down because targets hardly differ."


def test_form_that_breaks_down_is_refused_and_not_above_1(table):
    """irr::icc gives ICC(A,k) = 2 here: numerator and denominator are both negative."""
    found = icc(table([1, 3], [3, 1]))
    reason = "not estimable because raters' means do not tell targets apart"
    assert {form.name: form.not_estimable for form in found.forms} == {
        "ICC(1,1)": None,
        "ICC(1,k)": reason,
        "ICC(A,1)": reason,
        "ICC(A,k)": reason,
        "ICC(C,1)": None,
        "ICC(C,k)": reason,
    }
    assert found.form("ICC(C,1)").estimate == -1.0
    assert found.summary("ICC(A,k)") == f"ICC(A,k) is {reason}."


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[3, 3], [3, 3]], "every score is the same"),
        ([[3, 3, None], [None, 3, 3]], "every score is the same"),
        ([[1], [2], [3]], "there is only one rater"),
        ([[1, 2, 3]], "there is only one target"),
        ([[1, None], [None, 2], [3, None]], "no target was scored by two raters"),
        ([[1, 2, None], [None, 2, 3]], "there are too few ratings to tell targets, raters and residual apart"),
        ([[1, 2, None], [2, 3, 4], [3, 4, 5]], "the scores leave no residual: raters differ by steady offsets at most"),
        (
            [[1, 2, None, None], [2, 2, None, None], [None, None, 4, 5], [None, None, 3, 5]],
            "the ratings fall into 2 disconnected subsets that share neither targets nor raters",
        ),
    ],
)
def test_says_why_there_is_no_icc(table, rows, reason):
    found = icc(table(*rows))
    assert (found.forms, found.not_estimable) == ((), f"not estimable because {reason}")
    assert found.summary() == f"The intraclass correlation is not estimable because {reason}."
    assert found.form("ICC(A,1)").estimate is None
    assert found.to_frame()["not_estimable"].tolist() == [found.not_estimable]


def test_refuses_disconnected_subsets_where_irrna_says_1(published):
    """irrNA::iccNA(ConsistNA) prints ICC = 1.0 for two blocks of targets that share no rater."""
    found = icc(published("irrNA_ConsistNA"))
    assert found.forms == ()
    assert "2 disconnected subsets" in found.not_estimable


def test_items_are_averaged_only_on_request(published):
    frame = published("guilford_creativity")
    with pytest.raises(SeveralItems):
        icc(frame)
    found = icc(mean_over_items(frame))
    assert (found.n_targets, found.n_raters, found.n_ratings) == (7, 3, 21)
    assert found.note == "Scores are means over 5 items."


def test_raters_who_scored_different_items_are_said_to_have(table):
    frame = table([1, 2], [3, 5], [4, 4], [2, 1])
    mixed = icc(frame.assign(item=[1, 2, 1, 1, 2, 2, 1, 1]))
    note = "Some targets were scored on different items by different raters; how items differ counts as error."
    assert (icc(frame.assign(item=[1, 1, 2, 2, 1, 1, 2, 2])).note, mixed.note) == (None, note)


def test_summary_names_form_raters_interval_and_band():
    found = icc(simulated(120, 4, 4, seed=1, target=1.4))
    one, four = found.form("ICC(A,1)"), found.form("ICC(C,k)")
    assert found.summary(target="candidate", rater="interviewer") == (
        f"Agreement of a single interviewer, ICC(A,1) = {one.estimate:.2f}, 95 % interval "
        f"{one.low:.2f} to {one.high:.2f} (120 candidates with two or more interviewers, "
        "4 interviewers): between poor and moderate."
    )
    assert found.summary("ICC(C,k)") == (
        f"Consistency of the mean of 4 raters, ICC(C,k) = {four.estimate:.2f}, 95 % interval {four.low:.2f} to "
        f"{four.high:.2f} (120 targets with two or more raters, 4 raters): between good and excellent."
    )


def test_summary_claims_nothing_below_30_compared_targets(published):
    assert icc(published("shrout_fleiss_1979")).summary() == (
        "No reliability claim: 6 targets rated, 24 more needed to reach the minimum of 30."
    )
    once = simulated(29, 4, 2, seed=1)
    alone = pd.DataFrame({"target": range(100, 200), "rater": 0, "score": 3.0})
    assert icc(pd.concat([once, alone])).summary().startswith("No reliability claim: 29 targets rated, 1 more needed")


def test_summary_on_gaps_names_the_components_and_is_provisional():
    text = icc(simulated(60, 12, 4, seed=2, whole=True)).summary("ICC(A,k)")
    assert text.startswith(
        "Provisional: Agreement of the mean of 4 raters, ICC(A,k) from variance components (REML) = "
    )


def test_k_forms_on_gaps_speak_for_the_harmonic_mean_number_of_ratings():
    found = icc(
        pd.concat([simulated(40, 8, 4, seed=3), simulated(40, 8, 2, seed=4).assign(target=lambda f: f["target"] + 40)])
    )
    assert found.form("ICC(A,k)").k == pytest.approx(2 / (1 / 4 + 1 / 2))
    for single, mean in (("ICC(1,1)", "ICC(1,k)"), ("ICC(A,1)", "ICC(A,k)"), ("ICC(C,1)", "ICC(C,k)")):
        one, k = found.form(single), found.form(mean)
        stepped = [spearman_brown(value, k.k) for value in (one.estimate, one.low, one.high)]
        assert (k.estimate, k.low, k.high) == pytest.approx(stepped)


def test_components_agree_with_mean_squares_on_balanced_data(published):
    for frame in (published("shrout_fleiss_1979"), simulated(40, 5, 5, seed=5)):
        anova, reml = icc(frame), icc_from_components(frame)
        assert (anova.method, reml.method) == ("mean squares", "variance components (REML)")
        for part in ("target_variance", "rater_variance", "residual_variance"):
            assert getattr(reml, part) == pytest.approx(getattr(anova, part), rel=1e-6)
        for name in NAMES:
            assert reml.form(name).estimate == pytest.approx(anova.form(name).estimate, abs=1e-6)


def test_components_are_never_negative(table):
    found = icc_from_components(table([1, 5, 2], [5, 1, 4], [2, 4, 1], [4, 2, 5]))
    assert min(found.target_variance, found.rater_variance) == 0.0
    assert found.form("ICC(A,1)").low == 0.0
    assert found.form("ICC(A,1)").high > 0.0


def test_one_missing_cell_hardly_moves_the_answer():
    frame = simulated(60, 5, 5, seed=6)
    whole, gap = icc(frame), icc(frame.iloc[1:])
    assert (whole.method, gap.method) == ("mean squares", "variance components (REML)")
    for name in ("ICC(A,1)", "ICC(C,1)"):
        one, other = whole.form(name), gap.form(name)
        assert other.estimate == pytest.approx(one.estimate, abs=0.01)
        assert (other.low, other.high) == pytest.approx((one.low, one.high), abs=0.06)


@pytest.mark.parametrize("wrong", [0, 1, -0.5, 95])
def test_confidence_lies_between_0_and_1(table, wrong):
    for rows in ([[1, 2], [3, 5]], [[1, 2, None], [2, 3, 5], [4, None, 1]]):
        with pytest.raises(BadOption, match="confidence"):
            icc(table(*rows), confidence=wrong)
