"""Which marks of a Markdown document are its questions: decided from what most marks of the same pattern look like."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from panel.importing.ledger import Ledger
from panel.importing.markdown.blocks import Block, Document
from panel.importing.markdown.evidence import above_questions, with_parts
from panel.importing.markdown.marks import Mark
from panel.importing.markdown.nested import under_part_labels
from panel.importing.wording import answer_after_label, ends_asking, ends_sentence, is_put_to_somebody, plainly_asks

NOT_COVERED = 99
MOSTLY = 0.7  # share of the headings of a level that ask, from which the others with an answer are questions too
Pattern = tuple[str, int, bool]


@dataclass
class Choice:
    """Indices into the marks: those that are questions, those that a person must decide, and list items that only
    name the topic of the questions below them.
    """

    taken: set[int] = field(default_factory=set)
    doubtful: dict[int, str] = field(default_factory=dict)  # with the reason
    topics: set[int] = field(default_factory=set)


NOT_WORDED = "Looks like a question but is not worded as one, and nothing stands below it."
AMONG_QUESTIONS = "Stands among questions but is not worded as one."
NOT_LIKE_IT = "Worded as a question, but nothing else of its kind in this document is one."
AMONG_OTHERS = "Worded as a question, but the list around it holds other things."
NO_QUESTION = "Stands in a list of questions but is not worded as one."
ALONE = "Worded as a question, but it stands alone in the text and has no answer."


def choose(document: Document, ledger: Ledger, marks: Sequence[Mark], passed: set[int], ends: Sequence[int]) -> Choice:
    """Decide among marks; `passed` are indices not to look at, `ends` say where the region of each mark ends."""
    chooser = _Chooser(document, ledger, marks, passed, ends)
    chooser.strong_forms()
    chooser.lists()
    chooser.plain_ones()
    chooser.settle()
    return chooser.choice


class _Chooser:
    """Strong forms first (headings, bold, labels, folds), then lists outside their regions, then plain paragraphs."""

    def __init__(
        self, document: Document, ledger: Ledger, marks: Sequence[Mark], passed: set[int], ends: Sequence[int]
    ) -> None:
        self.choice = Choice()
        self._document = document
        self._marks = marks
        self._open = [at for at in range(len(marks)) if at not in passed]
        self._ends = ends
        self._covered = [NOT_COVERED] * (len(document.lines) + 1)
        self._accepted: set[tuple[str, int]] = set()  # form and rank of the patterns that are questions
        self._starts: list[int] = []  # lines at which a chosen mark begins, sorted
        self._with_parts = with_parts(document, marks)
        self._above_questions = above_questions(document, ledger, marks, ends)
        self._item_marks = {id(marks[at].block): at for at in self._open if marks[at].block.kind == "item"}
        self._top_lists = [block for block in _lists(document.blocks) if self._is_open(block)]

    # ---- strong forms ----

    def strong_forms(self) -> None:
        groups: dict[Pattern, list[int]] = defaultdict(list)
        for at in self._open:
            if self._marks[at].form not in {"item", "plain"}:
                groups[self._marks[at].pattern].append(at)
        order = sorted(groups, key=lambda pattern: (-self._asking(groups[pattern]), pattern[1]))
        labelled = under_part_labels(self._document.blocks)
        weight = self._asking_in(each for each in self._top_lists if each.start not in labelled)
        for pattern in order:
            self._take_pattern(groups[pattern], weight)

    def _take_pattern(self, group: list[int], weight: int) -> None:
        marks = [self._marks[at] for at in group]
        asking = self._asking(group)
        alike = marks[0].pattern[:2]
        accepted = _accepted(marks, asking) or (alike in self._accepted and asking >= 0.5 * len(marks))
        heads_headings = self._heads_headings(group)
        accepted = accepted and not self._only_heads_lists(group, asking, weight) and not heads_headings
        self._accepted |= {alike} if accepted else set()
        taken = [
            at
            for at in group
            if (self._is_question(at, accepted, asking / len(group)) or (self._is_put(at) and not heads_headings))
            and self._is_free(at)
        ]
        starts = [self._marks[at].start for at in taken]
        for at, following in zip(taken, [*starts[1:], len(self._covered)], strict=False):
            self._cover(self._marks[at].start, min(self._ends[at], following), self._marks[at].rank)
        self.choice.taken |= set(taken)
        self._starts = sorted(self._starts + [self._marks[at].start for at in taken])
        for at in set(group) - set(taken):
            self._doubt(at, accepted)

    def _is_question(self, at: int, accepted: bool, share: float) -> bool:
        mark = self._marks[at]
        if mark.word or at in self._with_parts:
            return True
        if not accepted or at in self._above_questions:
            return False
        if mark.asks or mark.form == "fold":
            return True
        if mark.number is not None:
            return self._has_body(at)
        return mark.form == "heading" and self._has_body(at) and (share >= MOSTLY or ends_sentence(mark.text))

    def _is_put(self, at: int) -> bool:
        """Whether a heading asks somebody, and nothing but questions stands below it: they are its follow-ups."""
        return at in self._above_questions and is_put_to_somebody(self._marks[at].text)

    def _doubt(self, at: int, accepted: bool) -> None:
        mark = self._marks[at]
        if not self._is_outside(at) or self._holds_questions(at):
            return  # part of an answer, or a category, even one that is worded as a question
        if accepted and mark.number is not None:
            self.choice.doubtful[at] = NOT_WORDED
        elif accepted and mark.form == "heading" and self._has_body(at):
            self.choice.doubtful[at] = AMONG_QUESTIONS
        elif not accepted and ends_asking(mark.text) and mark.form in {"heading", "bold"}:
            self.choice.doubtful[at] = NOT_LIKE_IT

    def _asking(self, group: Iterable[int]) -> int:
        return sum(self._marks[at].asks or self._marks[at].word or at in self._with_parts for at in group)

    def _is_free(self, at: int) -> bool:
        return self._is_outside(at) and not self._holds_questions(at)

    def _is_outside(self, at: int) -> bool:
        return self._covered[self._marks[at].start] >= self._marks[at].rank

    def _holds_questions(self, at: int) -> bool:
        """Whether a question already chosen begins within the region of this mark."""
        first = bisect_left(self._starts, self._marks[at].start + 1)
        return first < len(self._starts) and self._starts[first] < self._ends[at]

    def _has_body(self, at: int) -> bool:
        mark = self._marks[at]
        return bool(mark.rest) or any(line.strip() for line in self._document.lines[mark.end : self._ends[at]])

    def _only_heads_lists(self, group: list[int], asking: int, weight: int) -> bool:
        """Whether most questions stand in lists below these headings, which then are categories: `Design patterns`
        opens as a request does, but nobody is asked it.
        """
        if self._marks[group[0]].form != "heading" or weight <= 2 * asking:
            return False
        starts = [each.start for each in self._top_lists]
        below = 0
        for at in group:
            if is_put_to_somebody(self._marks[at].text):
                continue
            first, last = bisect_left(starts, self._marks[at].start), bisect_left(starts, self._ends[at])
            below += self._asking_in(self._top_lists[first:last])
        return below > weight / 2

    def _heads_headings(self, group: list[int]) -> bool:
        """Whether another heading that asks stands right below most of these headings, which then are categories."""
        directly = 0
        for at in group:
            mark, below = self._marks[at], self._marks[min(at + 1, len(self._marks) - 1)]
            if (
                mark.form == "heading"
                and below.form == "heading"
                and plainly_asks(below.text)
                and below.rank > mark.rank
            ):
                directly += not any(line.strip() for line in self._document.lines[mark.end : below.start])
        return 2 * directly >= len(group)

    # ---- lists ----

    def lists(self) -> None:
        open_lists = [each for each in self._top_lists if self._covered[each.start] == NOT_COVERED]
        singles = [each for each in open_lists if len(each.children) == 1]
        several = [each for each in open_lists if len(each.children) > 1]
        pooled_singles, pooled = self._pooled(singles), self._pooled(several)
        for each in open_lists:
            single = len(each.children) == 1
            if single:
                self._take_list(each, self._share(each) if len(singles) == 1 else pooled_singles, pooled_singles)
            else:
                self._take_list(each, self._share(each), pooled)

    def _take_list(self, block: Block, share: float, pooled: float) -> None:
        below = [child for item in block.children for child in item.children if child.kind == "list"]
        if share < 0.4 and below and self._pooled(below) >= 0.6 and self._asking_of(below) > self._asking_of([block]):
            self._take_topics(block, pooled)
            return
        accepted = share >= 0.6 or (share >= 0.3 and pooled >= 0.65)
        for at in self._marks_of(block):
            mark = self._marks[at]
            if mark.word or (accepted and (mark.asks or (pooled >= 0.65 and not mark.line.all_link))):
                self.choice.taken.add(at)
            elif accepted and not mark.line.links:
                self.choice.doubtful[at] = NO_QUESTION
            elif ends_asking(mark.text) and not (mark.line.all_link and not accepted):
                self.choice.doubtful[at] = AMONG_OTHERS
            self._cover(mark.start, mark.block.end, mark.rank)

    def _take_topics(self, block: Block, pooled: float) -> None:
        for item in block.children:
            at = self._item_marks.get(id(item))
            lists = [child for child in item.children if child.kind == "list"]
            if at is not None and lists and not self._marks[at].asks:
                self.choice.topics.add(at)
            elif at is not None and self._marks[at].asks:
                self.choice.taken.add(at)
                continue
            for each in lists:
                self._take_list(each, self._share(each), max(pooled, self._pooled(lists)))

    def _marks_of(self, block: Block) -> list[int]:
        return [self._item_marks[id(item)] for item in block.children if id(item) in self._item_marks]

    def _asking_of(self, blocks: Iterable[Block]) -> int:
        return sum(self._asking(self._marks_of(each)) for each in blocks)

    def _share(self, block: Block) -> float:
        return self._asking_of([block]) / max(len(block.children), 1)

    def _pooled(self, blocks: list[Block]) -> float:
        return self._asking_of(blocks) / max(sum(len(each.children) for each in blocks), 1)

    def _asking_in(self, lists: Iterable[Block]) -> int:
        return sum(self._asking_of([each]) for each in lists if self._share(each) >= 0.6)

    def _is_open(self, block: Block) -> bool:
        return any(id(item) in self._item_marks for item in block.children)

    # ---- plain paragraphs ----

    def plain_ones(self) -> None:
        plain = [
            at
            for at in self._open
            if self._marks[at].form == "plain" and self._covered[self._marks[at].start] == NOT_COVERED
        ]
        others = len(self.choice.taken)
        for at in plain:
            if self._is_answered(at) or (others < 3 and len(plain) > 1):
                self.choice.taken.add(at)
            else:
                self.choice.doubtful[at] = ALONE

    def settle(self) -> None:
        """A heading with questions below it is no question that a person must decide."""
        self._starts = sorted(self._marks[at].start for at in self.choice.taken)
        for at in list(self.choice.doubtful):
            if self._marks[at].form == "heading" and self._holds_questions(at):
                del self.choice.doubtful[at]

    def _is_answered(self, at: int) -> bool:
        lines = self._document.lines[self._marks[at].end : self._marks[at].end + 3]
        return any(answer_after_label(line) is not None for line in lines)

    def _cover(self, start: int, end: int, rank: int) -> None:
        for line in range(start, min(end, len(self._covered))):
            self._covered[line] = min(self._covered[line], rank)


def _accepted(marks: list[Mark], asking: int) -> bool:
    """Whether marks of one pattern are questions in this document."""
    count, share = len(marks), asking / len(marks)
    if marks[0].form == "fold":
        return share >= 0.4 or count >= 3
    if marks[0].form == "labelled":
        return True
    if marks[0].number is not None and count >= 3:
        return share >= 0.3
    return share >= 0.5 if count > 1 else is_put_to_somebody(marks[0].text)


def _lists(blocks: Iterable[Block]) -> Iterable[Block]:
    """The lists that stand in no other list."""
    for block in blocks:
        if block.kind == "list":
            yield block
        elif block.kind == "quote":
            yield from _lists(block.children)
