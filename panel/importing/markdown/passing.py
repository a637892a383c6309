"""Marks that are no questions wherever they stand: contents, legends, readers' questions, sections for the reader."""

from collections import Counter
from collections.abc import Sequence

from panel.importing.asides import advises, is_contents, is_for_the_reader, is_perhaps_for_the_reader
from panel.importing.difficulty import is_legend
from panel.importing.ledger import Ledger
from panel.importing.markdown.marks import Mark
from panel.importing.names import category_name
from panel.importing.wording import speaks_to_the_reader

FOR_THE_READER = "Speaks to the reader; not a question."
READERS_QUESTION = "A question that a reader has about their own interview, not one to ask a candidate."
LEGEND = "Explains the marks of difficulty."


def pass_marks(ledger: Ledger, marks: Sequence[Mark], ends: Sequence[int], contents: set[int]) -> set[int]:
    """The indices of these marks; their lines are set aside. A later claim by a question takes its lines back."""
    passed = {at for at, mark in enumerate(marks) if mark.start in contents}
    asking = sum(mark.asks for at, mark in enumerate(marks) if at not in passed)
    until = 0
    for at, mark in enumerate(marks):
        if mark.form == "heading" and is_contents(mark.text):
            ledger.silence(mark.start, mark.end, "contents")
        if mark.start < until:
            passed.add(at)
        elif at in passed:
            continue
        elif mark.form == "heading" and _opens_section(marks, passed, at, ends[at], asking):
            until = ends[at]
            passed.add(at)
            ledger.aside_free(mark.start, until, FOR_THE_READER, category_name(mark.text)[:120])
        elif mark.asks and (speaks_to_the_reader(mark.text) or advises(mark.text)):
            passed.add(at)
            ledger.aside(mark.start, mark.end, READERS_QUESTION, alone=True)
        elif is_legend(mark.line.text):
            passed.add(at)
            ledger.aside(mark.start, mark.end, LEGEND)
    return passed


def lone_sections(marks: Sequence[Mark]) -> set[int]:
    """Headings for the reader that stand once in the document; one in every answer would be part of the answers."""
    count = Counter(mark.text.lower() for mark in marks if mark.form == "heading")
    return {
        at
        for at, mark in enumerate(marks)
        if mark.form == "heading" and count[mark.text.lower()] == 1 and is_for_the_reader(mark.text)
    }


def _opens_section(marks: Sequence[Mark], passed: set[int], at: int, end: int, asking: int) -> bool:
    """Whether a heading opens a section for the reader; one that holds most of the questions is the document itself."""
    surely = is_for_the_reader(marks[at].text)
    if not surely and not is_perhaps_for_the_reader(marks[at].text):
        return False
    inside = 0
    for each in range(at + 1, len(marks)):
        if marks[each].start >= end:
            break
        inside += marks[each].asks and each not in passed
    return inside <= 0.5 * asking if surely else inside == 0
