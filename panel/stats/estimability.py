"""Which differences the ratings determine at all: the rank of score = mean + target + rater + item, all of them fixed.

The system has a column for each of T targets, R raters and I items; the mean is the sum of the columns of any facet.
Its rank is at most T + R + I - 2 (T + R - 1 with one item). Every step below that is a shift of some levels against
others that changes no fitted score, so the ratings cannot tell it. Searle (1971), Linear Models, ch. 5: a difference
is estimable when it lies in the row space.

Two steps keep this exact and fast. First, two raters who scored the same item of the same target are compared
directly, so they are merged into one class, and so are two items of one target and rater, and two targets of one
rater and item; each merge takes one column and one from the rank. Merging repeats on the classes and usually leaves
one of each. Second, what is left is ranked component by component: by counting where a facet has one class, and
otherwise by a pivoted Cholesky factorisation of the Schur complement that remains when the largest facet is eliminated.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import linalg, sparse

from panel.stats.ratings import Codes, Floats, Ratings

PIVOT_TOLERANCE = 1e-9
"""A pivot of the Schur complement, scaled to a diagonal of at most 1, that counts as zero.

After merging each row stands once, so no link is lighter than another and true pivots stay far above it."""

SAME_LEVEL = 1e-6
"""Two coordinates of a null space (its largest entry being 1) that count as equal."""

MOST_DENSE = 7000
"""Largest Schur complement that is factorised: 7,000 columns take 0.4 GB."""

MOST_PASSES = 60
"""Merging stops after so many passes even if it is not finished; the second step is right wherever it stops."""


@dataclass(frozen=True, eq=False)
class Estimability:
    """Rank of the system, and groups of levels: a difference is estimable exactly within a group of its facet.

    ``target``, ``rater`` and ``item`` hold the group of each code; groups are numbered from 0 without gaps. ``rank``
    and the groups are None when what is left after merging is too large to factorise.
    """

    expected_rank: int
    rank: int | None
    target: Codes | None
    rater: Codes | None
    item: Codes | None


@dataclass(eq=False)
class _Classes:
    """``class_of[f]`` maps the levels of facet f to their class; ``rows[f]`` is the class of f in each distinct row."""

    class_of: list[Codes]
    rows: list[Codes]
    sizes: list[int]


def estimability(known: Ratings) -> Estimability:
    """The rank of the unpenalised system, and which levels it can compare."""
    n_levels = known.n_targets + known.n_raters + known.n_items
    classes = _merge(known)
    found = _rank_of_classes(classes)
    if found is None:
        return Estimability(n_levels - 2, None, None, None, None)
    rank, group_of_class = found
    groups = [
        np.unique(group[class_of], return_inverse=True)[1]
        for group, class_of in zip(group_of_class, classes.class_of, strict=True)
    ]
    return Estimability(n_levels - 2, n_levels - sum(classes.sizes) + rank, *groups)


def components(first: Codes, second: Codes, n_nodes: int) -> tuple[int, Codes]:
    """Number of connected components, and the component (n_nodes,) of each node, of the graph with these edges."""
    edges = sparse.coo_array((np.ones(len(first)), (first, second)), shape=(n_nodes, n_nodes))
    n_components, component = sparse.csgraph.connected_components(edges, directed=False)
    return int(n_components), component.astype(np.int64)


def _merge(known: Ratings) -> _Classes:
    """Merge levels of a facet that meet in the same levels of both other facets, until none do."""
    sizes = [known.n_targets, known.n_raters, known.n_items]
    classes = _Classes([np.arange(size) for size in sizes], [known.target, known.rater, known.item], sizes)
    for _ in range(MOST_PASSES):
        merged = [_merge_facet(classes, facet) for facet in range(3)]
        if not any(merged):
            break
    return classes


def _merge_facet(classes: _Classes, facet: int) -> bool:
    """Merge the classes of one facet in place; whether any were."""
    one, two = (other for other in range(3) if other != facet)
    cell = classes.rows[one] * classes.sizes[two] + classes.rows[two]
    order = np.argsort(cell, kind="stable")
    meet = np.diff(cell[order]) == 0
    level = classes.rows[facet][order]
    n_merged, merged = components(level[:-1][meet], level[1:][meet], classes.sizes[facet])
    if n_merged == classes.sizes[facet]:
        return False
    classes.class_of[facet] = merged[classes.class_of[facet]]
    classes.rows[facet] = merged[classes.rows[facet]]
    classes.sizes[facet] = n_merged
    whole = (classes.rows[0] * classes.sizes[1] + classes.rows[1]) * classes.sizes[2] + classes.rows[2]
    _, kept = np.unique(whole, return_index=True)
    classes.rows = [row[kept] for row in classes.rows]
    return True


def _rank_of_classes(classes: _Classes) -> tuple[int, list[Codes]] | None:
    """Rank of the merged system, and the group of every class of each facet; None when it is too large."""
    starts = np.cumsum([0, *classes.sizes])
    nodes = [row + start for row, start in zip(classes.rows, starts[:3], strict=True)]
    _, component = components(np.tile(nodes[0], 2), np.concatenate(nodes[1:]), int(starts[3]))
    of_row = component[nodes[0]]
    order = np.argsort(of_row, kind="stable")
    size = np.bincount(of_row)
    group = np.arange(starts[3])
    # a component of one row has rank 1 and one class of each facet, so it needs no look
    rank = int((size == 1).sum())
    for rows in np.split(order, np.cumsum(size)[:-1]):
        if len(rows) == 1:
            continue
        labels, local = zip(*(np.unique(row[rows], return_inverse=True) for row in nodes), strict=True)
        found = _rank_of_component(list(local), [len(names) for names in labels])
        if found is None:
            return None
        rank += found[0]
        for names, own in zip(labels, found[1], strict=True):
            _, first, place = np.unique(own, return_index=True, return_inverse=True)
            group[names] = names[first[place]]
    return rank, np.split(group, starts[1:3])


def _rank_of_component(rows: list[Codes], sizes: list[int]) -> tuple[int, list[Codes]] | None:
    """Rank of one connected component, and the group of each level of its three facets."""
    smallest, middle, largest = (int(facet) for facet in np.argsort(sizes, kind="stable"))
    if sizes[smallest] == 1:
        # the one level is the mean; what is left is a graph of two facets, whose rank is nodes - components
        first, second = rows[middle], rows[largest] + sizes[middle]
        n_parts, part = components(first, second, sizes[middle] + sizes[largest])
        groups = {smallest: np.zeros(1, dtype=np.int64), middle: part[: sizes[middle]], largest: part[sizes[middle] :]}
        return sizes[middle] + sizes[largest] - n_parts, [groups[facet] for facet in range(3)]
    n_rest = sizes[smallest] + sizes[middle]
    if n_rest > MOST_DENSE:
        return None
    rest = [rows[smallest], rows[middle] + sizes[smallest]]
    rank, null, null_of_largest = _schur_null_space(rows[largest], sizes[largest], rest, n_rest)
    groups = {
        smallest: _equal_rows(null[: sizes[smallest]]),
        middle: _equal_rows(null[sizes[smallest] :]),
        largest: _equal_rows(null_of_largest),
    }
    return sizes[largest] + rank, [groups[facet] for facet in range(3)]


def _schur_null_space(
    eliminated: Codes, n_eliminated: int, rest: list[Codes], n_rest: int
) -> tuple[int, Floats, Floats]:
    """Rank of S = G - B' D^-1 B with D the eliminated facet's counts, and the null space on the rest and on it.

    With S = L L' in pivoted order, L = [L1; L2], the null space is [-L1'^-1 L2'; 1].
    """
    n_rows = len(eliminated)
    columns = np.concatenate(rest)
    ones = np.ones(2 * n_rows)
    b = sparse.csr_array((ones, (np.tile(eliminated, 2), columns)), shape=(n_eliminated, n_rest))
    x = sparse.csr_array((ones, (np.tile(np.arange(n_rows), 2), columns)), shape=(n_rows, n_rest))
    d = np.bincount(eliminated, minlength=n_eliminated).astype(np.float64)
    scale = np.sqrt(np.bincount(columns, minlength=n_rest).astype(np.float64))
    s = (x.T @ x - b.T @ sparse.csr_array(b / d[:, None])).toarray() / np.outer(scale, scale)
    factor, pivots, rank, _ = linalg.lapack.dpstrf(s, tol=PIVOT_TOLERANCE, lower=1, overwrite_a=1)
    order = pivots - 1
    null = np.zeros((n_rest, n_rest - rank))
    null[order[rank:]] = np.eye(n_rest - rank)
    null[order[:rank]] = -linalg.solve_triangular(factor[:rank, :rank], factor[rank:, :rank].T, lower=True, trans=1)
    null /= scale[:, None]
    null /= np.abs(null).max(axis=0)
    return rank, null, -(b @ null) / d[:, None]


def _equal_rows(null: Floats) -> Codes:
    """(n,) which rows of a null space (n, d) are equal up to rounding: groups of levels whose difference is estimable.

    Rows are told apart by one projection on a fixed random direction, which unequal rows share with probability 0.
    """
    position = null @ np.random.default_rng(1).normal(size=null.shape[1])
    order = np.argsort(position)
    group = np.empty(len(position), dtype=np.int64)
    group[order] = np.concatenate([[0], np.cumsum(np.diff(position[order]) > SAME_LEVEL)])
    return group
