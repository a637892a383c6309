"""Open websockets by session, so that ending a session closes its tabs."""

import contextlib
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable

from starlette.types import Message, Receive, Send

from panel.errors import StorageError

POLICY_VIOLATION, TRY_AGAIN = 1008, 1013
SIGN_IN, SIGNED_OUT, UNREACHABLE = "sign in first", "signed out", "the database cannot be reached"
TRUSTED_FOR = 2.0  # seconds between two looks at the session behind an open websocket


class GuardedSocket:
    """One websocket: asks again whether its session lasts when used, and can be closed from outside.

    `still_signed_in` may raise StorageError: then nothing passes either, but nobody is told that they are signed out.
    """

    def __init__(self, receive: Receive, send: Send, still_signed_in: Callable[[], Awaitable[bool]]) -> None:
        self._receive = receive
        self._send = send
        self._still_signed_in = still_signed_in
        self._looked_at = time.monotonic()
        self._closed = False

    async def receive(self) -> Message:
        message = await self._receive()
        if message["type"] == "websocket.receive" and time.monotonic() - self._looked_at > TRUSTED_FOR:
            try:
                lasts, code, reason = await self._still_signed_in(), POLICY_VIOLATION, SIGNED_OUT
            except StorageError:
                lasts, code, reason = False, TRY_AGAIN, UNREACHABLE
            if not lasts:
                await self.close(code, reason)
                return {"type": "websocket.disconnect", "code": code}
            self._looked_at = time.monotonic()
        return message

    async def send(self, message: Message) -> None:
        if not self._closed:
            self._closed = message["type"] == "websocket.close"
            await self._send(message)

    async def close(self, code: int = POLICY_VIOLATION, reason: str = SIGNED_OUT) -> None:
        with contextlib.suppress(OSError, RuntimeError):  # the other side was faster
            await self.send({"type": "websocket.close", "code": code, "reason": reason})


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
