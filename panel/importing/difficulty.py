"""Marks of difficulty: words and emoji in other people's documents -> introductory, intermediate, advanced."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from panel.domain.questions import DIFFICULTIES, Difficulty

EASY = """
    easy simple basic basics beginner beginners introductory intro elementary fundamental fundamentals junior entry
    entry-level fresher freshers novice starter trivial leicht einfach anfänger facile débutant fácil principiante
"""
MEDIUM = """
    medium intermediate moderate mid middle mid-level normal average regular mittel moyen moyenne intermédiaire
    intermedio
"""
HARD = """
    hard difficult advanced expert experts senior complex challenging tough experienced pro schwer fortgeschritten
    difficile avancé difícil avanzado
"""
WORDS: dict[str, Difficulty] = {
    word: level for level, words in zip(DIFFICULTIES, (EASY, MEDIUM, HARD), strict=True) for word in words.split()
}
NUMBERS: dict[str, Difficulty] = {"1": "introductory", "2": "intermediate", "3": "advanced"}
LETTERS: dict[str, Difficulty] = {"e": "introductory", "m": "intermediate", "h": "advanced"}
EMOJI: dict[str, Difficulty] = {
    **dict.fromkeys("👶🟢🌱🐣🐥🍼🥉🟩😀🙂💚", DIFFICULTIES[0]),
    **dict.fromkeys("🟡🟠🌿🥈🟨🟧💛🧡", DIFFICULTIES[1]),
    **dict.fromkeys("🔴🚀🔥🌳💀🥇🌶🟥🧠🏆💪", DIFFICULTIES[2]),
}
LONGEST_MARKED = 2000  # characters of a text whose ends may hold a mark
LONGEST_STATED = 100
JOINERS = "\ufe0f\ufe0e\u200d\u200b"
STAR = "⭐🌟★"
PICTURE = re.compile(
    "[\U0001f300-\U0001faff\u2600-\u27bf\u2b00-\u2bff\u2190-\u21ff\u23e9-\u23fa][" + JOINERS + "\U0001f3fb-\U0001f3ff]*"
)
WORD = "|".join(sorted(map(re.escape, WORDS), key=len, reverse=True))
LEVEL = rf"(?P<word>{WORD})(?:[\s-]+(?:level|lvl|difficulty|questions?))?"
IN_BRACKETS = rf"[(\[{{<`]+\s*(?:(?:difficulty|level)\s*[:=-]\s*)?{LEVEL}\s*[)\]}}>`]+"
OPENING = re.compile(rf"^\s*{IN_BRACKETS}\s*[:–—-]?\s*", re.IGNORECASE)
CLOSING = re.compile(rf"\s*[–—-]?\s*{IN_BRACKETS}\W*$", re.IGNORECASE)
LETTERED = re.compile(r"^\s*[(\[](?P<word>[EMH])[)\]]\s*|\s*[(\[](?P<last>[EMH])[)\]]\s*$")
LEADING = re.compile(rf"^\s*{LEVEL}\s*[:|–—-]\s+", re.IGNORECASE)
TRAILING = re.compile(rf"\s+[|–—-]+\s*(?:(?:difficulty|level)\s*[:=]\s*)?{LEVEL}\s*$", re.IGNORECASE)
STATED = re.compile(
    r"^[\s>*_#|-]*(?:difficulty|level|seniority)[\s*_]*[:=][\s*_`]*(?P<said>.+?)[\s*_`|.]*$", re.IGNORECASE
)
# In a heading, `Basic` and the like name a subject as often as a level.
LEVEL_WORDS = """
    easy beginner beginners junior entry-level fresher freshers novice intermediate medium mid-level middle
    advanced hard difficult expert experts senior experienced leicht mittel schwer
"""
HEADING_WORD = "|".join(sorted(LEVEL_WORDS.split(), key=len, reverse=True))
HEADING = re.compile(
    rf"^\W*(?:(?P<word>{HEADING_WORD})(?:\W+(?:level|questions?|interview|developers?|engineers?|candidates?))*"
    rf"|(?:level|difficulty|part)?\W*(?:questions?\W*)?(?:for|[:–—-])\W*(?P<last>{HEADING_WORD})(?:\W*level)?)\W*$",
    re.IGNORECASE,
)
LEGEND_WORD = re.compile(rf"\b({WORD})\b", re.IGNORECASE)


@dataclass(frozen=True)
class Marks:
    """How this document marks difficulty: its own legend of emoji, and whether it uses the letters [E] [M] [H], and
    stars in different numbers (one star everywhere only decorates).
    """

    legend: dict[str, Difficulty] = field(default_factory=dict)
    letters: bool = False
    stars: bool = False

    def taken_from(self, text: str) -> tuple[str, Difficulty | None]:
        """The text without its mark, and the level. Of several marks the hardest counts."""
        if len(text) > LONGEST_MARKED:
            return text, None
        text, found = self._emoji(text)
        plain = (OPENING, CLOSING, LEADING, TRAILING)
        for pattern in (*plain, LETTERED) if self.letters else plain:
            match = pattern.search(text)
            if match is None:
                continue
            rest = f"{text[: match.start()].rstrip()} {text[match.end() :].lstrip()}".strip()
            if rest:
                word = (match["word"] or match["last"]) if pattern is LETTERED else match["word"]
                found.append(LETTERS[word.lower()] if pattern is LETTERED else WORDS[word.lower()])
                text = rest
        return text, max(found, key=DIFFICULTIES.index) if found else None

    def _emoji(self, text: str) -> tuple[str, list[Difficulty]]:
        """Emoji at either end go with what they say; within the text they stay."""
        found: list[Difficulty] = []
        stars = 0
        while (match := re.search(rf"(?:{PICTURE.pattern}|[★☆])\s*$", text)) or (match := _leading(text)):
            sign = bare(match[0])
            if sign not in self.legend and sign not in EMOJI and sign not in STAR + "☆":
                break
            stars += sign in STAR and sign not in self.legend
            found += [self.legend.get(sign) or EMOJI[sign]] if sign in self.legend or sign in EMOJI else []
            text = text[: match.start()] + text[match.end() :]
            text = text.strip().strip(JOINERS).strip()
        if stars and self.stars:
            found.append(NUMBERS[str(min(stars, 3))])
        return text, found


def _leading(text: str) -> re.Match[str] | None:
    return re.match(rf"\s*(?:{PICTURE.pattern}|[★☆])\s*", text)


def bare(sign: str) -> str:
    """An emoji without what only joins or colours it."""
    return sign.strip().strip(JOINERS)[:1]


def is_legend(text: str) -> bool:
    """Whether a line explains marks: two or more emoji, each beside a word of difficulty."""
    return len(legend_in(text)) >= 2


def legend_in(text: str) -> dict[str, Difficulty]:
    """`👶 easy ⭐ medium 🚀 expert` -> what each emoji means; the word may stand before or after its emoji."""
    signs = [(match.start(), bare(match[0])) for match in PICTURE.finditer(text)]
    words = [(match.start(), WORDS[match[1].lower()]) for match in LEGEND_WORD.finditer(text)]
    if len(signs) < 2 or len(signs) != len(words):
        return {}
    return {sign: level for (_, sign), (_, level) in zip(signs, words, strict=True)}


def marks_of(lines: Iterable[str]) -> Marks:
    """The marks that a document uses; its lines may be many, so only those that could say something are looked at."""
    legend: dict[str, Difficulty] = {}
    letters: list[str] = []
    stars: set[int] = set()
    for line in lines:
        if len(line) > 1000:
            continue
        if not line.isascii():
            legend = legend or legend_in(line)
            stars.add(sum(line.count(each) for each in STAR))
        if "[" in line or "(" in line:
            letters += [each.upper() for each in re.findall(r"(?:^|\s)[(\[]([EMH])[)\]](?:\s|$)", line)]
    return Marks(legend, len(letters) >= 3 and len(set(letters)) >= 2, len(stars - {0}) >= 2)


def stated(line: str) -> Difficulty | None:
    """`Difficulty: medium` or `Level: Senior` on a line of its own."""
    match = STATED.match(line.strip()) if len(line.strip()) <= LONGEST_STATED else None
    return level_of(match["said"]) if match else None


def level_of(text: str) -> Difficulty | None:
    """The level that a cell or a label names: `Hard`, `Junior level`, `2`, `⭐⭐`."""
    words = re.findall(r"[\w-]+", text.lower())
    for word in words:
        if word in WORDS:
            return WORDS[word]
    if len(words) == 1 and words[0] in NUMBERS:
        return NUMBERS[words[0]]
    if len(words) == 1 and words[0] in LETTERS:
        return LETTERS[words[0]]
    return Marks(stars=True).taken_from(f"x {text}")[1] if text.strip() else None


def of_heading(title: str) -> Difficulty | None:
    """The level of a heading that is nothing but a level: `Beginner`, `Advanced questions`, `Questions for seniors`."""
    match = HEADING.match(title)
    return WORDS[(match["word"] or match["last"]).lower()] if match else None
