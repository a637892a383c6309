"""Near duplicates: questions that ask for the same in other words.

Prompts are compared by their meaningful words, each as heavy as it is rare in the bank. What is asked around them
("Can you explain …?", "What is …?") does not count. Numbers and short technical words decide: L1 is not L2. A long
prompt is also compared by its opening: "How does a random forest work?" is asked again by "How does a random forest
work, and what is random about it? …".
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

import numpy as np
from rapidfuzz.distance import OSA, Prefix
from scipy import sparse

from panel.finding.words import STOP_WORDS, words_of

OPENS_ALIKE = 85.0  # the same where a prompt is compared with the opening of another
OPENING_WORTH = 0.95  # a whole prompt that says the same comes first
ALIKE = 74.0  # from this likeness on two prompts are near duplicates; the pairs in tests/finding/test_twins.py chose it
ONE_WORD = 0.8  # similarity from which two longer words are one: "regularisation" and "regularization"
ONE_STEM = 0.6  # share of a common beginning from which they are: "overfit" and "overfitting"
LONG = 6  # letters of a longer word
SHORT = 3  # letters of a word that is a term of its own: SVM, SQL, set
LIKELY = 0.45  # cosine by the beginnings of words from which two prompts are compared word by word
MOST_COMPARED = 30  # prompts compared word by word with one
AT_ONCE = 500  # prompts in one product of matrices; bounds memory

# Words of asking beside the stop words: they say how to answer, not about what.
_ASKING = """
answer ask between compare deal define describe detail details differ difference differences discuss example examples
explain give handle happen happens help know let mean means meant need please question say show take talk tell term
terms think time understand up use used using walk want word words work works
"""
ASKING = frozenset(_ASKING.split())
# Where the opening of a prompt ends: a sentence, or a clause that asks for more.
OPENING_ENDS = re.compile(
    r"[.?!:;](?=\s)|,(?=\s+(?:and|or|but|then|including)?\s*(?:what|why|how|when|where|which|who|give|explain|tell)\b)"
    r"|\s(?=and\s+(?:what|why|how|when|where|which|who|give|explain|tell)\b)",
    re.IGNORECASE,
)
ROMAN = frozenset({"ii", "iii", "iv"})

Weigh = Callable[[str], float]
Words = tuple[str, ...]


@dataclass(frozen=True)
class Twin:
    """A near duplicate: its place in the indexed prompts, and how alike the two are, up to 100."""

    place: int
    likeness: float


class TwinIndex:
    """Near duplicates among `prompts`; immutable after construction."""

    def __init__(self, prompts: Sequence[str]) -> None:
        self._count = len(prompts)
        self._words = [meaningful(each) for each in prompts]
        self._openings = [opening(each) for each in prompts]
        self._often = Counter(word for words in self._words for word in words)
        # Whole prompts first, then openings: row n + count is the opening of prompt n.
        beginnings = [_beginnings(each) for each in (*self._words, *self._openings)]
        self._columns = {each: place for place, each in enumerate(dict.fromkeys(x for row in beginnings for x in row))}
        self._beginnings_often = Counter(each for row in beginnings for each in row)
        self._prompts_by_beginning = self._matrix(beginnings).T.tocsr()

    def nearest(self, prompt: str, *, most: int = 3) -> list[Twin]:
        """The near duplicates of a prompt, the most alike first."""
        return self.nearest_of_many([prompt], most=most)[0]

    def nearest_of_many(self, prompts: Sequence[str], *, most: int = 3) -> list[list[Twin]]:
        """`nearest` of every prompt, in their order."""
        return [found[:most] for found in self._nearest(list(map(meaningful, prompts)), list(map(opening, prompts)))]

    def among_themselves(self, *, most: int = 3) -> list[list[Twin]]:
        """For every indexed prompt its near duplicates among the others."""
        every = self._nearest(self._words, self._openings)
        return [[each for each in found if each.place != place][:most] for place, found in enumerate(every)]

    def _nearest(self, whole: list[Words], openings: list[Words]) -> Iterator[list[Twin]]:
        for start in range(0, len(whole), AT_ONCE):
            part, opens = whole[start : start + AT_ONCE], openings[start : start + AT_ONCE]
            likely, likely_by_opening = (self._likely(part), self._likely(opens))
            for row, words in enumerate(part):
                found = self._alike(words, opens[row], _likeliest(likely, row), _likeliest(likely_by_opening, row))
                yield sorted(found, key=lambda each: (-each.likeness, each.place))

    def _likely(self, rows: list[Words]) -> sparse.csr_array:
        return (self._matrix([_beginnings(each) for each in rows]) @ self._prompts_by_beginning).tocsr()

    def _alike(self, words: Words, opens: Words, rows: Iterable[int], rows_by_opening: Iterable[int]) -> list[Twin]:
        """Whole against whole, whole against opening, and opening against whole; an opening never against another."""
        best: dict[int, float] = {}

        def compare(one: Words, other: Words, place: int, least: float, worth: float = 1.0) -> None:
            found = likeness(one, other, self._weight)
            if found >= least:
                best[place] = max(best.get(place, 0.0), round(found * worth, 1))

        for row in rows:
            if row < self._count:
                compare(words, self._words[row], row, ALIKE)
            else:
                compare(words, self._openings[row - self._count], row - self._count, OPENS_ALIKE, OPENING_WORTH)
        for row in rows_by_opening:
            if row < self._count:
                compare(opens, self._words[row], row, OPENS_ALIKE, OPENING_WORTH)
        return [Twin(place, found) for place, found in best.items()]

    def _weight(self, word: str) -> float:
        return self._rarity(self._often[word])

    def _rarity(self, often: int) -> float:
        """More, the fewer prompts have a word (inverse document frequency); most for a word that none has."""
        return log(2 + self._count / max(often, 0.5))

    def _matrix(self, rows: list[tuple[str, ...]]) -> sparse.csr_array:
        """Prompts by beginnings of words, each row of length 1 (less where the index does not know a beginning)."""
        data: list[float] = []
        columns: list[int] = []
        ends = [0]
        for row in rows:
            weights = [self._rarity(self._beginnings_often[each]) for each in row]
            length = np.sqrt(sum(each**2 for each in weights)) or 1.0
            known = [
                (self._columns[each], weight / length)
                for each, weight in zip(row, weights, strict=True)
                if each in self._columns
            ]
            columns += [column for column, _ in known]
            data += [weight for _, weight in known]
            ends.append(len(data))
        return sparse.csr_array(
            (np.array(data), np.array(columns, dtype=np.int32), np.array(ends)), shape=(len(rows), len(self._columns))
        )


def meaningful(prompt: str) -> tuple[str, ...]:
    """The different words that say what a prompt is about, plurals as one; all its words if none does."""
    words = words_of(prompt)
    kept = [each for each in words if each not in STOP_WORDS and each not in ASKING] or words
    return tuple(dict.fromkeys(map(_singular, kept)))


def opening(prompt: str) -> Words:
    """The meaningful words of a prompt's first sentence or clause; none where it has only one."""
    end = OPENING_ENDS.search(prompt)
    if end is None or not prompt[end.end() :].strip():
        return ()
    words = words_of(prompt[: end.start()])
    return tuple(dict.fromkeys(_singular(each) for each in words if each not in STOP_WORDS and each not in ASKING))


def likeness(one: Sequence[str], other: Sequence[str], weight: Weigh) -> float:
    """The weighted share of words that two prompts have in common (Dice's coefficient), up to 100.

    0 when one has a number that the other lacks, or when each has a word that the other lacks and one of these is a
    short term: they decide.
    """
    one, other = _joined(one, other), _joined(other, one)
    left = [each for each in one if each not in other]
    right = [each for each in other if each not in one]
    common = 2 * sum(weight(each) for each in one if each in other)
    for word in list(left):
        best = max(right, key=lambda each: same_word(word, each), default="")
        alike = same_word(word, best) if best else 0.0
        if alike:
            common += alike * (weight(word) + weight(best))
            left.remove(word)
            right.remove(best)
    if any(map(_numbers, left + right)) or (left and right and any(map(_is_short_term, left + right))):
        return 0.0
    total = sum(map(weight, one)) + sum(map(weight, other))
    return round(100 * common / total, 1) if total else 0.0


def same_word(one: str, other: str) -> float:
    """How surely two different spellings are one word: 0 or near 1. Never by their first two letters: supervised,
    unsupervised."""
    if min(len(one), len(other)) < LONG or one[:2] != other[:2]:
        return 0.0
    similarity = OSA.normalized_similarity(one, other)
    if similarity >= ONE_WORD:
        return similarity
    return 0.9 if Prefix.normalized_similarity(one, other) >= ONE_STEM else 0.0


def _joined(words: Sequence[str], as_in: Sequence[str]) -> Sequence[str]:
    """Two neighbours as one word where the other prompt writes them so: "data set", "dataset"."""
    joined = list(words)
    for first, second in pairwise(words):
        if first + second in as_in and first in joined and second in joined:
            joined[joined.index(first)] = first + second
            joined.remove(second)
    return joined


def _numbers(word: str) -> bool:
    return word in ROMAN or any(each.isdigit() for each in word)


def _is_short_term(word: str) -> bool:
    return len(word) <= SHORT and word not in STOP_WORDS and word not in ASKING


def _singular(word: str) -> str:
    return word[:-1] if len(word) > SHORT + 1 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _beginnings(words: tuple[str, ...]) -> tuple[str, ...]:
    """Five letters of each word: what spellings and forms of one word share."""
    return tuple(dict.fromkeys(each[:5] for each in words))


def _likeliest(likely: sparse.csr_array, row: int) -> list[int]:
    """The places of the prompts most likely alike in a row of cosines."""
    part = slice(likely.indptr[row], likely.indptr[row + 1])
    cosines, places = likely.data[part], likely.indices[part]
    kept = np.flatnonzero(cosines >= LIKELY)
    best = kept[np.argsort(-cosines[kept], kind="stable")][:MOST_COMPARED]
    return [int(each) for each in places[best]]
