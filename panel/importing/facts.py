"""The line below a prompt that says what the question measures, how hard it is and how long it takes."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from panel.domain.questions import STATE_NAMES, Difficulty, QuestionState
from panel.importing.difficulty import WORDS

LONGEST = 300  # characters of such a line
BETWEEN = re.compile(r"\s+[·•|]\s+")
EMPHASIS = re.compile(r"^\s*([*_]{1,3})(?=\S)(?P<inside>.*\S)\1\s*$")
MINUTES = re.compile(r"^(?:about\s+|ca?\.?\s*|~\s*)?(\d{1,3})\s*(?:min(?:s|ute[ns]?|utos?)?\.?|['’′])$", re.IGNORECASE)
STATES: dict[str, QuestionState] = {name.lower(): state for state, name in STATE_NAMES.items()}


@dataclass(frozen=True)
class Facts:
    """What the line says; empty and None where it says nothing."""

    competency: str = ""
    difficulty: Difficulty | None = None
    minutes: int | None = None
    state: QuestionState | None = None


def facts_in(line: str, text_of: Callable[[str], str]) -> Facts | None:
    """Read `*Teamwork · advanced · 6 min*`; None when the line is anything else.

    It names minutes, or a difficulty beside something else. One piece that is neither them nor a state is the
    competency, if it stands first. `text_of` makes plain text of Markdown.
    """
    if len(line) > LONGEST:
        return None
    emphasised = EMPHASIS.match(line)
    pieces = [text_of(piece) for piece in BETWEEN.split(emphasised["inside"] if emphasised else line.strip())]
    if len(pieces) > 4 or (len(pieces) == 1 and not emphasised):
        return None
    minutes = [int(found[1]) for found in map(MINUTES.match, pieces) if found]
    levels = [level for level in map(_level, pieces) if level]
    states = [STATES[piece.lower()] for piece in pieces if piece.lower() in STATES]
    others = [piece for piece in pieces if not _is_known(piece)]
    if len(minutes) > 1 or len(levels) > 1 or len(states) > 1 or others not in ([], pieces[:1]):
        return None
    if not minutes and not (levels and emphasised and len(pieces) > 1):
        return None
    return Facts(
        competency=others[0] if others else "",
        difficulty=levels[0] if levels else None,
        minutes=minutes[0] if minutes else None,
        state=states[0] if states else None,
    )


def _level(piece: str) -> Difficulty | None:
    return WORDS.get(piece.lower().removesuffix(" level"))


def _is_known(piece: str) -> bool:
    return bool(MINUTES.match(piece)) or _level(piece) is not None or piece.lower() in STATES
