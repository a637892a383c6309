"""Text as a person reads it: escaped, counted, dated in their own time zone."""

import re
from datetime import UTC, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from panel.domain.board import Day

MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|>~$:<&])")
# Streamlit looks for web addresses, icons and arrows after it has taken the escapes out; a joiner, which is
# invisible, keeps it from finding one in what a person typed.
JOINER = "\u2060"
FOUND_LATER = re.compile(
    r"(?<=http:)(?=//)|(?<=https:)(?=//)|(?<=www)(?=\.)|(?<=:)(?=material/|streamlit:)|(?<=[<>~-])(?=[-=>])|(?<=\w)(?=@)",
    re.IGNORECASE,
)

TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])  # what a name could end an isolation with


def plain(text: str) -> str:
    """What a person typed, safe inside a Markdown label: no formatting, link, colour, icon or formula survives."""
    return MARKDOWN.sub(r"\\\1", FOUND_LATER.sub(JOINER, text.replace("\n", " ")))


def isolated(name: str) -> str:
    """A name inside a sentence with numbers: written from right to left, it turns nothing about but itself."""
    return f"\u2068{name.translate(TURNS)}\u2069"


def count(number: int, one: str, many: str | None = None) -> str:
    """`1 question`, `2 questions`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def zone() -> tzinfo:
    """The reader's time zone; UTC when the browser does not say."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def local(moment: datetime) -> datetime:
    """Naive UTC as the reader's local time."""
    return moment.replace(tzinfo=UTC).astimezone(zone())


def to_utc(moment: datetime) -> datetime:
    """The reader's naive local time as naive UTC."""
    return moment.replace(tzinfo=zone()).astimezone(UTC).replace(tzinfo=None)


def today() -> Day:
    """The reader's day."""
    date = datetime.now(zone()).date()
    starts, ends = (datetime.combine(each, time(), zone()) for each in (date, date + timedelta(days=1)))
    return Day(*(each.astimezone(UTC).replace(tzinfo=None) for each in (starts, ends)))


def clock(moment: datetime) -> str:
    """`14:05`, or `2:05 pm` where that is the custom."""
    here = local(moment)
    if american():
        return f"{here.hour % 12 or 12}:{here:%M} {'am' if here.hour < 12 else 'pm'}"
    return f"{here:%H:%M}"


def day(moment: datetime) -> str:
    """`today`, `tomorrow`, `yesterday`, `Tue 24 Nov`, with the year when it is another."""
    here, today = local(moment).date(), datetime.now(zone()).date()
    near = {today: "today", today + timedelta(days=1): "tomorrow", today - timedelta(days=1): "yesterday"}
    if here in near:
        return near[here]
    text = f"{here:%a %b} {here.day}" if american() else f"{here:%a} {here.day} {here:%b}"
    return text if here.year == today.year else f"{text} {here.year}"


def when(moment: datetime) -> str:
    return f"{day(moment)}, {clock(moment)}"


def american() -> bool:
    """Whether the reader's custom is am and pm, and the month first."""
    return str(st.context.locale or "").endswith("US")
