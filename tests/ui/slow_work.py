"""Work that takes as long as a test wants it to."""

from dataclasses import dataclass, field
from threading import Event

from panel.stats.progress import Report


@dataclass
class Gate:
    """`begun` holds the key of every calculation that began; each ends when the gate is open."""

    open: Event = field(default_factory=Event)
    begun: list[str] = field(default_factory=list)


GATES: dict[str, Gate] = {}


def counted(name: str, key: str, report: Report) -> str:
    """A calculation of many steps that ends when its gate opens."""
    gate = GATES[name]
    gate.begun.append(key)
    for step in range(1, 2000):
        report(f"Step {step}", None)
        if gate.open.wait(0.01):
            return f"forty-two of {key}"
    raise AssertionError("nobody opened the gate")


def failing(name: str, key: str, report: Report) -> str:
    """A calculation that fails until its gate opens, with the error that a wait would raise."""
    if not GATES[name].open.is_set():
        raise TimeoutError("the work itself took too long")
    return counted(name, key, report)
