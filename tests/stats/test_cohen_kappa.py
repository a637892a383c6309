import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.stats.agreement_coefficients import agreement_coefficient
from panel.stats.cohen_kappa import PairKappa, cohen_kappas
from panel.stats.errors import BadOption, NotANumber
from panel.stats.scale import agreement_weights
from tests.stats.drawn import quick, ratings, renamed

WEIGHTS = ["unweighted", "linear", "quadratic"]

IRR_CANONICAL = {
    ("A", "B"): (9, 0.84482758621, 0.89411764706, 0.93959731544),
    ("A", "C"): (8, 0.47826086957, 0.5, 0.53846153846),
    ("A", "D"): (9, 0.85, 0.71578947368, 0.55248618785),
    ("B", "C"): (9, 0.54237288136, 0.71578947368, 0.85714285714),
    ("B", "D"): (10, 0.87012987013, 0.85507246377, 0.87096774194),
    ("C", "D"): (10, 0.61538461538, 0.77272727273, 0.89208633094),
}
IRR_DIAGNOSES = {
    ("rater1", "rater2"): (30, 0.6511627907, 0.63309352518, 0.65546218487),
    ("rater1", "rater6"): (30, 0.080882352941, 0.084181313599, 0.12007332722),
    ("rater3", "rater5"): (30, 0.64017991004, 0.4964664311, 0.32653061224),
    ("rater4", "rater5"): (30, 0.85691573927, 0.78439425051, 0.67425025853),
    ("rater5", "rater6"): (30, 0.64824120603, 0.64788732394, 0.6837944664),
}
"""R's irr::kappa2: units shared, unweighted, weight = "equal", weight = "squared"."""


def pair(x, y):
    return pd.DataFrame({"target": [*range(len(x))] * 2, "rater": ["A"] * len(x) + ["B"] * len(y), "score": [*x, *y]})


@pytest.mark.parametrize(
    ("case", "expected"), [("krippendorff_canonical", IRR_CANONICAL), ("irr_diagnoses", IRR_DIAGNOSES)]
)
def test_reproduces_the_kappas_of_irr(published, case, expected):
    found = cohen_kappas(published(case))
    for raters, (n, *estimates) in expected.items():
        assert [found.of(*raters, w).n_units for w in WEIGHTS] == [n] * 3
        assert [found.of(*raters, w).estimate for w in WEIGHTS] == pytest.approx(estimates)


@pytest.mark.parametrize(
    ("case", "raters", "se"),
    [
        ("krippendorff_canonical", ("A", "B"), 0.1465423778),
        ("krippendorff_canonical", ("B", "C"), 0.2160990098),
        ("irr_diagnoses", ("rater1", "rater2"), 0.0996826561),
        ("irr_diagnoses", ("rater1", "rater6"), 0.0457156247),
        ("irr_diagnoses", ("rater4", "rater5"), 0.0768359227),
    ],
)
def test_reproduces_the_standard_errors_of_psych(published, case, raters, se):
    """psych::cohen.kappa 2.2.9, unweighted; its weighted errors are 0 or too large there and are not followed."""
    kappa = cohen_kappas(published(case)).of(*raters)
    assert kappa.se == pytest.approx(se)
    assert (kappa.low, kappa.high) == pytest.approx(
        (kappa.estimate - 1.959964 * se, min(1, kappa.estimate + 1.959964 * se)), abs=1e-6
    )


@pytest.mark.parametrize("weights", WEIGHTS)
def test_standard_error_is_that_of_the_delta_method(weights):
    """Fleiss, Cohen & Everitt (1969): here by numeric derivatives of kappa by the shares of the table."""
    random = np.random.default_rng(2)
    x = random.integers(1, 5, size=80)
    y = np.clip(x + random.integers(-1, 2, size=80), 1, 4)
    w = agreement_weights(np.arange(1.0, 5.0), weights)
    p = np.histogram2d(x, y, bins=4)[0] / 80

    def kappa(p):
        p_e = p.sum(axis=1) @ w @ p.sum(axis=0)
        return ((w * p).sum() - p_e) / (1 - p_e)

    steps = 1e-6 * np.eye(16).reshape(16, 4, 4)
    gradient = np.array([(kappa(p + h) - kappa(p - h)) / 2e-6 for h in steps])
    variance = (gradient**2 @ p.ravel() - (gradient @ p.ravel()) ** 2) / 80
    found = cohen_kappas(pair(x, y)).of("A", "B", weights)
    assert (found.estimate, found.se) == pytest.approx((kappa(p), np.sqrt(variance)), rel=1e-5)


def test_mean_over_pairs_is_lights_kappa(published):
    """Light (1971); irr::kappam.light on Fleiss (1971): .45941214443."""
    assert cohen_kappas(published("irr_diagnoses")).mean() == pytest.approx(0.45941214443)


@quick
@given(frame=ratings())
def test_pairs_are_all_that_share_units_most_shared_first(frame):
    scored = frame.dropna()
    units = {r: set(zip(rows["target"], rows["item"], strict=True)) for r, rows in scored.groupby("rater")}
    shared = {(a, b): len(units[a] & units[b]) for a in units for b in units if a < b and units[a] & units[b]}
    found = cohen_kappas(frame)
    listed = [((k.first, k.second), k.n_units) for k in found.kappas if k.weights == "linear"]
    assert dict(listed) == shared and found.n_pairs == len(shared)
    assert listed == sorted(listed, key=lambda pair: (-pair[1], pair[0]))


@pytest.mark.parametrize("crowded", [0.0, 2.0])
def test_dense_and_sparse_counting_of_shared_units_agree(published, monkeypatch, crowded):
    plain = cohen_kappas(published("krippendorff_canonical"))
    monkeypatch.setattr("panel.stats.cohen_kappa.CROWDED", crowded)
    assert cohen_kappas(published("krippendorff_canonical")) == plain


def test_a_long_list_of_pairs_is_cut_and_says_so(published):
    found = cohen_kappas(published("irr_diagnoses"), most_pairs=4)
    assert (len(found.to_frame()), found.n_pairs) == (4 * 3, 15)
    assert found.note == "15 pairs of raters share units; the 4 that share most are listed."
    assert found.summary(rater="psychiatrist").endswith(
        "15 pairs of psychiatrists share units; the 4 that share most are listed."
    )


@quick
@given(frame=ratings(), seed=st.integers(0, 99))
def test_names_and_order_of_rows_change_nothing(frame, seed):
    plain, other = cohen_kappas(frame), cohen_kappas(renamed(frame, seed))
    for k in plain.kappas:
        o = other.of(-k.first, -k.second, k.weights)
        assert (o.n_units, o.not_estimable, o.note) == (k.n_units, k.not_estimable, k.note)
        assert [o.estimate, o.se, o.low, o.high] == pytest.approx([k.estimate, k.se, k.low, k.high], abs=1e-9)


@pytest.mark.parametrize(
    "change", [lambda s: s + 100, lambda s: 6 - s, lambda s: 0.1 * s], ids=["+ 100", "6 -", "/ 10"]
)
@quick
@given(frame=ratings())
def test_moving_reversing_or_shrinking_the_scale_changes_nothing(change, frame):
    plain, other = cohen_kappas(frame), cohen_kappas(frame.assign(score=change(frame["score"])))
    for k, o in zip(plain.kappas, other.kappas, strict=True):
        assert [o.estimate, o.se, o.low, o.high] == pytest.approx([k.estimate, k.se, k.low, k.high], abs=1e-9)
        assert (o.not_estimable, o.note) == (k.not_estimable, k.note)


@quick
@given(frame=ratings())
def test_kappa_of_two_raters_is_congers(frame):
    two = frame[frame["rater"] < 2].dropna()
    both = two[two.groupby(["target", "item"])["rater"].transform("size") == 2]
    if both.empty or both["score"].nunique() < 2 or len(both) < 4:
        return
    for weights in WEIGHTS:
        conger = agreement_coefficient(both, "Conger", weights).estimate
        assert cohen_kappas(both).of(0, 1, weights).estimate == pytest.approx(conger)


def test_levels_that_nobody_used_leave_a_gap():
    """Scores 1, 2, 4: irr and psych count ranks (.3478 linear), here 2 to 4 is twice as far as 1 to 2."""
    kappa = cohen_kappas(pair([1, 1, 2, 4, 4], [1, 2, 2, 4, 1])).of("A", "B", "linear")
    assert kappa.estimate == pytest.approx(1 - (4 / 5) / (34 / 25))


@pytest.mark.parametrize(
    ("x", "y", "reason"),
    [
        ([3, 3, 3], [3, 3, 3], "both raters gave every unit the same score"),
        ([1], [2], "the two raters share a single unit"),
        (np.arange(300), np.arange(300) + 300, "the scores take more than 500 values: round them to levels first"),
    ],
)
def test_says_why_a_pair_has_no_kappa(x, y, reason):
    found = cohen_kappas(pair(x, y))
    assert found.of("A", "B") == PairKappa(
        "A", "B", "unweighted", len(x), len(x), not_estimable=f"not estimable because {reason}"
    )
    assert found.mean() is None


@pytest.mark.parametrize(
    ("x", "y", "estimate", "note"),
    [
        ([1, 2, 3], [1, 2, 3], 1.0, "There is no interval because the two raters never differ."),
        (
            [2, 2, 2],
            [1, 2, 3],
            0.0,
            "There is no interval because one of the two raters gave every unit the same score.",
        ),
    ],
)
def test_says_why_there_is_no_interval(x, y, estimate, note):
    for weights in WEIGHTS:
        kappa = cohen_kappas(pair(x, y)).of("B", "A", weights)
        assert (kappa.estimate, kappa.se, kappa.low, kappa.note) == (pytest.approx(estimate), None, None, note)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[1], [2]], "there is only one rater"),
        ([[1, None], [None, 2]], "no unit (one item of one target) was scored by two raters"),
    ],
)
def test_says_why_there_are_no_pairs(table, rows, reason):
    found = cohen_kappas(table(*rows))
    assert (found.kappas, found.n_pairs, found.not_estimable) == ((), 0, f"not estimable because {reason}")
    assert found.summary() == f"Cohen's kappa is not estimable because {reason}."
    assert found.to_frame()["not_estimable"].tolist() == [found.not_estimable]


def test_unusable_arguments_are_refused(table):
    frame = table([1, 2], [2, 2])
    for wrong in ({"confidence": 1.0}, {"most_pairs": 0}, {"most_pairs": 2.5}):
        with pytest.raises(BadOption):
            cohen_kappas(frame, **wrong)
    with pytest.raises(NotANumber):
        cohen_kappas(frame.assign(score=["yes", "no", "no", "yes"]))
    with pytest.raises(KeyError):
        cohen_kappas(frame).of("A", "Z")


def test_summary_claims_nothing_on_few_targets_and_names_no_rater(published):
    few = cohen_kappas(published("krippendorff_canonical")).summary(target="candidate")
    assert few == "No reliability claim: 11 candidates rated, 19 more needed to reach the minimum of 30."
    assert cohen_kappas(published("irr_diagnoses")).summary("unweighted", rater="psychiatrist") == (
        "Provisional: Agreement of 15 pairs of psychiatrists, Cohen's kappa (unweighted): 0.44 for the middle pair, "
        "from 0.08 to 0.86."
    )
