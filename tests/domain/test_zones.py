"""Time zones to choose from."""

import pytest

from panel.domain.zones import tidy_zone, zone_names
from panel.errors import InputError


def test_every_offered_zone_can_be_used() -> None:
    names = zone_names()
    assert names[0] == "UTC" and {"Europe/Berlin", "America/New_York", "Asia/Kolkata"} < set(names)
    assert [str(tidy_zone(name)) for name in names] == list(names)
    assert not [name for name in names if name.startswith(("Etc/", "posix/", "right/"))]


@pytest.mark.parametrize("name", ["", "Europe/Nowhere", "/etc/localtime", "../zone", "utc\n", "<b>"])
def test_what_is_no_zone_is_said_in_words(name: str) -> None:
    with pytest.raises(InputError, match="Choose a time zone from the list"):
        tidy_zone(name)
