"""The question set of one assignment: chosen from the bank, with minutes, coverage and what the others ask in view."""

import streamlit as st
from markupsafe import Markup

from panel.actions import accounts, assignments, plan_check
from panel.actions import rubrics as rubric_actions
from panel.actions.library import Library, library
from panel.actions.plans import PlanView
from panel.domain import plans as rules
from panel.domain.people import may_manage_hiring
from panel.domain.plans import Assignment, PlannedQuestion, Round
from panel.domain.questions import IN_PLANS, STATE_NAMES, BankQuestion
from panel.domain.rubrics import BankRubric, obstacle
from panel.domain.timing import timings_of
from panel.ui import state
from panel.ui.components import bank as bank_parts
from panel.ui.components import frame
from panel.ui.components.coverage_picture import coverage_picture
from panel.ui.components.places import go
from panel.ui.components.plan_rounds import STATES
from panel.ui.components.reading_question import read_question
from panel.ui.components.slot_bar import slot_bar
from panel.ui.resources import visitor
from panel.ui.words import count, plain


def assignment_page(view: PlanView, assignment_id: str) -> None:
    here = visitor()
    where, assignment = rules.find_assignment(view.plan, assignment_id)
    bank_now = library(here.workspace, by=here.person)
    questions = bank_now.by_key
    rubrics = {each.key: each for each in rubric_actions.bank_rubrics(here.workspace, by=here.person)}
    names = {each.id: each.name for each in accounts.people(here.workspace, by=here.person)}
    mine = assignment.interviewer_id == here.person.id
    writes = mine or may_manage_hiring(here.person)

    frame.back(plain(f"Back to {view.plan.title}"), go, plan=view.id)
    who = "Your questions" if mine else f"Questions of {names.get(assignment.interviewer_id, 'somebody who left')}"
    frame.heading(who, " · ".join(part for part in (where.name, view.role.role.name, STATES[assignment.state]) if part))
    left, right = st.columns([6, 5], gap="large")
    with left:
        if writes:
            _steps(view, assignment, mine=mine, manages=may_manage_hiring(here.person))
        _chosen(view, assignment, questions, rubrics, writes=writes)
    with right:
        _minutes(where, assignment, questions)
        coverage_picture(plan_check.reach(here.workspace, by=here.person, plan_id=view.id).matrix, names)
        _others(view, assignment, questions, names)
    if writes:
        _pick(view, assignment, bank_now, rubrics)


def _minutes(where: Round, assignment: Assignment, questions: dict[str, BankQuestion]) -> None:
    lines = timings_of(where, questions)
    slot_bar(next(line for line in lines if line.seat_id in ("", assignment.id)))
    if where.together:
        frame.quiet("One slot for the whole panel: everybody's questions count, and everybody rates every question.")


def _steps(view: PlanView, assignment: Assignment, *, mine: bool, manages: bool) -> None:
    with st.container(horizontal=True):
        if manages and assignment.questions and assignment.state != "accepted":
            st.button("Accept the questions", type="primary", on_click=_accept, args=(view, assignment, True))
        if manages and assignment.state == "proposed":
            st.button("Hand back for changes", on_click=_accept, args=(view, assignment, False))
        elif mine and not manages and assignment.state == "open":
            st.button(
                "Propose to the manager",
                type="primary",
                on_click=_propose,
                args=(view, assignment),
                disabled=not assignment.questions,
            )
        elif mine and not manages:
            frame.quiet(
                "The manager has accepted this set; a change opens it again."
                if assignment.state == "accepted"
                else "Waits for the manager; a change takes the proposal back."
            )


def _chosen(
    view: PlanView,
    assignment: Assignment,
    questions: dict[str, BankQuestion],
    rubrics: dict[str, BankRubric],
    *,
    writes: bool,
) -> None:
    frame.section("Chosen", count(len(assignment.questions), "question"))
    if not assignment.questions:
        frame.empty("No question is chosen yet.", "Find questions in the bank below and add them.")
    for place, planned in enumerate(assignment.questions):
        found = questions.get(planned.question_key)
        prompt = found.question.prompt if found else "A question that left the bank"
        newer = found is not None and found.version > planned.question_version
        facts = [
            f"{found.question.minutes} min" if found else "",
            rubrics[planned.rubric_key].rubric.name if planned.rubric_key in rubrics else "rubric gone",
            f"weight {planned.weight:g}: {planned.weight_reason}" if planned.weight != 1 else "",
            "a newer version is in the bank" if newer else "",
            _standing_words(found) if found else "",
        ]
        with st.container(key=f"planned-{place}"):
            frame.html(
                Markup('<div class="row-line"><p><b>{}</b> {}<br><span class="quiet">{}</span></p></div>').format(
                    place + 1, prompt, " · ".join(fact for fact in facts if fact)
                )
            )
            if writes:
                _question_tools(view, assignment, place, rubrics, newest=found.version if found and newer else None)


def _standing_words(found: BankQuestion) -> str:
    """What a planner should know of a question's state."""
    words = {"approved": "", "pilot": "pilot: rated, does not count yet"}.get(
        found.state, f"{STATE_NAMES[found.state].lower()}: not to be asked any more"
    )
    return " · ".join(each for each in (words, "candidates may know it" if found.leak else "") if each)


def _question_tools(
    view: PlanView, assignment: Assignment, place: int, rubrics: dict[str, BankRubric], *, newest: int | None
) -> None:
    planned = assignment.questions[place]
    key = f"{assignment.id}-{assignment.revision}-{place}"
    offered = [name for name, each in rubrics.items() if obstacle(each) is None or name == planned.rubric_key]
    with st.container(horizontal=True, gap="small"):
        st.button("Up", key=f"up-{key}", disabled=place == 0, on_click=_move, args=(view, assignment, place, -1))
        st.button(
            "Down",
            key=f"down-{key}",
            disabled=place == len(assignment.questions) - 1,
            on_click=_move,
            args=(view, assignment, place, 1),
        )
        with st.popover("Rubric and weight"), st.form(f"tools-{key}", border=False):
            st.selectbox(
                "Rubric",
                offered,
                format_func=lambda each: rubrics[each].rubric.name,
                key=f"rubric-{key}",
                index=offered.index(planned.rubric_key) if planned.rubric_key in offered else 0,
            )
            st.number_input("Weight", 0.1, 5.0, float(planned.weight), 0.1, key=f"weight-{key}")
            st.text_input("Reason, when the weight is not 1", planned.weight_reason, key=f"reason-{key}", max_chars=300)
            st.form_submit_button("Save rubric and weight", on_click=_judge, args=(view, assignment, place))
        if newest:
            st.button(
                "Take the newer version", key=f"newer-{key}", on_click=_renew, args=(view, assignment, place, newest)
            )
        st.button("Remove", key=f"remove-{key}", on_click=_remove, args=(view, assignment, place))


def _others(view: PlanView, assignment: Assignment, questions: dict[str, BankQuestion], names: dict[str, str]) -> None:
    rest = [
        (where, other)
        for where, other in rules.assignments_of(view.plan)
        if other.id != assignment.id and other.questions
    ]
    frame.section("What the others already ask")
    if not rest:
        frame.quiet("Nobody else has chosen questions yet.")
    for where, other in rest:
        lines = Markup("").join(
            Markup("<li>{}</li>").format(questions[each.question_key].question.prompt)
            for each in other.questions
            if each.question_key in questions
        )
        frame.html(
            Markup("<details><summary>{}, {}: {}</summary><ul>{}</ul></details>").format(
                names.get(other.interviewer_id, "Somebody who left"),
                where.name,
                count(len(other.questions), "question"),
                lines,
            )
        )


def _pick(view: PlanView, assignment: Assignment, bank_now: Library, rubrics: dict[str, BankRubric]) -> None:
    frame.section("Add from the bank")
    only_role = st.toggle("Only the role's competencies", value=True, key="pick-role-only")
    asked = {each.question_key: other for _, other in rules.assignments_of(view.plan) for each in other.questions}
    offered = [
        each
        for each in bank_now.questions
        if each.key not in asked
        and each.state in IN_PLANS
        and (not only_role or each.question.competency in view.role.role.measured)
    ]
    if asked:
        frame.quiet("Questions that somebody in this plan already asks are left out.")
    found = bank_parts.filters(bank_now, key="pick-", among={each.key for each in offered})
    chosen = st.session_state.get(state.PICKED)
    selected = next((each for each in found.questions if each.key == chosen), None)
    left, right = st.columns([6, 5], gap="large")
    with left:
        bank_parts.found_list(
            found,
            key="pick",
            selected=chosen,
            on_pick=_open,
            height=420,
            otherwise="Use fewer words, clear a filter, or look beyond the role's competencies.",
        )
    with right:
        if selected is None:
            frame.empty("Nothing is open.", "Choose a question to read it; then add it.")
            return
        rubric = fitting_rubric(selected, rubrics)
        if rubric is None:
            frame.quiet("There is no active rubric to judge it with. Activate one on the Rubrics page.")
        else:
            st.button("Add this question", type="primary", on_click=_add, args=(view, assignment, selected, rubric))
            frame.quiet(f"Judged with the rubric {rubrics[rubric].rubric.name}; you can change that afterwards.")
        read_question(selected)


def _open(key: str) -> None:
    st.session_state[state.PICKED] = key


def fitting_rubric(question: BankQuestion, rubrics: dict[str, BankRubric]) -> str | None:
    """The active rubric of the question's competency; failing that, the first there is."""
    active = {key: each.rubric for key, each in rubrics.items() if obstacle(each) is None}
    fitting = [key for key, rubric in active.items() if rubric.competency == question.question.competency]
    return next(iter([*fitting, *active]), None)


# ---- changes ----------------------------------------------------------------------------------------------------


def _choose(view: PlanView, assignment: Assignment, questions: list[PlannedQuestion]) -> None:
    here = visitor()
    assignments.choose_questions(
        here.workspace,
        by=here.person,
        plan_id=view.id,
        assignment_id=assignment.id,
        seen_revision=assignment.revision,
        questions=tuple(questions),
    )


def _add(view: PlanView, assignment: Assignment, each: BankQuestion, rubric_key: str) -> None:
    with frame.told_when_refused():
        planned = assignments.planned_question(
            question_key=each.key, question_version=each.version, rubric_key=rubric_key
        )
        _choose(view, assignment, [*assignment.questions, planned])
        state.tell("The question is added.")


def _remove(view: PlanView, assignment: Assignment, place: int) -> None:
    with frame.told_when_refused():
        _choose(view, assignment, [each for number, each in enumerate(assignment.questions) if number != place])


def _move(view: PlanView, assignment: Assignment, place: int, by: int) -> None:
    questions = list(assignment.questions)
    questions.insert(place + by, questions.pop(place))
    with frame.told_when_refused():
        _choose(view, assignment, questions)


def _renew(view: PlanView, assignment: Assignment, place: int, newest: int) -> None:
    questions = list(assignment.questions)
    questions[place] = questions[place].model_copy(update={"question_version": newest})
    with frame.told_when_refused():
        _choose(view, assignment, questions)


def _judge(view: PlanView, assignment: Assignment, place: int) -> None:
    key = f"{assignment.id}-{assignment.revision}-{place}"
    questions = list(assignment.questions)
    with frame.told_when_refused():
        questions[place] = assignments.planned_question(
            question_key=questions[place].question_key,
            question_version=questions[place].question_version,
            rubric_key=st.session_state[f"rubric-{key}"],
            weight=round(float(st.session_state[f"weight-{key}"]), 2),
            weight_reason=st.session_state[f"reason-{key}"].strip(),
        )
        _choose(view, assignment, questions)


def _propose(view: PlanView, assignment: Assignment) -> None:
    here = visitor()
    with frame.told_when_refused():
        assignments.propose(
            here.workspace,
            by=here.person,
            plan_id=view.id,
            assignment_id=assignment.id,
            seen_revision=assignment.revision,
        )
        state.tell("Your questions are proposed. The manager sees them on Today.")


def _accept(view: PlanView, assignment: Assignment, accepted: bool) -> None:
    here = visitor()
    with frame.told_when_refused():
        assignments.accept(
            here.workspace,
            by=here.person,
            plan_id=view.id,
            assignment_id=assignment.id,
            seen_revision=assignment.revision,
            accepted=accepted,
        )
        state.tell("The questions are accepted." if accepted else "The questions are handed back.")
