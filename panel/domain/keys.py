"""Keys: the short names by which files and plans know a question, rubric or category."""

import re
import unicodedata
from collections.abc import Container

LONGEST = 72  # leaves room for a number within the 80 characters of a Key


def new_key(text: str, taken: Container[str], *, otherwise: str = "question") -> str:
    """A key made of the words of `text` that is not taken yet: `what-is-a-tree`, then `what-is-a-tree-2`."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = "-".join(re.findall(r"[a-z0-9]+", plain.casefold()))[:LONGEST].strip("-") or otherwise
    if words not in taken:
        return words
    number = 2
    while f"{words}-{number}" in taken:
        number += 1
    return f"{words}-{number}"
