"""The pages outside Streamlit behind their gate, asked in this process."""

import asyncio
from dataclasses import dataclass, field
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Mount
from starlette.types import Message

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
            routes, middleware = front(self.house, "<head><title>Streamlit</title></head>")
            inside = Mount("/", app=PlainTextResponse("inside"))
            self._app = Starlette(routes=[*routes, inside], middleware=middleware)
        return self._app

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        given = {"host": HOST, **{name.replace("_", "-"): value for name, value in headers.items()}}
        if self.cookie:
            given["cookie"] = f"panel_session={self.cookie}"
        place, _, query = path.partition("?")
        scope = {
            "type": "http", "method": method, "path": place, "query_string": query.encode(), "root_path": "",
            "headers": [(name.encode(), value.encode()) for name, value in given.items()],
            "scheme": "https" if self.secure else "http", "server": (HOST, 443), "client": (self.address, 50000),
        }  # fmt: skip
        sent: list[Message] = []

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        asyncio.run(self._ready()(scope, receive, send))
        named = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        if "set-cookie" in named:
            self.cookie = named["set-cookie"].partition(";")[0].partition("=")[2].strip('"')
        return Answer(sent[0]["status"], named, b"".join(each.get("body", b"") for each in sent[1:]).decode())
