"""Which candidates stand side by side, kept in the URL: all of a role as long as they are few, else those chosen, and
at first those who were interviewed last."""

from contextlib import nullcontext
from datetime import datetime

import streamlit as st

from panel.actions.compare import Choosable
from panel.ui.words import plain

MOST = 30
AT_FIRST = 12


def choose_candidates(everyone: list[Choosable], *, role_id: str) -> list[str]:
    """The ids of the chosen candidates, in the order of their names."""
    few = len(everyone) <= MOST
    ids = [each.id for each in everyone]
    names = {each.id: each.name for each in everyone}
    asked = [each for each in st.query_params.get("candidates", "").split(",") if each in names][:MOST]
    default = asked or (ids if few else interviewed_last(everyone))
    said = "all" if len(default) == len(ids) else f"{len(default)} of {len(ids)}"
    fold = st.expander(plain(f"Candidates side by side: {said}")) if few else nullcontext()
    with fold:
        chosen = st.multiselect(
            "Candidates side by side",
            ids,
            default=default,
            format_func=lambda each: names[each],
            max_selections=MOST,
            placeholder=f"Search by name; up to {MOST} of {len(ids):,}",
            key=f"compared-{role_id}",
        )
    if len(chosen) == len(ids):
        st.query_params.pop("candidates", None)
    else:
        st.query_params["candidates"] = ",".join(chosen)
    return [each for each in ids if each in set(chosen)]


def interviewed_last(everyone: list[Choosable]) -> list[str]:
    """Ids of the candidates with a submitted scorecard whose last interview is the latest, in the order of names."""
    done = [each for each in everyone if each.submitted]
    done.sort(key=lambda each: each.latest or datetime.min, reverse=True)
    wanted = {each.id for each in done[:AT_FIRST]}
    return [each.id for each in everyone if each.id in wanted]
