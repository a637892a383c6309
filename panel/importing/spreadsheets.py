"""Excel workbooks (.xlsx) -> questions: every sheet with content, the values of its cells and not their formulas."""

import io
import re
import zipfile
from collections.abc import Mapping

from openpyxl import load_workbook

from panel.errors import InputError
from panel.importing.cells import cell_text
from panel.importing.found import Columns, FoundQuestion, Problem, Reading
from panel.importing.ledger import quoted
from panel.importing.tables import MOST_COLUMNS, MOST_ROWS, Row, read_rows

KIND = "spreadsheet"
NOT_STORED = (
    "Cell {cell} holds a formula whose value is not stored, so it came in empty. "
    "Open the workbook in a spreadsheet program and save it again, or type the text."
)
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
MOST_UNPACKED = 200 * 1024 * 1024  # bytes; a workbook of ten megabytes that unpacks to more is no list of questions
MOST_SHEETS = 100


def read_workbook(data: bytes, *, columns: Mapping[str, str] | None = None) -> Reading:
    """Read all sheets; a sheet's name is the category of questions that name none, where there are several sheets.

    Raises InputError for a damaged or oversized workbook, and when `columns` fit no sheet.
    """
    sheets = _sheets(data)
    questions: list[FoundQuestion] = []
    problems: list[Problem] = []
    first: Columns | None = None
    refused: InputError | None = None
    for name, rows, unknown in sheets:
        try:
            reading = read_rows(rows, KIND, columns=columns, category=name if len(sheets) > 1 else "")
        except InputError as error:
            refused = refused or error
            continue
        first = first or reading.columns
        questions += reading.questions
        told = sorted([*reading.problems, *unknown], key=lambda problem: problem.line)
        problems += [_of_sheet(problem, name, several=len(sheets) > 1) for problem in told]
    if refused and first is None:
        raise refused
    return Reading(KIND, tuple(questions), tuple(problems), first)


def _sheets(data: bytes) -> list[tuple[str, list[Row], list[Problem]]]:
    """The sheets that hold anything, with their rows, and a problem for each formula whose value is unknown."""
    _refuse_bombs(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        found = [(sheet.title, _rows(sheet)) for sheet in book.worksheets[:MOST_SHEETS]]
        unknown = _unknown_values(data, dict(found)) if _has_formulas(data) else {}
    except InputError:
        raise
    except Exception as error:  # openpyxl lets through whatever its parsers raise
        raise InputError(
            "This Excel workbook cannot be opened; it may be damaged or locked with a password. "
            "Open it in a spreadsheet program and save it again, or save it as CSV."
        ) from error
    return [
        (name, rows, unknown.get(name, []))
        for name, rows in found
        if unknown.get(name) or any(cell for row in rows for cell in row.cells)
    ]


def _has_formulas(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(FORMULA.search(archive.read(name)) for name in names)


def _unknown_values(data: bytes, values: Mapping[str, list[Row]]) -> dict[str, list[Problem]]:
    """By sheet, the cells that hold a formula and in `values` nothing: the program that wrote them computed none."""
    book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    found: dict[str, list[Problem]] = {}
    for sheet in book.worksheets[:MOST_SHEETS]:
        filled = {row.number: row.cells for row in values.get(sheet.title, [])}
        for cells in sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS):
            for cell in cells:
                if cell.value is None or cell.data_type != "f":
                    continue
                texts = filled.get(cell.row, ())
                if not (cell.column <= len(texts) and texts[cell.column - 1]):
                    reason = NOT_STORED.format(cell=cell.coordinate)
                    found.setdefault(sheet.title, []).append(Problem(cell.row, quoted(str(cell.value)), reason))
    return found


def _rows(sheet: object) -> list[Row]:
    cells = sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True)  # type: ignore[attr-defined]
    rows = [Row(number, tuple(map(cell_text, values))) for number, values in enumerate(cells, start=1)]
    if len(rows) > MOST_ROWS and any(rows[-1].cells):
        raise InputError(f"A sheet has more than {MOST_ROWS:,} rows. Split it into several files.")
    width = max((at + 1 for row in rows for at, cell in enumerate(row.cells) if cell), default=0)
    return [Row(row.number, row.cells[:width]) for row in rows]


def _refuse_bombs(data: bytes) -> None:
    try:
        unpacked = sum(each.file_size for each in zipfile.ZipFile(io.BytesIO(data)).infolist())
    except zipfile.BadZipFile as error:
        raise InputError("This Excel workbook is damaged. Save it again in a spreadsheet program.") from error
    if unpacked > MOST_UNPACKED:
        raise InputError(
            f"This workbook unpacks to {unpacked // 1024 // 1024:,} MB, which is too much. "
            "Save the sheet with the questions as CSV and upload that."
        )


def _of_sheet(problem: Problem, name: str, *, several: bool) -> Problem:
    if not several:
        return problem
    return Problem(problem.line, problem.text, f'Sheet "{name}": {problem.reason}', problem.category or name[:120])
