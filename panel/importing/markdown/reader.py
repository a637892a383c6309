"""A Markdown document -> its questions, with every line accounted for."""

import re
from dataclasses import replace

from panel.importing.asides import says_farewell
from panel.importing.bodies import is_rule
from panel.importing.difficulty import Marks, marks_of
from panel.importing.fitting import fitted
from panel.importing.found import FoundQuestion, Problem, Reading
from panel.importing.ledger import Ledger
from panel.importing.markdown.answers import body_of
from panel.importing.markdown.blocks import Document
from panel.importing.markdown.contents import pass_over
from panel.importing.markdown.folds import Fold, folds_of, without_tags
from panel.importing.markdown.marks import Finder
from panel.importing.markdown.passing import pass_marks
from panel.importing.markdown.patterns import choose
from panel.importing.markdown.question_tables import questions_in_tables
from panel.importing.markdown.spans import Span, ends_of, spans_of

INTRODUCTION = "Stands before the first question; not a question."
SCRIPT = "A script or an embedded page; left out."
SCRIPTS = re.compile(r"^\s*</?(?:script|style|iframe|object|embed|form|input|button|meta|link)\b", re.IGNORECASE)


def read_markdown(source: str) -> Reading:
    """Read Markdown source, decoded and clean."""
    document = Document(source)
    ledger = Ledger(document.lines)
    questions, beside = _read(document, ledger)
    problems = sorted([*ledger.problems(), *beside], key=lambda problem: problem.line)
    return Reading("Markdown", tuple(questions), tuple(problems))


def _read(document: Document, ledger: Ledger) -> tuple[list[FoundQuestion], list[Problem]]:
    for block in document.walk():
        if block.kind == "html" and SCRIPTS.match(block.content):
            ledger.leave_out(block.start, block.end, SCRIPT)
    folds = folds_of(document)
    signs = marks_of(document.lines)
    marks = Finder(document, signs, folds).marks()
    titles = [mark.text for mark in marks if mark.form in {"heading", "bold", "labelled", "fold"}]
    contents = pass_over(document, ledger, titles)
    ends = ends_of(document, marks)
    passed = pass_marks(ledger, marks, ends, contents)
    choice = choose(document, ledger, marks, passed, ends)
    spans, named = spans_of(document, marks, choice, passed)
    if spans:
        spans[-1] = replace(spans[-1], end=_before_farewell(document, spans[-1]))
    found: list[FoundQuestion] = []
    problems: list[Problem] = []
    for span in spans:
        question, beside = _question(document, ledger, signs, span)
        found += [question] if question else []
        problems += beside
    for fold in folds:
        _silence_tags(document, ledger, fold)
    in_tables, beside = questions_in_tables(document, ledger, marks)
    for mark in marks:
        if mark.start in named and mark.form in {"heading", "item", "bold"}:
            ledger.use(mark.start, mark.end)
    found = sorted([*found, *in_tables], key=lambda question: question.line)
    ledger.aside_free(0, found[0].line - 1 if found else 0, INTRODUCTION)
    return found, [*problems, *beside]


def _before_farewell(document: Document, last: Span) -> int:
    """Where the last question ends: at a rule below which the document only takes leave of its reader."""
    rules = [n for n in range(last.mark.end, last.end) if n not in document.code and is_rule(document.lines[n])]
    if not rules:
        return last.end
    below = " ".join(line.strip(" *_>#") for line in document.lines[rules[-1] + 1 : last.end]).strip()
    return rules[-1] if says_farewell(below) else last.end


def _question(
    document: Document, ledger: Ledger, signs: Marks, span: Span
) -> tuple[FoundQuestion | None, list[Problem]]:
    mark = span.mark
    if span.doubt:
        ledger.aside(mark.start, span.end, span.doubt, span.category, alone=True)
        return None, []
    body = body_of(document, ledger, signs, mark, span.end)
    _use(document, ledger, mark.start, span.end)
    question, problems = fitted(
        FoundQuestion(
            prompt=mark.text,
            line=mark.start + 1,
            category=body.category or span.category,
            answer=body.answer,
            follow_ups=tuple(dict.fromkeys(body.follow_ups)),
            difficulty=mark.difficulty or body.difficulty or span.difficulty,
            competency=body.competency,
            minutes=body.minutes,
            tags=body.tags,
            strong=tuple(dict.fromkeys(body.strong)),
            weak=tuple(dict.fromkeys(body.weak)),
            source=" ".join(dict.fromkeys(mark.line.links)),
            state=body.state,
        )
    )
    return question, problems


def _silence_tags(document: Document, ledger: Ledger, fold: Fold) -> None:
    """The lines before a summary and at the end of a fold that are nothing but tags."""
    for number in (fold.start - 1, fold.end):
        if 0 <= number < len(document.lines) and not without_tags(document.lines[number]):
            ledger.silence(number, number + 1, "fold")


def _use(document: Document, ledger: Ledger, start: int, end: int) -> None:
    """Claim the lines of a question; silent ones inside keep their fate."""
    for number in range(start, min(end, len(document.lines))):
        if not ledger.is_for_no_answer(number):
            ledger.use(number, number + 1)
