"""Whether the ratings tell targets, raters and items apart: linked subsets, and the rank of the design."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import linalg, sparse

from panel.stats.connectivity import connected_subsets
from panel.stats.rating_scale.levels import Facet, Usable
from panel.stats.ratings import Flags, Ratings

MOST_DENSE = 12_000
"""Most elements of the smaller facets together; their matrix is dense (1.2 GB at this size)."""

RANK_TOLERANCE = 1e-9


def why_too_large(data: Usable, others: Sequence[Facet]) -> str | None:
    """A reason when the facets that are not eliminated have too many elements for a dense matrix."""
    if sum(data.size(facet) for facet in others) <= MOST_DENSE:
        return None
    return f"not estimable here because only the largest facet may have more than {MOST_DENSE:,} elements"


def why_disconnected(ratings: Ratings) -> str | None:
    """A reason when groups of targets and raters share no ratings."""
    linked = connected_subsets(ratings)
    if linked.is_connected:
        return None
    return (
        f"not estimable because the ratings fall into {len(linked.subsets)} disconnected subsets "
        "that share neither targets nor raters"
    )


def missing_rank(data: Usable, kept: Flags) -> int:
    """How many differences between elements the design leaves open; 0 when all measures are identified.

    The unknowns of F facets are identified up to F - 1 shifts of a whole facet against another.
    """
    ordered = sorted(data.facets, key=data.size)
    if not ordered:
        return 0
    *others, carrier = ordered
    present = [np.unique(data.code(facet)[kept], return_inverse=True) for facet in (carrier, *others)]
    if len(present) == 1:
        return 0
    ones = np.ones(int(kept.sum()))
    rows = np.arange(len(ones))
    z, *rest = (sparse.csr_array((ones, (rows, code)), shape=(len(ones), len(names))) for names, code in present)
    x = sparse.hstack(rest, format="csr")
    shared = (z.T @ x).tocsr()
    per_carrier = np.asarray(z.sum(axis=0))
    schur = (x.T @ x - shared.T @ (shared * (1 / per_carrier)[:, None]).tocsr()).toarray()
    own = np.sqrt(np.maximum(np.asarray(x.sum(axis=0)), 1.0))
    _, _, rank, _ = linalg.lapack.dpstrf(schur / own[:, None] / own, tol=RANK_TOLERANCE, lower=1)
    return int(len(own) - len(rest) - rank)


def why_not_identified(data: Usable, kept: Flags) -> str | None:
    missing = missing_rank(data, kept)
    if not missing:
        return None
    return (
        "not estimable because the design does not tell targets, raters and items apart: "
        f"{missing} more {'link is' if missing == 1 else 'links are'} needed, such as a rater who scores the "
        "items and the targets of another"
    )
