"""What differs between two question sets of one seat: added, removed, moved, judged otherwise."""

from bisect import bisect_left
from dataclasses import dataclass

from panel.domain.plans import PlannedQuestion

Questions = tuple[PlannedQuestion, ...]


@dataclass(frozen=True)
class Moved:
    """A question that stands elsewhere among those that both sets hold; places count from 1 in the whole set."""

    question: PlannedQuestion
    before: int
    after: int


@dataclass(frozen=True)
class Changed:
    """A question that both sets hold, in another version, with another rubric, weight or reason."""

    before: PlannedQuestion
    after: PlannedQuestion


@dataclass(frozen=True)
class SetDifference:
    added: Questions = ()
    removed: Questions = ()
    moved: tuple[Moved, ...] = ()
    changed: tuple[Changed, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.moved or self.changed)


def set_difference(before: Questions, after: Questions) -> SetDifference:
    """The fewest moves that explain the new order; nothing where both sets say the same."""
    old, new = ({each.question_key: each for each in one} for one in (before, after))
    kept = [key for key in new if key in old]
    places_before = {key: place for place, key in enumerate(old, start=1)}
    places_after = {key: place for place, key in enumerate(new, start=1)}
    stay = _longest_rising([places_before[key] for key in kept])
    return SetDifference(
        added=tuple(each for key, each in new.items() if key not in old),
        removed=tuple(each for key, each in old.items() if key not in new),
        moved=tuple(
            Moved(new[key], places_before[key], places_after[key]) for key in kept if places_before[key] not in stay
        ),
        changed=tuple(Changed(old[key], new[key]) for key in kept if old[key] != new[key]),
    )


def _longest_rising(numbers: list[int]) -> set[int]:
    """A longest part of different numbers that rises: what can stay while the others move around it."""
    ends: list[int] = []  # the smallest last number of a rising part of each length
    before: dict[int, int | None] = {}
    for number in numbers:
        length = bisect_left(ends, number)
        before[number] = ends[length - 1] if length else None
        ends[length : length + 1] = [number]
    stay: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        stay.add(last)
        last = before[last]
    return stay
