"""The websocket of scoring pages and boards, behind the gate.

Nothing of another's ratings passes here. A page is sent its own scorecard and who sits beside it (`actions/desk.py`);
a board is sent a number that says that something changed.
"""

import contextlib
import logging

from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from panel.errors import StorageError
from panel.house import House
from panel.web.identity import Visitor, visitor_of
from panel.web.live_board import Board
from panel.web.live_page import Page
from panel.web.live_requests import Desk
from panel.web.live_socket import TRY_AGAIN, LiveSocket
from panel.web.sockets import POLICY_VIOLATION

LONGEST_ID = 40
BROKEN = 1011
log = logging.getLogger(__name__)


def routes(house: House) -> list[WebSocketRoute]:
    async def live(socket: WebSocket) -> None:
        try:
            visitor = await visitor_of(house, socket.headers.raw, extend=False)
        except StorageError as error:
            log.warning("%s", error)
            await socket.close(TRY_AGAIN, "the database cannot be reached")
            return
        if visitor is None:
            await socket.close(POLICY_VIOLATION, "sign in first")
            return
        await socket.accept()
        with contextlib.suppress(WebSocketDisconnect):  # the other side was faster
            await _attend(LiveSocket(socket, house), visitor)

    return [WebSocketRoute("/live", live)]


async def _attend(socket: LiveSocket, visitor: Visitor) -> None:
    query = socket.query
    try:
        if "board" in query:
            await Board(socket, visitor.workspace, visitor.person).attend()
        else:
            desk = Desk(
                workspace=visitor.workspace, person=visitor.person, scorecard_id=query.get("scorecard", "")[:LONGEST_ID]
            )
            await Page(socket, desk, query.get("tab", "")[:LONGEST_ID]).attend()
    except TimeoutError:
        log.info("A page that read nothing any more was let go")
    except Exception:
        log.exception("An open page was let go")
        await socket.close(BROKEN, "Something went wrong. What was saved is safe; the page connects again.")
