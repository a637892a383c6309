"""Ratings whose truth is known: the crossed model with chosen variances, complete or with gaps."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

VARIANCES = {"target": 0.4, "rater": 0.15, "item": 0.1, "target:rater": 0.2, "residual": 0.7}


@dataclass(frozen=True, eq=False)
class Simulated:
    """``table`` is the long table; ``target``, ``severity`` and ``difficulty`` are the true effects by code."""

    table: pd.DataFrame
    target: np.ndarray
    severity: np.ndarray
    difficulty: np.ndarray
    variances: dict[str, float] = field(default_factory=dict)


def simulated(
    n_targets: int,
    n_raters: int,
    n_items: int,
    *,
    panel: int = 3,
    asked: int = 4,
    seed: int = 1,
    mean: float = 3.0,
    variances: dict[str, float] | None = None,
) -> Simulated:
    """Each target meets ``panel`` raters drawn at random, each of whom rates ``asked`` items drawn at random."""
    v = {**VARIANCES, **(variances or {})}
    random = np.random.default_rng(seed)
    raters = np.argsort(random.random((n_targets, n_raters)), axis=1)[:, :panel]
    target = np.repeat(np.arange(n_targets), panel * asked)
    rater = np.repeat(raters.ravel(), asked)
    items = np.argsort(random.random((n_targets * panel, n_items)), axis=1)[:, :asked]
    item = items.ravel()
    u_target, severity, difficulty = (
        random.normal(0, np.sqrt(v[name]), n)
        for name, n in (("target", n_targets), ("rater", n_raters), ("item", n_items))
    )
    halo = np.repeat(random.normal(0, np.sqrt(v["target:rater"]), n_targets * panel), asked)
    score = mean + u_target[target] - severity[rater] - difficulty[item] + halo
    score = score + random.normal(0, np.sqrt(v["residual"]), len(score))
    table = pd.DataFrame({"target": target, "rater": rater, "item": item, "score": score})
    return Simulated(table, u_target, severity, difficulty, v)
