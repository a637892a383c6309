"""Calendar files, read by another parser than the one that writes them."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject

from panel.exporting.calendars import Entry, Organizer, calendar_file

MARTA = Organizer("Marta", "marta@example.org")
NASTY = 'Round; one, "two" \\ back\nEND:VCALENDAR\r\nATTENDEE:mailto:x@y.z ' + "é王" * 60


def an_entry(**changes: Any) -> Entry:
    facts: dict[str, Any] = {
        "interview_id": "abc", "version": 1, "starts_at": datetime(2026, 11, 30, 13, 0), "minutes": 60,
        "title": "Depth", "description": "60 minutes with Ana.",
    }  # fmt: skip
    return Entry(**(facts | changes))


def made(*entries: Entry, zone: str = "Europe/Berlin", organizer: Organizer = MARTA) -> bytes:
    return calendar_file(
        entries, name="Interviews", organizer=organizer, zone=ZoneInfo(zone), made_at=datetime(2026, 11, 1, 8, 0)
    )


def events(file: bytes) -> list[Any]:
    return list(vobject.readOne(file.decode()).vevent_list)


def test_an_interview_as_another_program_reads_it() -> None:
    calendar = vobject.readOne(made(an_entry(version=4, private=True)).decode())
    event = calendar.vevent
    assert (calendar.method.value, calendar.version.value) == ("PUBLISH", "2.0")
    assert {name: getattr(event, name).value for name in (
        "uid", "sequence", "summary", "description", "status", "class", "organizer",
    )} == {
        "uid": "interview-abc@panel", "sequence": "4", "summary": "Depth", "description": "60 minutes with Ana.",
        "status": "CONFIRMED", "class": "PRIVATE", "organizer": "mailto:marta@example.org",
    }  # fmt: skip
    assert event.dtstart.value == datetime(2026, 11, 30, 13, 0, tzinfo=UTC)
    assert event.dtstamp.value == datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
    assert not hasattr(event, "attendee")  # RFC 5546: none in what is published


def test_local_time_stands_with_its_zone() -> None:
    text = made(an_entry()).decode()
    assert "DTSTART;TZID=Europe/Berlin:20261130T140000\r\n" in text and text.count("BEGIN:VTIMEZONE") == 1
    assert "BEGIN:VTIMEZONE" not in made(an_entry(), zone="UTC").decode()


def test_moved_and_cancelled_keep_their_name() -> None:
    before, after = made(an_entry()), made(an_entry(version=2, starts_at=datetime(2026, 12, 4, 9, 0)))
    gone = made(an_entry(version=3, cancelled=True))
    found = [events(each)[0] for each in (before, after, gone)]
    assert {each.uid.value for each in found} == {"interview-abc@panel"}
    assert [each.sequence.value for each in found] == ["1", "2", "3"]
    assert [each.status.value for each in found] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


@pytest.mark.parametrize(
    "start",
    [
        datetime(2026, 3, 29, 0, 30),  # Berlin's clocks go from 2 to 3 within it
        datetime(2026, 10, 24, 23, 30),  # ends when 2 o'clock comes for the first time
        datetime(2026, 10, 25, 0, 30),  # begins at the first half past two
        datetime(2026, 10, 25, 1, 30),  # begins at the second
        datetime(2026, 11, 1, 5, 30),  # New York's turn
        datetime(2026, 6, 30, 23, 59),
        datetime(2027, 1, 1, 0, 0),
    ],
)
@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"])
def test_every_hour_is_the_same_moment_everywhere(start: datetime, zone: str) -> None:
    event = events(made(an_entry(starts_at=start), zone=zone))[0]
    begins = start.replace(tzinfo=UTC)
    assert (event.dtstart.value, event.dtend.value) == (begins, begins + timedelta(minutes=60))


def test_typed_text_is_escaped_and_long_lines_are_folded() -> None:
    file = made(an_entry(title=NASTY, description=NASTY), organizer=Organizer(NASTY, "m@example.org"))
    event = events(file)[0]
    assert event.summary.value == event.description.value == NASTY.replace("\r\n", "\n")
    assert all(len(line) <= 75 for line in file.split(b"\r\n"))
    assert b"\r\nATTENDEE" not in file and file.count(b"\r\nEND:VCALENDAR") == 1


def test_several_interviews_share_one_description_of_the_zone() -> None:
    file = made(an_entry(), an_entry(interview_id="def", starts_at=datetime(2027, 7, 1, 8, 0)))
    assert [each.uid.value for each in events(file)] == ["interview-abc@panel", "interview-def@panel"]
    assert file.count(b"BEGIN:VTIMEZONE") == 1
