"""The phrases by which the writing aid knows that an anchor speaks of the person, or of two things at once."""

import re

from panel.domain.anchor_words import ANYBODY, DEGREE, PERSONS, TRAIT_NOUNS, TRAITS, VAGUE

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+")
CLAUSES = re.compile(r"[;.\n]|,\s*(?:and|but|or)\b|,|\bbut\b")
QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|„[^“”]*[“”]|«[^»]*»")
THIRD_PERSON = re.compile(r"\w{3,}(?:[^s]s|ed)$")


def _pattern(*parts: str) -> re.Pattern[str]:
    return re.compile("".join(parts), re.IGNORECASE)


def _any_of(words: frozenset[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=lambda each: (-len(each), each))) + ")"


# Knowing that something is so can be heard; knowing a subject cannot.
KNOWS_THAT = _pattern(
    r"\b(?:knows?|understands?|understood) (?:only |\w+ )?(?:that|what|why|how|whether|which|where|when)\b"
)
NEVER_WITHOUT = _pattern(r"\bnever\b(?=[^.;]*\bwithout\b)|\bnever makes\b")
# What the answer claims about the world may be absolute.
CLAIMED = _pattern(r"\b(?:says|claims|believes|thinks|assumes)\b(?: \w+){0,4}? (?:always|perfectly)\b")

HOW = rf"(?:(?:{_any_of(DEGREE)}|too|not|so|\w+ly)\s+)*"
TRAIT = _any_of(TRAITS)
TRAIT_NOUN = _any_of(TRAIT_NOUNS)
JUDGED = _any_of(VAGUE | TRAITS)
SOMEBODY = r"(?:candidate|person|applicant|individual)"
IMPRESSION = r"(?:seems?|appears?|comes? across|looks|sounds)\b(?! (?:at|for|up|into|in|out)\b)"
PERSONAL = (
    _pattern(r"\b(?:cultur(?:e|al)|team|good|great|bad|poor) fit\b"),
    _pattern(r"\bfits? (?:in|the (?:team|culture|company))\b"),
    _pattern(r"\b(?:team player|self-starter|go-getter|rock ?star|quick learner|fast learner|natural leader)\b"),
    _pattern(r"\b(?:one of us|people person|easy to work with|gut feeling|good vibes?|bad vibes?)\b"),
    _pattern(r"\b(?:would|i'd|we'd) (?:not )?(?:hire|enjoy)\b"),
    _pattern(r"(?:^|[.;]\s*|\b(?:candidate|person|applicant|they|he|she)\s+)", IMPRESSION, r"[^,.;]*"),
    _pattern(r"\b(?:comes? across as|gives? the impression|strikes (?:me|us|one) as)\b[^,.;]*"),
    _pattern(rf"\b{JUDGED},?\s+(?:\w+\s+)?{_any_of(PERSONS)}\b"),
    _pattern(rf"^(?:is\s+)?(?:an?\s+)?{HOW}{JUDGED},?\s+(?:\w+\s+)?{_any_of(ANYBODY)}\b"),
    _pattern(
        rf"\b{SOMEBODY}\s+(?:is|was|has|lacks)\s+{HOW}(?:an?\s+)?{HOW}", _any_of(TRAITS | TRAIT_NOUNS | VAGUE), r"\b"
    ),
    _pattern(rf"(?:^|[.;,]\s*|\b(?:they|he|she|who)\s+)(?:is|are|was|were)\s+{HOW}{TRAIT}\b"),
    _pattern(rf"^{HOW}{TRAIT}(?=\s*(?:$|[.,;]|and\b|but\b|in\b|about\b|personality|attitude|manner))"),
    _pattern(
        r"\b(?:has|have|lacks?|shows?|displays?|exhibits?|demonstrates?|radiates|no|little|full of)\s+",
        r"(?:(?!the\b|how\b|what\b)\w+\s+){0,2}?",
        rf"{TRAIT_NOUN}\b(?!\s+(?:interval|level|bound))",
    ),
    _pattern(rf"\b{JUDGED}\s+(?:personality|attitude|mindset|presence|energy|leadership|potential|character)\b"),
    _pattern(r"\b(?:personality|charisma|gravitas|body language|eye contact|accent|well dressed|appearance)\b"),
)

ADJECTIVE = HOW + _any_of(VAGUE - {"well"})
DOUBLE = (
    _pattern(r"\w+\s+and/or\s+\w+"),
    _pattern(rf"\b{ADJECTIVE}\s+(?:and|but|yet|or)\s+{ADJECTIVE}\b"),
)
