"""Seats and lots: interviewers who sit together are one seat, questions that are alike are one lot.

A loss of size, none of quality. Of questions alike in competency, difficulty and minutes only as many of the highest
value are kept as could be asked in all: a kept one can always take the place of one left out. Those of the same value
too are one integer variable. A question that is named (must, keep, enemies) stands alone, and is left out only as an
enemy that kept ones can replace.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import floor, inf

from panel.assembly.spec import InterviewerSpec, Item, Range, Spec


@dataclass(frozen=True)
class Seat:
    """Interviewers with one set of questions; one interviewer where nobody shares theirs."""

    members: tuple[InterviewerSpec, ...]

    @property
    def ids(self) -> frozenset[str]:
        return frozenset(each.id for each in self.members)

    def may_ask(self, competency: str) -> bool:
        return all(member.may_ask(competency) for member in self.members)


@dataclass(frozen=True)
class Lot:
    """Questions alike in all that matters to the model, the most valuable first."""

    items: tuple[Item, ...]
    excluded: bool = False

    @property
    def size(self) -> int:
        return len(self.items)

    @property
    def kind(self) -> Item:
        return self.items[0]


def seats_of(spec: Spec) -> tuple[Seat, ...]:
    """In the order of the spec. Groups that share a member are one."""
    group = {each.id: {each.id} for each in spec.interviewers}
    for listed in spec.same:
        joined = set[str]().union(*(group[each] for each in listed))
        group |= dict.fromkeys(joined, joined)
    together = dict.fromkeys(frozenset(group[each.id]) for each in spec.interviewers)
    return tuple(Seat(tuple(each for each in spec.interviewers if each.id in ids)) for ids in together)


def lots_to_choose_from(items: Sequence[Item], spec: Spec, seats: Sequence[Seat]) -> list[Lot]:
    """The lots that an answer of the highest value can be made of."""
    excluded, named = set(spec.exclude), named_in(spec)
    free = (each for each in items if each.id not in excluded and each.id not in named)
    kept: list[Item] = []
    enough: dict[tuple[str, int, float], float] = {}  # the value that the last of a full group has
    for alike in _grouped(free):
        ranked = sorted(alike, key=lambda each: -spec.value(each))
        most = most_asked(alike[0], spec, seats)
        kept += ranked if most == inf else ranked[: int(most)]
        if len(ranked) >= most:
            enough[_kind(alike[0])] = spec.value(ranked[int(most) - 1]) if most >= 1 else inf
    firm = {*spec.must, *kept_by(spec)}
    alone = [
        Lot((each,))
        for each in items
        if each.id in named
        and each.id not in excluded
        and (each.id in firm or spec.value(each) > enough.get(_kind(each), -inf))
    ]
    alike_in_value: dict[tuple[str, int, float, float], list[Item]] = defaultdict(list)
    for each in kept:
        alike_in_value[each.competency, each.difficulty, each.minutes, spec.value(each)].append(each)
    return alone + [Lot(tuple(each)) for each in alike_in_value.values()]


def lots_to_fit(
    items: Sequence[Item], spec: Spec, *, most: int | None = None, with_excluded: bool = False
) -> list[Lot]:
    """The lots for the question whether anything fits at all, where values do not matter; `most` of each lot."""
    excluded, named = set(spec.exclude), named_in(spec)
    lots = [Lot((each,), each.id in excluded) for each in items if each.id in named]
    for out in (False, True) if with_excluded else (False,):
        free = (each for each in items if each.id not in named and (each.id in excluded) == out)
        for alike in _grouped(free):
            ranked = sorted(alike, key=lambda each: -spec.value(each))
            lots.append(Lot(tuple(ranked[:most]), out))
    return lots if with_excluded else [each for each in lots if not each.excluded]


def named_in(spec: Spec) -> set[str]:
    """The questions that a wish names; none of them may take another's place."""
    return {*spec.must, *kept_by(spec), *(each for group in spec.enemies for each in group)}


def kept_by(spec: Spec) -> Iterable[str]:
    return (each for member in spec.interviewers for each in member.keep)


def most_asked(kind: Item, spec: Spec, seats: Sequence[Seat]) -> float:
    """An upper limit to how many questions of this kind all interviewers together can ask."""
    wanted = spec.competencies.get(kind.competency)
    each_most = wanted.per_interviewer.high if wanted else inf
    in_all = min(wanted.questions.high if wanted else inf, spec.difficulty.get(kind.difficulty, Range()).high)
    asked = sum(min(each_most, _most_of_seat(kind, seat)) for seat in seats if seat.may_ask(kind.competency))
    return min(in_all, asked)


def _most_of_seat(kind: Item, seat: Seat) -> float:
    return min(
        min(
            member.questions.high,
            member.difficulty.get(kind.difficulty, Range()).high,
            _times(kind.minutes, member.minutes.high),
        )
        for member in seat.members
    )


def _times(minutes: float, most: float) -> float:
    """How often the minutes go into the most, with room for the inexactness of decimals."""
    return floor(most / minutes + 1e-6) if minutes > 0 and most < inf else inf


def _grouped(items: Iterable[Item]) -> Iterable[list[Item]]:
    groups: dict[tuple[str, int, float], list[Item]] = defaultdict(list)
    for each in items:
        groups[_kind(each)].append(each)
    return groups.values()


def _kind(item: Item) -> tuple[str, int, float]:
    return item.competency, item.difficulty, item.minutes
