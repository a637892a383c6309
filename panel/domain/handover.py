"""A handover: facts for whoever meets the candidate next. No ratings, and no adjectives about the person."""

import re
from datetime import datetime

from pydantic import BaseModel, ConfigDict

LONGEST_HANDOVER = 1000

LEVEL = r"[^\w.!?]{0,6}(?:[1-7]|one|two|three|four|five|six|seven)\b"  # "4", ": **4**", "-four"
WHOM = r"(?:\s+(?:it|her|him|them|that|this|the|answer|candidate|as|an?|at|of|with))*"
CLAUSE_ENDS = r"(?=\s*(?:$|[^\w\s]|\s(?:on|for|in|at|and|but|because|overall|so|out)\b))"
SEVERAL = r"(?!\s+(?!(?:points|stars|marks|always|across|this)\b)[a-z]{2,}s\b)"  # "4 of 5 services" counts things
TECHNICAL = (
    r"(?!(?:[\s/-]*(?:and|or)?\s*L\d)?[\s-]+(?:regulari|norm|loss|penalt|distance|error|cache|load|balanc|proxy|"
    r"proxies|layer|switch|traffic|support))"
)

# What tells a rating or a recommendation, whatever stands around it.
NAMING = r"levels?|scor(?:es?|ed|ing)|grad(?:es?|ed|ing)|rat(?:ed|ing)|rates?(?=\s+(?:it|her|him|them|this|the)\b)"
LEVEL_NAMED = rf"\b(?:{NAMING}){WHOM}{LEVEL}"
LEVEL_GIVEN = rf"\b(?:give|gave|given){WHOM}(?!\W*one\b){LEVEL}{CLAUSE_ENDS}"
LEVEL_IN_SHORT = rf"\bL-?[4-7]\b{TECHNICAL}|\b(?:Q|question )\d{{1,2}}\s?(?:[:=→]|->)\s?[1-7]\b"
OF_FIVE = r"\b[1-7](?:[.,]5)?\s?/\s?(?:[3-7]|10)\b"
IN_FAVOUR = r"\b(?:strong|clear|leaning|definite)\s+(?:yes|no|hire)\b|\bthumbs (?:up|down)\b|\btop marks?\b"
HIRING = r"\b(?:no[- ]|(?:is|be|not|definitely|clearly) a )hire\b|\b(?:would|should|do|did)(?: not|n[’']t)? hire\b"
GOING_ON = r"\b(?:would|should|will)(?: not|n[’']t)? move (?:\w+ )?forward\b"
RATING = re.compile(
    "|".join((LEVEL_NAMED, LEVEL_GIVEN, LEVEL_IN_SHORT, OF_FIVE, IN_FAVOUR, HIRING, GOING_ON)),
    re.IGNORECASE,
)

# What tells one in some sentences and a fact in others.
SOME_OF_SOME = rf"\b[1-7](?:[.,]5)?\s+(?:out\s+)?of\s+(?:[3-7]|10)\b{SEVERAL}"
LOW_IN_SHORT = rf"\bL-?[1-3]\b{TECHNICAL}"  # a level, or a cache or a norm
SOMEBODY_GIVEN = rf"\b(?:rated|scored|graded|gave)(?:\s+[\w’'-]+){{1,2}}\s+[1-7]\b{SEVERAL}"
RECOMMENDED = r"\brecommend(?:s|ed|ing|ations?)?\b(?! (?:system|engine|model))"
REJECTED = r"\breject(?:s|ed|ing|ions?)?\b"
WENT_ON = r"\bmov(?:e|es|ed|ing) (?:\w+ )?forward\b"
PERHAPS_RATING = re.compile(
    "|".join((SOME_OF_SOME, LOW_IN_SHORT, SOMEBODY_GIVEN, RECOMMENDED, REJECTED, WENT_ON)), re.IGNORECASE
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
    return _first(RATING, text)


def perhaps_told_rating(text: str) -> str:
    """The first words of a text that tell a rating or a recommendation in some sentences; empty when none do."""
    return _first(PERHAPS_RATING, text)


def judging_words(text: str) -> tuple[str, ...]:
    """The words of a text that judge rather than report, each once, as they stand there."""
    found = {word.casefold(): word for word in WORD.findall(text) if word.casefold() in JUDGING}
    return tuple(found.values())


def _first(told: re.Pattern[str], text: str) -> str:
    found = told.search(text)
    return found[0] if found else ""
