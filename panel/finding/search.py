"""Search over a bank: every word must match, in any order, typos forgiven, best first.

The index is built once and never changes, so any number of threads may search it. What is typed is bounded: the
first 400 characters and of these the first 16 different words count.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from panel.domain.questions import Question
from panel.finding.vocabulary import EXACT, JOINED, Vocabulary
from panel.finding.words import STOP_WORDS, words_and_joined, words_of

LONGEST_QUERY = 400
MOST_WORDS = 16
UNFINISHED_FROM = 4  # letters of two words taken as the beginning of one; of fewer letters too much begins
# Each part of a question outweighs all parts after it together, as the digits of a number do.
PROMPT, TAGS, COMPETENCY, PROBES, ANSWER = 16, 8, 4, 2, 1

Scores = NDArray[np.float64]


@dataclass(frozen=True)
class Term:
    """A typed word, and the words of the bank it was taken for, each with how well it fits (vocabulary.py)."""

    typed: str
    meant: Mapping[str, float]


@dataclass(frozen=True)
class Found:
    """The places of the questions found, best first, and what to mark in them.

    `unknown` are the typed words that no question has; `every_word` is false when the questions found lack one.
    """

    places: list[int]
    terms: tuple[Term, ...] = ()
    unknown: tuple[str, ...] = ()
    every_word: bool = True


class _Read(NamedTuple):
    """The numbers of the different words of a question, and for each the sum of the parts that have it."""

    question: Question
    words: NDArray[np.int32]
    weights: NDArray[np.int8]


class SearchIndex:
    """Search over `questions`; results are places in that sequence.

    `earlier`, an index over nearly the same questions, spares reading those again that did not change.
    """

    def __init__(self, questions: Sequence[Question], earlier: "SearchIndex | None" = None) -> None:
        self._count = len(questions)
        self._lengths = np.array([len(each.prompt) for each in questions], dtype=np.int64)
        self._numbers: dict[str, int] = dict(earlier._numbers) if earlier else {}
        known: dict[str, _Read] = earlier._read if earlier else {}
        read: list[_Read] = [_read(each, known.get(each.key), self._numbers) for each in questions]
        self._read: dict[str, _Read] = {each.question.key: each for each in read}
        self._places, self._weights, self._starts = _by_word(read, len(self._numbers))
        in_use = np.diff(self._starts) > 0
        self._vocabulary = Vocabulary(word for word, number in self._numbers.items() if in_use[number])

    def find(self, words: str) -> list[int]:
        """The places of the questions that match, best first; all in order when there is no word to look for."""
        return self.search(words).places

    def search(self, words: str) -> Found:
        """What `find` finds, with what is to be marked.

        Every word must match, except those without a subject ("what", "is", "the") beside others that have one.
        When no question has every word, those that have most of them are the answer, if that is at least half:
        one word too many does not empty the list.
        """
        typed, extra = _subject_and_rest(words)
        if not typed:
            return Found(list(range(self._count)))
        terms = tuple(Term(each, self._meant(each, last=each == typed[-1])) for each in typed)
        scores = [self._scores(each.meant) for each in terms]
        self._count_joined(typed, scores)
        matched = np.sum([each > 0 for each in scores], axis=0)
        enough = max(int(matched.max(initial=0)), -(-len(terms) // 2))
        kept = np.flatnonzero(matched >= enough)
        unknown = tuple(term.typed for term, each in zip(terms, scores, strict=True) if not each.any())
        scores += [self._scores({each: EXACT}) for each in extra if each in self._vocabulary]
        total = np.sum([self._rarity(each) * each for each in scores], axis=0)[kept]
        order = np.lexsort((kept, self._lengths[kept], -total.round(6)))
        return Found(kept[order].tolist(), terms, unknown, enough == len(terms))

    def _meant(self, typed: str, *, last: bool) -> Mapping[str, float]:
        """Only the last word may be unfinished after one letter: "p value" is not every word with p."""
        if len(typed) == 1 and not last and typed in self._vocabulary:
            return {typed: EXACT}
        return self._vocabulary.meant_by(typed)

    def _count_joined(self, typed: list[str], scores: list[Scores]) -> None:
        """Two typed words that the bank writes as one or with a hyphen: "k means", "over fitting"."""
        for place, (first, second) in enumerate(pairwise(typed)):
            word = first + second
            meant = self._vocabulary.begun_by(word) if len(word) >= UNFINISHED_FROM else {}
            if word in self._vocabulary or meant:
                joined = JOINED * self._scores(meant or {word: EXACT})
                scores[place] = np.maximum(scores[place], joined)
                scores[place + 1] = np.maximum(scores[place + 1], joined)

    def _scores(self, meant: Mapping[str, float]) -> Scores:
        """For every question the best of (how well a word fits) x (which parts have it); 0 where none does."""
        scores = np.zeros(self._count)
        for fit in sorted(set(meant.values())):
            numbers = [self._numbers[word] for word, each in meant.items() if each == fit]
            rows = np.concatenate([np.arange(self._starts[each], self._starts[each + 1]) for each in numbers])
            np.maximum.at(scores, self._places[rows], fit * self._weights[rows])
        return scores

    def _rarity(self, scores: Scores) -> float:
        """What one word weighs: more, the fewer questions have it (inverse document frequency)."""
        return log(1 + self._count / max(1, int(np.count_nonzero(scores))))


def _read(question: Question, earlier: _Read | None, numbers: dict[str, int]) -> _Read:
    """A question read, from `earlier` if it is the same; words that are new get the next number."""
    if earlier and earlier.question == question:
        return earlier
    weights = _weights(question)
    words = [numbers.setdefault(word, len(numbers)) for word in weights]
    return _Read(question, np.array(words, dtype=np.int32), np.fromiter(weights.values(), dtype=np.int8))


def _weights(question: Question) -> dict[str, int]:
    """Every word of a question with the sum of the parts that have it."""
    weights: dict[str, int] = {}
    for part, texts in _parts(question):
        for word in set().union(*map(words_and_joined, texts)):
            weights[word] = weights.get(word, 0) + part
    return weights


def _parts(question: Question) -> Iterator[tuple[int, tuple[str, ...]]]:
    yield PROMPT, (question.prompt,)
    yield TAGS, question.tags
    yield COMPETENCY, (question.competency,)
    yield PROBES, question.probes
    yield ANSWER, (question.answer,)


def _by_word(read: list[_Read], count: int) -> tuple[NDArray[np.int32], NDArray[np.int8], NDArray[np.int64]]:
    """Places and weights sorted by the number of the word, and where each word's part begins (one more at the end)."""
    if not read:
        return np.zeros(0, np.int32), np.zeros(0, np.int8), np.zeros(count + 1, np.int64)
    numbers = np.concatenate([each.words for each in read])
    places = np.repeat(np.arange(len(read), dtype=np.int32), [len(each.words) for each in read])
    order = np.argsort(numbers, kind="stable")
    starts = np.searchsorted(numbers[order], np.arange(count + 1))
    return places[order], np.concatenate([each.weights for each in read])[order], starts


def _subject_and_rest(words: str) -> tuple[list[str], list[str]]:
    """The typed words that must match, and those that only add weight."""
    typed = list(dict.fromkeys(words_of(words[:LONGEST_QUERY])))[:MOST_WORDS]
    subject = [each for each in typed if each not in STOP_WORDS]
    return (subject, [each for each in typed if each in STOP_WORDS]) if subject else (typed, [])
