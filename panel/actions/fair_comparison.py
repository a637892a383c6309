"""What fair scores say about chosen candidates: bands, must-haves, and what another weighing would change.

Pure functions of a fit that its reader may see (`fair_scores`) and of the candidates beside each other (`compare`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from panel.actions.compare import Compared
from panel.domain.scores import score_candidate
from panel.stats.bands import bands
from panel.stats.fair_parts import Composite, FairParts

Weights = dict[str, dict[str, float]]  # candidate -> competency -> weight
MIDDLE = 3.0  # what a must-have has to reach; no plan states another level
SHOWN_APART = 0.1  # differences that the page shows, with one decimal, for sure


def as_planned(chosen: Sequence[Compared]) -> Weights:
    return {each.candidate.id: each.profile.weights for each in chosen}


def all_equal(chosen: Sequence[Compared]) -> Weights:
    return {each.candidate.id: dict.fromkeys(each.profile.weights, 1.0) for each in chosen}


def only_must_haves(chosen: Sequence[Compared]) -> Weights:
    """The must-haves alone, weighing what they do."""
    return {
        each.candidate.id: {name: each.profile.weights[name] for name in each.profile.must_haves} for each in chosen
    }


@dataclass(frozen=True, eq=False)
class Standing:
    """Where the chosen candidates stand: in groups that compare, and in bands within each, the highest first."""

    composite: Composite
    groups: tuple[tuple[tuple[str, ...], ...], ...]

    def band_of(self) -> dict[str, int]:
        """The band of each candidate within their group, counted from 0 at the highest."""
        return {each: place for group in self.groups for place, band in enumerate(group) for each in band}


def comparable(fair: FairParts, chosen: Sequence[Compared]) -> tuple[tuple[str, ...], ...]:
    """The chosen candidates who were rated, in groups that can be compared, the largest first."""
    groups: dict[int, list[str]] = {}
    for each in chosen:
        if each.candidate.id in fair.group:
            groups.setdefault(fair.group[each.candidate.id], []).append(each.candidate.id)
    return tuple(sorted((tuple(ids) for ids in groups.values()), key=lambda ids: -len(ids)))


def standing(fair: FairParts, chosen: Sequence[Compared], weights: Weights) -> Standing | None:
    """None where nothing could be fitted. Within a band, candidates stand by name, since their order is not known."""
    if fair.not_estimable:
        return None
    composite = fair.composite(weights)
    names = {each.candidate.id: each.candidate.name.casefold() for each in chosen}
    scored = set(composite.targets)
    groups = []
    for group in comparable(fair, chosen):
        among = [each for each in group if each in scored]
        if among:
            parted = bands(composite, among)
            groups.append(tuple(tuple(sorted(map(str, band), key=names.__getitem__)) for band in parted))
    return Standing(composite, tuple(groups))


# ---- who cannot be compared -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Apart:
    """Why two groups of candidates cannot be compared: what they share of interviewers and questions."""

    shared_interviewers: int
    shared_questions: int
    questions: int  # of both groups


def apart(long: pd.DataFrame, one: Sequence[str], other: Sequence[str]) -> Apart:
    first, second = (long[long["target"].isin(list(group))] for group in (one, other))
    raters = set(first["rater"]) & set(second["rater"])
    items, all_items = set(first["item"]) & set(second["item"]), set(first["item"]) | set(second["item"])
    return Apart(len(raters), len(items), len(all_items))


# ---- must-haves -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MustHaves:
    """The must-haves of a candidate that were not assessed, that lie below the middle of the scale, and that may.

    Below: the whole interval of the fair average does; it may where only the fair average itself does. Without a fair
    average by competency the raw mean is judged, of which no interval says how sure that is.
    """

    not_assessed: tuple[str, ...]
    below: tuple[str, ...]
    may_be_below: tuple[str, ...]

    @property
    def met(self) -> bool:
        return not (self.not_assessed or self.below or self.may_be_below)


def must_haves(parts: Mapping[str, Composite], each: Compared) -> MustHaves:
    """`parts` are the fair averages by competency, see `fair_parts_by_name`."""
    raw = each.score.competencies
    below, maybe = [], []
    for name in each.profile.must_haves:
        if name not in raw:
            continue
        found = fair_of(parts.get(name), each.candidate.id)
        if found is not None and found.high < MIDDLE:
            below.append(name)
        elif (raw[name].score if found is None else found.value) < MIDDLE:
            maybe.append(name)
    missing = tuple(name for name in each.profile.must_haves if name not in raw)
    return MustHaves(missing, tuple(below), tuple(maybe))


@dataclass(frozen=True)
class Fair:
    """A fair average with its 95 % interval, on the scale 1 to 5."""

    value: float
    low: float
    high: float


def fair_parts_by_name(fair: FairParts | None, names: Sequence[str]) -> dict[str, Composite]:
    """The fair averages on each competency; empty where competencies cannot be told apart."""
    if fair is None or fair.not_estimable or not fair.parts_differ:
        return {}
    return {name: fair.part(name) for name in names}


def fair_of(composite: Composite | None, candidate_id: str) -> Fair | None:
    """None without a model, and where the candidate was not assessed."""
    if composite is None or candidate_id not in composite.targets:
        return None
    return Fair(composite.of(candidate_id), *composite.interval(candidate_id))


# ---- raw and fair order, and what if ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reversal:
    """`one` has the higher raw mean, `other` the higher fair average."""

    one: str
    other: str
    raw_gap: float
    fair_gap: float


def reversals(chosen: Sequence[Compared], found: Standing) -> list[Reversal]:
    """Pairs whose raw order and fair order differ, by what a page with one decimal shows; the widest first."""
    raw = {each.candidate.id: each.score.score for each in chosen}
    pairs = []
    for group in found.groups:
        ids = [each for band in group for each in band if raw.get(each) is not None]
        for one in ids:
            for other in ids:
                raw_gap = (raw[one] or 0.0) - (raw[other] or 0.0)
                fair_gap = found.composite.of(other) - found.composite.of(one)
                if raw_gap >= SHOWN_APART and fair_gap >= SHOWN_APART:
                    pairs.append(Reversal(one, other, raw_gap, fair_gap))
    return sorted(pairs, key=lambda each: -min(each.raw_gap, each.fair_gap))


@dataclass(frozen=True)
class Change:
    """What another weighing does: who moves up or down how many bands, who is no longer scored, and how many pairs of
    fair averages change their order, of how many."""

    moved: tuple[tuple[str, int], ...]
    gone: tuple[str, ...]
    parted: bool
    turned: int
    pairs: int

    @property
    def holds(self) -> bool:
        return not (self.moved or self.gone or self.parted)


def change(before: Standing, after: Standing) -> Change:
    was, now = before.band_of(), after.band_of()
    both = [each for each in was if each in now]
    groups_before = _group_of(before)
    turned = pairs = 0
    for place, one in enumerate(both):
        for other in both[place + 1 :]:
            if groups_before[one] == groups_before[other]:
                pairs += 1
                turned += _order(before, one, other) * _order(after, one, other) < 0
    moved = tuple((each, was[each] - now[each]) for each in both if was[each] != now[each])
    gone = tuple(each for each in was if each not in now)
    parted = _partition(groups_before, both) != _partition(_group_of(after), both)
    return Change(moved, gone, parted, turned, pairs)


def _group_of(found: Standing) -> dict[str, int]:
    return {each: place for place, group in enumerate(found.groups) for band in group for each in band}


def _partition(group_of: Mapping[str, int], among: Sequence[str]) -> set[frozenset[str]]:
    parts: dict[int, set[str]] = {}
    for each in among:
        parts.setdefault(group_of[each], set()).add(each)
    return {frozenset(each) for each in parts.values()}


def _order(found: Standing, one: str, other: str) -> int:
    gap = found.composite.of(one) - found.composite.of(other)
    return 0 if abs(gap) < SHOWN_APART else (1 if gap > 0 else -1)


def raw_means(chosen: Sequence[Compared], keep: Callable[[str], bool], weights: Weights) -> dict[str, float | None]:
    """Raw means by candidate from the ratings of the interviewers to keep, by id, with other weights."""
    return {
        each.candidate.id: score_candidate(
            [one for one in each.observed if keep(one.person_id)], weights[each.candidate.id]
        ).score
        for each in chosen
    }
