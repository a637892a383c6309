"""How far an interview is, told by the clock and by who is there."""

from datetime import datetime, timedelta

import pytest

from panel.domain.board import phase, span

TEN = datetime(2026, 3, 2, 10, 0)


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def test_an_interview_lasts_from_its_clock_and_is_overdue_an_hour_after_the_later_end() -> None:
    planned, late, early = (span(TEN, 60, clock) for clock in (None, TEN + minutes(7), TEN - minutes(5)))
    assert [(each.starts, each.ends, each.clock, each.overdue_from) for each in (planned, late, early)] == [
        (TEN, TEN + minutes(60), False, TEN + minutes(120)),
        (TEN + minutes(7), TEN + minutes(67), True, TEN + minutes(127)),
        (TEN - minutes(5), TEN + minutes(55), True, TEN + minutes(120)),
    ]


def test_the_clock_of_an_interview_that_was_moved_to_another_day_does_not_count() -> None:
    assert span(TEN + timedelta(days=1), 60, TEN) == span(TEN + timedelta(days=1), 60)


@pytest.mark.parametrize(
    ("at", "clock", "somebody", "answered", "submitted", "expected"),
    [
        (-30, None, False, False, False, "ahead"),
        (-30, None, True, True, False, "ahead"),  # prepared at home
        (-5, -6, True, False, False, "running"),
        (0, None, False, False, False, "due"),
        (10, None, True, False, False, "running"),
        (10, None, False, True, False, "running"),
        (10, 2, False, False, False, "running"),
        (61, 2, False, False, False, "running"),
        (62, 2, True, True, False, "past_end"),
        (60, None, True, True, False, "past_end"),
        (60, None, False, True, False, "ended"),
        (119, None, True, True, False, "past_end"),
        (120, None, True, True, False, "ended"),  # somebody finishes a scorecard
        (40, 0, True, True, True, "ended"),
    ],
)
def test_where_an_interview_stands(
    at: int, clock: int | None, somebody: bool, answered: bool, submitted: bool, expected: str
) -> None:
    when = span(TEN, 60, None if clock is None else TEN + minutes(clock))
    found = phase(when, TEN + minutes(at), somebody_is_in_it=somebody, answered=answered, all_submitted=submitted)
    assert found == expected
