"""The pages outside Streamlit behind their gate, asked in this process."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount
from starlette.types import ASGIApp, Message

from panel.house import House
from panel.web.serving import front

HOST = "panel.example.org"


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    text: str


@dataclass
class OneBrowser:
    """Sends forms, keeps the session cookie, follows nothing."""

    house: House
    address: str = "10.0.0.1"
    secure: bool = True
    cookie: str = ""
    _app: Starlette | None = field(default=None, repr=False)

    def another(self, **changes: str) -> "OneBrowser":
        """Somebody else's browser at the same app."""
        self._ready()
        return OneBrowser(self.house, _app=self._app, **changes)  # type: ignore[arg-type]

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, b"", headers)

    def post(self, path: str, **form: str) -> Answer:
        headers = {"origin": f"https://{HOST}", "content-type": "application/x-www-form-urlencoded"}
        return self._ask("POST", path, urlencode(form).encode(), headers)

    def post_body(self, path: str, body: bytes) -> Answer:
        return self._ask("POST", path, body, {"origin": f"https://{HOST}"})

    def _ready(self) -> Starlette:
        if self._app is None:
            routes, middleware = front(self.house, "<head><title>Streamlit</title></head>", lambda path: ())
            inside = Mount("/", app=PlainTextResponse("inside"))
            self._app = Starlette(routes=[*routes, inside], middleware=middleware)
        return self._app

    def socket(self, path: str, *, origin: str = f"https://{HOST}") -> "OneSocket":
        """A websocket of this browser, to be opened with `async with`."""
        scope = self._scope("websocket", "wss", path, {"origin": origin} if origin else {})
        return OneSocket(self._ready(), scope)

    def _scope(self, kind: str, scheme: str, path: str, headers: dict[str, str]) -> dict[str, Any]:
        given = {"host": HOST, **{name.replace("_", "-"): value for name, value in headers.items()}}
        if self.cookie:
            given["cookie"] = f"panel_session={self.cookie}"
        place, _, query = path.partition("?")
        return {
            "type": kind, "path": place, "query_string": query.encode(), "root_path": "", "scheme": scheme,
            "headers": [(name.encode(), value.encode()) for name, value in given.items()],
            "server": (HOST, 443), "client": (self.address, 50000),
        }  # fmt: skip

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        return asyncio.run(self.ask(method, path, body, headers))

    async def ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        """For those who are in an event loop already."""
        scope = self._scope("http", "https" if self.secure else "http", path, headers) | {"method": method}
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        await self._ready()(scope, receive, send)
        named = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        if "set-cookie" in named:
            self.cookie = named["set-cookie"].partition(";")[0].partition("=")[2].strip('"')
        return Answer(sent[0]["status"], named, b"".join(each.get("body", b"") for each in sent[1:]).decode())


PATIENCE = 15.0  # seconds


class OneSocket:
    """The browser's end of one websocket that speaks JSON. `frames` is everything it was sent, oldest first."""

    def __init__(self, app: ASGIApp, scope: dict[str, Any]) -> None:
        self._app = app
        self._scope = scope
        self._said: asyncio.Queue[Message] = asyncio.Queue()
        self._arrived = asyncio.Condition()
        self._count = 0
        self.reads = asyncio.Event()  # cleared: nothing is taken off the wire
        self.reads.set()
        self.frames: list[dict[str, Any]] = []
        self.accepted = False
        self.closed: tuple[int, str] | None = None

    async def __aenter__(self) -> "OneSocket":
        self._said.put_nowait({"type": "websocket.connect"})
        self._task = asyncio.create_task(self._app(self._scope, self._said.get, self._take))
        await self._until(lambda: self.accepted or self.closed is not None)
        return self

    async def __aexit__(self, *_: object) -> None:
        self.reads.set()
        self.leave()
        await asyncio.wait_for(self._task, PATIENCE)

    async def ended(self) -> None:
        """Until the app has nothing more to do with it."""
        await asyncio.shield(self._task)

    def leave(self) -> None:
        self._said.put_nowait({"type": "websocket.disconnect", "code": 1001})

    async def _take(self, message: Message) -> None:
        await self.reads.wait()
        async with self._arrived:
            if message["type"] == "websocket.accept":
                self.accepted = True
            elif message["type"] == "websocket.close":
                self.closed = (message["code"], message["reason"])
                self.leave()
            else:
                self.frames.append(json.loads(message["text"]))
            self._arrived.notify_all()

    async def _until(self, done: Callable[[], object]) -> None:
        async with self._arrived:
            try:
                await asyncio.wait_for(self._arrived.wait_for(done), PATIENCE)
            except TimeoutError:
                raise AssertionError(f"waited in vain; sent {self.frames}, closed {self.closed}") from None

    def say(self, message: Any) -> None:
        self.say_text(json.dumps(message))

    def say_text(self, text: str) -> None:
        self._said.put_nowait({"type": "websocket.receive", "text": text})

    def say_bytes(self, data: bytes) -> None:
        self._said.put_nowait({"type": "websocket.receive", "bytes": data})

    async def ask(self, do: str, **what: Any) -> dict[str, Any]:
        """Say something and wait for its answer, which is given without its number."""
        self._count += 1
        self.say({"n": self._count, "do": do, **what})
        return await self.answer(self._count)

    async def answer(self, n: int | None) -> dict[str, Any]:
        """The first answer with this number."""

        def found() -> list[dict[str, Any]]:
            return [each for each in self.frames if "n" in each and each["n"] == n]

        await self._until(found)
        return {key: value for key, value in found()[0].items() if key != "n"}

    async def pushed(self, wanted: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
        """The newest push, once it is as wanted."""
        await self._until(lambda: bool(self.pushes) and wanted(self.pushes[-1]))
        return self.pushes[-1]

    async def until_closed(self) -> tuple[int, str]:
        await self._until(lambda: self.closed)
        assert self.closed
        return self.closed

    @property
    def pushes(self) -> list[dict[str, Any]]:
        return [each for each in self.frames if "push" in each]
