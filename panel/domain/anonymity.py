"""What in an answer may tell who gave it: names of people the team knows, addresses, and numbers to call."""

import re
from collections.abc import Iterable

MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
NUMBER = re.compile(r"\+?\d[\d ()/-]{7,}\d")
WORD = re.compile(r"[^\W\d_]+")
SHORTEST_NAME = 3  # letters of a part of a name that is looked for by itself


def tells_who(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """Each thing in the text that may tell who spoke, as it stands there, in no order of importance.

    A name is found whole in any spelling of case; a part of it, such as a first name, where it is written with a
    capital, so that "mark" and "will" within a sentence are not taken for people.
    """
    found: dict[str, None] = {}
    for pattern in (MAIL, LINK, NUMBER):
        found |= dict.fromkeys(each.group().strip(" .,;:!?()") for each in pattern.finditer(text))
    words = [each.group() for each in WORD.finditer(text)]
    known = {word.casefold() for word in words}
    capitals = {word for word in words if word[0] != word[0].lower() or word.lower() == word.upper()}
    for name in names:
        parts = WORD.findall(name)
        if len(parts) > 1 and {each.casefold() for each in parts} <= known:
            found[name] = None
            continue
        folded = {each.casefold() for each in parts if len(each) >= SHORTEST_NAME or not each.isascii()}
        found |= dict.fromkeys(word for word in words if word in capitals and word.casefold() in folded)
    return tuple(found)
