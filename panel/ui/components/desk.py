"""The desk: the scoring page as one component that the browser draws by itself.

Streamlit sends it once, with everything that does not change. From then on it talks to `/live` (see web/live.py) over a
websocket of its own, so that moving needs no answer, every change is acknowledged, and a lost network stops nobody.
"""

from datetime import UTC, datetime
from typing import Any

import streamlit as st

from panel.actions.desk import DeskState
from panel.actions.scorecard_reading import ScorecardView
from panel.domain.handover import LONGEST_HANDOVER
from panel.domain.pace import let_go_first
from panel.domain.plans import GuideItem
from panel.domain.rubrics import Rubric
from panel.domain.scorecards import (
    CONFIDENCE_NAMES,
    LONGEST_NOTE,
    OUTCOME_NAMES,
    REASON_NAMES,
    RECOMMENDATION_NAMES,
    Reason,
)
from panel.ui.components.asset import asset
from panel.ui.palette import place_on_five
from panel.ui.prose import as_html

REASON_KEYS: dict[Reason, str] = {"time": "t", "covered": "c", "not_fitting": "f"}
OPENS = {
    "own": "sealed from then on; the others’ scorecards open to you",
    "all": "sealed from then on; the others’ scorecards open to you once everybody has submitted",
}
_PARTS = ("dom", "clock", "levels", "line", "outbox", "card", "head", "question", "summary", "desk")
_PHONE = asset("desk/phone.css")
_CSS = asset("desk/desk.css") + asset("desk/levels.css")

_desk = st.components.v2.component(
    "desk",
    html='<div class="desk-root"></div>',
    css=f"{_CSS}\n@media (max-width: 640px) {{\n{_PHONE}}}",
    js="\n".join(asset(f"desk/{part}.js") for part in _PARTS),
    isolate_styles=False,
)
_preview = st.components.v2.component(
    "levels_preview",
    html='<div class="levels-preview"></div>',
    css=f"{_CSS}\n.desk-phone {{\n{_PHONE}}}",
    js="\n".join(asset(f"desk/{part}.js") for part in ("dom", "levels", "preview")),
    isolate_styles=False,
)


def desk(view: ScorecardView, state: DeskState) -> None:
    """The scorecard of whoever looks, as a draft. The page is drawn again once it is sealed."""
    _desk(key="desk", data=_sent(view, state), on_sealed_change=lambda: None)


def levels_preview(rubric: Rubric, *, phone: bool) -> None:
    """The desk's own levels, which do nothing."""
    _preview(key="levels-preview", data={"levels": _levels(rubric), "phone": phone})


def _sent(view: ScorecardView, state: DeskState) -> dict[str, Any]:
    return {
        "scorecard": view.scorecard.id,
        "me": view.scorecard.person_id,
        "candidate": view.candidate.name,
        "round": view.round.name,
        "role": view.role_name,
        "shadow": view.scorecard.shadow,
        "together": view.round.sitting == "panel" and bool(view.colleagues),
        "opens": OPENS[view.interview.opens],
        "starts": _milliseconds(view.interview.starts_at),
        "minutes": view.interview.minutes,
        "candidateMinutes": view.round.candidate_minutes,
        "items": [_item(view, number, item) for number, item in enumerate(view.guide.items, start=1)],
        "letGo": _let_go_first(view),
        "outcomes": OUTCOME_NAMES,
        "reasons": [{"value": value, "words": REASON_NAMES[value], "key": key} for value, key in REASON_KEYS.items()],
        "recommendations": [{"value": value, "words": words} for value, words in RECOMMENDATION_NAMES.items()],
        "confidences": [{"value": value, "words": words} for value, words in CONFIDENCE_NAMES.items()],
        "longestNote": LONGEST_NOTE,
        "longestHandover": LONGEST_HANDOVER,
        "preferences": state.preferences.model_dump(),
        "state": state.model_dump(mode="json"),
    }


def _let_go_first(view: ScorecardView) -> list[str]:
    """The same advice for a whole panel, whose guides have the same questions in other orders."""
    place = {item.question.key: number for number, item in enumerate(view.round.items())}
    in_order = tuple(sorted(view.guide.items, key=lambda item: place[item.question.key]))
    return list(let_go_first(view.guide.model_copy(update={"items": in_order}), view.role))


def _item(view: ScorecardView, number: int, item: GuideItem) -> dict[str, Any]:
    question, competency = item.question, item.rubric.competency
    asked_by_another = bool(view.colleagues) and item.asked_by != view.person_name
    need = "must" if competency in view.role.must_haves else "nice" if competency in view.role.measured else ""
    return {
        "key": question.key,
        "number": number,
        "prompt": question.prompt,
        "category": item.category,
        "competency": competency,
        "need": need,
        "minutes": question.minutes,
        "askedBy": item.asked_by if asked_by_another else "",
        "pilot": item.pilot,
        "probes": list(question.probes),
        "answer": as_html(question.answer),
        "strong": list(question.strong),
        "weak": list(question.weak),
        "levels": _levels(item.rubric),
    }


def _levels(rubric: Rubric) -> list[dict[str, Any]]:
    count = len(rubric.anchors)
    return [
        {"level": each.level, "label": each.label, "text": each.text, "colour": place_on_five(each.level, count) + 1}
        for each in rubric.anchors
    ]


def _milliseconds(moment: datetime) -> float:
    """Of naive UTC, as browsers count."""
    return moment.replace(tzinfo=UTC).timestamp() * 1000
