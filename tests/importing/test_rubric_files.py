"""Rubrics written to a file read back the same; what cannot be read is named by rubric, level and field."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panel.domain.rubrics import Anchor, FiledRubric, Rubric
from panel.domain.text import CONTROL, plain_lines
from panel.exporting.rubrics import CSV_COLUMNS, Format, exported
from panel.importing.rubrics import COLUMNS, LARGEST, RubricReading, read_rubrics
from tests.factories import a_rubric, toml

HEADING = ",".join(CSV_COLUMNS)


def filed(rubric: Rubric, **changes: object) -> FiledRubric:
    return FiledRubric.model_validate(rubric.model_dump() | changes)


def read(text: str, name: str) -> RubricReading:
    return read_rubrics(name, text.encode())


# ---- what is written reads back ----------------------------------------------------------------------------------

LINES = st.text(max_size=60).filter(lambda text: not CONTROL.search(text)).map(lambda text: plain_lines(text).strip())
LABELS = LINES.map(lambda text: " ".join(text.split())).filter(bool)
KEYS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)


@st.composite
def rubrics(draw: st.DrawFn) -> FiledRubric:
    anchors = tuple(
        Anchor(level=level, label=draw(LABELS), text=draw(LINES)) for level in range(1, draw(st.integers(3, 7)) + 1)
    )
    facts = Rubric(key=draw(KEYS), name=draw(LABELS), competency=draw(LABELS), about=draw(LINES), anchors=anchors)
    return filed(facts, state=draw(st.sampled_from(["draft", "retired"])))


@pytest.mark.parametrize("form", ["toml", "csv"])
@given(written=st.lists(rubrics(), min_size=1, max_size=3, unique_by=lambda each: each.key))
@settings(max_examples=60, deadline=None)
def test_what_is_written_reads_back_the_same(form: Format, written: list[FiledRubric]) -> None:
    assert read(exported(written, form), f"rubrics.{form}") == RubricReading(tuple(written), ())


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", " =", "'=", "''", "'"])
def test_no_cell_can_be_run_as_a_formula_and_nothing_is_lost(start: str) -> None:
    rubric = a_rubric().model_copy(update={"about": f"{start}cmd()|calc".strip()})
    text = exported([filed(rubric)], "csv")
    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert read(text, "rubrics.csv") == RubricReading((filed(rubric),), ())


def test_one_rubric_is_written_as_its_file_in_rubrics_holds_it() -> None:
    lines = exported([filed(a_rubric(levels=3))], "toml").splitlines()
    assert [line for line in lines if line][:8] == [
        'key = "technical-depth"',
        'name = "Technical depth"',
        'competency = "Technical depth"',
        'about = "How technical-depth is heard."',
        "[[anchors]]",
        "level = 1",
        'label = "Label 1"',
        'text = "technical-depth: behaviour of level 1."',
    ]


def test_writer_and_reader_know_the_same_columns() -> None:
    assert COLUMNS == CSV_COLUMNS


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_that_a_spreadsheet_saved_is_read(mark: bytes, delimiter: str) -> None:
    out = io.StringIO()
    rows = csv.reader(io.StringIO(exported([filed(a_rubric())], "csv")))
    csv.writer(out, delimiter=delimiter).writerows([*rows, [""] * 8])
    found = read_rubrics("Rubrics.CSV", mark + out.getvalue().encode())
    assert found == RubricReading((filed(a_rubric()),), ())


def test_what_belongs_to_the_whole_rubric_may_stand_in_its_first_row_only() -> None:
    rows = [
        HEADING, "care,Care,Data sense,What is asked.,,1,Takes it,Asks nothing.", "care,,,,,2,Looks,Asks where from.",
        "care,,,,,3,Checks,Names a check.",
    ]  # fmt: skip
    (rubric,) = read("\n".join(rows), "a.csv").rubrics
    assert (rubric.name, rubric.about, rubric.state) == ("Care", "What is asked.", "active")
    assert [(each.level, each.label, each.text) for each in rubric.anchors] == [
        (1, "Takes it", "Asks nothing."), (2, "Looks", "Asks where from."), (3, "Checks", "Names a check."),
    ]  # fmt: skip


# ---- what cannot be read -----------------------------------------------------------------------------------------

GOOD = toml(a_rubric("good", levels=3), tables="anchors")


@pytest.mark.parametrize(
    ("text", "errors"),
    [
        (GOOD.replace('name = "Technical depth"\n', ""), ["rubric 1 (good): field name: is missing; add it."]),
        (GOOD.replace('label = "Label 2"\n', ""), ["rubric 1 (good): anchor 2, field label: is missing; add it."]),
        (
            GOOD.replace('label = "Label 2"', 'label = "Label 2"\nlevels = 1'),
            [
                "rubric 1 (good): anchor 2 (Label 2), field levels: is not a known field; "
                "check its spelling or remove it."
            ],
        ),
        (
            GOOD.replace('text = "good: behaviour of level 2."', ""),
            ['rubric 1 (good): level 2 (Label 2) has no text; add what is missing, or set state = "draft".'],
        ),
        (
            GOOD.replace("level = 2", "level = 3"),
            ["rubric 1 (good): levels must run 1, 2, 3, … in order without a gap; they are [1, 3, 3]."],
        ),
        (
            'state = "asleep"\n' + GOOD.replace("level = 1", 'level = "one"'),
            [
                "rubric 1 (good): anchor 1 (Label 1), field level: Input should be a valid integer, "
                "unable to parse string as an integer.",
                "rubric 1 (good): field state: Input should be 'draft', 'active' or 'retired'.",
            ],
        ),
    ],
    ids=["no name", "no label", "unknown field", "no anchor", "gap", "two at once"],
)
def test_every_error_names_rubric_level_and_field(text: str, errors: list[str]) -> None:
    found = read(text, "a.toml")
    assert found.rubrics == ()
    assert [line for error in found.errors for line in error.splitlines()] == [f"a.toml, {each}" for each in errors]


def test_a_bad_rubric_does_not_lose_the_others() -> None:
    inside = "".join(
        f"[[rubrics]]\n{toml(a_rubric(key), tables='anchors').replace('[[anchors]]', '[[rubrics.anchors]]')}\n"
        for key in ("one", "two", "three")
    )
    broken = inside.replace('key = "two"', 'key = "Not A Key"') + '\n[[rubrics]]\nkey = "one"\n'
    found = read(broken, "a.toml")
    assert [each.key for each in found.rubrics] == ["one", "three"]
    assert [each.split(": ")[0] for error in found.errors for each in error.splitlines()] == [
        "a.toml, rubric 2 (Not A Key)",
        *["a.toml, rubric 4 (one)"] * 3,
    ]


def test_a_key_that_stands_twice_is_told_and_the_first_counts() -> None:
    first, second = filed(a_rubric("one")), filed(a_rubric("one", "Another"))
    found = read(exported([first, second], "toml"), "a.toml")
    assert found == RubricReading(
        (first,), ("a.toml, rubric 2 (one): the key stands in this file already; the first one counts.",)
    )


@pytest.mark.parametrize(
    ("rows", "errors"),
    [
        (
            ["care,Care,Data,About.,,1,A,Does.", "care,Caring,,,,2,B,Does more.", "care,,,,,three,C,Does most."],
            [
                "a.csv, rubric care: row 3, column name: says something else than the rows before; make them alike.",
                "a.csv, rubric 1 (care): anchor 3 (C), field level: Input should be a valid integer, "
                "unable to parse string as an integer.",
            ],
        ),
        (
            [",Care,Data,About.,,1,A,Does."],
            ["a.csv: row 2, column rubric: is empty; write the key of the rubric."],
        ),
    ],
    ids=["rows that differ", "no key"],
)
def test_rows_that_cannot_be_read_are_named(rows: list[str], errors: list[str]) -> None:
    found = read("\n".join([HEADING, *rows]), "a.csv")
    assert [line for error in found.errors for line in error.splitlines()] == errors


def test_columns_that_are_missing_unknown_or_twice_are_named() -> None:
    assert read("rubric,name,name,level,label,colour\n", "a.csv").errors == (
        "a.csv: column competency: is missing; add it.\n"
        "a.csv: column anchor: is missing; add it.\n"
        "a.csv: column colour: is not a known column; check its spelling or remove it.\n"
        "a.csv: column name: stands twice; remove one.",
    )


@pytest.mark.parametrize(
    ("name", "data", "start"),
    [
        ("a.toml", b"key = ", "a.toml: is not valid TOML: "),
        ("a.toml", b"x = " + b"[" * 5000, "a.toml: is not valid TOML: "),
        ("a.toml", b"rubrics = 3", "a.toml: field rubrics: must be a list of rubrics, each under [[rubrics]]."),
        ("a.toml", b"rubrics = [3]", "a.toml, rubric 1: is not a rubric; each stands under [[rubrics]]."),
        ("a.toml", b"colour = 1\nrubrics = []", "a.toml: field colour: is not a known field beside [[rubrics]]; "),
        ("a.toml", b"", "a.toml, rubric 1: field key: is missing; add it."),
        ("a.toml", b"\xff", "a.toml: is not UTF-8 text (byte 0). Save it as UTF-8."),
        ("a.csv", b"", "a.csv: column rubric: is missing; add it."),
        ("a.csv", b"\x00,\x00", "a.csv: "),
        ("a.csv", HEADING.encode() + b'\n"' + b"x" * 200_000, "a.csv: is not valid CSV: "),
        ("a.toml", b"#" * (LARGEST + 1), "a.toml: is larger than 2 MB. Bring the rubrics in several files."),
    ],
    ids=[
        "broken", "deep", "no list", "no table", "beside", "empty", "encoding", "empty table", "zero bytes",
        "endless cell", "large",
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_why(name: str, data: bytes, start: str) -> None:
    found = read_rubrics(name, data)
    assert found.rubrics == ()
    assert found.errors[0].startswith(start)
