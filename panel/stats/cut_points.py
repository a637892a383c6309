"""Nodes of a graph whose removal takes it apart, and what each of them holds together.

Hopcroft & Tarjan (1973), Algorithm 447, Comm. ACM 16:372-378: in a depth-first search, a child's subtree is cut off by
its parent when no edge from the subtree reaches a node visited before the parent.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from panel.stats.ratings import Codes


@dataclass(frozen=True, eq=False)
class CutPoint:
    """A node, and the ``parts`` (arrays of nodes) that its removal cuts off from the rest of its component.

    The rest, which is not among the parts, is never empty.
    """

    node: int
    parts: tuple[Codes, ...]


@dataclass(eq=False)
class _Search:
    """A depth-first search: nodes in the order of their visit, and what is known of each node."""

    visited: list[int]
    place: list[int]
    lowest: list[int]
    parent: list[int]
    size: list[int]


def cut_points(first: Codes, second: Codes, n_nodes: int) -> list[CutPoint]:
    """All cut points of the undirected graph with these edges, in the order of their nodes."""
    both = (np.concatenate([first, second]), np.concatenate([second, first]))
    edges = sparse.csr_array((np.ones(2 * len(first)), both), shape=(n_nodes, n_nodes))
    search = _depth_first(edges.indptr.tolist(), edges.indices.tolist(), n_nodes)
    cut_off: dict[int, list[int]] = {}
    for node in search.visited:
        parent = search.parent[node]
        if parent >= 0 and search.lowest[node] >= search.place[parent]:
            cut_off.setdefault(parent, []).append(node)
    order = np.array(search.visited, dtype=np.int64)
    found = []
    for node, children in sorted(cut_off.items()):
        # a root has nothing above it, so its first child's subtree is the rest
        roots = children[1:] if search.parent[node] < 0 else children
        parts = tuple(order[search.place[child] : search.place[child] + search.size[child]] for child in roots)
        if parts:
            found.append(CutPoint(node, parts))
    return found


def _depth_first(starts: list[int], neighbours: list[int], n_nodes: int) -> _Search:
    """Visit every node; ``lowest`` is the earliest place that a node's subtree reaches by one edge."""
    search = _Search([], [-1] * n_nodes, [0] * n_nodes, [-1] * n_nodes, [1] * n_nodes)
    following = list(starts[:-1])
    for root in range(n_nodes):
        if search.place[root] >= 0:
            continue
        path = [root]
        _visit(search, root)
        while path:
            node = path[-1]
            if following[node] < starts[node + 1]:
                other = neighbours[following[node]]
                following[node] += 1
                if search.place[other] < 0:
                    search.parent[other] = node
                    _visit(search, other)
                    path.append(other)
                elif other != search.parent[node]:
                    search.lowest[node] = min(search.lowest[node], search.place[other])
                continue
            path.pop()
            if path:
                above = path[-1]
                search.lowest[above] = min(search.lowest[above], search.lowest[node])
                search.size[above] += search.size[node]
    return search


def _visit(search: _Search, node: int) -> None:
    search.place[node] = search.lowest[node] = len(search.visited)
    search.visited.append(node)
