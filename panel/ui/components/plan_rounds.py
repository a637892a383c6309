"""The rounds of a plan on its page: how each slot is spent, who sits in it, and their forms."""

from collections.abc import Mapping

import streamlit as st
from markupsafe import Markup

from panel.actions import plan_rounds, plans
from panel.actions.plans import PlanView
from panel.domain.candidates import OPENING_NAMES
from panel.domain.plans import (
    OPEN_SEAT,
    SITTING_NAMES,
    Assignment,
    Round,
)
from panel.domain.timing import Timing
from panel.ui import state
from panel.ui.components import frame
from panel.ui.components.places import go
from panel.ui.components.round_form import round_form
from panel.ui.components.slot_bar import in_words, slot_bar
from panel.ui.resources import visitor
from panel.ui.words import count

STATES = {"open": "", "proposed": "proposed, waits for acceptance", "accepted": "accepted"}
NOBODY = "Open seat, somebody will take it"
LEFT_OPEN = "left-open"  # the choice of nobody: a list takes an empty choice for none at all


def rounds(view: PlanView, lines: tuple[Timing, ...], names: Mapping[str, str], *, manages: bool, edit: str) -> None:
    """Every round; `edit` is the id of the one whose form is to stand open."""
    for place, each in enumerate(view.plan.rounds):
        own = [line for line in lines if line.round_id == each.id]
        _round(view, place, each, own, names, manages=manages, edit=edit == each.id)
    _opening(view, manages=manages)
    if manages:
        with st.expander("Add a round", expanded=not view.plan.rounds):
            round_form(view, None, names)


def _opening(view: PlanView, *, manages: bool) -> None:
    """When the scorecards of a panel open to it, which a manager chooses."""
    label = "Panelists read one another’s scorecards"
    if not manages:
        frame.quiet(f"{label} {OPENING_NAMES[view.plan.opens]}.")
        return
    key = f"opens-{view.id}-{view.stored.version}"
    st.selectbox(
        label,
        list(OPENING_NAMES),
        index=list(OPENING_NAMES).index(view.plan.opens),
        format_func=lambda each: OPENING_NAMES[each],
        key=key,
        width=360,
        help="Nobody waits for a shadow. Interviews that are made already keep what their version says.",
        on_change=_open,
        args=(view, key),
    )


def _round(
    view: PlanView,
    place: int,
    each: Round,
    lines: list[Timing],
    names: Mapping[str, str],
    *,
    manages: bool,
    edit: bool,
) -> None:
    frame.section(each.name, SITTING_NAMES[each.sitting])
    if edit and manages:
        round_form(view, each, names)
    if each.needs_training:
        frame.quiet(f"Its interviewers are trained for {each.needs_training}.")
    if each.together and lines:
        slot_bar(lines[0])
    elif lines:
        slot_bar(max(lines, key=lambda line: line.minutes), "The longest set" if len(lines) > 1 else "")
    minutes = {line.seat_id: line for line in lines}
    for assignment in each.assignments:
        _seat(view, each, assignment, minutes.get(assignment.id), names, manages=manages)
    if not each.assignments:
        frame.quiet("Nobody sits in this round yet.")
    if manages:
        _round_tools(view, place, each, names, edit=edit)


def _seat(
    view: PlanView,
    each: Round,
    assignment: Assignment,
    line: Timing | None,
    names: Mapping[str, str],
    *,
    manages: bool,
) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"part-{assignment.id}"):
        facts = [count(len(assignment.questions), "question")]
        facts += [in_words(line)] if line else []
        facts += [STATES[assignment.state]] if STATES[assignment.state] else []
        facts += [f"asked to cover {', '.join(assignment.covers)}"] if assignment.covers else []
        who = names.get(assignment.interviewer_id, "Somebody who left")
        frame.html(
            Markup('<p>{}<br><span class="quiet">{}</span></p>').format(
                NOBODY if assignment.interviewer_id == OPEN_SEAT else who, ", ".join(facts)
            )
        )
        st.button(
            "Questions", key=f"questions-{assignment.id}", on_click=go, kwargs={"plan": view.id, "part": assignment.id}
        )
        if manages:
            with st.popover("Seat"):
                _seat_form(view, each, assignment, names)


def _seat_form(view: PlanView, each: Round, assignment: Assignment, names: Mapping[str, str]) -> None:
    key = f"{assignment.id}-{assignment.revision}"
    taken = {other.interviewer_id for other in each.assignments if other.id != assignment.id}
    offered = [LEFT_OPEN, *(one for one in names if one not in taken)]
    with st.form(f"seat-form-{key}", border=False):
        st.selectbox(
            "Interviewer",
            offered,
            index=offered.index(assignment.interviewer_id) if assignment.interviewer_id in offered else 0,
            format_func=lambda one: names.get(one, NOBODY),
            key=f"who-{key}",
        )
        wanted = [*view.role.role.measured, *(one for one in assignment.covers if one not in view.role.role.measured)]
        st.multiselect(
            "Asked to cover",
            wanted,
            default=list(assignment.covers),
            key=f"covers-{key}",
            placeholder="Any competency",
            help="Named ones are those this interviewer may ask when question sets are put together.",
        )
        st.form_submit_button("Save the seat", on_click=_save_seat, args=(view, assignment))
    frame.quiet("Removing takes the seat out of the draft, with the questions chosen for it.")
    st.button("Remove the interviewer", key=f"unassign-{assignment.id}", on_click=_unassign, args=(view, assignment))


def _round_tools(view: PlanView, place: int, each: Round, names: Mapping[str, str], *, edit: bool) -> None:
    seated = {assignment.interviewer_id for assignment in each.assignments} - {OPEN_SEAT}
    full = each.sitting == "single" and bool(each.assignments)
    with st.container(horizontal=True):
        if not full:
            with st.popover("Assign an interviewer"), st.form(f"assign-{each.id}", border=False):
                st.selectbox(
                    "Interviewer",
                    [*(one for one in names if one not in seated), LEFT_OPEN],
                    format_func=lambda one: names.get(one, NOBODY),
                    key=f"seat-{each.id}",
                    index=None,
                    placeholder="Choose a person",
                )
                st.form_submit_button("Assign", on_click=_assign, args=(view, each))
        if not edit:
            with st.popover("Change the round"):
                round_form(view, each, names)
                st.button("Remove the round", key=f"drop-{each.id}", on_click=_remove, args=(view, each))
        if len(view.plan.rounds) > 1:
            st.button("Earlier", key=f"earlier-{each.id}", disabled=not place, on_click=_move, args=(view, each, -1))
            last = place == len(view.plan.rounds) - 1
            st.button("Later", key=f"later-{each.id}", disabled=last, on_click=_move, args=(view, each, 1))


# ---- changes ----------------------------------------------------------------------------------------------------


def _open(view: PlanView, key: str) -> None:
    here = visitor()
    with frame.told_when_refused():
        plans.choose_opening(
            here.workspace,
            by=here.person,
            plan_id=view.id,
            seen_version=view.stored.version,
            opens=st.session_state[key],
        )


def _remove(view: PlanView, each: Round) -> None:
    here = visitor()
    with frame.told_when_refused():
        plan_rounds.remove_round(
            here.workspace, by=here.person, plan_id=view.id, round_id=each.id, seen_version=view.stored.version
        )


def _move(view: PlanView, each: Round, step: int) -> None:
    here = visitor()
    with frame.told_when_refused():
        plan_rounds.move_round(
            here.workspace,
            by=here.person,
            plan_id=view.id,
            round_id=each.id,
            seen_version=view.stored.version,
            step=step,
        )


def _assign(view: PlanView, each: Round) -> None:
    here = visitor()
    person_id = st.session_state[f"seat-{each.id}"]
    with frame.told_when_refused():
        if person_id is None:
            state.tell("Choose who takes the seat.", problem=True)
            return
        plan_rounds.assign(
            here.workspace, by=here.person, plan_id=view.id, round_id=each.id, person_id=_person(person_id)
        )


def _save_seat(view: PlanView, assignment: Assignment) -> None:
    here = visitor()
    key = f"{assignment.id}-{assignment.revision}"
    person_id, covers = st.session_state[f"who-{key}"], tuple(st.session_state[f"covers-{key}"])
    with frame.told_when_refused():
        plan_rounds.save_seat(
            here.workspace,
            by=here.person,
            plan_id=view.id,
            assignment_id=assignment.id,
            seen_revision=assignment.revision,
            person_id=_person(person_id),
            covers=covers,
        )


def _person(choice: str) -> str:
    return OPEN_SEAT if choice == LEFT_OPEN else choice


def _unassign(view: PlanView, assignment: Assignment) -> None:
    here = visitor()
    with frame.told_when_refused():
        plan_rounds.unassign(
            here.workspace,
            by=here.person,
            plan_id=view.id,
            assignment_id=assignment.id,
            seen_revision=assignment.revision,
        )
