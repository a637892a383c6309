"""Chosen marks -> spans: where each question begins and ends, and the category and level it stands under."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from panel.domain.questions import Difficulty
from panel.importing.asides import is_contents
from panel.importing.difficulty import of_heading
from panel.importing.markdown.blocks import Block, Document
from panel.importing.markdown.marks import RANKS, Mark
from panel.importing.markdown.passing import lone_sections
from panel.importing.markdown.patterns import Choice
from panel.importing.names import category_name, names_no_subject

LOOKED_AT = 200  # blocks within which a list may go on
TOPIC = 50  # level of a list item that names a topic: below every heading
SHOWN_BELOW = {"code", "math", "table"}  # what may follow a list and still belong to its last item


@dataclass(frozen=True)
class Span:
    """The region of one mark, lines from 0. `doubt` is the reason why a person must decide; empty for a question."""

    mark: Mark
    end: int
    category: str
    difficulty: Difficulty | None
    doubt: str = ""


@dataclass(frozen=True)
class _Heading:
    level: int
    name: str
    difficulty: Difficulty | None
    start: int
    end: int | None = None  # a topic ends with its list item


def ends_of(document: Document, marks: Sequence[Mark]) -> list[int]:
    """Where the region of each mark would end: a heading's at the next of its level, all others at the next heading."""
    ends = [len(document.lines)] * len(marks)
    later: list[tuple[int, int]] = []  # headings further down as (level, line), innermost last
    for at in range(len(marks) - 1, -1, -1):
        mark = marks[at]
        if mark.until is not None:
            ends[at] = mark.until
        elif mark.form == "heading":
            while later and later[-1][0] > mark.rank:
                later.pop()
            ends[at] = later[-1][1] if later else len(document.lines)
            later.append((mark.rank, mark.start))
        elif later:
            ends[at] = later[-1][1]
    return ends


def spans_of(
    document: Document, marks: Sequence[Mark], choice: Choice, passed: set[int]
) -> tuple[list[Span], set[int]]:
    """The spans in order, and the lines of the headings that stand above them: their categories, and those above."""
    walk = _Walk(document, marks, choice, passed)
    for at in range(len(marks)):
        walk.step(at)
    walk.close(len(document.lines))
    return walk.spans, walk.named


class _Walk:
    def __init__(self, document: Document, marks: Sequence[Mark], choice: Choice, passed: set[int]) -> None:
        self.spans: list[Span] = []
        self.named: set[int] = set()
        self._document = document
        self._marks = marks
        self._choice = choice
        self._passed = passed
        self._headings: list[_Heading] = []
        self._open: int | None = None
        self._open_end = 0
        self._category_level = _category_level(document, marks, choice, passed)
        self._lone = lone_sections(marks)
        self._last_chosen = max([*choice.taken, *choice.doubtful], default=-1)
        self._starts = [block.start for block in document.blocks]
        items = [marks[at] for at in choice.taken if marks[at].block.kind == "item"]
        singles = sum(map(self._stands_single, items))
        self._items_stand_single = singles >= 2 and singles >= 0.5 * len(items)

    def step(self, at: int) -> None:
        mark = self._marks[at]
        if self._open is not None and mark.start >= self._open_end:
            self.close(self._open_end)
        chosen = at in self._choice.taken or at in self._choice.doubtful
        if mark.form == "heading" and not chosen:
            self._heading(at)
        elif at in self._passed:
            return
        elif mark.form == "bold" and not chosen and self._open is None and self._stands_above_items(at):
            self._push(_Heading(RANKS["bold"], mark.text, _level(mark), mark.start))
        elif at in self._choice.topics:
            self.close(mark.start)
            self._push(_Heading(TOPIC + mark.rank, mark.text, _level(mark), mark.start, mark.block.end))
        elif chosen and (self._open is None or mark.rank <= self._marks[self._open].rank):
            self.close(mark.start)
            self._headings = [each for each in self._headings if not self._ended(each, mark)]
            self._open, self._open_end = at, self._end(at)

    def _stands_above_items(self, at: int) -> bool:
        """Whether a bold line takes the place of a heading: a list of questions begins right below it."""
        following = at + 1
        if following not in self._choice.taken and following not in self._choice.topics:
            return False
        below = self._marks[following]
        return below.form == "item" and _is_next(self._document, self._marks[at], below)

    def close(self, end: int) -> None:
        """End the open question at this line."""
        if self._open is None:
            return
        mark = self._marks[self._open]
        category = self._category()
        difficulty = next((each.difficulty for each in reversed(self._headings) if each.difficulty), None)
        self.spans.append(
            Span(mark, min(end, self._open_end), category, difficulty, self._choice.doubtful.get(self._open, ""))
        )
        self._open = None

    def _heading(self, at: int) -> None:
        mark = self._marks[at]
        if self._open is not None:
            last = self._marks[self._open]
            within = mark.rank > (last.rank if last.form == "heading" else self._category_level)
            closes = (_is_notice(mark) and self._only_links_follow(at)) or (at in self._lone and self._is_last(at))
            if within and not closes:
                return
        self.close(mark.start)
        if not _is_notice(mark) and not is_contents(mark.text):
            self._push(_Heading(mark.rank, mark.text, _level(mark), mark.start))

    def _is_last(self, at: int) -> bool:
        """Whether no question begins further down."""
        return at > self._last_chosen

    def _only_links_follow(self, at: int) -> bool:
        """Whether below this heading, up to the next, nothing stands but links, images and HTML."""
        end = self._marks[at + 1].start if at + 1 < len(self._marks) else len(self._document.lines)
        lines = (line.strip() for line in self._document.lines[self._marks[at].end : end])
        return all(not line or line.startswith(("<", "[", "!")) for line in lines)

    def _push(self, heading: _Heading) -> None:
        self._headings = [each for each in self._headings if each.level < heading.level]
        self._headings.append(heading)

    def _ended(self, heading: _Heading, mark: Mark) -> bool:
        if heading.end is not None:
            return mark.start >= heading.end
        return mark.form == "heading" and heading.level >= mark.rank

    def _category(self) -> str:
        self.named |= {each.start for each in self._headings}
        names = (category_name(each.name) for each in reversed(self._headings))
        return next((name for name in names if name and not names_no_subject(name)), "")

    def _end(self, at: int) -> int:
        mark = self._marks[at]
        if mark.until is not None:
            return mark.until
        if mark.form == "item" or (mark.form == "labelled" and mark.block.kind == "item"):
            return self._end_of_item(mark)
        return len(self._document.lines)

    def _end_of_item(self, mark: Mark) -> int:
        """The end of the item, or further down what stands outside the list but answers its last item."""
        index = bisect_right(self._starts, mark.start) - 1
        top = self._document.blocks[index]
        if top.kind != "list" or top.children[-1] is not mark.block:
            return mark.block.end
        if mark.number is not None and self._next_number(index) == mark.number + 1:
            return len(self._document.lines)  # until the next item, which closes it
        if self._items_stand_single and len(top.children) == 1:
            return len(self._document.lines)
        end = mark.block.end
        for at in range(index + 1, len(self._document.blocks)):
            block = self._document.blocks[at]
            if block.kind not in SHOWN_BELOW and not _is_image(block):
                break
            end = block.end
        return end

    def _next_number(self, index: int) -> int | None:
        """The number at which an ordered list goes on after this block, before the next heading."""
        for at in range(index + 1, min(index + 1 + LOOKED_AT, len(self._document.blocks))):
            block = self._document.blocks[at]
            if block.kind == "heading":
                return None
            if block.kind == "list" and block.ordered:
                return block.children[0].number if block.children else None
        return None

    def _stands_single(self, mark: Mark) -> bool:
        if mark.block.kind != "item":
            return False
        top = self._document.blocks[bisect_right(self._starts, mark.start) - 1]
        return top.kind == "list" and len(top.children) == 1 and top.children[0] is mark.block


def _category_level(document: Document, marks: Sequence[Mark], choice: Choice, passed: set[int]) -> int:
    """The deepest level at which headings stand right above questions; deeper ones belong to answers."""
    above: dict[int, int] = {}
    count: dict[int, int] = {}
    for at, mark in enumerate(marks):
        if mark.form != "heading" or at in choice.taken or at in passed:
            continue
        count[mark.rank] = count.get(mark.rank, 0) + 1
        follower = next((each for each in marks[at + 1 : at + 3] if each.start > mark.start), None)
        if (
            follower
            and marks[at + 1 : at + 3]
            and _is_next(document, mark, follower)
            and _index(marks, follower, at) in choice.taken
        ):
            above[mark.rank] = above.get(mark.rank, 0) + 1
    levels = [level for level, seen in above.items() if seen >= 0.3 * count[level]]
    return max(levels, default=RANKS["labelled"] - 1)


def _index(marks: Sequence[Mark], mark: Mark, after: int) -> int:
    return next(at for at in range(after + 1, len(marks)) if marks[at] is mark)


def _is_next(document: Document, heading: Mark, mark: Mark) -> bool:
    return not any(line.strip() for line in document.lines[heading.end : mark.start])


def _level(mark: Mark) -> Difficulty | None:
    """The level that a heading gives to the questions below it: `Advanced`, `SQL (hard)`."""
    return of_heading(mark.text) or mark.difficulty


def _is_notice(mark: Mark) -> bool:
    """A heading that only leads elsewhere, such as `New: [the other collection](…)`."""
    return bool(mark.line.links) and not mark.asks


def _is_image(block: Block) -> bool:
    text = block.content.strip()
    return block.kind in {"paragraph", "html"} and text.startswith(("![", "<img")) and text.endswith((")", ">"))
