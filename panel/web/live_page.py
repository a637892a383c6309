"""One open scoring page: its requests are answered in order, and it is sent its state when something changed it.

A request and a look never overlap on one page: no page is sent a change of its own before the answer to it, nor a
state older than an answer.
"""

import asyncio
import secrets
from typing import Any, Literal

from panel.actions.desk import desk_state
from panel.domain.live import Happening
from panel.errors import PanelError, StorageError
from panel.live import HEARD_EVERY
from panel.web.hearing import beside, hearing, looked
from panel.web.live_requests import NOT_READ, Answer, At, Desk, answered, read
from panel.web.live_socket import LiveSocket, until_first_ends

BREATH = 0.05  # seconds between two looks; what happens meanwhile is one change
AGAIN_AFTER = 2.0  # seconds before the database is asked again when it could not answer


class Page:
    """Lives in the event loop, except `_concerns`."""

    def __init__(self, socket: LiveSocket, desk: Desk, tab: str) -> None:
        self._socket = socket
        self._desk = desk
        self._live = desk.workspace.live
        self._tab = f"{tab}-{secrets.token_hex(4)}"  # a page that comes back is another than the one that was lost
        self._interview_id = ""
        self._question_key = ""
        self._known: dict[str, Any] = {}  # the state as the page has it
        self._present: set[str] = set()
        self._saved: dict[str, int] = {}  # versions saved since the last look, by question; "" is the end
        self._news = False  # whether anything else happened since
        self._wake = asyncio.Event()
        self._turn = asyncio.Lock()
        self._used = False  # whether anything was changed since the session was last looked at

    async def attend(self) -> None:
        """Until the page closes, its session ends, or its scorecard is no longer its reader's."""
        async with hearing(self._desk.workspace, self._hear, concerns=self._concerns):
            try:
                await self._push()
            except PanelError as error:
                await self._socket.refuse(error)
                return
            try:
                await until_first_ends(self._answer, self._push_changes, self._stay, self._until_signed_out)
            finally:
                await self._tell("gone")

    async def _answer(self) -> None:
        while True:
            is_open, said = await self._socket.receive()
            if not is_open:
                return
            do = said.get("do") if isinstance(said, dict) else None
            if do == "at":
                await self._show(read(At, said))
                continue
            async with self._turn:
                answer = await (looked if do == "look" else beside)(answered, self._desk, said)
                self._used = self._used or (answer["ok"] and do != "look")
                self._learn(answer, said)
                await self._socket.send(answer)

    async def _show(self, place: At | None) -> None:
        if place is None:
            await self._socket.send({"n": None, "ok": False, "kind": "input", "sentence": NOT_READ})
        else:
            self._question_key = place.question
            await self._tell("here")

    def _learn(self, answer: Answer, said: Any) -> None:
        """What the page knows by an answer need not be pushed."""
        if answer.get("rating"):
            self._known["ratings"][said["question"]] = answer["rating"]
        for part in ("closing", "version", "panel", "handover", "preferences"):
            if part in answer:
                self._known[part] = answer[part]
        if "state" in answer:
            self._known = answer["state"]

    async def _push_changes(self) -> None:
        while True:
            await self._wake.wait()
            await asyncio.sleep(BREATH)
            try:
                await self._push()
            except StorageError:
                await asyncio.sleep(AGAIN_AFTER)
            except PanelError as error:
                await self._socket.refuse(error)
                return

    async def _push(self) -> None:
        """Look, and send the state if it differs from what the page knows. Raises what `desk_state` raises."""
        async with self._turn:
            if self._known and not self._has_news():
                self._wake.clear()
                return
            self._wake.clear()
            self._saved, self._news = {}, False
            try:
                state = await looked(self._look)
            except StorageError:
                self._news = True
                self._wake.set()
                raise
            if state != self._known:
                self._known = state
                await self._socket.send({"push": "state", "state": state})

    def _look(self) -> dict[str, Any]:
        self._present = self._here()
        state = desk_state(self._desk.workspace, **self._desk.named)
        self._interview_id = state.interview_id
        return state.model_dump(mode="json")

    def _here(self) -> set[str]:
        return {*self._live.present(self._interview_id), self._desk.person.id}

    def _has_news(self) -> bool:
        known = {"": self._known["version"]} | {
            key: rating["version"] for key, rating in self._known["ratings"].items()
        }
        return self._news or any(known.get(key, 0) < version for key, version in self._saved.items())

    def _concerns(self, happening: Happening) -> bool:
        """Asked from any thread."""
        if happening.interview_id not in (self._interview_id, ""):
            return not self._interview_id
        if happening.kind == "saved":
            return happening.scorecard_id == self._desk.scorecard_id
        if happening.kind in ("here", "gone"):
            return self._here() != self._present
        return True

    def _hear(self, happening: Happening) -> None:
        if happening.kind == "saved":
            version = max(happening.version, self._saved.get(happening.question_key, 0))
            self._saved[happening.question_key] = version
        else:
            self._news = True
        self._wake.set()

    async def _stay(self) -> None:
        while True:
            await self._tell("here")
            await asyncio.sleep(HEARD_EVERY)

    async def _until_signed_out(self) -> None:
        await self._socket.closed_when_signed_out(used=self._used_since)

    def _used_since(self) -> bool:
        used, self._used = self._used, False
        return used

    async def _tell(self, kind: Literal["here", "gone"]) -> None:
        happening = Happening(
            kind=kind,
            interview_id=self._interview_id,
            person_id=self._desk.person.id,
            tab=self._tab,
            question_key=self._question_key if kind == "here" else "",
        )
        await beside(self._live.tell, happening)
