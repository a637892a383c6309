"""The gate in front of a stand-in for Streamlit that reports what reached it."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from panel.actions import accounts
from panel.house import House
from panel.settings import Settings
from panel.web import sockets
from panel.web.gate import Gate
from panel.web.sockets import OpenSockets
from tests.teammates import PASSWORD, administrator

HOST = "panel.example.org"
DOCUMENT = "<html><head><title>Streamlit</title></head><body></body></html>"


@dataclass
class Inner:
    """What stands behind the gate: says yes to everything and remembers who it was told is asking."""

    sessions: list[str | None] = field(default_factory=list)
    received: list[Message] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        spelled = [(name.lower().replace(b"_", b"-"), value.decode()) for name, value in scope["headers"]]
        told = [value for name, value in spelled if name == b"x-panel-session"]
        assert len(told) <= 1
        self.sessions.append(told[0] if told else None)
        if scope["path"] == "/_stcore/broken":
            raise RuntimeError("a secret of the inside")
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": [(b"cache-control", b"public")]})
            await send({"type": "http.response.body", "body": b"inside"})
            return
        await send({"type": "websocket.accept"})
        while True:
            message = await receive()
            self.received.append(message)
            if message["type"] == "websocket.disconnect":
                return
            await send({"type": "websocket.send", "bytes": b"answer"})


@dataclass
class Guarded:
    """A gate with somebody signed in behind it."""

    house: House
    inner: Inner
    open_sockets: OpenSockets
    gate: Gate
    token: str

    @property
    def cookie(self) -> str:
        return f"panel_session=team.{self.token}"

    @property
    def told(self) -> str:
        return f"team:{accounts.token_hash(self.token)}"

    def ask(self, path: str, method: str = "GET", query: str = "", **headers: str) -> tuple[int, dict[str, str], str]:
        scope = {**_scope("http", path, headers), "method": method, "query_string": query.encode()}
        sent: list[Message] = []

        async def send(message: Message) -> None:
            sent.append(message)

        async def receive() -> Message:
            return {"type": "http.request", "body": b""}

        asyncio.run(self.gate(scope, receive, send))
        named = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return sent[0]["status"], named, b"".join(each["body"] for each in sent[1:]).decode()


@pytest.fixture
def guarded(tmp_path: Path, quick_passwords: None) -> Iterator[Guarded]:
    house = House(Settings(database=str(tmp_path / "panel.duckdb")))
    administrator(house.team)
    token = accounts.sign_in(house.team, email="ana@example.org", password=PASSWORD, address="10.0.0.1")
    inner, open_sockets = Inner(), OpenSockets()
    told = f"team:{accounts.token_hash(token)}"
    gate = Gate(
        inner, house, open_sockets, DOCUMENT, lambda path: ("team:of-another",) if "of-another" in path else (told,)
    )
    yield Guarded(house, inner, open_sockets, gate, token)
    house.close()


def _scope(kind: str, path: str, headers: dict[str, str]) -> dict[str, Any]:
    named = {"host": HOST, **{name.replace("__", "-"): value for name, value in headers.items()}}
    raw = [(name.encode(), value.encode()) for name, value in named.items()]
    return {"type": kind, "path": path, "headers": raw, "query_string": b"", "scheme": "https", "server": (HOST, 443)}


@pytest.mark.parametrize(
    ("path", "query", "onward"),
    [
        ("/", "", "/signin"),
        ("/score", "", "/signin?next=%2Fscore"),
        ("/score", "card=7&x=%26", "/signin?next=%2Fscore%3Fcard%3D7%26x%3D%2526"),
        ("//evil", "", "/signin"),
        ("/\\evil", "", "/signin?next=%2F%255Cevil"),
    ],
)
def test_a_page_asks_a_stranger_to_sign_in_and_remembers_it(
    guarded: Guarded, path: str, query: str, onward: str
) -> None:
    status, headers, _ = guarded.ask(path, query=query)
    assert (status, headers["location"], guarded.inner.sessions) == (303, onward, [])


@pytest.mark.parametrize(
    "path",
    [
        "/_stcore/stream",
        "/_stcore/upload_file/a/b",
        "/_stcore/host-config",
        "/_stcore/metrics",
        "/_stcore/agent/mcp",
        "/_stcore/bidi-components/x",
        "/media/abc.png",
        "/media/abc",
        "/component/x/index.html",
        "/static/../media/abc",
        "/static//media/abc",
        "/app/static/x.png",
        "/auth/logout",
        "/unknown.txt",
        "/signin/x.txt",
        "/_stcore/health/../stream",
    ],
)
def test_a_stranger_gets_nothing_that_belongs_to_the_team(guarded: Guarded, path: str) -> None:
    for method in ("GET", "POST", "PUT", "DELETE", "OPTIONS"):
        assert guarded.ask(path, method)[0] == 401
    assert guarded.inner.sessions == []


@pytest.mark.parametrize("path", ["/static/js/index.js", "/favicon.png", "/_stcore/health", "/signin", "/invite/abc"])
def test_what_is_needed_before_signing_in_is_open(guarded: Guarded, path: str) -> None:
    assert guarded.ask(path)[0] == 200
    assert guarded.inner.sessions == [None]


def test_somebody_signed_in_reaches_the_app_under_their_session(guarded: Guarded) -> None:
    assert guarded.ask("/media/abc.png", cookie=guarded.cookie)[2] == "inside"
    assert guarded.inner.sessions == [guarded.told]


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_a_file_of_another_session_is_missing(guarded: Guarded, method: str) -> None:
    assert guarded.ask("/media/of-another.csv", method, cookie=guarded.cookie)[0] == 404
    assert guarded.inner.sessions == []


def test_a_page_starts_from_our_document_and_renews_the_cookie(guarded: Guarded) -> None:
    status, headers, text = guarded.ask("/score", cookie=guarded.cookie)
    assert status == 200
    assert "<title>Panel</title>" in text and "data-watch" in text
    assert headers["set-cookie"] == f"{guarded.cookie}; HttpOnly; Max-Age=43200; Path=/; SameSite=lax; Secure"


@pytest.mark.parametrize(
    "name",
    ["x-panel-session", "X-Panel-Session", "X-PANEL-SESSION", "x_panel_session", "X_Panel-Session", "x-panel_SESSION"],
)
def test_a_forged_header_gives_nothing_however_it_is_spelled(guarded: Guarded, name: str) -> None:
    assert guarded.ask("/media/abc", **{name: guarded.told})[0] == 401
    assert guarded.ask("/signin", **{name: guarded.told})[0] == 200
    assert guarded.ask("/media/abc", cookie=guarded.cookie, **{name: "team:of-another"})[0] == 200
    assert guarded.inner.sessions == [None, guarded.told]


@pytest.mark.parametrize(
    "cookie",
    [
        "panel_session=",
        "panel_session=team.",
        "panel_session=team.made-up",
        "panel_session=demo.{token}",
        "panel_session={token}",
        "panel_session=TEAM.{token}",
        "panel_session=team.{hash}",
        "other=team.{token}",
        'panel_session="; drop',
        "=;;=;panel_session",
        "panel_session=team.\xff\x00",
    ],
)
def test_a_made_up_cookie_gives_nothing(guarded: Guarded, cookie: str) -> None:
    made = cookie.format(token=guarded.token, hash=accounts.token_hash(guarded.token))
    assert guarded.ask("/media/abc", cookie=made)[0] == 401
    assert guarded.inner.sessions == []


def test_an_ended_session_gives_nothing(guarded: Guarded) -> None:
    accounts.sign_out(guarded.house.team, token_hash=accounts.token_hash(guarded.token))
    assert guarded.ask("/", cookie=guarded.cookie)[0] == 303


@pytest.mark.parametrize(
    ("headers", "passes"),
    [
        ({}, True),
        ({"origin": f"https://{HOST}"}, True),
        ({"origin": f"https://{HOST.upper()}"}, True),
        ({"origin": "https://evil.example"}, False),
        ({"origin": f"https://{HOST}.evil.example"}, False),
        ({"origin": "null"}, False),
        ({"origin": "https://[evil"}, False),
        ({"sec__fetch__site": "same-origin"}, True),
        ({"sec__fetch__site": "same-origin", "origin": "http://behind-a-proxy"}, True),
        ({"sec__fetch__site": "same-site", "origin": f"https://{HOST}"}, False),
        ({"sec__fetch__site": "cross-site"}, False),
    ],
)
def test_only_our_own_pages_may_send_forms(guarded: Guarded, headers: dict[str, str], passes: bool) -> None:
    for path in ("/signin", "/_stcore/upload_file/a/b"):
        status, _, text = guarded.ask(path, "POST", cookie=guarded.cookie, **headers)
        assert status == (200 if passes else 403)
        assert passes or "sent from another site" in text


def test_every_answer_carries_the_safety_headers(guarded: Guarded) -> None:
    for path, cookie in (("/", ""), ("/", guarded.cookie), ("/media/a", guarded.cookie), ("/signin", ""), ("/x.y", "")):
        _, headers, _ = guarded.ask(path, cookie=cookie)
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "same-origin"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["cache-control"] == "no-store"
    assert guarded.ask("/static/js/index.js")[1]["cache-control"] == "public"


def test_an_unexpected_error_shows_a_plain_sentence(guarded: Guarded) -> None:
    status, _, text = guarded.ask("/_stcore/broken", cookie=guarded.cookie)
    assert status == 500
    assert "Something went wrong" in text
    assert "secret" not in text and "Traceback" not in text


def test_a_closed_database_shows_a_plain_sentence(guarded: Guarded) -> None:
    guarded.house.team.database.close()
    status, _, text = guarded.ask("/", cookie=guarded.cookie)
    assert status == 503
    assert "has been closed" in text


class Client:
    """The browser's end of one websocket."""

    def __init__(self, guarded: Guarded, **headers: str) -> None:
        self.sent: list[Message] = []
        self._messages: asyncio.Queue[Message] = asyncio.Queue()
        self._scope = _scope("websocket", "/_stcore/stream", headers)
        self._guarded = guarded

    async def __aenter__(self) -> "Client":
        self.say({"type": "websocket.connect"})
        self._task = asyncio.create_task(self._guarded.gate(self._scope, self._messages.get, self._answer))
        await self.until(1)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.say({"type": "websocket.disconnect", "code": 1001})
        await self._task

    async def _answer(self, message: Message) -> None:
        self.sent.append(message)

    def say(self, message: Message) -> None:
        self._messages.put_nowait(message)

    async def until(self, count: int) -> None:
        for _ in range(500):
            if len(self.sent) >= count:
                return
            await asyncio.sleep(0.01)
        raise AssertionError(f"only {self.sent}")

    @property
    def kinds(self) -> list[str]:
        return [each["type"].removeprefix("websocket.") for each in self.sent]


OWN = {"origin": f"https://{HOST}"}


@pytest.mark.parametrize(
    "headers",
    [
        OWN,
        {**OWN, "cookie": "panel_session=team.made-up"},
        {**OWN, "x-panel-session": "{told}"},
        {**OWN, "X_PANEL_SESSION": "{told}"},
        {"cookie": "{cookie}"},
        {"cookie": "{cookie}", "origin": "https://evil.example"},
        {"cookie": "{cookie}", "origin": "null"},
    ],
)
def test_a_websocket_of_a_stranger_or_of_another_site_is_refused(guarded: Guarded, headers: dict[str, str]) -> None:
    given = {name: value.format(told=guarded.told, cookie=guarded.cookie) for name, value in headers.items()}

    async def connect() -> list[Message]:
        async with Client(guarded, **given) as client:
            return client.sent

    assert asyncio.run(connect()) == [{"type": "websocket.close", "code": 1008, "reason": "sign in first"}]
    assert guarded.inner.sessions == []


def test_a_websocket_reaches_the_app_under_its_session(guarded: Guarded) -> None:
    async def connect() -> list[str]:
        async with Client(guarded, cookie=guarded.cookie, **OWN, **{"x-panel-session": "team:of-another"}) as client:
            client.say({"type": "websocket.receive", "bytes": b"click"})
            await client.until(3)
            return client.kinds

    assert asyncio.run(connect())[0] == "accept"
    assert guarded.inner.sessions == [guarded.told]


def test_leaving_closes_every_websocket_of_the_session_and_no_other(guarded: Guarded) -> None:
    other = accounts.sign_in(guarded.house.team, email="ana@example.org", password=PASSWORD, address="10.0.0.1")

    async def leave() -> list[str]:
        mine = {"cookie": guarded.cookie, **OWN}
        async with (
            Client(guarded, **mine) as one,
            Client(guarded, **mine) as two,
            Client(guarded, cookie=f"panel_session=team.{other}", **OWN) as three,
        ):
            await guarded.open_sockets.close(accounts.token_hash(guarded.token))
            return [each.kinds[-1] for each in (one, two, three)]

    assert asyncio.run(leave()) == ["close", "close", "send"]
    assert guarded.open_sockets._of == {}


def test_an_ended_session_closes_its_websocket_at_the_next_use(
    guarded: Guarded, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "TRUSTED_FOR", 0)

    async def use() -> list[str]:
        async with Client(guarded, cookie=guarded.cookie, **OWN) as client:
            client.say({"type": "websocket.receive", "bytes": b"click"})
            await client.until(3)
            accounts.sign_out(guarded.house.team, token_hash=accounts.token_hash(guarded.token))
            client.say({"type": "websocket.receive", "bytes": b"secret click"})
            await client.until(4)
            return client.kinds

    assert asyncio.run(use()) == ["accept", "send", "send", "close"]
    assert {"type": "websocket.receive", "bytes": b"secret click"} not in guarded.inner.received
