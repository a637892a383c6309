"""Tabs of the app without a browser, and a team in the middle of interviewing behind a real server."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.testing.v1 import AppTest

from panel.actions.sessions import begin_session, new_token, token_hash
from panel.domain.basics import now
from panel.domain.people import Person
from panel.house import House, Workspace
from panel.settings import Settings
from panel.ui.words import JOINER
from tests.factories import Team, a_team, add_person
from tests.running import RunningApp

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

APP = Path(__file__).resolve().parents[2] / "panel" / "ui" / "app.py"
PANEL = ("Ana", "Bo", "Mia")
EVE = "**Eve** :red[x] $x$ :material/home: www.evil.example <img src=x onerror=alert(1)>"
EVERY_PAGE = (
    "today", "score", "plans", "candidates", "board", "compare", "debrief", "questions", "import_questions", "rubrics",
    "calibration", "outcomes", "practice", "people", "account",
)  # fmt: skip


def noon_zone() -> str:
    """A time zone in which it is about noon, so that an interview of this hour is one of today."""
    ahead = 12 - now().hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"


def session_of(workspace: Workspace, person: Person) -> str:
    """The token of a new session, as signing in gives it."""
    token = new_token()
    workspace.database.write(
        lambda transaction: begin_session(transaction, workspace, person_id=person.id, token=token, at=now())
    )
    return token


@dataclass(frozen=True)
class AtWork:
    """`cards` are the ids of the panel round's scorecards, by name. Eve, an administrator, has EVE for a name."""

    app: RunningApp
    tokens: dict[str, str]
    cards: dict[str, str]

    def signed_in(self, browser: "BrowserContext", name: str) -> "Page":
        browser.add_cookies([{"name": "panel_session", "value": f"team.{self.tokens[name]}", "url": self.app.address}])
        return browser.new_page()


def a_team_at_work(folder: Path) -> AtWork:
    """The team of `factories.a_team` in a file, and the server for it, not started yet: one process at a time."""
    database = folder / "panel.duckdb"
    house = House(Settings(database=str(database)))
    try:
        team: Team = a_team(house.team, folder / "content")
        named = team.people | {"Eve": add_person(house.team, EVE, "administrator")}
        tokens = {name: session_of(house.team, named[name]) for name in (*PANEL, "Eve")}
        cards = {name: team.card(name).id for name in PANEL}
    finally:
        house.close()
    return AtWork(RunningApp(database), tokens, cards)


# ---- a tab without a browser ------------------------------------------------------------------------------------


class Tab:
    """One tab of somebody signed in. Every run checks that no page failed and none speaks like a machine."""

    def __init__(self, workspace: Workspace, person: Person | None) -> None:
        token = session_of(workspace, person) if person else "of nobody"
        self.app = AppTest.from_file(str(APP), default_timeout=30)
        self.app.user = {"session": f"{workspace.name}:{token_hash(token)}"}
        self.app.context = {"timezone": noon_zone(), "locale": "en-GB", "url": "https://panel.example/people"}
        self.run()

    def run(self) -> "Tab":
        self.app.run()
        return self.checked_words()

    def checked_words(self) -> "Tab":
        failed = [each.value for each in self.app.exception]
        assert not failed, failed
        assert FAILED not in self.text, self.text
        spoken = [line for line in self.text.splitlines() if MACHINE_WORDS.search(line)]
        assert not spoken, spoken
        return self

    def open(self, page: str, **address: str) -> "Tab":
        """Another page, or the same page at another address, as after typing it."""
        self.app.switch_page(f"screens/{page}.py")
        self.app.query_params.clear()
        self.app.query_params.update(address)
        return self.run()

    @property
    def text(self) -> str:
        """Everything a reader could see on the page, closed parts and tables included."""
        return "\n".join(line for node in self.app._tree for line in seen_in(node))

    def lacks(self, *texts: str) -> list[str]:
        """Which of these the page does not say, spaces aside."""
        said = " ".join(self.text.split())
        return [each for each in texts if each not in said]

    @property
    def warnings(self) -> list[str]:
        return [as_read(each.value) for each in self.app.warning]

    @property
    def toasts(self) -> list[str]:
        return [as_read(each.value) for each in self.app.toast]

    def was_sent(self, text: str) -> bool:
        """Whether the page holds a text anywhere, shown or not."""
        protos = (getattr(node, "proto", None) for node in self.app._tree)
        return any(text.encode() in proto.SerializeToString() for proto in protos if proto is not None)

    @property
    def markdown(self) -> str:
        """What Streamlit reads as Markdown: labels, tooltips, notices and texts, as they are written."""
        protos = [each.proto for each in self.app._tree if getattr(each, "proto", None) is not None]
        protos += [getattr(each, part) for each in protos for part in ("popover", "expandable") if has(each, part)]
        lines = [getattr(each, part) for each in protos for part in ("label", "help", "body") if has(each, part)]
        return "\n".join(each for each in lines if not each.startswith("<"))

    @property
    def markup(self) -> str:
        """What the browser reads as HTML, the app's own style and scripts aside."""
        return "\n".join(each.value for each in self.app.get("html") if not each.value.startswith("<style>"))

    def button(self, label: str, place: int = 0) -> Any:
        return [each for each in self.app.button if each.label == label][place]

    def has_button(self, label: str) -> bool:
        return any(each.label == label for each in self.app.button)

    def click(self, label: str, place: int = 0) -> "Tab":
        button = self.button(label, place)
        assert not button.disabled
        button.click()
        return self.run()

    def field(self, label: str, place: int = 0) -> Any:
        found = [each for each in self.app._tree if hasattr(each, "set_value") and getattr(each, "label", "") == label]
        return found[place]

    def fill(self, label: str, value: Any, place: int = 0) -> "Tab":
        """Set a field; it counts with the next click or run."""
        self.field(label, place).set_value(value)
        return self

    def choose(self, label: str, option: str, place: int = 0) -> "Tab":
        """Choose in a list by what stands there."""
        field = self.field(label, place)
        field.select_index(field.options.index(option))
        return self

    def tick_row(self, table: str, *rows: int) -> "Tab":
        self.app.session_state[table] = {"selection": {"rows": list(rows), "columns": [], "cells": []}}
        return self.run()

    def rows(self, list_key: str = "bank") -> list[str]:
        """The prompts that a list of questions shows; none where there is no list."""
        return [plain_text(row["prompt"]) for row in self._list(list_key).get("rows", [])]

    def marked(self, list_key: str = "bank") -> list[str]:
        """What is marked in a list of questions, row by row."""
        rows = self._list(list_key).get("rows", [])
        return [text for row in rows for text, mark in (*row["prompt"], *row["excerpt"]) if mark]

    def selected(self, list_key: str = "bank") -> str | None:
        return self._list(list_key).get("selected")

    def tell_list(self, event: str, value: Any, list_key: str = "bank") -> "Tab":
        """What the browser sends: of a list of questions `pick` with a key, `turn` with a place, or `check`."""
        states = self.app._tree.get_widget_states()
        told = json.dumps([{"event": event, "value": value}])
        states.widgets.add(id=_make_trigger_id(self._component(list_key).proto.id, "events"), json_trigger_value=told)
        self.app._run(states)
        return self.checked_words()

    def pick(self, question: str, list_key: str = "bank") -> "Tab":
        return self.tell_list("pick", question, list_key)

    def chosen(self) -> list[str]:
        """The prompts of a question set in their order."""
        return [row["words"] for row in self._list("chosen").get("rows", [])]

    def arrange(self, *places: int, revision: int | None = None) -> "Tab":
        """Drag the set's questions into another order: their places, counted from 0."""
        keys = self._keys()
        order = [keys[place] for place in places]
        return self.tell_list("order", {"keys": order, "revision": self._revision(revision)}, "chosen")

    def use(self, tool: str, place: int = 0, *, revision: int | None = None) -> "Tab":
        """Press "remove", "renew" or "judge" of a question of the set."""
        keys = self._keys()
        said = {"key": keys[place], "keys": keys, "revision": self._revision(revision)}
        return self.tell_list(tool, said, "chosen")

    def _keys(self) -> list[str]:
        return [row["key"] for row in self._list("chosen")["rows"]]

    def _revision(self, named: int | None) -> int:
        return int(self._list("chosen")["revision"]) if named is None else named

    def _component(self, key: str) -> Any:
        found = [each for each in self.app.get("bidi_component") if each.proto.id.endswith(f"-{key}")]
        return found[0] if found else None

    def data_of(self, key: str) -> dict[str, Any]:
        """What a component of ours was given; empty where it is not on the page."""
        return self._list(key)

    def _list(self, key: str) -> dict[str, Any]:
        component = self._component(key)
        data: dict[str, Any] = json.loads(component.proto.json) if component else {}
        return data

    @property
    def links(self) -> dict[str, str]:
        """Page links: what they say and where they lead."""
        return {each.label: f"{each.page}?{each.proto.query_string}" for each in self.app.get("page_link")}


FAILED = "Something went wrong on this page."
MACHINE_WORDS = re.compile(
    r"\b[0-9a-f]{32}\b|<class|Traceback|object at 0x|datetime\.|\bNone\b|\b[nN]a[nN]\b|\bNaT\b|\bTrue\b|\bFalse\b"
)
UNSEEN = {
    "id", "form_id", "key", "form_key", "js_content", "css_content", "html_content", "component_name", "query_string",
    "page", "page_script_hash", "url", "columns", "icon", "shortcut", "config", "alt", "unsafe_allow_javascript",
    "row_height", "gap_config", "color", "user_key", "registered_handler_names", "query_param_key", "arrow_data",
    "deferred_file_id",
}  # fmt: skip
UNSEEN_DATA = {
    "place", "key", "selected", "checked", "usual", "view", "name", "reveal", "scorecard", "me", "id", "interview_id",
    "lead", "candidate_id", "role_id", "phase", "zone",
}  # fmt: skip
PIECES = {"prompt", "excerpt"}  # texts cut into marked and plain pieces
ESCAPED = re.compile(r"\\([^A-Za-z0-9\s])")  # as Markdown shows it
TAG = re.compile(r"<style>.*?</style>|<script>.*?</script>|<[^>]*>", re.DOTALL)


def seen_in(node: Any) -> Iterator[str]:
    """The texts of one element or container."""
    kind, proto = getattr(node, "type", ""), getattr(node, "proto", None)
    if proto is None:
        return
    if kind == "html":
        yield unescaped(TAG.sub(" ", proto.body))
    elif kind == "dataframe":
        yield node.value.astype(object).where(node.value.notna(), "").to_csv(index=False)
    elif kind == "bidi_component":
        yield from texts_of(json.loads(proto.json or "{}"))
    else:
        yield from map(as_read, strings_of(proto))


def texts_of(data: Any) -> Iterator[str]:
    """Every text in what a component was given, pieces of one text as one."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for name, value in data.items():
            if name in PIECES and isinstance(value, list):
                yield plain_text(value)
            elif name not in UNSEEN_DATA:
                yield from texts_of(value)
    elif isinstance(data, list):
        for each in data:
            yield from texts_of(each)


def plain_text(pieces: list[tuple[str, bool]]) -> str:
    return "".join(text for text, _ in pieces)


def as_read(markdown: str) -> str:
    return ESCAPED.sub(r"\1", markdown).replace(JOINER, "")


def has(proto: Any, field: str) -> bool:
    return field in proto.DESCRIPTOR.fields_by_name


def unescaped(text: str) -> str:
    for written, meant in (("&lt;", "<"), ("&gt;", ">"), ("&#34;", '"'), ("&#39;", "'"), ("&amp;", "&")):
        text = text.replace(written, meant)
    return text


def strings_of(proto: Any) -> Iterator[str]:
    """Every text field of a protobuf message, except those that no reader sees."""
    for field, value in proto.ListFields():
        if field.name in UNSEEN:
            continue
        for each in value if isinstance(value, list) or hasattr(value, "append") or hasattr(value, "add") else [value]:
            if isinstance(each, str):
                yield each
            elif hasattr(each, "ListFields"):
                yield from strings_of(each)
