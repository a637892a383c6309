"""What stands below a prompt -> its answer as it was written, its follow-ups and what it says of itself."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from panel.domain.questions import Difficulty, QuestionState
from panel.importing.difficulty import stated
from panel.importing.facts import facts_in
from panel.importing.parts import Part, part_after_label
from panel.importing.wording import (
    PLACEHOLDER,
    announces_an_answer,
    answer_after_label,
    asks,
    ends_asking,
    unlabelled,
)

FOLD_TAG = re.compile(r"</?(?:details|summary)\b[^>]*>|^\s*(?:</?(?:b|p|br|div|i)\s*/?>\s*)+$", re.IGNORECASE)
TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
ONLY_SUMMARY = re.compile(r"<summary\b[^>]*>(.*?)</summary>", re.IGNORECASE)
EMPTY_HTML = re.compile(
    r"^(?:\s|[-*+]\s*$|</?(?:br|hr|p|div|center|b|i|em|strong|span|a)\b[^>]*>|&nbsp;)*$", re.IGNORECASE
)
RULE = re.compile(r"^\s{0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})$")
BULLET = re.compile(r"^(\s*)(?:[-*+•]|\d{1,3}[.)])\s+(.*)$")
OPTION_A = re.compile(r"^\s*(?:[-*+]\s+)?A\s*:")  # the first of several choices, not the label of an answer
OPTION_B = re.compile(r"^\s*(?:[-*+]\s+)?B\s*:")
OF_ITSELF = re.compile(
    r"^[\s>*_-]*(?P<what>tags?|topics?|keywords?|category|section)\s*[*_]*\s*:\s*[*_]*(?P<said>.+)$", re.I
)


@dataclass(frozen=True)
class SourceLine:
    """A line below a prompt; what is `code` is kept as it stands and never looked into."""

    text: str
    code: bool = False


@dataclass
class Body:
    """What stands below one prompt."""

    answer: str = ""
    follow_ups: list[str] = field(default_factory=list)
    strong: list[str] = field(default_factory=list)
    weak: list[str] = field(default_factory=list)
    difficulty: Difficulty | None = None
    tags: tuple[str, ...] = ()
    category: str = ""
    competency: str = ""
    minutes: int | None = None
    state: QuestionState | None = None

    def entries(self, part: Part) -> list[str]:
        return {"follow_ups": self.follow_ups, "strong": self.strong, "weak": self.weak}[part]


def fill(body: Body, lines: list[SourceLine], prompt_of: Callable[[str], str], text_of: Callable[[str], str]) -> Body:
    """Read the lines below a prompt; `prompt_of` makes a follow-up of its source, `text_of` any other short text."""
    body.answer = _answer(_Parts(body, prompt_of, text_of).taken_from(lines), body, text_of)
    return body


def is_rule(line: str) -> bool:
    return bool(RULE.match(line))


def one_line(text: str) -> str:
    return " ".join(text.split())


def as_follow_up(text: str) -> str:
    return one_line(unlabelled(text).text)


def _answer(lines: list[SourceLine], body: Body, text_of: Callable[[str], str]) -> str:
    """The lines without labels, wrappers and edges."""
    kept: list[str] = []
    options = any(OPTION_B.match(line.text) for line in lines if not line.code)
    for line in lines:
        text = line.text if line.code else _without_fold_tags(line.text)
        if not line.code and not kept:
            if _is_edge(text) or _says_of_itself(text, body, text_of):
                continue
            after = None if options and OPTION_A.match(text) else answer_after_label(text)
            text = text if after is None else after
        if kept or text.strip():
            kept.append(text)
    while kept and _is_edge(kept[-1]):
        kept.pop()
    text = "\n".join(line if line.endswith("  ") else line.rstrip() for line in kept).rstrip()
    return "" if PLACEHOLDER.match(text) else text


def _is_edge(line: str) -> bool:
    return not line.strip() or bool(EMPTY_HTML.match(line)) or is_rule(line)


def _without_fold_tags(line: str) -> str:
    if "<" not in line:
        return line
    line = ONLY_SUMMARY.sub(_summary, line)
    return FOLD_TAG.sub("", line) if FOLD_TAG.search(line) else line


def _summary(match: re.Match[str]) -> str:
    """A summary that says more than that an answer is folded away stays, as a bold line."""
    text = TAG.sub("", match[1]).strip()
    return "" if announces_an_answer(text) else f"**{text}**"


def _says_of_itself(line: str, body: Body, text_of: Callable[[str], str]) -> bool:
    """`Difficulty: hard`, `Tags: a, b` and `*Teamwork · hard · 5 min*` at the head of an answer belong to the question,
    not to the answer.
    """
    facts = facts_in(line, text_of)
    if facts:
        body.competency, body.minutes, body.state = facts.competency, facts.minutes, facts.state
        body.difficulty = facts.difficulty or body.difficulty
        return True
    level = stated(line)
    if level:
        body.difficulty = level
        return True
    match = OF_ITSELF.match(line) if len(line) < 200 else None
    if not match:
        return False
    said = match["said"].strip(" *_`")
    if match["what"].lower() in {"category", "section"}:
        body.category = said
    else:
        tags = (tag.strip(" *_`#") for tag in re.split(r"[,;|]", said))
        body.tags = tuple(dict.fromkeys(tag for tag in tags if tag))
    return True


class _Parts:
    """Takes the labelled parts out of the lines below a prompt: `Follow-up: …`, and the list below `Sounds strong`."""

    def __init__(self, body: Body, prompt_of: Callable[[str], str], text_of: Callable[[str], str]) -> None:
        self._body = body
        self._read: dict[Part, Callable[[str], str]] = {"follow_ups": prompt_of, "strong": text_of, "weak": text_of}
        self._open: Part | None = None  # the part whose list goes on
        self._entry: list[str] = []  # the source of its last entry, to which wrapped lines belong

    def taken_from(self, lines: list[SourceLine]) -> list[SourceLine]:
        """The lines that belong to no part."""
        kept: list[SourceLine] = []
        for at, line in enumerate(lines):
            if not (self._opens(line, lines[at + 1 :]) or self._goes_on(line)):
                self._close()
                kept.append(line)
        self._close()
        return kept

    def _opens(self, line: SourceLine, below: list[SourceLine]) -> bool:
        found = None if line.code else part_after_label(line.text)
        if found is None:
            return False
        part, after = found
        if after and part == "follow_ups" and not asks(after):
            return False
        if not after and not self._has_entries(part, below):
            return False
        self._close()
        if after:
            self._body.entries(part).append(self._read[part](after))
        else:
            self._open = part
        return True

    def _has_entries(self, part: Part, below: list[SourceLine]) -> bool:
        first = next((line for line in below if line.text.strip()), None)
        return first is not None and not first.code and self._is_entry(part, first.text)

    def _is_entry(self, part: Part, text: str) -> bool:
        return bool(BULLET.match(text)) or (part == "follow_ups" and ends_asking(text))

    def _goes_on(self, line: SourceLine) -> bool:
        if self._open is None or line.code:
            return False
        if not line.text.strip():
            self._finish_entry()
            return True
        bullet = BULLET.match(line.text)
        wraps = not (bullet or is_rule(line.text) or line.text.lstrip().startswith("#"))
        if self._entry and wraps and not (self._open == "follow_ups" and ends_asking(self._entry[-1])):
            self._entry.append(line.text)
        elif self._is_entry(self._open, line.text):
            self._finish_entry()
            self._entry = [bullet[2] if bullet else line.text]
        else:
            return False
        return True

    def _finish_entry(self) -> None:
        if self._entry and self._open:
            text = self._read[self._open]("\n".join(self._entry))
            self._body.entries(self._open).append(text)
        self._entry = []

    def _close(self) -> None:
        self._finish_entry()
        self._open = None
