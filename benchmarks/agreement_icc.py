"""Time and peak memory of agreement and ICC, beside the packages `krippendorff` and `pingouin` where installed.

    python benchmarks/agreement_icc.py [NUMBER_OF_RATINGS ...]

Panels of two score ten items of every target. `krippendorff` gets the counts of values by unit, its smallest input; it
has no bootstrap, so its estimate stands beside ours, and a thousand times its time beside our thousand resamples.
`pingouin` gets the same complete table as ours. Memory is what Python and numpy allocate, in a second run. At the end
stands how times grow from one size to the next. Last, 73,421 ratings of 2,972 targets by 1,128 raters, as many as
lme4's InstEval has.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))

from itertools import pairwise

from benchmarks.measuring import measured
from panel.stats.agreement import krippendorff_alpha, percent_agreement
from panel.stats.agreement_coefficients import agreement_coefficient
from panel.stats.cohen_kappa import cohen_kappas
from panel.stats.icc import icc
from panel.stats.ratings import Ratings, mean_over_items, read_ratings

ITEMS, PANEL = 10, 2
SIZES = [10_000, 100_000, 1_000_000]


def simulated(n_ratings: int, n_raters: int) -> pd.DataFrame:
    """Scores 1 to 5 of ``n_ratings`` / 20 targets, each on ten items by two of the raters."""
    random = np.random.default_rng(1)
    n_targets = n_ratings // (ITEMS * PANEL)
    first = random.integers(n_raters, size=n_targets)
    raters = np.stack([first, (first + random.integers(1, n_raters, size=n_targets)) % n_raters], axis=1)
    ability, severity = random.normal(size=n_targets), 0.4 * random.normal(size=n_raters)
    score = 3 + ability[:, None, None] - severity[raters][:, None, :] + random.normal(size=(n_targets, ITEMS, PANEL))
    target, item, seat = (grid.ravel() for grid in np.indices(score.shape))
    whole = np.clip(np.round(score.ravel()), 1, 5)
    return pd.DataFrame({"target": target, "item": item, "rater": raters[target, seat], "score": whole})


def crossed(n_targets: int, n_raters: int, share: float) -> pd.DataFrame:
    """Scores 1 to 5 of one item, a ``share`` of the cells filled."""
    random = np.random.default_rng(2)
    target, rater = np.nonzero(random.random((n_targets, n_raters)) < share)
    ability, severity = random.normal(size=n_targets), 0.4 * random.normal(size=n_raters)
    score = 3 + ability[target] - severity[rater] + random.normal(size=len(target))
    return pd.DataFrame({"target": target, "rater": rater, "score": np.clip(np.round(score), 1, 5)})


class Clock:
    """Runs and prints each piece of work, and remembers its times by name for the growth at the end."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = {}

    def run(self, name: str, work: Callable[[], Any], answer: Callable[[Any], str] = lambda _: "") -> Any:
        """The result."""
        result, seconds, peak = measured(work)
        self.seconds.setdefault(name, []).append(seconds)
        print(f"  {name:<48} {seconds:9.3f} s {peak:9.1f} MB   {answer(result)}", flush=True)
        return result

    def print_growth(self, sizes: list[int]) -> None:
        steps = ", ".join(f"{small:,} to {large:,}" for small, large in pairwise(sizes))
        print(f"Times grow by these factors, from {steps} ratings:")
        for name, seconds in self.seconds.items():
            factors = [large / small for small, large in pairwise(seconds)]
            print(f"  {name:<48} {'  '.join(f'{factor:6.1f}' for factor in factors)}")


def peer(name: str) -> Any | None:
    if importlib.util.find_spec(name) is None:
        print(f"  {name} is not installed")
        return None
    return importlib.import_module(name)


def agreement(clock: Clock, frame: pd.DataFrame) -> Ratings:
    known: Ratings = clock.run("read and check", lambda: read_ratings(frame))
    clock.run("ordinal alpha, estimate only", lambda: krippendorff_alpha(known, bootstrap=0), _estimate)
    clock.run("ordinal alpha, 1,000 cluster bootstraps", lambda: krippendorff_alpha(known), _estimate)
    krippendorff = peer("krippendorff")
    if krippendorff:
        levels = np.unique(known.score)
        unit = np.unique(known.unit, return_inverse=True)[1]
        cell = unit * len(levels) + np.searchsorted(levels, known.score)
        counts = np.bincount(cell, minlength=(unit.max() + 1) * len(levels)).reshape(-1, len(levels))
        name = "krippendorff: ordinal alpha, estimate only"
        clock.run(
            name,
            lambda: krippendorff.alpha(value_counts=counts, value_domain=levels, level_of_measurement="ordinal"),
            lambda alpha: f"{alpha:.6f}; 1,000 times: {1000 * clock.seconds[name][-1]:.0f} s, not run",
        )
    clock.run("percent agreement", lambda: percent_agreement(known), lambda found: f"{found.exact:.6f}")
    for kind in ("Fleiss", "Gwet", "Conger"):
        clock.run(f"{kind}, quadratic", lambda kind=kind: agreement_coefficient(known, kind, "quadratic"), _estimate)
    clock.run(
        "Cohen's kappa of at most 1,000 pairs", lambda: cohen_kappas(known), lambda found: f"{found.n_pairs} pairs"
    )
    return known


def correlations(clock: Clock, known: Ratings, n_ratings: int) -> None:
    means = mean_over_items(known)
    clock.run("ICC of panels of two, REML, means over items", lambda: icc(means), _limits)
    complete = crossed(n_ratings // 20, 20, 1.1)
    clock.run("ICC of complete data, 20 raters", lambda: icc(complete), _limits)
    pingouin = peer("pingouin")
    if pingouin:
        clock.run(
            "pingouin: ICC of complete data, 20 raters",
            lambda: pingouin.intraclass_corr(complete, targets="target", raters="rater", ratings="score"),
            lambda found: f"ICC(A,1) {found['ICC'].iloc[1]:.3f}",
        )
    gaps = complete.sample(frac=0.9, random_state=1)
    clock.run("ICC with a tenth missing, REML, 20 raters", lambda: icc(gaps), _limits)


def main(sizes: list[int]) -> None:
    clock = Clock()
    for n_ratings in sizes:
        n_raters = max(20, n_ratings // 500)
        frame = simulated(n_ratings, n_raters)
        print(f"{len(frame):,} ratings, {frame['target'].nunique():,} targets, {n_raters} raters, {ITEMS} items")
        correlations(clock, agreement(clock, frame), n_ratings)
    clock.print_growth(sizes)
    wide = crossed(2972, 1128, 0.0219).head(73_421)
    print(f"{len(wide):,} ratings, 2,972 targets, 1,128 raters")
    clock.run("ICC, REML", lambda: icc(wide), _limits)


def _estimate(found: Any) -> str:
    interval = "" if found.low is None else f" ({found.low:.3f} to {found.high:.3f})"
    return f"{found.estimate:.6f}{interval}"


def _limits(found: Any) -> str:
    form = found.form("ICC(A,1)")
    interval = "without an interval" if form.low is None else f"{form.low:.3f} to {form.high:.3f}"
    return f"ICC(A,1) {form.estimate:.3f} ({interval})"


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
