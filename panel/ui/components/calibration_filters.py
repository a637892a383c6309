"""Which ratings the team's calibration is of: role, plan, round, competency and period, kept in the URL."""

from datetime import date, timedelta

import streamlit as st

from panel.actions.calibration import Choices
from panel.actions.tidy_ratings import Chosen
from panel.domain.basics import now

PERIODS = {"": "All time", "90": "Last 3 months", "365": "Last 12 months", "days": "From one day to another"}
ALL = ""


def chosen_part(choices: Choices) -> Chosen:
    role, plan, where, competency, period = st.columns(5)
    with role:
        role_id = _choose("Role", choices.roles, "role", "All roles")
    of_role = choices.rounds_of(role_id)
    with plan:
        plans = {each[1]: choices.plans[each[1]] for each in of_role}
        plan_id = _choose("Plan", plans, "plan", "All plans")
    of_plan = choices.rounds_of(role_id, plan_id)
    with where:
        rounds = {each[2]: _round_name(each, choices, apart=not plan_id) for each in of_plan}
        round_id = _choose("Round", rounds, "round", "All rounds")
    with competency:
        asked = [round_id] if round_id else [each[2] for each in of_plan]
        measured = sorted({one for each in asked for one in choices.competencies[each]}, key=str.casefold)
        wanted = _choose("Competency", {each: each for each in measured}, "competency", "All competencies")
    with period:
        since, until = _period()
    return Chosen(role_id, plan_id, round_id, wanted, since, until)


def _choose(label: str, options: dict[str, str], name: str, everything: str) -> str:
    """One of the options or all of them; what is in the URL and is no option any more counts as all."""
    ids = [ALL, *options]
    asked = st.query_params.get(name, ALL)
    chosen = st.selectbox(
        label,
        ids,
        index=ids.index(asked) if asked in ids else 0,
        format_func=lambda each: options.get(each, each) if each else everything,
        key=f"calibrated-{name}",
    )
    _keep(name, chosen)
    return chosen


def _period() -> tuple[date | None, date | None]:
    """First and last day of the interviews that count."""
    asked = st.query_params.get("period", ALL)
    keys = list(PERIODS)
    period = st.selectbox(
        "Period", keys, index=keys.index(asked) if asked in keys else 0, format_func=PERIODS.__getitem__,
        key="calibrated-period",
    )  # fmt: skip
    _keep("period", period)
    today = now().date()
    if period != "days":
        return (today - timedelta(days=int(period)) if period else None), None
    days = st.date_input("Days", (today - timedelta(days=30), today), key="calibrated-days", max_value=today)
    both = days if isinstance(days, tuple) else (days,)
    return (both[0], both[1]) if len(both) == 2 else (None, None)


def _keep(name: str, value: str) -> None:
    if value:
        st.query_params[name] = value
    elif name in st.query_params:
        del st.query_params[name]


def _round_name(each: tuple[str, str, str], choices: Choices, *, apart: bool) -> str:
    """With its plan where rounds of several plans stand in one list."""
    name = choices.round_names[each[2]]
    return f"{name} ({choices.plans[each[1]]})" if apart and len(choices.plans) > 1 else name
