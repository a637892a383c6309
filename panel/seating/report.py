"""What is proposed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Proposed:
    """A candidate's panel: who rates, and who shadows."""

    candidate: str
    raters: tuple[str, ...]
    shadows: tuple[str, ...] = ()


@dataclass(frozen=True)
class Short:
    """A candidate with fewer seats than wanted: `got` of `wanted`; 0 is no panel. Of `people` who may rate, so many
    have a conflict, are away, or could sit but have no room left."""

    candidate: str
    got: int
    wanted: int
    people: int
    conflicts: int
    away: int
    able: int


@dataclass(frozen=True)
class Load:
    """A person's interviews: those they had, and those proposed."""

    person: str
    before: int
    new: int


@dataclass(frozen=True)
class WeakestLink:
    """The two sides that share the fewest candidates. `unbeatable` when no panels with these loads share more."""

    one: tuple[str, ...]
    other: tuple[str, ...]
    shared: int
    unbeatable: bool


@dataclass(frozen=True)
class Apart:
    """People who cannot be compared with the others yet. One panel of `person` with `partner` would mend it; no
    partner when they share no candidate whom both may meet."""

    people: tuple[str, ...]
    person: str
    partner: str | None


@dataclass(frozen=True)
class Links:
    """`shared`: (person, person, candidates in common), earlier ones included, ids in order. `full_rank` when the
    ratings determine every difference. `holding`: people without whom others would not be linked."""

    shared: tuple[tuple[str, str, int], ...]
    weakest: WeakestLink | None
    apart: tuple[Apart, ...]
    full_rank: bool
    holding: tuple[str, ...]
    impossible: bool  # proven: no panels with loads as even link everybody

    @property
    def connected(self) -> bool:
        return not self.apart


@dataclass(frozen=True)
class Proposal:
    panels: tuple[Proposed, ...]
    short: tuple[Short, ...]
    loads: tuple[Load, ...]
    links: Links
