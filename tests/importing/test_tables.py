"""CSV, TSV and workbooks: columns guessed or confirmed, rows that do not fit, cells that other programs would run."""

import io
import re
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from panel.errors import InputError
from panel.exporting.cells import QUESTION_COLUMNS
from panel.importing.found import Columns, FoundQuestion, Problem, Reading
from panel.importing.reading import read_document
from panel.importing.spreadsheets import read_workbook
from panel.importing.tables import read_delimited
from tests.importing.shown import aside, asked


def test_columns_are_guessed_by_their_headings() -> None:
    source = (
        "ID,Interview question,Model answer,Topic,Level,Follow-up questions,Skill,Time (min),Tags,Source\n"
        '1,What is rye?,"A grain,\nand a bread",Grain,Easy,Who grows it? | Where?,Baking,5,"old, dark",A book\n'
    )
    assert read_delimited(source) == Reading(
        "CSV",
        (
            FoundQuestion(
                "What is rye?",
                2,
                "Grain",
                "A grain,\nand a bread",
                ("Who grows it?", "Where?"),
                "introductory",
                "Baking",
                5,
                ("old", "dark"),
                source="A book",
            ),
        ),
        (),
        Columns(
            (
                "ID",
                "Interview question",
                "Model answer",
                "Topic",
                "Level",
                "Follow-up questions",
                "Skill",
                "Time (min)",
                "Tags",
                "Source",
            ),
            {
                "prompt": "Interview question",
                "answer": "Model answer",
                "category": "Topic",
                "difficulty": "Level",
                "follow_ups": "Follow-up questions",
                "competency": "Skill",
                "minutes": "Time (min)",
                "tags": "Tags",
                "source": "Source",
            },
        ),
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_told_from_the_rows(delimiter: str) -> None:
    rows = [["Question", "Answer"], ["What is rye?", "A grain"], ["And, then; what?", "More"]]
    source = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    assert asked(read_delimited(source)) == [("", "What is rye?", "A grain"), ("", "And, then; what?", "More")]


def test_a_table_without_headings_is_read_by_what_its_columns_hold() -> None:
    reading = read_delimited(
        "What is rye?,A grain that makes a dark bread,Easy,Grain\n"
        "What is oat?,A grain that horses like a lot,Hard,Grain\n"
        "What is salt?,A mineral that slows the yeast,Easy,Larder\n"
        "What is malt?,A grain that sprouted and dried,Easy,Grain\n"
    )
    assert reading.columns == Columns(
        ("Column 1", "Column 2", "Column 3", "Column 4"),
        {"prompt": "Column 1", "answer": "Column 2", "difficulty": "Column 3", "category": "Column 4"},
    )
    assert reading.questions[2] == FoundQuestion(
        "What is salt?", 3, "Larder", "A mineral that slows the yeast", difficulty="introductory"
    )


def test_confirmed_columns_are_all_that_is_read() -> None:
    source = "Frage,Lösung,Note\nWas ist Roggen?,Getreide,x\n"
    reading = read_delimited(source, columns={"prompt": "Frage", "answer": "Lösung", "category": ""})
    assert asked(reading) == [("", "Was ist Roggen?", "Getreide")]
    with pytest.raises(InputError) as refusal:
        read_delimited(source, columns={"prompt": "Question"})
    assert str(refusal.value) == 'The table has no column "Question". Its columns are "Frage", "Lösung", "Note".'


def test_a_table_without_a_column_of_questions_asks_for_one() -> None:
    reading = read_delimited("Name,Town\nAda,London\nGrace,New York\n")
    assert reading.questions == ()
    assert reading.problems == (
        Problem(
            1,
            "Name | Town\nAda | London\nGrace | New York",
            "No column with questions was found. Choose the column that holds them.",
        ),
    )
    assert reading.columns == Columns(("Name", "Town"), {})


def test_rows_that_do_not_fit_are_problems_and_the_others_are_read() -> None:
    reading = read_delimited(
        "question,answer,answer,\nWhat is rye?,A grain,x\n,An answer alone\nWhat, is, oat?,A,grain\n\nWhat is salt?\n"
    )
    assert asked(reading) == [("", "What is rye?", "A grain"), ("", "What is salt?", "")]
    assert reading.problems == (
        Problem(3, "An answer alone", "This row has no question in its question column."),
        Problem(
            4,
            "What | is | oat? | A | grain",
            "This row has 5 cells and the table 4 columns; its texts may have slipped.",
        ),
    )
    assert reading.columns == Columns(
        ("question", "answer", "answer (2)", "Column 4"), {"prompt": "question", "answer": "answer"}
    )


def test_the_guard_of_our_own_exports_against_formulas_is_taken_off() -> None:
    source = "Question,Answer\n\"'=SUM(A1) gives what?\",'-1\n'tis what?,'@home\n"
    assert asked(read_delimited(source)) == [("", "=SUM(A1) gives what?", "-1"), ("", "'tis what?", "@home")]


def test_five_thousand_rows_of_windows_1252_come_out_right() -> None:
    rows = [f"“Größe” – was ist {number}?;Antwort für 5 €;Maß" for number in range(5_000)]
    reading = read_document("fragen.csv", "\r\n".join(["Frage;Antwort;Kategorie", *rows]).encode("cp1252"))
    assert (len(reading.questions), reading.problems) == (5_000, ())
    assert reading.questions[-1] == FoundQuestion("“Größe” – was ist 4999?", 5_001, "Maß", "Antwort für 5 €")


def test_a_row_with_one_short_cell_names_the_section_of_the_rows_below() -> None:
    reading = read_delimited("Question,Answer\nGrain,\nWhat is rye?,A.\nWhat is oat?,B.\nLarder,\n")
    assert asked(reading) == [("Grain", "What is rye?", "A."), ("Grain", "What is oat?", "B.")]
    assert aside(reading) == [(5, "This row has no question in its question column.")]


def test_a_column_that_fills_no_field_is_a_problem_with_an_example() -> None:
    source = (
        "No,Question,Answer,Asked by,Used,Round\n1,What is rye?,A grain,Ada,x,\n2,What is oat?,One too,Grace,,\n"
        "3,What is salt?,A mineral,Ada,x,phone\n"
    )
    reading = read_delimited(source)
    assert asked(reading) == [
        ("", "What is rye?", "A grain"),
        ("", "What is oat?", "One too"),
        ("", "What is salt?", "A mineral"),
    ]
    reason = "This column fills no field; say which it is, or leave it behind."
    assert reading.problems == (Problem(1, "Asked by: Ada", reason), Problem(1, "Round: phone", reason))


def test_a_column_left_behind_on_purpose_is_no_problem() -> None:
    source = "Question,Answer,Asked by\nWhat is rye?,A grain,Ada\n"
    assert read_delimited(source, columns={"prompt": "Question", "answer": "Answer"}).problems == ()


def test_a_column_beside_those_of_our_own_table_is_a_problem() -> None:
    cells = dict.fromkeys(QUESTION_COLUMNS, "") | {"question": "What is rye?", "category": "Grain", "house": "North"}
    reading = read_delimited(",".join(cells) + "\n" + ",".join(cells.values()) + "\n")
    assert reading.questions == (FoundQuestion("What is rye?", 2, "Grain"),)
    assert reading.problems == (
        Problem(1, "house: North", "This column fills no field; say which it is, or leave it behind."),
    )


@pytest.mark.parametrize(
    ("headings", "row", "found"),
    [
        (
            "Question;Réponse;Thème;Difficulté;Relances;Durée",
            "Qu'est-ce que le seigle ?;Une céréale;Grain;difficile;Et l'avoine ?;5",
            FoundQuestion(
                "Qu'est-ce que le seigle ?", 2, "Grain", "Une céréale", ("Et l'avoine ?",), "advanced", "", 5
            ),
        ),
        (
            "FRAGE;LÖSUNG;Kategorie;Schwierigkeit;Nachfragen;Dauer",
            "Was ist Roggen?;Ein Getreide;Korn;leicht;Und Hafer?;5",
            FoundQuestion("Was ist Roggen?", 2, "Korn", "Ein Getreide", ("Und Hafer?",), "introductory", "", 5),
        ),
        (
            "Pregunta;Respuesta;Categoría;Dificultad;Competencia;Minutos",
            "¿Qué es el centeno?;Un cereal;Grano;intermedio;Oficio;5",
            FoundQuestion("¿Qué es el centeno?", 2, "Grano", "Un cereal", (), "intermediate", "Oficio", 5),
        ),
    ],
)
def test_columns_are_known_by_their_french_german_and_spanish_names(
    headings: str, row: str, found: FoundQuestion
) -> None:
    reading = read_delimited(f"{headings}\n{row}\n")
    assert reading.questions == (found,)
    assert reading.problems == ()


def test_a_column_of_long_texts_beside_the_questions_is_guessed_to_hold_answers() -> None:
    source = (
        "Question,Who,Was man hören will,Then ask\n"
        "What is rye?,Ada,A grain that makes a dark and rather sour loaf,Why is it dark or sour?\n"
        "What is oat?,Grace,A grain that horses like and that bakers add in flakes,Who eats it in the morning?\n"
    )
    reading = read_delimited(source)
    assert reading.columns == Columns(
        ("Question", "Who", "Was man hören will", "Then ask"), {"prompt": "Question", "answer": "Was man hören will"}
    )
    assert asked(reading)[0] == ("", "What is rye?", "A grain that makes a dark and rather sour loaf")
    assert [each.text for each in reading.problems] == ["Who: Ada", "Then ask: Why is it dark or sour?"]


def workbook(**sheets: list[list[object]]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_every_sheet_with_content_is_read_and_names_its_questions_category() -> None:
    data = workbook(
        Grain=[["Question", "Answer", "Level"], ["What is rye?", 3.0, "Hard"], [], [None, "alone"]],
        Empty=[],
        Larder=[["Prompt", "Answer"], ["When was salt cheap?", date(1900, 1, 2)]],
    )
    reading = read_document("bank.xlsx", data)
    assert reading == Reading(
        "spreadsheet",
        (
            FoundQuestion("What is rye?", 2, "Grain", "3", difficulty="advanced"),
            FoundQuestion("When was salt cheap?", 2, "Larder", "1900-01-02 00:00:00"),
        ),
        (Problem(4, "alone", 'Sheet "Grain": This row has no question in its question column.', "Grain"),),
        Columns(("Question", "Answer", "Level"), {"prompt": "Question", "answer": "Answer", "difficulty": "Level"}),
    )


def test_a_single_sheet_gives_no_category() -> None:
    assert asked(read_workbook(workbook(Sheet1=[["Question"], ["What is rye?"]]))) == [("", "What is rye?", "")]


def test_a_damaged_workbook_is_refused_with_what_to_do() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook")
    with pytest.raises(InputError) as refusal:
        read_document("bank.xlsx", file.getvalue())
    assert str(refusal.value) == (
        "This Excel workbook cannot be opened; it may be damaged or locked with a password. "
        "Open it in a spreadsheet program and save it again, or save it as CSV."
    )


def test_a_far_away_cell_costs_nothing() -> None:
    book = Workbook()
    book.active.append(["Question"])
    book.active.append(["What is rye?"])
    book.active["XFD40000"] = "far"
    file = io.BytesIO()
    book.save(file)
    assert asked(read_workbook(file.getvalue())) == [("", "What is rye?", "")]


def with_stored(data: bytes, stored: dict[str, bytes]) -> bytes:
    """The workbook as a spreadsheet program saves it: for each cell of the first sheet its type and computed value."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            for cell, value in stored.items() if name.endswith("sheet1.xml") else ():
                text = re.sub(
                    rb'<c r="%b"><f>(.*?)</f><v ?/?>(?:</v>)?' % cell.encode(),
                    rb'<c r="%b" t="str"><f>\1</f><v>%b</v>' % (cell.encode(), value),
                    text,
                )
            target.writestr(name, text)
    return out.getvalue()


def test_a_formula_without_a_stored_value_is_a_problem() -> None:
    data = workbook(
        Grain=[["Question", "Answer"], ["What is rye?", '="A grain"'], ["What is oat?", "=B2"], ["Why?", '=""']],
        Larder=[["Question", "Answer"], ["What is salt?", "A mineral"]],
    )
    reading = read_workbook(with_stored(data, {"B3": b"A grain", "B4": b""}))
    assert asked(reading) == [
        ("Grain", "What is rye?", ""),
        ("Grain", "What is oat?", "A grain"),
        ("Grain", "Why?", ""),
        ("Larder", "What is salt?", "A mineral"),
    ]
    assert reading.problems == (
        Problem(
            2,
            '="A grain"',
            'Sheet "Grain": Cell B2 holds a formula whose value is not stored, so it came in empty. '
            "Open the workbook in a spreadsheet program and save it again, or type the text.",
            "Grain",
        ),
    )
