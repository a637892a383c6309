"""What a person reads about how soon they hand in."""

from datetime import datetime, timedelta

import pytest

from panel.domain.scorecard_time import HandIn, ScorecardTime, scorecard_time

AT = datetime(2026, 3, 20, 12, 0)


def handed_in(days_ago: float, hours: float | None) -> HandIn:
    """An interview that ended so long ago, and its scorecard so many hours after it."""
    end = AT - timedelta(days=days_ago)
    return HandIn(end, None if hours is None else end + timedelta(hours=hours))


def test_within_24_hours_counts_and_the_latest_ten_alone() -> None:
    latest = [handed_in(day, hours) for day, hours in enumerate([-0.2, 24, 24.01, 1, 1, 1, 1, 1, 1, 1], start=2)]
    older = [handed_in(40 + day, 200) for day in range(5)]
    assert scorecard_time([*older, *latest], AT) == ScorecardTime(counted=10, on_time=9)


def test_an_open_scorecard_is_late_after_24_hours_and_not_counted_before() -> None:
    assert scorecard_time([handed_in(0.5, None), handed_in(-3, None)], AT) == ScorecardTime(0, 0)
    assert scorecard_time([handed_in(1.5, None), handed_in(3, 2)], AT) == ScorecardTime(counted=2, on_time=1)


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (ScorecardTime(10, 9), "9 of your last 10 scorecards were in within 24 hours; the usual bar is 90 %."),
        (ScorecardTime(5, 1), "1 of your last 5 scorecards was in within 24 hours; the usual bar is 90 %."),
        (ScorecardTime(4, 3), "3 of your 4 scorecards so far were in within 24 hours."),
        (ScorecardTime(1, 1), "Your one scorecard so far was in within 24 hours."),
        (ScorecardTime(1, 0), "Your one scorecard so far was not in within 24 hours."),
        (ScorecardTime(0, 0), ""),
    ],
)
def test_few_are_only_counted_and_nothing_is_no_sentence(found: ScorecardTime, sentence: str) -> None:
    assert found.sentence() == sentence
