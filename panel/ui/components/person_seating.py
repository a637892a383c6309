"""What decides where somebody may sit: training, conflicts of interest, interviews a week, days away."""

from datetime import datetime, timedelta

import streamlit as st
from markupsafe import Markup

from panel.actions import accounts, availability, conflicts, training
from panel.domain.availability import MOST_A_WEEK
from panel.domain.conflicts import CONFLICT_LABELS, CONFLICT_NAMES, ConflictKind
from panel.domain.people import may_manage_hiring
from panel.domain.training import TRAINING_NAMES, Training
from panel.ui import state
from panel.ui.components import frame
from panel.ui.resources import visitor
from panel.ui.words import zone

KINDS: list[ConflictKind] = ["referred", "knows", "own_record"]
NOT_TRAINED = ""


def person_seating() -> None:
    """For those who manage hiring: anybody's, chosen by name."""
    here = visitor()
    names = {each.id: each.name for each in accounts.people(here.workspace, by=here.person) if each.active}
    asked = st.query_params.get("person", "")
    order = list(names)
    chosen = st.selectbox(
        "Person",
        order,
        index=order.index(asked) if asked in names else 0,
        format_func=lambda one: names[one],
        key=f"seating-of-{asked}",
    )
    about_person(chosen)


def about_person(person_id: str) -> None:
    here = visitor()
    if may_manage_hiring(here.person):
        _training_form(person_id)
    else:
        _own_training(person_id)
    _conflicts(person_id)
    _availability(person_id)


# ---- training ---------------------------------------------------------------------------------------------------


def _training_form(person_id: str) -> None:
    here = visitor()
    known = training.training_of(here.workspace, by=here.person, person_id=person_id)
    frame.html(Markup("<p><b>Training</b></p>"))
    for each in known:
        _training_line(each)
    offered = training.subjects(here.workspace, by=here.person)
    with (
        st.form(f"training-{person_id}-{len(known)}", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        st.selectbox(
            "Training",
            [each for each in offered if each not in {one.subject for one in known}],
            index=None,
            accept_new_options=True,
            placeholder="Choose or type, such as Technical round",
            key=f"training-subject-{person_id}",
        )
        st.selectbox(
            "State",
            list(TRAINING_NAMES),
            format_func=lambda one: TRAINING_NAMES[one],
            key=f"training-state-{person_id}",
        )
        st.form_submit_button("Put down the training", on_click=_train, args=(person_id,))


def _training_line(each: Training) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"training-{each.person_id}-{each.subject}"):
        frame.html(Markup('<p>{} <span class="quiet">{}</span></p>').format(each.subject, TRAINING_NAMES[each.state]))
        other = "trained" if each.state == "trainee" else "trainee"
        label = "Is trained now" if other == "trained" else "Back to trainee"
        st.button(label, key=f"turn-{each.person_id}-{each.subject}", on_click=_set_training, args=(each, other))
        st.button(
            "Remove the training",
            key=f"untrain-{each.person_id}-{each.subject}",
            on_click=_set_training,
            args=(each, NOT_TRAINED),
        )


def _own_training(person_id: str) -> None:
    here = visitor()
    known = training.training_of(here.workspace, by=here.person, person_id=person_id)
    if known:
        said = ", ".join(f"{each.subject} ({each.state})" for each in known)
        frame.quiet(f"Your training: {said}. A hiring manager puts it down.")


def _train(person_id: str) -> None:
    here = visitor()
    with frame.told_when_refused():
        training.set_training(
            here.workspace,
            by=here.person,
            person_id=person_id,
            subject=st.session_state[f"training-subject-{person_id}"] or "",
            seen=NOT_TRAINED,
            state=st.session_state[f"training-state-{person_id}"],
        )


def _set_training(each: Training, to: str) -> None:
    here = visitor()
    with frame.told_when_refused():
        training.set_training(
            here.workspace, by=here.person, person_id=each.person_id, subject=each.subject, seen=each.state, state=to
        )


# ---- conflicts --------------------------------------------------------------------------------------------------


def _conflicts(person_id: str) -> None:
    here = visitor()
    frame.html(Markup("<p><b>Conflicts of interest</b></p>"))
    found = conflicts.conflicts_of(here.workspace, by=here.person, person_id=person_id)
    for each in found:
        with st.container(horizontal=True, vertical_alignment="center"):
            remark = f": {each.conflict.remark}" if each.conflict.remark else ""
            frame.html(
                Markup('<p>{} <span class="quiet">they {}{}</span></p>').format(
                    each.candidate_name, CONFLICT_NAMES[each.conflict.kind], remark
                )
            )
            if each.conflict.id:
                st.button("Withdraw", key=f"withdraw-{each.conflict.id}", on_click=_withdraw, args=(each.conflict.id,))
    offered = {
        each.candidate_id: f"{each.name} ({each.role_name})"
        for each in conflicts.candidates_to_name(here.workspace, by=here.person)
    }
    if not offered:
        frame.quiet("Candidates whom you are to meet can be named here once they are scheduled.")
        return
    with (
        st.form(f"conflict-{person_id}-{len(found)}", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        st.selectbox(
            "Candidate",
            list(offered),
            index=None,
            format_func=lambda one: offered[one],
            key=f"conflict-with-{person_id}",
            placeholder="Choose a candidate",
        )
        st.selectbox("Why", KINDS, format_func=lambda one: CONFLICT_LABELS[one], key=f"conflict-kind-{person_id}")
        st.text_input("Remark on the conflict", key=f"conflict-remark-{person_id}", max_chars=500)
        st.form_submit_button("Declare the conflict", on_click=_declare, args=(person_id,))


def _declare(person_id: str) -> None:
    here = visitor()
    typed = st.session_state
    with frame.told_when_refused():
        if not typed[f"conflict-with-{person_id}"]:
            state.tell("Choose the candidate first.", problem=True)
            return
        conflicts.declare(
            here.workspace,
            by=here.person,
            person_id=person_id,
            candidate_id=typed[f"conflict-with-{person_id}"],
            kind=typed[f"conflict-kind-{person_id}"],
            remark=typed[f"conflict-remark-{person_id}"],
        )
        state.tell("The conflict is declared. Nobody can put these two in one interview.")


def _withdraw(conflict_id: str) -> None:
    here = visitor()
    with frame.told_when_refused():
        conflicts.withdraw(here.workspace, by=here.person, conflict_id=conflict_id)


# ---- availability -----------------------------------------------------------------------------------------------


def _availability(person_id: str) -> None:
    here = visitor()
    found = availability.availability_of(here.workspace, by=here.person, person_id=person_id)
    frame.html(Markup("<p><b>Availability</b></p>"))
    key = f"{person_id}-{found.limit.version}"
    with st.form(f"limit-{key}", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(
            "Interviews a week at most",
            0,
            MOST_A_WEEK,
            found.limit.most_a_week,
            key=f"limit-{key}",
            placeholder="no limit",
        )
        st.form_submit_button("Save the limit", on_click=_limit, args=(person_id, found.limit.version, f"limit-{key}"))
    for each in found.absences:
        with st.container(horizontal=True, vertical_alignment="center"):
            frame.html(
                Markup('<p>Away {:%d %B %Y} to {:%d %B %Y} <span class="quiet">{}</span></p>').format(
                    each.first_day, each.last_day, each.remark
                )
            )
            st.button("Remove these days", key=f"absence-{each.id}", on_click=_remove_absence, args=(each.id,))
    today = datetime.now(zone()).date()
    with (
        st.form(f"away-{person_id}-{len(found.absences)}", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        st.date_input("First day away", today + timedelta(days=1), key=f"away-first-{person_id}")
        st.date_input("Last day away", today + timedelta(days=1), key=f"away-last-{person_id}")
        st.text_input("Remark on these days", key=f"away-remark-{person_id}", max_chars=200)
        st.form_submit_button("Add days away", on_click=_away, args=(person_id,))


def _limit(person_id: str, version: int, key: str) -> None:
    here = visitor()
    number = st.session_state[key]
    with frame.told_when_refused():
        availability.set_limit(
            here.workspace,
            by=here.person,
            person_id=person_id,
            seen_version=version,
            most_a_week=None if number is None else int(number),
        )
        state.tell("The limit is saved.")


def _away(person_id: str) -> None:
    here = visitor()
    typed = st.session_state
    with frame.told_when_refused():
        availability.add_absence(
            here.workspace,
            by=here.person,
            person_id=person_id,
            first_day=typed[f"away-first-{person_id}"],
            last_day=typed[f"away-last-{person_id}"],
            remark=typed[f"away-remark-{person_id}"],
        )


def _remove_absence(absence_id: str) -> None:
    here = visitor()
    with frame.told_when_refused():
        availability.remove_absence(here.workspace, by=here.person, absence_id=absence_id)
