"""JSON and TOML: our own documents, what the command line prints, and anybody's lists."""

import json
from pathlib import Path
from typing import Any

import pytest

from panel.content import read_question_file
from panel.domain.questions import Category
from panel.errors import InputError
from panel.importing.found import FoundQuestion, Problem
from panel.importing.reading import read_document
from panel.importing.structured import read_json, read_toml
from tests.importing.shown import asked

BANK = Path(__file__).resolve().parents[2] / "question_bank"


@pytest.mark.parametrize("path", sorted(BANK.glob("*.toml")), ids=lambda path: path.stem)
def test_a_file_of_the_question_bank_comes_back_whole(path: Path) -> None:
    file = read_question_file(path)
    reading = read_document(path.name, path.read_bytes())
    assert reading.problems == ()
    assert [(each.category, each.key, each.prompt, each.answer) for each in reading.questions] == [
        (file.category.name, each.key, each.prompt, each.answer) for each in file.questions
    ]
    lines = path.read_text(encoding="utf-8").split("\n")
    assert all(lines[each.line - 1].startswith("prompt = ") for each in reading.questions)


def whole_bank(**changes: Any) -> dict[str, Any]:
    question = {"key": "rye", "prompt": "What is rye?", "minutes": 5, "state": "draft", "probes": ["Why?"]}
    return {
        "categories": [
            {"key": "grain", "name": "Grain", "order": 1, "about": "", "questions": [question | changes, question]},
        ]
    }


def test_the_whole_bank_is_read_and_a_wrong_question_loses_no_other() -> None:
    reading = read_json(json.dumps(whole_bank(key="oat", minutes=99), indent=1))
    assert reading.questions == (
        FoundQuestion(
            "What is rye?", 20, "Grain", follow_ups=("Why?",), minutes=5, key="rye", state="draft",
            home=Category(key="grain", name="Grain", order=1),
        ),
    )  # fmt: skip
    assert reading.problems == (
        Problem(
            11,
            "What is rye?",
            "question 1: field minutes: Input should be less than or equal to 60.",
            "Grain",
        ),
    )


def test_a_leaked_question_keeps_its_mark() -> None:
    source = whole_bank(leaked={"on": "2026-03-01", "reason": "Seen in a forum."}, key="oat")
    [first, second] = read_json(json.dumps(source)).questions
    assert (first.leaked is not None and first.leaked.reason, second.leaked) == ("Seen in a forum.", None)


def test_a_document_that_names_no_state_leaves_it_to_the_person() -> None:
    document = whole_bank()
    for each in document["categories"][0]["questions"]:
        each.pop("state")
        each |= {"answer": "Grass.", "competency": "Botany", "difficulty": "introductory"}
    first = read_json(json.dumps(document)).questions[0]
    assert (first.prompt, first.state) == ("What is rye?", None)


def test_a_misspelt_field_of_our_own_file_is_named() -> None:
    source = '[category]\nkey = "a"\nname = "A"\norder = 1\n\n[[questions]]\nkey = "b"\npromt = "B?"\nminutes = 5\n'
    [problem] = read_toml(source).problems
    assert problem.reason == (
        "question 1: field prompt: is missing; add it.\n"
        "question 1: field promt: is not a known field; check its spelling or remove it."
    )


def test_what_the_command_line_prints_is_read_back() -> None:
    printed = {
        "questions": [
            {
                "category": "Grain",
                "prompt": "What is rye?",
                "answer": "A grain.",
                "follow_ups": ["Why?"],
                "difficulty": "advanced",
                "line": 9,
            }
        ],
        "problems": [{"line": 3, "text": "Subscribe", "reason": "An advert."}],
    }
    reading = read_json(json.dumps(printed, indent=1))
    assert reading.questions == (FoundQuestion("What is rye?", 5, "Grain", "A grain.", ("Why?",), "advanced"),)
    assert reading.problems == (Problem(3, "Subscribe", "An advert."),)


@pytest.mark.parametrize(
    "document",
    [
        [{"question": "What is rye?", "answer": "A grain."}, {"question": "Why malt?", "answer": "Sugar."}],
        {"items": [{"q": "What is rye?", "a": "A grain."}, {"q": "Why malt?", "a": "Sugar."}]},
        {
            "data": {
                "list": [
                    {"Question Text": "What is rye?", "modelAnswer": "A grain."},
                    {"title": "Why malt?", "answer": ["Sugar."]},
                ]
            }
        },
        {"What is rye?": "A grain.", "Why malt?": "Sugar."},
        [{"front": "What is rye?", "back": "A grain."}, {"front": "Why malt?", "back": "Sugar."}],
    ],
)
def test_anybodys_list_is_read_by_the_names_of_its_fields(document: Any) -> None:
    reading = read_json(json.dumps(document))
    assert asked(reading) == [("", "What is rye?", "A grain."), ("", "Why malt?", "Sugar.")]
    assert reading.problems == ()


def test_groups_name_the_category_of_what_they_hold() -> None:
    reading = read_json(
        json.dumps(
            {
                "Grain": ["What is rye?", "Rye"],
                "more": {"sections": [{"name": "Larder", "questions": [{"question": "Why salt?", "level": "Hard"}]}]},
            }
        )
    )
    assert reading.questions == (
        FoundQuestion("What is rye?", 1, "Grain"),
        FoundQuestion("Why salt?", 1, "Larder", difficulty="advanced"),
    )
    assert reading.problems == (Problem(1, "Rye", "Looks like a question but is not worded as one.", "Grain"),)


def test_fields_without_a_place_are_named_once() -> None:
    source = json.dumps([{"id": 1, "question": "What is rye?", "votes": 7}, {"id": 2, "question": "Why?", "votes": 9}])
    assert read_json(source).problems == (Problem(1, "votes: 7", 'These fields have no place in a question: "votes".'),)


def test_confirmed_fields_are_all_that_is_read() -> None:
    reading = read_json('[{"text": "Rye", "note": "A grain."}]', columns={"prompt": "text", "answer": "note"})
    assert asked(reading) == [("", "Rye", "A grain.")]


def test_one_object_a_line_is_read() -> None:
    reading = read_document("bank.jsonl", b'{"question": "What is rye?"}\n{"question": "Why malt?"}\n')
    assert [(each.prompt, each.line) for each in reading.questions] == [("What is rye?", 1), ("Why malt?", 2)]


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.json", b"{'a': 1}", "This is not valid JSON: line 1, expecting property name enclosed in double quotes."),
        ("a.json", b"[" * 100_000, "This JSON is nested too deeply to be a list of questions."),
        ("a.json", b"[" + b"1" * 6_000 + b"]", "This is not valid JSON: a number in it is too long."),
        ("a.toml", b"a = ", "This is not valid TOML: Invalid value (at end of document)."),
    ],
)
def test_broken_documents_are_refused_with_their_place(name: str, data: bytes, sentence: str) -> None:
    with pytest.raises(InputError) as refusal:
        read_document(name, data)
    assert str(refusal.value).startswith(sentence)
