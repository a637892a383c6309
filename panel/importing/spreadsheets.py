"""Excel workbooks (.xlsx) -> questions: every sheet with content, the values of its cells and not their formulas."""

import io
import re
import zipfile
from collections.abc import Mapping

from openpyxl import load_workbook
from openpyxl.cell.read_only import ReadOnlyCell

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
COMPUTED_TEXT = "str"  # the type of a cell whose formula gave a text, also an empty one
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
MOST_UNPACKED = 200 * 1024 * 1024  # bytes; a workbook of ten megabytes that unpacks to more is no list of questions
MOST_SHEETS = 100


def read_workbook(data: bytes, *, columns: Mapping[str, str] | None = None) -> Reading:
    """Read all sheets; a sheet's name is the category of questions that name none, where there are several sheets.

    Raises InputError for a damaged or oversized workbook, and when `columns` fit no sheet.
    """
    sheets = sheets_of(data)
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


def sheets_of(data: bytes) -> list[tuple[str, list[Row], list[Problem]]]:
    """The sheets that hold anything, with their rows, and a problem for each formula whose value is unknown."""
    _refuse_bombs(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        found = [(sheet.title, _rows(sheet)) for sheet in book.worksheets[:MOST_SHEETS]]
        unknown = _unknown_values(data) if _has_formulas(data) else {}
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


def _unknown_values(data: bytes) -> dict[str, list[Problem]]:
    """By sheet, the cells that hold a formula and no value: the program that wrote them computed none."""
    formulas, values = (
        load_workbook(io.BytesIO(data), read_only=True, data_only=data_only, keep_links=False)
        for data_only in (False, True)
    )
    found: dict[str, list[Problem]] = {}
    for sheet, computed in list(zip(formulas.worksheets, values.worksheets, strict=True))[:MOST_SHEETS]:
        both = (each.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS) for each in (sheet, computed))
        problems = [
            _not_stored(cell)
            for row, values_of_row in zip(*both, strict=True)
            for cell, value in zip(row, values_of_row, strict=True)
            if cell.data_type == "f" and value.value is None and value.data_type != COMPUTED_TEXT
        ]
        if problems:
            found[sheet.title] = problems
    return found


def _not_stored(cell: ReadOnlyCell) -> Problem:
    formula = str(
        getattr(cell.value, "text", None) or cell.value
    )  # a formula over several cells is an object with a text
    return Problem(cell.row, quoted(formula), NOT_STORED.format(cell=cell.coordinate))


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
