"""Time and peak memory of the rating scale model, by joint maximum likelihood and with random facets.

    python benchmarks/rating_scale.py [NUMBER_OF_RATINGS ...]

Panels of four score five items of every target on five levels, with a halo. Above 100,000 ratings only joint maximum
likelihood is run, unless --all is given. Memory is what Python and numpy allocate. On a machine that is busy with other
work, set OPENBLAS_NUM_THREADS=1: the matrices are small, and threads that wait for a core cost more than they gain.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.measuring import measured
from panel.stats.rating_scale import RatingScaleFit, joint_maximum_likelihood, random_facets
from panel.stats.ratings import read_ratings

PANEL, ASKED = 4, 5
THRESHOLDS = (-1.9, -0.7, 0.6, 2.0)
SD = {"target": 1.2, "rater": 0.7, "item": 0.6, "halo": 0.75}
MOST_RANDOM = 100_000


def simulated(n_ratings: int) -> pd.DataFrame:
    """``n_ratings`` scores 1 to 5; raters and items grow with the root of the number of targets."""
    random = np.random.default_rng(1)
    n_targets = -(-n_ratings // (PANEL * ASKED))
    n_raters, n_items = max(20, int(2 * n_targets**0.6)), min(300, max(20, n_targets // 10))
    ability, severity, difficulty = (
        SD[name] * random.normal(size=n) for name, n in (("target", n_targets), ("rater", n_raters), ("item", n_items))
    )
    steps = np.cumsum(random.integers(1, n_raters // PANEL, size=(n_targets, PANEL)), axis=1)
    raters = (random.integers(n_raters, size=(n_targets, 1)) + steps) % n_raters
    steps = np.cumsum(random.integers(1, n_items // ASKED, size=(n_targets, PANEL, ASKED)), axis=2)
    items = (random.integers(n_items, size=(n_targets, PANEL, 1)) + steps) % n_items
    halo = SD["halo"] * random.normal(size=(n_targets, PANEL, 1))
    eta = ability[:, None, None] - severity[raters][:, :, None] - difficulty[items] + halo
    p = np.exp(np.arange(5) * eta[..., None] - np.concatenate([[0], np.cumsum(THRESHOLDS)]))
    score = 1 + (p.cumsum(axis=-1) / p.sum(axis=-1, keepdims=True) < random.random((*eta.shape, 1))).sum(axis=-1)
    t, seat, _ = np.indices(eta.shape)
    table = {"target": t.ravel(), "rater": raters[t, seat].ravel(), "item": items.ravel(), "score": score.ravel()}
    return pd.DataFrame(table).head(n_ratings)


def line(name: str, seconds: float, peak: float, found: RatingScaleFit) -> None:
    steps = ", ".join(f"{step.measure:.2f}" for step in found.thresholds)
    answer = found.not_estimable or f"thresholds {steps}"
    print(f"  {name:<28} {seconds:9.2f} s {peak:9.0f} MB   {answer}", flush=True)
    if found.variances:
        parts = (found.variances.target, found.variances.rater, found.variances.item, found.variances.halo)
        shown = ", ".join("none" if part is None else f"{part:.3f}" for part in parts)
        print(f"  {'':<28} variances of target, rater, item, halo {shown}", flush=True)


def main(sizes: list[int], everything: bool) -> None:
    true = ", ".join(f"{sd**2:.3f}" for sd in SD.values())
    print(f"true thresholds {', '.join(map(str, THRESHOLDS))}; true variances {true}")
    for n_ratings in sizes:
        known = read_ratings(simulated(n_ratings))
        print(
            f"{known.n_ratings:,} ratings, {known.n_targets:,} targets, {known.n_raters} raters, {known.n_items} items"
        )
        line("joint maximum likelihood", *_timed(lambda known=known: joint_maximum_likelihood(known)))
        if n_ratings <= MOST_RANDOM or everything:
            line("random facets with halo", *_timed(lambda known=known: random_facets(known)))


def _timed(work: Callable[[], RatingScaleFit]) -> tuple[float, float, RatingScaleFit]:
    found, seconds, peak = measured(work)
    return seconds, peak, found


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:] if argument != "--all"]
    main(numbers or [18_784, 100_000, 1_000_000], "--all" in sys.argv)
