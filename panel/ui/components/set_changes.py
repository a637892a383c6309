"""What a person does to a question set, as callbacks: each writes through an action and says what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from panel.actions import assignments, best_set, earlier_sets
from panel.actions.plans import PlanView
from panel.domain.plans import Assignment, PlannedQuestion
from panel.domain.questions import BankQuestion
from panel.ui import state
from panel.ui.components import frame
from panel.ui.components.set_list import Told
from panel.ui.resources import visitor
from panel.ui.words import count

Questions = tuple[PlannedQuestion, ...]


@dataclass(frozen=True)
class AddedAtOnce:
    """Several questions added in one step; it can be taken back while the set has the revision it left behind."""

    what: str  # "suggestion" or "questions"
    keys: tuple[str, ...]
    before: Questions
    revision: int
    remarks: tuple[str, ...] = ()


def added_at_once(assignment: Assignment) -> AddedAtOnce | None:
    """What was added last, unless the set has changed since."""
    added: AddedAtOnce | None = st.session_state.get(state.ADDED, {}).get(assignment.id)
    return added if added and added.revision == assignment.revision else None


def choose(view: PlanView, assignment: Assignment, questions: Sequence[PlannedQuestion]) -> Assignment:
    here = visitor()
    return assignments.choose_questions(
        here.workspace,
        by=here.person,
        plan_id=view.id,
        assignment_id=assignment.id,
        seen_revision=assignment.revision,
        questions=tuple(questions),
    )


def add(view: PlanView, assignment: Assignment, each: BankQuestion, rubric_key: str) -> None:
    with frame.told_when_refused():
        planned = assignments.planned_question(
            question_key=each.key, question_version=each.version, rubric_key=rubric_key
        )
        choose(view, assignment, [*assignment.questions, planned])
        state.tell("The question is added.")


def told(view: PlanView, assignment: Assignment, newest: dict[str, int], what: str, said: Told) -> None:
    """What the list of questions sent: another order, or something done to one of them."""
    with frame.told_when_refused():
        if said.revision != assignment.revision or list(said.keys) != [e.question_key for e in assignment.questions]:
            assignment = _reorder(view, assignment, said)
        if what == "remove":
            choose(view, assignment, [each for each in assignment.questions if each.question_key != said.key])
        elif what == "renew" and said.key in newest:
            update = {"question_version": newest[said.key]}
            choose(view, assignment, [_changed(each, said.key, update) for each in assignment.questions])
        elif what == "judge":
            st.session_state.setdefault(state.JUDGED, {})[assignment.id] = said.key


def _changed(each: PlannedQuestion, key: str, update: dict[str, int]) -> PlannedQuestion:
    return each.model_copy(update=update) if each.question_key == key else each


def _reorder(view: PlanView, assignment: Assignment, said: Told) -> Assignment:
    here = visitor()
    return assignments.reorder_questions(
        here.workspace,
        by=here.person,
        plan_id=view.id,
        assignment_id=assignment.id,
        seen_revision=said.revision,
        keys=said.keys,
    )


def judged(assignment: Assignment) -> str:
    """The key of the question whose rubric and weight are being changed."""
    return str(st.session_state.get(state.JUDGED, {}).get(assignment.id, ""))


def stop_judging(assignment: Assignment) -> None:
    st.session_state.get(state.JUDGED, {}).pop(assignment.id, None)


def judge(view: PlanView, assignment: Assignment, planned: PlannedQuestion, key: str) -> None:
    """Take over the form's rubric and weight; `key` is the end of its fields' keys."""
    with frame.told_when_refused():
        changed = assignments.planned_question(
            question_key=planned.question_key,
            question_version=planned.question_version,
            rubric_key=st.session_state[f"rubric-{key}"],
            weight=round(float(st.session_state[f"weight-{key}"]), 2),
            weight_reason=st.session_state[f"reason-{key}"].strip(),
        )
        choose(view, assignment, [changed if each == planned else each for each in assignment.questions])
        stop_judging(assignment)


# ---- several questions at once ----------------------------------------------------------------------------------


def suggest(view: PlanView, assignment: Assignment) -> None:
    here = visitor()
    with frame.told_when_refused():
        found = best_set.suggest_the_rest(here.workspace, by=here.person, plan_id=view.id, assignment_id=assignment.id)
        if not found.found:
            why = " ".join((*found.answer.relax, *found.answer.remarks))
            state.tell(f"No set fits what is asked. {why}".strip(), problem=True)
            return
        suggested = found.sets[assignment.id]
        new = tuple(each for each in suggested if not assignment.has(each.question_key))
        if not new:
            remarks = " ".join(found.answer.remarks)
            state.tell(f"No further question fits: the set is as good as it can be. {remarks}".strip())
            return
        # What stands in the set stays as it is, also a question that may no longer be suggested.
        chosen = choose(view, assignment, (*assignment.questions, *new))
        _remember("suggestion", chosen, assignment.questions, new, found.answer.remarks)
        state.tell(f"{count(len(new), 'question')} suggested and added.")


def start_from(view: PlanView, assignment: Assignment, keys: tuple[str, ...]) -> None:
    here = visitor()
    with frame.told_when_refused():
        started = earlier_sets.start_from(
            here.workspace,
            by=here.person,
            plan_id=view.id,
            assignment_id=assignment.id,
            seen_revision=assignment.revision,
            keys=keys,
        )
        out = started.start.left_out_in_words()
        remarks = (f"Not added: {out}.",) if out else ()
        _remember("questions", started.assignment, assignment.questions, started.start.added, remarks)
        state.tell(f"{count(len(started.start.added), 'question')} added.")


def _remember(what: str, chosen: Assignment, before: Questions, new: Questions, remarks: tuple[str, ...]) -> None:
    keys = tuple(each.question_key for each in new)
    st.session_state.setdefault(state.ADDED, {})[chosen.id] = AddedAtOnce(what, keys, before, chosen.revision, remarks)


def take_back(view: PlanView, assignment: Assignment, added: AddedAtOnce) -> None:
    with frame.told_when_refused():
        choose(view, assignment, added.before)
        state.tell("Taken back. The set is as it was.")


# ---- between interviewer and manager ----------------------------------------------------------------------------


def propose(view: PlanView, assignment: Assignment) -> None:
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


def accept(view: PlanView, assignment: Assignment, accepted: bool) -> None:
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


def agree(view: PlanView, assignment: Assignment) -> None:
    here = visitor()
    with frame.told_when_refused():
        assignments.agree(
            here.workspace,
            by=here.person,
            plan_id=view.id,
            assignment_id=assignment.id,
            seen_revision=assignment.revision,
        )
        state.tell("The changed set is yours now as well.")
