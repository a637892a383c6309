"""The app's pages on a team's own house, without a server."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import app_test, local_script_runner

from panel.house import House, close_house, open_house
from panel.settings import read_settings
from panel.ui import resources
from tests.emptying import EmptyFile
from tests.factories import Team, a_team
from tests.ui.driving import Tab


@pytest.fixture(scope="session", autouse=True)
def as_in_one_server() -> Iterator[None]:
    """Scripts are compiled once, and packages looked through for components once: AppTest does both for every tab."""
    scripts, manifests = ScriptCache(), manifest_scanner.scan_component_manifests()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(app_test, "ScriptCache", lambda: scripts)
        patch.setattr(local_script_runner, "ScriptCache", lambda: scripts)
        patch.setattr(manifest_scanner, "scan_component_manifests", lambda: manifests)
        yield


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The folder that holds `question_bank/` and `rubrics/`."""
    return tmp_path / "content"


@pytest.fixture
def opened(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: Path,
    empty_file: EmptyFile, starts_with_team: bool,
) -> Iterator[House]:  # fmt: skip
    """The house that the pages find, empty before the fixture `team`."""
    place = empty_file.copied_to(tmp_path / "panel.duckdb", for_team=starts_with_team)
    monkeypatch.setenv("PANEL_DATABASE", str(place))
    monkeypatch.setenv("PANEL_CONTENT", str(content))
    resources.house.clear()
    settings = read_settings()
    house = open_house(settings)
    yield house
    resources.house.clear()
    empty_file.left(house)
    close_house(settings)


@pytest.fixture
def team(opened: House, content: Path) -> Team:
    return a_team(opened.team, content)


@pytest.fixture
def tab(team: Team) -> Callable[[str], Tab]:
    """Somebody's new tab: `tab("Ana")`."""
    return lambda name: Tab(team.workspace, team.people[name])
