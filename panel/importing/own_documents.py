"""This program's own documents, checked as hand-written files are: one category with its questions, or the bank."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from panel.content import explain
from panel.domain.questions import Category, FiledQuestion
from panel.importing.found import FoundQuestion, Problem, Reading
from panel.importing.ledger import quoted
from panel.importing.source_lines import SourceLines


def is_own(data: Any) -> bool:
    """Whether this has the shape of a file of the question bank, or of the whole bank."""
    if not isinstance(data, dict):
        return False
    if isinstance(data.get("category"), dict):
        return isinstance(data.get("questions"), list)
    categories = data.get("categories")
    if not isinstance(categories, list):
        return False
    questions = [each for one in categories if isinstance(one, dict) for each in _listed(one.get("questions"))]
    return any(isinstance(each, dict) and "prompt" in each and "key" in each for each in questions)


def read_own(data: Mapping[str, Any], kind: str, lines: SourceLines) -> Reading:
    """Read the questions that are right; each that is not becomes a problem naming its field."""
    questions: list[FoundQuestion] = []
    problems: list[Problem] = []
    if isinstance(data.get("category"), dict):
        _read_category(data["category"], _listed(data["questions"]), lines, questions, problems)
        problems += _strange(data, {"category", "questions"}, lines)
    else:
        for each in data["categories"]:
            if not isinstance(each, dict):
                problems.append(Problem(lines.now, quoted(str(each)), "A category is a table with a key and a name."))
                continue
            about = {key: value for key, value in each.items() if key != "questions"}
            _read_category(about, _listed(each.get("questions")), lines, questions, problems)
        problems += _strange(data, {"categories"}, lines)
    return Reading(kind, tuple(questions), tuple(problems))


def _read_category(
    about: Mapping[str, Any],
    entries: Sequence[Any],
    lines: SourceLines,
    questions: list[FoundQuestion],
    problems: list[Problem],
) -> None:
    reason = _why_not(Category, dict(about), "category")
    home = None if reason else Category.model_validate(about)
    name = home.name if home else str(about.get("name") or about.get("key") or "")[:120]
    if reason:
        problems.append(Problem(lines.now, quoted(name), reason, name))
    seen: set[str] = set()
    for number, entry in enumerate(entries, start=1):
        prompt = entry.get("prompt") if isinstance(entry, dict) else None
        line = lines.of(prompt if isinstance(prompt, str) else None)
        reason = _why_not(FiledQuestion, entry, f"question {number}")
        key = entry.get("key") if isinstance(entry, dict) else None
        if not reason and key in seen:
            reason = f"question {number}: the key {key!r} is used twice; give each question its own."
        if reason:
            problems.append(Problem(line, quoted(str(prompt or entry)), reason, name))
            continue
        seen.add(str(key))
        filed = FiledQuestion.model_validate(entry)
        questions.append(_found(filed, name, home, line, says_state="state" in entry))


def _found(filed: FiledQuestion, category: str, home: Category | None, line: int, *, says_state: bool) -> FoundQuestion:
    """A document that does not name a question's state leaves it to whoever brings it in."""
    return FoundQuestion(
        prompt=filed.prompt,
        line=line,
        category=category,
        answer=filed.answer,
        follow_ups=filed.probes,
        difficulty=filed.difficulty,
        competency=filed.competency,
        minutes=filed.minutes,
        tags=filed.tags,
        strong=filed.strong,
        weak=filed.weak,
        source=filed.source,
        key=filed.key,
        anchors=filed.anchors,
        state=filed.state if says_state else None,
        leaked=filed.leaked,
        home=home,
    )


def _why_not(model: type[BaseModel], data: Any, name: str) -> str:
    """What is wrong with an entry, as one text; empty when it is right."""
    if not isinstance(data, dict):
        return f"{name}: is not a table of fields."
    try:
        model.model_validate(data)
    except ValidationError as error:
        return explain(name, data, error)
    return ""


def _strange(data: Mapping[str, Any], known: set[str], lines: SourceLines) -> list[Problem]:
    return [
        Problem(1, quoted(f"{key}: {data[key]}"), f"{key!r} is not a known field; check its spelling or remove it.")
        for key in data
        if key not in known
    ]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
