"""The examples of docs/data.md run as they stand there and say the same, and its tables name what there is."""

import csv
import io
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from panel.actions.take_ratings import write_ratings
from panel.actions.tidy_ratings import Chosen
from panel.cli import main
from panel.exporting.ratings import COLUMNS
from panel.house import House, Workspace
from panel.settings import Settings
from tests.factories import a_team
from tests.running import ROOT

PAGE = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
SAID = [["candidate", "mean", "interviewers"], ["Priya", "3.67", "3"], ["Zoe", "2.50", "2"]]


def example(language: str) -> str:
    """The first block of a language."""
    (first, *_) = re.findall(rf"```{language}\n(.*?)```", PAGE, re.S)
    return str(first)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which two candidates are settled, with its ratings as Parquet and CSV beside it."""
    place = tmp_path_factory.mktemp("data")
    house = House(Settings(database=str(place / "panel.duckdb"), demo=False))
    try:
        fill(house.team, place)
        for form in ("parquet", "csv"):
            with (place / f"ratings.{form}").open("wb") as out:
                write_ratings(house.team, out, form=form, chosen=Chosen())  # type: ignore[arg-type]
    finally:
        house.close()
    return place


def fill(workspace: Workspace, place: Path) -> None:
    """Priya's panel gave 2, 4 and 5 on one question; Zoe has sat one interview of two, the third was not asked."""
    team = a_team(workspace, place / "content")
    zoe = team.add_candidate("Zoe")
    for name, level in (("Ana", 2), ("Bo", 4), ("Mia", 5)):
        team.hand_in(name, levels={"what-ana-asks": level})
    for name, level in (("Ana", 2), ("Bo", 3), ("Mia", None)):
        team.hand_in(name, levels={"what-bo-asks": level}, candidate=zoe)


def rows(text: str) -> list[list[str]]:
    return [row for row in csv.reader(io.StringIO(text)) if row]


def run(folder: Path, *command: str) -> list[list[str]]:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return rows(done.stdout)


def test_the_pandas_example(folder: Path) -> None:
    assert run(folder, sys.executable, "-c", example("python")) == SAID


def test_the_r_example(folder: Path) -> None:
    program = shutil.which("Rscript")
    if program is None:
        pytest.skip("R is not on this machine (Debian: r-base-core)")
    (folder / "means.R").write_text(example("r"), encoding="utf-8")
    assert run(folder, program, "--vanilla", "means.R") == SAID


def test_the_sql_example_on_both_engines(workspace: Workspace, tmp_path: Path) -> None:
    fill(workspace, tmp_path)
    with workspace.database.read() as transaction:
        found = transaction.rows(example("sql"))
    said = [[each["candidate"], f"{each['mean']:.2f}", str(each["interviewers"])] for each in found]
    assert [list(found[0]), *said] == SAID


def test_a_copy_of_the_file_can_be_read_by_others(folder: Path) -> None:
    copy = shutil.copy(folder / "panel.duckdb", folder / "copy-of-panel.duckdb")
    with duckdb.connect(str(copy), read_only=True) as connection:
        assert connection.execute(example("sql")).fetchall()[0][0] == "Priya"
        views = connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall()
        assert {name for (name,) in views} == set(re.findall(r"^\| `(tidy_\w+)` \|", PAGE, re.M))


def test_the_columns_are_those_of_the_page(workspace: Workspace) -> None:
    table = PAGE[PAGE.index("## The columns") : PAGE.index("## Three examples")]
    cells = re.findall(r"^\| (`[^|]*) \|", table, re.M)
    assert {name for cell in cells for name in re.findall(r"`(\w+)`", cell)} == set(COLUMNS)
    views = PAGE[PAGE.index("## Views") :]
    for name, columns in re.findall(r"^\| `(tidy_[cq]\w+)` \|[^|]*\| (.*) \|$", views, re.M):
        with workspace.database.read() as transaction:
            found = transaction.frame(f"SELECT * FROM {name}")
        assert re.findall(r"`(\w+)`", columns) == list(found.columns)


def test_the_file_can_be_given_to_the_calibrate_command(folder: Path) -> None:
    command = [sys.executable, "-m", "panel", "calibrate", str(folder / "ratings.csv"), "--bootstrap", "0"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    assert "2 targets" in done.stdout


def test_the_commands_of_the_page_are_there() -> None:
    ratings = main.get_command(None, "export").commands["ratings"]  # type: ignore[arg-type, union-attr]
    options = {name for each in ratings.params for name in each.opts}
    named = set(re.findall(r"`?(--[a-z]+)", PAGE))
    assert named <= options
