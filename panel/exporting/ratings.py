"""The table of ratings as a file: Parquet for programs, CSV for any, XLSX for a spreadsheet. Made for a million rows.

pyarrow writes Parquet and CSV because it keeps each text once; it comes with streamlit.
"""

from typing import BinaryIO, Literal

import pandas as pd
import pyarrow as pa
import pyarrow.compute
import pyarrow.csv
import pyarrow.parquet

from panel.errors import InputError
from panel.exporting.cells import guarded
from panel.exporting.sheets import MOST_ROWS, write_sheet

Format = Literal["parquet", "csv", "xlsx"]
FORMATS: dict[Format, str] = {"parquet": "Parquet", "csv": "CSV", "xlsx": "Excel"}
COLUMNS = (
    "target", "rater", "item", "score", "outcome", "competency", "levels", "weight", "counts", "sitting",
    "candidate", "interviewer", "question", "role", "plan", "plan_version", "round", "started", "submitted",
    "question_key", "role_id", "plan_id", "round_id", "interview", "scorecard",
)  # fmt: skip
MARK = b"\xef\xbb\xbf"  # by which spreadsheets know UTF-8
ROWS_AT_ONCE = 65_536


def write_table(table: pd.DataFrame, form: Format, out: BinaryIO) -> int:
    """Write the columns of COLUMNS, texts as categories; the number of rows. Raises InputError where a sheet is too
    small.

    CSV and XLSX, which spreadsheets open, hold no text that is run as a formula; Parquet holds texts as they are.
    """
    if form == "parquet":
        pa.parquet.write_table(_arrow(table), out, compression="zstd")
    elif form == "csv":
        _write_csv(_arrow(_guarded(table)), out)
    else:
        require_rows_of_a_sheet(len(table))
        write_sheet(_guarded(table), out, name="ratings")
    return len(table)


def require_rows_of_a_sheet(rows: int) -> None:
    if rows > MOST_ROWS:
        raise InputError(
            f"A sheet holds at most {MOST_ROWS + 1:,} rows, the heading among them; these are {rows:,} ratings. "
            "Take Parquet or CSV, or choose fewer by role, plan or day."
        )


def _arrow(table: pd.DataFrame) -> pa.Table:
    return pa.Table.from_pandas(table, preserve_index=False)


def _write_csv(table: pa.Table, out: BinaryIO) -> None:
    """With times in whole seconds, and TRUE and FALSE, which R and spreadsheets read as such too."""
    plain = table
    for place, field in enumerate(table.schema):
        if pa.types.is_timestamp(field.type):
            plain = plain.set_column(place, field.name, table[place].cast(pa.timestamp("s"), safe=False))
        elif pa.types.is_boolean(field.type):
            words = pa.compute.if_else(table[place], "TRUE", "FALSE")
            plain = plain.set_column(place, field.name, words)
    out.write(MARK)
    with pa.csv.CSVWriter(out, plain.schema, write_options=pa.csv.WriteOptions(quoting_style="needed")) as writer:
        for batch in plain.to_batches(max_chunksize=ROWS_AT_ONCE):
            writer.write_batch(batch)


def _guarded(table: pd.DataFrame) -> pd.DataFrame:
    """Every text made safe once, not once a row."""
    safe = table.copy(deep=False)
    for name in table.columns:
        if isinstance(table[name].dtype, pd.CategoricalDtype):
            texts = table[name].cat.categories
            marked = [guarded(each) for each in texts]
            if marked != list(texts):
                safe[name] = table[name].cat.rename_categories(dict(zip(texts, marked, strict=True)))
    return safe
