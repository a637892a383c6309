"""Time and peak memory of alpha with 1,000 bootstraps and of the ICC, beside the `krippendorff` package if installed.

    python benchmarks/agreement_icc.py [NUMBER_OF_RATINGS ...]

Panels of two score ten items of every target; the peer gets the same ratings in its own format (its time is for the
estimate, and for one thousand of the same bootstraps as estimate x 1,000). Memory is what Python and numpy allocate.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))

from panel.stats.agreement import krippendorff_alpha
from panel.stats.icc import icc
from panel.stats.ratings import mean_over_items, read_ratings, units_by_raters

ITEMS, PANEL = 10, 2
PEER_BYTES = 2e9


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


def measured(work: Callable[[], Any]) -> tuple[Any, float, float]:
    """(result, seconds, peak MB); memory is measured in a second run, because tracing slows the first."""
    start = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - start
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return result, seconds, peak


def line(name: str, seconds: float, peak: float, answer: str) -> None:
    print(f"  {name:<52} {seconds:9.3f} s {peak:9.1f} MB   {answer}", flush=True)


def peer_alpha(frame: pd.DataFrame) -> None:
    if importlib.util.find_spec("krippendorff") is None:
        print("  krippendorff is not installed")
        return
    krippendorff = importlib.import_module("krippendorff")
    matrix = units_by_raters(frame)
    if matrix.size * 8 * 5 > PEER_BYTES:
        print(f"  krippendorff needs {matrix.size * 8 * 5 / 1e9:.0f} GB for counts of {matrix.shape}: not run")
        return
    data = matrix.to_numpy().T
    alpha, seconds, peak = measured(lambda: krippendorff.alpha(data, level_of_measurement="ordinal"))
    line("krippendorff: ordinal alpha, estimate only", seconds, peak, f"{alpha:.6f}")
    line("  the same 1,000 times", 1000 * seconds, peak, "(not run: 1,000 x the line above)")


def main(sizes: list[int]) -> None:
    for n_ratings in sizes:
        n_raters = max(20, n_ratings // 500)
        frame = simulated(n_ratings, n_raters)
        print(f"{len(frame):,} ratings, {frame['target'].nunique():,} targets, {n_raters} raters, {ITEMS} items")
        known, seconds, peak = measured(lambda frame=frame: read_ratings(frame))
        line("read and check", seconds, peak, "")
        one, seconds, peak = measured(lambda known=known: krippendorff_alpha(known, bootstrap=0))
        line("ordinal alpha, estimate only", seconds, peak, f"{one.estimate:.6f}")
        alpha, seconds, peak = measured(lambda known=known: krippendorff_alpha(known, bootstrap=1000))
        line("ordinal alpha, 1,000 cluster bootstraps", seconds, peak, f"{alpha.low:.3f} to {alpha.high:.3f}")
        peer_alpha(frame)
        means = mean_over_items(known)
        result, seconds, peak = measured(lambda means=means: icc(means))
        line(f"ICC of panels of two, REML, {means.n_ratings:,} means", seconds, peak, _limits(result))
        rows = frame["target"].max() + 1
        whole = known.score[: rows * (len(known.score) // rows)].reshape(rows, -1)
        complete = (
            pd.DataFrame(whole).rename_axis("target").reset_index().melt("target", var_name="rater", value_name="score")
        )
        result, seconds, peak = measured(lambda complete=complete: icc(complete))
        line(f"ICC of complete data, {len(complete):,} ratings", seconds, peak, _limits(result))
        gaps = complete.sample(frac=0.9, random_state=1)
        result, seconds, peak = measured(lambda gaps=gaps: icc(gaps))
        line(f"ICC with gaps, REML, {len(gaps):,} ratings", seconds, peak, _limits(result))


def _limits(result: Any) -> str:
    form = result.form("ICC(A,1)")
    return f"ICC(A,1) {form.estimate:.3f} ({form.low:.3f} to {form.high:.3f})"


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [10_000, 100_000])
