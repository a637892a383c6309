"""Ratings of the crossed model for benchmarks, at sizes where every pair cannot be drawn at once."""

import numpy as np
import pandas as pd

VARIANCES = {"target": 0.4, "rater": 0.15, "item": 0.1, "target:rater": 0.2, "residual": 0.7}
SIZES = {"1e4": (500, 60, 100), "1e5": (5_000, 300, 300), "1e6": (50_000, 2_000, 300)}
PANEL, ASKED = 5, 4


def simulated_ratings(
    n_targets: int, n_raters: int, n_items: int, seed: int = 1
) -> tuple[pd.DataFrame, dict[str, np.ndarray]]:
    """About 20 ratings of every target, on a scale around 3, and the true effects of targets, raters and items."""
    random = np.random.default_rng(seed)
    u = {name: random.normal(0, np.sqrt(VARIANCES[name]), n) for name, n in
         (("target", n_targets), ("rater", n_raters), ("item", n_items))}  # fmt: skip
    slot = np.unique(
        np.repeat(np.arange(n_targets), PANEL) * n_raters + random.integers(n_raters, size=n_targets * PANEL)
    )
    halo = random.normal(0, np.sqrt(VARIANCES["target:rater"]), len(slot))
    asked = np.unique(
        np.repeat(np.arange(len(slot)), ASKED) * n_items + random.integers(n_items, size=len(slot) * ASKED)
    )
    place, item = asked // n_items, asked % n_items
    target, rater = slot[place] // n_raters, slot[place] % n_raters
    score = 3 + u["target"][target] - u["rater"][rater] - u["item"][item] + halo[place]
    score += random.normal(0, np.sqrt(VARIANCES["residual"]), len(score))
    return pd.DataFrame({"target": target, "rater": rater, "item": item, "score": score}), u
