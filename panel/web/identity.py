"""Who is at the other end of a request: the cookie, the header that pages trust, and the check between them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread
from starlette.requests import HTTPConnection, cookie_parser
from starlette.responses import Response

from panel.actions import accounts
from panel.domain.people import Person
from panel.errors import NotFound
from panel.house import House, Workspace

COOKIE = "panel_session"
HEADER = b"x-panel-session"
CHECKS = CapacityLimiter(8)
HASHES = CapacityLimiter(4)  # each takes 64 MB while it runs

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Visitor:
    """Somebody signed in, as the gate found them a moment ago."""

    workspace: Workspace
    person: Person
    token_hash: str

    @property
    def session(self) -> str:
        """What the pages know as `st.user["session"]`."""
        return f"{self.workspace.name}:{self.token_hash}"

    @property
    def header(self) -> tuple[bytes, bytes]:
        return HEADER, self.session.encode()


async def checked(work: Callable[Arguments, Result], *values: Arguments.args, **named: Arguments.kwargs) -> Result:
    """Run a short database action beside the event loop."""
    return await to_thread.run_sync(lambda: work(*values, **named), limiter=CHECKS)


async def hashed(work: Callable[Arguments, Result], *values: Arguments.args, **named: Arguments.kwargs) -> Result:
    """Run an action that hashes a password. Few at a time, so that a flood of sign-ins stops nobody's page."""
    return await to_thread.run_sync(lambda: work(*values, **named), limiter=HASHES)


def without_session_header(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Drop what a client sent in place of the gate's header, in whichever spelling servers treat as the same."""
    return [(name, value) for name, value in headers if name.lower().replace(b"_", b"-") != HEADER]


async def visitor_of(house: House, headers: Iterable[tuple[bytes, bytes]], *, extend: bool = True) -> Visitor | None:
    """Whose session the cookie names, or None when there is none that lasts."""
    name, token = _cookie(headers)
    if name not in ("team", "demo") or not token:
        return None
    try:
        workspace = house.workspace(name)
    except NotFound:
        return None
    token_hash = accounts.token_hash(token)
    person = await checked(accounts.person_signed_in, workspace, token_hash=token_hash, extend=extend)
    return Visitor(workspace, person, token_hash) if person else None


def token_in(headers: Iterable[tuple[bytes, bytes]]) -> str:
    return _cookie(headers)[1]


def set_session_cookie(response: Response, connection: HTTPConnection, workspace: Workspace, token: str) -> None:
    response.set_cookie(
        COOKIE,
        f"{workspace.name}.{token}",
        max_age=workspace.settings.session_hours * 3600,
        path="/",
        secure=connection.url.scheme in ("https", "wss"),
        httponly=True,
        samesite="lax",
    )


def _cookie(headers: Iterable[tuple[bytes, bytes]]) -> tuple[str, str]:
    for name, value in headers:
        if name == b"cookie":
            found = cookie_parser(value.decode("latin-1")).get(COOKIE)
            if found:
                workspace, _, token = found.partition(".")
                return workspace, token
    return "", ""
