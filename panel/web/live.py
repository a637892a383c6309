"""The websocket of scoring pages and boards: requests are answered in order, and what happens elsewhere is pushed.

Nothing of another's ratings passes here. A page is sent its own scorecard and who sits beside it (`actions/desk.py`);
a board is sent a number that says that something changed.
"""

import asyncio
import contextlib
import json
import logging
from collections.abc import AsyncIterator
from typing import Any

from anyio import CapacityLimiter, to_thread
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from panel.actions.checks import allowed
from panel.actions.desk import desk_state
from panel.domain.live import Happening
from panel.domain.people import may_manage_hiring
from panel.errors import PanelError
from panel.house import House, Workspace
from panel.live import HEARD_EVERY
from panel.web.identity import Visitor, visitor_of
from panel.web.live_requests import NOT_READ, Desk, answered
from panel.web.sockets import POLICY_VIOLATION

LARGEST = 64 * 1024  # characters of a message
TOO_LARGE = 1009
BREATH = 0.05  # seconds between two pushes to one page
BOARD_BREATH = 1.0
SAVES = CapacityLimiter(64)  # many at once, so that they meet in one commit
log = logging.getLogger(__name__)


def routes(house: House) -> list[WebSocketRoute]:
    async def live(socket: WebSocket) -> None:
        visitor = await visitor_of(house, socket.headers.raw)
        if visitor is None:
            await socket.close(POLICY_VIOLATION, "sign in first")
        elif "board" in socket.query_params:
            await _board(socket, visitor)
        else:
            await _desk(socket, visitor)

    return [WebSocketRoute("/live", live)]


async def _desk(socket: WebSocket, visitor: Visitor) -> None:
    desk = Desk(
        workspace=visitor.workspace, person=visitor.person, scorecard_id=socket.query_params.get("scorecard", "")
    )
    try:
        interview_id, _ = await _beside(_first_look, desk)
    except PanelError as error:
        await socket.accept()
        await socket.close(POLICY_VIOLATION, str(error)[:120])
        return
    await socket.accept()
    page = Page(socket, desk, interview_id, socket.query_params.get("tab", "")[:40])
    async with page.attending():
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):
            await page.answer_until_closed()


async def _board(socket: WebSocket, visitor: Visitor) -> None:
    workspace = visitor.workspace

    def check() -> None:
        with workspace.database.read() as transaction:
            allowed(transaction, visitor.person, may_manage_hiring, "Only hiring managers see the board.")

    await socket.accept()
    try:
        await _beside(check)
    except PanelError as error:
        await socket.close(POLICY_VIOLATION, str(error)[:120])
        return
    async with _awake(workspace) as wake:
        pushing = asyncio.create_task(_push_revisions(socket, workspace, wake))
        try:
            while (await socket.receive())["type"] != "websocket.disconnect":
                pass
        finally:
            pushing.cancel()


async def _push_revisions(socket: WebSocket, workspace: Workspace, wake: asyncio.Event) -> None:
    with contextlib.suppress(WebSocketDisconnect, RuntimeError):
        while True:
            await wake.wait()
            wake.clear()
            await socket.send_json({"push": "revision", "revision": workspace.live.revision})
            await asyncio.sleep(BOARD_BREATH)


class Page:
    """One open scoring page."""

    def __init__(self, socket: WebSocket, desk: Desk, interview_id: str, tab: str) -> None:
        self._socket = socket
        self._desk = desk
        self._interview_id = interview_id
        self._tab = tab
        self._question = ""
        self._sent: dict[str, Any] | None = None
        self._sending = asyncio.Lock()

    @contextlib.asynccontextmanager
    async def attending(self) -> AsyncIterator[None]:
        """Present while the block runs, and told of what happens in the interview."""
        async with _awake(self._desk.workspace, self._interview_id) as wake:
            tasks = [asyncio.create_task(self._push(wake)), asyncio.create_task(self._stay())]
            wake.set()
            try:
                yield
            finally:
                for task in tasks:
                    task.cancel()
                with contextlib.suppress(PanelError):
                    await _beside(self._tell, "gone")

    async def answer_until_closed(self) -> None:
        while True:
            text = await self._socket.receive_text()
            if len(text) > LARGEST:
                await self._socket.close(TOO_LARGE, "the message is too large")
                return
            try:
                said = json.loads(text)
            except ValueError:
                await self._send({"n": None, "ok": False, "kind": "input", "sentence": NOT_READ})
                continue
            if isinstance(said, dict) and said.get("do") == "at":
                self._question = str(said.get("question", ""))[:200]
                await _beside(self._tell, "here")
                continue
            await self._send(await _beside(answered, self._desk, said))

    async def _push(self, wake: asyncio.Event) -> None:
        """Send the state whenever it differs from what the page was sent last."""
        with contextlib.suppress(WebSocketDisconnect, RuntimeError):
            while True:
                await wake.wait()
                wake.clear()
                try:
                    _, state = await _beside(_first_look, self._desk)
                except PanelError as error:
                    log.info("%s", error)
                    await self._socket.close(POLICY_VIOLATION, str(error)[:120])
                    return
                if state != self._sent:
                    self._sent = state
                    await self._send({"push": "state", "state": state})
                await asyncio.sleep(BREATH)

    async def _stay(self) -> None:
        while True:
            await _beside(self._tell, "here")
            await asyncio.sleep(HEARD_EVERY)

    async def _send(self, message: dict[str, Any]) -> None:
        async with self._sending:
            await self._socket.send_text(json.dumps(message))

    def _tell(self, kind: Any) -> None:
        self._desk.workspace.live.tell(
            Happening(
                kind=kind,
                interview_id=self._interview_id,
                person_id=self._desk.person.id,
                tab=self._tab,
                question_key=self._question if kind == "here" else "",
            )
        )


def _first_look(desk: Desk) -> tuple[str, dict[str, Any]]:
    """The interview's id and the page's state."""
    state = desk_state(desk.workspace, **desk.named)
    return state.interview_id, state.model_dump(mode="json")


@contextlib.asynccontextmanager
async def _awake(workspace: Workspace, interview_id: str | None = None) -> AsyncIterator[asyncio.Event]:
    """An event that is set whenever something happens, in one interview or in any."""
    loop, wake = asyncio.get_running_loop(), asyncio.Event()

    def hear(happening: Happening) -> None:
        if interview_id in (None, happening.interview_id):
            with contextlib.suppress(RuntimeError):  # the server is stopping
                loop.call_soon_threadsafe(wake.set)

    stop = await _beside(workspace.live.listen, hear)
    try:
        yield wake
    finally:
        stop()


async def _beside(work: Any, *values: Any) -> Any:
    """Run a database action beside the event loop."""
    return await to_thread.run_sync(lambda: work(*values), limiter=SAVES)
