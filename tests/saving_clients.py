"""Interviewers who save over the live websocket while the server is killed, and what is in the database afterwards."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from panel.house import House
from panel.settings import Settings
from panel.store import scorecards
from tests.live_client import LiveClient
from tests.rating_events import events_of


class Seated(Protocol):
    """Where somebody saves."""

    @property
    def scorecard_id(self) -> str: ...

    @property
    def questions(self) -> tuple[str, ...]: ...


@dataclass
class Saver:
    """One interviewer's page: saves on, and remembers what was acknowledged."""

    seat: Seated
    client: LiveClient
    pause: float
    sent: dict[tuple[str, int], str] = field(default_factory=dict)  # note by (question, version)
    acknowledged: dict[tuple[str, int], str] = field(default_factory=dict)
    refused: list[dict[str, Any]] = field(default_factory=list)

    async def save_until(self, stop: asyncio.Event) -> None:
        draw, versions, number = random.Random(self.seat.scorecard_id), dict.fromkeys(self.seat.questions, 0), 0
        while not stop.is_set():
            number += 1
            question = draw.choice(self.seat.questions)
            note = f"note {number} " + "é" * draw.randrange(200)
            seen = versions[question]
            self.sent[question, seen + 1] = note
            change = {"outcome": "rated", "level": 1 + number % 5, "note": note}
            answer = await self.client.ask("save", question=question, seen=seen, change=change)
            if answer["ok"]:
                versions[question] = answer["rating"]["version"]
                self.acknowledged[question, answer["rating"]["version"]] = answer["rating"]["note"]
            else:
                self.refused.append(answer)
            await asyncio.sleep(self.pause * draw.uniform(0.5, 1.5))
        await self.client.drop()


@dataclass(frozen=True)
class Kept:
    """`torn` names scorecards whose ratings and events do not tell the same story."""

    acknowledged: int
    lost: list[tuple[str, str, int]]
    torn: list[str]


def kept_of(settings: Settings, savers: Sequence[Saver]) -> Kept:
    """What the file holds of what was acknowledged. The server must not run."""
    lost: list[tuple[str, str, int]] = []
    torn: list[str] = []
    house = House(settings)
    try:
        with house.team.database.read() as transaction:
            for each in savers:
                card = each.seat.scorecard_id
                events = events_of(transaction, card)
                notes = {(row["question_key"], int(row["version"])): row["note"] for row in events}
                lost += [(card, *place) for place, note in each.acknowledged.items() if notes.get(place) != note]
                ratings = scorecards.ratings_of(transaction, card)
                newest = {key: max(v for k, v in notes if k == key) for key, _ in notes}
                told = {key: (version, notes[key, version]) for key, version in newest.items()}
                whole = len(notes) == len(events) == sum(newest.values())
                if not whole or told != {key: (one.version, one.note) for key, one in ratings.items()}:
                    torn.append(card)
    finally:
        house.close()
    return Kept(sum(len(each.acknowledged) for each in savers), lost, torn)
