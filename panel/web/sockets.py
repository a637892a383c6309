"""Open websockets by session, so that ending a session closes its tabs."""

import contextlib
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable

from starlette.types import Message, Receive, Send

POLICY_VIOLATION = 1008
TRUSTED_FOR = 2.0  # seconds between two looks at the session behind an open websocket


class GuardedSocket:
    """One websocket: asks again whether its session lasts when used, and can be closed from outside."""

    def __init__(self, receive: Receive, send: Send, still_signed_in: Callable[[], Awaitable[bool]]) -> None:
        self._receive = receive
        self._send = send
        self._still_signed_in = still_signed_in
        self._looked_at = time.monotonic()
        self._closed = False

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] == "websocket.receive" and time.monotonic() - self._looked_at > TRUSTED_FOR:
            if not await self._still_signed_in():
                await self.close()
                return {"type": "websocket.disconnect", "code": POLICY_VIOLATION}
            self._looked_at = time.monotonic()
        return message

    async def send(self, message: Message) -> None:
        if not self._closed:
            self._closed = message["type"] == "websocket.close"
            await self._send(message)

    async def close(self) -> None:
        with contextlib.suppress(OSError, RuntimeError):  # the other side was faster
            await self.send({"type": "websocket.close", "code": POLICY_VIOLATION, "reason": "signed out"})


class OpenSockets:
    """Used from the event loop only."""

    def __init__(self) -> None:
        self._of: defaultdict[str, set[GuardedSocket]] = defaultdict(set)

    def add(self, token_hash: str, socket: GuardedSocket) -> None:
        self._of[token_hash].add(socket)

    def remove(self, token_hash: str, socket: GuardedSocket) -> None:
        self._of[token_hash].discard(socket)
        if not self._of[token_hash]:
            del self._of[token_hash]

    async def close(self, token_hash: str) -> None:
        for socket in list(self._of.get(token_hash, ())):
            await socket.close()
