"""Who may import whom. The walk is proved by breaches planted in a copy of the tree."""

import ast
import shutil
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BASE = {"errors", "settings"}
ALLOWED: dict[str, set[str]] = {
    "errors": set(),
    "settings": {"errors"},
    "domain": {"errors"},
    "stats": set(),
    "seating": {"stats"},
    "markdown": set(),
    "assembly": {"errors"},
    "content": {"domain", "errors"},
    "exercise_files": {"content", "domain", "errors"},
    "exporting": {"domain", "markdown", "errors"},
    "importing": {"domain", "assembly", "content", "exporting.cells", "errors"},
    "finding": {"domain", "errors"},
    "demo": {"domain", "errors"},
    "store": {"domain", *BASE},
    "live": {"store.database", "domain", "errors"},
    "mail": BASE,
    "recent": set(),
    "house": {"store", "live", "recent", *BASE},
    "actions": {
        "store", "content", "exercise_files", "importing", "exporting", "finding", "demo", "seating", "stats",
        "assembly", "domain", "house", "mail", *BASE,
    },
    "web": {"actions", "domain", "house", "live", *BASE},
    "ui": {
        "actions", "exporting", "finding", "importing.found", "markdown", "seating.report", "seating.sentences",
        "stats", "domain", "house", "store.plans", "store.reports", *BASE,
    },
    "cli": {"actions", "assembly", "exporting", "importing", "stats", "domain", "house", *BASE},
    "__main__": {"cli"},
}  # fmt: skip
HOME_OF = {
    "streamlit": {"ui"},
    "plotly": {"ui"},
    "duckdb": {"store"},
    "psycopg": {"store"},
    "psycopg_pool": {"store"},
    "starlette": {"web"},
    "smtplib": {"mail"},
}


def breaches(root: Path) -> list[str]:
    """Every import below `root`/panel that the rule forbids, as `file: module`."""
    found = []
    for path in sorted((root / "panel").rglob("*.py")):
        room = path.relative_to(root / "panel").parts[0].removesuffix(".py")
        if room == "__init__":
            continue
        for module in imported(path.read_text(encoding="utf-8")):
            top, _, rest = module.partition(".")
            if top == "panel" and rest and not may_import(room, rest):
                found.append(f"{path.relative_to(root)}: {module}")
            if top in HOME_OF and room not in HOME_OF[top]:
                found.append(f"{path.relative_to(root)}: {module}")
    return found


@cache
def imported(program: str) -> list[str]:
    """Every module a program names in an import; `from panel.store import plans` names panel.store.plans."""
    modules = []
    for node in ast.walk(ast.parse(program)):
        if isinstance(node, ast.Import):
            modules += [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [each.name for each in node.names]
            deep = node.module.count(".") == 0 or node.module in {"panel.store", "panel.actions"}
            modules += [f"{node.module}.{name}" for name in names] if deep else [node.module]
    return modules


def may_import(room: str, module: str) -> bool:
    inside, _, _ = module.partition(".")
    return inside == room or any(module == each or module.startswith(each + ".") for each in ALLOWED[room])


def test_every_import_stays_within_the_rule() -> None:
    assert breaches(ROOT) == []


def test_every_room_has_a_rule() -> None:
    rooms = {path.name.removesuffix(".py") for path in (ROOT / "panel").iterdir() if not path.name.startswith("__py")}
    assert rooms - {"__init__"} == set(ALLOWED)


@pytest.mark.parametrize(
    ("where", "line"),
    [
        ("domain/people.py", "import duckdb"),
        ("domain/people.py", "from panel.store import people"),
        ("stats/icc.py", "from panel.domain import people"),
        ("actions/bank.py", "import streamlit as st"),
        ("actions/scoring.py", "from starlette.requests import Request"),
        ("ui/screens/today.py", "from panel.store import scorecards"),
        ("ui/screens/today.py", "from panel.store.database import Database"),
        ("seating/proposing.py", "from panel.domain.candidates import Candidate"),
        ("ui/charts.py", "import psycopg"),
        ("actions/reminding.py", "import smtplib"),
        ("store/plans.py", "from panel.actions.plans import publish"),
        ("web/gate.py", "import plotly.graph_objects as go"),
        ("content.py", "from panel.store import bank"),
        ("importing/rubrics.py", "from panel.store import rubrics"),
        ("exporting/rubrics.py", "from panel.actions import rubrics"),
        ("finding/search.py", "from panel.actions import library"),
        ("live.py", "from panel.store import scorecards"),
        ("actions/leading.py", "from panel.live import Live"),
    ],
)
def test_a_planted_breach_is_found(tmp_path: Path, where: str, line: str) -> None:
    shutil.copytree(ROOT / "panel", tmp_path / "panel", ignore=shutil.ignore_patterns("__pycache__"))
    target = tmp_path / "panel" / where
    target.write_text(f"{line}\n{target.read_text(encoding='utf-8')}", encoding="utf-8")
    assert [each.split(":")[0] for each in breaches(tmp_path)] == [f"panel/{where}"]


def test_sql_stands_in_store_only() -> None:
    """A statement in a string outside store would be a query without a home."""
    words = ("SELECT ", "INSERT INTO", "UPDATE ", "DELETE FROM", "CREATE TABLE")
    strangers = []
    for path in sorted((ROOT / "panel").rglob("*.py")):
        if "store" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith(words):
                strangers.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert strangers == []
