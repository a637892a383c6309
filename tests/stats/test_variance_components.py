import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from panel.stats.icc import icc, icc_from_components
from panel.stats.icc_intervals import profile_interval
from panel.stats.ratings import read_ratings
from panel.stats.variance_components import CrossedModel


def incomplete(n_targets, n_raters, seed, *, target=0.6, rater=0.2, residual=0.6, whole=True, most=4):
    """One to ``most`` random raters for each target."""
    random = np.random.default_rng(seed)
    levels, offsets = np.sqrt(target) * random.normal(size=n_targets), np.sqrt(rater) * random.normal(size=n_raters)
    rows = [
        (t, r, 3 + levels[t] + offsets[r] + np.sqrt(residual) * random.normal())
        for t in range(n_targets)
        for r in random.choice(n_raters, random.integers(1, most + 1), replace=False)
    ]
    frame = pd.DataFrame(rows, columns=["target", "rater", "score"])
    return frame.assign(score=frame["score"].round().clip(1, 5)) if whole else frame


def plain_deviance(frame, lt, lr):
    """-2 x REML log likelihood with the whole covariance matrix written out, sigma_e^2 profiled out."""
    y = frame["score"].to_numpy(dtype=float)
    z_t, z_r = (pd.get_dummies(frame[name]).to_numpy(dtype=float) for name in ("target", "rater"))
    v = np.eye(len(y)) + lt * z_t @ z_t.T + lr * z_r @ z_r.T
    inverse, one = np.linalg.inv(v), np.ones(len(y))
    p = inverse - np.outer(inverse @ one, inverse @ one) / (one @ inverse @ one)
    return np.linalg.slogdet(v)[1] + np.log(one @ inverse @ one) + (len(y) - 1) * np.log(y @ p @ y)


@pytest.fixture
def cases(published):
    return [published("krippendorff_canonical").dropna(), incomplete(15, 5, 1), incomplete(12, 8, 2, whole=False)]


@settings(max_examples=25, deadline=None, derandomize=True)
@given(seed=st.integers(0, 500), lt=st.floats(0, 20), lr=st.floats(0, 20))
def test_deviance_equals_that_of_the_whole_covariance_matrix(seed, lt, lr):
    frame = incomplete(9, 4, seed, whole=False)
    assert CrossedModel(read_ratings(frame)).deviance(lt, lr) == pytest.approx(plain_deviance(frame, lt, lr), abs=1e-7)


@pytest.mark.parametrize(("lt", "lr"), [(0.0, 0.0), (0.8, 0.0), (0.0, 0.3), (2.0, 0.7)])
def test_slopes_are_those_of_the_deviance(cases, lt, lr):
    for frame in cases:
        model, h = CrossedModel(read_ratings(frame)), 1e-5
        slopes = model.slopes(lt, lr)
        numeric = (
            (model.deviance(lt + h, lr) - model.deviance(lt - h, lr)) / (2 * h),
            (model.deviance(lt, lr + h) - model.deviance(lt, lr - h)) / (2 * h),
        )
        assert slopes == pytest.approx(numeric, abs=1e-4)


def test_fit_is_the_least_of_a_separate_search(cases):
    for frame in cases:
        found = CrossedModel(read_ratings(frame)).fit()
        searches = [
            optimize.minimize(lambda x, frame=frame: plain_deviance(frame, *np.exp(x)), start, method="Nelder-Mead")
            for start in ([0, 0], [1, -2])
        ]
        searched = min(searches, key=lambda fit: fit.fun)
        assert found.deviance == pytest.approx(searched.fun, abs=1e-4)
        ratios = (found.target / found.residual, found.rater / found.residual)
        assert ratios == pytest.approx(np.exp(searched.x), abs=0.01)


def test_interval_ends_where_the_likelihood_ratio_test_rejects(cases):
    """At each end the best model with that ICC(A,1), whole covariance matrix, is 3.84 worse than the best of all."""
    for frame in cases:
        form = icc_from_components(frame).form("ICC(A,1)")
        least = CrossedModel(read_ratings(frame)).fit().deviance
        for end in (form.low, form.high):
            if end == 0:
                continue
            best = optimize.minimize_scalar(
                lambda s, frame=frame, end=end: plain_deviance(frame, end / (1 - end) / (1 - s), s / (1 - s)),
                bounds=(0, 0.999999),
                method="bounded",
            )
            assert best.fun - least == pytest.approx(stats.chi2.ppf(0.95, 1), abs=0.01)


def test_interval_stops_at_0_when_0_is_not_rejected():
    """Profiles are functions of x = -log(1 - correlation)."""
    assert profile_interval(lambda x: (x - 0.1) ** 2, 0.1, 0.0, 0.95)[0] == 0.0
    low, high = profile_interval(lambda x: ((1 - np.exp(-x) - 0.5) / 0.1) ** 2, 0.5, 0.0, 0.95)
    half = 0.1 * stats.norm.ppf(0.975)
    assert (low, high) == pytest.approx((0.5 - half, 0.5 + half), rel=1e-7)


def accurate_deviance(frame, lt, lr):
    """`plain_deviance` up to a constant, from least squares with the random effects as unknowns: no digits cancel."""
    z_t, z_r = (pd.get_dummies(frame[name]).to_numpy(dtype=float) for name in ("target", "rater"))
    one, y = np.ones((len(frame), 1)), frame["score"].to_numpy(dtype=float)
    penalty = np.repeat([lt, lr], [z_t.shape[1], z_r.shape[1]]) ** -0.5
    rows = np.vstack([np.hstack([one, z_t, z_r]), np.hstack([np.zeros((len(penalty), 1)), np.diag(penalty)])])
    response = np.concatenate([y - y.mean(), np.zeros(len(penalty))])
    q, r = np.linalg.qr(rows)
    left = response - q @ (q.T @ response)
    log_determinant = 2 * np.log(np.abs(np.diag(r))).sum() - 2 * np.log(penalty).sum()
    return log_determinant + (len(y) - 1) * np.log(left @ left)


@pytest.mark.parametrize("residual", [1e-3, 1e-5])
@pytest.mark.parametrize("rater", [1e-6, 0.5], ids=["agreement near 1", "agreement below 1"])
def test_interval_keeps_its_digits_where_hardly_any_residual_is_left(residual, rater):
    """The ends reject at 3.84 by a likelihood that was searched apart, also where both are 0.99999..."""
    frame = incomplete(14, 6, 3, target=1.0, rater=(residual if rater < 1e-3 else rater) ** 2, residual=residual**2,
                       whole=False)  # fmt: skip
    found = icc_from_components(frame)

    def searched(deviance, *starts):
        options = {"xatol": 1e-9, "fatol": 1e-9}
        return min(optimize.minimize(deviance, start, method="Nelder-Mead", options=options).fun for start in starts)

    log_t, log_r = np.log(found.target_variance / residual**2), np.log(found.rater_variance / residual**2)
    least = searched(lambda x: accurate_deviance(frame, *np.exp(x)), [log_t, log_r], [log_t + 1, log_r - 1])
    for name in ("ICC(A,1)", "ICC(C,1)"):
        form = found.form(name)
        assert form.low < form.estimate < form.high < 1
        for end in (form.low, form.high):
            odds, counts = end / (1 - end), name == "ICC(A,1)"
            best = searched(
                lambda x, odds=odds, counts=counts: accurate_deviance(
                    frame, odds * (1 + np.exp(x[0]) if counts else 1), np.exp(x[0])
                ),
                [log_r], [log_r + 3],
            )  # fmt: skip
            assert best - least == pytest.approx(stats.chi2.ppf(0.95, 1), abs=2e-3)


def test_interval_keeps_its_digits_near_0():
    frame = incomplete(400, 3, 8, target=0.12, rater=1e-4, residual=1.0, whole=False, most=3)
    form = icc_from_components(frame).form("ICC(C,1)")
    assert 0 < form.low < 0.02
    least = CrossedModel(read_ratings(frame)).fit().deviance
    model = CrossedModel(read_ratings(frame))
    best = optimize.minimize_scalar(
        lambda log_r: model.deviance(form.low / (1 - form.low), np.exp(log_r)), bounds=(-25, 5), method="bounded"
    )
    assert best.fun - least == pytest.approx(stats.chi2.ppf(0.95, 1), abs=1e-4)


def arithmetic():
    """206 scores of 40 targets by 9 raters, by a rule; the rule means nothing."""
    rows = [(t, r, t * t % 7 + r % 3 + t * r % 4) for t in range(40) for r in range(9) if (5 * t + 3 * r) % 7 < 4]
    return pd.DataFrame(rows, columns=["target", "rater", "score"])


def components(found):
    return found.target_variance, found.rater_variance, found.residual_variance


def test_reproduces_lme4_on_data_with_gaps(published):
    """R's lme4 1.1, lmer(score ~ 1 + (1|target) + (1|rater)), tolerances 1e-10 and below."""
    assert components(icc(arithmetic())) == pytest.approx((2.38829, 1.24726, 0.589377), rel=1e-5)
    canonical = icc(published("krippendorff_canonical"))
    assert components(canonical) == pytest.approx((1.36216, 0.0179946, 0.207238), rel=1e-5)


def test_it_does_not_matter_which_factor_is_eliminated():
    frame = arithmetic()
    turned = frame.rename(columns={"target": "rater", "rater": "target"})
    target, rater, residual = components(icc(frame))
    assert components(icc(turned)) == pytest.approx((rater, target, residual), rel=1e-6)
    model, turned_model = CrossedModel(read_ratings(frame)), CrossedModel(read_ratings(turned))
    assert (model.raters_are_many, turned_model.raters_are_many) == (False, True)
    assert model.deviance(1.3, 0.4) == pytest.approx(turned_model.deviance(0.4, 1.3), abs=1e-9)
    assert model.slopes(1.3, 0.4) == pytest.approx(turned_model.slopes(0.4, 1.3)[::-1], abs=1e-9)


@pytest.mark.parametrize("crowded", [0.0, 1.0], ids=["dense", "sparse"])
def test_large_designs_are_fitted_alike_and_their_intervals_are_named(monkeypatch, crowded):
    frame = incomplete(300, 40, 5, whole=False, most=6)
    by_profile = icc(frame)
    monkeypatch.setattr("panel.stats.variance_components.FAST_LEVELS", 10)
    monkeypatch.setattr("panel.stats.icc.FAST_LEVELS", 10)
    monkeypatch.setattr("panel.stats.crossed_design.CROWDED", crowded)
    by_logit = icc(frame)
    assert components(by_logit) == pytest.approx(components(by_profile), rel=1e-5)
    for name in ("ICC(A,1)", "ICC(C,1)"):
        one, other = by_profile.form(name), by_logit.form(name)
        assert (other.low, other.high) == pytest.approx((one.low, one.high), abs=0.01)
    assert by_logit.note == "With more than 10 targets and as many raters the intervals are large-sample ones."
    assert (by_profile.note, by_logit.method) == (None, "variance components (REML)")


def test_large_sample_intervals_take_a_variance_of_0_as_known_and_stop_where_targets_do_not_differ(monkeypatch):
    monkeypatch.setattr("panel.stats.variance_components.FAST_LEVELS", 10)
    alike = icc(incomplete(150, 30, 2, rater=0.0, whole=False))
    agreement, consistency = alike.form("ICC(A,1)"), alike.form("ICC(C,1)")
    assert alike.rater_variance == 0.0
    assert (agreement.low, agreement.high) == pytest.approx((consistency.low, consistency.high))
    assert 0 < agreement.low < agreement.estimate < agreement.high < 1
    flat = icc(incomplete(150, 30, 2, target=0.0, whole=False))
    assert (flat.form("ICC(A,1)").estimate, flat.form("ICC(A,1)").low) == (0.0, None)
    assert flat.form("ICC(C,k)").note == "There are no intervals because the variance between targets is at or near 0."


def test_very_large_designs_get_moments_without_intervals(monkeypatch):
    frame = incomplete(300, 40, 5, whole=False, most=6)
    model = CrossedModel(read_ratings(frame))
    directly = model.design.sums_of_squares
    monkeypatch.setattr("panel.stats.crossed_design.MOST_DENSE", 30)
    monkeypatch.setattr("panel.stats.icc.MOST_DENSE", 30)
    by_gradients = CrossedModel(read_ratings(frame)).design.sums_of_squares
    assert by_gradients == pytest.approx(directly, rel=1e-8)
    found = icc(frame)
    assert found.method == "variance components (Henderson's method 3)"
    assert found.form("ICC(A,1)").note == "With more than 30 targets and as many raters there are no intervals."
    assert (found.form("ICC(A,1)").low, found.form("ICC(C,k)").high) == (None, None)
    assert components(found) == pytest.approx(components(icc_from_components(frame)), rel=0.15)


def test_moments_of_complete_data_are_those_of_mean_squares(published):
    frame = published("shrout_fleiss_1979")
    moments = CrossedModel(read_ratings(frame)).fit_by_moments()
    assert (moments.target, moments.rater, moments.residual) == pytest.approx(components(icc(frame)))


def test_true_components_are_recovered_on_average():
    truth = {"target": 0.9, "rater": 0.3, "residual": 0.5}
    fits = [CrossedModel(read_ratings(incomplete(200, 20, seed, whole=False, **truth))).fit() for seed in range(12)]
    means = {part: np.mean([getattr(fit, part) for fit in fits]) for part in truth}
    assert means == pytest.approx(truth, rel=0.1)


def test_intervals_cover_the_truth_as_often_as_they_say():
    """20 tables of 60 x 12; fewer than 16 hits has probability .003 when coverage is .95."""
    hits = 0
    for seed in range(20):
        form = icc_from_components(incomplete(60, 12, seed, whole=False)).form("ICC(A,1)")
        hits += form.low < 0.6 / 1.4 < form.high
    assert hits >= 16


@settings(max_examples=15, deadline=None, derandomize=True)
@given(seed=st.integers(0, 500), shift=st.sampled_from([-3, 0, 1000]), scale=st.sampled_from([-1.0, 0.1, 7.0]))
def test_names_order_and_the_scale_change_no_form(seed, shift, scale):
    frame = incomplete(12, 5, seed)
    other = frame.assign(
        target=-frame["target"], rater="r" + (9 - frame["rater"]).astype(str), score=shift + scale * frame["score"]
    ).sample(frac=1, random_state=seed)
    plain, changed = icc_from_components(frame), icc_from_components(other)
    assert changed.not_estimable == plain.not_estimable
    numbers = [[(f.name, f.estimate, f.low, f.high) for f in found.forms] for found in (plain, changed)]
    for one, two in zip(*numbers, strict=True):
        assert two == (one[0], *(pytest.approx(number, abs=2e-4) for number in one[1:]))


def test_moving_the_scale_changes_no_component():
    frame = incomplete(30, 6, 3)
    plain, moved = (icc_from_components(x) for x in (frame, frame.assign(score=1e6 - frame["score"])))
    for part in ("target_variance", "rater_variance", "residual_variance"):
        assert getattr(moved, part) == pytest.approx(getattr(plain, part), rel=1e-5)


def test_stretching_the_scale_stretches_variances_only():
    frame = incomplete(30, 6, 3)
    plain, stretched = (icc_from_components(x) for x in (frame, frame.assign(score=frame["score"] * 1e-4)))
    assert stretched.target_variance == pytest.approx(plain.target_variance * 1e-8, rel=1e-5)
    one, other = plain.form("ICC(A,1)"), stretched.form("ICC(A,1)")
    assert (other.estimate, other.low, other.high) == pytest.approx((one.estimate, one.low, one.high), abs=1e-4)


def test_names_and_order_of_rows_change_nothing():
    frame = incomplete(30, 6, 4)
    renamed = frame.assign(target=-frame["target"], rater="r" + (9 - frame["rater"]).astype(str)).sample(
        frac=1, random_state=1
    )
    one, other = (icc_from_components(x).form("ICC(A,1)") for x in (frame, renamed))
    assert (other.estimate, other.low, other.high) == pytest.approx((one.estimate, one.low, one.high), abs=1e-4)
