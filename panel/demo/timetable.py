"""When the demo team's interviews are: office hours over the last ten weeks, around this moment, and this week."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from random import Random

OFFICE_HOURS = ("08:00", "09:15", "10:30", "13:00", "14:15", "15:00")
WEEKS_BACK = 10


class Diary:
    """Who is busy when, so that nobody sits in two interviews at once."""

    def __init__(self) -> None:
        self._busy: dict[str, list[tuple[datetime, datetime]]] = {}

    def free(self, who: Iterable[str], start: datetime, end: datetime) -> bool:
        return all(end <= begins or ends <= start for each in who for begins, ends in self._busy.get(each, ()))

    def book(self, who: Iterable[str], start: datetime, end: datetime) -> None:
        for each in who:
            self._busy.setdefault(each, []).append((start, end))


def quarter_before(at: datetime) -> datetime:
    return at.replace(minute=at.minute - at.minute % 15, second=0, microsecond=0)


def next_start(at: datetime) -> datetime:
    """The quarter of an hour that comes in 4 to 19 minutes."""
    return quarter_before(at + timedelta(minutes=4)) + timedelta(minutes=15)


def working_day(day: date, step: int = 1) -> date:
    """The day itself, or the nearest weekday in the direction of `step`."""
    while day.weekday() > 4:
        day += timedelta(days=step)
    return day


def first_free(rng: Random, diary: Diary, who: Iterable[str], day: date, minutes: int, *, step: int = 1) -> datetime:
    """A start on the first weekday from `day` on (or back) at which everybody is free; booked."""
    who = tuple(who)
    for _ in range(60):
        day = working_day(day, step)
        hours = list(OFFICE_HOURS)
        rng.shuffle(hours)
        for hour in hours:
            start = datetime.fromisoformat(f"{day.isoformat()}T{hour}")
            end = start + timedelta(minutes=minutes)
            if diary.free(who, start, end):
                diary.book(who, start, end)
                return start
        day += timedelta(days=step)
    raise AssertionError("unreachable: sixty weekdays have room for every interview of the demo team")
