"""Places where the comparison of raters hangs by a thread: a target or two, or one rater, that alone hold groups of
raters together, and the overlap that would mend it.

Raters are compared through the targets they share. Raters who share three targets or more are one group, and so are
groups that do. Whatever then joins groups by one or two targets is weak, and so is a rater without whom other raters
share no chain of targets. Not every pair of targets is tried: two targets that join different groups are found only
when they are all that joins one group with the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from panel.stats.cut_points import cut_points
from panel.stats.estimability import components
from panel.stats.ratings import Codes, Label, Ratings
from panel.stats.wording import listed

ENOUGH_SHARED = 3
"""Targets in common from which two groups of raters count as firmly linked."""

MOST_LISTED = 20
"""Weak links that are named; all are counted."""

MOST_NAMED = 3
"""Weak links that are put into words; the others are counted, and stand in the frame."""

REACH = 8
"""Within a target each rater is paired with so many that follow; more would find no link that these miss often."""


@dataclass(frozen=True)
class WeakLink:
    """``sides`` are groups of raters (the largest last) that only ``by`` joins: one or two targets, or one rater.

    ``shared_needed`` more targets, each rated by somebody of both sides, would mend it.
    """

    kind: Literal["target", "rater"]
    by: tuple[Label, ...]
    sides: tuple[tuple[Label, ...], ...]
    shared_needed: int

    def summary(self, *, target: str = "target", rater: str = "rater") -> str:
        """What hangs by what, and the overlap that would mend it."""
        kind = target if self.kind == "target" else rater
        sides = " with ".join(listed(side) for side in self.sides)
        shared = f"{self.shared_needed} more" if self.kind == "target" else f"{self.shared_needed}"
        mend = mending(self.sides[0], self.sides[-1], shared, target)
        rest = "" if len(self.sides) == 2 else ", and likewise for the other groups"
        if len(self.by) == 1:
            text = f"Only {kind} {self.by[0]} links {sides}"
        else:
            text = f"Only the {kind}s {listed(self.by)} link {sides}"
        return f"{text}; to mend it, {mend}{rest}."


@dataclass(frozen=True)
class WeakLinks:
    """The weak links that cut off most raters, at most 20 of ``n_found``."""

    links: tuple[WeakLink, ...]
    n_found: int

    def to_frame(self) -> pd.DataFrame:
        """One row per weak link: ``kind``, ``by``, ``sides`` (tuples of labels), ``shared_needed``."""
        rows = [(link.kind, link.by, link.sides, link.shared_needed) for link in self.links]
        return pd.DataFrame(rows, columns=["kind", "by", "sides", "shared_needed"])

    def summary(self, *, target: str = "target", rater: str = "rater") -> str:
        if not self.links:
            return f"No group of {rater}s hangs on fewer than {ENOUGH_SHARED} {target}s or on one {rater}."
        named = self.links[:MOST_NAMED]
        sentences = [link.summary(target=target, rater=rater) for link in named]
        if self.n_found > len(named):
            sentences.append(f"There are {self.n_found - len(named)} more weak links.")
        return " ".join(sentences)


def mending(few: tuple[Label, ...], many: tuple[Label, ...], shared: str, target: str) -> str:
    """ "let Ana or Bo also rate 3 of the targets of Cy"."""
    return f"let {listed(few, 'or')} also rate {shared} of the {target}s of {listed(many, 'or')}"


@dataclass(frozen=True, eq=False)
class _Cut:
    """A weak link in codes: sets of raters cut off, and one rater of the rest."""

    kind: Literal["target", "rater"]
    by: tuple[int, ...]
    parts: tuple[Codes, ...]
    n_cut_off: int


def weak_links(known: Ratings) -> WeakLinks:
    """The weak links between the raters of each connected subset of targets and raters."""
    if known.n_raters < 2:
        return WeakLinks((), 0)
    target, rater = _distinct(known.target, known.rater, known.n_raters)
    _, subset = components(*_pairs(target, rater), known.n_raters)
    n_in_subset = np.bincount(subset)
    cuts = [*_by_targets(known, target, rater), *_by_rater(known, target, rater)]
    sized = [(min(cut.n_cut_off, int(n_in_subset[subset[cut.parts[0][0]]]) - cut.n_cut_off), cut) for cut in cuts]
    sized.sort(key=lambda each: (each[1].kind != "target", -each[0], each[1].by))
    links = [_named(known, cut, np.flatnonzero(subset == subset[cut.parts[0][0]])) for _, cut in sized[:MOST_LISTED]]
    return WeakLinks(tuple(links), len(cuts))


def _named(known: Ratings, cut: _Cut, raters: Codes) -> WeakLink:
    """The weak link in labels; the rest of the ``raters`` of the subset is its own side."""
    gone = np.concatenate([*cut.parts, np.array(cut.by if cut.kind == "rater" else (), dtype=np.int64)])
    sides = sorted((*cut.parts, np.setdiff1d(raters, gone)), key=lambda side: (len(side), side.min()))
    labels = known.targets if cut.kind == "target" else known.raters
    return WeakLink(
        cut.kind,
        tuple(labels[code] for code in cut.by),
        tuple(tuple(known.raters[code] for code in np.sort(side)) for side in sides),
        ENOUGH_SHARED - len(cut.by) if cut.kind == "target" else ENOUGH_SHARED,
    )


def _distinct(first: Codes, second: Codes, n_second: int) -> tuple[Codes, Codes]:
    """The distinct pairs of codes, sorted."""
    pair = np.unique(first * n_second + second)
    return pair // n_second, pair % n_second


def _pairs(target: Codes, member: Codes, reach: int = REACH) -> tuple[Codes, Codes]:
    """Pairs (i, j) of members (raters or groups) of the same target, sorted by target; a pair for each such target."""
    first, second = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for lag in range(1, min(reach, len(target) - 1) + 1):
        same = np.flatnonzero(target[lag:] == target[:-lag])
        first.append(member[same])
        second.append(member[same + lag])
    return np.concatenate(first), np.concatenate(second)


def _firm_groups(target: Codes, rater: Codes, n_raters: int) -> Codes:
    """(R,) the group of every rater: those who share enough targets, then groups that do, and so on."""
    group, n_groups = np.arange(n_raters, dtype=np.int64), n_raters
    while True:
        at, member = _distinct(target, group[rater], n_groups)
        first, second = _pairs(at, member)
        pair, shared = np.unique(first * n_groups + second, return_counts=True)
        firm = pair[shared >= ENOUGH_SHARED]
        n_merged, merged = components(firm // n_groups, firm % n_groups, n_groups)
        if n_merged == n_groups:
            return group
        group, n_groups = merged[group], n_merged


def _by_targets(known: Ratings, target: Codes, rater: Codes) -> Iterator[_Cut]:
    """Groups of raters that one or two targets hold together."""
    group = _firm_groups(target, rater, known.n_raters)
    n_groups = int(group.max()) + 1
    at, member = _distinct(target, group[rater], n_groups)
    joining = np.bincount(at, minlength=known.n_targets)[at] > 1
    at, member = at[joining], member[joining]
    if not len(at):
        return
    raters_of = np.split(np.argsort(group, kind="stable"), np.cumsum(np.bincount(group))[:-1])
    # targets that join the same groups are one bundle, a node beside the groups
    bundles = _bundles(at, member)
    bundle_of = np.full(known.n_targets, -1)
    for number, targets in enumerate(bundles):
        bundle_of[targets] = number
    edges = _distinct(bundle_of[at], member, n_groups)
    named: set[int] = set()
    for cut in cut_points(edges[0] + n_groups, edges[1], n_groups + len(bundles)):
        if cut.node < n_groups or len(bundles[cut.node - n_groups]) >= ENOUGH_SHARED:
            continue
        by = tuple(bundles[cut.node - n_groups].tolist())
        named.update(by)
        yield _cut(
            "target", by, [np.concatenate([raters_of[node] for node in _groups(part, n_groups)]) for part in cut.parts]
        )
    # two targets of different bundles can still be all that a group shares with the others
    n_shared = np.bincount(member, minlength=n_groups)
    for number in np.flatnonzero((n_shared > 0) & (n_shared < ENOUGH_SHARED)).tolist():
        by = tuple(at[member == number].tolist())
        if named.isdisjoint(by):
            yield _cut("target", by, [raters_of[number]])


def _groups(part: Codes, n_groups: int) -> Codes:
    return part[part < n_groups]


def _cut(kind: Literal["target", "rater"], by: tuple[int, ...], parts: list[Codes]) -> _Cut:
    return _Cut(kind, by, tuple(parts), sum(len(part) for part in parts))


def _bundles(at: Codes, member: Codes) -> list[Codes]:
    """Targets by the set of groups they join; ``at`` is sorted."""
    starts = np.flatnonzero(np.diff(at, prepend=-1))
    sets: dict[bytes, list[int]] = {}
    for target, members in zip(at[starts].tolist(), np.split(member, starts[1:]), strict=True):
        sets.setdefault(members.tobytes(), []).append(target)
    return [np.array(targets, dtype=np.int64) for targets in sets.values()]


def _by_rater(known: Ratings, target: Codes, rater: Codes) -> Iterator[_Cut]:
    """Raters without whom others of their subset share no chain of targets.

    Pairing each rater of a target with the next two is enough: without any one of them the others stay linked.
    """
    first, second = _pairs(target, rater, reach=2)
    pair = np.unique(first * known.n_raters + second)
    for cut in cut_points(pair // known.n_raters, pair % known.n_raters, known.n_raters):
        yield _cut("rater", (cut.node,), list(cut.parts))
