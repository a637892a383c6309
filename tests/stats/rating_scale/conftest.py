"""Ratings simulated from the rating scale model with random facets, and their true values."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest


@dataclass(frozen=True)
class Simulated:
    """The long table; true severities by rater, and true fair averages by target (halo averaged out).

    ``variances`` are those of the effects that were drawn, n - 1: target, rater, item, halo.
    """

    ratings: pd.DataFrame
    severity: np.ndarray
    fair_average: np.ndarray
    variances: tuple[float, ...]


def simulated_ratings(
    n_targets=60,
    n_raters=8,
    n_items=6,
    *,
    panel=3,
    asked=4,
    target=1.2,
    rater=0.6,
    item=0.5,
    halo=0.6,
    thresholds=(-1.8, -0.6, 0.5, 1.9),
    seed=1,
):
    """``panel`` raters score every target on ``asked`` items each; the effects' arguments are standard deviations."""
    random = np.random.default_rng(seed)
    ability, severity = target * random.normal(size=n_targets), rater * random.normal(size=n_raters)
    difficulty = item * random.normal(size=n_items)
    raters = random.random((n_targets, n_raters)).argsort(axis=1)[:, :panel]
    items = random.random((n_targets, panel, n_items)).argsort(axis=2)[:, :, :asked]
    halos = halo * random.normal(size=(n_targets, panel, 1))
    eta = ability[:, None, None] - severity[raters][:, :, None] - difficulty[items] + halos
    score = 1 + (_cumulative(eta, thresholds) < random.random((*eta.shape, 1))).sum(axis=-1)
    t, p, _ = np.indices(eta.shape)
    frame = pd.DataFrame(
        {"target": t.ravel(), "rater": raters[t, p].ravel(), "item": items.ravel(), "score": score.ravel()}
    )
    nodes, weights = np.polynomial.hermite_e.hermegauss(21)
    above = 1 - _cumulative(ability[:, None] + halo * nodes, thresholds)[..., :-1]
    variances = tuple(
        float(drawn.var(ddof=1)) if drawn.size > 1 else 0.0 for drawn in (ability, severity, difficulty, halos)
    )
    return Simulated(frame, severity, 1 + above.sum(axis=-1) @ weights / weights.sum(), variances)


def _cumulative(eta, thresholds):
    """P(X <= k) along a new last axis."""
    k = np.arange(len(thresholds) + 1)
    p = np.exp(k * np.asarray(eta)[..., None] - np.concatenate([[0], np.cumsum(thresholds)]))
    return p.cumsum(axis=-1) / p.sum(axis=-1, keepdims=True)


@pytest.fixture(scope="session")
def simulated() -> Callable[..., Simulated]:
    return simulated_ratings
