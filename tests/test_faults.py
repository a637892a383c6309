"""A full disk, a disk that cannot be written to, and a killed server, while people save."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from panel.domain.scorecards import Rating
from panel.errors import StorageError
from panel.house import House
from panel.settings import ROOT, Settings
from panel.store import duck, scorecards
from panel.store.database import Transaction
from panel.store.duck import DuckDatabase
from tests.factories import a_team
from tests.live_client import LiveClient
from tests.rating_events import events_of
from tests.running import RunningApp
from tests.saving_clients import Kept, Saver, kept_of
from tests.ui.driving import PANEL, session_of

# A process that may write files up to a size only stands for a disk that is full from there on: the kernel refuses in
# the same call. It needs no rights and harms nobody else.
SAVE_WITHOUT_ROOM = """
import json, resource, sys
from pathlib import Path
from panel.actions import scoring
from panel.errors import StorageError
from panel.house import House
from panel.settings import Settings
from panel.store import duck, scorecards
from tests.factories import a_team

path, room, longest_log = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
house = House(Settings(database=str(path), demo=False))
team = a_team(house.team, path.parent / "content")
duck.LARGEST_LOG = longest_log
card, ana, version = team.card("Ana"), team.people["Ana"], 0

def save(number):
    global version
    try:
        saved = scoring.save_rating(
            team.workspace, by=ana, scorecard_id=card.id, question_key="what-ana-asks", seen_version=version,
            outcome="rated", level=3, note=f"{number} " + "x" * 9000,
        )
    except StorageError as error:
        return str(error)
    version = saved.version
    return version

def stored():
    with team.workspace.database.read() as transaction:
        return scorecards.ratings_of(transaction, card.id)["what-ana-asks"].version

def may_write(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

before = [save(number) for number in range(3)]
may_write(duck.size_of(duck.log_of(path)) + room if room else 0)
during = [save(number) for number in range(3, 60)]
read = stored()
may_write(resource.RLIM_INFINITY)
after = [save(number) for number in range(60, 65)]
print(json.dumps({"card": card.id, "before": before, "during": during, "read": read, "after": after, "end": stored()}))
house.close()
"""
FULL = (
    "The disk that holds the database {place} is full, and nothing was changed. Ask whoever runs the app to make room "
    "on it; then try again."
)
NEVER = 1 << 40
WAIT = 240.0  # seconds; a slow machine is no failure


@dataclass(frozen=True)
class Told:
    """What a process said that saved before, while and after there was no room, and what it left in the file."""

    said: dict[str, Any]
    trouble: str
    sentence: str
    rating: Rating
    versions: list[int]

    @property
    def acknowledged(self) -> list[int]:
        answers = self.said["before"] + self.said["during"] + self.said["after"]
        return [each for each in answers if each != self.sentence]


def save_without_room(folder: Path, *, room: int, longest_log: int = NEVER) -> Told:
    path = folder / "panel.duckdb"
    ran = subprocess.run(
        [sys.executable, "-c", SAVE_WITHOUT_ROOM, str(path), str(room), str(longest_log)],
        capture_output=True, text=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=120, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    said = json.loads(ran.stdout)
    house = House(Settings(database=str(path), demo=False))
    with house.team.database.read() as transaction:
        rating = scorecards.ratings_of(transaction, said["card"])["what-ana-asks"]
        events = events_of(transaction, said["card"])
    house.close()
    return Told(said, ran.stderr, FULL.format(place=path), rating, [int(each["version"]) for each in events])


class TestNoRoom:
    """Every answer is a save or the sentence, and the file holds exactly what was acknowledged."""

    def check(self, told: Told) -> None:
        assert told.acknowledged == told.versions == list(range(1, len(told.versions) + 1))
        assert (told.said["end"], told.rating.version) == (len(told.versions), len(told.versions))
        assert told.said["after"] == told.versions[-5:]
        assert told.rating.note == "64 " + "x" * 9000

    def test_a_disk_that_fills_up_while_people_save(self, tmp_path: Path) -> None:
        told = save_without_room(tmp_path, room=150_000)
        self.check(told)
        saved = told.said["during"].index(told.sentence)
        assert 0 < saved < 20
        assert told.said["during"][saved:] == [told.sentence] * (57 - saved)
        assert told.said["read"] == 3 + saved

    def test_a_disk_on_which_nothing_can_be_written(self, tmp_path: Path) -> None:
        told = save_without_room(tmp_path, room=0)
        self.check(told)
        assert told.said["during"] == [told.sentence] * 57
        assert told.said["read"] == 3

    def test_a_log_that_finds_no_room_in_the_file_stays_a_log(self, tmp_path: Path) -> None:
        """Folding the log into the file fails, DuckDB gives the open file up, and nobody's save is refused for it."""
        told = save_without_room(tmp_path, room=NEVER, longest_log=1)
        assert told.said["during"] == list(range(4, 61))  # there was room all the time
        self.check(told)
        (tmp_path / "full").mkdir()
        told = save_without_room(tmp_path / "full", room=1_200_000, longest_log=400_000)
        self.check(told)
        assert told.said["during"] == list(range(4, 61))
        assert "could not be folded into it" in told.trouble
        assert "was opened anew" in told.trouble


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 4 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "panel-test", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only an administrator mounts a small disk")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


class TestSmallDisk:
    def test_saves_go_on_when_there_is_room_again(self, small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(duck, "LARGEST_LOG", 1_000_000)
        path, acknowledged, refusals = small_disk / "small.duckdb", [], set()
        database = DuckDatabase(path)
        database.write(lambda transaction: transaction.run("CREATE TABLE thing (id BIGINT PRIMARY KEY, text VARCHAR)"))

        def save(number: int) -> None:
            def work(transaction: Transaction) -> None:
                transaction.run("INSERT INTO thing VALUES (?, ?)", number, os.urandom(10_000).hex())

            try:
                database.write(work)
            except StorageError as error:
                refusals.add(str(error))
            else:
                acknowledged.append(number)

        def there() -> list[int]:
            with database.read() as transaction:
                return [row["id"] for row in transaction.rows("SELECT id FROM thing ORDER BY id")]

        for number in range(240):
            save(number)
        assert refusals == {FULL.format(place=path)}
        assert there() == acknowledged
        filled = len(acknowledged)
        subprocess.run(["mount", "-o", "remount,size=40m", str(small_disk)], check=True)
        for number in range(240, 280):
            save(number)
        assert acknowledged[filled:] == list(range(240, 280))
        database.close()
        database = DuckDatabase(path)
        assert there() == acknowledged
        database.close()

    def test_a_disk_that_is_read_only_is_named_before_the_app_starts(self, small_disk: Path) -> None:
        path = small_disk / "small.duckdb"
        DuckDatabase(path).close()
        subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
        with pytest.raises(StorageError) as refusal:
            DuckDatabase(path)
        assert str(refusal.value).startswith(
            f"The file {path} cannot be opened, because its disk cannot be written to: "
        )


@dataclass(frozen=True)
class Seat:
    scorecard_id: str
    questions: tuple[str, ...] = ("what-ana-asks", "what-bo-asks", "what-mia-asks")


async def saved_more(savers: list[Saver], each_more: int) -> int:
    """Wait until everybody has saved so many more; how many saves are acknowledged then."""
    enough = [len(each.acknowledged) + each_more for each in savers]
    while any(len(each.acknowledged) < wanted for each, wanted in zip(savers, enough, strict=True)):
        await asyncio.sleep(0.02)
    return sum(len(each.acknowledged) for each in savers)


def test_a_killed_server_loses_nothing_and_open_pages_go_on(tmp_path: Path) -> None:
    settings = Settings(database=str(tmp_path / "panel.duckdb"), demo=False)
    house = House(settings)
    team = a_team(house.team, tmp_path / "content")
    cookies = {name: f"panel_session=team.{session_of(house.team, team.people[name])}" for name in PANEL}
    cards = {name: team.card(name).id for name in PANEL}
    house.close()
    app = RunningApp(Path(settings.database))
    app.start()

    def saver(name: str) -> Saver:
        client = LiveClient(app.host, cookies[name], f"scorecard={cards[name]}&tab={name}")
        return Saver(Seat(cards[name]), client, pause=0.01)

    savers = [saver(name) for name in PANEL]

    async def kill_three_times() -> list[int]:
        stop, reached = asyncio.Event(), []
        async with asyncio.timeout(WAIT), asyncio.TaskGroup() as saving:
            for each in savers:
                saving.create_task(each.save_until(stop))
            for _ in range(3):
                reached.append(await saved_more(savers, 10))
                await asyncio.to_thread(app.restart, signal.SIGKILL)
            reached.append(await saved_more(savers, 1))
            stop.set()
        return reached

    try:
        reached = asyncio.run(kill_three_times())
    finally:
        app.stop(signal.SIGKILL)
    found = kept_of(settings, savers)
    assert found == Kept(acknowledged=found.acknowledged, lost=[], torn=[])
    assert found.acknowledged >= reached[-1] > reached[-2]
    assert [each.client.connections for each in savers] == [4, 4, 4]
    assert [each.refused for each in savers] == [[], [], []]
