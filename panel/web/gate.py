"""The gate in front of everything Streamlit serves, over http and websocket.

It removes the session header that a client may have sent and sets it after checking the cookie; the pages believe
the header (`server.trustedUserHeaders`). What is not listed as open here needs a session.
"""

import logging
from collections.abc import Callable, Collection
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from panel.errors import StorageError
from panel.house import House
from panel.web import origins, pages
from panel.web.identity import Visitor, set_session_cookie, token_in, visitor_of, without_session_header
from panel.web.sockets import POLICY_VIOLATION, SIGN_IN, TRY_AGAIN, UNREACHABLE, GuardedSocket, OpenSockets

OWN_PAGES = frozenset({"/welcome", "/signin", "/signout", "/setup", "/demo", "/demo/open", "/demo/signin"})
OWN_ANSWERS = frozenset({"/session", "/healthz"})
OWN_PREFIXES = ("/invite/", "/panel-assets/")
STREAMLIT_OPEN = frozenset({"/favicon.png", "/manifest.json", "/_stcore/health"})
APP_PAGES = frozenset(
    {
        "/", "/score", "/plans", "/candidates", "/compare", "/debrief", "/questions", "/import", "/rubrics",
        "/calibration", "/practice", "/outcomes", "/people", "/account", "/today", "/board",
    }
)  # fmt: skip
LIVE = "/live"
NOT_PAGES = ("/_stcore", "/media", "/component", "/static", "/app/static", "/auth", "/oauth2callback")
HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
}
# No page of ours is framed, and no text brings a picture from elsewhere: its host would learn who reads it.
PAGES_POLICY = "frame-ancestors 'none'; img-src 'self' data: blob:"
Owners = Callable[[str], Collection[str]]  # the sessions that the file at an address of /media belongs to
log = logging.getLogger(__name__)


class Gate:
    """Pure ASGI middleware. `document` is the HTML that every page of the app starts from."""

    def __init__(self, app: ASGIApp, house: House, sockets: OpenSockets, document: str, owners: Owners) -> None:
        self._app = app
        self._house = house
        self._sockets = sockets
        self._document = pages.with_session_watch(document)
        self._owners = owners

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        scope = dict(scope, headers=without_session_header(scope["headers"]))
        if scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        else:
            await self._http(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def send_safely(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                _add_headers(message, scope["path"])
            await send(message)

        try:
            app = await self._app_for(scope)
            await app(scope, receive, send_safely)
        except StorageError as error:
            log.warning("%s", error)
            if not started:
                await pages.problem(str(error), status=503)(scope, receive, send_safely)
        except Exception:
            log.exception("A request to %s failed", scope["path"])
            if not started:
                await pages.problem(pages.UNEXPECTED, status=500)(scope, receive, send_safely)

    async def _app_for(self, scope: Scope) -> ASGIApp:
        """The response, or the app behind the gate with the visitor's header set."""
        path, method, headers = scope["path"], scope["method"], Headers(scope=scope)
        if method not in origins.SAFE_METHODS and not origins.is_own_request(headers):
            return pages.problem(pages.FOREIGN, status=403)
        if _is_open(path):
            return self._app
        visitor = await visitor_of(self._house, scope["headers"])
        if visitor is None:
            return _sign_in_first(scope) if method in ("GET", "HEAD") and _is_page(path) else _UNKNOWN
        if path.startswith("/media/") and visitor.session not in self._owners(path):
            return _MISSING  # also where the file is somebody else's: it may hold ratings that this visitor waits for
        scope["headers"].append(visitor.header)
        return self._page(scope, visitor) if method == "GET" and _is_page(path) else self._app

    def _page(self, scope: Scope, visitor: Visitor) -> ASGIApp:
        if scope["path"] != "/" and scope["path"].endswith("/"):
            return self._app  # Streamlit redirects to the address without the slash
        if scope["path"] not in APP_PAGES:
            return pages.problem("There is no page at this address. Go to the start and choose from there.", status=404)
        response = HTMLResponse(self._document)
        set_session_cookie(response, Request(scope), visitor.workspace, token_in(scope["headers"]))
        return response

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not origins.origin_is_host(Headers(scope=scope)):
            await send({"type": "websocket.close", "code": POLICY_VIOLATION, "reason": SIGN_IN})
            return
        try:
            visitor = await self._websocket_visitor(scope)
        except StorageError as error:
            log.warning("%s", error)
            await _turn_away(scope, receive, send, TRY_AGAIN, UNREACHABLE)
            return
        if visitor is None:
            await _turn_away(scope, receive, send, POLICY_VIOLATION, SIGN_IN)
            return
        scope["headers"].append(visitor.header)

        async def still_signed_in() -> bool:
            return await self._websocket_visitor(scope) is not None

        socket = GuardedSocket(receive, send, still_signed_in)
        self._sockets.add(visitor.token_hash, socket)
        try:
            await self._app(scope, socket.receive, socket.send)
        finally:
            self._sockets.remove(visitor.token_hash, socket)

    async def _websocket_visitor(self, scope: Scope) -> Visitor | None:
        # A page of ours says every ten seconds that it is open; that alone must not make a session last for ever.
        return await visitor_of(self._house, scope["headers"], extend=scope["path"] != LIVE)


async def _turn_away(scope: Scope, receive: Receive, send: Send, code: int, reason: str) -> None:
    """A browser tells a page the code only of a websocket that was accepted; our own pages act on it."""
    if scope["path"] == LIVE:
        await receive()
        await send({"type": "websocket.accept"})
    await send({"type": "websocket.close", "code": code, "reason": reason})


_UNKNOWN = PlainTextResponse("Sign in first.\n", status_code=401)
_MISSING = PlainTextResponse("This file is gone. Take it from its page again.\n", status_code=404)


def _is_open(path: str) -> bool:
    if path in OWN_PAGES or path in OWN_ANSWERS or path in STREAMLIT_OPEN or path.startswith(OWN_PREFIXES):
        return True
    return path.startswith("/static/") and not any(each in path for each in ("..", "//", "\\"))


def _is_page(path: str) -> bool:
    """Streamlit answers every address that is no file and no endpoint with the same shell.

    Its browser side asks for endpoints below a page's address too, to learn where the app lives; those are no pages.
    """
    below = any(path == each or path.startswith(each + "/") for each in NOT_PAGES)
    return not below and "/_stcore/" not in path and "." not in path.rsplit("/", 1)[-1]


def _sign_in_first(scope: Scope) -> Response:
    query = scope["query_string"].decode("latin-1")
    wanted = origins.safe_next(quote(scope["path"], safe="/~") + (f"?{query}" if query else ""))
    return RedirectResponse("/signin" if wanted == "/" else f"/signin?next={quote(wanted, safe='')}", status_code=303)


def _add_headers(message: Message, path: str) -> None:
    headers = MutableHeaders(raw=message["headers"])
    for name, value in HEADERS.items():
        headers[name] = value
    if "content-security-policy" not in headers:
        headers["content-security-policy"] = PAGES_POLICY
    if not path.startswith(("/static/", "/panel-assets/")):
        headers["cache-control"] = "no-store"
