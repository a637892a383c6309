"""An open board: it is told at most once a second that something happened, and looks by itself."""

import asyncio

from panel.actions import watching
from panel.domain.live import Happening
from panel.domain.people import Person
from panel.errors import PanelError, StorageError
from panel.house import Workspace
from panel.web.hearing import beside, hearing
from panel.web.live_socket import LiveSocket, until_first_ends

BREATH = 1.0  # seconds between two pushes


class Board:
    """Lives in the event loop."""

    def __init__(self, socket: LiveSocket, workspace: Workspace, person: Person) -> None:
        self._socket = socket
        self._workspace = workspace
        self._person = person
        self._wake = asyncio.Event()
        self._wake.set()  # a board that comes back has missed something

    async def attend(self) -> None:
        """Until the board closes, its session ends, or its reader may no longer see it."""

        def hear(_: Happening) -> None:
            self._wake.set()

        async with hearing(self._workspace, hear):
            await until_first_ends(self._until_closed, self._push, self._until_signed_out)

    async def _push(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            try:
                revision = await beside(watching.revision, self._workspace, by=self._person)
            except StorageError:
                self._wake.set()
            except PanelError as error:
                await self._socket.refuse(error)
                return
            else:
                await self._socket.send({"push": "revision", "revision": revision})
            await asyncio.sleep(BREATH)

    async def _until_closed(self) -> None:
        while (await self._socket.receive())[0]:
            pass  # a board asks nothing

    async def _until_signed_out(self) -> None:
        await self._socket.closed_when_signed_out(used=lambda: False)
