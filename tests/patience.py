"""Waiting for what another thread does."""

import time
from collections.abc import Callable

LONGEST = 15.0  # seconds


def once(wanted: Callable[[], object]) -> None:
    """Return as soon as it is so; fail when it does not come to be."""
    until = time.monotonic() + LONGEST
    while not wanted():
        assert time.monotonic() < until, "it never came to be"
        time.sleep(0.01)
