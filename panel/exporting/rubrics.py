"""Rubrics as text: TOML as `rubrics/` holds them, one a file or several in one; CSV with a row a level."""

import csv
import io
from collections.abc import Iterable
from typing import Literal

import tomlkit

from panel.domain.rubrics import FiledRubric
from panel.exporting.cells import guarded
from panel.exporting.toml import document_table

Format = Literal["toml", "csv"]
FORMATS: dict[Format, str] = {"toml": "TOML", "csv": "CSV"}
CSV_COLUMNS = ("rubric", "name", "competency", "about", "state", "level", "label", "anchor")


def exported(rubrics: Iterable[FiledRubric], form: Format) -> str:
    """The rubrics in their order; `panel.importing.rubrics` reads both forms back without loss."""
    return {"toml": as_toml, "csv": as_csv}[form](list(rubrics))


def as_toml(rubrics: list[FiledRubric]) -> str:
    """One rubric as a file of `rubrics/` holds it; several as `[[rubrics]]`."""
    if len(rubrics) == 1:
        return _whole(rubrics[0])
    document = tomlkit.document()
    tables = tomlkit.aot()
    for each in rubrics:
        tables.append(document_table(each))
    document.append("rubrics", tables)
    return tomlkit.dumps(document)


def _whole(rubric: FiledRubric) -> str:
    document = tomlkit.document()
    for name, value in document_table(rubric).items():
        document.append(name, value)
    return tomlkit.dumps(document)


def as_csv(rubrics: list[FiledRubric]) -> str:
    """One row a level, what belongs to the whole rubric repeated on each, every cell safe from being run."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    for each in rubrics:
        whole = (each.key, each.name, each.competency, each.about, each.state)
        for anchor in each.anchors:
            writer.writerow([guarded(cell) for cell in (*whole, str(anchor.level), anchor.label, anchor.text)])
    return out.getvalue()
