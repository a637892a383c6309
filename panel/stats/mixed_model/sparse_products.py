"""Products of a sparse matrix with few entries a row, in whichever way is cheaper: sparse, or dense when it is full."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from panel.stats.ratings import Floats

FULL = 0.1
"""Share of entries from which a matrix is multiplied as a dense one."""

BLOCK = 4_000_000
"""Most numbers held at once."""


def gram(a: sparse.csr_array, weights: Floats) -> Floats:
    """A' diag(weights) A (m, m), for weights above 0."""
    scaled = sparse.csr_array((a.data * np.repeat(np.sqrt(weights), np.diff(a.indptr)), a.indices, a.indptr), a.shape)
    if not _is_full(a):
        return np.asarray((scaled.T @ scaled).toarray())
    total = np.zeros((a.shape[1], a.shape[1]))
    for rows in _blocks(a):
        part = scaled[rows].toarray()
        total += part.T @ part
    return total


def times_where_stored(a: sparse.csr_array, s: Floats) -> Floats:
    """The entries of A S where A has entries, in A's order; S (m, m) is symmetric."""
    out = np.empty(len(a.data))
    if _is_full(a):
        for rows in _blocks(a):
            part = a[rows]
            product = part.toarray() @ s
            row = np.repeat(np.arange(part.shape[0]), np.diff(part.indptr))
            out[a.indptr[rows.start] : a.indptr[rows.stop]] = product[row, part.indices]
        return out
    length = np.diff(a.indptr)
    for size in np.unique(length[length > 0]):
        rows_of_size = np.flatnonzero(length == size)
        at_once = max(1, BLOCK // int(size) ** 2)
        for start in range(0, len(rows_of_size), at_once):
            entries = a.indptr[rows_of_size[start : start + at_once]][:, None] + np.arange(size)
            columns = a.indices[entries]
            block = s[columns[:, :, None], columns[:, None, :]]
            out[entries] = (block @ a.data[entries][:, :, None])[:, :, 0]
    return out


def row_sums(a: sparse.csr_array, entries: Floats) -> Floats:
    """Sums over each row of A of numbers given for A's entries."""
    row = np.repeat(np.arange(a.shape[0]), np.diff(a.indptr))
    return np.asarray(np.bincount(row, entries, a.shape[0]), dtype=np.float64)


def _is_full(a: sparse.csr_array) -> bool:
    return bool(len(a.data) > FULL * a.shape[0] * a.shape[1])


def _blocks(a: sparse.csr_array) -> list[slice]:
    at_once = max(1, BLOCK // a.shape[1])
    return [slice(start, min(start + at_once, a.shape[0])) for start in range(0, a.shape[0], at_once)]
