"""A text as words. Case, accents, hyphens and apostrophes do not matter: "K‑Means" gives k, means and kmeans."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import filterfalse
from typing import NamedTuple

LONGEST = 40  # letters of a word that are compared; what is longer is no word that anybody types

# One letter with ++ or # is the name of a language. An apostrophe belongs to its word.
_WORD = re.compile(r"[a-z](?:\+\+|#)(?![^\W_])|[^\W_]+(?:['’][^\W_]+)*")
_HYPHENATED = re.compile(r"[^\W_]+(?:[-‐][^\W_]+)+")  # folding makes the non-breaking hyphen a plain one
_JOINTS = re.compile(r"['’‐-]")

# Words that carry no subject: they need not match, and are compared only where a text has nothing else.
_STOP_WORDS = """
a about am an and any are as at be been but by can could did do does for from had has have here how i if in into is
it its me my of on or our should so some than that the their them then there these they this those to us was we were
what when where which who whom whose why will with would you your
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())


class Span(NamedTuple):
    """A word of a text and where it stands: `text[start:end]`."""

    word: str
    start: int
    end: int


def fold(text: str) -> str:
    """Small letters without accents. One character may become none or several."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return decomposed if decomposed.isascii() else "".join(filterfalse(unicodedata.combining, decomposed))


def words_of(text: str) -> list[str]:
    """Every word in order; "k-means" is two."""
    return [_plain(each) for each in _WORD.findall(fold(text))]


def words_and_joined(text: str) -> set[str]:
    """Every different word, and hyphenated ones as one word too: "k-means" gives k, means and kmeans."""
    folded = fold(text)
    words = set(_WORD.findall(folded))
    if "-" in folded or "‐" in folded:
        words.update(_HYPHENATED.findall(folded))
    return {each if each.isalpha() and len(each) <= LONGEST else _plain(each) for each in words}


def spans_of(text: str) -> Iterator[Span]:
    """The words of `words_and_joined` with their places in the text as it is written, accents included."""
    folded, places = _fold_with_places(text)
    for pattern in (_WORD, _HYPHENATED):
        for found in pattern.finditer(folded):
            end = places[found.end() - 1] + 1
            while end < len(text) and unicodedata.combining(text[end]):
                end += 1  # an accent that is a character of its own
            yield Span(_plain(found.group()), places[found.start()], end)


def _fold_with_places(text: str) -> tuple[str, list[int] | range]:
    """The folded text, and for each of its characters the place in `text` it comes from."""
    if text.isascii() or all(len(fold(each)) == 1 for each in set(text)):
        return fold(text), range(len(text))
    letters: list[str] = []
    places: list[int] = []
    for place, each in enumerate(text):
        folded = fold(each)
        letters.append(folded)
        places += [place] * len(folded)
    return "".join(letters), places


def _plain(word: str) -> str:
    return _JOINTS.sub("", word)[:LONGEST]
