"""Making a candidate's interviews from a published plan: which rounds, when, and who sits in for whom."""

from datetime import datetime, timedelta

import streamlit as st

from panel.actions import accounts, scheduling
from panel.actions.candidates import CandidateView
from panel.actions.plans import PlanView
from panel.domain.plans import PublishedRound
from panel.domain.seats import planned_seats
from panel.ui import state
from panel.ui.components import frame
from panel.ui.resources import visitor
from panel.ui.words import count, plain, to_utc, zone


def making(each: CandidateView, published: list[PlanView]) -> None:
    """`published` are the plans of the candidate's role that have a version."""
    if not published:
        frame.quiet("Publish a plan for this role, then interviews can be made from it.")
        st.page_link("screens/plans.py", label="Go to Plans")
        return
    plan = published[0]
    if len(published) > 1:
        plan = st.selectbox("Plan", published, format_func=lambda one: one.plan.title, key=f"plan-{each.candidate.id}")
    taken = {line["round_id"] for line in each.standing}
    missing = [one for one in plan.versions[0].published.rounds if one.id not in taken]
    if not missing:
        return
    tomorrow = (datetime.now(zone()) + timedelta(days=1)).replace(
        hour=10, minute=0, second=0, microsecond=0, tzinfo=None
    )
    with st.form(f"make-{each.candidate.id}", border=False):
        for place, one in enumerate(missing):
            with st.container(horizontal=True, vertical_alignment="bottom"):
                st.checkbox(
                    plain(f"{one.name}, {one.minutes} minutes"), value=True, key=f"make-{each.candidate.id}-{one.id}"
                )
                st.datetime_input(
                    plain(f"Start of {one.name}"),
                    value=tomorrow + timedelta(hours=2 * place),
                    key=f"start-{each.candidate.id}-{one.id}",
                )
        _substitutes(each, missing)
        st.form_submit_button("Make the interviews", on_click=_make, args=(each, plan, missing), type="primary")


def _substitutes(each: CandidateView, missing: list[PublishedRound]) -> None:
    """Who sits in whose seat, for a conflict of interest or a day away. The questions are those of the seat."""
    here = visitor()
    everybody = accounts.people(here.workspace, by=here.person)
    names = {one.id: one.name for one in everybody}
    active = [one.id for one in everybody if one.active]
    with st.expander("Substitutes"):
        frame.quiet("Somebody else can take a seat, with its questions. The plan stays as it is.")
        for one in missing:
            for guide in one.guides:
                order = [guide.interviewer_id, *(person for person in active if person != guide.interviewer_id)]
                st.selectbox(
                    plain(f"{guide.interviewer_name}’s seat in {one.name}"),
                    order,
                    format_func=names.__getitem__,
                    key=_seat_key(each, one, guide.assignment_id),
                )


def _seat_key(each: CandidateView, one: PublishedRound, assignment_id: str) -> str:
    return f"substitute-{each.candidate.id}-{one.id}-{assignment_id}"


def _make(each: CandidateView, plan: PlanView, rounds: list[PublishedRound]) -> None:
    here = visitor()
    typed = st.session_state
    starts, seats = {}, {}
    for one in rounds:
        moment = typed.get(f"start-{each.candidate.id}-{one.id}")
        if not (typed.get(f"make-{each.candidate.id}-{one.id}") and moment):
            continue
        starts[one.id] = to_utc(moment)
        instead = {
            guide.assignment_id: typed.get(_seat_key(each, one, guide.assignment_id), guide.interviewer_id)
            for guide in one.guides
        }
        seats[one.id] = planned_seats(one, instead)
    with frame.told_when_refused():
        made = scheduling.schedule(
            here.workspace, by=here.person, candidate_id=each.candidate.id, plan_id=plan.id, starts=starts, seats=seats
        )
        state.tell(f"{count(len(made), 'interview')} made for {each.candidate.name}. The panel sees them on Today.")
