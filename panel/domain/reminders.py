"""Reminders of open scorecards: when each is due, which one goes now, and the words of its mail.

A reminder never says what was rated, by whom, or how far anybody else is.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Literal

from pydantic import BaseModel, ConfigDict

FIRST_AFTER = timedelta(hours=1)  # after the end of the interview
EVERY = timedelta(hours=24)
MOST = 5
RETRY_AFTER = tuple(timedelta(minutes=each) for each in (5, 30, 120, 360))  # after the first try, the second, …
ABANDONED_AFTER = timedelta(minutes=10)  # a process that took a reminder and said no more has died
NO_MORE_AFTER = FIRST_AFTER + MOST * EVERY
State = Literal["sending", "sent", "failed", "in_app"]
GIVEN: tuple[State, ...] = ("sent", "in_app")
SHORT = 60


class Reminder(BaseModel):
    """One reminder as it stands. `number` counts from 1; `claimed_at` is when somebody last set about sending it."""

    model_config = ConfigDict(frozen=True)

    number: int
    due_at: datetime
    claimed_at: datetime
    state: State
    tries: int

    @property
    def is_given(self) -> bool:
        return self.state in GIVEN


class OpenScorecard(BaseModel):
    """A draft that somebody is to be reminded of, unless they were stopped. Times are naive UTC."""

    model_config = ConfigDict(frozen=True)

    scorecard_id: str
    person_id: str
    person_name: str
    email: str
    candidate_name: str
    starts_at: datetime
    minutes: int
    plan_version_id: str
    round_id: str
    assignment_id: str
    stopped_by: str | None = None
    stopped_at: datetime | None = None
    resumed_at: datetime | None = None

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_stopped(self) -> bool:
        return self.stopped_at is not None and self.resumed_at is None


class Due(BaseModel):
    """The reminder to give now; `tries` says how often that was tried before."""

    model_config = ConfigDict(frozen=True)

    number: int
    due_at: datetime
    tries: int = 0


def due_at(ended_at: datetime, number: int) -> datetime:
    """When reminder 1, 2, … is due."""
    return ended_at + FIRST_AFTER + (number - 1) * EVERY


def latest_due(ended_at: datetime, at: datetime) -> int | None:
    """The number of the latest reminder that is due at a moment; those before it are left out, not sent late."""
    if not FIRST_AFTER <= at - ended_at < NO_MORE_AFTER:
        return None
    return int((at - ended_at - FIRST_AFTER) / EVERY) + 1


def of_this_end(ended_at: datetime, reminders: Iterable[Reminder]) -> list[Reminder]:
    """Those that count: an interview that was moved to later has not been reminded of yet."""
    return [each for each in reminders if each.due_at > ended_at]


def what_is_due(card: OpenScorecard, reminders: Iterable[Reminder], at: datetime) -> Due | None:
    """The one reminder to give now, or None."""
    number = latest_due(card.ends_at, at)
    if number is None or card.is_stopped:
        return None
    moment = due_at(card.ends_at, number)
    if card.resumed_at is not None and moment < card.resumed_at:
        return None  # whoever asks to be reminded again means from now on
    counted = of_this_end(card.ends_at, reminders)
    known = next((each for each in counted if each.due_at == moment), None)
    if known is None:
        return Due(number=number, due_at=moment) if len(counted) < MOST else None
    return Due(number=number, due_at=moment, tries=known.tries) if _may_be_tried(known, at) else None


def _may_be_tried(reminder: Reminder, at: datetime) -> bool:
    if reminder.is_given or reminder.tries > len(RETRY_AFTER):
        return False
    pause = ABANDONED_AFTER if reminder.state == "sending" else RETRY_AFTER[reminder.tries - 1]
    return at - reminder.claimed_at >= pause


# ---- words ------------------------------------------------------------------------------------------------------


def subject(card: OpenScorecard, round_name: str) -> str:
    return f"Your scorecard for {_short(card.candidate_name)}, {_short(round_name)}, is still open"


def letter(card: OpenScorecard, *, round_name: str, answered: int, questions: int, number: int, address: str) -> str:
    """The mail's text. `answered` of the scorecard's `questions`; `address` is where people open the app."""
    return f"""Hello {card.person_name},

your scorecard for {card.candidate_name} ({round_name}) is still open.

Interview: {_when(card)}
Answered: {answered} of {questions} questions{_only_the_end(answered, questions)}

Finish and submit it here:
{address}/score?scorecard={card.scorecard_id}

What you remember of an answer fades within a day.

{_what_follows(number)} To get none, open Today and choose “Stop reminding me”:
{address}/
"""


def _short(name: str) -> str:
    return name if len(name) <= SHORT else f"{name[: SHORT - 1]}…"


def _when(card: OpenScorecard) -> str:
    start, end = card.starts_at, card.ends_at
    over_midnight = f"{end:%A} {end.day} {end:%B}, " if end.date() != start.date() else ""
    return f"{start:%A} {start.day} {start:%B %Y}, {start:%H:%M} to {over_midnight}{end:%H:%M} UTC"


def _only_the_end(answered: int, questions: int) -> str:
    return "; it only has to be submitted" if answered >= questions else ""


def _what_follows(number: int) -> str:
    left = MOST - number
    if left == 0:
        return "This is the last reminder of it."
    return f"At most {left} more {'reminder follows' if left == 1 else 'reminders follow'}, one a day."
