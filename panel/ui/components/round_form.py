"""The form of a round: its kind, how its slot is split, who and how many it needs."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from panel.actions import plan_rounds
from panel.actions.plans import PlanView
from panel.domain.plans import SITTING_NAMES, USUAL_CANDIDATE, USUAL_OPENING, Round, Sitting
from panel.ui import state
from panel.ui.components import frame
from panel.ui.resources import visitor

SITTINGS: list[Sitting] = ["single", "panel", "separate"]


def round_form(view: PlanView, each: Round | None, names: Mapping[str, str]) -> None:
    key = each.id if each else "new"
    with st.form(f"round-{key}", border=False):
        st.text_input("Name of the round", value=each.name if each else "", key=f"round-name-{key}", max_chars=120)
        st.radio(
            "Sitting",
            SITTINGS,
            index=SITTINGS.index(each.sitting) if each else 1,
            key=f"round-sitting-{key}",
            format_func=lambda one: SITTING_NAMES[one],
        )
        slot, opening, candidate, least = st.columns(4)
        with slot:
            _minutes("Slot, minutes", "minutes", key, 10, 480, each.minutes if each else 60)
        with opening:
            _minutes("Opening, minutes", "opening", key, 0, 60, each.opening_minutes if each else USUAL_OPENING)
        with candidate:
            _minutes(
                "Candidate asks, minutes", "candidate", key, 0, 60,
                each.candidate_minutes if each else USUAL_CANDIDATE,
            )  # fmt: skip
        with least:
            st.number_input(
                "Fewest interviewers", 1, 12, value=each.minimum_interviewers if each else 1, key=f"round-least-{key}"
            )
        st.text_input(
            "Training its interviewers need",
            value=each.needs_training if each else "",
            key=f"round-training-{key}",
            max_chars=120,
            placeholder="Leave empty where it needs none",
        )
        st.toggle(
            "May ask again what is asked elsewhere in the day",
            value=bool(each and each.may_repeat),
            key=f"round-repeat-{key}",
            help="For a second opinion on the same answer. Otherwise a repeat blocks publishing.",
        )
        if each is None:
            st.multiselect("Interviewers", list(names), format_func=lambda one: names[one], key="round-people-new")
        st.form_submit_button("Save the round" if each else "Add the round", on_click=_save, args=(view, each))


def _minutes(label: str, name: str, key: str, low: int, high: int, value: int) -> None:
    st.number_input(label, low, high, value=value, step=5, key=f"round-{name}-{key}")


def _save(view: PlanView, each: Round | None) -> None:
    here = visitor()
    key = each.id if each else "new"
    typed = st.session_state
    facts: dict[str, Any] = {
        "by": here.person,
        "plan_id": view.id,
        "name": typed[f"round-name-{key}"],
        "sitting": typed[f"round-sitting-{key}"],
        "minutes": int(typed[f"round-minutes-{key}"]),
        "opening_minutes": int(typed[f"round-opening-{key}"]),
        "candidate_minutes": int(typed[f"round-candidate-{key}"]),
        "minimum_interviewers": int(typed[f"round-least-{key}"]),
        "needs_training": typed[f"round-training-{key}"],
        "may_repeat": bool(typed[f"round-repeat-{key}"]),
    }
    with frame.told_when_refused():
        if each is None:
            plan_rounds.add_round(here.workspace, **facts, interviewers=tuple(typed["round-people-new"]))
            typed["round-name-new"], typed["round-people-new"] = "", []
        else:
            plan_rounds.change_round(here.workspace, **facts, round_id=each.id, seen_version=view.stored.version)
            state.tell(f"{facts['name']} is saved.")
            st.query_params.pop("round", None)
