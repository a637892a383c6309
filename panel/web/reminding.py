"""Reminders while the app runs: a thread of its own looks every minute for what is due in the team's workspace."""

import logging
import threading

from panel.actions.reminding import give_due
from panel.errors import PanelError
from panel.house import House

EVERY_SECONDS = 60.0
PATIENCE = 15.0  # seconds for a mail under way when the app stops; one that takes longer is taken up again later
log = logging.getLogger(__name__)


class Reminding:
    """Started once; no error ends it."""

    def __init__(self, house: House, every: float = EVERY_SECONDS) -> None:
        self._house = house
        self._every = every
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._until_over, name="panel-reminders", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Returns when the round under way has ended, or after PATIENCE."""
        self._over.set()
        self._thread.join(timeout=PATIENCE)

    def _until_over(self) -> None:
        while not self._over.wait(self._every):
            self._give_what_is_due()

    def _give_what_is_due(self) -> None:
        try:
            done = give_due(self._house.team, is_over=self._over.is_set)
        except PanelError as error:
            log.warning("Reminders wait for the next minute: %s", error)
        except Exception:
            log.exception("Reminders wait for the next minute: something unexpected happened")
        else:
            for sentence in dict.fromkeys(done.problems):
                log.warning("A reminder was not sent and will be tried again: %s", sentence)
