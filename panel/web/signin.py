"""Sign-in, sign-out, the first administrator, and the links of invited people."""

import secrets
from functools import partial

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from panel.actions import accounts
from panel.errors import PanelError
from panel.web import demo, pages
from panel.web.door import Door, forget_cookie, see, submitted
from panel.web.forms import Form
from panel.web.identity import checked, hashed, set_session_cookie, token_in
from panel.web.origins import SAFE_METHODS, is_followed_by_hand, safe_next

LINK_OVER = "This link has been used, replaced or has expired. Ask an administrator for a new one."


def routes(door: Door) -> list[Route]:
    both = ["GET", "POST"]
    return [
        Route("/welcome", partial(welcome, door), methods=["GET"]),
        Route("/setup", partial(setup, door), methods=both),
        Route("/signin", partial(signin, door), methods=both),
        Route("/signout", partial(signout, door), methods=both),
        Route("/invite/{token:path}", partial(invite, door), methods=both),
        Route("/session", partial(session, door), methods=["GET"]),
        Route("/healthz", partial(healthz, door), methods=["GET"]),
        Route("/panel-assets/{name:path}", pages.asset, methods=["GET"]),
    ]


async def welcome(door: Door, request: Request) -> Response:
    """The first visit: nobody has an account yet."""
    if await checked(accounts.anyone_exists, door.house.team):
        return see("/signin")
    return pages.page("welcome", demo=await demo.offer(door, None))


async def setup(door: Door, request: Request) -> Response:
    """Create the first administrator."""
    if request.method in SAFE_METHODS:
        if await checked(accounts.anyone_exists, door.house.team):
            return see("/signin")
        return pages.page("setup", name="", email="")

    async def create(form: Form) -> Response:
        given = {field: form[field] for field in ("name", "email", "password")}
        token = await hashed(accounts.create_first_administrator, door.house.team, **given)
        return await door.enter(request, door.house.team, token)

    def again(form: Form, error: PanelError) -> Response:
        return pages.refused("setup", error, name=form["name"], email=form["email"])

    return await submitted(request, create, again)


async def signin(door: Door, request: Request) -> Response:
    visitor = await door.visitor(request)
    onward = safe_next(request.query_params.get("next", "/"))
    if request.method in SAFE_METHODS and visitor and not visitor.workspace.is_demo:
        return see(onward)
    if not await checked(accounts.anyone_exists, door.house.team):
        return see("/welcome")
    offered, name = await demo.offer(door, visitor), visitor.person.name if visitor else ""
    if request.method in SAFE_METHODS:
        return pages.page("signin", email="", next=onward, demo=offered, visitor=name)

    async def enter(form: Form) -> Response:
        given = {field: form[field] for field in ("email", "password")}
        address = request.client.host if request.client else ""
        token = await hashed(accounts.sign_in, door.house.team, address=address, **given)
        return await door.enter(request, door.house.team, token, to=safe_next(form["next"] or "/"))

    def again(form: Form, error: PanelError) -> Response:
        onward = safe_next(form["next"] or "/")
        return pages.refused("signin", error, email=form["email"], next=onward, demo=offered, visitor=name)

    return await submitted(request, enter, again)


async def signout(door: Door, request: Request) -> Response:
    """A form asks first, unless the browser says that one of our own pages was left for this address."""
    if request.method in SAFE_METHODS and not is_followed_by_hand(request.headers):
        visitor = await door.visitor(request)
        return pages.page("signout", visitor=visitor.person.name) if visitor else forget_cookie(see("/signin"))
    await door.leave(request)
    return forget_cookie(see("/signin"))


async def invite(door: Door, request: Request) -> Response:
    """The page behind a one-time link. Only sending its form uses the link."""
    token = request.path_params["token"]
    person = await checked(accounts.invited_person, door.house.team, token=token)
    if person is None:
        return pages.problem(LINK_OVER, status=404)
    if request.method in SAFE_METHODS:
        return pages.page("invite", person=person)

    async def accept(form: Form) -> Response:
        given = {"token": token, "password": form["password"]}
        opened = await hashed(accounts.accept_invitation, door.house.team, **given)
        return await door.enter(request, door.house.team, opened)

    return await submitted(request, accept, lambda form, error: pages.refused("invite", error, person=person))


THIS_START = secrets.token_hex(8)  # an open page reloads when it meets another start of the server


async def session(door: Door, request: Request) -> Response:
    """Whether this browser is signed in, and a mark that changes with the session. Asking extends nothing.

    With `?keep` the cookie is renewed: a page that stays open for a day loads only once.
    """
    visitor = await door.visitor(request)
    if visitor is None:
        return JSONResponse({"signed_in": False}, status_code=401)
    response = JSONResponse({"signed_in": True, "mark": visitor.token_hash[:12], "server": THIS_START})
    if "keep" in request.query_params:
        set_session_cookie(response, request, visitor.workspace, token_in(request.headers.raw))
    return response


async def healthz(door: Door, request: Request) -> Response:
    try:
        await checked(accounts.anyone_exists, door.house.team)
    except Exception:
        return JSONResponse({"ok": False}, status_code=503)
    return JSONResponse({"ok": True})
