"""A calculation that may take long: it runs beside the page, shows how far it is, and can be cancelled.

What is over within a moment is simply there. Nothing is fitted twice for the same key in one tab.
"""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillRunning
from dataclasses import dataclass, field
from threading import Event
from typing import Any, TypeVar

import streamlit as st

from panel.stats.progress import Cancelled, Report
from panel.ui.components import frame

MOMENT = 0.5  # seconds that a page waits before it shows progress
LOOK_AGAIN = "1s"
Found = TypeVar("Found")


@dataclass
class Running:
    """One calculation of one tab."""

    key: str
    doing: str = "Starting"
    share: float | None = None
    began: float = field(default_factory=time.monotonic)
    stop: Event = field(default_factory=Event)
    future: "Future[Any] | None" = None

    def report(self, doing: str, share: float | None) -> None:
        """What the calculation calls in its own thread."""
        if self.stop.is_set():
            raise Cancelled
        self.doing, self.share = doing, share


@st.cache_resource(show_spinner=False)
def workers() -> ThreadPoolExecutor:
    """One fit at a time: two would only slow each other and everybody's pages."""
    return ThreadPoolExecutor(max_workers=1, thread_name_prefix="fit")


def long_fit(name: str, key: str, work: Callable[[Report], Found]) -> Found | None:
    """The result of `work` for `key`, or None while it runs or after it was cancelled; the page then says so.

    `work` gets a report to call with what it does and the share done. Another key stops what runs for the old one.
    """
    place = f"fit-{name}"
    running: Running | None = st.session_state.get(place)
    if running is None or running.key != key:
        if running:
            running.stop.set()
        running = st.session_state[place] = Running(key)
        running.future = workers().submit(work, running.report)
    assert running.future
    try:
        found: Found = running.future.result(timeout=MOMENT)
        return found
    except StillRunning:
        _progress(place)
    except Cancelled:
        _cancelled(place)
    except Exception:
        del st.session_state[place]  # the next look at the page tries again
        raise
    return None


@st.fragment(run_every=LOOK_AGAIN)
def _progress(place: str) -> None:
    running: Running | None = st.session_state.get(place)
    if running is None or running.future is None or running.future.done():
        st.rerun()
    seconds = int(time.monotonic() - running.began)
    waited = f", {seconds} s" if seconds else ""
    if running.stop.is_set():
        frame.quiet("Stopping after the present step.")
        return
    if running.share is None:
        frame.quiet(f"{running.doing}{waited}.")
    else:
        st.progress(running.share, text=f"{running.doing}{waited}")
    st.button("Cancel", key=f"{place}-cancel", on_click=running.stop.set)


def _cancelled(place: str) -> None:
    frame.quiet("The calculation was cancelled. Nothing else on this page depends on it.")
    st.button("Calculate again", key=f"{place}-again", on_click=lambda: st.session_state.pop(place, None))
