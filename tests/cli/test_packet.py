"""`python -m panel packet`: what it says of a file, and its exit code. No rating is printed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from click.testing import CliRunner, Result

from panel.cli import main
from panel.house import House
from panel.settings import Settings
from tests.debriefs import all_in, decided, opened, reconciled
from tests.factories import Team, a_team


@dataclass(frozen=True)
class Desk:
    """A database with a decided debrief, and its packet beside it."""

    folder: Path

    def panel(self, *words: str, database: str = "panel.duckdb") -> Result:
        return CliRunner(env={"PANEL_DATABASE": str(self.folder / database)}).invoke(main, ["packet", *words])

    def verify(self, name: str = "p.pdf", **how: str) -> tuple[int, str]:
        answer = self.panel("verify", str(self.folder / name), **how)
        return answer.exit_code, answer.output

    def write(self, data: bytes) -> None:
        (self.folder / "other.pdf").write_bytes(data)

    def at_work(self, known: Team | None = None) -> Iterator[Team]:
        """The team with its database open, made or as it was left."""
        house = House(Settings(database=str(self.folder / "panel.duckdb")))
        made = replace(known, workspace=house.team) if known else a_team(house.team, self.folder / "content")
        yield made
        house.close()


def test_a_packet_is_made_and_checked(tmp_path: Path, quick_passwords: None) -> None:
    desk = Desk(tmp_path)
    for team in desk.at_work():
        all_in(team)
        opened(team)
        decided(team, "another_round", reason="too little was asked")
    made = desk.panel("make", str(tmp_path / "p.pdf"), "--candidate", "Priya", "--as", "MAX@example.org")
    assert (made.exit_code, made.output) == (0, f"Written to {tmp_path / 'p.pdf'}.\n")
    data = (tmp_path / "p.pdf").read_bytes()

    again = ("make", str(tmp_path / "p.pdf"), "--candidate", "Priya", "--as", "max@example.org")
    assert desk.panel(*again).output == (
        f"{tmp_path / 'p.pdf'} is there already. Name another file, or add --force to write over it.\n"
    )
    (tmp_path / "p.pdf").write_bytes(b"what was there")
    assert desk.panel(*again, "--force").exit_code == 0
    assert (tmp_path / "p.pdf").read_bytes() == data
    nowhere = desk.panel("make", str(tmp_path / "none" / "p.pdf"), *again[2:])
    assert nowhere.output.endswith("cannot be written: No such file or directory. Name another file.\n")
    assert [each.name for each in tmp_path.glob(".*.part")] == []

    refusals = {"ana@example.org": "Priya", "nobody@example.org": "Priya", "max@example.org": "Zoe"}
    refused = {
        who: desk.panel("make", str(tmp_path / "q.pdf"), "--candidate", candidate, "--as", who).output
        for who, candidate in refusals.items()
    }
    assert refused == {
        "ana@example.org": "Only hiring managers and administrators take a decision packet along.\n",
        "nobody@example.org": "Nobody on the team has the address nobody@example.org.\n",
        "max@example.org": "No candidates are called Zoe. Give the email address of exactly one.\n",
    }

    code, said = desk.verify()
    assert (code, said.splitlines()[0], said.splitlines()[-1]) == (
        0, "p.pdf is unchanged, to the byte.", "It matches the database."
    )  # fmt: skip
    assert "It tells of debrief 1 of Priya, decided" in said
    assert "Label" not in said  # no level's words

    desk.write(data[:9000] + bytes([data[9000] ^ 1]) + data[9001:])
    code, said = desk.verify("other.pdf")
    assert code == 1
    assert said.startswith("other.pdf was changed: ")

    desk.write(b"hello")
    assert desk.verify("other.pdf") == (
        2, "other.pdf is no PDF file. Name the PDF that was downloaded from the debrief.\n",
    )  # fmt: skip
    code, said = desk.verify("missing.pdf")
    assert code == 2
    assert "cannot be read: No such file or directory. Name a decision packet." in said

    code, said = desk.verify(database="another.duckdb")
    assert code == 2
    assert said.splitlines()[-1] == (
        "The database knows no such debrief: the file comes from another one, or was made up."
    )


def test_what_happened_since_is_named(tmp_path: Path, quick_passwords: None) -> None:
    desk = Desk(tmp_path)
    for team in desk.at_work():
        all_in(team)
        opened(team)
        decided(team, "hold")
    desk.panel("make", str(tmp_path / "p.pdf"), "--candidate", "priya@example.org", "--as", "max@example.org")
    for later in desk.at_work(team):
        opened(later)
        reconciled(later, "Ana", 4)
    code, said = desk.verify()
    assert code == 1
    assert said.splitlines()[-2:] == [
        "Since then: A newer debrief of Priya was opened since: number 2.",
        "Since then: Ana's rating of question 1 in Panel was reconciled since.",
    ]


def test_the_command_is_offered() -> None:
    assert "packet" in CliRunner().invoke(main, ["--help"]).output
