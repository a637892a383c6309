import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from panel.stats.agreement import krippendorff_alpha
from panel.stats.agreement_coefficients import AgreementCoefficient, agreement_coefficient
from panel.stats.errors import BadOption, NotANumber, ScoreOffScale
from panel.stats.scale import agreement_weights
from tests.stats.drawn import quick, ratings, renamed

KINDS = ["percent", "Brennan-Prediger", "Conger", "Fleiss", "Gwet", "Krippendorff"]
WEIGHTS = ["unweighted", "linear", "quadratic", "ordinal"]

IRRCAC = {
    "unweighted": {
        "Gwet": (0.77544, 0.14295, 0.461, 0.19032),
        "Fleiss": (0.76117, 0.15302, 0.424, 0.23872),
        "Krippendorff": (0.74342, 0.14557, 0.419, 0.24),
        "Conger": (0.76282, 0.14917, 0.435, 0.23343),
        "Brennan-Prediger": (0.77273, 0.14472, 0.454, 0.2),
        "percent": (0.81818, 0.12561, 0.542, 0),
    },
    "linear": {
        "Gwet": (0.85874, 0.11733, 0.6, 0.57096),
        "Fleiss": (0.81794, 0.1485, 0.491, 0.66710),
        "Krippendorff": (0.80038, 0.13548, 0.499, 0.67438),
        "Conger": (0.81378, 0.14509, 0.494, 0.67455),
        "Brennan-Prediger": (0.84848, 0.12336, 0.577, 0.6),
        "percent": (0.93939, 0.09368, 0.733, 0),
    },
    "quadratic": {
        "Gwet": (0.914, 0.10396, 0.685, 0.71370),
        "Fleiss": (0.86494, 0.14603, 0.544, 0.81771),
        "Krippendorff": (0.84911, 0.12913, 0.561, 0.825),
        "Conger": (0.85771, 0.14367, 0.541, 0.82696),
        "Brennan-Prediger": (0.90152, 0.11089, 0.657, 0.75),
        "percent": (0.97538, 0.09062, 0.776, 0),
    },
    "ordinal": {
        "Gwet": (0.89894, 0.1069, 0.664, 0.68516),
        "Fleiss": (0.85021, 0.14704, 0.527, 0.78759),
        "Krippendorff": (0.83364, 0.13107, 0.542, 0.79488),
        "Conger": (0.84366, 0.1441, 0.526, 0.79648),
        "Brennan-Prediger": (0.88636, 0.11391, 0.636, 0.72),
        "percent": (0.96818, 0.09086, 0.768, 0),
    },
}
"""R's irrCAC on Gwet (2014), Handbook, 4th ed., p. 120: estimate, standard error, lower limit, chance agreement."""


def coefficients(frame, **options):
    return {(k, w): agreement_coefficient(frame, k, w, **options) for k in KINDS for w in WEIGHTS}


def numbers(result):
    return [result.estimate, result.se, result.low, result.high, result.observed, result.by_chance]


def same(first, second):
    pairs = list(zip(numbers(first), numbers(second), strict=True))
    return all((a is None) == (b is None) and (a is None or a == pytest.approx(b, abs=1e-7)) for a, b in pairs)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("weights", WEIGHTS)
def test_reproduces_gwet_2014_with_missing_ratings(published, kind, weights):
    found = agreement_coefficient(published("gwet_raw4raters"), kind, weights)
    estimate, se, low, by_chance = IRRCAC[weights][kind]
    assert (found.estimate, found.se, found.by_chance) == pytest.approx((estimate, se, by_chance), abs=6e-6)
    assert (found.low, found.high) == (pytest.approx(low, abs=6e-4), 1.0)


def test_reproduces_fleiss_1971_and_what_irr_says_of_it(published):
    """Fleiss (1971): .430; irr::kappam.fleiss .43024452006, z 17.651830583, with exact = TRUE .44180854033."""
    fleiss = agreement_coefficient(published("irr_diagnoses"), "Fleiss")
    conger = agreement_coefficient(published("irr_diagnoses"), "Conger")
    assert fleiss == AgreementCoefficient(
        kind="Fleiss",
        weights="unweighted",
        confidence=0.95,
        levels=(1.0, 2.0, 3.0, 4.0, 5.0),
        n_units=30,
        n_compared=30,
        n_raters=6,
        n_targets=30,
        estimate=pytest.approx(0.43024452006),
        se=pytest.approx(0.0541989355),
        low=pytest.approx(0.3193952506),
        high=pytest.approx(0.5410937895),
        observed=pytest.approx(0.5555555556),
        by_chance=pytest.approx(0.2199382716),
        se_by_target=pytest.approx(0.0541989355),
        se_of_chance=pytest.approx(0.43024452006 / 17.651830583),
    )
    assert conger.estimate == pytest.approx(0.44180854033)


def plain_coefficient(frame, kind, weights):
    """Fleiss, Gwet and Brennan-Prediger by loops over units and pairs of raters, straight from Gwet (2014), ch. 2-4."""
    levels = sorted(frame["score"].dropna().unique())
    units = [[levels.index(s) for s in u["score"]] for _, u in frame.dropna().groupby(["target", "item"])]
    if len(levels) < 2 or max(map(len, units)) < 2:
        return None
    w = agreement_weights(np.array(levels, dtype=float), weights)
    pairs = [[w[a, b] for i, a in enumerate(u) for j, b in enumerate(u) if i != j] for u in units if len(u) > 1]
    q, p_a = len(levels), np.mean([np.mean(of_unit) for of_unit in pairs])
    pi = np.mean([[u.count(k) / len(u) for k in range(q)] for u in units], axis=0)
    p_e = {
        "Fleiss": sum(w[k, m] * pi[k] * pi[m] for k in range(q) for m in range(q)),
        "Gwet": w.sum() / (q * (q - 1)) * sum(pi * (1 - pi)),
        "Brennan-Prediger": w.sum() / q**2,
    }[kind]
    return (p_a - p_e) / (1 - p_e)


@pytest.mark.parametrize("kind", ["Fleiss", "Gwet", "Brennan-Prediger"])
@quick
@given(frame=ratings(), weights=st.sampled_from(WEIGHTS))
def test_equals_the_definition(kind, frame, weights):
    found, plain = agreement_coefficient(frame, kind, weights).estimate, plain_coefficient(frame, kind, weights)
    assert (found is None) == (plain is None) and (found is None or found == pytest.approx(plain, abs=1e-9))


@quick
@given(frame=ratings())
def test_alpha_by_weights_is_krippendorffs_alpha(frame):
    for weights, level in (("unweighted", "nominal"), ("quadratic", "interval")):
        by_weights = agreement_coefficient(frame, "Krippendorff", weights).estimate
        alpha = krippendorff_alpha(frame, level, bootstrap=0).estimate
        assert (by_weights is None) == (alpha is None)
        assert alpha is None or by_weights == pytest.approx(alpha, abs=1e-9)


def complete(n_targets, n_raters, seed, most=4):
    random = np.random.default_rng(seed)
    level = random.normal(size=(n_targets, 1))
    scores = np.clip(np.round(2.5 + level + 0.7 * random.normal(size=(n_targets, n_raters))), 1, most)
    frame = pd.DataFrame(scores).rename_axis("target").reset_index()
    return frame.melt("target", var_name="rater", value_name="score")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("weights", ["unweighted", "quadratic"])
def test_standard_error_is_near_that_of_leaving_out_one_target_after_another(kind, weights):
    """Every third target lacks the first rater; where units have a single rating, Gwet's error is larger than this."""
    frame = complete(120, 4, seed=3)
    frame = frame[(frame["rater"] > 0) | (frame["target"] % 3 > 0)]
    found = agreement_coefficient(frame, kind, weights, levels=[1, 2, 3, 4])
    left_out = [
        agreement_coefficient(frame[frame["target"] != t], kind, weights, levels=[1, 2, 3, 4]).estimate
        for t in range(120)
    ]
    jackknife = np.sqrt(119 / 120 * ((left_out - np.mean(left_out)) ** 2).sum())
    assert found.se == pytest.approx(jackknife, rel=0.04)


@pytest.mark.parametrize("kind", KINDS)
def test_copies_of_an_item_do_not_shrink_the_standard_error_by_target(kind):
    frame = complete(40, 3, seed=4)
    copies = pd.concat([frame.assign(item=item) for item in range(5)])
    one, five = agreement_coefficient(frame, kind, "linear"), agreement_coefficient(copies, kind, "linear")
    assert five.estimate == pytest.approx(one.estimate, abs=4e-3)
    assert five.se_by_target == pytest.approx(one.se, rel=2e-3)
    assert five.se == pytest.approx(one.se / np.sqrt(5), rel=0.02)
    assert five.note == (
        f"The interval takes the items of one target as independent (standard error {five.se:.3f}; "
        f"{five.se_by_target:.3f} if whole targets are the sample)."
    )


@quick
@given(frame=ratings(), seed=st.integers(0, 99))
def test_names_and_order_of_rows_change_nothing(frame, seed):
    plain, other = coefficients(frame), coefficients(renamed(frame, seed))
    assert [key for key in plain if not same(plain[key], other[key])] == []


@pytest.mark.parametrize(
    "change", [lambda s: s + 100, lambda s: 6 - s, lambda s: 0.1 * s], ids=["+ 100", "6 -", "/ 10"]
)
@quick
@given(frame=ratings())
def test_moving_reversing_or_shrinking_the_scale_changes_nothing(change, frame):
    plain, other = coefficients(frame), coefficients(frame.assign(score=change(frame["score"])))
    assert [key for key in plain if not same(plain[key], other[key])] == []


@quick
@given(frame=ratings())
def test_no_coefficient_is_above_1_or_without_a_reason(frame):
    for found in coefficients(frame).values():
        assert (found.estimate is None) == (found.not_estimable is not None)
        assert found.estimate is None or found.estimate <= 1 + 1e-12
        assert found.se is None or found.low <= found.estimate <= found.high + 1e-12


def test_levels_that_nobody_used_count_for_gwet_and_brennan_prediger_only(published):
    frame = published("irr_diagnoses")
    wider = {kind: agreement_coefficient(frame, kind, levels=range(1, 8)) for kind in KINDS}
    plain = {kind: agreement_coefficient(frame, kind) for kind in KINDS}
    assert {k for k in KINDS if wider[k].estimate != pytest.approx(plain[k].estimate)} == {"Gwet", "Brennan-Prediger"}
    assert wider["Brennan-Prediger"].by_chance == pytest.approx(1 / 7)


def test_raters_who_always_give_one_level_agree_by_gwet_when_the_scale_has_others(table):
    same_level = table([3, 3], [3, 3])
    assert agreement_coefficient(same_level, "Gwet", levels=[1, 2, 3]).estimate == 1.0
    fleiss = agreement_coefficient(same_level, "Fleiss", levels=[1, 2, 3])
    assert fleiss.not_estimable == "not estimable because every score that can be compared is the same"


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[4, 4], [4, 4]], "every score that can be compared is the same"),
        ([[1], [2]], "there is only one rater"),
        ([[1, None], [None, 2]], "no unit (one item of one target) was scored by two raters"),
        (
            [[n, n + 0.5] for n in range(251)],
            "the scores take more than 500 values: round them to levels first",
        ),
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_says_why_there_is_no_coefficient(table, rows, reason, kind):
    found = agreement_coefficient(table(*rows), kind)
    assert (found.estimate, found.se, found.not_estimable) == (None, None, f"not estimable because {reason}")
    assert found.summary() == f"{found.name} is not estimable because {reason}."
    assert found.to_frame()["not_estimable"].tolist() == [found.not_estimable]


@pytest.mark.parametrize(
    ("rows", "note"),
    [
        ([[1, 1], [3, 3]], "the raters never differ"),
        ([[1, 3], [3, 1]], "every unit shows the same agreement"),
        ([[1, 3]], "only one unit can be compared"),
    ],
)
def test_says_why_there_is_no_interval(table, rows, note):
    found = agreement_coefficient(table(*rows), "Gwet")
    assert (found.se, found.low, found.high) == (None, None, None)
    assert note in found.note


def test_unusable_arguments_are_refused(table):
    frame = table([1, -2], [2, 2])
    for kind, weights, confidence in (("Scott", "linear", 0.95), ("Gwet", "cubic", 0.95), ("Gwet", "linear", 95)):
        with pytest.raises(BadOption):
            agreement_coefficient(frame, kind, weights, confidence=confidence)
    with pytest.raises(ScoreOffScale, match="no negative scores"):
        agreement_coefficient(frame, "Gwet", "ratio")
    with pytest.raises(ScoreOffScale, match="not one of the levels"):
        agreement_coefficient(frame, "Gwet", levels=[1, 2, 3])
    with pytest.raises(NotANumber):
        agreement_coefficient(frame.assign(score=["yes", "no", "no", "yes"]), "Gwet")


def test_summary_claims_nothing_on_few_targets_and_little_on_some(published):
    few = agreement_coefficient(published("gwet_raw4raters"), "Gwet").summary(target="candidate")
    assert few == "No reliability claim: 11 candidates rated, 19 more needed to reach the minimum of 30."
    some = agreement_coefficient(published("irr_diagnoses"), "Gwet", "quadratic")
    assert some.summary(target="patient", rater="psychiatrist") == (
        f"Provisional: Agreement of psychiatrists, Gwet's AC2 (quadratic) = {some.estimate:.2f}, 95 % interval "
        f"{some.low:.2f} to {some.high:.2f} (30 patients, 6 psychiatrists)."
    )


def test_names_are_those_of_the_papers(table):
    frame = table([1, 2], [3, 3])
    names = [
        [agreement_coefficient(frame, kind, weights).name for kind in KINDS] for weights in ("unweighted", "linear")
    ]
    assert names == [
        [
            "Percent agreement",
            "Brennan and Prediger's coefficient",
            "Conger's kappa",
            "Fleiss' kappa",
            "Gwet's AC1",
            "Krippendorff's alpha",
        ],
        [
            "Weighted agreement (linear)",
            "Brennan and Prediger's coefficient (linear)",
            "Conger's kappa (linear)",
            "Fleiss' kappa (linear)",
            "Gwet's AC2 (linear)",
            "Krippendorff's alpha (linear)",
        ],
    ]
