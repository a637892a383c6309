"""How far a prompt reaches: over which lines of a paragraph, and what on its last line already is the answer."""

import re
from dataclasses import dataclass

from panel.importing.difficulty import Marks
from panel.importing.markdown.blocks import Document
from panel.importing.markdown.inline import Line, line_of, plain
from panel.importing.parts import labels_a_part
from panel.importing.wording import answer_after_label, asks, ends_asking, unlabelled

SOFT_END = re.compile(r"(?: {2,}|\\)\s*$")
SENTENCE_END = re.compile(r"[.!:;。][\s\"'”’)*_]*$")
BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
ANSWER_ON_LINE = re.compile(r"(?<=[?？])\s*[*_]*\s*(?:[-–—:]+\s*)?(?=[*_]*(?:answer|ans|a)[*_]*\s*:)", re.IGNORECASE)
LONGEST = 8  # lines of one prompt
NO_TEXT = " .:—–-"


@dataclass(frozen=True)
class Prompt:
    """A prompt takes `count` lines; `rest` is the Markdown after it on the last of them; `line` is its first line."""

    count: int
    text: str
    rest: str
    line: Line


def prompt_at(document: Document, marks: Marks, lines: list[str]) -> Prompt:
    """The prompt that begins a paragraph. Bold beginnings end where the bold ends, others where they stop to ask."""
    is_bold = lines[0].lstrip(" >")[:2] in {"**", "__"}
    whole = line_of(document, "\n".join(lines[:LONGEST])) if is_bold else None
    if whole and "\n" in whole.bold and asks(unlabelled(whole.bold).text):
        count = whole.bold.count("\n") + 1
        return Prompt(count, _one_line(whole.bold), _after_bold(lines[count - 1], closed=True), whole)
    first = line_of(document, lines[0])
    nothing_follows = _is_nothing(marks, first.rest)
    if first.bold and _asks_fully(first.bold) and not nothing_follows:
        return Prompt(1, first.bold, _after_bold(lines[0], closed=False), first)
    for parts in (ANSWER_ON_LINE.split(lines[0], maxsplit=1), BREAK.split(lines[0], maxsplit=1)):
        if len(parts) == 2 and asks(unlabelled(plain(document, parts[0])).text):
            return Prompt(1, plain(document, parts[0]), parts[1], first)
    count = 1 if first.bold and nothing_follows else _count(lines)
    text = first.text if count == 1 else _one_line(plain(document, "\n".join(lines[:count])))
    return Prompt(count, text, "", first)


def starts_anew(line: str) -> bool:
    """Whether a line is bold from its start or labelled as a question, and so begins a prompt within a paragraph."""
    shown = line.lstrip(" >")
    return shown[:2] in {"**", "__"} or names_a_question(shown)


def names_a_question(text: str) -> bool:
    """Whether a label calls the text a question: `Q: …`, `Problem 3: …`."""
    return text[:1] in "QqFfPpDdIiEe*_" and unlabelled(text.strip("*_ ")).word


def is_counted(bold: str) -> bool:
    """`3) Factorial`, or a number alone."""
    return unlabelled(bold).has_label or bool(re.fullmatch(r"\W*\d{1,4}\W*", bold))


def _count(lines: list[str]) -> int:
    """How many lines a prompt takes that is not told by bold."""
    if len(lines) == 1 or ends_asking(lines[0]) or SOFT_END.search(lines[0]):
        return 1
    for at, line in enumerate(lines[1:LONGEST], start=1):
        if answer_after_label(line) is not None or labels_a_part(line) or starts_anew(line):
            return at
        if ends_asking(line):
            return at + 1
        if SENTENCE_END.search(line):
            break
    return 1 if SENTENCE_END.search(lines[0]) or len(lines) > LONGEST else len(lines)


def _is_nothing(marks: Marks, rest: str) -> bool:
    """Whether what follows a bold beginning is at most a mark of difficulty."""
    return marks.taken_from(f"x {rest}".rstrip(NO_TEXT))[0] == "x"


def _asks_fully(bold: str) -> bool:
    """Whether a bold beginning is a prompt by itself and not its title: `Count` alone is none."""
    text = unlabelled(bold).text
    return ends_asking(text) or (asks(text) and len(text.split()) >= 2)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _after_bold(line: str, *, closed: bool) -> str:
    """The source of a line after its bold beginning (or after the end of bold that began on an earlier line)."""
    sign = "__" if line.lstrip(" >-*").startswith("__") and "**" not in line else "**"
    start = 0 if closed else line.find(sign) + len(sign)
    end = line.find(sign, start)
    return line[end + len(sign) :].lstrip(" :—–-") if end >= 0 else ""
