"""`python -m panel bank …` from end to end, on a database and files of its own."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from panel.cli import main
from tests.factories import RUBRICS, a_question, question_file, write_content

ARTICLE = """Baking

What is proofing?

Answer: Letting the dough rise before it is baked.

How do you tell that bread is done?

Answer: Tap its base and listen for a hollow sound.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PANEL_DATABASE", str(tmp_path / "panel.duckdb"))
    content = write_content(tmp_path / "content", {"general": question_file(a_question("why-ask"))}, RUBRICS)
    monkeypatch.setenv("PANEL_CONTENT", str(content))
    return tmp_path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["bank", *map(str, arguments)])


def document(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def prompts(folder: Path) -> list[str]:
    exported = json.loads(run("export", "--format", "json").stdout)
    return [each["prompt"] for category in exported["categories"] for each in category["questions"]]


def test_a_dry_run_says_in_json_what_was_found_and_opens_no_database(folder: Path) -> None:
    done = run("import", document(folder, "bread.txt", ARTICLE), "--dry-run", "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {
        "questions": [
            {
                "category": "Baking", "prompt": prompt, "answer": answer, "follow_ups": [], "difficulty": None,
                "line": line,
            }
            for prompt, answer, line in (
                ("What is proofing?", "Letting the dough rise before it is baked.", 3),
                ("How do you tell that bread is done?", "Tap its base and listen for a hollow sound.", 7),
            )
        ],
        "problems": [],
    }  # fmt: skip
    assert not (folder / "panel.duckdb").exists()


def test_an_import_leaves_out_what_the_bank_has(folder: Path) -> None:
    path = document(folder, "bread.txt", ARTICLE)
    assert run("import", path).stdout.splitlines()[-1] == ("2 brought in. The import can be undone on the Import page.")
    assert prompts(folder) == ["What is why-ask?", "What is proofing?", "How do you tell that bread is done?"]
    assert run("import", path).stdout.splitlines()[-1] == "Nothing was brought in: the bank has all 2 already."


def test_what_cannot_be_placed_stops_the_import_until_it_is_accepted(folder: Path) -> None:
    path = document(folder, "bread.txt", ARTICLE + "\nLeave a Comment\n")
    refused = run("import", path)
    assert refused.exit_code == 1
    assert "Nothing was written: 1 passage of bread.txt could not be placed." in refused.stderr
    assert prompts(folder) == ["What is why-ask?"]
    assert run("import", path, "--accept-problems").exit_code == 0
    assert len(prompts(folder)) == 3


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("empty.md", b"", "This document is empty."),
        ("paper.md", b"%PDF-1.4\n%\xe2\xe3\xcf\xd3", "This is a PDF."),
        ("page.html", b"<html><script>alert(1)</script></html>", "This is a web page."),
        ("huge.md", b"a" * 11_000_000, "huge.md is 11 MB; at most 10 MB can be read."),
    ],
)
def test_what_cannot_be_read_is_one_sentence(folder: Path, name: str, data: bytes, said: str) -> None:
    done = run("import", document(folder, name, data))
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith(said)
    assert len(done.stderr.splitlines()) == 1


def test_sync_shows_applies_and_then_says_that_both_hold_the_same(folder: Path) -> None:
    assert run("sync").stdout == "Files and database hold the same.\n"
    changed = question_file(a_question("why-ask", minutes=9))
    (folder / "content" / "question_bank" / "general.toml").write_text(changed, encoding="utf-8")
    shown = run("sync", "--diff")
    assert shown.exit_code == 1
    assert "files newer" in shown.stdout
    assert "    +minutes = 9" in shown.stdout.splitlines()
    taken = run("sync", "--take", "files")
    assert (taken.exit_code, taken.stdout.splitlines()[-1]) == (0, "Files and database hold the same.")


def test_sync_writes_what_only_the_database_has_into_the_files(folder: Path) -> None:
    run("import", document(folder, "bread.txt", ARTICLE))
    shown = run("sync")
    assert shown.exit_code == 1
    assert "category baking: Baking" in shown.stdout
    assert run("sync", "--take", "database").exit_code == 0
    assert "What is proofing?" in (folder / "content" / "question_bank" / "baking.toml").read_text(encoding="utf-8")
    assert run("sync").exit_code == 0


def test_also_names_something_that_differs(folder: Path) -> None:
    done = run("sync", "--take", "files", "--also", "nowhere")
    assert (done.exit_code, done.stderr) == (
        1, "Nothing named nowhere differs. Run sync without --also to see what does.\n",
    )  # fmt: skip
