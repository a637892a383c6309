"""`python -m panel export ratings`: what it writes, what it says, and what it refuses."""

import io
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner, Result

from panel.cli import main
from panel.exporting.ratings import COLUMNS
from panel.house import House
from panel.settings import Settings
from tests.factories import a_team


@dataclass(frozen=True)
class Desk:
    """A folder with a database in which Priya's panel has submitted, and Zoe's but for Mia; and the command there."""

    folder: Path

    def export(self, *arguments: str) -> Result:
        database = {"PANEL_DATABASE": str(self.folder / "panel.duckdb"), "PANEL_DEMO": "off"}
        return CliRunner().invoke(main, ["export", "ratings", *arguments], env=database)

    def file(self, name: str) -> Path:
        return self.folder / name


@pytest.fixture
def desk(tmp_path: Path, quick_passwords: None) -> Desk:
    house = House(Settings(database=str(tmp_path / "panel.duckdb"), demo=False))
    try:
        team = a_team(house.team, tmp_path / "content")
        zoe = team.add_candidate("Zoe")
        for name in ("Ana", "Bo", "Mia"):
            team.hand_in(name)
        for name in ("Ana", "Bo"):
            team.hand_in(name, candidate=zoe)
    finally:
        house.close()
    return Desk(tmp_path)


def test_the_same_rows_in_three_forms(desk: Desk) -> None:
    sizes = {}
    for ending, read in (("parquet", pd.read_parquet), ("csv", pd.read_csv), ("xlsx", pd.read_excel)):
        file = desk.file(f"ratings.{ending}")
        done = desk.export(str(file))
        assert (done.output, done.exit_code) == (f"9 ratings written to {file}.\n", 0)
        found = read(io.BytesIO(file.read_bytes()))
        sizes[ending] = (tuple(found.columns), len(found), set(found["candidate"]))
    assert sizes == dict.fromkeys(("parquet", "csv", "xlsx"), (COLUMNS, 9, {"Priya"}))


def test_a_person_is_given_what_they_may_see(desk: Desk) -> None:
    said = {
        email: desk.export(str(desk.file(f"{email}.csv")), "--as", email).output.partition(" written")[0]
        for email in ("max@example.org", "mia@example.org", "ana@example.org", "tom@example.org")
    }
    assert said == {
        "max@example.org": "15 ratings", "mia@example.org": "9 ratings", "ana@example.org": "15 ratings",
        "tom@example.org": "0 ratings",
    }  # fmt: skip


def test_the_choice_by_role_plan_and_day(desk: Desk) -> None:
    file = str(desk.file("part.csv"))
    options = [
        ("--role", "Engineer", "--plan", "Onsite"), ("--since", "2026-03-02", "--until", "2026-03-02"),
        ("--until", "2026-03-01"),
    ]  # fmt: skip
    assert [desk.export(file, "--force", *each).output.partition(" ")[0] for each in options] == ["9", "9", "0"]


def test_a_file_that_is_there_stays_unless_it_is_to_be_replaced(desk: Desk) -> None:
    file = desk.file("ratings.csv")
    file.write_text("mine")
    done = desk.export(str(file))
    assert (done.output, done.exit_code) == (
        f"{file} is there already. Name another file, or add --force to write over it.\n", 1,
    )  # fmt: skip
    assert file.read_text() == "mine"
    assert desk.export(str(file), "--force").exit_code == 0
    assert file.read_bytes().startswith(b'\xef\xbb\xbf"target"')


def test_what_is_refused_is_said_in_one_line_and_leaves_no_file(desk: Desk) -> None:
    there = sorted(each.name for each in desk.folder.iterdir())
    said = {
        ("ratings.txt",): "How to write ratings.txt is not clear from its name. Add --format parquet, csv or xlsx.",
        ("x.csv", "--role", "Nobody"): "There is no role called Nobody. The roles are: Engineer.",
        ("x.csv", "--as", "zoe"): "Enter an email address, such as ana@example.org.",
        ("no folder/x.csv",): "cannot be written: No such file or directory. Name another file.",
    }
    for (name, *options), sentence in said.items():
        done = desk.export(str(desk.file(name)), *options)
        assert (done.exit_code, done.output.count("\n")) == (1, 1)
        assert sentence in done.output
    assert sorted(each.name for each in desk.folder.iterdir()) == there


def test_while_the_app_has_the_file_open_the_command_says_so(desk: Desk) -> None:
    program = "import sys, duckdb; held = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", program, str(desk.file("panel.duckdb"))], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout
        other.stdout.readline()
        done = desk.export(str(desk.file("ratings.csv")))
        other.communicate()
    assert (done.exit_code, desk.file("ratings.csv").exists()) == (1, False)
    assert "panel.duckdb" in done.output
    assert "Traceback" not in done.output
