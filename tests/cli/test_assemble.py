"""`python -m panel assemble`: the answer as JSON and as text, and files that cannot be used."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from panel.cli import main

BANK = """id,competency,difficulty,minutes,information,exposure
q1,Statistics,1,10,1.5,0.1
q2,Statistics,2,12,1.0,0
q3,Communication,2,10,0.8,0.5
q4,Coding,3,15,2.0,1
q5,Coding,1,10,0.7,
"""
SPEC = """
enemies = [["q1", "q4"]]
[[interviewers]]
id = "ana"
name = "Ana Ruiz"
minutes = [20, 30]
questions = [2, 3]
competencies = ["Statistics", "Coding"]
[[interviewers]]
id = "bo"
minutes = [10, 45]
competencies = ["Communication"]
[competencies.Communication]
interviewers = [1, 2]
"""
IMPOSSIBLE = SPEC.replace("[10, 45]", "[40, 45]").replace("[1, 2]", "[2, 2]")


def assembled(folder: Path, bank: str | bytes = BANK, spec: str | bytes = SPEC, *words: str) -> Result:
    (folder / "bank.csv").write_bytes(bank if isinstance(bank, bytes) else bank.encode())
    (folder / "spec.toml").write_bytes(spec if isinstance(spec, bytes) else spec.encode())
    files = ["--bank", str(folder / "bank.csv"), "--spec", str(folder / "spec.toml")]
    return CliRunner().invoke(main, ["assemble", *files, *words])


def document(folder: Path, bank: str | bytes = BANK, spec: str | bytes = SPEC) -> dict[str, Any]:
    answer = assembled(folder, bank, spec, "--json")
    assert (answer.exit_code, answer.stderr) == (0, "")
    read: dict[str, Any] = json.loads(answer.stdout)
    return read


def test_the_best_set_as_json(tmp_path: Path) -> None:
    found = document(tmp_path)
    assert found.pop("seconds") >= 0
    assert found.pop("objective") == pytest.approx(2.7 + 0.65)
    assert found.pop("bound") == pytest.approx(2.7 + 0.65)
    assert found == {
        "status": "optimal",
        "gap": 0.0,
        "assignment": {"ana": ["q2", "q4"], "bo": ["q3"]},
        "binding": [
            "Ana Ruiz: at least 2 questions.",
            "bo: at least 10 minutes.",
            "Competency Communication: at least 1 interviewer.",
            "Only one of “q1” and “q4” on one day.",
        ],
        "relax": [],
        "relax_changes": [],
        "relax_fewest_proven": True,
        "remarks": [],
    }


def test_where_nothing_fits_the_exit_code_is_0_and_the_sentences_say_what_to_change(tmp_path: Path) -> None:
    found = document(tmp_path, spec=IMPOSSIBLE)
    assert (found["status"], found["assignment"], found["objective"]) == ("infeasible", {}, None)
    assert found["relax"] == [
        "bo: be content with 10 minutes instead of 40.",
        "Competency Communication: be content with 1 interviewer instead of 2.",
    ]
    assert found["relax_changes"] == [
        {"constraint": ["interviewers", "bo", "minutes"], "side": "min", "from": 40, "to": 10.0},
        {"constraint": ["competencies", "Communication", "interviewers"], "side": "min", "from": 2, "to": 1},
    ]


def test_in_words(tmp_path: Path) -> None:
    said = assembled(tmp_path).stdout
    assert said.startswith("The best set there is. Information minus exposure, of all questions: 3.35. It took ")
    assert "\n\nAna Ruiz: 2 questions, 27 minutes\n- q2: Statistics, difficulty 2, 12 minutes\n- q4: " in said
    said = assembled(tmp_path, spec=IMPOSSIBLE).stdout
    assert said.startswith("Nothing fits. The fewest constraints to relax:\n- bo: be content with 10 minutes instead")


def test_what_spreadsheets_write_is_read_the_same(tmp_path: Path) -> None:
    semicolons = BANK.replace(",", ";").replace(".", ",").replace("\n", "\r\n")
    plain = document(tmp_path)
    for written in (b"\xef\xbb\xbf" + BANK.encode(), semicolons.encode("utf-16"), "sep=;\n" + semicolons):
        assert document(tmp_path, written) | {"seconds": 0} == plain | {"seconds": 0}


def test_text_that_looks_like_code_stays_text(tmp_path: Path) -> None:
    bank = BANK.replace("q3", "=cmd()|x").replace("Communication", "<script>alert(1)</script>")
    spec = SPEC.replace('"Communication"', '"<script>alert(1)</script>"').replace(
        "competencies.Communication", "competencies.'<script>alert(1)</script>'"
    )
    found = document(tmp_path, bank, spec)
    assert found["assignment"]["bo"] == ["=cmd()|x"]
    assert "Competency <script>alert(1)</script>: at least 1 interviewer." in found["binding"]


def test_a_competency_that_no_question_has_is_remarked_on(tmp_path: Path) -> None:
    found = document(tmp_path, spec=SPEC + "[competencies.Comunication]\ninterviewers = [1, 2]\n")
    assert found["relax"] == ["Competency Comunication: be content with 0 interviewers instead of 1."]
    assert found["remarks"] == ["No question has the competency “Comunication”."]


@pytest.mark.parametrize(
    ("bank", "sentence"),
    [
        ("", "bank.csv is empty."),
        (BANK.splitlines()[0], "bank.csv has column names and no questions below them."),
        ("id,competency\nq1,A\n", "bank.csv, line 1: the column difficulty and the column minutes and the column"),
        (BANK.replace("id,", "id,id,", 1), "bank.csv, line 1: there is more than one column id."),
        (BANK.replace("q2", "q1"), "bank.csv, line 3, id: “q1” stands on line 2 already."),
        (BANK.replace("q2,", ","), "bank.csv, line 3, id: it is empty."),
        (BANK.replace("q2,Statistics,2", "q2,Statistics,4"), "bank.csv, line 3, difficulty: “4” is not 1, 2 or 3."),
        (BANK.replace(",12,", ",-12,"), "bank.csv, line 3, minutes: “-12” is below 0."),
        (BANK.replace(",12,", ",NaN,"), "bank.csv, line 3, minutes: “NaN” is not an ordinary number."),
        (BANK.replace(",12,1.0,", ",12,1e999,"), "bank.csv, line 3, information: “1e999” is not an ordinary number."),
        (BANK.replace(",12,1.0,", ",12,,"), "bank.csv, line 3, information: it is empty."),
        (BANK.replace(",12,1.0,", ",12,=1+1,"), "bank.csv, line 3, information: “=1+1” is not an ordinary number."),
        (BANK + "q9,A,1,1,1,1,1,1\n", "bank.csv, line 7: 8 cells, and the first line names 6 columns."),
        (BANK + '"q9,A,1,1,1,1\n', "bank.csv, line 7: the quotation marks are broken, or a cell is too long."),
        (b"PK\x03\x04zip", "bank.csv is not a text file."),
    ],
)
def test_a_bank_that_cannot_be_used_is_one_sentence_and_exit_2(
    tmp_path: Path, bank: str | bytes, sentence: str
) -> None:
    refused(assembled(tmp_path, bank, SPEC, "--json"), sentence)


@pytest.mark.parametrize(
    ("spec", "sentence"),
    [
        ("", "There are no interviewers. Name at least one."),
        ("minutes =", "is not valid TOML: "),
        (b"\xff\xfe\x00", "is not UTF-8 text (byte 0). Save it as UTF-8."),
        (BANK, "is not valid TOML: "),
        ("interviewers = 5", "line 1: interviewers: write each as a table below [[interviewers]]."),
        ("[[interviewers]]\nid = 5", "line 1: interviewers: number 1 has no id, which is a text."),
        (SPEC.replace('"bo"', '"ana"'), "The interviewer “ana” stands in the spec twice."),
        (SPEC.replace("[10, 45]", "[50, 45]"), "line 11: interviewers “bo”, minutes: the least, 50, is above the"),
        (SPEC.replace("[10, 45]", "[nan, 45]"), "line 11: interviewers “bo”, minutes: both ends must be ordin"),
        (SPEC.replace("[10, 45]", "[-1, 45]"), "line 11: interviewers “bo”, minutes: the least, -1, is below 0."),
        (SPEC.replace("[10, 45]", "45"), "line 11: interviewers “bo”, minutes: write the least and the most"),
        (SPEC.replace("[10, 45]", "[true, 45]"), "line 11: interviewers “bo”, minutes: a number is needed."),
        (SPEC.replace("[2, 3]", "[1.5, 3]"), "line 7: interviewers “ana”, questions: questions and interview"),
        (SPEC.replace("questions", "question"), "line 7: interviewers “ana”: there is no field question;"),
        (SPEC.replace("[1, 2]", "[3, 2]"), "line 14: competencies “Communication”, interviewers: the least, 3,"),
        ('must = ["q77"]\n' + SPEC, "line 1: must: the bank has no question “q77”."),
        (SPEC.replace('"q4"', '"q8"'), "line 2: enemies: the bank has no question “q8”."),
        (SPEC.replace('"q4"', '"q1"'), "line 2: enemies: each entry names two different questions or more."),
        (SPEC.replace("questions =", 'keep = ["x"]\nquestions ='), "line 7: interviewers “ana”, keep: the ba"),
        ('must = ["q1"]\nexclude = ["q1"]\n' + SPEC, "line 1: “q1” stands under must and under exclude."),
        ('same = [["ana", "cy"]]\n' + SPEC, "line 1: same: there is no interviewer “cy”."),
        ('objective = "best"\n' + SPEC, 'line 1: objective: write "information" or "maximin".'),
        ("gap = -1\n" + SPEC, "line 1: gap must be a number from 0 to below 1, such as 0.01 for 1 %."),
        ("time_limit = 0\n" + SPEC, "line 1: time_limit must be a number of seconds above 0, and at most a day."),
        ("exposure_penalty = nan\n" + SPEC, "line 1: exposure_penalty must be a number from 0."),
        (SPEC + "[difficulty]\n4 = [1, 2]\n", "line 16: difficulty: there is no field 4; there are 1, 2, 3."),
        (SPEC + "[difficulty]\n1 = [2, 1]\n", "line 16: difficulty 1: the least, 2, is above the most, 1."),
        ("a = " + "[" * 5000 + "]" * 5000, "is not valid TOML: "),
    ],
)  # fmt: skip
def test_a_spec_that_cannot_be_used_is_one_sentence_and_exit_2(
    tmp_path: Path, spec: str | bytes, sentence: str
) -> None:
    answer = assembled(tmp_path, BANK, spec, "--json")
    assert sentence in answer.stderr
    refused(answer, "spec.toml")


def refused(answer: Result, sentence: str) -> None:
    assert answer.stderr.startswith(sentence)
    assert (answer.exit_code, answer.stdout, answer.stderr.count("\n")) == (2, "", 1)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    words = ["assemble", "--bank", str(tmp_path), "--spec", str(tmp_path / "none.toml")]
    answer = CliRunner().invoke(main, words)
    assert (answer.exit_code, answer.stderr) == (2, f"{tmp_path} is a folder. Name a file.\n")
