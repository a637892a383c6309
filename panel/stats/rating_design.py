"""What a rating design can compare: connected subsets, the rank of the system, what is confounded, weak links.

A single connected subset is not enough. Where each rater always scores one item of their own, everything is linked,
and yet no rating tells a severe rater from a hard item. So the rank of the unpenalised system is found too, and with
it the groups within which a difference can be estimated. Targets of different groups are never to be compared.
Linacre (2024), A User's Guide to FACETS, "Subset connection"; Engelhard & Wind (2018), Invariant Measurement with
Raters and Rating Scales, ch. on rating designs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from panel.stats.connectivity import Subset
from panel.stats.estimability import components, estimability
from panel.stats.ratings import Codes, Label, Ratings, read_ratings
from panel.stats.weak_links import ENOUGH_SHARED, WeakLinks, mending, weak_links
from panel.stats.wording import count, listed

Facet = Literal["target", "rater", "item"]
Groups = tuple[tuple[Label, ...], ...]

PAIRS: tuple[tuple[Facet, Facet], ...] = (("rater", "item"), ("target", "rater"), ("target", "item"))
MOST_GROUPS_NAMED = 4
TOO_LARGE = "not estimable because the ratings are too many and too sparse for their rank to be found"


@dataclass(frozen=True)
class Confounding:
    """Two facets fall into groups that meet only each other, so their levels cannot be told apart across groups.

    ``groups[g]`` is (levels of the first facet, levels of the second); the one with most levels comes first.
    """

    facets: tuple[Facet, Facet]
    groups: tuple[tuple[tuple[Label, ...], tuple[Label, ...]], ...]

    def summary(self, *, target: str = "target", rater: str = "rater", item: str = "item") -> str:
        words = {"target": target, "rater": rater, "item": item}
        level = {"target": "level", "rater": "severity", "item": "difficulty"}
        first, second = self.facets
        named = "; ".join(f"{listed(ones)} only with {listed(twos)}" for ones, twos in self.groups[:MOST_GROUPS_NAMED])
        more = len(self.groups) - MOST_GROUPS_NAMED
        return (
            f"The {words[first]}s and {words[second]}s fall into {len(self.groups)} groups that never meet ({named}"
            f"{f'; and {more} more' if more > 0 else ''}), so between groups the {level[first]} of {_a(words[first])} "
            f"cannot be told from the {level[second]} of {_a(words[second])}."
        )


@dataclass(frozen=True)
class RatingDesign:
    """What the design of the ratings determines.

    ``subsets``: connected components of the graph of targets, raters and (if there are several) items, largest first.
    ``rank`` of ``expected_rank``: of the system with all facets fixed. ``rank_deficiency`` is their difference: how
    many shifts of levels against each other no rating can tell. ``comparable_*``: the groups within which differences
    are determined, largest first. ``unexplained`` counts what is missing beyond ``subsets`` and ``confounded``.
    When the rank could not be found, ``not_estimable`` says so and what depends on it is None.
    """

    n_targets: int
    n_raters: int
    n_items: int
    n_ratings: int
    subsets: tuple[Subset, ...]
    expected_rank: int
    rank: int | None
    rank_deficiency: int | None
    confounded: tuple[Confounding, ...]
    unexplained: int | None
    comparable_targets: Groups | None
    comparable_raters: Groups | None
    comparable_items: Groups | None
    weak_links: WeakLinks
    not_estimable: str | None = None

    @property
    def is_connected(self) -> bool:
        return len(self.subsets) == 1

    @property
    def all_targets_comparable(self) -> bool:
        """Whether the difference of every two targets is determined; False too when that could not be found out."""
        return self.comparable_targets is not None and len(self.comparable_targets) == 1

    def to_frame(self) -> pd.DataFrame:
        """One row per target, rater and item: ``kind``, ``label``, ``subset`` and ``comparable`` (1, 2, ...).

        Levels of one kind with the same number in ``comparable`` can be compared; None when that is not known.
        """
        subset_of = {
            (kind, label): number
            for number, subset in enumerate(self.subsets, start=1)
            for kind, labels in (("target", subset.targets), ("rater", subset.raters), ("item", subset.items))
            for label in labels
        }
        group_of = {
            (kind, label): number
            for kind, groups in zip(("target", "rater", "item"), self._comparable(), strict=True)
            for number, labels in enumerate(groups or (), start=1)
            for label in labels
        }
        rows = [(*level, number, group_of.get(level)) for level, number in subset_of.items()]
        return pd.DataFrame(rows, columns=["kind", "label", "subset", "comparable"])

    def _comparable(self) -> tuple[Groups | None, Groups | None, Groups | None]:
        return self.comparable_targets, self.comparable_raters, self.comparable_items

    def summary(self, *, target: str = "target", rater: str = "rater", item: str = "item") -> str:
        sentences = [self._subsets_in_words(target, rater)]
        sentences.append(self._rank_in_words(target, rater, item))
        sentences += [each.summary(target=target, rater=rater, item=item) for each in self.confounded]
        if self.n_raters > 1:
            sentences.append(self.weak_links.summary(target=target, rater=rater))
        return " ".join(sentences)

    def _subsets_in_words(self, target: str, rater: str) -> str:
        if self.is_connected:
            return f"{count(self.n_targets, target)} and {count(self.n_raters, rater)} are linked."
        named = self.subsets[:MOST_GROUPS_NAMED]
        sizes = "; ".join(f"{count(len(s.targets), target)} with {count(len(s.raters), rater)}" for s in named)
        more = len(self.subsets) - len(named)
        mend = mending(self.subsets[1].raters, self.subsets[0].raters, f"{ENOUGH_SHARED}", target)
        return (
            f"The ratings fall into {len(self.subsets)} disconnected subsets ({sizes}"
            f"{f'; and {more} more' if more else ''}); {target}s of different subsets cannot be compared. "
            f"To link the first two, {mend}."
        )

    def _rank_in_words(self, target: str, rater: str, item: str) -> str:
        if self.rank_deficiency is None:
            return f"Which differences are determined is {self.not_estimable}."
        if self.rank_deficiency == 0:
            return f"Every difference is determined (rank {self.rank} of {self.expected_rank})."
        words = zip((target, rater, item), self._comparable(), strict=True)
        parted = [f"the {word}s into {len(groups)} groups" for word, groups in words if groups and len(groups) > 1]
        targets = "" if len(self.comparable_targets or ()) > 1 else f" All {target}s can be compared with each other."
        return (
            f"{count(self.rank_deficiency, 'difference')} cannot be determined (rank {self.rank} of "
            f"{self.expected_rank}): the design parts {listed(parted)} that cannot be compared.{targets}"
        )


def rating_design(ratings: pd.DataFrame | Ratings) -> RatingDesign:
    """Subsets, rank, comparable groups and weak links of a table of ratings."""
    known = read_ratings(ratings)
    n_subsets, subset_of = _subsets(known)
    found = estimability(known)
    confounded, n_explained = _confounded(known, n_subsets, subset_of)
    missing = None if found.rank is None else found.expected_rank - found.rank
    return RatingDesign(
        n_targets=known.n_targets,
        n_raters=known.n_raters,
        n_items=known.n_items,
        n_ratings=known.n_ratings,
        subsets=_named_subsets(known, n_subsets, subset_of),
        expected_rank=found.expected_rank,
        rank=found.rank,
        rank_deficiency=missing,
        confounded=confounded,
        unexplained=None if missing is None else missing - n_explained,
        comparable_targets=_named_groups(known.targets, found.target),
        comparable_raters=_named_groups(known.raters, found.rater),
        comparable_items=_named_groups(known.items, found.item),
        weak_links=weak_links(known),
        not_estimable=TOO_LARGE if found.rank is None else None,
    )


def _subsets(known: Ratings) -> tuple[int, tuple[Codes, Codes, Codes]]:
    """Number of connected subsets, and the subset of each target, rater and item. One item links nothing."""
    n_targets, n_raters = known.n_targets, known.n_raters
    first, second = known.target, n_targets + known.rater
    if known.n_items > 1:
        first, second = np.tile(first, 2), np.concatenate([second, n_targets + n_raters + known.item])
    n_subsets, subset = components(first, second, n_targets + n_raters + known.n_items)
    of_target, of_rater, of_item = np.split(subset, [n_targets, n_targets + n_raters])
    # a lone item was left out of the graph and is a component of its own
    return (
        (n_subsets, (of_target, of_rater, of_item))
        if known.n_items > 1
        else (n_subsets - 1, (of_target, of_rater, np.empty(0, dtype=np.int64)))
    )


def _named_subsets(known: Ratings, n_subsets: int, subset_of: tuple[Codes, Codes, Codes]) -> tuple[Subset, ...]:
    """The subsets in labels, the one with most targets first; ``items`` is empty when there is one item."""
    members = [
        _members(labels, subset, n_subsets)
        for labels, subset in zip((known.targets, known.raters, known.items), subset_of, strict=True)
    ]
    subsets = [Subset(*three) for three in zip(*members, strict=True)]
    return tuple(sorted(subsets, key=lambda subset: -len(subset.targets)))


def _members(labels: tuple[Label, ...], group: Codes, n_groups: int) -> list[tuple[Label, ...]]:
    """The labels of each group; labels beyond the end of ``group`` are in none."""
    order = np.argsort(group, kind="stable")
    ends = np.cumsum(np.bincount(group, minlength=n_groups))[:-1]
    return [tuple(labels[code] for code in codes.tolist()) for codes in np.split(order, ends)]


def _named_groups(labels: tuple[Label, ...], group: Codes | None) -> Groups | None:
    if group is None:
        return None
    return tuple(sorted(_members(labels, group, int(group.max()) + 1), key=lambda members: -len(members)))


def _confounded(
    known: Ratings, n_subsets: int, subset_of: tuple[Codes, Codes, Codes]
) -> tuple[tuple[Confounding, ...], int]:
    """Facets that meet only in groups, within a subset; and how much of the rank deficiency all of this explains.

    A pair of facets whose graph has c components leaves c shifts open. The three pairs share one shift for each
    connected component of the whole, and two of the shifts are those of the mean.
    """
    labels = {"target": known.targets, "rater": known.raters, "item": known.items}
    codes = {"target": known.target, "rater": known.rater, "item": known.item}
    of_facet = dict(zip(("target", "rater", "item"), subset_of, strict=True))
    found, n_open = [], 0
    for one, two in PAIRS:
        n_one = len(labels[one])
        n_parts, part = components(codes[one], n_one + codes[two], n_one + len(labels[two]))
        n_open += n_parts
        if known.n_items == 1 or n_parts == n_subsets:
            continue
        groups = list(
            zip(_members(labels[one], part[:n_one], n_parts), _members(labels[two], part[n_one:], n_parts), strict=True)
        )
        # each part lies within one subset: that of any of its levels
        subset_of_part = np.empty(n_parts, dtype=np.int64)
        subset_of_part[part[:n_one]] = of_facet[one]
        for subset in np.flatnonzero(np.bincount(subset_of_part) > 1):
            apart = [groups[number] for number in np.flatnonzero(subset_of_part == subset)]
            apart.sort(key=lambda group: -len(group[0]) - len(group[1]))
            found.append(Confounding((one, two), tuple(apart)))
    n_whole = n_subsets if known.n_items > 1 else 1
    return tuple(found), n_open - n_whole - 2


def _a(word: str) -> str:
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"
