"""The question set of one assignment: the set on one side, the bank on the other, the minutes in view above both."""

import streamlit as st

from panel.actions import accounts, plan_check
from panel.actions import rubrics as rubric_actions
from panel.actions.asked_before import asked_before
from panel.actions.library import library
from panel.actions.plans import PlanView
from panel.domain import plans as rules
from panel.domain.people import may_manage_hiring
from panel.domain.plans import OPEN_SEAT, Assignment, Round
from panel.domain.questions import BankQuestion
from panel.domain.timing import timings_of
from panel.ui.components import frame
from panel.ui.components.chosen_questions import chosen_questions
from panel.ui.components.coverage_picture import coverage_picture
from panel.ui.components.covering import covering
from panel.ui.components.others_ask import others_ask
from panel.ui.components.picking import picking
from panel.ui.components.places import go
from panel.ui.components.plan_rounds import STATES
from panel.ui.components.set_against import against
from panel.ui.components.set_steps import standing, starting, steps
from panel.ui.components.slot_bar import slot_bar
from panel.ui.resources import visitor
from panel.ui.words import plain

ONE_SLOT = "one slot for the whole panel, everybody rates every question"


def assignment_page(view: PlanView, assignment_id: str) -> None:
    here = visitor()
    where, assignment = rules.find_assignment(view.plan, assignment_id)
    bank_now = library(here.workspace, by=here.person)
    bank = bank_now.by_key
    rubrics = {each.key: each for each in rubric_actions.bank_rubrics(here.workspace, by=here.person)}
    names = {each.id: each.name for each in accounts.people(here.workspace, by=here.person)}
    reach = plan_check.reach(here.workspace, by=here.person, plan_id=view.id)
    before = asked_before(here.workspace, by=here.person, plan_id=view.id, assignment_id=assignment_id)
    mine, manages = assignment.interviewer_id == here.person.id, may_manage_hiring(here.person)
    writes = mine or manages

    frame.back(plain(f"Back to {view.plan.title}"), go, plan=view.id)
    facts = (where.name, view.role.role.name, STATES[assignment.state], ONE_SLOT if where.together else "")
    frame.heading(_whose(assignment, names, mine=mine), " · ".join(fact for fact in facts if fact))
    with st.container(key="set-minutes"):
        _minutes(where, assignment, bank)
        if writes:
            steps(view, assignment, mine=mine, manages=manages)
    covering(assignment, rubrics, reach.matrix)
    if writes:
        standing(assignment, mine=mine, manages=manages)
        starting(view, assignment, bank, mine=mine)
        against(view, assignment, bank, rubrics, names, mine=mine)  # for the two whose set it is, not for the panel
    left, right = st.columns(2, gap="large") if writes else (st.container(), None)
    with left:
        chosen_questions(view, assignment, bank, rubrics, before, writes=writes)
        others_ask(view, assignment, bank, names)
    if right is not None:
        with right, st.container(key="picking"):
            picking(view, assignment, bank_now, rubrics, before, names)
    coverage_picture(reach.matrix, names)


def _whose(assignment: Assignment, names: dict[str, str], *, mine: bool) -> str:
    if mine:
        return "Your questions"
    if assignment.interviewer_id == OPEN_SEAT:
        return "Questions of an open seat"
    return f"Questions of {names.get(assignment.interviewer_id, 'somebody who left')}"


def _minutes(where: Round, assignment: Assignment, bank: dict[str, BankQuestion]) -> None:
    lines = timings_of(where, bank)
    slot_bar(next(line for line in lines if line.seat_id in ("", assignment.id)))
