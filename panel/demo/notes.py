"""Notes and summaries in interviewers' shorthand, made from a question's own signs and probes and the level given.

What was heard is the same for the whole panel: the order in which a candidate meets the signs of a strong answer
(`Heard`) is fixed, and the level decides how far along it the interviewer heard them get.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from random import Random
from typing import Literal

from panel.demo import shorthand
from panel.demo.details import DETAILS, NONE, Details
from panel.demo.people import Style
from panel.demo.phrases import (
    COULD_NOT_ASSESS,
    NOT_ASKED,
    OPENINGS,
    ORDINALS,
    PROBED,
    REMARKS,
    SUMMARIES,
    SUMMARIES_OF_ONE,
)
from panel.domain.questions import Question
from panel.domain.scorecards import Reason, Recommendation

Tier = Literal["high", "middle", "low"]
Kind = Literal["opening", "good", "detail", "flaw", "late", "gap", "bad", "probe", "remark"]
LONGEST_QUOTED_PROBE = 64
LONGEST_BEFORE_MORE = 60  # characters of a sign, to which ", but only when asked" may be added
SAID_ALREADY = 40.0  # how much worse it is when a colleague wrote the same of the same answer
TRIES = 6  # drafts of each note, of which the least worn is kept
COMMON_WORDS = frozenset(
    re.findall(
        "[a-z]+",
        "also and are but did for from had has have into not one only that the their them then they this what which "
        "with without",
    )
)
LEAVES_BLANK: dict[Style, float] = {"plain": 0.05, "terse": 0.2, "signs": 0.1, "probes": 0.06, "reasons": 0.04}


@dataclass(frozen=True)
class Heard:
    """One candidate's answer to one question, as the room heard it: signs and particulars in the order they showed."""

    question: Question
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    probes: tuple[int, ...]
    details: Details
    said: set[str] = field(default_factory=set)  # what the notes of this room hold so far; `write_note` adds to it


@dataclass(frozen=True)
class Part:
    kind: Kind
    text: str
    worn: str  # counted, so that the same words do not come too often


@dataclass
class Wear:
    """How often each turn of phrase has been used, by question; and which notes exist already."""

    parts: Counter[str] = field(default_factory=Counter)
    notes: set[str] = field(default_factory=set)


def hear(rng: Random, question: Question) -> Heard:
    strong, weak = [shorthand.first_of(sign) for sign in question.strong], list(question.weak)
    rng.shuffle(strong)
    rng.shuffle(weak)
    count = rng.choice((0, 1, 1, 1, 2, 2))
    probes = sorted(rng.sample(range(len(question.probes)), min(count, len(question.probes))))
    found = DETAILS.get(question.key, NONE)
    details = Details(*(tuple(rng.sample(each, len(each))) for each in (found.good, found.poor)))
    return Heard(question, tuple(strong), tuple(weak), tuple(probes), details)


def tier(level: int) -> Tier:
    return "high" if level >= 4 else "middle" if level == 3 else "low"


def write_note(rng: Random, heard: Heard, *, level: int, style: Style, wear: Wear, may_be_blank: bool = True) -> str:
    """A note for a level; empty now and then, as interviewers do where nothing asks for one."""
    if may_be_blank and rng.random() < LEAVES_BLANK[style] * (0.5 if level in {1, 5} else 1):
        return ""
    drafts = [_draft(rng, heard, level, style) for _ in range(TRIES)]
    key = heard.question.key
    new = [each for each in drafts if _joined(each, style, level) not in wear.notes] or drafts

    def worn(parts: list[Part]) -> float:
        before = sum(float(wear.parts[f"{key}|{part.worn}"] ** 1.5) for part in parts) / len(parts)
        return before + SAID_ALREADY * sum(part.worn in heard.said for part in parts)

    best = min(new, key=worn)
    heard.said.update(part.worn for part in best)
    wear.parts.update(f"{key}|{part.worn}" for part in best)
    note = _joined(best, style, level)
    wear.notes.add(note)
    return note


def write_excuse(rng: Random, reason: Reason, wear: Wear) -> str:
    """Beside "not asked", for its reason, and beside "could not assess", which has none; often nothing."""
    if rng.random() < 0.45:
        return ""
    return shorthand.sentence(_fresh(rng, NOT_ASKED[reason] if reason else COULD_NOT_ASSESS, wear))


def write_summary(rng: Random, recommendation: Recommendation, means: dict[str, float], wear: Wear) -> str:
    """One or two sentences that name the strongest and the weakest competency heard."""
    if not means:
        return ""
    best, worst = (pick(means, key=lambda name: means[name]) for pick in (max, min))
    patterns = SUMMARIES_OF_ONE if best == worst else SUMMARIES
    texts = [
        text.format(best=best.lower(), worst=worst.lower(), Best=best, Worst=worst) for text in patterns[recommendation]
    ]
    return _fresh(rng, texts, wear)


def _fresh(rng: Random, texts: Sequence[str], wear: Wear) -> str:
    """One of those used least so far."""
    least = min(wear.parts[text] for text in texts)
    text = rng.choice([each for each in texts if wear.parts[each] == least])
    wear.parts[text] += 1
    return text


# ---- drafts -----------------------------------------------------------------------------------------------------


def _draft(rng: Random, heard: Heard, level: int, style: Style) -> list[Part]:
    then = style in {"plain", "probes", "reasons"}
    body = _body(rng, heard, level, then)
    extras: list[Part] = []
    if heard.probes and rng.random() < (0.8 if style == "probes" else 0.3):
        extras.append(_probe(rng, heard.question, rng.choice(heard.probes), tier(level)))
    remark = _remark(rng, heard.question.competency, level)
    if remark and not _overlap(remark, body) and rng.random() < {"reasons": 0.7, "terse": 0.25}.get(style, 0.4):
        extras.append(remark)
    if style in {"plain", "probes"} and rng.random() < 0.18:
        body.insert(0, _opening(rng, tier(level)))
    return [*body, *extras][: rng.choice((2, 2, 3)) if style == "terse" else 5]


def _body(rng: Random, heard: Heard, level: int, then: bool) -> list[Part]:
    """What was heard at this level: particulars and signs mixed, what was good before what was missing."""
    strong, weak = heard.strong, heard.weak
    good = [_good(rng, sign, then, alone=n == 0) for n, sign in enumerate(strong)]
    fine = [Part("detail", text, text) for text in heard.details.good]
    poor = [Part("flaw", text, text) for text in heard.details.poor]
    gap = _gap(rng, strong[-1], then)
    missing = [gap] if gap else []
    if level == 5:
        return _mixed(rng, good, fine[:4], rng.choice((2, 3)))
    if level == 4:
        late = [_late(rng, strong[-1], then)] if rng.random() < 0.4 else []
        return [*_mixed(rng, good[:2], fine[:3], rng.choice((1, 2, 2))), *late]
    if level == 3:
        heard_of = _mixed(rng, good[:1], fine[:2], rng.choice((1, 1, 2)))
        fitting = [each for each in missing if not _overlap(each, heard_of, least=1)]
        return [*heard_of, *(fitting if rng.random() < 0.6 else [])]
    bad = [_bad(rng, sign, then) for sign in weak]
    if level == 2:
        started = [_late(rng, strong[0], then)] if rng.random() < 0.25 and len(strong) > 1 else []
        rest = missing if rng.random() < 0.4 else []
        return [*started, *_mixed(rng, bad[:1], poor[:2], 1 if started or rest else rng.choice((1, 2))), *rest]
    return _mixed(rng, bad[:2], poor[:2], rng.choice((1, 2, 2)))


def _mixed(rng: Random, signs: list[Part], details: list[Part], count: int) -> list[Part]:
    """So many parts of both kinds, none of which repeats another."""
    pool = [*signs, *details]
    rng.shuffle(pool)
    chosen: list[Part] = []
    for each in pool:
        if len(chosen) < count and not _overlap(each, chosen):
            chosen.append(each)
    return chosen


def _overlap(part: Part, others: Sequence[Part], *, least: int = 2) -> bool:
    words = _words(part.text)
    return any(len(words & _words(other.text)) >= min(least, len(words)) for other in others)


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    """Content words, cut to their first letters, so that "answered" meets "answer"."""
    return frozenset(word[:5] for word in re.findall(r"[a-z]{3,}", text.lower()) if word not in COMMON_WORDS)


def _opening(rng: Random, at: Tier) -> Part:
    text = rng.choice(OPENINGS[at])
    return Part("opening", text, text)


def _remark(rng: Random, competency: str, level: int) -> Part | None:
    texts = REMARKS.get(competency, {}).get(level)
    if not texts:
        return None
    text = rng.choice(texts)
    return Part("remark", text, text)


def _told(sign: str, then: bool) -> str:
    return shorthand.past(sign) if then else shorthand.present(sign)


def _good(rng: Random, sign: str, then: bool, *, alone: bool) -> Part:
    if shorthand.is_quotation(sign):
        text = rng.choice(("said in effect: {}", "words to this effect: {}", "close to {}")).format(_told(sign, then))
        return Part("good", text, text)
    short = rng.random() < 0.45
    text = _told(shorthand.core(sign) if short else sign, then)
    forms = (*("{}",) * 8, "unprompted: {}", "{}, without my asking") if alone else ("{}",)
    form = "{}" if "unprompted" in text or "unasked" in text or "without being asked" in text else rng.choice(forms)
    if ("," in text or len(text) > LONGEST_BEFORE_MORE) and form.startswith("{},"):
        form = "{}"
    return Part("good", form.format(text), text)


def _late(rng: Random, sign: str, then: bool) -> Part:
    if shorthand.is_quotation(sign):
        return Part("late", "more careful after a probe", "late" + sign)
    text = _told(shorthand.core(sign), then)
    for words in (" unprompted", " unasked", " without being asked", " without help"):
        text = text.replace(words, "")
    form = rng.choice(("only after a probe: {}", "{}, but only when asked", "{} after a hint", "took a hint, then {}"))
    if "," in text or ";" in text or " and " in text or len(text) > LONGEST_BEFORE_MORE:
        form = rng.choice(("only after a probe: {}", "took a hint, then {}"))
    return Part("late", form.format(text), text)


def _gap(rng: Random, sign: str, then: bool) -> Part | None:
    stem = shorthand.base(sign)
    if stem is None:
        return None
    told = ("did not {}", "did not {}", "never got to: {}", "missing for me: {}")
    form = rng.choice(told if then else ("does not {}", "missing: {}"))
    text = stem if "not {}" in form else shorthand.present(shorthand.core(sign))
    return Part("gap", form.format(text), text)


def _bad(rng: Random, sign: str, then: bool) -> Part:
    text = _told(sign, then)
    if shorthand.is_quotation(sign):
        form = rng.choice(("in effect {}", "more or less {}", "the answer came down to {}", "{}", "heard {}"))
        return Part("bad", form.format(text), text)
    return Part("bad", text, text)


def _probe(rng: Random, question: Question, number: int, at: Tier) -> Part:
    probe = question.probes[number]
    texts = [text for text in PROBED[at] if "{quote}" not in text or len(probe) <= LONGEST_QUOTED_PROBE]
    text = rng.choice(texts).format(probe=ORDINALS[number], quote=f"“{probe}”")
    return Part("probe", text, text)


# ---- styles -----------------------------------------------------------------------------------------------------


def _joined(parts: Sequence[Part], style: Style, level: int) -> str:
    if style == "terse":
        return "; ".join(_lowered(_without_articles(each.text)) for each in parts)
    if style == "signs":
        marks: dict[Kind, str] = {"gap": "-", "bad": "-", "flaw": "-", "late": "±", "probe": "?", "remark": ">"}
        return "\n".join(f"{marks.get(each.kind, '+')} {each.text}" for each in parts)
    if style == "reasons" and parts and parts[-1].kind == "remark" and len(parts) > 1:
        body = " ".join(shorthand.sentence(each.text) for each in parts[:-1])
        return f"{body} {level}: {_lowered(parts[-1].text)}."
    return " ".join(shorthand.sentence(each.text) for each in parts)


def _lowered(text: str) -> str:
    return text if text[:2].isupper() or text.startswith(("I ", "“")) else text[:1].lower() + text[1:]


def _without_articles(text: str) -> str:
    """Shorthand leaves "the" out, except inside a quotation."""
    if '"' in text or "“" in text:
        return text
    return text.replace(" the ", " ")
