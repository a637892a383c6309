"""Which candidates stand side by side, kept in the URL: all of a role as long as they are few, else those chosen."""

from contextlib import nullcontext

import streamlit as st

from panel.actions.compare import Choosable
from panel.ui.words import plain

MOST = 30


def choose_candidates(everyone: list[Choosable], *, role_id: str) -> list[str]:
    """The ids of the chosen candidates, in the order of their names."""
    few = len(everyone) <= MOST
    ids = [each.id for each in everyone]
    names = {each.id: each.name for each in everyone}
    asked = [each for each in st.query_params.get("candidates", "").split(",") if each in names][:MOST]
    default = asked or (ids if few else [])
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
