"""How much of the slot is left, counted by the browser so that the server need not tick."""

from datetime import UTC, datetime, timedelta

import streamlit as st

from panel.ui.components.asset import asset

CSS = "span { color: var(--st-text-color); font-variant-numeric: tabular-nums; }"
_countdown = st.components.v2.component("countdown", html="<span></span>", css=CSS, js=asset("countdown.js"))


def countdown(*, key: str, starts_at: datetime, minutes: int) -> None:
    """`starts_at` is naive UTC."""
    start = starts_at.replace(tzinfo=UTC)
    end = start + timedelta(minutes=minutes)
    _countdown(
        key=key,
        data={"starts": start.timestamp() * 1000, "ends": end.timestamp() * 1000, "planned": f"{minutes} minutes"},
    )
