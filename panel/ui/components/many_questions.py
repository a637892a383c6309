"""Many questions at once: choose them in the list, then take them to a state together."""

from typing import Any

import streamlit as st

from panel.actions import question_life
from panel.actions.questions import Seen
from panel.domain.questions import STATE_NAMES, BankQuestion, QuestionState
from panel.domain.text import listed
from panel.ui import state
from panel.ui.components import frame
from panel.ui.resources import visitor
from panel.ui.words import count

CHOSEN = "many-chosen"  # key of a question chosen in this tab -> Seen, as it stood when it was chosen
ON = "many"
VERBS: dict[QuestionState, str] = {
    "approved": "Approve",
    "pilot": "Make pilots",
    "in_review": "Hand in for review",
    "draft": "Back to draft",
    "retired": "Retire",
}
SHOWN_REFUSALS = 3


def switch() -> None:
    st.toggle("Choose several", key=ON, help="Approve, retire or hand in many questions together.")


def many(found: list[BankQuestion]) -> dict[str, Any]:
    """While the switch is on, what can be done with those chosen; what the list needs for its boxes."""
    if not st.session_state.get(ON):
        return {}
    chosen: dict[str, Seen] = st.session_state.setdefault(CHOSEN, {})
    shown = {each.key: Seen(each.version, each.state) for each in found}

    def choose(keys: set[str]) -> None:
        known = shown | chosen  # what was chosen before counts as it was seen then
        st.session_state[CHOSEN] = {key: known[key] for key in keys if key in known}

    with st.container(horizontal=True, vertical_alignment="center", key="many-tools"):
        frame.quiet(f"{count(len(chosen), 'question')} chosen")
        st.button(f"Choose all {len(found):,} found", on_click=choose, args=(set(shown),))
        st.button("Choose none", on_click=choose, args=(set(),), disabled=not chosen)
        with st.popover("Change state", disabled=not chosen):
            for to, verb in VERBS.items():
                st.button(verb, key=f"many-{to}", on_click=_move, args=(to,))
    return {"checked": chosen, "on_check": choose}


def _move(to: QuestionState) -> None:
    here = visitor()
    with frame.told_when_refused():
        done = question_life.move_many(here.workspace, by=here.person, seen=st.session_state[CHOSEN], to=to)
        st.session_state[CHOSEN] = {}
        said = f"{count(done.moved, 'question')} {'is' if done.moved == 1 else 'are'} now {STATE_NAMES[to].lower()}."
        if done.planned:
            said += f" These plan drafts still hold some of them: {listed(done.planned)}."
        if done.refused:
            rest = len(done.refused) - SHOWN_REFUSALS
            more = f" And {rest} more." if rest > 0 else ""
            said += f" {count(len(done.refused), 'question')} stayed: " + " ".join(done.refused[:SHOWN_REFUSALS]) + more
        state.tell(said, problem=bool(done.refused))
