"""Kits as the data that the printed page is set from."""

from collections.abc import Sequence
from typing import Any

from panel.domain.plans import GuideItem
from panel.domain.scorecards import RECOMMENDATION_NAMES
from panel.exporting.kit import KEEP_SAFE, REMINDERS, Kit
from panel.exporting.prose_tree import breakable, prose_tree
from panel.exporting.typesetting import Paper, set_pdf


def kits_pdf(kits: Sequence[Kit], paper: Paper) -> bytes:
    """Kits one after the other, each with page numbers of its own."""
    return set_pdf("kit", document_of(kits, paper), dated=max(each.dated for each in kits))


def document_of(kits: Sequence[Kit], paper: Paper) -> dict[str, Any]:
    return {
        "paper": paper,
        "title": _title(kits),
        "reminders": REMINDERS,
        "keep_safe": KEEP_SAFE,
        "recommendations": tuple(RECOMMENDATION_NAMES.values()),
        "kits": [_kit(each) for each in kits],
    }


def _title(kits: Sequence[Kit]) -> str:
    if len(kits) == 1:
        return f"Interview kit: {kits[0].round_name}, {kits[0].guide.interviewer_name}"
    return f"Interview kits: {kits[0].plan_title}"


def _kit(kit: Kit) -> dict[str, Any]:
    questions = zip(kit.guide.items, kit.clock(), strict=True)
    return {
        "candidate": breakable(kit.occasion.candidate_name) if kit.occasion else "",
        "when": kit.when_words,
        "round": breakable(kit.round_name),
        "role": breakable(kit.role_name),
        "interviewer": breakable(kit.guide.interviewer_name),
        "with_whom": breakable(", ".join(kit.with_whom)),
        "version": breakable(kit.version_words),
        "running": (
            f"{shortened(kit.round_name, 50)}, {shortened(kit.guide.interviewer_name, 40)}",
            shortened(kit.occasion.candidate_name if kit.occasion else kit.role_name, 40),
        ),
        "minutes": kit.minutes,
        "timetable": kit.timetable(),
        "over": max(0, kit.question_minutes + kit.split.opening + kit.split.candidate - kit.minutes),
        "questions": [_question(kit, number, *each) for number, each in enumerate(questions, start=1)],
    }


def _question(kit: Kit, number: int, item: GuideItem, begins: int) -> dict[str, Any]:
    question = item.question
    return {
        "number": number,
        "prompt": breakable(question.prompt),
        "short": breakable(shortened(question.prompt)),
        "minutes": question.minutes,
        "begins": begins,
        "asked": breakable(kit.asked_words(item)),
        "asker": breakable(item.asked_by),
        "own": kit.is_own(item),
        "probes": [breakable(each) for each in question.probes],
        "answer": prose_tree(question.answer),
        "strong": [breakable(each) for each in question.strong],
        "weak": [breakable(each) for each in question.weak],
        "rubric": breakable(item.rubric.name),
        "about": breakable(item.rubric.about),
        "levels": [
            {"level": each.level, "label": breakable(each.label), "text": breakable(each.text)}
            for each in item.rubric.anchors
        ],
    }


def shortened(text: str, most: int = 110) -> str:
    """The beginning of a text, cut between words."""
    if len(text) <= most:
        return text
    kept = text[:most].rsplit(" ", 1)[0] if " " in text[:most] else text[:most]
    return kept.rstrip(" ,;:") + " …"
