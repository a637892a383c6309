"""What can be done with a whole set: have the rest suggested, start from another one, propose, accept, take back."""

import streamlit as st
from markupsafe import Markup

from panel.actions import earlier_sets, favourites
from panel.actions.earlier_sets import EarlierSet
from panel.actions.plans import PlanView
from panel.domain.plans import Assignment
from panel.domain.questions import BankQuestion
from panel.ui import state
from panel.ui.components import frame, set_changes
from panel.ui.resources import visitor
from panel.ui.words import count, day

Bank = dict[str, BankQuestion]
FAVOURITES = "favourites"


def steps(view: PlanView, assignment: Assignment, *, mine: bool, manages: bool) -> None:
    """The buttons; on a phone they stand at the thumb."""
    with st.container(horizontal=True, key="set-steps"):
        st.button("Suggest the rest", on_click=set_changes.suggest, args=(view, assignment))
        st.button("Start from…", on_click=_turn_starting, args=(assignment,))
        if manages and assignment.questions and assignment.state != "accepted":
            st.button(
                "Accept the questions", type="primary", on_click=set_changes.accept, args=(view, assignment, True)
            )
        if manages and assignment.state == "proposed":
            st.button("Hand back for changes", on_click=set_changes.accept, args=(view, assignment, False))
        elif mine and not manages and assignment.state == "open":
            st.button(
                "Propose to the manager",
                type="primary",
                on_click=set_changes.propose,
                args=(view, assignment),
                disabled=not assignment.questions,
            )


def standing(assignment: Assignment, *, mine: bool, manages: bool) -> None:
    """Whose move it is, for the interviewer."""
    if mine and not manages and assignment.state != "open":
        frame.quiet(
            "The manager has accepted this set; a change opens it again."
            if assignment.state == "accepted"
            else "Waits for the manager; a change takes the proposal back."
        )


def added_line(view: PlanView, assignment: Assignment) -> None:
    """How many were added at once, and the way back; the list marks which."""
    added = set_changes.added_at_once(assignment)
    if added is None:
        return
    done = "suggested and added" if added.what == "suggestion" else "added"
    words = f"{count(len(added.keys), 'question')} {done}, marked in the list."
    with st.container(key="added-at-once"):
        frame.html(Markup('<p class="newer">{}</p>').format(" ".join((words, *added.remarks))))
        st.button(f"Take the {added.what} back", on_click=set_changes.take_back, args=(view, assignment, added))


# ---- starting from another set ----------------------------------------------------------------------------------


def is_starting(assignment: Assignment) -> bool:
    return bool(st.session_state.get(state.STARTING) == assignment.id)


def _turn_starting(assignment: Assignment) -> None:
    st.session_state[state.STARTING] = "" if is_starting(assignment) else assignment.id


def starting(view: PlanView, assignment: Assignment, bank: Bank, *, mine: bool) -> None:
    """While it is open: favourites and earlier sets, what they hold, and taking them over."""
    if not is_starting(assignment):
        return
    here = visitor()
    offered = _offered(view, assignment)
    with st.container(key="starting"):
        frame.html(Markup("<p><b>Start from</b></p>"))
        if not offered:
            frame.empty(
                "There is nothing to start from yet.",
                "Keep questions at hand while you read the bank; your sets of other rounds stand here as well.",
            )
            return
        chosen = st.selectbox(
            "Favourites or an earlier set",
            list(offered),
            format_func=lambda each: _name(offered[each], whose=not mine, me=here.person.id),
            key=f"start-{assignment.id}",
        )
        keys = offered[chosen].keys if chosen in offered else ()
        lines = Markup("").join(
            Markup("<li>{}</li>").format(bank[key].question.prompt if key in bank else "A question that left the bank")
            for key in keys
        )
        frame.html(Markup('<ul class="changes">{}</ul>').format(lines))
        frame.quiet(
            "Those that can be asked here are added, in their newest version, as far as the minutes go. "
            "What others ask in this plan stays out."
        )
        with st.container(horizontal=True):
            st.button("Add these questions", on_click=_start, args=(view, assignment, keys))
            st.button("Close", key="close-starting", on_click=_turn_starting, args=(assignment,))


def _start(view: PlanView, assignment: Assignment, keys: tuple[str, ...]) -> None:
    st.session_state[state.STARTING] = ""
    set_changes.start_from(view, assignment, keys)


def _offered(view: PlanView, assignment: Assignment) -> dict[str, EarlierSet]:
    """The choices by a name that stays the same while the page is looked at."""
    here = visitor()
    found: dict[str, EarlierSet] = {}
    kept = tuple(favourites.favourites(here.workspace, by=here.person))
    if kept:
        found[FAVOURITES] = EarlierSet(here.person.id, here.person.name, "", "", None, kept)
    sets = earlier_sets.earlier_sets(here.workspace, by=here.person, plan_id=view.id, assignment_id=assignment.id)
    return found | {f"{each.who_id}-{each.round_name}-{'-'.join(each.keys)}": each for each in sets}


def _name(each: EarlierSet, *, whose: bool, me: str) -> str:
    many = count(len(each.keys), "question")
    if not each.plan_title:
        return f"Your favourites, {many}"
    who = f"{each.who} · " if whose or each.who_id != me else ""
    at = day(each.published_at) if each.published_at else "draft"
    return f"{who}{each.plan_title} · {each.round_name}, {at}, {many}"
