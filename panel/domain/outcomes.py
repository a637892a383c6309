"""How people did after they were hired: one number on a criterion, on a day, on a scale that is named with it.

Whoever has an outcome was hired: that is what makes it one.
"""

import math
import re
from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from panel.domain.text import Name
from panel.errors import InputError

LONGEST_CRITERION = 80
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T]00:00(?::00(?:\.0+)?)?)?")  # a spreadsheet's day comes with midnight
NAME: TypeAdapter[str] = TypeAdapter(Name)


class NewOutcome(BaseModel):
    """What is entered of one person. `on` is the day of the observation, `low` and `high` are the ends of the scale."""

    model_config = ConfigDict(frozen=True)

    candidate_id: str
    on: date
    criterion: str
    value: float
    low: float
    high: float

    @property
    def share(self) -> float:
        """The place on the scale, from 0 to 1."""
        return (self.value - self.low) / (self.high - self.low)


class Outcome(NewOutcome):
    """As it is stored. `import_id` is empty for what was typed."""

    id: str
    import_id: str
    entered_by: str
    entered_at: datetime


def tidy_outcome(
    *, candidate_id: str, on: date, criterion: str, value: float, low: float, high: float, today: date
) -> NewOutcome:
    """Raises InputError saying what to change."""
    criterion = " ".join(criterion.split())
    if not criterion:
        raise InputError("Name the criterion, such as “manager's rating after six months”.")
    try:
        criterion = NAME.validate_python(criterion)
    except ValidationError as error:
        raise InputError("Name the criterion as plain text.") from error
    if len(criterion) > LONGEST_CRITERION:
        raise InputError(f"Name the criterion in at most {LONGEST_CRITERION} characters.")
    if not all(math.isfinite(each) for each in (value, low, high)):
        raise InputError("Enter the value and both ends of the scale as numbers.")
    if low >= high:
        raise InputError(f"The scale ends at {high:g}, which is not above {low:g} where it begins.")
    if not low <= value <= high:
        raise InputError(f"{value:g} is not on the scale from {low:g} to {high:g}.")
    if on > today:
        raise InputError(f"{on.isoformat()} is still to come. Enter the day of the observation.")
    if on.year < 1950:
        raise InputError(f"{on.isoformat()} is too long ago. Enter the day of the observation.")
    return NewOutcome(candidate_id=candidate_id, on=on, criterion=criterion, value=value, low=low, high=high)


def read_day(text: str) -> date:
    """A day as `2026-05-31`. Raises InputError."""
    found = DAY.fullmatch(text.strip())
    try:
        return date.fromisoformat(found[1] if found else "")
    except ValueError:
        raise InputError(f"“{text[:40]}” is not a day. Write it as 2026-05-31.") from None


def read_number(text: str, what: str) -> float:
    """A number with a point or a comma before its decimals. Raises InputError naming `what` it should have been."""
    plain = text.strip().replace("−", "-")  # spreadsheets write the minus sign
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    if not NUMBER.fullmatch(plain) or len(plain) > 30:
        raise InputError(f"“{text[:40]}” is not a number; {what} is needed.")
    return float(plain)
