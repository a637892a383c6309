"""The board of the day on which the team of `factories.a_team` interviews."""

from datetime import UTC, timedelta

from panel.domain.board import Day
from tests.factories import MONDAY

START = MONDAY.replace(hour=0)
DAY = Day(START, START + timedelta(days=1))


def board_path(day: Day) -> str:
    """Where a board of that day connects."""
    first, last = (round(each.replace(tzinfo=UTC).timestamp() * 1000) for each in day)
    return f"/live?board=1&from={first}&until={last}"


BOARD = board_path(DAY)
