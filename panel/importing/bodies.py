"""What stands below a prompt -> its answer as it was written, its follow-ups and what it says of itself."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from panel.domain.questions import Difficulty
from panel.importing.difficulty import stated
from panel.importing.wording import (
    PLACEHOLDER,
    announces_an_answer,
    answer_after_label,
    asks,
    ends_asking,
    follow_up_after_label,
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
    difficulty: Difficulty | None = None
    tags: tuple[str, ...] = ()
    category: str = ""


def fill(body: Body, lines: list[SourceLine], prompt_of: Callable[[str], str]) -> Body:
    """Read the lines below a prompt; `prompt_of` makes a follow-up of its source."""
    body.answer = _answer(_labelled_follow_ups(lines, body, prompt_of), body)
    return body


def is_rule(line: str) -> bool:
    return bool(RULE.match(line))


def as_follow_up(text: str) -> str:
    return " ".join(unlabelled(text).text.split())


def _answer(lines: list[SourceLine], body: Body) -> str:
    """The lines without labels, wrappers and edges."""
    kept: list[str] = []
    options = any(OPTION_B.match(line.text) for line in lines if not line.code)
    for line in lines:
        text = line.text if line.code else _without_fold_tags(line.text)
        if not line.code and not kept:
            if _is_edge(text) or _says_of_itself(text, body):
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


def _says_of_itself(line: str, body: Body) -> bool:
    """`Difficulty: hard` and `Tags: a, b` at the head of an answer belong to the question, not to the answer."""
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


def _labelled_follow_ups(lines: list[SourceLine], body: Body, prompt_of: Callable[[str], str]) -> list[SourceLine]:
    """Take out `Follow-up: …` and the list below `Follow-ups:`."""
    kept: list[SourceLine] = []
    listing = False
    for line in lines:
        after = None if line.code else follow_up_after_label(line.text)
        bullet = None if line.code else BULLET.match(line.text)
        if after is not None and (after == "" or asks(after)):
            listing = not after
            body.follow_ups += [prompt_of(after)] if after else []
        elif listing and (bullet or (ends_asking(line.text) and not line.code)):
            body.follow_ups.append(prompt_of(bullet[2] if bullet else line.text))
        elif not listing or line.text.strip():
            listing = False
            kept.append(line)
    return kept
