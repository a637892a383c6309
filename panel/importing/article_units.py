"""The lines of a plain-text article -> units: headings, prompts, answers' paragraphs. Wrapped lines are one unit."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from panel.domain.questions import Difficulty
from panel.importing.difficulty import Marks
from panel.importing.parts import labels_a_part
from panel.importing.wording import (
    PLAIN_TASKS,
    answer_after_label,
    asks,
    ends_asking,
    opens_asking,
    unlabelled,
)

LONGEST_PROMPT = 600  # characters; a longer paragraph is no prompt unless a label says so
LONGEST_HEADING = 90
WRAPPED = 50  # a shorter line that goes on in the next was ended on purpose
SENTENCE_END = re.compile(r"[.!?:;。？！][\s\"'”’»)\]]*$")
BULLET = re.compile(r"^\s*[-*•▪●◦–+]\s+")
UNDERLINE = re.compile(r"^\s*([=\-_~*])\1{2,}\s*$")
INLINE_ANSWER = re.compile(r"(?<=[?.:!？])\s+(?=(?:answer|ans|a|solution)\s*[:：])", re.IGNORECASE)
SMALL_WORDS = "a an and as at but by for from in into of on or the to vs with your you is are"
SMALL = frozenset(SMALL_WORDS.split())


@dataclass(frozen=True)
class Unit:
    """Lines `start` to `end`, from 0. `prompt` is the text without label and mark of difficulty, `rest` an answer that
    follows on the same line. `asks` when the prompt by itself is worded as a question.
    """

    start: int
    end: int
    text: str
    prompt: str
    rest: str
    word: bool
    number: int | None
    difficulty: Difficulty | None
    asks: bool
    blank_before: bool
    blank_after: bool
    underlined: bool
    is_answer: bool

    @property
    def has_label(self) -> bool:
        return self.word or self.number is not None

    @property
    def may_ask(self) -> bool:
        """Whether this could be a prompt at all."""
        return self.word or (len(self.prompt) <= LONGEST_PROMPT and (self.asks or self.number is not None))

    @property
    def stands_alone(self) -> bool:
        """Whether it is set apart as a prompt is: one short sentence or two that end by asking, or set a task."""
        if len(self.prompt) > 300 or BULLET.match(self.text):
            return False
        if ends_asking(self.prompt):
            return self.prompt[:1].isupper() or self.prompt[:1] in "\"'“‘(¿" or self.blank_before
        first = re.match(r"\w+", self.prompt)
        return self.blank_before and self.blank_after and first is not None and first[0].lower() in PLAIN_TASKS

    @property
    def is_heading(self) -> bool:
        """A short line that ends no sentence, in capitals, in title case, underlined, or set apart by blank lines."""
        text = self.text.strip()
        if self.underlined:
            return True
        if not text or len(text) > LONGEST_HEADING or "\n" in text or SENTENCE_END.search(text.rstrip(":")):
            return False
        if BULLET.match(text) or self.is_answer or self.word or not any(char.isalpha() for char in text):
            return False
        return self.shouts or (self.blank_before and (_is_title(text) or (self.blank_after and len(text.split()) <= 6)))

    @property
    def shouts(self) -> bool:
        letters = [char for char in self.text if char.isalpha()]
        return len(letters) >= 4 and all(char.isupper() for char in letters) and len(self.text) <= LONGEST_HEADING


def units_of(lines: Sequence[str], marks: Marks) -> list[Unit]:
    """Lines that belong together as units, without blank lines and underlines."""
    found: list[Unit] = []
    at = 0
    while at < len(lines):
        if not lines[at].strip() or _is_underline(lines, at):
            at += 1
            continue
        end = at + 1
        while end < len(lines) and _goes_on(lines, end):
            end += 1
        found.append(_unit(lines, at, end, marks))
        at = end
    return found


def _goes_on(lines: Sequence[str], at: int) -> bool:
    """Whether a line continues the one above it, as wrapped text does."""
    line, above = lines[at], lines[at - 1]
    if not line.strip() or UNDERLINE.match(line) or BULLET.match(line) or line.startswith((" ", "\t")):
        return False
    if unlabelled(line).has_label or answer_after_label(line) is not None or labels_a_part(line):
        return False
    if SENTENCE_END.search(above) or answer_after_label(above) == "" or BULLET.match(above):
        return False
    return len(above.strip()) >= WRAPPED or line.lstrip()[:1].islower()


def _unit(lines: Sequence[str], start: int, end: int, marks: Marks) -> Unit:
    text = " ".join(" ".join(lines[start:end]).split())
    text_marked, before = marks.taken_from(text) if len(text) <= 2 * LONGEST_PROMPT else (text, None)
    label = unlabelled(text_marked)
    prompt, rest = _split(label.text, labelled=label.has_label)
    prompt, after = marks.taken_from(prompt)
    underlined = end < len(lines) and _is_underline(lines, end)
    return Unit(
        start=start,
        end=end + underlined,
        text=text,
        prompt=prompt,
        rest=rest,
        word=label.word,
        number=label.number,
        difficulty=before or after,
        asks=asks(prompt) if len(prompt) <= LONGEST_PROMPT else False,
        blank_before=start == 0 or not lines[start - 1].strip(),
        blank_after=end + underlined >= len(lines) or not lines[end + underlined].strip(),
        underlined=underlined,
        is_answer=answer_after_label(lines[start]) is not None,
    )


def _split(text: str, *, labelled: bool) -> tuple[str, str]:
    """A prompt and the answer that follows on its line: after a label, or after the question mark of a counted one."""
    parts = INLINE_ANSWER.split(text, maxsplit=1)
    if len(parts) == 2:
        return parts[0].strip(), parts[1]
    last = max(text.rfind("? "), text.rfind("？"))
    rest = text[last + 1 :].strip()
    if labelled and last > 0 and len(rest) > 40 and not opens_asking(rest) and not rest.endswith("?"):
        return text[: last + 1].strip(), rest
    return text, ""


def _is_underline(lines: Sequence[str], at: int) -> bool:
    if at == 0 or not UNDERLINE.match(lines[at]):
        return False
    above = lines[at - 1].strip()
    return bool(above) and len(above) <= LONGEST_HEADING and not UNDERLINE.match(above) and not ends_asking(above)


def _is_title(text: str) -> bool:
    """Whether every word that counts begins with a capital or a digit."""
    words = [word for word in re.findall(r"[^\W_][\w'’.+#-]*", text) if word.lower() not in SMALL]
    return bool(words) and all(word[0].isupper() or word[0].isdigit() for word in words)
