"""Putting another level beside a sealed rating, with the reason for it."""

import streamlit as st

from panel.actions import debrief_steps
from panel.actions.debriefs import AskedQuestion, DebriefView
from panel.domain.composites import Beside
from panel.domain.people import may_reconcile
from panel.domain.scorecards import LONGEST_NOTE
from panel.ui import state
from panel.ui.components import frame
from panel.ui.resources import visitor
from panel.ui.words import plain


def reconciling(view: DebriefView, asked: AskedQuestion) -> None:
    """Offered for ratings with a level that the reader may reconcile."""
    here = visitor()
    able = {
        each.scorecard_id: each
        for each in asked.ratings
        if each.sealed.level is not None and may_reconcile(here.person, rater_id=each.sealed.person_id)
    }
    if not able:
        return
    # A saved change gives new keys, so that nothing typed for it stays; what is refused stays as it was typed.
    made = sum(len(each.events) for each in able.values())
    key = f"{next(iter(able))}-{asked.item.question.key}-{made}"
    with st.popover("Reconcile a rating", type="tertiary"), st.form(f"reconcile-{key}", border=False):
        frame.quiet("The sealed rating stays as it is. What you choose stands beside it, with your name and reason.")
        st.selectbox(
            "Whose rating",
            list(able),
            format_func=lambda card: _rated(able[card]),
            key=f"whose-{key}",
        )
        st.radio(
            "Level",
            list(asked.item.rubric.levels),
            index=None,
            format_func=lambda level: plain(f"{level} {asked.item.rubric.anchor(level).label}"),
            key=f"level-{key}",
        )
        st.text_area("Why", key=f"why-{key}", max_chars=LONGEST_NOTE)
        with st.container(horizontal=True):
            st.form_submit_button("Reconcile", on_click=_reconcile, args=(view, asked, able, key, False))
            if any(each.reconciled for each in able.values()):
                st.form_submit_button("Take back", on_click=_reconcile, args=(view, asked, able, key, True))


def _rated(each: Beside) -> str:
    standing = f", reconciled to {each.composite.level}" if each.reconciled else ""
    return f"{each.sealed.person_name}: {each.sealed.level}{standing}"


def _reconcile(view: DebriefView, asked: AskedQuestion, able: dict[str, Beside], key: str, back: bool) -> None:
    here, chosen = visitor(), able[st.session_state[f"whose-{key}"]]
    level = None if back else st.session_state[f"level-{key}"]
    with frame.told_when_refused():
        if level is None and not back:
            state.tell("Choose a level, then reconcile.", problem=True)
            return
        debrief_steps.reconcile(
            here.workspace,
            by=here.person,
            candidate_id=view.candidate.id,
            scorecard_id=chosen.scorecard_id,
            question_key=asked.item.question.key,
            level=level,
            reason=st.session_state[f"why-{key}"],
            seen=len(chosen.events),
        )
        who = chosen.sealed.person_name
        state.tell(
            f"Taken back: {who}'s sealed level holds." if back else f"Level {level} stands beside {who}'s rating."
        )
