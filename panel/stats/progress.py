"""How a long calculation tells what it is doing, and how it is stopped."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Report: TypeAlias = Callable[[str, float | None], None]
"""Called with what is being done and the share that is done (0 to 1), None where the share is not known.

It may raise `Cancelled`, or any other exception, to stop the calculation; nothing is returned then.
"""


class Cancelled(Exception):
    """The person who waits for a calculation does not want it any more."""


def silent(doing: str, share: float | None) -> None:
    """The report of a calculation that nobody watches."""
