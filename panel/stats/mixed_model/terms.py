"""The random terms of a crossed model: which of them a table of ratings can tell apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse import linalg as sparse_linalg

from panel.stats.errors import BadOption
from panel.stats.ratings import Codes, Floats, Ratings

TERMS = ("target", "rater", "item", "target:rater", "target:item", "rater:item")
DEFAULT_TERMS = ("target", "rater", "item", "target:rater")
NOTHING_LEFT = 1e-12
"""A sum of squares this small a share of the whole is none."""


@dataclass(frozen=True, eq=False)
class Term:
    """A random term: rating n belongs to level ``level[n]`` (N,) of ``n_levels``."""

    name: str
    level: Codes
    n_levels: int

    @property
    def is_interaction(self) -> bool:
        return ":" in self.name


def checked_terms(names: Sequence[str]) -> tuple[str, ...]:
    """The names in the order of TERMS, "rater:target" read as "target:rater". Raises BadOption for others."""
    chosen = set()
    for name in names:
        parts = [part.strip() for part in str(name).strip().split(":")]
        spelled = next((term for term in TERMS if sorted(term.split(":")) == sorted(parts)), None)
        if spelled is None:
            raise BadOption(f"There is no term {name!r}; there are {', '.join(TERMS)}.")
        chosen.add(spelled)
    if "target" not in chosen:
        raise BadOption("A model of fair scores needs the term target.")
    return tuple(term for term in TERMS if term in chosen)


def usable_terms(known: Ratings, names: Sequence[str]) -> tuple[tuple[Term, ...], dict[str, str]]:
    """The terms that the ratings can tell apart, and for each of the others the reason why not."""
    kept: list[Term] = []
    left_out: dict[str, str] = {}
    for name in names:
        term = _term(known, name)
        reason = why_not(term, kept, known.n_ratings)
        if reason:
            left_out[name] = reason
        else:
            kept.append(term)
    return tuple(kept), left_out


def are_steady_offsets(terms: Sequence[Term], y: Floats) -> bool:
    """Whether the ratings ``y`` (N,) are sums of steady effects of the factors, with nothing left over."""
    factors = [term for term in terms if not term.is_interaction]
    row = np.arange(len(y))
    indicators = [
        sparse.csr_array((np.ones(len(y)), (row, term.level)), shape=(len(y), term.n_levels)) for term in factors
    ]
    left = sparse_linalg.lsqr(sparse.hstack(indicators, format="csr"), y, atol=1e-10, btol=1e-10, iter_lim=500)[3]
    return bool(left**2 <= NOTHING_LEFT * float(y @ y))


def same_groups(one: Codes, other: Codes, n_levels: int) -> bool:
    """Whether two codings of the same ratings, each with ``n_levels`` levels in use, group them alike."""
    return len(np.unique(one * (int(other.max()) + 1) + other)) == n_levels


def _term(known: Ratings, name: str) -> Term:
    facets = {
        "target": (known.target, known.n_targets),
        "rater": (known.rater, known.n_raters),
        "item": (known.item, known.n_items),
    }
    if ":" not in name:
        return Term(name, *facets[name])
    first, second = name.split(":")
    pair = facets[first][0] * facets[second][1] + facets[second][0]
    pairs, level = np.unique(pair, return_inverse=True)
    return Term(name, level, len(pairs))


def why_not(term: Term, kept: Sequence[Term], n_ratings: int) -> str | None:
    """Why a term cannot be told from those that are kept already; None when it can."""
    if term.n_levels == 1:
        return f"there is only one {' and one '.join(term.name.split(':'))}"
    if term.n_levels == n_ratings:
        what = f"combination of {' and '.join(term.name.split(':'))}" if term.is_interaction else term.name
        return f"every {what} has a single rating, so it cannot be told from the residual"
    for other in kept:
        if other.n_levels == term.n_levels and same_groups(term.level, other.level, term.n_levels):
            return f"it groups the ratings exactly as {other.name} does"
    return None
