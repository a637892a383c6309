"""When somebody can interview: how many a week, and the days they are away."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from panel.domain.text import Remark
from panel.errors import InputError

MOST_A_WEEK = 40


class Absence(BaseModel):
    """Days away, the last one included."""

    model_config = ConfigDict(frozen=True)

    id: str
    person_id: str
    first_day: date
    last_day: date
    remark: Remark = ""

    def covers(self, day: date) -> bool:
        return self.first_day <= day <= self.last_day


class Limit(BaseModel):
    """The most interviews a week; None is no limit. `version` is 0 until one was set."""

    model_config = ConfigDict(frozen=True)

    person_id: str
    most_a_week: Annotated[int, Field(ge=0, le=MOST_A_WEEK)] | None = None
    version: int = 0


@dataclass(frozen=True)
class Availability:
    limit: Limit
    absences: tuple[Absence, ...] = ()

    def away_on(self, day: date) -> bool:
        return any(each.covers(day) for each in self.absences)


def week_of(day: date) -> str:
    """The ISO week, such as `2026-W49`; weeks begin on Monday."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def tidy_limit(number: int | None) -> int | None:
    if number is not None and not 0 <= number <= MOST_A_WEEK:
        raise InputError(f"Enter 0 to {MOST_A_WEEK} interviews a week, or leave it empty for no limit.")
    return number


def check_days(first_day: date, last_day: date) -> None:
    if last_day < first_day:
        raise InputError("The last day away is before the first. Change one of them.")
