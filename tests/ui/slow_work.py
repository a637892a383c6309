"""Work that takes as long as a test wants it to."""

from threading import Event

from panel.stats.progress import Report

GATES: dict[str, Event] = {}


def counted(name: str, report: Report) -> str:
    """A calculation of many steps that ends when its gate opens."""
    for step in range(1, 2000):
        report(f"Step {step}", None)
        if GATES[name].wait(0.01):
            return "forty-two"
    raise AssertionError("nobody opened the gate")
