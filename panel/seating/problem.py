"""What is known before panels are proposed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
NO_LIMIT = 1_000_000  # seats; more than anybody takes


@dataclass(frozen=True)
class Coming:
    """A candidate to be seated. `week` names what a limit "a week" counts in."""

    id: str
    week: str = ""


@dataclass(frozen=True)
class Sitter:
    """Somebody who may take a seat.

    `load`: interviews they have already. `most`: how many more they may get; None is no limit. `left_in_week`: how
    many more in each week; a week not named has no limit. Who does not `rate` only shadows, at most `shadowing` panels.
    """

    id: str
    load: int = 0
    most: int | None = None
    left_in_week: Mapping[str, int] = field(default_factory=dict)
    rates: bool = True
    shadowing: int = 0


@dataclass(frozen=True)
class Problem:
    """`size` seats for every candidate; fewer than `least` is no panel.

    `conflicts` and `away`: pairs (person, candidate) that never meet. `fixed`: who keeps their seat, by candidate.
    `earlier`: for every earlier interview, the people who rated that candidate.
    """

    candidates: tuple[Coming, ...]
    people: tuple[Sitter, ...]
    size: int
    least: int
    conflicts: frozenset[tuple[str, str]] = frozenset()
    away: frozenset[tuple[str, str]] = frozenset()
    fixed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    earlier: tuple[frozenset[str], ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.least <= self.size:
            raise ValueError("a panel has at least one seat, and no more at least than in all")
        ids = [*(each.id for each in self.candidates), *(each.id for each in self.people)]
        if len(set(ids)) < len(ids):
            raise ValueError("a candidate or a person stands twice")
        for candidate, people in self.fixed.items():
            self._check_fixed(candidate, people)

    def _check_fixed(self, candidate: str, people: tuple[str, ...]) -> None:
        raters = {each.id for each in self.raters}
        if candidate not in {each.id for each in self.candidates} or not raters.issuperset(people):
            raise ValueError("a fixed seat names somebody who is not part of this")
        if len(set(people)) < len(people) or len(people) > self.size:
            raise ValueError("more fixed seats than a panel has")
        if any((person, candidate) in self.conflicts for person in people):
            raise ValueError("a fixed seat breaks a conflict of interest")

    @property
    def raters(self) -> tuple[Sitter, ...]:
        return tuple(each for each in self.people if each.rates)

    @property
    def shadows(self) -> tuple[Sitter, ...]:
        return tuple(each for each in self.people if not each.rates and each.shadowing > 0)

    def may_meet(self, person: str, candidate: str) -> bool:
        return (person, candidate) not in self.conflicts and (person, candidate) not in self.away

    def allowed(self, people: tuple[Sitter, ...]) -> Bools:
        """(candidates, people) whether they may meet; a fixed seat is allowed although its person is away."""
        return np.array(
            [
                [self.may_meet(who.id, each.id) or who.id in self.fixed.get(each.id, ()) for who in people]
                for each in self.candidates
            ],
            dtype=bool,
        ).reshape(len(self.candidates), len(people))
