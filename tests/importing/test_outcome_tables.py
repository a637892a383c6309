"""Tables of outcomes as people have them."""

import io
from datetime import datetime
from typing import Any

import openpyxl
import pytest

from panel.errors import InputError
from panel.importing.outcomes import MOST, OutcomeRow, read_outcome_file, read_outcome_text

ROW = {"candidate": "Priya", "on": "2026-05-31", "criterion": "Pace", "value": "4", "low": "1", "high": "5"}


def a_workbook(*rows: list[Any]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "candidate,date,criterion,value,low,high\nPriya,2026-05-31,Pace,4,1,5\n",
        "Name\tObserved on\tMeasure\tRating\tMin\tMax\n\nPriya\t2026-05-31\tPace\t4\t1\t5",
        "﻿NAME;Date;Criterion;Value;Scale_low;Highest;remark\r\nPriya;2026-05-31;Pace;4;1;5;none\r\n",
    ],
    ids=["commas", "pasted from a sheet", "semicolons and a mark"],
)
def test_text_in_its_kinds(text: str) -> None:
    for found in (read_outcome_text(text), read_outcome_file(text.encode())):
        assert [each.texts for each in found] == [ROW]


def test_a_workbook_with_real_days_and_numbers_and_what_a_guard_marked_as_text() -> None:
    headings = ["Email", "Role", "Date", "Criterion", "Value", "Low", "High"]
    day = datetime(2026, 5, 31)
    found = read_outcome_file(a_workbook(headings, ["priya@example.org", "Engineer", day, "'=Pace", 4.5, 1, 5]))
    assert found == [
        OutcomeRow(
            2,
            {"email": "priya@example.org", "role": "Engineer", "on": "2026-05-31 00:00:00", "criterion": "=Pace",
             "value": "4.5", "low": "1", "high": "5"},
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "This file is empty"),
        (b"candidate,date,criterion,value,low,high\n", "only headings"),
        (b"candidate,when,value\nPriya,2026-05-31,4", "date, criterion, low, high are missing"),
        (b"date,criterion,value,low,high\n2026-05-31,Pace,4,1,5", "candidate or email is missing"),
        (b"%PDF-1.7 not a table", "PDF"),
        (b'candidate,date,criterion,value,low,high\nPriya,"2026-05-31,Pace,4,1,5\n' + b"x\n" * 30, "quotation mark"),
        (b"x" * (5 * 1024 * 1024 + 1), "at most 5 MB"),
        (b"candidate,date,criterion,value,low,high\n" + b"Priya,2026-05-31,Pace,4,1,5\n" * (MOST + 1), "at most 5,000"),
    ],
)
def test_what_is_no_table_of_outcomes_is_refused_in_words(data: bytes, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        read_outcome_file(data)
