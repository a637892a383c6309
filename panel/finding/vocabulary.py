"""The words of a bank, and which of them somebody may mean who types a word, or the beginning of one."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

# How well a word of the bank fits what is typed. In between, a better part of the question outweighs (search.py).
JOINED = 1.25  # two typed words that the bank writes as one, or with a hyphen
EXACT = 1.0
BEGINNING = 0.7
INSIDE = 0.5
TYPO = 0.35

INSIDE_FROM = 4  # letters; shorter pieces stand inside too many words
ONE_TYPO_FROM = 4
TWO_TYPOS_FROM = 8


class Vocabulary:
    """Immutable after construction. `words` are folded (words.py)."""

    def __init__(self, words: Iterable[str]) -> None:
        self._known = frozenset(words)
        self._words = sorted(self._known)
        self._by_length: dict[int, list[str]] = {}
        for word in self._words:
            self._by_length.setdefault(len(word), []).append(word)

    def meant_by(self, typed: str) -> Mapping[str, float]:
        """Words of the bank that `typed` may mean, each with how well it fits.

        A word with a digit, or of three letters or fewer, is not taken for a mistyped one: L1 is not L2. A word that
        the bank knows finds only spellings one letter away, and only when it is long: "regularization" finds
        "regularisation", but "list" does not find "lift".
        """
        meant = self.begun_by(typed)
        if len(typed) >= INSIDE_FROM:
            for word in self._words:
                if typed in word and word not in meant:
                    meant[word] = INSIDE
        known = bool(meant)
        typos = allowed_typos(typed)
        if typos and not known:
            self._add(meant, self._mistyped(typed, typos))
            self._add(meant, self._mistyped_beginning(typed, typos))
        elif len(typed) >= TWO_TYPOS_FROM and typos:
            self._add(meant, self._mistyped(typed, 1))
        return meant

    def begun_by(self, typed: str) -> dict[str, float]:
        """The word itself and the words that begin with it."""
        meant: dict[str, float] = {}
        for place in range(bisect_left(self._words, typed), len(self._words)):
            word = self._words[place]
            if not word.startswith(typed):
                break
            meant[word] = EXACT if word == typed else BEGINNING
        return meant

    def __contains__(self, word: object) -> bool:
        return word in self._known

    def _mistyped(self, typed: str, typos: int) -> list[str]:
        near = [
            word
            for length in range(len(typed) - typos, len(typed) + typos + 1)
            for word in self._by_length.get(length, ())
        ]
        return _within(typed, near, near, typos)

    def _mistyped_beginning(self, typed: str, typos: int) -> list[str]:
        """Words that begin nearly as typed: a mistyped word may be unfinished too."""
        found: list[str] = []
        for length in (len(typed) - 1, len(typed), len(typed) + 1):
            longer = [word for word in self._words if len(word) > length]
            found += _within(typed, [word[:length] for word in longer], longer, typos)
        return found

    @staticmethod
    def _add(meant: dict[str, float], typos: list[str]) -> None:
        for word in typos:
            meant.setdefault(word, TYPO)


def allowed_typos(typed: str) -> int:
    if len(typed) < ONE_TYPO_FROM or any(each.isdigit() for each in typed):
        return 0
    return 2 if len(typed) >= TWO_TYPOS_FROM else 1


def _within(typed: str, pieces: list[str], words: list[str], typos: int) -> list[str]:
    """The words whose piece is `typos` changes or fewer from `typed`; swapping two neighbours is one change."""
    near = process.extract(typed, pieces, scorer=OSA.distance, score_cutoff=typos, limit=None)
    return [words[place] for _, _, place in near]
