"""Boards that were made a moment ago, so that a hundred open ones cost the database what one does.

A board is made again when something has happened since (`Live.revision`), but at most twice a second; and every two
seconds in any case, for what nobody tells: time passes, a tab is gone without a word, another server cannot be heard.
"""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from panel.domain.board import Day
from panel.domain.plans import PublishedPlan
from panel.house import Workspace
from panel.store import plans
from panel.store.database import Transaction

AT_MOST_EVERY = timedelta(seconds=0.5)
AT_LEAST_EVERY = timedelta(seconds=2)
MOST_DAYS = 40  # readers' days differ with their time zone
MOST_PLANS = 300
Made = TypeVar("Made")


@dataclass(frozen=True)
class Kept(Generic[Made]):
    board: Made
    revision: int
    made_at: datetime

    def holds(self, revision: int, at: datetime) -> bool:
        age = at - self.made_at
        longest = AT_LEAST_EVERY if revision == self.revision else AT_MOST_EVERY
        return timedelta(0) <= age < longest


class Boards(Generic[Made]):
    """The boards of a workspace by day, and the published plans they name. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[Day, Kept[Made]] = {}
        self._plans: dict[str, PublishedPlan] = {}

    def take(self, day: Day, *, revision: int, at: datetime, make: Callable[[], Made]) -> Made:
        """The board of a day. One caller makes it, and those who ask meanwhile wait for it."""
        with self._lock:
            kept = self._kept.get(day)
            if kept is None or not kept.holds(revision, at):
                kept = Kept(make(), revision, at)
                self._kept.pop(day, None)  # a day that somebody looks at is made again and again, and so stays
                self._kept[day] = kept
                _keep_newest(self._kept, MOST_DAYS)
            return kept.board

    def kept(self, day: Day, *, revision: int, at: datetime) -> Made | None:
        """The board of a day, if it need not be made anew."""
        kept = self._kept.get(day)
        return kept.board if kept and kept.holds(revision, at) else None

    def plans_of(self, transaction: Transaction, ids: Iterable[str]) -> dict[str, PublishedPlan]:
        """The named plan versions. They never change, so each is read once. Called while a board is made."""
        wanted = set(ids)
        for each, version in plans.plan_versions_by_id(transaction, wanted - self._plans.keys()).items():
            self._plans[each] = version.published
        found = {each: self._plans[each] for each in wanted if each in self._plans}
        _keep_newest(self._plans, MOST_PLANS)
        return found


def boards_of(workspace: Workspace) -> Boards[Made]:
    return workspace.shelf.take("boards", 0, lambda _: Boards[Made]())


def _keep_newest(known: dict[Any, Any], most: int) -> None:
    while len(known) > most:
        del known[next(iter(known))]
