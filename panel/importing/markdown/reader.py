"""A Markdown document -> its questions, with every line accounted for."""

import re
from collections.abc import Sequence

from panel.importing.asides import is_contents, is_for_the_reader
from panel.importing.difficulty import is_legend, marks_of
from panel.importing.fitting import fitted
from panel.importing.found import FoundQuestion, Problem, Reading
from panel.importing.ledger import Ledger
from panel.importing.markdown.answers import body_of
from panel.importing.markdown.blocks import Document
from panel.importing.markdown.contents import pass_over
from panel.importing.markdown.folds import folds_of
from panel.importing.markdown.marks import Finder, Mark
from panel.importing.markdown.patterns import choose
from panel.importing.markdown.question_tables import questions_in_tables
from panel.importing.markdown.spans import Span, ends_of, spans_of
from panel.importing.names import category_name
from panel.importing.wording import speaks_to_the_reader

INTRODUCTION = "Stands before the first question; not a question."
FOR_THE_READER = "Speaks to the reader; not a question."
READERS_QUESTION = "A question that a reader has about their own interview, not one to ask a candidate."
SCRIPT = "A script or an embedded page; left out."
LEGEND = "Explains the marks of difficulty."
SCRIPTS = re.compile(r"^\s*</?(?:script|style|iframe|object|embed|form|input|button|meta|link)\b", re.IGNORECASE)


def read_markdown(source: str) -> Reading:
    """Read Markdown source, decoded and clean."""
    document = Document(source)
    ledger = Ledger(document.lines)
    questions, beside = _read(document, ledger)
    problems = sorted([*ledger.problems(), *beside], key=lambda problem: problem.line)
    return Reading("Markdown", tuple(questions), tuple(problems))


def _read(document: Document, ledger: Ledger) -> tuple[list[FoundQuestion], list[Problem]]:
    folds = folds_of(document)
    marks = Finder(document, marks_of(document.lines), folds).marks()
    titles = [mark.text for mark in marks if mark.form in {"heading", "bold", "labelled", "fold"}]
    contents = pass_over(document, ledger, titles)
    ends = ends_of(document, marks)
    passed = _passed(document, ledger, marks, ends, contents)
    choice = choose(document, marks, passed, ends)
    spans, named = spans_of(document, marks, choice, passed)
    _set_aside(document, ledger, marks, spans)
    found: list[FoundQuestion] = []
    problems: list[Problem] = []
    for span in spans:
        question, beside = _question(document, ledger, span)
        found += [question] if question else []
        problems += beside
    for mark in marks:
        if mark.form == "heading" and mark.start in named:
            ledger.use(mark.start, mark.end)
    in_tables, beside = questions_in_tables(document, ledger, marks, contents)
    found = sorted([*found, *in_tables], key=lambda question: question.line)
    return found, [*problems, *beside]


def _passed(
    document: Document, ledger: Ledger, marks: Sequence[Mark], ends: Sequence[int], contents: set[int]
) -> set[int]:
    """Marks that are no questions wherever they stand: contents, legends, readers' questions, sections for the reader.

    A section that holds most of the questions is the document itself, whatever its heading.
    """
    passed = {at for at, mark in enumerate(marks) if mark.start in contents}
    asking = sum(mark.asks for at, mark in enumerate(marks) if at not in passed)
    until = 0
    for at, mark in enumerate(marks):
        if mark.start < until:
            passed.add(at)
        elif mark.form == "heading" and is_for_the_reader(mark.text) and at not in passed:
            inside = [each for each in range(at + 1, len(marks)) if marks[each].start < ends[at]]
            if not inside or sum(marks[each].asks for each in inside if each not in passed) <= 0.5 * asking:
                until = ends[at]
                passed.add(at)
                if not is_contents(mark.text):
                    _aside_free(document, ledger, mark.start, until, FOR_THE_READER, category_name(mark.text))
                else:
                    ledger.silence(mark.start, mark.end, "contents")
        elif speaks_to_the_reader(mark.text) and mark.asks:
            passed.add(at)
            ledger.aside(mark.start, mark.end, READERS_QUESTION, alone=True)
        elif is_legend(mark.line.text):
            passed.add(at)
            ledger.aside(mark.start, mark.end, LEGEND)
    return passed


def _set_aside(document: Document, ledger: Ledger, marks: Sequence[Mark], spans: Sequence[Span]) -> None:
    """Reasons for what stands outside the questions, as far as it has none yet."""
    first = spans[0].mark.start if spans else 0
    _aside_free(document, ledger, 0, first, INTRODUCTION, "")
    for block in document.walk():
        if block.kind == "html" and SCRIPTS.match(block.content):
            ledger.aside(block.start, block.end, SCRIPT)


def _aside_free(document: Document, ledger: Ledger, start: int, end: int, reason: str, category: str) -> None:
    for number in range(start, min(end, len(document.lines))):
        if ledger.is_free(number):
            ledger.aside(number, number + 1, reason, category)


def _question(document: Document, ledger: Ledger, span: Span) -> tuple[FoundQuestion | None, list[Problem]]:
    mark = span.mark
    if span.doubt:
        ledger.aside(mark.start, span.end, span.doubt, span.category, alone=True)
        return None, []
    body = body_of(document, ledger, mark, span.end)
    _use(document, ledger, mark.start, span.end)
    question, problems = fitted(
        FoundQuestion(
            prompt=mark.text,
            line=mark.start + 1,
            category=body.category or span.category,
            answer=body.answer,
            follow_ups=tuple(dict.fromkeys(body.follow_ups)),
            difficulty=mark.difficulty or body.difficulty or span.difficulty,
            tags=body.tags,
            source=" ".join(dict.fromkeys(mark.line.links)),
        )
    )
    return question, problems


def _use(document: Document, ledger: Ledger, start: int, end: int) -> None:
    """Claim the lines of a question; silent ones inside keep their fate."""
    for number in range(start, min(end, len(document.lines))):
        if not ledger.is_silent(number):
            ledger.use(number, number + 1)
