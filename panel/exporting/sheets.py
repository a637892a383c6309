"""A table as an XLSX file, for a million rows in seconds: every distinct value is made a cell once.

openpyxl, which makes an object of each cell, takes minutes. What is written is the least that ECMA-376 (Office Open
XML, part 1, sec. 18) asks of a workbook; texts are shared strings, which no spreadsheet runs as a formula.
"""

import re
import zipfile
from typing import Any, BinaryIO

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute
from markupsafe import escape

MOST_ROWS = 1_048_575  # below the heading
LONGEST_TEXT = 32_767
ROWS_AT_ONCE = 65_536
FIRST_DAY = pd.Timestamp("1899-12-30")  # day 0 of spreadsheets, which count a day that 1900 did not have
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LIKE_AN_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # would be read as a character by its number

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PARTS = {
    "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{TYPE}.sharedStrings+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{TYPE}.styles+xml"/></Types>',
    "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    f'<Relationship Id="rId3" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
    "xl/styles.xml": f'{HEAD}<styleSheet xmlns="{MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts>'
    '<fonts count="2"><font/><font><b/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="3"><xf xfId="0"/><xf xfId="0" numFmtId="164" applyNumberFormat="1"/>'
    '<xf xfId="0" fontId="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>',
}
SHEET_BEGINS = (
    f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
)


class _Strings:
    """The shared strings, each with its place."""

    def __init__(self) -> None:
        self.places: dict[str, int] = {}

    def place(self, text: str) -> int:
        return self.places.setdefault(text, len(self.places))

    def as_xml(self) -> str:
        texts = "".join(f'<si><t xml:space="preserve">{_safe(each)}</t></si>' for each in self.places)
        return f'{HEAD}<sst xmlns="{MAIN}" uniqueCount="{len(self.places)}">{texts}</sst>'


def write_sheet(table: pd.DataFrame, out: BinaryIO, *, name: str) -> None:
    """Write a workbook of one sheet; what is missing is an empty cell, and the headings stay in view. The caller has
    seen to it that no more than MOST_ROWS rows come."""
    strings = _Strings()
    headings = "".join(f'<c s="2" t="s"><v>{strings.place(each)}</v></c>' for each in table.columns)
    columns = [_cells(table[each], strings) for each in table.columns]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for part, text in PARTS.items():
            package.writestr(part, text)
        package.writestr("xl/workbook.xml", _workbook(name))
        with package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f"{SHEET_BEGINS}<row>{headings}</row>".encode())
            for start in range(0, len(table), ROWS_AT_ONCE):
                sheet.write(_rows([each.slice(start, ROWS_AT_ONCE) for each in columns]))
            sheet.write(b"</sheetData></worksheet>")
        package.writestr("xl/sharedStrings.xml", strings.as_xml())


def _rows(columns: list[pa.DictionaryArray]) -> memoryview:
    """The rows' XML: the bytes of joined texts lie one after the other in memory."""
    texts = [each.dictionary_decode() for each in columns]
    joined = pa.compute.binary_join_element_wise("<row>", *texts, "</row>", "")
    begins = np.frombuffer(joined.buffers()[1], dtype=np.int32)[joined.offset : joined.offset + len(joined) + 1]
    return memoryview(joined.buffers()[2])[begins[0] : begins[-1]]


def _cells(column: pd.Series, strings: _Strings) -> pa.DictionaryArray:
    """The cell of each row as XML: places in the cells of the column's distinct values, the last an empty one."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        places, distinct = column.cat.codes.to_numpy(), list(column.cat.categories)
    else:
        places, found = pd.factorize(column)
        distinct = list(found)
    cells = [*(_cell(each, strings) for each in distinct), "<c/>"]
    whole = np.where(places < 0, len(cells) - 1, places).astype(np.int32)
    return pa.DictionaryArray.from_arrays(pa.array(whole), pa.array(cells, pa.string()))


def _cell(value: Any, strings: _Strings) -> str:
    if isinstance(value, str):
        return f'<c t="s"><v>{strings.place(value)}</v></c>'
    if isinstance(value, bool | np.bool_):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, pd.Timestamp):
        return f'<c s="1"><v>{(value - FIRST_DAY) / pd.Timedelta(days=1)!r}</v></c>'
    return f"<c><v>{value:.15g}</v></c>"


def _workbook(name: str) -> str:
    return (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        f'<sheet name="{escape(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )


def _safe(text: str) -> str:
    return str(escape(LIKE_AN_ESCAPE.sub("_x005F_", NO_XML.sub("", text[:LONGEST_TEXT]))))
