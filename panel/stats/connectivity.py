"""Which targets and raters are linked: two are linked when one scored the other, directly or through a chain.

Without a link the difference between two groups of targets cannot be told from the difference between their raters.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from panel.stats.ratings import Label, Ratings, read_ratings
from panel.stats.wording import count


@dataclass(frozen=True)
class Subset:
    """Targets and raters (and items, where these count as links) that are linked with each other and no others."""

    targets: tuple[Label, ...]
    raters: tuple[Label, ...]
    items: tuple[Label, ...] = ()


@dataclass(frozen=True)
class Connectivity:
    """The connected subsets of the target-rater graph, the one with most targets first."""

    subsets: tuple[Subset, ...]

    @property
    def is_connected(self) -> bool:
        return len(self.subsets) == 1

    def to_frame(self) -> pd.DataFrame:
        """One row per target and per rater: ``subset`` (1, 2, ...), ``kind`` ("target" or "rater"), ``label``."""
        rows = [
            (number, kind, label)
            for number, subset in enumerate(self.subsets, start=1)
            for kind, labels in (("target", subset.targets), ("rater", subset.raters))
            for label in labels
        ]
        return pd.DataFrame(rows, columns=["subset", "kind", "label"])

    def summary(self, *, target: str = "target", rater: str = "rater") -> str:
        if self.is_connected:
            return f"All {target}s and {rater}s are linked."
        sizes = "; ".join(f"{count(len(s.targets), target)} with {count(len(s.raters), rater)}" for s in self.subsets)
        return (
            f"The ratings fall into {len(self.subsets)} disconnected subsets ({sizes}); "
            f"{target}s of different subsets cannot be compared."
        )


def connected_subsets(ratings: pd.DataFrame | Ratings) -> Connectivity:
    """The connected components of the graph whose edges are the ratings."""
    known = read_ratings(ratings)
    n_targets, n_nodes = known.n_targets, known.n_targets + known.n_raters
    edges = sparse.coo_array(
        (np.ones(known.n_ratings), (known.target, n_targets + known.rater)), shape=(n_nodes, n_nodes)
    )
    n_subsets, subset = sparse.csgraph.connected_components(edges, directed=False)
    targets: list[list[Label]] = [[] for _ in range(n_subsets)]
    raters: list[list[Label]] = [[] for _ in range(n_subsets)]
    for label, number in zip(known.targets, subset[:n_targets], strict=True):
        targets[number].append(label)
    for label, number in zip(known.raters, subset[n_targets:], strict=True):
        raters[number].append(label)
    subsets = [Subset(tuple(ts), tuple(rs)) for ts, rs in zip(targets, raters, strict=True)]
    return Connectivity(tuple(sorted(subsets, key=lambda s: -len(s.targets))))
