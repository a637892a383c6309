"""Text as a person reads it: their own words untouched, counted, dated in their locale and time zone."""

from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest

from panel.domain.basics import now
from panel.ui import words

NOON = datetime(2021, 6, 9, 12, 5)  # a Wednesday, naive UTC
Reader = Callable[..., None]


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    """Say where the reader is and what they speak."""

    def sits(timezone: str | None = None, locale: str | None = None) -> None:
        monkeypatch.setattr(words.st, "context", SimpleNamespace(timezone=timezone, locale=locale))

    sits()
    return sits


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Priya Nair", "Priya Nair"),
        ("**bold** _it_", r"\*\*bold\*\* \_it\_"),
        (":red[x] $x$ :smile:", r"\:red\[x\] \$x\$ \:smile\:"),
        ("[a](b) ![i](c) `code`", r"\[a\]\(b\) \!\[i\]\(c\) \`code\`"),
        ("<b> & # 1. - + |~~|", r"\<b\> \& \# 1\. \- \+ \|\~\~\|"),
        ("two\nlines", "two lines"),
        (r"back\slash", r"back\\slash"),
        ("Łukasz Öz 李小龙", "Łukasz Öz 李小龙"),
    ],
)
def test_plain_takes_every_mark_its_meaning(typed: str, written: str) -> None:
    assert words.plain(typed) == written


@pytest.mark.parametrize(
    "typed", ["http://evil.example", "HTTPS://evil.example", "www.evil.example", ":material/home:", ":streamlit:",
              "a -> b", "a <- b", "a -- b", "a >= b", "a <= b", "a ~= b", "a <-> b"],
)  # fmt: skip
def test_plain_breaks_invisibly_what_streamlit_looks_for_after_the_escapes(typed: str) -> None:
    written = words.plain(typed)
    assert words.JOINER in written
    assert written.replace(words.JOINER, "").replace("\\", "") == typed


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 questions"), (1, "1 question"), (2, "2 questions"), (2500, "2,500 questions")]
)
def test_count_knows_one_from_many(number: int, said: str) -> None:
    assert words.count(number, "question") == said


def test_count_takes_an_irregular_plural() -> None:
    assert words.count(2, "new entry", "new entries") == "2 new entries"


@pytest.mark.parametrize(
    ("timezone", "locale", "said"),
    [
        (None, None, "12:05"),
        ("Europe/Berlin", "de-DE", "14:05"),
        ("Asia/Kolkata", "en-IN", "17:35"),
        ("America/New_York", "en-US", "8:05 am"),
        ("UTC", "en-US", "12:05 pm"),
        ("Pacific/Auckland", "en-US", "12:05 am"),
        ("Nowhere/Else", "en-GB", "12:05"),
    ],
)
def test_clock_follows_zone_and_custom(reader: Reader, timezone: str | None, locale: str | None, said: str) -> None:
    reader(timezone, locale)
    assert words.clock(NOON) == said


@pytest.mark.parametrize(
    ("timezone", "locale", "said"),
    [
        ("UTC", "en-GB", "Wed 9 Jun 2021, 12:05"),
        ("America/New_York", "en-US", "Wed Jun 9 2021, 8:05 am"),
        ("Pacific/Auckland", "en-NZ", "Thu 10 Jun 2021, 00:05"),
    ],
)
def test_another_year_is_named_and_the_day_is_the_readers(
    reader: Reader, timezone: str, locale: str, said: str
) -> None:
    reader(timezone, locale)
    assert words.when(NOON) == said


@pytest.mark.parametrize("timezone", ["UTC", "Pacific/Kiritimati", "Pacific/Niue"])
def test_near_days_have_names_in_the_readers_zone(reader: Reader, timezone: str) -> None:
    reader(timezone, "en-GB")
    noon_there = words.to_utc(words.local(now()).replace(hour=12, minute=0, tzinfo=None))
    near = {days: words.day(noon_there + timedelta(days=days)) for days in (-1, 0, 1)}
    assert near == {-1: "yesterday", 0: "today", 1: "tomorrow"}
    assert words.day(noon_there + timedelta(days=2)) not in near.values()


def test_local_time_and_utc_are_each_others_inverse(reader: Reader) -> None:
    reader("Europe/Berlin")
    assert words.to_utc(datetime(2026, 1, 5, 10, 0)) == datetime(2026, 1, 5, 9, 0)
    assert words.to_utc(datetime(2026, 7, 5, 10, 0)) == datetime(2026, 7, 5, 8, 0)
    assert words.to_utc(words.local(NOON).replace(tzinfo=None)) == NOON
