"""Found questions within the limits of the bank. What does not fit is said, never cut without a word."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from panel.importing.found import FoundQuestion, Problem
from panel.importing.ledger import quoted

PROMPT = 1000
ANSWER = 20_000
FOLLOW_UPS = 8
FOLLOW_UP = 1000
NAME = 120
NAMED = 80  # characters of a prompt by which a problem names its question
SIGNS = 8
TAGS = 12
SOURCE = 2000
MINUTES = range(1, 61)


def fitted(found: FoundQuestion) -> tuple[FoundQuestion | None, list[Problem]]:
    """The question as the bank can hold it (None when its prompt cannot), and a problem for each part left out."""
    if len(found.prompt) > PROMPT:
        return None, [_problem(found, found.prompt, _too_long("question", len(found.prompt), PROMPT))]
    problems: list[Problem] = []
    changes: dict[str, Any] = {"follow_ups": _follow_ups(found, problems)}
    if len(found.answer) > ANSWER:
        problems.append(_problem(found, found.answer, _too_long("answer", len(found.answer), ANSWER)))
        changes["answer"] = ""
    changes["category"] = _name(found, "category", found.category, problems)
    changes["competency"] = _name(found, "competency", found.competency, problems)
    changes["tags"] = _few(found, "tags", found.tags, TAGS, NAME, problems)
    changes["strong"] = _few(found, "signs of a strong answer", found.strong, SIGNS, FOLLOW_UP, problems)
    changes["weak"] = _few(found, "signs of a weak answer", found.weak, SIGNS, FOLLOW_UP, problems)
    if len(found.source) > SOURCE:
        problems.append(_problem(found, found.source, _too_long("source", len(found.source), SOURCE)))
        changes["source"] = ""
    if found.minutes is not None and found.minutes not in MINUTES:
        problems.append(_problem(found, str(found.minutes), "Minutes are a whole number from 1 to 60."))
        changes["minutes"] = None
    return replace(found, **changes), problems


def all_fitted(found: Sequence[FoundQuestion]) -> tuple[list[FoundQuestion], list[Problem]]:
    questions: list[FoundQuestion] = []
    problems: list[Problem] = []
    for each in found:
        question, beside = fitted(each)
        questions += [question] if question else []
        problems += beside
    return questions, problems


def _follow_ups(found: FoundQuestion, problems: list[Problem]) -> tuple[str, ...]:
    """The first follow-ups that fit; the others become one problem that names their question."""
    kept = [each for each in found.follow_ups if len(each) <= FOLLOW_UP][:FOLLOW_UPS]
    rest = [each for each in found.follow_ups if each not in kept]
    if rest:
        more = "more" if len(found.follow_ups) > FOLLOW_UPS else "longer"
        limit = f"{FOLLOW_UPS} of {FOLLOW_UP:,} characters each"
        reason = f'"{_named(found.prompt)}" has {more} follow-ups than the bank holds: {limit}. These were left out.'
        problems.append(_problem(found, "\n".join(rest), reason))
    return tuple(kept)


def _named(prompt: str) -> str:
    return prompt if len(prompt) <= NAMED else prompt[: NAMED - 1].rstrip() + "…"


def _name(found: FoundQuestion, what: str, text: str, problems: list[Problem]) -> str:
    name = " ".join(text.split())
    if len(name) <= NAME:
        return name
    problems.append(_problem(found, name, _too_long(what, len(name), NAME)))
    return ""


def _few(
    found: FoundQuestion, what: str, texts: tuple[str, ...], count: int, length: int, problems: list[Problem]
) -> tuple[str, ...]:
    short = [each for each in texts if len(each) <= length]
    if len(short) < len(texts) or len(short) > count:
        left_out = [each for each in texts if each not in short[:count]]
        reason = f"A question has at most {count} {what} of {length:,} characters each; these were left out."
        problems.append(_problem(found, "\n".join(left_out), reason))
    return tuple(short[:count])


def _too_long(what: str, length: int, limit: int) -> str:
    return f"The {what} is {length:,} characters long and {limit:,} fit. Shorten it and add it by hand."


def _problem(found: FoundQuestion, text: str, reason: str) -> Problem:
    return Problem(found.line, quoted(text), reason, " ".join(found.category.split())[:NAME])
