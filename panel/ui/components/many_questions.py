"""Many questions at once: choose them in the list, then take them to a state together."""

from typing import Any

import streamlit as st

from panel.actions import questions
from panel.domain.questions import STATE_NAMES, BankQuestion, QuestionState
from panel.ui import state
from panel.ui.components import frame
from panel.ui.resources import visitor
from panel.ui.words import count

CHOSEN = "many-chosen"  # keys of the questions chosen in this tab
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
    chosen: set[str] = st.session_state.setdefault(CHOSEN, set())
    with st.container(horizontal=True, vertical_alignment="center", key="many-tools"):
        frame.quiet(f"{count(len(chosen), 'question')} chosen")
        st.button(f"Choose all {len(found):,} found", on_click=_choose, args=({each.key for each in found},))
        st.button("Choose none", on_click=_choose, args=(set(),), disabled=not chosen)
        with st.popover("Change state", disabled=not chosen):
            for to, verb in VERBS.items():
                st.button(verb, key=f"many-{to}", on_click=_move, args=(to,))
    return {"checked": chosen, "on_check": _choose}


def _choose(keys: set[str]) -> None:
    st.session_state[CHOSEN] = set(keys)


def _move(to: QuestionState) -> None:
    here = visitor()
    with frame.told_when_refused():
        moved, refused = questions.move_many(here.workspace, by=here.person, keys=st.session_state[CHOSEN], to=to)
        _choose(set())
        said = f"{count(moved, 'question')} {'is' if moved == 1 else 'are'} now {STATE_NAMES[to].lower()}."
        if refused:
            more = f" And {len(refused) - SHOWN_REFUSALS} more." if len(refused) > SHOWN_REFUSALS else ""
            said += f" {count(len(refused), 'question')} stayed: " + " ".join(refused[:SHOWN_REFUSALS]) + more
        state.tell(said, problem=bool(refused))
