"""A calculation that may take long: it runs beside the page, shows how far it is, and can be cancelled.

What is over within a moment is simply there. A tab keeps its latest results, so that going back to an earlier one does
not calculate it again. One calculation at a time runs in the whole process; the others wait for their turn.
"""

import logging
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import Any, Literal, TypeVar

import streamlit as st

from panel.stats.progress import Cancelled, Report
from panel.ui import resources, state
from panel.ui.components import frame

MOMENT = 0.5  # seconds that a page waits before it shows progress
LOOK_AGAIN = "1s"
ABANDONED_AFTER = 20.0  # seconds in which nobody looked: the tab was closed, or shows another page
ASK_FOR_TURN = 0.05  # seconds between two looks at whether the wait for a turn is still wanted
MOST_KEPT = 4  # results of one calculation in one tab
Found = TypeVar("Found")
log = logging.getLogger(__name__)


@dataclass
class Fit:
    """One calculation of one tab. Its thread writes; the page reads, and `result` and `ended` only once it is over."""

    abandoned_after: float = ABANDONED_AFTER
    doing: str = "Starting"
    share: float | None = None
    began: float = field(default_factory=time.monotonic)
    looked: float = field(default_factory=time.monotonic)
    stop: Event = field(default_factory=Event)
    over: Event = field(default_factory=Event)
    ended: Literal["found", "cancelled", "abandoned", "failed"] = "failed"
    result: Any = None

    def start(self, work: Callable[[Report], object], turn: Lock) -> None:
        """Run `work` in a thread of its own, which does not keep the process from ending."""
        Thread(target=self._run, args=(work, turn), name="fit", daemon=True).start()

    def look(self) -> None:
        """Somebody still waits for this."""
        self.looked = time.monotonic()

    def report(self, doing: str, share: float | None) -> None:
        """What `work` calls in its thread. Raises Cancelled when nobody wants the result any more."""
        self._require_wanted()
        self.doing, self.share = doing, share

    def _require_wanted(self) -> None:
        if self.stop.is_set() or self._is_abandoned():
            raise Cancelled

    def _is_abandoned(self) -> bool:
        return time.monotonic() - self.looked > self.abandoned_after

    def _run(self, work: Callable[[Report], object], turn: Lock) -> None:
        try:
            self._await(turn)
            try:
                self.report("Starting", None)
                self.result = work(self.report)
            finally:
                turn.release()
            self.ended = "found"
        except Cancelled:
            self.ended = "cancelled" if self.stop.is_set() else "abandoned"
        except Exception:
            log.exception("A calculation failed")
        finally:
            self.over.set()

    def _await(self, turn: Lock) -> None:
        """Take the turn. Two fits at once would only slow each other and everybody's pages."""
        if turn.acquire(blocking=False):
            return
        self.doing = "Waiting for another calculation"
        while not turn.acquire(timeout=ASK_FOR_TURN):
            self._require_wanted()


def long_fit(
    name: str,
    key: str,
    work: Callable[[Report], Found],
    *,
    abandoned_after: float = ABANDONED_AFTER,
    moment: float = MOMENT,
    there: Callable[[], Hashable] = lambda: None,
    turn: "Lock | None" = None,  # a function until Python 3.13
) -> Found | None:
    """The result of `work` for `key`; None, and the page says why, while it runs, when it was cancelled or failed.

    `work` runs in another thread and gets a report to call with what it does and the share done. Another key stops
    what still runs under this name. A calculation at which nobody looked for `abandoned_after` seconds ends itself,
    and begins anew when somebody looks again. The page is drawn anew whenever `there`, which tells what parts of the
    result can be shown already, becomes another. `turn` is another one than that of all long calculations.
    """
    fits: dict[str, Fit] = state.fits(name)
    fit = _fit_for(fits, key)
    if fit is None:
        fit = fits[key] = Fit(abandoned_after)
        fit.start(work, turn or resources.turn_to_fit())
    fit.look()
    if not fit.over.wait(moment):
        _progress(name, key, there(), there)
    elif fit.ended == "found":
        found: Found = fit.result
        return found
    elif fit.ended == "failed":
        _once_more(name, key, "This could not be calculated. Nothing else on this page depends on it.")
    else:
        _once_more(name, key, "The calculation was cancelled. Nothing else on this page depends on it.")
    return None


def _fit_for(fits: dict[str, Fit], key: str) -> Fit | None:
    """The fit of `key`, now the latest of `fits`, or None if it is to begin. Others that run are stopped."""
    for other in [each for each in fits if each != key and not fits[each].over.is_set()]:
        fits.pop(other).stop.set()
    fit = fits.pop(key, None)
    while len(fits) >= MOST_KEPT:
        del fits[next(iter(fits))]
    if fit is None or (fit.over.is_set() and fit.ended == "abandoned"):
        return None
    fits[key] = fit
    return fit


@st.fragment(run_every=LOOK_AGAIN)
def _progress(name: str, key: str, shown: Hashable, there: Callable[[], Hashable]) -> None:
    fit: Fit | None = state.fits(name).get(key)
    if fit is None:
        st.rerun()
    fit.look()
    if fit.stop.is_set():
        fit.over.wait(MOMENT)  # most often it stops at once, and need not be shown stopping
    if fit.over.is_set() or there() != shown:
        st.rerun()
    seconds = int(time.monotonic() - fit.began)
    waited = f", {seconds} s" if seconds else ""
    if fit.stop.is_set():
        frame.quiet("Stopping after the present step.")
        return
    if fit.share is None:
        frame.quiet(f"{fit.doing}{waited}.")
    else:
        st.progress(fit.share, text=f"{fit.doing}{waited}")
    st.button("Cancel", key=f"fit-{name}-cancel", on_click=fit.stop.set)


def _once_more(name: str, key: str, why: str) -> None:
    frame.quiet(why)
    st.button("Calculate again", key=f"fit-{name}-again", on_click=lambda: state.fits(name).pop(key, None))
