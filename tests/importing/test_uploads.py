"""Files and pasted texts: read as what they are; what cannot be read is named, with what to do instead."""

import codecs
import io
import zipfile

import pytest

from panel.domain.text import CONTROL
from panel.errors import InputError
from panel.importing.decoding import decoded
from panel.importing.reading import read_document, read_pasted
from tests.importing.shown import asked, prompts

TWO = "What is rye?\n\nA grain.\n\nWhat is oat?\n\nAlso one.\n"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "This document is empty. Choose a document that holds questions, or paste them."),
        (b" \n\t\r\n", "This document is empty. Choose a document that holds questions, or paste them."),
        (b"%PDF-1.7 ...", "This is a PDF. Open it, select the text, copy it and paste it here."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....",
            "This is a document of an older Office program. Save it as .xlsx, CSV or plain text and upload that.",
        ),
        (b"\x89PNG\r\n\x1a\n", "This is an image. Questions are read from text only; type them or paste their text."),
        (b"\x1f\x8b\x08....", "This is an archive. Unpack it and upload the documents in it one by one."),
        (
            bytes(range(256)) * 20,
            "This file holds no text that could be read. Upload text, Markdown, CSV, TSV, XLSX, JSON or TOML.",
        ),
        (
            b"<!-- a page --><!DOCTYPE html><html><script>steal()</script><h2>What is rye?</h2></html>",
            "This is a web page. Open it in a browser, select the text, copy it and paste it here.",
        ),
        (
            b"x" * (10 * 1024 * 1024 + 1),
            "This document has 10.0 MB and at most 10 MB can be read. "
            "Split it, or keep only the part that holds questions.",
        ),
        (b"a\n" * 100_001, "This document has more than 100,000 lines. Split it into several documents."),
    ],
)
def test_what_cannot_be_read_is_said_in_one_sentence(data: bytes, sentence: str) -> None:
    for name in ("questions.md", "questions.txt", "questions"):
        with pytest.raises(InputError) as refusal:
            read_document(name, data)
        assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("inside", "sentence"),
    [
        ("word/document.xml", "This is a Word document."),
        ("ppt/presentation.xml", "This is a presentation."),
        ("questions.txt", "This is an archive."),
    ],
)
def test_a_zip_is_named_for_what_it_holds(inside: str, sentence: str) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(inside, "x")
    with pytest.raises(InputError) as refusal:
        read_document("questions.md", file.getvalue())
    assert str(refusal.value).startswith(sentence)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (TWO, "article"),
        ("# Grain\n\n**What is rye?**\n\nA grain.\n\n**What is oat?**\n\nAlso one.\n", "Markdown"),
        ("- What is rye?\n- What is oat?\n", "Markdown"),
        ("Question,Answer\nWhat is rye?,A grain.\nWhat is oat?,Also one.\n", "CSV"),
        ("Question\tAnswer\nWhat is rye?\tA grain.\nWhat is oat?\tAlso one.\n", "TSV"),
        ('[{"question": "What is rye?"}, {"question": "What is oat?"}]', "JSON"),
        ('[[questions]]\nprompt = "What is rye?"\n\n[[questions]]\nprompt = "What is oat?"\n', "TOML"),
    ],
)
def test_a_pasted_text_is_read_as_what_it_looks_like(text: str, kind: str) -> None:
    reading = read_pasted(text)
    assert (reading.kind, prompts(reading)) == (kind, ["What is rye?", "What is oat?"])
    uploaded = read_document("notes", text.encode())
    assert (uploaded.kind, prompts(uploaded)) == (kind, ["What is rye?", "What is oat?"])


def test_an_article_that_is_named_markdown_is_read_all_the_same() -> None:
    article = "Q1) What is rye?\nAns: A grain.\nQ2) What is oat?\nAns: Also one.\n"
    assert asked(read_document("a.md", article.encode())) == [
        ("", "What is rye?", "A grain."),
        ("", "What is oat?", "Also one."),
    ]


@pytest.mark.parametrize(
    "data",
    [
        "“Ä – 5 €”\n".encode(),
        codecs.BOM_UTF8 + "“Ä – 5 €”\r\n".encode(),
        "“Ä – 5 €”\r".encode("cp1252"),
        codecs.BOM_UTF16_LE + "“Ä – 5 €”\n".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "“Ä – 5 €”\n".encode("utf-16-be"),
        "“Ä – \x005 €\x08\u202e”\x0c".encode(),
    ],
)
def test_every_usual_encoding_gives_the_same_text(data: bytes) -> None:
    assert decoded(data) == "“Ä – 5 €”\n"


def test_one_broken_byte_does_not_spoil_the_rest_of_a_text() -> None:
    assert decoded("Größe – ".encode() * 20 + b"\xff") == "Größe – " * 20 + "\ufffd"


def test_what_is_read_can_be_stored() -> None:
    reading = read_document("a.txt", b"Q: What is\x07 r\xe2\x80\xaeye?\nA: A\x1b grain.\n\nQ: Why?\nA: So.")
    texts = [text for each in reading.questions for text in (each.prompt, each.answer)]
    assert texts == ["What is rye?", "A grain.", "Why?", "So."]
    assert not any(CONTROL.search(text) for text in texts)


@pytest.mark.parametrize(
    ("name", "text", "questions"),
    [
        ("quotes.md", ">" * 10_000 + " What is deep?\n", 0),
        ("lists.md", "".join(" " * (2 * depth) + "- a\n" for depth in range(800)), 0),
        ("line.md", "What is a line? " + "a" * 2_000_000, 0),
        ("line.txt", "a " * 2_000_000, 0),
        ("brackets.md", "[" * 100_000 + "*a " * 50_000, 0),
        ("breaks.txt", "? " * 500_000, 0),
        ("headings.md", "".join(f"# What is {number}?\n\n" for number in range(4_000)), 4_000),
        ("bold.md", "".join(f"**What is {number}?**\n\nA.\n\n" for number in range(3_000)), 3_000),
        ("items.md", "".join(f"{number}. What is {number}?\n\nA.\n\n" for number in range(3_000)), 3_000),
        ("counted.txt", "".join(f"{number}. What is {number}?\nAnswer: A.\n" for number in range(9_000)), 9_000),
        ("capitals.txt", "A TITLE\n\n" * 10_000, 0),
        ("folds.md", "<details><summary>What?</summary>\n" * 5_000, 1),
        ("quotes.csv", '"' * 500_000, 0),
        ("semicolons.csv", ";" * 150 + "\n", 0),
        ("bits.json", "[" * 200 + "]" * 200, 0),
    ],
)
def test_hostile_documents_are_read_or_set_aside(name: str, text: str, questions: int) -> None:
    assert len(read_document(name, text.encode()).questions) == questions
