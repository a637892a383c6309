"""A question's signs of a strong or weak answer, turned into what an interviewer would jot down.

Signs are sentences in the present tense without a subject ("Names the chain rule and explains …") or quotations.
"""

import re
from functools import lru_cache

NEGATED = {"cannot": "could not", "does not": "did not"}
NEVER_LATER = re.compile(r"(?<=; never )[a-z]+s\b")
NEGATED_LATER = re.compile(r"(?<=[,;] )(cannot|does not)\b|(?<= and )(cannot|does not)\b|(?<= but )(cannot|does not)\b")
IRREGULAR = {
    "begin": "began", "broadcast": "broadcast", "bring": "brought", "choose": "chose", "do": "did", "feed": "fed",
    "find": "found", "forget": "forgot", "get": "got", "give": "gave", "go": "went", "have": "had", "is": "was",
    "keep": "kept", "know": "knew", "let": "let", "lose": "lost", "make": "made", "read": "read",
    "rebuild": "rebuilt", "run": "ran", "say": "said", "see": "saw", "set": "set", "speak": "spoke", "spend": "spent",
    "split": "split", "stick": "stuck", "take": "took", "tell": "told", "think": "thought", "understand": "understood",
}  # fmt: skip
DOUBLED = {"admit", "fit", "pin", "plan", "refit", "ship", "spot", "swap"}
# Told in the past already: what the candidate once did. The base form, for "no word of having …" and the like.
PAST = {
    "asked": "ask", "built": "build", "changed": "change", "checked": "check", "chose": "choose", "found": "find",
    "had": "have", "informed": "inform", "left": "leave", "let": "let", "measured": "measure", "offered": "offer",
    "showed": "show", "tested": "test", "told": "tell", "went": "go", "wrote": "write",
}  # fmt: skip
# Words after "and" or a comma that go on with the same subject; the others there are nouns.
CONTINUING = (
    "accepts|asks|chooses|compares|computes|connects|corrects|derives|describes|expects|explains|feeds|"
    "fits|gives|has|judges|keeps|knows|lets|loses|mentions|names|offers|presents|proposes|recommends|"
    "regards|rejects|reports|reuses|says|sees|settles|shows|spots|starts|takes|ties|uses"
)
CONTINUED = re.compile(rf"(?P<lead>(?:, and|,| and| or|;|, but) )(?P<verb>{CONTINUING})\b")
FURTHER = re.compile(r" and (?P<verb>changes|checks|links)(?P<after> (?:one|whether|it)\b)")
CUT = re.compile(rf"(?:;|,? and (?:{CONTINUING})\b|, (?:and|with|not|but|besides|including|rather|so)\b)")
ALTERNATIVE = re.compile(rf",? or (?:{CONTINUING}|questions whether|by)\b.*(?=\.$)")
VERB = re.compile(r"^[a-z-]+s$")
NOT_VERBS = {"always", "does", "this", "less"}


def is_quotation(sign: str) -> bool:
    return sign.startswith(('"', "“"))


def first_of(sign: str) -> str:
    """Without a second way of showing the same: a candidate showed one of them."""
    return sign if is_quotation(sign) else ALTERNATIVE.sub("", sign)


@lru_cache(maxsize=4096)
def present(sign: str) -> str:
    """As it stands, without capital and full stop."""
    text = sign.rstrip(".").removesuffix('."') + ('"' if sign.rstrip().endswith('."') else "")
    return text if is_quotation(text) or text[:2].isupper() else text[:1].lower() + text[1:]


@lru_cache(maxsize=4096)
def past(sign: str) -> str:
    """In the past tense: "named the chain rule and explained …"."""
    text = present(sign)
    if not is_quotation(text):
        text = NEGATED_LATER.sub(lambda found: NEGATED[found[0]], text)
        text = NEVER_LATER.sub(lambda found: _past_of(found[0]), text)
    for word, then in NEGATED.items():
        if text.startswith(word + " "):
            return then + text.removeprefix(word)
    if text.startswith("never "):
        first, _, rest = text.removeprefix("never ").partition(" ")
        return f"never {_past_of(first) if first.endswith('s') else first} {rest}"
    first, space, rest = text.partition(" ")
    if not _is_verb(first):
        return text
    rest_of_it = FURTHER.sub(lambda found: " and " + _past_of(found["verb"]) + found["after"], space + rest)
    continued = CONTINUED.sub(lambda found: found["lead"] + _past_of(found["verb"]), rest_of_it)
    return _past_of(first) + continued


@lru_cache(maxsize=4096)
def core(sign: str) -> str:
    """The first thing a sign of a strong answer says, when what follows can be left off; otherwise the sign."""
    found = CUT.search(sign)
    if not found or is_quotation(sign) or found.start() < 24:
        return sign
    first = sign[: found.start()]
    return sign if first.count("(") > first.count(")") else first + "."


@lru_cache(maxsize=4096)
def base(sign: str) -> str | None:
    """For after "did not": "name the chain rule". None when the sign cannot be put so."""
    text = present(core(sign))
    first, space, rest = text.partition(" ")
    if first in PAST:
        return None if re.search(r" and \w+ed\b", rest) else PAST[first] + space + rest
    if first == "is" or not _is_verb(first) or CONTINUED.search(space + rest):
        return None
    return _base_of(first) + space + rest


def sentence(text: str) -> str:
    """With a capital and a full stop."""
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", '."', '?"')) else text + "."


def _is_verb(word: str) -> bool:
    return bool(VERB.match(word)) and word not in NOT_VERBS


def _base_of(verb: str) -> str:
    if verb == "has":
        return "have"
    if verb.endswith("ies"):
        return verb[:-3] + "y"
    if verb.endswith(("ches", "shes", "sses", "xes", "goes", "does")):
        return verb[:-2]
    return verb[:-1]


def _past_of(verb: str) -> str:
    if verb == "is":
        return "was"
    stem = _base_of(verb)
    if stem in IRREGULAR:
        return IRREGULAR[stem]
    if stem in DOUBLED:
        return stem + stem[-1] + "ed"
    if stem.endswith("e"):
        return stem + "d"
    if stem.endswith("y") and stem[-2] not in "aeo":
        return stem[:-1] + "ied"
    return stem + "ed"
