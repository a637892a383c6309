"""What one running process has open: the team's database, and the demo team's while it exists.

The demo team lives in a database of its own, so its data cannot mix with the team's. A DuckDB file can be open
in one process only, so the house is opened once per process and shared by the web gate and the pages.
"""

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from panel.errors import InputError, NotFound
from panel.live import Live
from panel.recent import Recent
from panel.settings import ROOT, Settings
from panel.store.database import Database
from panel.store.opening import demo_exists, open_database, remove_database

WorkspaceName = Literal["team", "demo"]
Known = TypeVar("Known")
MOST_TABLES = 4  # of ratings; one of a million takes about 60 MB
MOST_RESULTS = 200  # computed from them


class Shelf:
    """What is costly to make from the database, kept by name until another revision is asked for. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[Hashable, Any]] = {}

    def take(self, name: str, revision: Hashable, make: Callable[[Known | None], Known]) -> Known:
        """What is kept for this revision; else what `make` makes of what was kept before.

        One caller makes it, and those who ask meanwhile wait for it.
        """
        made_for, kept = self._look(name)
        if kept is None or made_for != revision:
            with self._lock:
                made_for, kept = self._look(name)
                if kept is None or made_for != revision:
                    kept = make(kept)
                    self._kept[name] = (revision, kept)
        known: Known = kept
        return known

    def _look(self, name: str) -> tuple[Hashable, Any]:
        return self._kept.get(name, (None, None))


@dataclass(frozen=True)
class Workspace:
    """One team's data. Every action is given the workspace it works in.

    `tables` and `results` hold what was read and computed from ratings, under keys that name what may be seen.
    """

    name: WorkspaceName
    database: Database
    settings: Settings
    shelf: Shelf = field(default_factory=Shelf, compare=False, repr=False)
    tables: Recent = field(default_factory=lambda: Recent(MOST_TABLES), compare=False, repr=False)
    results: Recent = field(default_factory=lambda: Recent(MOST_RESULTS), compare=False, repr=False)
    live: Live = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "live", Live(self.database))

    @property
    def is_demo(self) -> bool:
        return self.name == "demo"


class House:
    """The open workspaces. Thread-safe."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._lock = threading.RLock()
        self._open: dict[WorkspaceName, Workspace] = {}
        self._open["team"] = Workspace("team", open_database(settings), settings)
        if settings.demo and demo_exists(settings):
            self.open_demo()

    @property
    def team(self) -> Workspace:
        return self.workspace("team")

    @property
    def demo(self) -> Workspace | None:
        return self._open.get("demo")

    def workspace(self, name: str) -> Workspace:
        """Raises NotFound when the demo team is asked for and has been removed."""
        for each, workspace in list(self._open.items()):
            if each == name:
                return workspace
        raise NotFound("The demo team has been removed. Sign in to your own team, or open the demo again.")

    def open_demo(self) -> Workspace:
        """The demo team's workspace, created empty when it is not there."""
        if not self.settings.demo:
            raise InputError("The demo team is switched off here (PANEL_DEMO=off).")
        with self._lock:
            if "demo" not in self._open:
                # The demo team's plans ask the program's own questions, whatever the team keeps in its content folder.
                settings = self.settings.model_copy(update={"content": ROOT})
                self._open["demo"] = Workspace("demo", open_database(self.settings, demo=True), settings)
            return self._open["demo"]

    def remove_demo(self) -> None:
        """Delete the demo team with everything in it."""
        with self._lock:
            workspace = self._open.get("demo")
            if workspace:
                remove_database(workspace.database)
                del self._open["demo"]

    def close(self) -> None:
        with self._lock:
            for workspace in self._open.values():
                workspace.database.close()
            self._open.clear()


_houses: dict[str, House] = {}
_houses_lock = threading.Lock()


def open_house(settings: Settings) -> House:
    """The house of this process for these settings; opened on the first call. Raises StorageError."""
    with _houses_lock:
        if settings.database not in _houses:
            _houses[settings.database] = House(settings)
        return _houses[settings.database]


def close_house(settings: Settings) -> None:
    with _houses_lock:
        house = _houses.pop(settings.database, None)
    if house:
        house.close()
