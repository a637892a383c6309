"""Every session_state key. Nothing here is storage: a reload may forget it."""

from dataclasses import dataclass
from typing import Any

import streamlit as st

ANSWERS = "answers"  # list -> AnswerState
FITS = "fits"  # calculation -> key -> its fit in this tab, the latest last
NOTICE = "notice"  # (kind, sentence) shown once after the next run
ADDED = "added"  # question set -> what was last added to it at once
INVITATION = "invitation"  # (name, link) of the link just made
LEVELS = "levels"  # exercise -> the level chosen and not sealed yet
JUDGED = "judged"  # question set -> the question whose rubric and weight are being changed
PAGES = "pages"  # list -> (what is looked for, the place its shown page begins at)
PANELS_ASKED = "panels-asked"  # what panels were last asked to be proposed for
PICKED = "picked-for-plan"  # the question that is open while a plan's questions are chosen
SEARCHES = "searches"  # plan -> what each seat keeps in the search for its best question sets
STARTING = "starting-from"  # the question set for which another one to start from is being chosen


@dataclass
class AnswerState:
    """How often this tab has answered what a list sent; the list takes the stored state after each answer."""

    number: int = 0


def answers(of_list: str) -> AnswerState:
    every: dict[str, AnswerState] = st.session_state.setdefault(ANSWERS, {})
    return every.setdefault(of_list, AnswerState())


def tell(sentence: str, *, problem: bool = False) -> None:
    """Say something after the coming rerun."""
    st.session_state[NOTICE] = ("problem" if problem else "done", sentence)


def take_notice() -> tuple[str, str] | None:
    notice: tuple[str, str] | None = st.session_state.pop(NOTICE, None)
    return notice


def page(of_list: str, view: str) -> int | None:
    """The place at which the shown page of a list begins; None until a page is turned in this view of it."""
    turned: tuple[str, int] = st.session_state.setdefault(PAGES, {}).get(of_list, ("", 0))
    return turned[1] if turned[0] == view else None


def turn_page(of_list: str, view: str, place: int) -> None:
    st.session_state.setdefault(PAGES, {})[of_list] = (view, place)


def fits(of: str) -> dict[str, Any]:
    """The fits of one long calculation by key; see long_fit."""
    every: dict[str, dict[str, Any]] = st.session_state.setdefault(FITS, {})
    return every.setdefault(of, {})


def searches() -> dict[str, dict[str, tuple[str, ...]]]:
    """The searches for best question sets that this tab has asked for, by plan."""
    found: dict[str, dict[str, tuple[str, ...]]] = st.session_state.setdefault(SEARCHES, {})
    return found


def level(of: str) -> int | None:
    """The level that this tab has chosen for an exercise and not sealed."""
    found: int | None = st.session_state.setdefault(LEVELS, {}).get(of)
    return found


def choose_level(of: str, chosen: int) -> None:
    st.session_state.setdefault(LEVELS, {})[of] = chosen
