"""The table of ratings in its three forms: the same rows come back, and no spreadsheet runs a cell."""

import csv
import io
from typing import Any

import openpyxl
import pandas as pd
import pytest

from panel.errors import InputError
from panel.exporting import sheets
from panel.exporting.ratings import COLUMNS, FORMATS, Format, require_rows_of_a_sheet, write_table

HOSTILE = ('=HYPERLINK("http://evil.example")', "@SUM(A1)", '<b>&"x"</b>\n+1', "Ada _x0041_ ", "पूजा 東京")
TIMES = pd.to_datetime(
    ["2026-03-02 09:00:00", "2026-03-02 09:30:30", None, "2026-03-03 00:00:00", "2026-03-04 00:00:00"]
)


def a_table(names: tuple[str, ...] = HOSTILE) -> pd.DataFrame:
    """Five ratings, of which the second is missing its score and the third its time."""
    texts = {name: pd.Categorical([f"{name}-{row % 2}" for row in range(5)]) for name in COLUMNS}
    numbers: dict[str, Any] = {
        "score": [4.0, None, 1.0, 5.0, 2.0], "levels": [5] * 5, "weight": [1.0, 0.5, 1.0, 1.0, 2.0],
        "counts": [True, True, False, True, True], "plan_version": [1, 1, 2, 2, 3],
        "started": TIMES.astype("datetime64[us]"), "submitted": TIMES.astype("datetime64[us]"),
        "candidate": pd.Categorical(names),
    }  # fmt: skip
    return pd.DataFrame(texts | numbers)[list(COLUMNS)]


def written(form: Format, table: pd.DataFrame) -> io.BytesIO:
    out = io.BytesIO()
    assert write_table(table, form, out) == len(table)
    out.seek(0)
    return out


def test_parquet_gives_the_same_table_back_with_every_type_and_text() -> None:
    table = a_table()
    found = pd.read_parquet(written("parquet", table))
    pd.testing.assert_frame_equal(found, table, check_dtype=False, check_categorical=False)
    assert {name: str(found[name].dtype) for name in ("target", "score", "levels", "counts")} == {
        "target": "category", "score": "float64", "levels": "int64", "counts": "bool",
    }  # fmt: skip
    assert str(found["started"].dtype).startswith("datetime64")


def test_csv_holds_the_same_with_its_formulas_marked_as_text() -> None:
    text = written("csv", a_table()).getvalue()
    assert text.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert [row["candidate"] for row in rows] == [
        "'=HYPERLINK(\"http://evil.example\")", "'@SUM(A1)", "<b>&\"x\"</b>\n'+1", "Ada _x0041_ ", "पूजा 東京",
    ]  # fmt: skip
    assert [(row["score"], row["levels"], row["counts"], row["started"]) for row in rows] == [
        ("4", "5", "TRUE", "2026-03-02 09:00:00"), ("", "5", "TRUE", "2026-03-02 09:30:30"), ("1", "5", "FALSE", ""),
        ("5", "5", "TRUE", "2026-03-03 00:00:00"), ("2", "5", "TRUE", "2026-03-04 00:00:00"),
    ]  # fmt: skip


def test_xlsx_opens_with_numbers_times_and_texts_that_are_no_formulas() -> None:
    table = a_table()
    book = openpyxl.load_workbook(written("xlsx", table))
    (sheet,) = book.worksheets
    assert sheet.title == "ratings"
    headings, *rows = [list(row) for row in sheet.iter_rows()]
    assert tuple(cell.value for cell in headings) == COLUMNS
    found = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    assert [row["candidate"].value for row in found] == [
        "'=HYPERLINK(\"http://evil.example\")", "'@SUM(A1)", "<b>&\"x\"</b>\n'+1", "Ada _x0041_ ", "पूजा 東京",
    ]  # fmt: skip
    assert {cell.data_type for row in rows for cell in row} == {"s", "n", "b", "d"}
    assert [row["score"].value for row in found] == [4, None, 1, 5, 2]
    assert [row["weight"].value for row in found] == [1, 0.5, 1, 1, 2]
    assert [row["counts"].value for row in found] == [True, True, False, True, True]
    assert [row["submitted"].value for row in found] == [
        None if pd.isna(each) else each.to_pydatetime() for each in TIMES
    ]


def test_a_sheet_that_is_written_part_by_part_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "ROWS_AT_ONCE", 1000)
    many = pd.DataFrame({"score": [4.0, None, 1.0] * 900, "target": pd.Categorical(["ana", "bo", "cy"] * 900)})
    out = io.BytesIO()
    sheets.write_sheet(many, out, name="ratings")
    rows = list(openpyxl.load_workbook(out, read_only=True).worksheets[0].iter_rows(min_row=2, values_only=True))
    assert rows == [(4, "ana"), (None, "bo"), (1, "cy")] * 900


@pytest.mark.parametrize("form", FORMATS)
def test_no_rows_make_a_file_with_the_headings(form: Format) -> None:
    out = written(form, a_table().iloc[:0])
    found = {"parquet": pd.read_parquet, "csv": pd.read_csv, "xlsx": pd.read_excel}[form](out)
    assert (tuple(found.columns), len(found)) == (COLUMNS, 0)


def test_a_sheet_that_is_too_small_is_refused_in_words() -> None:
    require_rows_of_a_sheet(1_048_575)
    with pytest.raises(InputError, match=r"at most 1,048,576 rows.*these are 1,048,576 ratings. Take Parquet or CSV"):
        require_rows_of_a_sheet(1_048_576)
