"""What `streamlit_app.py` puts together: the open house behind its gate."""

import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, NoReturn

from anyio import to_thread
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from panel.actions.start import prepare
from panel.errors import PanelError
from panel.house import House, close_house, open_house
from panel.settings import read_settings
from panel.web import demo, live, signin
from panel.web.door import Door
from panel.web.gate import Gate, Owners
from panel.web.reminding import Reminding
from panel.web.sockets import OpenSockets

# Seconds for which a thread that computes may keep waiting one that comes back from the database. A save comes back six
# times, and with Python's own 5 ms it waited longer for other people's pages than it worked.
PATIENCE = 0.0005


def open_or_exit() -> House:
    """The house, ready. What keeps it from opening is said in one sentence, before a server starts."""
    sys.setswitchinterval(PATIENCE)
    try:
        house = open_house(read_settings())
        prepare(house)
    except PanelError as error:
        exit_with(str(error))
    return house


def exit_with(sentence: str) -> NoReturn:
    print(sentence, file=sys.stderr, flush=True)
    sys.exit(1)


def front(house: House, document: str, owners: Owners) -> tuple[list[BaseRoute], list[Middleware]]:
    """The routes outside Streamlit and the gate. `document` is the HTML that Streamlit's pages start from.

    `owners` says which sessions a file of Streamlit's belongs to.
    """
    door = Door(house, OpenSockets())
    gate = Middleware(Gate, house=house, sockets=door.sockets, document=document, owners=owners)
    return [*signin.routes(door), *demo.routes(door), *live.routes(house)], [gate]


def lasting(house: House, where: str = "") -> Callable[[Any], AbstractAsyncContextManager[None]]:
    """A lifespan that says where the app is when it has started, and closes the databases when it stops.

    Meanwhile people are reminded of open scorecards.
    """

    @asynccontextmanager
    async def lifespan(app: Any) -> AsyncIterator[None]:
        if where:
            print(f"\n  Panel is ready: {where}\n", flush=True)
        reminding = Reminding(house)
        reminding.start()
        yield
        await to_thread.run_sync(reminding.stop)
        close_house(house.settings)

    return lifespan
