"""Where a text matches what was searched for, and the passage of an answer that matches best."""

import re
from collections.abc import Sequence

from panel.finding.search import Term
from panel.finding.vocabulary import BEGINNING, INSIDE
from panel.finding.words import Span, fold, spans_of

Marks = tuple[tuple[int, int], ...]  # (start, end) of each marked piece, ascending, none touching another

# Marks of Markdown that would only disturb in one quiet line: fences, headings, bullets, quotes, emphasis, code, links.
_LINE_MARKS = re.compile(r"^\s{0,3}(?:```.*|~~~.*|#{1,6}\s+|>\s?|[-*+]\s+)", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_EMPHASIS = re.compile(r"\*{1,3}|`+|(?<!\w)__?(?=\w)|(?<=\w)__?(?![\w{(])")
_SPACE = re.compile(r"\s+")


def marks(text: str, terms: Sequence[Term]) -> Marks:
    """What of `text` made it match: whole words, or the piece of a word that was typed."""
    spans = list(spans_of(text))
    return _merged([piece for each in terms for piece in _pieces(text, spans, each)])


def excerpt(text: str, terms: Sequence[Term], width: int = 140) -> tuple[str, Marks]:
    """The passage of about `width` characters of a Markdown text that has most of what was searched for, and its
    marks. ("", ()) where nothing matches."""
    line = one_line(text)
    found = marks(line, terms)
    if not found:
        return "", ()
    before = width // 4  # characters that lead up to the match
    start = _best_start(line, found, terms, width - before)
    begin = max(0, min(start - before, len(line) - width))
    end = min(len(line), begin + width)
    begin, end = _whole_words(line, begin, end, start)
    cut_before, cut_after = "… " if begin else "", " …" if end < len(line) else ""
    shift = len(cut_before) - begin
    inside = [(first, min(last, end)) for first, last in found if begin <= first < end]
    return cut_before + line[begin:end] + cut_after, tuple((first + shift, last + shift) for first, last in inside)


def one_line(markdown: str) -> str:
    """A Markdown text as one line, without most of its marks."""
    text = _EMPHASIS.sub("", _LINK.sub(r"\1", _LINE_MARKS.sub("", markdown)))
    return _SPACE.sub(" ", text).strip()


def _pieces(text: str, spans: Sequence[Span], term: Term) -> list[tuple[int, int]]:
    """The words to be marked, or only the beginning or the piece inside that was typed.

    A hyphenated word, which comes after its parts, is marked as a whole only where none of its parts is.
    """
    pieces: list[tuple[int, int]] = []
    for word, start, end in spans:
        fit = term.meant.get(word)
        if fit is None or any(start <= first < end for first, _ in pieces):
            continue
        if fit in (BEGINNING, INSIDE) and end - start == len(word) and fold(text[start:end]) == word:
            first = start + word.index(term.typed)
            pieces.append((first, first + len(term.typed)))
        else:
            pieces.append((start, end))
    return pieces


def _merged(pieces: list[tuple[int, int]]) -> Marks:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(pieces):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return tuple(merged)


def _best_start(line: str, found: Marks, terms: Sequence[Term], room: int) -> int:
    """The mark after which, within `room` characters, most different terms stand; of equals the first."""

    def different(start: int) -> int:
        words = {span.word for span in spans_of(line[start : start + room])}
        return sum(not words.isdisjoint(each.meant) for each in terms)

    return max((start for start, _ in found[:20]), key=different)


def _whole_words(line: str, begin: int, end: int, first: int) -> tuple[int, int]:
    """The passage without the halves of words at its ends."""
    if begin:
        space = line.find(" ", begin - 1, first)
        begin = space + 1 if space >= 0 else begin
    if end < len(line):
        space = line.rfind(" ", first, end + 1)
        end = space if space > first else end
    return begin, end
