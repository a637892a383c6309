"""Time and memory of one piece of work."""

import time
import tracemalloc
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")


def measured(work: Callable[[], Found]) -> tuple[Found, float, float]:
    """(result, seconds, peak MB that Python and numpy allocate); memory in a second run, because tracing slows it."""
    start = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - start
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    return result, seconds, peak
