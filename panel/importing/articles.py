"""Plain-text articles -> questions: headings, questions and answers told apart by wording, labels and blank lines."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from textwrap import dedent
from typing import Literal

from panel.importing.article_choice import choose
from panel.importing.article_units import Unit, units_of
from panel.importing.asides import calls_the_reader, closes_the_document, is_for_the_reader, is_perhaps_for_the_reader
from panel.importing.bodies import Body, SourceLine, as_follow_up, fill, one_line
from panel.importing.difficulty import is_legend, marks_of, of_heading
from panel.importing.fitting import fitted
from panel.importing.found import FoundQuestion, Problem, Reading
from panel.importing.ledger import Ledger
from panel.importing.names import category_name, names_no_subject

INTRODUCTION = "Stands before the first question; not a question."
BETWEEN = "Stands between the questions; part of none."
ADVICE = "Advice for the reader, not a question."
CALL = "A call to the reader, an advert or a form; not part of an answer."
CLOSING = "Closes the article; not part of an answer."
LEGEND = "Explains the marks of difficulty."


@dataclass
class _Passage:
    """Units `first` to `last` (inclusive) with one role; a question's passage includes what stands below it."""

    role: Literal["question", "category", "aside"]
    first: int
    last: int
    reason: str = ""
    category: str = ""
    alone: bool = False


def read_article(source: str) -> Reading:
    """Read plain text, decoded and clean."""
    lines = source.split("\n")
    ledger = Ledger(lines)
    units = units_of(lines, marks_of(lines))
    questions: list[FoundQuestion] = []
    beside: list[Problem] = []
    level = None
    for passage in _passages(units):
        first, last = units[passage.first], units[passage.last]
        if passage.role == "aside":
            ledger.aside(first.start, last.end, passage.reason, passage.category, alone=passage.alone)
            continue
        ledger.use(first.start, last.end)
        if passage.role == "category":
            level = of_heading(first.text)
            continue
        found = _question(lines, first, last.end, passage.category)
        question, problems = fitted(found if found.difficulty else replace(found, difficulty=level))
        questions += [question] if question else []
        beside += problems
    problems = sorted([*ledger.problems(), *beside], key=lambda problem: problem.line)
    return Reading("article", tuple(questions), tuple(problems))


def _passages(units: Sequence[Unit]) -> list[_Passage]:
    """The article in order; what stands below a question belongs to it until something else begins."""
    chosen, doubtful = choose(units)
    passages: list[_Passage] = []
    category, reason = "", INTRODUCTION
    asked = False
    for at, unit in enumerate(units):
        is_open = bool(passages) and passages[-1].role == "question"
        if at in chosen:
            passages.append(_Passage("question", at, at, category=category))
            asked, reason = True, BETWEEN
        elif at in doubtful:
            reason = doubtful[at]
            passages.append(_Passage("aside", at, at, reason, category, alone=True))
        elif calls_the_reader(unit.text) or is_legend(unit.text):
            reason = LEGEND if is_legend(unit.text) else CALL if asked else INTRODUCTION
            passages.append(_Passage("aside", at, at, reason, category))
        elif unit.is_heading and is_for_the_reader(unit.text):
            category, reason = "", ADVICE
            passages.append(_Passage("aside", at, at, reason))
        elif unit.is_heading and _heads_questions(units, at, chosen):
            name = category_name(unit.text)
            category = "" if names_no_subject(name) else name
            passages.append(_Passage("category", at, at))
            reason = BETWEEN if asked else INTRODUCTION
        elif unit.is_heading and is_perhaps_for_the_reader(unit.text) and not is_open:
            category, reason = "", ADVICE
            passages.append(_Passage("aside", at, at, reason))
        elif asked and reason != ADVICE and unit.blank_before and closes_the_document(unit.text):
            category, reason = "", CLOSING
            passages.append(_Passage("aside", at, at, reason))
        elif is_open or (passages and passages[-1].role == "aside" and passages[-1].reason == reason):
            passages[-1].last = at
        else:
            passages.append(_Passage("aside", at, at, reason, category))
    return passages


def _heads_questions(units: Sequence[Unit], at: int, chosen: set[int]) -> bool:
    """Whether a heading stands right above a question, or plainly is a heading and stands above one with a preface."""
    following = at + 1
    while following < min(at + 5, len(units)) and following not in chosen and units[following].is_heading:
        following += 1
    if following in chosen:
        return following == at + 1  # of several headings in a row, the last is the category
    plainly = units[at].underlined or units[at].shouts or "question" in units[at].text.lower()
    if not plainly:
        return False
    for each in range(following, min(following + 4, len(units))):
        if each in chosen:
            return True
        if units[each].is_heading:
            return False
    return False


def _question(lines: Sequence[str], unit: Unit, end: int, category: str) -> FoundQuestion:
    below = dedent("\n".join(lines[unit.end : end])).split("\n")
    source = [SourceLine(unit.rest)] if unit.rest else []
    source += [SourceLine(line, line.startswith(("    ", "\t"))) for line in below]
    body = fill(Body(), source, as_follow_up, one_line)
    return FoundQuestion(
        prompt=unit.prompt,
        line=unit.start + 1,
        category=body.category or category,
        answer=body.answer,
        follow_ups=tuple(dict.fromkeys(body.follow_ups)),
        difficulty=unit.difficulty or body.difficulty,
        competency=body.competency,
        minutes=body.minutes,
        tags=body.tags,
        strong=tuple(dict.fromkeys(body.strong)),
        weak=tuple(dict.fromkeys(body.weak)),
        state=body.state,
    )
