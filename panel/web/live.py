"""The websocket of scoring pages and boards, behind the gate.

Nothing of another's ratings passes here. A page is sent its own scorecard and who sits beside it (`actions/desk.py`);
a board is sent progress and presence (`actions/board.py`).
"""

import contextlib
import logging
from collections import Counter
from collections.abc import Mapping

from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from panel.errors import StorageError
from panel.house import House
from panel.web.identity import Visitor, visitor_of
from panel.web.live_board import Board
from panel.web.live_page import Page
from panel.web.live_requests import Desk
from panel.web.live_socket import LiveSocket
from panel.web.sockets import POLICY_VIOLATION, SIGN_IN, TRY_AGAIN, UNREACHABLE

LONGEST_ID = 40
MOST_LINES = 20  # of one session
Headers = list[tuple[bytes, bytes]]
BROKEN = 1011
log = logging.getLogger(__name__)


def routes(house: House) -> list[WebSocketRoute]:
    lines: Counter[str] = Counter()  # open ones by session; used from the event loop only

    async def live(socket: WebSocket) -> None:
        await socket.accept()  # a browser tells a page the code only of a websocket that was accepted
        with contextlib.suppress(WebSocketDisconnect):  # the other side was faster
            await _welcome(LiveSocket(socket, house), house, socket.headers.raw, lines)

    return [WebSocketRoute("/live", live)]


async def _welcome(socket: LiveSocket, house: House, headers: Headers, lines: Counter[str]) -> None:
    try:
        visitor = await visitor_of(house, headers, extend=False)
    except StorageError as error:
        log.warning("%s", error)
        await socket.close(TRY_AGAIN, UNREACHABLE)
        return
    if visitor is None:
        await socket.close(POLICY_VIOLATION, SIGN_IN)
        return
    if lines[visitor.token_hash] >= MOST_LINES:
        await socket.close(TRY_AGAIN, f"{MOST_LINES} pages are open already. Close some; this one connects by itself.")
        return
    lines[visitor.token_hash] += 1
    try:
        await _attend(socket, visitor)
    finally:
        lines[visitor.token_hash] -= 1
        if not lines[visitor.token_hash]:
            del lines[visitor.token_hash]


async def _attend(socket: LiveSocket, visitor: Visitor) -> None:
    query = socket.query
    try:
        if "board" in query:
            await Board(socket, visitor.workspace, visitor.person).attend()
        else:
            desk = Desk(visitor.workspace, visitor.person, _named(query, "scorecard"))
            await Page(socket, desk, _named(query, "tab")).attend()
    except TimeoutError:
        log.info("A page that read nothing any more was let go")
    except Exception:
        log.exception("An open page was let go")
        await socket.close(BROKEN, "Something went wrong. What was saved is safe; the page connects again.")


def _named(query: Mapping[str, str], name: str) -> str:
    """An id in the address; empty when it is none, so that the database is not asked what it cannot read."""
    found = query.get(name, "")
    return found if found.isascii() and found.isalnum() and len(found) <= LONGEST_ID else ""
