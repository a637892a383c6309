import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats

from panel.stats.icc import icc_from_components
from panel.stats.icc_intervals import profile_interval
from panel.stats.ratings import read_ratings
from panel.stats.variance_components import CrossedModel, ratio


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
                lambda s, frame=frame, end=end: plain_deviance(frame, ratio(end) / (1 - s), ratio(s)),
                bounds=(0, 0.999999),
                method="bounded",
            )
            assert best.fun - least == pytest.approx(stats.chi2.ppf(0.95, 1), abs=0.01)


def test_interval_stops_at_0_when_0_is_not_rejected():
    assert profile_interval(lambda x: (x - 0.1) ** 2, 0.1, 0.0, 0.95) == (0.0, pytest.approx(1.0))
    low, high = profile_interval(lambda x: ((x - 0.5) / 0.1) ** 2, 0.5, 0.0, 0.95)
    assert (low, high) == pytest.approx((0.5 - 0.196, 0.5 + 0.196), abs=1e-4)


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
