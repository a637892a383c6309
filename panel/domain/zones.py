"""Time zones by their names, as people choose them."""

from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from panel.errors import InputError

OLD_NAMES = ("Etc/", "SystemV/", "US/", "Brazil/", "Canada/", "Chile/", "Mexico/", "posix/", "right/")


@lru_cache(maxsize=1)
def zone_names() -> tuple[str, ...]:
    """The zones to choose from, each by its place; UTC first."""
    places = sorted(each for each in available_timezones() if "/" in each and not each.startswith(OLD_NAMES))
    return ("UTC", *places)


def tidy_zone(name: str) -> ZoneInfo:
    """Raises InputError for what is no time zone."""
    if name not in available_timezones():
        raise InputError("Choose a time zone from the list, such as Europe/Berlin.")
    return ZoneInfo(name)
