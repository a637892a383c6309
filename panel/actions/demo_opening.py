"""Make the demo team once, whoever asks and however often."""

import threading
from collections.abc import Callable
from importlib import import_module

from panel.actions import accounts
from panel.house import House, Workspace

_making = threading.Lock()


def demo_team_is_there(house: House) -> bool:
    """Not while it is still being made, when nobody is in it yet."""
    return house.demo is not None and accounts.anyone_exists(house.demo)


def make_demo_team(house: House) -> bool:
    """Make the demo team, or nothing of it. False when it was there: of two who press the button, one waits."""
    with _making:
        if demo_team_is_there(house):
            return False
        try:
            _maker()(house.open_demo())
        except BaseException:
            house.remove_demo()
            raise
        return True


def _maker() -> Callable[[Workspace], object]:
    """Imported when needed: it is a large module that most processes never use."""
    make: Callable[[Workspace], object] = import_module("panel.actions.demo").create_demo_team
    return make
