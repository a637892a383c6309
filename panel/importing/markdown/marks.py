"""Every place of a Markdown document where a question could begin, whatever its form."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from panel.domain.questions import Difficulty
from panel.importing.asides import is_back_to_top
from panel.importing.difficulty import Marks
from panel.importing.markdown.blocks import Block, Document
from panel.importing.markdown.folds import Fold, without_tags
from panel.importing.markdown.inline import Line, line_of, plain
from panel.importing.wording import answer_after_label, asks, ends_asking, follow_up_after_label, unlabelled

Form = Literal["heading", "bold", "labelled", "plain", "fold", "item"]
RANKS: dict[Form, int] = {"labelled": 7, "bold": 8, "plain": 9, "fold": 10, "item": 11}
LOOKED_AT = 10  # lines of a paragraph in which a prompt could end
LONGEST_PLAIN = 300  # characters of a question that stands as a paragraph
SOFT_END = re.compile(r"(?: {2,}|\\|<br\s*/?>)\s*$", re.IGNORECASE)
SENTENCE_END = re.compile(r"[.!:;。][\s\"'”’)*_]*$")


@dataclass(frozen=True)
class Mark:
    """A possible question: lines `start` to `end` hold its prompt. The smaller the rank, the more it spans.

    `asks` when it is worded as a question by itself, `word` when a label calls it one; `rest` is Markdown that follows
    the prompt on its last line.
    """

    form: Form
    start: int
    end: int
    rank: int
    text: str
    asks: bool
    word: bool
    number: int | None
    difficulty: Difficulty | None
    line: Line
    rest: str
    block: Block
    until: int | None = None  # a fold ends by itself

    @property
    def pattern(self) -> tuple[str, int, bool]:
        """Marks of one pattern look alike: form, rank, and whether they are counted."""
        return self.form, self.rank, self.number is not None and self.form != "item"


class Finder:
    """Walks the blocks of one document and makes its marks."""

    def __init__(self, document: Document, marks: Marks, folds: list[Fold]) -> None:
        self._document = document
        self._marks = marks
        self._folds = [fold for fold in folds if not fold.hides_an_answer]
        self._summaries = {line for fold in self._folds for line in range(fold.start, fold.summary_end)}

    def marks(self) -> list[Mark]:
        found = [self._fold(fold) for fold in self._folds]
        for block in self._document.blocks:
            found += [mark for mark in self._below(block) if mark.start not in self._summaries]
        return sorted((mark for mark in found if mark.text), key=lambda mark: (mark.start, mark.rank))

    def _below(self, top: Block) -> Iterator[Mark]:
        waiting = [top]
        while waiting:
            block = waiting.pop()
            children = block.children
            if block.kind == "heading":
                yield from self._heading(block, None)
            elif block.kind == "paragraph":
                yield from self._paragraph(block, block.content.split("\n"), 0)
            elif block.kind == "item" and children and children[0].kind == "heading":
                yield from self._heading(children[0], block.number)
                children = children[1:]
            elif block.kind == "item" and children and children[0].kind == "paragraph":
                yield from self._item(block, children[0])
                children = children[1:]
            waiting += reversed(children)

    def _heading(self, block: Block, number: int | None) -> Iterator[Mark]:
        line = line_of(self._document, block.content)
        if answer_after_label(line.text) is None and follow_up_after_label(line.text) is None:
            yield self._mark("heading", block.start, block.end, line, line.text, "", block, block.level, number)

    def _item(self, item: Block, paragraph: Block) -> Iterator[Mark]:
        lines = paragraph.content.split("\n")
        if answer_after_label(lines[0]) is not None or is_back_to_top(lines[0]):
            return
        count, text, rest, line = self._extent(lines[:LOOKED_AT])
        form: Form = "labelled" if _names_a_question(line.text) else "item"
        start = paragraph.start
        rank = RANKS["item"] + item.depth if form == "item" else RANKS["labelled"]
        yield self._mark(form, start, start + count, line, text, rest, item, rank, item.number)
        yield from self._paragraph(paragraph, lines[count:], count)

    def _paragraph(self, block: Block, lines: list[str], first: int) -> Iterator[Mark]:
        """Bold and labelled questions on any line of a paragraph; a plain one only where it is the first."""
        at = 0
        while at < len(lines):
            shown = lines[at].lstrip(" >")
            count = 1
            if (at == 0 and first == 0) or _starts_anew(shown):
                count, mark = self._opening(
                    block, lines[at : at + LOOKED_AT], block.start + first + at, alone=first + at == 0
                )
                if mark:
                    yield mark
            at += count

    def _opening(self, block: Block, lines: list[str], start: int, *, alone: bool) -> tuple[int, Mark | None]:
        if answer_after_label(lines[0]) is not None or follow_up_after_label(lines[0]) is not None:
            return 1, None
        count, text, rest, line = self._extent(lines)
        form: Form | None = None
        if line.bold and (text != line.text or not line.rest.strip(" .:—–-?!") or _is_counted(line.bold)):
            form = "bold"
        elif _names_a_question(line.text):
            form = "labelled"
        elif alone and len(text) <= LONGEST_PLAIN and ends_asking(text) and not line.image:
            form = "plain"
        if form is None or is_back_to_top(line.text):
            return 1, None
        return count, self._mark(form, start, start + count, line, text, rest, block, RANKS[form], None)

    def _extent(self, lines: list[str]) -> tuple[int, str, str, Line]:
        """How many lines the prompt takes, its text, the Markdown after it on the last of them, and that line."""
        whole = line_of(self._document, "\n".join(lines[:6])) if lines[0].lstrip(" >")[:2] in {"**", "__"} else None
        if whole and "\n" in whole.bold and asks(unlabelled(whole.bold).text):
            count = whole.bold.count("\n") + 1
            return count, _one_line(whole.bold), _after_bold(lines[count - 1], closed=True), whole
        first = line_of(self._document, lines[0])
        if first.bold and _asks_fully(first.bold) and not self._is_nothing(first.rest):
            return 1, first.bold, _after_bold(lines[0], closed=False), first
        parts = re.split(
            r"(?<=[?？])\s*[*_]*\s*(?:[-–—:]+\s*)?(?=[*_]*(?:answer|ans|a)[*_]*\s*:)", lines[0], maxsplit=1, flags=re.I
        )
        if len(parts) == 2:
            return 1, plain(self._document, parts[0]), parts[1], first
        count = 1 if first.bold and self._is_nothing(first.rest) else self._lines_of_prompt(lines)
        text = first.text if count == 1 else _one_line(plain(self._document, "\n".join(lines[:count])))
        return count, text, "", first

    def _is_nothing(self, rest: str) -> bool:
        """Whether what follows a bold beginning is at most a mark of difficulty."""
        return self._marks.taken_from(f"x {rest}".rstrip(" .:—–-"))[0] == "x"

    def _lines_of_prompt(self, lines: list[str]) -> int:
        if len(lines) == 1 or ends_asking(lines[0]) or SOFT_END.search(lines[0]):
            return 1
        for at, line in enumerate(lines[1:8], start=1):
            if answer_after_label(line) is not None or follow_up_after_label(line) is not None or _starts_anew(line):
                return at
            if ends_asking(line):
                return at + 1
            if SENTENCE_END.search(line):
                break
        return 1 if SENTENCE_END.search(lines[0]) or len(lines) > 8 else len(lines)

    def _fold(self, fold: Fold) -> Mark:
        lines = (line.rstrip() for line in without_tags(fold.summary).split("\n"))
        text = "\n".join(line for line in lines if line and not line.lstrip().startswith("```"))
        line = Line(text)
        block = Block("html", fold.start, fold.end)
        mark = self._mark("fold", fold.start, fold.summary_end, line, text, fold.rest, block, RANKS["fold"], None)
        return Mark(**{**vars(mark), "until": fold.end})

    def _mark(
        self, form: Form, start: int, end: int, line: Line, text: str, rest: str, block: Block, rank: int,
        number: int | None,
    ) -> Mark:  # fmt: skip
        text, before = self._marks.taken_from(text)
        label = unlabelled(text)
        text, after = self._marks.taken_from(label.text)
        if label.has_label and re.fullmatch(r"[\W\d]*", text):
            text = ""
        if form == "bold" and label.has_label:
            rank = RANKS["labelled"]
        return Mark(
            form=form,
            start=start,
            end=end,
            rank=rank,
            text=text.strip(),
            asks=asks(text),
            word=label.word,
            number=label.number if label.number is not None else number,
            difficulty=before or after,
            line=line,
            rest=rest.strip(),
            block=block,
        )


def _starts_anew(line: str) -> bool:
    """Whether a line below a prompt is bold from its start or labelled as a question."""
    shown = line.lstrip(" >")
    return shown[:2] in {"**", "__"} or _names_a_question(shown)


def _names_a_question(text: str) -> bool:
    return text[:1] in "QqFfPpDdIiEe*_" and unlabelled(text.strip("*_ ")).word


def _asks_fully(bold: str) -> bool:
    """Whether a bold beginning is a prompt by itself and not its title: `Count` alone is none."""
    text = unlabelled(bold).text
    return ends_asking(text) or (asks(text) and len(text.split()) >= 3)


def _is_counted(bold: str) -> bool:
    """`3) Factorial`, or a number alone."""
    return unlabelled(bold).has_label or bool(re.fullmatch(r"\W*\d{1,4}\W*", bold))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _after_bold(line: str, *, closed: bool) -> str:
    """The source of a line after its bold beginning (or after the end of bold that began on an earlier line)."""
    sign = "__" if line.lstrip(" >-*").startswith("__") and "**" not in line else "**"
    start = 0 if closed else line.find(sign) + len(sign)
    end = line.find(sign, start)
    return line[end + len(sign) :].lstrip(" :—–-") if end >= 0 else ""
