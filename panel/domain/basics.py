"""Ids and the clock. Times are naive UTC everywhere below the screen."""

import secrets
import time
from datetime import UTC, datetime


def new_id() -> str:
    """A UUID version 7 (RFC 9562, method 3) as 32 hexadecimal digits: ids sort by the time they were made."""
    milliseconds, rest = divmod(time.time_ns(), 1_000_000)
    fraction = rest * 4096 // 1_000_000
    tail = (0b10 << 62) | secrets.randbits(62)
    return f"{milliseconds:012x}7{fraction:03x}{tail:016x}"


def now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
