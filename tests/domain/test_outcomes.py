"""What may be entered of how somebody did later."""

from datetime import date
from typing import Any

import pytest

from panel.domain.outcomes import read_day, read_number, tidy_outcome
from panel.errors import InputError

TODAY = date(2026, 6, 30)


def tidy(**changes: Any) -> Any:
    facts: dict[str, Any] = {
        "candidate_id": "priya", "on": date(2026, 5, 31), "criterion": " Manager's   rating ", "value": 4.0,
        "low": 1.0, "high": 5.0,
    }  # fmt: skip
    return tidy_outcome(**(facts | changes), today=TODAY)


def test_an_outcome_is_a_place_on_its_scale() -> None:
    found = tidy()
    assert (found.criterion, found.share) == ("Manager's rating", 0.75)
    assert tidy(value=5, low=0, high=10).share == 0.5


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"criterion": "  "}, "Name the criterion, such as"),
        ({"criterion": "x" * 81}, "at most 80 characters"),
        ({"criterion": "a\x07b"}, "as plain text"),
        ({"value": float("nan")}, "as numbers"),
        ({"high": float("inf")}, "as numbers"),
        ({"low": 5, "high": 5}, "The scale ends at 5, which is not above 5"),
        ({"value": 7}, "7 is not on the scale from 1 to 5"),
        ({"on": date(2026, 7, 1)}, "2026-07-01 is still to come"),
        ({"on": date(1926, 7, 1)}, "too long ago"),
    ],
)
def test_what_is_refused_says_what_to_change(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        tidy(**changes)


def test_days_and_numbers_as_people_and_spreadsheets_write_them() -> None:
    assert read_day(" 2026-05-31 ") == read_day("2026-05-31 00:00:00") == date(2026, 5, 31)
    assert [read_number(each, "x") for each in ("4", "4.5", "4,5", "−1", "+.5", "٣")] == [4, 4.5, 4.5, -1, 0.5, 3]
    for text in ("31.05.2026", "2026-02-30", "soon", "", "2026-05-31T10:00"):
        with pytest.raises(InputError, match="is not a day"):
            read_day(text)
    for text in ("four", "=1+1", "1e999", "nan", "inf", "1,234.5", "", "0x10"):
        with pytest.raises(InputError, match="is not a number; the value is needed"):
            read_number(text, "the value")
