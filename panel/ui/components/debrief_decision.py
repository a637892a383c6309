"""Who has confirmed, and the decision with what stands beside it."""

from typing import Any

import streamlit as st
from markupsafe import Markup

from panel.actions import debrief_steps, decisions, packets
from panel.actions.debrief_evidence import Panelist
from panel.actions.debriefs import DebriefView, Decided
from panel.domain.debriefs import DECISION_NAMES, FairAverage, ScoreSheet, standing_words
from panel.domain.scorecards import LONGEST_NOTE
from panel.domain.team_settings import Display, score_words
from panel.domain.text import listed
from panel.ui import state
from panel.ui.components import frame
from panel.ui.components.downloads import download
from panel.ui.components.ratings import note_block
from panel.ui.resources import visitor
from panel.ui.words import count, when

STATES = {
    "confirmed": "confirmed",
    "anew": "to confirm anew: something was added since",
    "not_yet": "has not confirmed yet",
    "owes": "still owes a scorecard",
    "left": "has left the team",
}


def confirmations(view: DebriefView) -> None:
    here = visitor()
    done = sum(each.state == "confirmed" for each in view.panelists)
    frame.section("Confirmations", f"{done} of {len(view.panelists)} confirmed")
    frame.html(Markup('<ul class="debrief-panel">{}</ul>').format(Markup("").join(map(_panelist, view.panelists))))
    own = view.own(here.person.id)
    if view.is_open and own and own.state in ("not_yet", "anew"):
        frame.quiet("I have read the evidence of everybody, and my scorecard stands as it is reconciled above.")
        st.button("Confirm", on_click=_confirm, args=(view,), key="confirm-debrief")


def decision(view: DebriefView) -> None:
    here = visitor()
    frame.section("Decision")
    for each in reversed(view.decisions):
        _decided(each, view.display, holds=each is view.decisions[-1])
    if view.decisions and view.leads:
        download(
            "Download the decision packet",
            lambda: packets.decision_packet(here.workspace, by=here.person, candidate_id=view.candidate.id),
            named=("decision", view.candidate.name), ending="pdf", key="packet",
        )  # fmt: skip
        with st.popover("Revise the decision"):
            _form(view)
    elif view.leads:
        _form(view)
    elif not view.decisions:
        frame.empty("Nothing is decided yet.", "A hiring manager writes the decision down here.")
    for debrief, made in view.earlier:
        frame.section(f"Debrief {debrief.number}", f"opened {when(debrief.opened_at)}")
        for each in reversed(made):
            _decided(each, view.display, holds=each is made[-1])


def _panelist(each: Panelist) -> Markup:
    at = f" {when(each.confirmed_at)}" if each.confirmed_at else ""
    return Markup('<li><b>{}</b> {}{} <span class="quiet">{}</span></li>').format(
        each.name, STATES[each.state], at, listed(each.rounds)
    )


def _decided(each: Decided, display: Display, *, holds: bool) -> None:
    made = each.decision
    parts = {
        "Reason": made.reason,
        "Why against the scores": made.against,
        "Conditions": made.conditions,
        "Why the earlier decision was revised": made.revises,
        "Scores it was made on": _scores(made.scores, display),
        "Fair average at that time": _fair(made.fair, display),
        "Who was there": listed(made.present),
        "Had not confirmed": listed(made.unconfirmed),
    }
    told = Markup("").join(
        Markup("<dt>{}</dt><dd>{}</dd>").format(name, note_block(text)) for name, text in parts.items() if text
    )
    frame.html(
        Markup('<div class="{}"><p class="question-prompt">{}</p><p class="quiet">{}</p><dl>{}</dl></div>').format(
            "decided" if holds else "decided earlier",
            DECISION_NAMES[made.outcome] if holds else f"Before that: {DECISION_NAMES[made.outcome].lower()}",
            f"written down by {each.by_name}, {when(made.decided_at)}",
            told,
        )
    )


def _scores(sheet: ScoreSheet, display: Display) -> str:
    behind = f"{count(sheet.ratings, 'rating')} by {count(sheet.interviewers, 'person', 'people')}"
    composite, sealed = (score_words(each, display) for each in (sheet.composite_mean, sheet.sealed_mean))
    return f"Composite {composite}, sealed {sealed}, from {behind}. {standing_words(sheet)}"


def _fair(fair: FairAverage | None, display: Display) -> str:
    if fair is None:
        return ""
    average, low, high = (score_words(each, display) for each in (fair.average, fair.low, fair.high))
    return f"{average}, between {low} and {high} (95 % interval). {fair.model}"


def _form(view: DebriefView) -> None:
    number = len(view.decisions)
    key = f"{view.debrief.id if view.debrief else ''}-{number}"
    there = [each for each in (each.person_id for each in view.panelists) if each in view.names]
    with st.form(f"decide-{key}", border=False):
        st.radio(
            "Outcome", list(DECISION_NAMES), index=None, format_func=DECISION_NAMES.__getitem__, key=f"outcome-{key}",
            horizontal=True,
        )  # fmt: skip
        st.text_area("Reason: the evidence that decided it", key=f"reason-{key}", max_chars=LONGEST_NOTE)
        st.text_area("Conditions, if any", key=f"conditions-{key}", max_chars=LONGEST_NOTE, height=80)
        if view.scores and view.scores.standing != "above":
            st.text_area("If you hire: why against the scores", key=f"against-{key}", max_chars=LONGEST_NOTE, height=80)
        elif view.scores:
            st.text_area(
                "If you do not hire: why against the scores", key=f"against-{key}", max_chars=LONGEST_NOTE, height=80
            )
        if number:
            st.text_area("Why the earlier decision is revised", key=f"revises-{key}", max_chars=LONGEST_NOTE, height=80)
        st.multiselect(
            "Who was there",
            list(view.names),
            default=list(dict.fromkeys([*there, visitor().person.id])),
            format_func=view.names.__getitem__,
            key=f"present-{key}",
        )
        missing = [each.name for each in view.panelists if each.state in ("not_yet", "anew")]
        if missing:
            frame.quiet(f"Not confirmed yet: {listed(missing)}. The decision will say so.")
        st.form_submit_button(
            "Write the decision down", on_click=_decide, args=(view, key), type="secondary" if number else "primary"
        )


def _confirm(view: DebriefView) -> None:
    here = visitor()
    with frame.told_when_refused():
        debrief_steps.confirm(here.workspace, by=here.person, candidate_id=view.candidate.id, seen=view.seen_own)
        state.tell("You have confirmed.")


def _decide(view: DebriefView, key: str) -> None:
    here = visitor()
    typed: Any = st.session_state
    with frame.told_when_refused():
        decisions.decide(
            here.workspace,
            by=here.person,
            candidate_id=view.candidate.id,
            outcome=typed[f"outcome-{key}"] or "",
            reason=typed[f"reason-{key}"],
            conditions=typed[f"conditions-{key}"],
            present_ids=typed[f"present-{key}"],
            against=typed.get(f"against-{key}", ""),
            revises=typed.get(f"revises-{key}", ""),
            seen=len(view.decisions),
        )
        state.tell("The decision is written down.")
