"""Time and peak memory of the rating design, of raters beside fellow raters, and of items.

    python benchmarks/links.py [NUMBER_OF_RATINGS ...]

Two panels are simulated. In "panels" three raters score five items of every target together, which gives pairs to
compare. In "sparse" every rater of a target scores items of their own, which is the hard case for the rank: at
1,000,000 ratings there are 50,000 targets, 2,000 raters and 300 items. Memory is what Python and numpy allocate.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.measuring import measured
from panel.stats.drift import drift
from panel.stats.halo import halo
from panel.stats.item_levels import level_use
from panel.stats.items import item_analysis
from panel.stats.paired_agreement import paired_agreement
from panel.stats.rating_design import rating_design
from panel.stats.ratings import read_ratings
from panel.stats.scale_use import scale_use

LEVELS = range(1, 6)


def panels(n_ratings: int, seats: int = 3, n_items: int = 5) -> pd.DataFrame:
    """Three raters, of one for every 500 ratings, score five of twenty items of each target on the same day."""
    random = np.random.default_rng(1)
    n_targets, n_raters = n_ratings // (seats * n_items), max(20, n_ratings // 500)
    first, step = random.integers(n_raters, size=n_targets), random.integers(1, n_raters // 3, size=n_targets)
    raters = (first[:, None] + step[:, None] * np.arange(seats)) % n_raters
    items = (random.integers(20, size=n_targets)[:, None] + np.arange(n_items)) % 20
    ability, severity = 0.8 * random.normal(size=n_targets), 0.4 * random.normal(size=n_raters)
    halo_of = 0.4 * random.normal(size=(n_targets, seats))
    score = 3 + ability[:, None, None] + (halo_of - severity[raters])[:, :, None]
    score = score + 0.8 * random.normal(size=(n_targets, seats, n_items))
    target, seat, place = (grid.ravel() for grid in np.indices(score.shape))
    return pd.DataFrame(
        {
            "target": target,
            "rater": raters[target, seat],
            "item": items[target, place],
            "score": np.clip(np.round(score.ravel()), 1, 5),
            "time": pd.Timestamp("2026-01-05") + pd.to_timedelta(target * 300 // n_targets, unit="D"),
        }
    )


def sparse(n_ratings: int) -> pd.DataFrame:
    """Five raters of each target score four items each, all different."""
    random = np.random.default_rng(2)
    n_targets, n_raters, n_items = n_ratings // 20, max(40, n_ratings // 500), 300
    raters = (random.integers(n_raters, size=n_targets)[:, None] + 7 * np.arange(5)) % n_raters
    items = (random.integers(n_items, size=n_targets)[:, None] + 11 * np.arange(20)) % n_items
    target, place = (grid.ravel() for grid in np.indices((n_targets, 20)))
    score = random.integers(1, 6, size=len(target)).astype(np.float64)
    return pd.DataFrame(
        {"target": target, "rater": raters[target, place // 4], "item": items[target, place], "score": score}
    )


def line(name: str, work: Callable[[], Any]) -> Any:
    result, seconds, peak = measured(work)
    print(f"  {name:<52} {seconds:9.3f} s {peak:9.1f} MB", flush=True)
    return result


def main(sizes: list[int]) -> None:
    for n_ratings in sizes:
        for name, frame in (("panels", panels(n_ratings)), ("sparse", sparse(n_ratings))):
            counts = [frame[column].nunique() for column in ("target", "rater", "item")]
            print(f"{name}: {len(frame):,} ratings, {counts[0]:,} targets, {counts[1]:,} raters, {counts[2]} items")
            known = line("read and check", lambda frame=frame: read_ratings(frame))
            found = line("rating design: subsets, rank, weak links", lambda known=known: rating_design(known))
            print(f"    rank {found.rank:,} of {found.expected_rank:,}; {found.weak_links.n_found} weak links")
            line("items: difficulty, discrimination", lambda known=known: item_analysis(known))
            line("items: levels, splits, gaps", lambda known=known: level_use(known, LEVELS))
            if name == "sparse":
                line("halo on own items", lambda known=known: halo(known, same_items=False))
                continue
            line("raters: use of the scale", lambda known=known: scale_use(known, LEVELS))
            line("raters: halo", lambda known=known: halo(known))
            line("raters: paired agreement", lambda known=known: paired_agreement(known))
            line("raters: drift", lambda frame=frame: drift(frame))


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [10_000, 100_000, 1_000_000])
