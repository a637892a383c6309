"""What happens right now: who has which interview open, and what changed a moment ago. Nothing here is stored.

What one process tells reaches all that work on the same database (see `Database.announce`). A happening that is lost
costs a delay and no data: every reader looks into the database, and looks again when it connects anew.
"""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from typing import NamedTuple

from pydantic import ValidationError

from panel.domain.live import Happening
from panel.errors import StorageError
from panel.store.database import Database

HEARD_EVERY = 10.0  # seconds between two signs of life of an open page
ABSENT_AFTER = 25.0  # seconds without one after which a page counts as closed
ANYTHING = Happening(kind="changed", interview_id="")  # the database says that something may have been missed
Hear = Callable[[Happening], None]
log = logging.getLogger(__name__)


class Page(NamedTuple):
    """An open page: what it shows, since when, and when it was last heard (monotonic seconds)."""

    question_key: str
    moved_at: float
    heard_at: float


Pages = Mapping[tuple[str, str], Page]  # by person and tab
NOBODY: Pages = {}


class Live:
    """One workspace's happenings. Thread-safe."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._listeners: list[Hear] = []
        self._pages: dict[str, Pages] = {}  # what an interview has is replaced and never changed, so it is read freely
        self._swept_at = 0.0
        self._revision = 0
        self._attending = False

    def tell(self, happening: Happening) -> None:
        """Say what happened, after it is durable. Never fails: what was saved stays saved."""
        try:
            self._database.announce(happening.model_dump_json())
        except StorageError:
            log.warning("Other pages were not told of a change; they will see it when they look again")

    def listen(self, hear: Hear) -> Callable[[], None]:
        """Call `hear` with everything that happens, from any thread, until the returned function is called."""
        self._attend()
        with self._lock:
            self._listeners.append(hear)

        def stop() -> None:
            with self._lock:
                self._listeners.remove(hear)

        return stop

    def present(self, interview_id: str) -> dict[str, str]:
        """Who has the interview open: the question on the page they used last (or ""), by person id."""
        self._attend()
        at, pages = time.monotonic(), self._pages.get(interview_id, NOBODY)
        fresh = {page: known for page, known in pages.items() if _is_fresh(known, at)}
        by_last_move = sorted(fresh.items(), key=lambda entry: entry[1].moved_at)
        return {person: known.question_key for (person, _), known in by_last_move}

    @property
    def revision(self) -> int:
        """Rises with everything that happens."""
        self._attend()
        return self._revision

    def _attend(self) -> None:
        """Hear what happens from the first question about it on."""
        if self._attending:
            return
        with self._lock:
            first, self._attending = not self._attending, True
        if first:
            self._database.hear(self._heard)

    def _heard(self, text: str) -> None:
        try:
            happening = Happening.model_validate_json(text) if text else ANYTHING
        except ValidationError:
            return  # another version of the program shares the database
        with self._lock:
            changed = self._note_presence(happening)
            self._revision += changed
            listeners = list(self._listeners) if changed else []
        for hear in listeners:
            try:
                hear(happening)
            except Exception:
                log.exception("A page could not be told of a change")

    def _note_presence(self, happening: Happening) -> bool:
        """Whether anything is new: a sign of life of a page that stands where it stood is not."""
        page, at = (happening.person_id, happening.tab), time.monotonic()
        pages = self._pages.get(happening.interview_id, NOBODY)
        if happening.kind == "here":
            self._forget_silent_pages(at)
            known = pages.get(page)
            stays = known is not None and known.question_key == happening.question_key and _is_fresh(known, at)
            here = Page(happening.question_key, known.moved_at if known and stays else at, at)
            self._pages[happening.interview_id] = {**pages, page: here}
            return not stays
        if happening.kind == "gone":
            self._keep(happening.interview_id, {each: known for each, known in pages.items() if each != page})
        return True

    def _forget_silent_pages(self, at: float) -> None:
        """Those of a server that died said nothing at the end."""
        if at - self._swept_at < HEARD_EVERY:
            return
        self._swept_at = at
        for interview_id, pages in list(self._pages.items()):
            self._keep(interview_id, {page: known for page, known in pages.items() if _is_fresh(known, at)})

    def _keep(self, interview_id: str, pages: Pages) -> None:
        if pages:
            self._pages[interview_id] = pages
        else:
            self._pages.pop(interview_id, None)


def _is_fresh(page: Page, at: float) -> bool:
    return page.heard_at > at - ABSENT_AFTER
