"""The data of a figure as CSV that spreadsheets open: with a mark of its encoding, and no cell that runs."""

import csv
import io
from collections.abc import Iterable, Sequence

from panel.exporting.cells import guarded

Cell = str | int | float | None


def figure_csv(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Numbers as they are, with a point; None is an empty cell."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([guarded(each) for each in columns])
    for row in rows:
        writer.writerow([_cell(each) for each in row])
    return text.getvalue().encode("utf-8-sig")


def _cell(value: Cell) -> str | int:
    if isinstance(value, float):
        return f"{value:.6g}"
    return guarded(value) if isinstance(value, str) else "" if value is None else value
