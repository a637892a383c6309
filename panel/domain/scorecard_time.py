"""How soon a person hands in their scorecards, in the words they read about it themselves."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

PROMISE = timedelta(hours=24)
USUAL_BAR = "the usual bar is 90 %"
LAST = 10
FEW = 5  # below so many a share says nothing


class HandIn(NamedTuple):
    """When an interview ended, and when its scorecard was submitted (None: not yet). Naive UTC."""

    ended_at: datetime
    submitted_at: datetime | None


class ScorecardTime(NamedTuple):
    """Of the last `counted` scorecards, how many were in within 24 hours."""

    counted: int
    on_time: int

    def sentence(self) -> str:
        """Empty when there is nothing to count."""
        if not self.counted:
            return ""
        if self.counted == 1:
            return f"Your one scorecard so far was {'' if self.on_time else 'not '}in within 24 hours."
        if self.counted < FEW:
            return f"{self.on_time} of your {self.counted} scorecards so far {_was(self.on_time)} in within 24 hours."
        verb = _was(self.on_time)
        return f"{self.on_time} of your last {self.counted} scorecards {verb} in within 24 hours; {USUAL_BAR}."


def scorecard_time(hand_ins: Iterable[HandIn], at: datetime) -> ScorecardTime:
    """Counts what is submitted, and what is still open after 24 hours as late; the latest interviews alone."""
    decided = [each for each in hand_ins if each.submitted_at is not None or at - each.ended_at > PROMISE]
    latest = sorted(decided, key=lambda each: each.ended_at, reverse=True)[:LAST]
    on_time = sum(each.submitted_at is not None and each.submitted_at - each.ended_at <= PROMISE for each in latest)
    return ScorecardTime(len(latest), on_time)


def _was(number: int) -> str:
    return "was" if number == 1 else "were"
