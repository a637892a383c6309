"""Coming in and going out: what sign-in, invitations and the demo team share."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from panel.actions import accounts
from panel.domain.people import Person
from panel.errors import PanelError
from panel.house import House, Workspace
from panel.web.forms import Form, read_form
from panel.web.identity import COOKIE, Visitor, checked, set_session_cookie, visitor_of
from panel.web.sockets import OpenSockets


@dataclass(frozen=True)
class Door:
    """The open house, and the websockets that close when somebody leaves it."""

    house: House
    sockets: OpenSockets

    async def visitor(self, request: Request) -> Visitor | None:
        return await visitor_of(self.house, request.headers.raw, extend=False)

    async def enter(self, request: Request, workspace: Workspace, token: str, *, to: str = "/") -> Response:
        """Set the cookie of a new session and go on; the session this browser had before ends."""
        await self.leave(request)
        response = see(to)
        set_session_cookie(response, request, workspace, token)
        return response

    async def leave(self, request: Request) -> Person | None:
        """End this browser's session, in every tab at once."""
        visitor = await self.visitor(request)
        if visitor is None:
            return None
        await checked(accounts.sign_out, visitor.workspace, token_hash=visitor.token_hash)
        await self.sockets.close(visitor.token_hash)
        return visitor.person


def see(address: str) -> RedirectResponse:
    """Go on with a GET, so that a reload sends no form again."""
    return RedirectResponse(address, status_code=303)


def forget_cookie(response: Response) -> Response:
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
    return response


async def submitted(
    request: Request,
    work: Callable[[Form], Awaitable[Response]],
    again: Callable[[Form, PanelError], Response],
) -> Response:
    """Run `work` on the form; when it is refused, show the form `again` with what was typed."""
    form = Form()
    try:
        form = await read_form(request)
        return await work(form)
    except PanelError as error:
        return again(form, error)
