"""One websocket of a page of ours: JSON in both directions, closed with a reason, let go when nobody reads it."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.websockets import WebSocket, WebSocketState

from panel.errors import NotAllowed, NotFound, PanelError, StorageError
from panel.house import House
from panel.live import HEARD_EVERY
from panel.web.identity import visitor_of
from panel.web.sockets import POLICY_VIOLATION, SIGNED_OUT, TRY_AGAIN

LARGEST = 64 * 1024  # characters of a message
TOO_LARGE, NOT_SO, NOT_YOURS, NOT_THERE = 1009, 4400, 4403, 4404
CODES: dict[type[PanelError], int] = {NotAllowed: NOT_YOURS, NotFound: NOT_THERE, StorageError: TRY_AGAIN}
UNREAD = 20.0  # seconds after which a page that reads nothing is let go
LONGEST_REASON = 123  # bytes, by RFC 6455


class LiveSocket:
    """An accepted websocket. What sends raises TimeoutError when the other side has read nothing for long."""

    def __init__(self, socket: WebSocket, house: House) -> None:
        self._socket = socket
        self._house = house

    @property
    def query(self) -> Mapping[str, str]:
        return self._socket.query_params

    async def receive(self) -> tuple[bool, Any]:
        """Whether the websocket is still open, and the next message; None for one that is no JSON."""
        message = await self._socket.receive()
        if message["type"] == "websocket.disconnect":
            return False, None
        text = message.get("text")
        if text is not None and len(text) > LARGEST:
            await self.close(TOO_LARGE, "A message of this page is too large.")
            return False, None
        try:
            return True, json.loads(text or "")
        except (ValueError, RecursionError):
            return True, None

    async def send(self, message: Mapping[str, Any]) -> None:
        await self.say(json.dumps(message))

    async def say(self, text: str) -> None:
        """Send JSON that is text already."""
        await self._unless_closed(lambda: self._socket.send_text(text))

    async def close(self, code: int, sentence: str) -> None:
        reason = sentence.encode()[:LONGEST_REASON].decode(errors="ignore")
        await self._unless_closed(lambda: self._socket.close(code, reason))

    async def refuse(self, error: PanelError) -> None:
        """Close with a code that says whether to come back, and the sentence."""
        await self.close(CODES.get(type(error), NOT_SO), str(error))

    async def closed_when_signed_out(self, used: Callable[[], bool]) -> None:
        """Return when the session has ended. One is extended only where the page was `used` since the last look."""
        while True:
            await asyncio.sleep(HEARD_EVERY)
            try:
                visitor = await visitor_of(self._house, self._socket.headers.raw, extend=used())
            except StorageError:
                continue
            if visitor is None:
                await self.close(POLICY_VIOLATION, SIGNED_OUT)
                return

    async def _unless_closed(self, send: Callable[[], Awaitable[None]]) -> None:
        if self._socket.application_state is WebSocketState.CONNECTED:
            async with asyncio.timeout(UNREAD):
                await send()


async def until_first_ends(*parts: Callable[[], Awaitable[None]]) -> None:
    """Run the parts of an open page side by side; when one ends, the others are stopped. Raises what it raised."""
    tasks = [asyncio.ensure_future(each()) for each in parts]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for each in done:
            each.result()
    finally:
        for each in tasks:
            each.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
