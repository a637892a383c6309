"""Make the demo team once, whoever asks and however often."""

import threading
from collections.abc import Callable
from importlib import import_module

from panel.actions import accounts
from panel.actions.checks import allowed
from panel.domain.people import Person, may_manage_hiring
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


def remove_demo_team(house: House, *, by: Person) -> None:
    """Delete the demo team with everything in it: whoever manages in it may, since all of it is fictional."""
    if house.demo is None:
        return
    with house.demo.database.read() as transaction:
        allowed(transaction, by, may_manage_hiring, "Look as a manager or the administrator to remove the demo team.")
    house.remove_demo()


def _maker() -> Callable[[Workspace], object]:
    """Imported when needed: it is a large module that most processes never use."""
    make: Callable[[Workspace], object] = import_module("panel.actions.demo").create_demo_team
    return make
