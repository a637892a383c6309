"""The text of a cell or of a value -> the field of a found question."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, get_args

from panel.domain.questions import STATE_NAMES, QuestionState
from panel.domain.text import CONTROL
from panel.exporting.cells import unguarded
from panel.importing.columns import LISTS
from panel.importing.decoding import clean
from panel.importing.difficulty import Marks, level_of
from panel.importing.found import FoundQuestion
from panel.importing.wording import asks, unlabelled

BULLET = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+")
KEY = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
STATES: dict[str, QuestionState] = {
    **{state: state for state in get_args(QuestionState)},
    **{name.lower(): state for state, name in STATE_NAMES.items()},
}


def question_from(texts: Mapping[str, str | Sequence[str]], line: int, marks: Marks) -> FoundQuestion:
    """A found question from texts by field. What a field cannot hold (a state that is none, a bad key) stays empty."""
    single = {field: _text(value) for field, value in texts.items()}
    prompt, difficulty = marks.taken_from(" ".join(single.get("prompt", "").split("\n")))
    number = re.search(r"\d+", single.get("minutes", ""))
    key = single.get("key", "").strip()
    lists = {field: _listed(field, texts[field]) if field in texts else () for field in LISTS}
    return FoundQuestion(
        prompt=unlabelled(prompt).text,
        line=line,
        category=" ".join(single.get("category", "").split()),
        answer=single.get("answer", "").strip("\n").rstrip(),
        difficulty=level_of(single.get("difficulty", "")) or difficulty,
        competency=" ".join(single.get("competency", "").split()),
        minutes=int(number[0][:6]) if number else None,
        source=single.get("source", ""),
        key=key if KEY.match(key) and len(key) <= 80 else "",
        state=STATES.get(single.get("state", "").strip().lower()),
        follow_ups=lists["follow_ups"],
        tags=lists["tags"],
        strong=lists["strong"],
        weak=lists["weak"],
        anchors=lists["anchors"],
    )


def cell_text(value: object) -> str:
    """A cell as text: no needless decimals, no guard against formulas, no control characters."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = value if isinstance(value, str) else str(value)
    if CONTROL.search(text) or "\r" in text:
        text = clean(text)
    return unguarded(text).strip()


def _text(value: str | Sequence[str]) -> str:
    if isinstance(value, str):
        return value
    return value[0] if len(value) == 1 else "\n".join(f"- {each}" for each in value)


def _listed(field: str, value: str | Sequence[str]) -> tuple[str, ...]:
    parts = _parts(field, value) if isinstance(value, str) else list(value)
    if field == "anchors":
        return tuple(part.strip() for part in parts)
    stripped = (BULLET.sub("", part).strip() for part in parts)
    return tuple(dict.fromkeys(part for part in stripped if part))


def _parts(field: str, text: str) -> list[str]:
    """The entries of a list in one cell: a JSON list, lines, ` | `, and `; ` or `,` where every piece is one."""
    text = text.strip()
    if text.startswith("["):
        try:
            loaded: Any = json.loads(text)
        except (ValueError, RecursionError):
            loaded = None
        if isinstance(loaded, list):
            return [cell_text(each) for each in loaded]
    for separator in ("\n", " | ", "|"):
        if separator in text:
            return text.split(separator)
    if field == "tags":
        return re.split(r"[;,]", text)
    pieces = re.split(r";\s+|(?<=\?)\s+(?=[A-Z])" if field == "follow_ups" else r";\s+", text)
    return pieces if len(pieces) > 1 and all(asks(piece) or piece[:1].isupper() for piece in pieces) else [text]
