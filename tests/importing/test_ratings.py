"""Files of ratings, as spreadsheets and statistics programs write them, and as they go wrong."""

import pandas as pd
import pytest

from panel.errors import InputError
from panel.importing.ratings import read_ratings_file
from panel.stats.ratings import read_ratings

GOOD = "target,rater,item,score\nAnne,Bo,q1,4\nAnne,Cy,q1,3\n"


def table_of(text: str | bytes) -> list[tuple[object, ...]]:
    data = text if isinstance(text, bytes) else text.encode()
    return list(read_ratings_file("r.csv", data).table.itertuples(index=False, name=None))


ROWS: list[tuple[object, ...]] = [("Anne", "Bo", "q1", 4.0), ("Anne", "Cy", "q1", 3.0)]


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        GOOD.replace(",", ";"),
        GOOD.replace(",", "\t"),
        GOOD.replace("\n", "\r\n"),
        GOOD.rstrip("\n"),
        "\ufeff" + GOOD,
        GOOD.encode("utf-16"),
        GOOD.upper().replace("ANNE", "Anne").replace("BO", "Bo").replace("CY", "Cy").replace("Q1", "q1"),
        "candidate, interviewer, question, rating\nAnne, Bo, q1, 4\nAnne, Cy, q1, 3\n",
        GOOD + "\n\n,,,\n",
        "sep=,\n" + GOOD,
        '"target","rater","item","score"\n"Anne","Bo","q1","4"\n"Anne","Cy","q1","3"\n',
    ],
)
def test_a_table_is_read_however_it_is_written(text: str | bytes) -> None:
    assert table_of(text) == ROWS


def test_labels_are_kept_as_they_are_written() -> None:
    text = "target,rater,score\n007,Zoë,1\n7,=cmd(),2\n7,<script>,3\n"
    assert table_of(text) == [("007", "Zoë", 1.0), ("7", "=cmd()", 2.0), ("7", "<script>", 3.0)]
    assert table_of(text.encode("cp1252"))[0] == ("007", "Zoë", 1.0)


def test_labels_that_are_all_whole_numbers_are_numbers_so_that_2_comes_before_10() -> None:
    assert table_of("target,rater,score\n10,a,1\n2,a,2\n") == [(10, "a", 1.0), (2, "a", 2.0)]


def test_a_decimal_comma_is_read_where_the_comma_is_no_delimiter() -> None:
    assert table_of("target;rater;score\na;b;3,5\n") == [("a", "b", 3.5)]


@pytest.mark.parametrize("missing", ["", "NA", "nan", "N/A", ".", "NULL"])
def test_a_score_that_is_missing_is_counted_and_no_zero(missing: str) -> None:
    read = read_ratings_file("r.csv", f"{GOOD}Anne,Di,q1,{missing}\n".encode())
    assert read.table["score"].isna().tolist() == [False, False, True]
    assert read.remarks == ("Rows without a score, which are left out: 1.",)


def test_columns_that_are_not_used_are_named() -> None:
    read = read_ratings_file("r.csv", b'target,rater,score,"mood, at noon",time\na,b,1,good,9\n')
    assert read.remarks == ("Columns that are not used: mood, at noon, time.",)
    assert list(read.table.columns) == ["target", "rater", "score"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "r.csv is empty."),
        (b" \n\n ", "r.csv is empty."),
        (b"target,rater,score\n", "r.csv has column names and no ratings below them."),
        (b"target,rater\na,b\n", "r.csv lacks the column score. Its first line names target, rater"),
        (b"a,b,1\nc,d,2\n", "r.csv lacks the column target and the column rater and the column score."),
        (b"target,rater,score,score\na,b,1,2\n", "r.csv has more than one column named score."),
        (b"target,rater,score\na,b,good\na,c,bad\n", "r.csv, line 2: the score “good” is not a number (1 more such"),
        (b'target,rater,score\na,b,"1,000"\n', "r.csv, line 2: the score “1,000” may be a thousand or a decimal."),
        (b"target;rater;score\na;b;1,000\n", "r.csv, line 2: the score “1,000” may be a thousand or a decimal."),
        (b"target,rater,score\na,b,3 of 5\n", "r.csv, line 2: the score “3 of 5” is not a number."),
        (b"target,rater,score\na,b,inf\n", "r.csv, line 2: the score is infinite."),
        (b"target,rater,score\na,b,1\n,b,2\n", "r.csv, line 3: a score without a target."),
        (b"target,rater,score\na,,1\n", "r.csv, line 2: a score without a rater."),
        (b"target,rater,score\na,b,1\na,c,2,3\n", "r.csv cannot be read as a table: line 3 has 4 cells"),
        (b'target,rater,score\na,"b,1\na,c,2\n', "r.csv cannot be read as a table: a quotation mark is opened"),
        (b"just some words\nand some more\n", "The columns of r.csv cannot be told apart."),
        (b'{"target": 1}', "r.csv is not a table."),
        (b"PK\x03\x04rest", "r.csv is not a text file. Save the sheet as CSV"),
        (b"\x00\x01\x02\x03" * 10, "r.csv is not a text file."),
        (b"target,rater,score\n" + b"a" * 300 + b",b,1\n", "r.csv, line 2: the target has more than 200 characters."),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(data: bytes, sentence: str) -> None:
    with pytest.raises(InputError) as refused:
        read_ratings_file("r.csv", data)
    assert str(refused.value).startswith(sentence)


def test_the_table_serves_the_statistics() -> None:
    known = read_ratings(read_ratings_file("r.csv", GOOD.encode()).table)
    assert (known.targets, known.raters, known.items, known.score.tolist()) == (
        ("Anne",),
        ("Bo", "Cy"),
        ("q1",),
        [4, 3],
    )


def test_many_rows_are_read_whole() -> None:
    rows = pd.DataFrame({"target": range(50_000), "rater": "r", "score": 3})
    read = read_ratings_file("r.csv", rows.to_csv(index=False).encode())
    assert len(read.table) == 50_000
    assert read.table["score"].sum() == 150_000
