"""Notes and summaries in interviewers' shorthand, made from a question's own signs and probes and the level given.

What was heard is the same for the whole panel: the order in which a candidate meets the signs of a strong answer
(`Heard`) is fixed, and the level decides how far along it the interviewer heard them get.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Literal

from panel.demo import shorthand
from panel.demo.people import Style
from panel.demo.phrases import COULD_NOT_ASSESS, NOT_ASKED, OPENINGS, ORDINALS, PROBED, REMARKS, SUMMARIES
from panel.domain.questions import Question
from panel.domain.scorecards import Outcome, Recommendation

Tier = Literal["high", "middle", "low"]
Kind = Literal["opening", "good", "late", "gap", "bad", "probe", "remark"]
LONGEST_QUOTED_PROBE = 64
TRIES = 7  # drafts of each note, of which the least worn is kept
LEAVES_BLANK: dict[Style, float] = {"plain": 0.05, "terse": 0.2, "signs": 0.1, "probes": 0.06, "reasons": 0.04}


@dataclass(frozen=True)
class Heard:
    """One candidate's answer to one question, as the room heard it: signs in the order they showed."""

    question: Question
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    probes: tuple[int, ...]


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
    strong, weak = list(question.strong), list(question.weak)
    rng.shuffle(strong)
    rng.shuffle(weak)
    count = rng.choice((0, 1, 1, 1, 2, 2))
    probes = sorted(rng.sample(range(len(question.probes)), min(count, len(question.probes))))
    return Heard(question, tuple(strong), tuple(weak), tuple(probes))


def tier(level: int) -> Tier:
    return "high" if level >= 4 else "middle" if level == 3 else "low"


def write_note(rng: Random, heard: Heard, *, level: int, style: Style, wear: Wear) -> str:
    """A note for a level; empty now and then, as interviewers do."""
    if rng.random() < LEAVES_BLANK[style] * (0.5 if level in {1, 5} else 1):
        return ""
    drafts = [_draft(rng, heard, level, style) for _ in range(TRIES)]
    key = heard.question.key
    new = [each for each in drafts if _joined(each, style) not in wear.notes] or drafts
    best = min(new, key=lambda parts: sum(wear.parts[f"{key}|{part.worn}"] ** 1.5 for part in parts) / len(parts))
    wear.parts.update(f"{key}|{part.worn}" for part in best)
    note = _joined(best, style)
    wear.notes.add(note)
    return note


def write_excuse(rng: Random, outcome: Outcome) -> str:
    """Beside "not asked" and "could not assess"; mostly nothing."""
    if rng.random() < 0.45:
        return ""
    return shorthand.sentence(rng.choice(NOT_ASKED if outcome == "not_asked" else COULD_NOT_ASSESS))


def write_summary(rng: Random, recommendation: Recommendation, means: dict[str, float]) -> str:
    """One or two sentences that name the strongest and the weakest competency heard."""
    if not means:
        return ""
    best, worst = (pick(means, key=lambda name: means[name]) for pick in (max, min))
    if best == worst:
        return rng.choice(("", "Based on one competency only."))
    text = rng.choice(SUMMARIES[recommendation])
    return text.format(best=best.lower(), worst=worst.lower(), Best=best, Worst=worst)


# ---- drafts -----------------------------------------------------------------------------------------------------


def _draft(rng: Random, heard: Heard, level: int, style: Style) -> list[Part]:
    then = style in {"plain", "probes", "reasons"}
    good = [_good(rng, sign, then, alone=n == 0) for n, sign in enumerate(heard.strong)]
    gap = _gap(rng, heard.strong[-1], then)
    bad = [_bad(rng, sign, then) for sign in heard.weak]
    remark = _remark(rng, heard.question.competency, level)
    probes = [_probe(rng, heard.question, number, tier(level)) for number in heard.probes]
    body: list[Part]
    if level == 5:
        body = good[: rng.choice((2, 2, 3))]
    elif level == 4:
        body = [*good[: rng.choice((1, 2, 2))], *([_late(rng, heard.strong[-1], then)] if rng.random() < 0.5 else [])]
    elif level == 3:
        body = [good[0], *([gap] if gap and rng.random() < 0.75 else [])]
    elif level == 2:
        body = [bad[0], *([gap] if gap and rng.random() < 0.55 else [])]
        if rng.random() < 0.3 and len(heard.strong) > 1:
            body.insert(0, _late(rng, heard.strong[0], then))
    else:
        body = bad[: rng.choice((1, 2))]
    extras: list[Part] = []
    if probes and (style == "probes" or rng.random() < 0.45):
        extras += probes[: 2 if style == "probes" else 1]
    if remark and rng.random() < {"reasons": 0.95, "terse": 0.45}.get(style, 0.55):
        extras.append(remark)
    if style in {"plain", "probes"} and rng.random() < 0.22:
        body.insert(0, _opening(rng, tier(level)))
    if style == "terse":
        return [*body, *extras][: rng.choice((2, 2, 3))]
    return [*body, *extras]


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
    forms = ("{}", "{}", "{}", "{}", "unprompted: {}", "{}, without my asking") if alone else ("{}", "{}", "also {}")
    form = "{}" if "unprompted" in text or "unasked" in text or "without being asked" in text else rng.choice(forms)
    if "," in text and form.startswith("{},"):
        form = "{}"
    return Part("good", form.format(text), form + text)


def _late(rng: Random, sign: str, then: bool) -> Part:
    if shorthand.is_quotation(sign):
        return Part("late", "more careful after a probe", "late" + sign)
    text = _told(shorthand.core(sign), then)
    for words in (" unprompted", " unasked", " without being asked", " without help"):
        text = text.replace(words, "")
    form = rng.choice(("only after a probe: {}", "{}, but only when asked", "{} after a hint", "took a hint, then {}"))
    if "," in text or "; " in text:
        form = "only after a probe: {}"
    return Part("late", form.format(text), form + text)


def _gap(rng: Random, sign: str, then: bool) -> Part | None:
    stem = shorthand.base(sign)
    if stem is None:
        return None
    forms = ["did not {}", "did not {}", "never got to: {}", "missing for me: {}"] if then else ["does not {}", "missing: {}"]
    form = rng.choice(forms)
    text = stem if "not {}" in form else shorthand.present(shorthand.core(sign))
    return Part("gap", form.format(text), form + text)


def _bad(rng: Random, sign: str, then: bool) -> Part:
    text = _told(sign, then)
    if shorthand.is_quotation(sign):
        form = rng.choice(("in effect {}", "more or less {}", "the answer came down to {}", "{}", "heard {}"))
        return Part("bad", form.format(text), form + text)
    form = rng.choice(("{}", "{}", "{}", "{}, also when asked again", "unfortunately {}"))
    if any(mark in text for mark in (",", ";", '"')) or text.startswith(("did not", "could not", "never")):
        form = "{}"
    return Part("bad", form.format(text), form + text)


def _probe(rng: Random, question: Question, number: int, at: Tier) -> Part:
    probe = question.probes[number]
    texts = [text for text in PROBED[at] if "{quote}" not in text or len(probe) <= LONGEST_QUOTED_PROBE]
    text = rng.choice(texts).format(probe=ORDINALS[number], quote=f"“{probe}”")
    return Part("probe", text, text)


# ---- styles -----------------------------------------------------------------------------------------------------


def _joined(parts: Sequence[Part], style: Style) -> str:
    if style == "terse":
        return "; ".join(_lowered(_without_articles(each.text)) for each in parts)
    if style == "signs":
        marks: dict[Kind, str] = {"gap": "-", "bad": "-", "late": "±", "probe": "?", "remark": ">"}
        return "\n".join(f"{marks.get(each.kind, '+')} {each.text}" for each in parts)
    if style == "reasons" and parts and parts[-1].kind == "remark" and len(parts) > 1:
        body = " ".join(shorthand.sentence(each.text) for each in parts[:-1])
        return f"{body} Level: {_lowered(parts[-1].text)}."
    return " ".join(shorthand.sentence(each.text) for each in parts)


def _lowered(text: str) -> str:
    return text if text[:2].isupper() or text.startswith(("I ", "“")) else text[:1].lower() + text[1:]


def _without_articles(text: str) -> str:
    """Shorthand leaves "the" out, except inside a quotation."""
    if '"' in text or "“" in text:
        return text
    return text.replace(" the ", " ")
