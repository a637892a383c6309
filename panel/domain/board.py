"""A day's interviews as they happen: how far each is, told by the clock and by who is there, never by a rating."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from panel.domain.live import clock_that_counts

Phase = Literal["ahead", "due", "running", "past_end", "ended"]
LONGEST_SITTING = timedelta(hours=8)
OVERDUE_AFTER = timedelta(hours=1)  # from the end of the interview


class Day(NamedTuple):
    """A reader's day: from `starts` until before `ends`, both naive UTC."""

    starts: datetime
    ends: datetime


@dataclass(frozen=True)
class Span:
    """When an interview is: by its clock where somebody started it, else as planned. Naive UTC."""

    starts: datetime
    ends: datetime
    clock: bool
    overdue_from: datetime


def span(starts_at: datetime, minutes: int, clock_started_at: datetime | None = None) -> Span:
    length = timedelta(minutes=minutes)
    clock = clock_that_counts(clock_started_at, starts_at=starts_at)
    starts = clock or starts_at
    return Span(starts, starts + length, clock is not None, max(starts_at, starts) + length + OVERDUE_AFTER)


def phase(when: Span, at: datetime, *, somebody_is_in_it: bool, answered: bool, all_submitted: bool) -> Phase:
    """Where an interview stands at a moment.

    `somebody_is_in_it` is whether a rater who has not submitted has their scorecard open. Nothing says that a candidate
    has left, so past its end an interview counts as going on while somebody is in it, for at most an hour.
    """
    if all_submitted:
        return "ended"
    if at < when.starts:
        return "ahead"
    if at < when.ends:
        return "running" if when.clock or somebody_is_in_it or answered else "due"
    return "past_end" if somebody_is_in_it and at < when.ends + OVERDUE_AFTER else "ended"
