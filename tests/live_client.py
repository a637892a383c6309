"""A scoring page's own client without a browser: one websocket, and requests sent until they are answered."""

import asyncio
import contextlib
import json
from collections.abc import Callable
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

AGAIN_AFTER = 0.2  # seconds after a lost connection
ANSWERED_WITHIN = 20.0  # seconds; a server that says nothing for longer is asked anew
Heard = Callable[[dict[str, Any]], None]


class LiveClient:
    """One page of one person signed in. `heard` is called with every push."""

    def __init__(self, host: str, cookie: str, query: str, heard: Heard = lambda _: None) -> None:
        self._url = f"ws://{host}/live?{query}"
        self._headers = {"Cookie": cookie, "Origin": f"http://{host}"}
        self._heard = heard
        self._socket: ClientConnection | None = None
        self._reading: asyncio.Task[None] | None = None
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._n = 0
        self.connections = 0

    async def ask(self, do: str, **said: Any) -> dict[str, Any]:
        """The answer, however often the connection or the server is lost meanwhile."""
        self._n += 1
        n = self._n
        message = json.dumps({"n": n, "do": do, **said})
        while True:
            answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
            self._waiting[n] = answer
            try:
                socket = await self._connected()
                await socket.send(message)
                found = await asyncio.wait_for(answer, ANSWERED_WITHIN)
            except (OSError, WebSocketException, TimeoutError):
                if not answer.cancel() and not answer.cancelled():
                    answer.exception()  # the connection has told it already
                await self.drop()
                await asyncio.sleep(AGAIN_AFTER)
                continue
            if found.get("kind") != "storage":
                return found
            await asyncio.sleep(AGAIN_AFTER)

    async def tell(self, do: str, **said: Any) -> None:
        """Something that is not answered."""
        socket = await self._connected()
        await socket.send(json.dumps({"do": do, **said}))

    async def open(self) -> None:
        await self._connected()

    async def drop(self) -> None:
        """Close; the next request connects anew."""
        socket, self._socket = self._socket, None
        if socket:
            await socket.close()
        if self._reading:
            self._reading.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._reading

    async def _connected(self) -> ClientConnection:
        if self._socket is None:
            self._socket = await connect(
                self._url, additional_headers=self._headers, compression=None, open_timeout=ANSWERED_WITHIN
            )
            self.connections += 1
            self._reading = asyncio.create_task(self._read(self._socket))
        return self._socket

    async def _read(self, socket: ClientConnection) -> None:
        try:
            with contextlib.suppress(WebSocketException):
                async for text in socket:
                    self._take(json.loads(text))
        finally:
            self._socket = None if self._socket is socket else self._socket
            for each in self._waiting.values():
                if not each.done():
                    each.set_exception(ConnectionError("the connection was lost"))

    def _take(self, said: dict[str, Any]) -> None:
        if "push" in said:
            self._heard(said)
        elif (waiting := self._waiting.pop(said["n"], None)) and not waiting.done():
            waiting.set_result(said)
