"""A handover: facts for whoever meets the candidate next. No ratings, and no adjectives about the person."""

import re
from datetime import datetime

from pydantic import BaseModel, ConfigDict

LONGEST_HANDOVER = 1000

# What tells a rating or a recommendation, in the words people use for them.
RATING = re.compile(
    r"\b(?:level|scored?|rat(?:ed?|ing)|graded?)\b[\s:=]*(?:(?:it|her|him|them|as|a|an|at|this)\s+)*[1-7]\b"
    r"|\b[1-7](?:[.,]5)?\s*(?:/|out of)\s*(?:[3-7]|10)\b"
    r"|\b(?:strong|clear|leaning|definite)\s+(?:yes|no|hire)\b"
    r"|\bno[- ]hire\b|\bthumbs (?:up|down)\b|\b(?:would|should|do|did)(?: not|n[’']t)? hire\b"
    r"|\brecommend(?:ed|ing|ation)?\b(?! (?:system|engine|model))|\breject(?:ed|ion)?\b",
    re.IGNORECASE,
)

JUDGING = frozenset(
    """
    amazing arrogant articulate awful bad bright brilliant capable careless charming cold confident confused difficult
    disappointing dull eager excellent fantastic friendly genius good great hesitant impressive incompetent
    inexperienced insecure intelligent junior lazy likeable mediocre nervous nice outstanding passionate poor quiet rude
    senior sharp shy slow smart solid strong stubborn superb talented terrible unimpressive unprepared vague warm weak
    wonderful
    """.split()  # noqa: SIM905 - a list of sixty quoted words reads worse
)
WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


class Handover(BaseModel):
    """What one interviewer tells the next about a candidate. `sent_at` is naive UTC."""

    model_config = ConfigDict(frozen=True)

    scorecard_id: str
    candidate_id: str
    text: str
    version: int
    sent_at: datetime


def told_rating(text: str) -> str:
    """The first words of a text that tell a rating or a recommendation; empty when none do."""
    found = RATING.search(text)
    return found[0] if found else ""


def judging_words(text: str) -> tuple[str, ...]:
    """The words of a text that judge rather than report, each once, as they stand there."""
    found = {word.casefold(): word for word in WORD.findall(text) if word.casefold() in JUDGING}
    return tuple(found.values())
