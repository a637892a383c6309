"""What comes back: who asks what, how good it is proven to be, what binds, and what to relax where nothing fits."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Status = Literal["optimal", "within_gap", "infeasible", "time_limit"]
Side = Literal["min", "max", "wish"]
Path = tuple[str, ...]


@dataclass(frozen=True)
class Binding:
    """A constraint that the answer uses to the full. `path` is its place in the spec, `text` a sentence."""

    path: Path
    side: Side
    bound: float
    text: str


@dataclass(frozen=True)
class Relaxation:
    """One constraint to relax, from `bound` to `to`; a wish (must, exclude, enemies, keep, competencies) from 1 to 0.

    `path` is its place in the spec, such as ("interviewers", "ana", "minutes") or ("must", "q7").
    """

    path: Path
    side: Side
    bound: float
    to: float
    text: str


@dataclass(frozen=True)
class Answer:
    """`objective` and `bound` are None where no assignment or no bound was found, and so is `gap`.

    `gap` is |bound - objective| / max(|objective|, 1e-9). `assignment` names the questions of every interviewer by
    id, in the order of the bank; it is empty where nothing fits and where none was found in time. `fewest` is whether
    the relaxations are proven to be the fewest and least. `remarks` are sentences on what the spec asks in vain.
    """

    status: Status
    objective: float | None
    bound: float | None
    gap: float | None
    seconds: float
    assignment: Mapping[str, tuple[str, ...]]
    bindings: tuple[Binding, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    fewest: bool = True
    remarks: tuple[str, ...] = ()

    @property
    def binding(self) -> tuple[str, ...]:
        """Sentences."""
        return tuple(each.text for each in self.bindings)

    @property
    def relax(self) -> tuple[str, ...]:
        """Sentences."""
        return tuple(each.text for each in self.relaxations)
