"""Names where there is little room: shortened in the middle, so that those who differ at an end still differ."""

import unicodedata
from collections.abc import Callable, Sequence

Width = Callable[[str], float]


def short_names(names: Sequence[str], room: float, width: Width) -> list[str]:
    """Each name as it fits into `room`, measured by `width`; those that come out the same are numbered.

    Numbers go by the whole names, so they are the same in whichever order the names stand.
    """
    shown = {name: shortened_within(name, room, width) for name in names}
    alike: dict[str, list[str]] = {}
    for name in sorted(shown):
        alike.setdefault(shown[name], []).append(name)
    for several in alike.values():
        if len(several) > 1:
            for number, name in enumerate(several, start=1):
                mark = f" {number}"
                shown[name] = shortened_within(name, room - width(mark), width) + mark
    return [shown[name] for name in names]


def shortened_within(name: str, room: float, width: Width) -> str:
    """The name, or its first and its last letters about an ellipsis."""
    if width(name) <= room:
        return name
    left = room - width("…")
    first = 0
    while width(name[: first + 1]) <= left / 2:
        first += 1
    while first and unicodedata.combining(name[first]):
        first -= 1
    last = len(name)
    while last - 1 > first and width(name[:first] + name[last - 1 :]) <= left:
        last -= 1
    while last < len(name) and unicodedata.combining(name[last]):
        last += 1
    return f"{name[:first].rstrip()}…{name[last:].lstrip()}"
