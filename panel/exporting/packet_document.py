"""A decision packet as the data that its pages are set from. It is a function of the packet alone."""

from datetime import UTC, datetime
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from panel.domain.debriefs import DECISION_NAMES, CompetencySheet, ScoreSheet, standing_words
from panel.domain.roles import NEED_NAMES
from panel.domain.scorecards import CONFIDENCE_NAMES, OUTCOME_NAMES, REASON_NAMES, RECOMMENDATION_NAMES
from panel.domain.text import listed
from panel.exporting.kit import day_words
from panel.exporting.packet import (
    MAKER_LENGTH,
    Packet,
    PacketDecision,
    PacketQuestion,
    PacketRating,
    PacketScorecard,
    canonical,
    digest,
    sealed,
)
from panel.exporting.prose_tree import breakable
from panel.exporting.typesetting import FONT_PACKAGES, TEMPLATES, set_pdf

NONE = "–"
EXPORTING = Path(__file__).parent
DOMAIN = EXPORTING.parent / "domain"


def packet_pdf(packet: Packet) -> bytes:
    """The file: the document, dated by its last decision, and the seal over its bytes."""
    text = canonical(packet)
    data = document_of(packet, content=text, sha256=digest(text))
    return sealed(set_pdf("packet", data, dated=packet.decided_at, own_letters_only=True), maker())


@lru_cache(maxsize=1)
def maker() -> str:
    """16 hexadecimal digits for everything but the content that the bytes of a packet depend on.

    These are the templates, every module that shapes the content or words a page, and the versions of what else takes
    part; fonts of the machine do not. Some of these modules have no part in a packet: that a file cannot be told after
    they changed is better than that an honest one is called changed.
    """
    sources = [TEMPLATES / "packet.typ", TEMPLATES / "shared.typ", *sorted(EXPORTING.glob("*.py"))]
    sources += sorted(DOMAIN.glob("*.py"))
    versions = [version(each.replace("_", "-")) for each in ("typst", "pydantic", *FONT_PACKAGES)]
    parts = [f"{each.name}\0{each.read_text(encoding='utf-8')}" for each in sources] + versions
    return digest("\0".join(parts))[:MAKER_LENGTH]


def document_of(packet: Packet, *, content: str, sha256: str) -> dict[str, Any]:
    last = packet.decisions[-1]
    return {
        "content": content,
        "sha256": sha256,
        "title": f"Decision packet: {packet.candidate}",
        "candidate": breakable(packet.candidate),
        "role": breakable(packet.role.name),
        "facts": _facts(packet),
        "decision": _decision(last),
        "earlier": [_decision(each) for each in packet.decisions[-2::-1]],
        "scores": _scores(last.scores),
        "fair": _fair(packet),
        "model": packet.model,
        "rule": packet.rule,
        "standing": standing_words(last.scores),
        "profile": [
            (breakable(each.name), NEED_NAMES[each.need], f"{each.weight:g}", breakable(each.weight_reason))
            for each in packet.role.competencies
        ],
        "rounds": [
            {
                "name": breakable(each.name),
                "plan": breakable(
                    f"{each.plan_title}, version {each.plan_version}, published {day_words(each.published_at, UTC)}"
                ),
                "questions": [_question(packet, each.id, question) for question in each.questions],
            }
            for each in packet.rounds
        ],
        "recommendations": [_recommendation(each) for each in packet.scorecards],
        "reconciliations": [
            {
                "when": _when(each.at),
                "what": breakable(_reconciled_words(packet, each.scorecard, each.question, each.person, each.level)),
                "by": breakable(each.by),
                "reason": _lines(each.reason),
            }
            for each in packet.reconciliations
        ],
        "confirmations": [(breakable(each.person), _when(each.at)) for each in packet.confirmations],
    }


def _facts(packet: Packet) -> list[tuple[str, str]]:
    plans = dict.fromkeys(f"{each.plan_title}, version {each.plan_version}" for each in packet.rounds)
    facts = {
        "Role": packet.role.name,
        "Plan": "; ".join(plans),
        "Debrief": f"Number {packet.debrief}, opened by {packet.opened_by}, {_when(packet.opened_at)}",
        "Scorecards": f"{len(packet.scorecards)}, by {listed(_people(packet))}",
    }
    return [(name, breakable(value)) for name, value in facts.items()]


def _people(packet: Packet) -> list[str]:
    return list(dict.fromkeys(each.person for each in packet.scorecards))


def _decision(each: PacketDecision) -> dict[str, Any]:
    parts = {
        "Reason": each.reason,
        "Why against the scores": each.against,
        "Conditions": each.conditions,
        "Why revised": each.revises,
        "Who was there": listed(each.present),
        "Had not confirmed": listed(each.unconfirmed),
    }
    return {
        "outcome": DECISION_NAMES[each.outcome],
        "when": _when(each.at),
        "by": breakable(each.by),
        "parts": [(name, _lines(text)) for name, text in parts.items() if text],
    }


def _scores(sheet: ScoreSheet) -> dict[str, Any]:
    every = [
        ("All", "", sheet.ratings, sheet.interviewers, sheet.reconciled,
         _number(sheet.sealed_mean), _number(sheet.sealed_median), "",
         _number(sheet.composite_mean), _number(sheet.composite_median))
    ]  # fmt: skip
    return {
        "rows": [*(_competency(each) for each in sheet.competencies), *every],
        "missing": listed(sheet.must_haves_missing),
        "splits": sheet.splits,
        "not_assessed": sheet.not_assessed,
        "on_trial": len(sheet.on_trial),
    }


def _competency(each: CompetencySheet) -> tuple[Any, ...]:
    need = NEED_NAMES[each.need] if each.need else "not in the role; enters no score"
    return (
        breakable(each.competency), need, each.ratings, each.interviewers, each.reconciled,
        _number(each.sealed_mean), _number(each.sealed_median), _number(each.reconciled_mean),
        _number(each.composite_mean), _number(each.composite_median),
    )  # fmt: skip


def _fair(packet: Packet) -> str:
    if packet.fair is None:
        return ""
    fair = packet.fair
    return f"Fair average {fair.average:.2f}, between {fair.low:.2f} and {fair.high:.2f} (95 %). {fair.model}"


def _question(packet: Packet, round_id: str, question: PacketQuestion) -> dict[str, Any]:
    weight = f"weight {question.weight:g}: {question.weight_reason}" if question.weight != 1 else ""
    about = [question.competency, weight, "on trial, did not count" if question.on_trial else ""]
    return {
        "number": question.number,
        "prompt": breakable(question.prompt),
        "about": breakable(" · ".join(each for each in about if each)),
        "probes": [breakable(each) for each in question.probes],
        "rubric": breakable(f"{question.rubric}, version {question.rubric_version}"),
        "levels": [(each.level, breakable(each.label), breakable(each.text)) for each in question.anchors],
        "ratings": [
            _rating(card, rating, question)
            for card in packet.scorecards
            if card.round_id == round_id
            for rating in card.ratings
            if rating.question == question.key
        ],
    }


def _rating(card: PacketScorecard, rating: PacketRating, question: PacketQuestion) -> dict[str, Any]:
    labels = {each.level: each.label for each in question.anchors}
    if rating.sealed is None:
        why = f": {REASON_NAMES[rating.reason].lower()}" if rating.reason else ""
        given = f"{OUTCOME_NAMES[rating.outcome]}{why}"
    else:
        given = f"{rating.sealed} {labels.get(rating.sealed, '')}"
    return {
        "person": breakable(card.person),
        "note": _lines(rating.note),
        "reworded": rating.reworded,
        "sealed": breakable(given),
        "reconciled": NONE if rating.reconciled is None else breakable(
            f"{rating.reconciled} {labels.get(rating.reconciled, '')}"
        ),
        "composite": NONE if rating.composite is None else str(rating.composite),
    }  # fmt: skip


def _recommendation(each: PacketScorecard) -> dict[str, Any]:
    sure = f", {CONFIDENCE_NAMES[each.confidence].lower()}" if each.confidence else ""
    return {
        "person": breakable(each.person),
        "round": breakable(each.round_name),
        "words": f"{RECOMMENDATION_NAMES[each.recommendation]}{sure}",
        "when": _when(each.submitted_at),
        "summary": _lines(each.summary),
    }


def _reconciled_words(packet: Packet, scorecard: str, key: str, person: str, level: int | None) -> str:
    card = next((each for each in packet.scorecards if each.id == scorecard), None)
    where = "a question that is no longer part of the packet"
    if card is not None:
        number = next(
            (q.number for part in packet.rounds if part.id == card.round_id for q in part.questions if q.key == key), 0
        )
        where = f"{card.round_name}, question {number}"
    return f"{person}, {where}: " + ("taken back" if level is None else f"level {level}")


def _number(value: float | None) -> str:
    return NONE if value is None else f"{value:.2f}"


def _when(moment: datetime) -> str:
    return f"{day_words(moment, UTC)}, {moment:%H:%M} UTC"


def _lines(text: str) -> list[str]:
    return [breakable(line) for line in text.splitlines()]
