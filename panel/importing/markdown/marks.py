"""Every place of a Markdown document where a question could begin, whatever its form."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from panel.domain.questions import Difficulty
from panel.importing.asides import is_back_to_top
from panel.importing.difficulty import Marks
from panel.importing.markdown.blocks import Block, Document
from panel.importing.markdown.folds import Fold
from panel.importing.markdown.inline import Line, line_of
from panel.importing.markdown.prompts import is_counted, names_a_question, prompt_at, starts_anew
from panel.importing.markdown.tags import undressed
from panel.importing.parts import labels_a_part
from panel.importing.wording import answer_after_label, asks, ends_asking, unlabelled

Form = Literal["heading", "bold", "labelled", "plain", "fold", "item"]
RANKS: dict[Form, int] = {"labelled": 7, "bold": 8, "plain": 9, "fold": 10, "item": 11}
LOOKED_AT = 10  # lines of a paragraph in which a prompt could end
LONGEST_PLAIN = 300  # characters of a question that stands as a paragraph
LONGEST_LABEL = 30
BARE_LABEL = re.compile(r"^\W*(?:(?:question|ques|q|problem|exercise)\W*\d{1,4}|\d{1,4})\W*$", re.IGNORECASE)
TASK_BOX = re.compile(r"^\s*\[[ xX]\]\s+")
DECORATION = re.compile("^(?:[❓❔🔹🔸👉✅🤔💡📌➡▶•◆●■☑✔⚡🎯📝🔥🧐❗]\ufe0f?\\s*)+")


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
        named: Block | None = None  # the label of the question that the next paragraph holds
        for block in self._document.blocks:
            if named and block.kind == "paragraph":
                found.append(self._below_label(named, block))
            else:
                found += [mark for mark in self._below(block) if mark.start not in self._summaries]
            named = block if self._is_bare_label(block) else None
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

    def _is_bare_label(self, block: Block) -> bool:
        """A heading or a bold line that only counts: `Question 12`."""
        if block.kind not in {"heading", "paragraph"} or len(block.content) > LONGEST_LABEL:
            return False
        line = line_of(self._document, block.content)
        return bool(BARE_LABEL.match(line.text)) and (block.kind == "heading" or line.bold == line.text)

    def _below_label(self, label: Block, block: Block) -> Mark:
        prompt = prompt_at(self._document, self._marks, block.content.split("\n")[:LOOKED_AT])
        form: Form = "heading" if label.kind == "heading" else "bold"
        rank = label.level or RANKS["labelled"]
        end = block.start + prompt.count
        mark = self._mark(form, label.start, end, prompt.line, prompt.text, prompt.rest, block, rank, None)
        return replace(mark, word=True)

    def _heading(self, block: Block, number: int | None) -> Iterator[Mark]:
        line = line_of(self._document, block.content)
        if self._is_bare_label(block):
            return
        if answer_after_label(line.text) is None and not labels_a_part(line.text):
            yield self._mark("heading", block.start, block.end, line, line.text, "", block, block.level, number)

    def _item(self, item: Block, paragraph: Block) -> Iterator[Mark]:
        lines = paragraph.content.split("\n")
        if answer_after_label(lines[0]) is not None or is_back_to_top(lines[0]):
            return
        prompt = prompt_at(self._document, self._marks, [TASK_BOX.sub("", lines[0]), *lines[1:LOOKED_AT]])
        form: Form = "labelled" if names_a_question(prompt.line.text) else "item"
        start = paragraph.start
        rank = RANKS["item"] + item.depth if form == "item" else RANKS["labelled"]
        end = start + prompt.count
        yield self._mark(form, start, end, prompt.line, prompt.text, prompt.rest, item, rank, item.number)
        yield from self._paragraph(paragraph, lines[prompt.count :], prompt.count)

    def _paragraph(self, block: Block, lines: list[str], first: int) -> Iterator[Mark]:
        """Bold and labelled questions on any line of a paragraph; a plain one only where it is the first."""
        at = 0
        while at < len(lines):
            shown = lines[at].lstrip(" >")
            count = 1
            if (at == 0 and first == 0) or starts_anew(shown):
                count, mark = self._opening(
                    block, lines[at : at + LOOKED_AT], block.start + first + at, alone=first + at == 0
                )
                if mark:
                    yield mark
            at += count

    def _opening(self, block: Block, lines: list[str], start: int, *, alone: bool) -> tuple[int, Mark | None]:
        if answer_after_label(lines[0]) is not None or labels_a_part(lines[0]):
            return 1, None
        prompt = prompt_at(self._document, self._marks, lines)
        text, line = prompt.text, prompt.line
        form: Form | None = None
        if line.bold and (text != line.text or not line.rest.strip(" .:—–-?!") or is_counted(line.bold)):
            form = "bold"
        elif names_a_question(line.text):
            form = "labelled"
        elif alone and len(text) <= LONGEST_PLAIN and ends_asking(text) and not line.image:
            form = "plain"
        if form is None or is_back_to_top(line.text):
            return 1, None
        end = start + prompt.count
        return prompt.count, self._mark(form, start, end, line, text, prompt.rest, block, RANKS[form], None)

    def _fold(self, fold: Fold) -> Mark:
        lines = (line.rstrip() for line in undressed(fold.summary).split("\n"))
        text = "\n".join(line for line in lines if line and not line.lstrip().startswith("```"))
        line = Line(text)
        block = Block("html", fold.start, fold.end)
        mark = self._mark("fold", fold.start, fold.summary_end, line, text, fold.rest, block, RANKS["fold"], None)
        return replace(mark, until=fold.end)

    def _mark(
        self, form: Form, start: int, end: int, line: Line, text: str, rest: str, block: Block, rank: int,
        number: int | None,
    ) -> Mark:  # fmt: skip
        text, before = self._marks.taken_from(DECORATION.sub("", text))
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
