"""Opening the house for one command."""

from collections.abc import Callable

from panel.house import House, close_house, open_house
from panel.settings import read_settings


def with_house(work: Callable[[House], None], *, even_if_off: bool = False) -> None:
    """Open the house for one command. `even_if_off` opens the demo team even where it is switched off."""
    settings = read_settings()
    settings = settings.model_copy(update={"demo": True}) if even_if_off else settings
    house = open_house(settings)
    try:
        work(house)
    finally:
        close_house(settings)
