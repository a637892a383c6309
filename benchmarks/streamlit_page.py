"""One page of the app as a browser holds it open: Streamlit's own websocket, without drawing anything."""

import asyncio
import time

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

FINISHED_EARLY = ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN


class StreamlitPage:
    """`problems` are what the page showed as failed, or how the connection ended when nobody closed it."""

    def __init__(self, host: str, cookie: str, page: str, query: str = "") -> None:
        self._host = host
        self._cookie = cookie
        self._page = page
        self._query = query
        self._socket: ClientConnection | None = None
        self._reading: asyncio.Task[None] | None = None
        self.problems: list[str] = []
        self.received = 0  # bytes

    async def open(self, seconds: float = 60.0) -> float:
        """Connect and run the page; seconds until its script has finished."""
        start = time.perf_counter()
        socket = await connect(
            f"ws://{self._host}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            additional_headers={"Cookie": self._cookie, "Origin": f"http://{self._host}"},
            max_size=None,
            compression=None,
            open_timeout=seconds,
        )
        self._socket = socket
        await socket.send(self._first_run())
        async with asyncio.timeout(seconds):
            while not self._finishes(await socket.recv()):
                pass
        took = time.perf_counter() - start
        self._reading = asyncio.create_task(self._read_on(socket))
        return took

    async def close(self) -> None:
        if self._reading:
            self._reading.cancel()
        if self._socket:
            await self._socket.close()

    def _first_run(self) -> bytes:
        message = BackMsg()
        run = message.rerun_script
        run.query_string, run.page_name = self._query, self._page
        about = run.context_info
        about.timezone, about.locale, about.color_scheme = "UTC", "en", "light"
        about.url = f"http://{self._host}/{self._page}?{self._query}"
        return message.SerializeToString()

    def _finishes(self, raw: str | bytes) -> bool:
        assert isinstance(raw, bytes)
        self.received += len(raw)
        message = ForwardMsg.FromString(raw)
        kind = message.WhichOneof("type")
        if kind == "delta" and message.delta.new_element.WhichOneof("type") == "exception":
            self.problems.append(message.delta.new_element.exception.message[:120])
        return kind == "script_finished" and message.script_finished != FINISHED_EARLY

    async def _read_on(self, socket: ClientConnection) -> None:
        try:
            async for raw in socket:
                self._finishes(raw)
        except ConnectionClosed as error:
            self.problems.append(f"Streamlit's websocket: {error}")
