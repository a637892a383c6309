"""The demo team: who may create it, and entering it as any of its fictional people."""

from functools import partial
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from panel.actions import accounts
from panel.actions.demo_opening import demo_team_is_there, make_demo_team
from panel.domain.people import may_manage_people
from panel.errors import NotAllowed
from panel.web import pages
from panel.web.door import Door, see, submitted
from panel.web.forms import Form
from panel.web.identity import Visitor, checked

Offer = Literal["", "enter", "create"]


def routes(door: Door) -> list[Route]:
    if not door.house.settings.demo:
        return [Route(path, _switched_off, methods=["GET", "POST"]) for path in ("/demo", "/demo/open", "/demo/signin")]
    return [
        Route("/demo", partial(demo, door), methods=["GET"]),
        Route("/demo/open", partial(create, door), methods=["POST"]),
        Route("/demo/signin", partial(enter, door), methods=["POST"]),
    ]


async def offer(door: Door, visitor: Visitor | None) -> Offer:
    """What this visitor can do with the demo team: enter it, create it, or nothing.

    While the real team is empty anybody may. Afterwards its administrators create it, and only who is signed in, to
    the team or to the demo, enters: a candidate who finds the page must not read the reference answers there.
    """
    if not door.house.settings.demo:
        return ""
    team_is_empty = not await checked(accounts.anyone_exists, door.house.team)
    if await checked(demo_team_is_there, door.house):
        return "enter" if team_is_empty or visitor else ""
    manages = visitor and not visitor.workspace.is_demo and may_manage_people(visitor.person)
    return "create" if team_is_empty or manages else ""


async def demo(door: Door, request: Request) -> Response:
    visitor = await door.visitor(request)
    offered = await offer(door, visitor)
    people = await checked(accounts.demo_people, door.house.demo) if door.house.demo and offered == "enter" else []
    return pages.page("demo", offer=offered, people=people, now=visitor.person.id if visitor else "")


async def create(door: Door, request: Request) -> Response:
    async def work(form: Form) -> Response:
        offered = await offer(door, await door.visitor(request))
        if not offered:
            raise NotAllowed("Only an administrator of the team can create the demo team. Sign in as one first.")
        if offered == "create":
            await checked(make_demo_team, door.house)
        return see("/demo")

    return await submitted(request, work, lambda form, error: pages.refused("problem", error))


async def enter(door: Door, request: Request) -> Response:
    async def work(form: Form) -> Response:
        if await offer(door, await door.visitor(request)) != "enter":
            raise NotAllowed("Sign in to your own team first; the demo team is open from there.")
        workspace = door.house.workspace("demo")
        token = await checked(accounts.sign_in_as_demo_person, workspace, person_id=form["person"])
        return await door.enter(request, workspace, token)

    return await submitted(request, work, lambda form, error: pages.refused("problem", error))


async def _switched_off(request: Request) -> Response:
    return pages.problem("The demo team is switched off here.", status=404)
