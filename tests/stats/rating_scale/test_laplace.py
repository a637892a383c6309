"""The approximation, its derivative and its variances, against the same written out with whole matrices."""

import numpy as np
import pytest

from panel.stats.rating_scale.equations import Layout, Variances
from panel.stats.rating_scale.laplace import laplace, sums
from panel.stats.rating_scale.posterior import posterior
from panel.stats.ratings import read_ratings

THRESHOLDS = np.array([-1.7, -0.5, 0.6, 1.9])
SDS = np.array([1.1, 0.6, 0.5, 0.7])


def laid_out(frame):
    known = read_ratings(frame)
    levels, category = np.unique(known.score, return_inverse=True)
    others, sizes = [known.rater, known.item], [known.n_raters, known.n_items]
    return Layout(category, known.target, others, sizes, len(levels), known.rater)


def at(layout, sds, thresholds):
    start = layout.zero()
    start.dense[: layout.k] = thresholds
    carrier, rater, item, halo = sds**2
    return laplace(layout, Variances(carrier, (rater, item), halo), start)


@pytest.fixture(scope="module")
def layout(simulated):
    return laid_out(simulated(20, 5, 4, panel=3, asked=3, seed=7).ratings)


def test_slope_is_that_of_the_criterion(layout):
    here, h = at(layout, SDS, THRESHOLDS), 1e-4
    n, squares, spread = sums(layout, here.mode, here.to_mean, here.given)
    steps = h * np.eye(4)
    by_sds = [
        (at(layout, SDS + e, THRESHOLDS).criterion - at(layout, SDS - e, THRESHOLDS).criterion) / (2 * h) for e in steps
    ]
    by_thresholds = [
        (at(layout, SDS, THRESHOLDS + e).criterion - at(layout, SDS, THRESHOLDS - e).criterion) / (2 * h) for e in steps
    ]
    assert (squares + spread - n * SDS**2) / SDS**3 == pytest.approx(by_sds, abs=1e-5)
    assert here.by_thresholds == pytest.approx(by_thresholds, abs=1e-5)


def whole_information(layout, here):
    """H with every unknown in it: carrier, thresholds and other facets, halo."""
    n_all = layout.n_carrier + layout.p + layout.n_pairs
    z = np.zeros((len(layout.category), n_all))
    rows = np.arange(len(z))
    z[rows, layout.carrier] = z[rows, layout.n_carrier + layout.p + layout.pair] = 1
    for column in layout.columns:
        z[rows, layout.n_carrier + column] = 1
    steps = slice(layout.n_carrier, layout.n_carrier + layout.k)
    h = z.T @ (here.found.variance[:, None] * z)
    shared = -z.T @ here.found.score_with_steps
    h[:, steps] += shared
    h[steps] += shared.T
    h[steps, steps] = here.found.step_information
    prior = np.zeros(n_all)
    kinds = [slice(0, layout.n_carrier), *(slice(b.start + steps.start, b.stop + steps.start) for b in layout.blocks)]
    for kind, sd in zip([*kinds, slice(n_all - layout.n_pairs, n_all)], SDS, strict=True):
        prior[kind] = 1 / sd**2
    return z, h + np.diag(prior), steps


def test_variances_are_those_of_the_whole_inverse(layout):
    here = at(layout, SDS, THRESHOLDS)
    z, h, steps = whole_information(layout, here)
    inverse = np.linalg.inv(h)
    own = np.diag(inverse)
    given = posterior(here.equations, here.equations.with_free_thresholds().dense_covariance())
    assert given.predictor == pytest.approx(np.einsum("ni,ij,nj->n", z, inverse, z), abs=1e-12)
    np.testing.assert_allclose(given.predictor_thresholds, z @ inverse[:, steps], atol=1e-12)
    np.testing.assert_allclose(given.carrier_thresholds, inverse[: layout.n_carrier, steps], atol=1e-12)
    assert given.carrier == pytest.approx(own[: layout.n_carrier], abs=1e-12)
    assert given.halo == pytest.approx(own[-layout.n_pairs :], abs=1e-12)


def test_value_is_that_of_the_whole_determinant(layout):
    here = at(layout, SDS, THRESHOLDS)
    _, h, steps = whole_information(layout, here)
    mode = np.concatenate([here.mode.carrier, here.mode.dense, here.mode.halo])
    kinds = np.array([layout.n_carrier, *(b.stop - b.start for b in layout.blocks), layout.n_pairs])
    fit = np.log(here.found.p[np.arange(len(layout.category)), layout.category]).sum()
    effects = np.delete(np.arange(len(h)), np.arange(steps.start, steps.stop))
    prior = np.repeat(SDS**-2.0, kinds)
    height = fit - (mode[effects] ** 2 * prior).sum() / 2 + np.log(prior).sum() / 2
    assert here.log_likelihood == pytest.approx(height - np.linalg.slogdet(h[np.ix_(effects, effects)])[1] / 2)
    shift = np.zeros((len(h), len(effects) + 1))
    shift[effects, np.arange(len(effects))] = 1
    shift[steps, -1] = 1
    assert here.criterion == pytest.approx(height - np.linalg.slogdet(shift.T @ h @ shift)[1] / 2)


def test_log_likelihood_is_that_of_lme4_on_two_levels(simulated):
    """glmer(score > 1 ~ 1 + (1|target) + (1|rater) + (1|item) + (1|target:rater), family = binomial), in R's lme4
    1.1 with tolPwrss = 1e-13: logLik -493.300746011 at the variances and the intercept below.
    """
    frame = simulated(60, 6, 6, panel=3, asked=5, target=1.5, halo=0.9, thresholds=(0.3,), seed=4).ratings
    sds = np.sqrt([2.6303084543, 0.0440516145, 0.3963379199, 1.5550037810])
    here = at(laid_out(frame), sds, np.array([0.5615704266]))
    assert here.log_likelihood == pytest.approx(-493.300746011, abs=1e-7)
