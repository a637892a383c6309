"""PostgreSQL's LISTEN and NOTIFY as one channel: what one server of the app says reaches the others at once."""

import logging
import threading
from collections.abc import Callable

import psycopg
from psycopg import sql

AGAIN_AFTER = 2.0  # seconds before a lost connection is made anew
log = logging.getLogger(__name__)


class Channel:
    """Listens in a thread of its own from the first listener on.

    What is said while the connection is lost is lost; listeners hear an empty text when it is there again.
    """

    def __init__(self, address: str, name: str) -> None:
        self.name = name
        self._address = address
        self._lock = threading.Lock()
        self._listeners: list[Callable[[str], None]] = []
        self._closed = threading.Event()
        self._listening = threading.Event()
        self._thread: threading.Thread | None = None

    def hear(self, listener: Callable[[str], None]) -> None:
        with self._lock:
            self._listeners.append(listener)
            if self._thread is None:
                self._thread = threading.Thread(target=self._listen_until_closed, name=self.name, daemon=True)
                self._thread.start()
        self._listening.wait(timeout=10)

    def close(self, wake: Callable[[], None]) -> None:
        """`wake` says something on the channel, so that the listening thread looks up."""
        self._closed.set()
        if self._thread is not None:
            wake()
            self._thread.join(timeout=5)

    def _listen_until_closed(self) -> None:
        while not self._closed.is_set():
            try:
                with self._line() as connection:
                    connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(self.name)))
                    if self._listening.is_set():
                        self._tell("")
                    self._listening.set()
                    for said in connection.notifies():
                        if self._closed.is_set():
                            return
                        self._tell(said.payload)
            except psycopg.Error:
                log.warning("Changes made by other servers arrive late: the connection that tells of them was lost")
                self._closed.wait(AGAIN_AFTER)

    def _line(self) -> "psycopg.Connection[tuple[object, ...]]":
        """A connection that is kept alive: one that was cut would look like one on which nobody speaks."""
        return psycopg.connect(
            self._address,
            autocommit=True,
            connect_timeout=10,
            keepalives_idle=10,
            keepalives_interval=5,
            keepalives_count=3,
        )

    def _tell(self, text: str) -> None:
        for listener in list(self._listeners):
            try:
                listener(text)
            except Exception:
                log.exception("A page could not be told of a change")
