"""`python -m panel bank`: what it prints and where, its exit codes, and what it leaves in the bank."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from panel.cli import main
from panel.domain.basics import now
from panel.domain.questions import BankQuestion, Category, Leak
from panel.exporting.questions import ENDINGS, as_bytes
from panel.house import House
from panel.settings import Settings
from panel.store import bank
from panel.store.bank import NewVersion
from panel.store.database import Transaction
from tests.factories import GENERAL, RUBRICS, a_question, question_file, write_content
from tests.running import ROOT

pytestmark = pytest.mark.long

DOCUMENT = """# Chances

## What is a fair die?

Every face comes up as often.

**Follow-up questions:**

- How would you test one?

## What is a loaded die? (hard)

One that favours a face.
"""
WITH_PROBLEM = f"{DOCUMENT}\n# Read this too\n\nA paragraph about nothing in particular.\n"
FOUND = [
    {
        "category": "Chances", "prompt": "What is a fair die?", "answer": "Every face comes up as often.",
        "follow_ups": ["How would you test one?"], "difficulty": None, "line": 3,
    },
    {
        "category": "Chances", "prompt": "What is a loaded die?", "answer": "One that favours a face.",
        "follow_ups": [], "difficulty": "advanced", "line": 11,
    },
]  # fmt: skip


@dataclass(frozen=True)
class Desk:
    """A folder with a database and content files, and the command line there."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        return {"PANEL_DATABASE": str(self.folder / "panel.duckdb"), "PANEL_CONTENT": str(self.folder / "content")}

    @property
    def content(self) -> Path:
        return self.folder / "content"

    def file(self, text: str | bytes, name: str = "notes.md") -> str:
        path = self.folder / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    def bank(self, *words: str) -> Result:
        return CliRunner(env=self.environment).invoke(main, ["bank", *words])

    def process(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "panel", "bank", *words]
        variables = {**os.environ, **self.environment}
        return subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, timeout=120, check=False)

    def house(self) -> House:
        return House(Settings(database=self.environment["PANEL_DATABASE"], content=self.content))

    def questions(self) -> list[BankQuestion]:
        house = self.house()
        try:
            with house.team.database.read() as transaction:
                return bank.current_questions(transaction)
        finally:
            house.close()

    def edit(self, key: str, **changes: object) -> None:
        """The next version of a question, as somebody wrote it in the browser."""

        def work(transaction: Transaction) -> None:
            stored = bank.current_question(transaction, key)
            assert stored
            question = stored.question.model_copy(update=changes)
            place = bank.place_of(transaction, key)
            row = NewVersion(question, stored.category.key, place, stored.version + 1, stored.state)
            bank.put_versions(transaction, [row], author_id="somebody", reason="Clearer", created_at=now())

        house = self.house()
        house.team.database.write(work)
        house.close()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """Content files with two questions; no database yet."""
    text = question_file(a_question("why-ask"), a_question("how-come"))
    write_content(tmp_path / "content", {"general": text}, RUBRICS)
    return Desk(tmp_path)


@pytest.fixture
def open_elsewhere(desk: Desk) -> Iterator[None]:
    """Another process has the database open."""
    script = (
        "import sys; from panel.house import House; from panel.settings import read_settings; "
        "House(read_settings()); print('open', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, env={**os.environ, **desk.environment}, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert other.stdout
    assert other.stdout.readline() == b"open\n"
    yield
    other.communicate(timeout=30)


class TestImport:
    def test_a_dry_run_prints_exactly_the_questions_and_problems_as_json(self, desk: Desk) -> None:
        answer = desk.bank("import", desk.file(DOCUMENT), "--dry-run", "--json")
        assert (answer.exit_code, answer.stderr) == (0, "")
        assert json.loads(answer.stdout) == {"questions": FOUND, "problems": []}
        assert not (desk.folder / "panel.duckdb").exists()

    def test_a_passage_that_was_not_placed_is_in_the_json_and_stops_the_import(self, desk: Desk) -> None:
        file = desk.file(WITH_PROBLEM)
        answer = desk.bank("import", file, "--json")
        printed = json.loads(answer.stdout)
        assert printed["questions"] == FOUND
        assert [{"line": each["line"], "text": each["text"]} for each in printed["problems"]] == [
            {"line": 15, "text": "# Read this too\nA paragraph about nothing in particular."}
        ]
        assert [set(each) for each in printed["problems"]] == [{"line", "text", "reason"}]
        assert answer.exit_code == 1
        assert answer.stderr == (
            "Nothing was written: 1 passage of notes.md could not be placed. Look through them above; "
            "if none of them is a question, repeat the command with --accept-problems.\n"
        )
        assert not (desk.folder / "panel.duckdb").exists()
        assert desk.bank("import", file, "--dry-run").exit_code == 1
        assert desk.bank("import", file, "--dry-run", "--accept-problems").exit_code == 0

    def test_what_is_brought_in_is_said_and_stands_in_the_bank(self, desk: Desk) -> None:
        answer = desk.bank("import", desk.file(WITH_PROBLEM), "--accept-problems", "--state", "in_review")
        assert (answer.exit_code, answer.stderr) == (0, "")
        assert answer.stdout.splitlines()[-2:] == [
            "2 questions found, 1 passage not placed.",
            "2 brought in. The import can be undone on the Import page.",
        ]
        assert [
            (each.key, each.category.name, each.state, each.question.source) for each in desk.questions()[-2:]
        ] == [
            ("what-is-a-fair-die", "Chances", "in_review", "notes.md"),
            ("what-is-a-loaded-die", "Chances", "in_review", "notes.md"),
        ]  # fmt: skip

    def test_with_json_nothing_but_json_is_on_stdout(self, desk: Desk) -> None:
        answer = desk.bank("import", desk.file(DOCUMENT), "--json")
        assert json.loads(answer.stdout) == {"questions": FOUND, "problems": []}
        assert answer.stderr == "2 brought in. The import can be undone on the Import page.\n"
        assert len(desk.questions()) == 4

    def test_what_lacks_something_stays_a_draft(self, desk: Desk) -> None:
        answer = desk.bank("import", desk.file(DOCUMENT), "--state", "approved")
        assert answer.stdout.endswith(
            "2 brought in, 2 kept as drafts because they lack something. The import can be undone on the Import page.\n"
        )
        assert [each.state for each in desk.questions()] == ["approved", "approved", "draft", "draft"]

    def test_what_the_bank_has_is_left_out(self, desk: Desk) -> None:
        more = DOCUMENT + "\n## WHAT IS WHY-ASK\n\nAgain.\n\n## What is  a fair die\n\nAgain.\n"
        assert desk.bank("import", desk.file(more)).stdout.splitlines()[-1] == (
            "3 brought in, 1 left out because the bank or an earlier line has them already. "
            "The import can be undone on the Import page."
        )
        again = desk.bank("import", desk.file(more))
        assert again.stdout.endswith("Nothing was brought in: the bank has all 4 already.\n")
        assert len(desk.questions()) == 5  # one prompt twice, with two answers

    def test_a_bank_of_this_program_comes_in_as_it_was(self, desk: Desk) -> None:
        home = Category(key="odds", name="Chances", order=4, about="Luck.")
        leak = Leak(on=now().date(), reason="Seen on a forum")
        theirs = BankQuestion(question=a_question("die", source=""), category=home, version=1, state="pilot", leak=leak)
        answer = desk.bank("import", desk.file(as_bytes([theirs], "toml"), "theirs.toml"), "--json")
        assert answer.exit_code == 0
        assert desk.questions()[-1] == theirs

    def test_a_column_is_named_by_hand(self, desk: Desk) -> None:
        file = desk.file("Said,Asked\nOne without a favourite.,What is a fair die?\n", "table.csv")
        answer = desk.bank("import", file, "--dry-run", "--json", "--column", "prompt=Asked", "--column", "answer=Said")
        (found,) = json.loads(answer.stdout)["questions"]
        assert (found["prompt"], found["answer"]) == ("What is a fair die?", "One without a favourite.")
        wrong = desk.bank("import", file, "--dry-run", "--column", "prompt=Nowhere")
        assert (wrong.exit_code, wrong.stdout) == (1, "")
        assert wrong.stderr == 'The table has no column "Nowhere". Its columns are "Said", "Asked".\n'
        assert desk.bank("import", file, "--column", "prompt").exit_code == 2

    def test_an_unknown_state_is_refused(self, desk: Desk) -> None:
        assert desk.bank("import", desk.file(DOCUMENT), "--state", "retired").exit_code == 2
        assert not (desk.folder / "panel.duckdb").exists()

    @pytest.mark.parametrize(
        ("name", "data", "sentence"),
        [
            (
                "big.md", b"# x\n" * 13_000_000,
                "big.md is 52 MB; at most 10 MB can be read. Divide it into smaller files.",
            ),
            ("paper.pdf", b"%PDF-1.7\n\x00\x01", "This is a PDF. Open it, select the text, copy it and paste it here."),
            (
                "empty.md", b"",
                "This document is empty. Choose a document that holds questions, or paste them.",
            ),
            (
                "page.html", b"<html><script>alert(1)</script></html>",
                "This is a web page. Open it in a browser, select the text, copy it and paste it here.",
            ),
            ("none.md", b"Nothing here asks anything of anybody.\n", "could not be placed."),
        ],
        ids=["50 MB", "PDF", "empty", "web page", "no question"],
    )  # fmt: skip
    def test_what_cannot_be_used_is_one_sentence_on_stderr(
        self, desk: Desk, name: str, data: bytes, sentence: str
    ) -> None:
        answer = desk.bank("import", desk.file(data, name))
        assert answer.exit_code == 1
        assert sentence in answer.stderr
        assert answer.stderr.count("\n") == 1
        assert not (desk.folder / "panel.duckdb").exists()

    @pytest.mark.parametrize(
        ("path", "reason"), [("nowhere.md", "No such file or directory"), ("content", "Is a directory")]
    )
    def test_what_is_no_file_is_one_sentence_on_stderr(self, desk: Desk, path: str, reason: str) -> None:
        answer = desk.bank("import", str(desk.folder / path))
        assert (answer.exit_code, answer.stdout) == (1, "")
        assert answer.stderr == (f"{desk.folder / path} cannot be read: {reason}. Name a file that holds questions.\n")


class TestExport:
    @pytest.mark.parametrize("form", ENDINGS)
    def test_the_bank_is_printed_byte_for_byte(self, desk: Desk, form: str) -> None:
        answer = desk.bank("export", "--format", form)
        assert answer.exit_code == 0
        assert answer.stdout_bytes == as_bytes(desk.questions(), form)  # type: ignore[arg-type]
        assert answer.stdout_bytes.startswith(b"\xef\xbb\xbf") == (form == "csv")

    def test_a_file_is_written_where_it_is_wanted(self, desk: Desk) -> None:
        path = desk.folder / "bank.json"
        answer = desk.bank("export", "--format", "json", "--output", str(path))
        assert (answer.exit_code, answer.stdout) == (0, f"Written to {path}.\n")
        assert path.read_bytes() == as_bytes(desk.questions(), "json")

    def test_a_file_that_cannot_be_written_is_one_sentence(self, desk: Desk) -> None:
        path = desk.folder / "nowhere" / "bank.json"
        answer = desk.bank("export", "--output", str(path))
        assert (answer.exit_code, answer.stdout) == (1, "")
        assert answer.stderr == f"{path} cannot be written: No such file or directory. Name another file.\n"

    def test_what_was_exported_is_known_when_it_comes_back(self, desk: Desk) -> None:
        data = desk.bank("export").stdout_bytes
        answer = desk.bank("import", desk.file(data, "bank.toml"))
        assert answer.stdout.endswith("Nothing was brought in: the bank has all 2 already.\n")


class TestSync:
    def test_nothing_differs_after_the_first_start(self, desk: Desk) -> None:
        answer = desk.bank("sync")
        assert (answer.exit_code, answer.stdout, answer.stderr) == (0, "Files and database hold the same.\n", "")

    def test_what_differs_is_shown_with_its_lines_and_nothing_is_applied(self, desk: Desk) -> None:
        self.differ(desk)
        answer = desk.bank("sync", "--diff")
        assert answer.exit_code == 1
        today = f"{now():%d %b %Y}"
        changed = f"(database: version 2 by somebody who left, {today}: Clearer)"
        assert answer.stdout.splitlines() == [
            f"database newer         question why-ask: What is why-ask? {changed}",
            "    --- database", "    +++ files", "    @@ -1,3 +1,3 @@", '     key = "why-ask"',
            '    -prompt = "Why ask at all?"', '    +prompt = "What is why-ask?"', '     answer = "All about why-ask."',
            f"both changed           question how-come: What is how-come? {changed}",
            "    --- database", "    +++ files", "    @@ -8,3 +8,3 @@", '     difficulty = "introductory"',
            "    -minutes = 8", "    +minutes = 9", '     source = "written for a test"',
            "only in files          question fresh: What is fresh?",
            *(f"    {line}" for line in self.lines_of_the_new_one()),
        ]  # fmt: skip
        assert [each.question.minutes for each in desk.questions()] == [5, 8]

    def test_the_files_side_is_taken_and_a_conflict_is_left(self, desk: Desk) -> None:
        self.differ(desk)
        answer = desk.bank("sync", "--take", "files")
        assert answer.exit_code == 1
        assert [line.partition(":")[0] for line in answer.stdout.splitlines()] == [
            "taken from the files   question fresh", "database newer         question why-ask",
            "both changed           question how-come",
        ]  # fmt: skip
        assert [(each.key, each.question.minutes) for each in desk.questions()] == [
            ("why-ask", 5), ("how-come", 8), ("fresh", 5),
        ]  # fmt: skip

    def test_the_databases_side_is_taken_and_a_conflict_is_left(self, desk: Desk) -> None:
        self.differ(desk)
        answer = desk.bank("sync", "--take", "database")
        assert answer.exit_code == 1
        assert [line.partition(":")[0] for line in answer.stdout.splitlines()] == [
            "written to the files   question why-ask", "both changed           question how-come",
            "only in files          question fresh",
        ]  # fmt: skip
        text = (desk.content / "question_bank" / "general.toml").read_text()
        assert ('prompt = "Why ask at all?"' in text, "minutes = 9" in text) == (True, True)

    @pytest.mark.parametrize(("side", "minutes"), [("files", 9), ("database", 8)])
    def test_a_conflict_that_is_named_is_applied_too(self, desk: Desk, side: str, minutes: int) -> None:
        self.differ(desk)
        desk.bank("sync", "--take", side, "--also", "how-come")
        other = "database" if side == "files" else "files"
        last = desk.bank("sync", "--take", other)
        assert (last.exit_code, last.stdout.splitlines()[-1]) == (0, "Files and database hold the same.")
        assert {each.key: each.question.minutes for each in desk.questions()}["how-come"] == minutes
        assert f"minutes = {minutes}" in (desk.content / "question_bank" / "general.toml").read_text()

    def test_what_was_imported_is_written_into_a_file_of_its_category(self, desk: Desk) -> None:
        desk.bank("import", desk.file(DOCUMENT))
        assert "only in database       category chances: Chances\n" in desk.bank("sync").stdout
        assert desk.bank("sync", "--take", "database").exit_code == 0
        text = (desk.content / "question_bank" / "chances.toml").read_text()
        assert text.count("[[questions]]") == 2
        assert desk.bank("sync").exit_code == 0

    def test_a_key_that_does_not_differ_is_told(self, desk: Desk) -> None:
        answer = desk.bank("sync", "--take", "files", "--also", "nowhere")
        assert (answer.exit_code, answer.stdout) == (1, "")
        assert answer.stderr == "Nothing named nowhere differs. Run sync without --also to see what does.\n"
        assert desk.bank("sync", "--also", "nowhere").exit_code == 2

    def test_a_broken_file_is_told_and_the_exit_code_says_so(self, desk: Desk) -> None:
        desk.bank("sync")
        (desk.content / "rubrics" / "explanation.toml").write_text("= =")
        answer = desk.bank("sync")
        assert answer.exit_code == 1
        assert answer.stderr.startswith("rubrics/explanation.toml: is not valid TOML: ")

    @staticmethod
    def differ(desk: Desk) -> None:
        """One is new in the files, one newer in the database, one changed on both sides."""
        desk.bank("sync")
        desk.edit("why-ask", prompt="Why ask at all?")
        desk.edit("how-come", minutes=8)
        files = (a_question("why-ask"), a_question("how-come", minutes=9), a_question("fresh"))
        write_content(desk.content, {"general": question_file(*files)})

    @staticmethod
    def lines_of_the_new_one() -> list[str]:
        return [
            "--- database", "+++ files", "@@ -0,0 +1,10 @@", '+key = "fresh"', '+prompt = "What is fresh?"',
            '+answer = "All about fresh."', '+probes = ["Why?", "What if not?"]', '+strong = ["Gives a reason."]',
            '+weak = ["Gives a slogan."]', '+competency = "Technical depth"', '+difficulty = "introductory"',
            "+minutes = 5", '+source = "written for a test"',
        ]  # fmt: skip


class TestAsAProcess:
    def test_a_dry_run_works_while_the_app_has_the_database(self, desk: Desk, open_elsewhere: None) -> None:
        answer = desk.process("import", desk.file(DOCUMENT), "--dry-run", "--json")
        assert (answer.returncode, answer.stderr) == (0, b"")
        assert json.loads(answer.stdout) == {"questions": FOUND, "problems": []}

    def test_what_needs_the_database_says_who_has_it(self, desk: Desk, open_elsewhere: None) -> None:
        for words in (("import", desk.file(DOCUMENT)), ("export",), ("sync",)):
            answer = desk.process(*words)
            assert answer.returncode == 1
            assert answer.stderr.count(b"\n") == 1
            assert b"already running with it" in answer.stderr

    def test_what_is_printed_is_the_file_itself(self, desk: Desk) -> None:
        assert desk.process("export", "--format", "csv").stdout == as_bytes(desk.questions(), "csv")

    def test_a_name_in_an_old_encoding_is_no_obstacle(self, desk: Desk) -> None:
        answer = desk.process("import", desk.file(DOCUMENT, "caf\udce9.md"))
        assert (answer.returncode, answer.stderr) == (0, b"")
        assert desk.questions()[-1].question.source == "caf .md"

    def test_what_cannot_be_read_is_no_traceback(self, desk: Desk) -> None:
        answer = desk.process("import", desk.file(b"%PDF-1.7", "a.pdf"), "--json")
        assert (answer.returncode, answer.stdout) == (1, b"")
        assert answer.stderr.decode() == "This is a PDF. Open it, select the text, copy it and paste it here.\n"


def test_general_is_where_the_questions_of_the_files_stand(desk: Desk) -> None:
    desk.bank("sync")
    assert [(each.category, each.state) for each in desk.questions()] == [(GENERAL, "approved")] * 2
