"""How scores are written for the whole team: where it is said, and where managers change it."""

import streamlit as st

from panel.actions import team_settings
from panel.domain.team_settings import DISPLAY_NAMES
from panel.ui import state
from panel.ui.components import frame
from panel.ui.resources import Visitor, visitor


def score_display(here: Visitor) -> None:
    """For those who manage hiring."""
    seen = team_settings.settings(here.workspace, by=here.person)
    key = f"display-{seen.version}"
    st.radio(
        "Scores are written, for the whole team",
        list(DISPLAY_NAMES),
        index=list(DISPLAY_NAMES).index(seen.display),
        format_func=DISPLAY_NAMES.__getitem__,
        key=key,
        on_change=_keep,
        args=(key,),
        horizontal=True,
        help="Ratings stay levels. Scores from 0 to 100 are computed from them; nobody types one.",
    )


def _keep(key: str) -> None:
    here = visitor()
    with frame.told_when_refused():
        seen = team_settings.settings(here.workspace, by=here.person)
        if key != f"display-{seen.version}":
            state.tell("How scores are written was changed in the meantime. It is shown as it is now.", problem=True)
            return
        wanted = seen.model_copy(update={"display": st.session_state[key]})
        team_settings.change_settings(here.workspace, by=here.person, wanted=wanted)
        state.tell(f"Scores are now written {DISPLAY_NAMES[wanted.display]}.")
