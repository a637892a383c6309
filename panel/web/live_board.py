"""An open board: it is sent the whole board whenever that differs from what it was sent last.

It looks when something happened, and every two seconds in any case; a hundred boards share what one look costs (see
`actions/kept_boards.py`).
"""

import asyncio
import contextlib
import random
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from anyio import CapacityLimiter, to_thread

from panel.actions.board import board_at_hand, todays_board
from panel.actions.kept_boards import AT_LEAST_EVERY, AT_MOST_EVERY
from panel.domain.board import Day
from panel.domain.live import Happening
from panel.domain.people import Person
from panel.errors import InputError, PanelError, StorageError
from panel.house import Workspace
from panel.live import HEARD_EVERY
from panel.web.hearing import hearing
from panel.web.live_socket import LiveSocket, until_first_ends
from panel.web.sockets import TRUSTED_FOR

LOOKS = CapacityLimiter(2)  # boards that wait for each other must not keep a save waiting
BREATH = 0.4  # seconds between a push and what may lead to the next
SPREAD = 0.4  # seconds over which a hundred boards look, so that the first has made what the others find
LONGEST_DAY = timedelta(hours=26)  # with the hour that clocks are put back


class Board:
    """Lives in the event loop, except where `hearing` asks whether to wake it."""

    def __init__(self, socket: LiveSocket, workspace: Workspace, person: Person) -> None:
        self._socket = socket
        self._workspace = workspace
        self._person = person
        self._wake = asyncio.Event()
        self._sent = ""
        self._allowed_at = -TRUSTED_FOR  # when the reader was last looked up

    async def attend(self) -> None:
        """Until the board closes, its session ends, or its reader may no longer see it."""
        try:
            self._day = _day(self._socket.query)
        except InputError as error:
            await self._socket.refuse(error)
            return

        def hear(_: Happening) -> None:
            self._wake.set()

        async with hearing(self._workspace, hear, concerns=lambda _: not self._wake.is_set()):
            await until_first_ends(self._until_closed, self._push, self._stay, self._until_signed_out)

    async def _push(self) -> None:
        while True:
            try:
                await self._look()
            except StorageError:
                self._wake.set()
            except PanelError as error:
                await self._socket.refuse(error)
                return
            await asyncio.sleep(BREATH)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(AT_LEAST_EVERY.total_seconds()):
                    await self._wake.wait()
                # A board that was made just before what happened is kept for so long.
                await asyncio.sleep(AT_MOST_EVERY.total_seconds() + random.uniform(0, SPREAD))

    async def _look(self) -> None:
        self._wake.clear()
        trusted = time.monotonic() - self._allowed_at < TRUSTED_FOR
        board = board_at_hand(self._workspace, day=self._day) if trusted else None
        text = board.text if board else await to_thread.run_sync(self._text, limiter=LOOKS)
        if text != self._sent:
            await self._socket.say(f'{{"push":"board","board":{text}}}')
            self._sent = text

    def _text(self) -> str:
        text = todays_board(self._workspace, by=self._person, day=self._day).text
        self._allowed_at = time.monotonic()
        return text

    async def _stay(self) -> None:
        """Say now and then that the line is not cut."""
        while True:
            await asyncio.sleep(HEARD_EVERY)
            await self._socket.send({"push": "board"})

    async def _until_closed(self) -> None:
        while (await self._socket.receive())[0]:
            pass  # a board asks nothing

    async def _until_signed_out(self) -> None:
        await self._socket.closed_when_signed_out(used=lambda: False)


def _day(query: Mapping[str, str]) -> Day:
    """`from` and `until` are milliseconds since 1970, taken in whole minutes: no day of a time zone begins between.

    Raises InputError.
    """
    try:
        starts, ends = (datetime.fromtimestamp(int(query[each]) // 60_000 * 60, UTC) for each in ("from", "until"))
    except (KeyError, ValueError, OverflowError, OSError) as error:
        raise InputError("This page does not say which day it shows. Reload it.") from error
    if not timedelta(0) < ends - starts <= LONGEST_DAY:
        raise InputError("The board shows one day. Reload the page.")
    return Day(starts.replace(tzinfo=None), ends.replace(tzinfo=None))
