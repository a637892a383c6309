"""Interviews as a calendar file (RFC 5545), published and not invited to (RFC 5546: METHOD:PUBLISH).

An interview keeps its UID, and its SEQUENCE is its version: a file taken after it was moved or cancelled changes the
entry that a calendar has already.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress

PRODUCT = "-//Panel//Interviews//EN"


@dataclass(frozen=True)
class Entry:
    """One interview as a calendar shows it. `starts_at` is naive UTC; `private` keeps it out of shared calendars."""

    interview_id: str
    version: int
    starts_at: datetime
    minutes: int
    title: str
    description: str
    cancelled: bool = False
    private: bool = False


@dataclass(frozen=True)
class Organizer:
    """Who gives the file out; RFC 5546 asks for one."""

    name: str
    email: str


def calendar_file(
    entries: Iterable[Entry], *, name: str, organizer: Organizer, zone: ZoneInfo, made_at: datetime
) -> bytes:
    """At least one entry, in the local time of `zone` with its rules of summer time. `made_at` is naive UTC."""
    entries = list(entries)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for entry in entries:
        calendar.add_component(_event(entry, organizer, zone, made_at))
    years = [each.starts_at.year for each in entries]
    calendar.add_missing_timezones(first_date=date(min(years) - 1, 1, 1), last_date=date(max(years) + 2, 1, 1))
    return bytes(calendar.to_ical())


def _event(entry: Entry, organizer: Organizer, zone: ZoneInfo, made_at: datetime) -> Event:
    begins = entry.starts_at.replace(tzinfo=UTC)
    ends = begins + timedelta(minutes=entry.minutes)
    if _said_twice(begins, zone) or _said_twice(ends, zone):
        zone = ZoneInfo("UTC")
    event = Event()
    event.add("uid", f"interview-{entry.interview_id}@panel")
    event.add("sequence", entry.version)
    event.add("dtstamp", made_at.replace(tzinfo=UTC))
    event.add("dtstart", begins.astimezone(zone))
    event.add("dtend", ends.astimezone(zone))
    event.add("summary", entry.title)
    event.add("description", entry.description)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("class", "PRIVATE" if entry.private else "PUBLIC")
    address = vCalAddress(f"mailto:{organizer.email}")
    address.params["CN"] = organizer.name
    event.add("organizer", address)
    return event


def _said_twice(moment: datetime, zone: ZoneInfo) -> bool:
    """Whether clocks show this time a second time, when summer time ends: calendars disagree on which one is meant."""
    local = moment.astimezone(zone)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
